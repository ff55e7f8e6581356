#include "scene/builder.h"
#include "scene/diff.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace foyer::scene;

namespace {

Scene two_fields() {
    Builder page("Identité", "fr", "inscription/identite");
    const auto form = page.form("form");
    page.field("a", "Nom");
    page.field("b", "Prénom");
    return std::move(page).finish();
}

} // namespace

TEST_CASE("between equal scenes nothing has changed") { CHECK(diff(two_fields(), two_fields()).empty()); }

TEST_CASE("from nothing, everything is new and in order") {
    const Patch patch = diff(Scene{}, two_fields());
    CHECK(patch.changed.size() == 3);
    REQUIRE(patch.order.has_value());
    CHECK(*patch.order == std::vector<std::string>{"form", "a", "b"});
    CHECK(patch.title == "Identité");
    CHECK(patch.path == "inscription/identite");
}

TEST_CASE("a keystroke changes one node and no order") {
    Scene next = two_fields();
    next.nodes[1].value = "M";
    const Patch patch = diff(two_fields(), next);
    REQUIRE(patch.changed.size() == 1);
    CHECK(patch.changed[0].id == "a");
    CHECK_FALSE(patch.order.has_value());
    CHECK_FALSE(patch.title.has_value());
}

TEST_CASE("a node that has gone is named") {
    Scene next = two_fields();
    next.nodes.pop_back();
    const Patch patch = diff(two_fields(), next);
    CHECK(patch.removed == std::vector<std::string>{"b"});
    CHECK(patch.changed.empty());
    REQUIRE(patch.order.has_value());
    CHECK(*patch.order == std::vector<std::string>{"form", "a"});
}

TEST_CASE("a node that has moved changes the order only") {
    Scene next = two_fields();
    std::swap(next.nodes[1], next.nodes[2]);
    const Patch patch = diff(two_fields(), next);
    CHECK(patch.changed.empty());
    REQUIRE(patch.order.has_value());
    CHECK(*patch.order == std::vector<std::string>{"form", "b", "a"});
}

TEST_CASE("the focus is asked for once per request") {
    Scene next = two_fields();
    next.focus = "a";
    next.focus_rev = 1;
    next.scroll_to_top = true;
    const Patch first = diff(two_fields(), next);
    CHECK(first.focus == "a");
    CHECK(first.scroll_to_top);

    Scene later = next;
    later.nodes[2].value = "x";
    CHECK(diff(next, later).focus.empty());

    Scene again = next;
    again.focus_rev = 2;
    CHECK(diff(next, again).focus == "a");
}

TEST_CASE("a field that another form has under the same id is made anew") {
    const auto with_form = [](const std::string& id) {
        Builder page({}, "fr", {});
        const auto form = page.form(id);
        page.field("field-first_names", "Prénom(s)").value = id;
        return std::move(page).finish();
    };
    const Scene first = with_form("form-children-0");
    const Patch patch = diff(first, with_form("form-children-1"));
    CHECK(std::count(patch.removed.begin(), patch.removed.end(), "field-first_names") == 1);
    CHECK(std::any_of(patch.changed.begin(), patch.changed.end(),
                      [](const Node& node) { return node.id == "field-first_names"; }));
    CHECK(diff(first, with_form("form-children-0")).empty());
}
