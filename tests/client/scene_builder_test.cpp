#include "scene/builder.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer::scene;

TEST_CASE("a node goes into the container that is open when it is made") {
    Builder page("Title", "fr", "inscription");
    page.heading("title", 1, "Bonjour");
    {
        const auto form = page.form("form");
        {
            const auto group = page.group("date", "Date");
            page.field("day", "Jour");
        }
        page.submit("next", "SUIVANT");
    }
    page.paragraph("after", "…");
    const Scene scene = std::move(page).finish();

    REQUIRE(scene.nodes.size() == 6);
    CHECK(scene.nodes[0].parent.empty());
    CHECK(scene.nodes[2].parent == "form");
    CHECK(scene.nodes[3].parent == "date");
    CHECK(scene.nodes[4].parent == "form");
    CHECK(scene.nodes[5].parent.empty());
    CHECK(scene.title == "Title");
    CHECK(scene.path == "inscription");
}

TEST_CASE("the form's main button is the one that Enter presses") {
    Builder page("", "fr", "");
    CHECK(page.button("previous", "PRÉCÉDENT", Emphasis::secondary).type == "button");
    CHECK(page.submit("next", "SUIVANT").type == "submit");
}
