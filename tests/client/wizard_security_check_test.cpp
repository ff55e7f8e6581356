#include "walk.h"

#include <catch2/catch_test_macros.hpp>

#include <set>

using namespace foyer;
using namespace foyer::wizard;

namespace {

std::vector<std::string> icons(const Walk& walk) {
    std::vector<std::string> shown;
    for (const scene::Node& node : walk.scene.nodes)
        if (node.name == "security_check.chosen")
            shown.push_back(node.value);
    return shown;
}

} // namespace

TEST_CASE("six icons are shown as radios with a text, and the one asked for is among them") {
    for (std::uint64_t seed = 1; seed < 200; ++seed) {
        Walk walk("oudon", {.bound = false, .seed = seed});
        const auto& asked = form::answer(walk.state.registration.answers, "security_check.asked");
        const auto& shown = walk.state.check.icons;
        CHECK(shown.size() == 6);
        CHECK(std::set<std::string>(shown.begin(), shown.end()).size() == 6);
        CHECK(std::find(shown.begin(), shown.end(), asked) != shown.end());
    }
    Walk walk("oudon");
    walk.walk_to("access");
    CHECK(icons(walk).size() == 6);
    const scene::Node* question = walk.by_id("field-security_check-group");
    REQUIRE(question);
    CHECK(question->type == "radiogroup");
    CHECK(plain(question->hint).find("Cliquez sur l'icône demandée : l") == 0);
    for (const scene::Node& node : walk.scene.nodes)
        if (node.name == "security_check.chosen") {
            CHECK(node.role == scene::Role::radio);
            CHECK(node.icon != scene::Icon::none);
            CHECK_FALSE(node.label.empty());
        }
}

TEST_CASE("another seed asks otherwise") {
    Walk one("oudon", {.bound = false, .seed = 1});
    Walk two("oudon", {.bound = false, .seed = 2});
    CHECK(one.state.check.icons != two.state.check.icons);
}

TEST_CASE("a wrong icon is told so and another question is asked") {
    Walk walk("oudon");
    walk.walk_to("access");
    walk.fill_step("access");
    const auto before = walk.state.check.icons;
    for (const scene::Node& node : walk.scene.nodes)
        if (node.name == "security_check.chosen" && !node.checked) {
            walk.act(Activate{std::string(node.id)});
            break;
        }
    walk.press("VALIDER");
    CHECK(walk.state.step == "access");
    CHECK(walk.state.check.icons != before);
    CHECK(walk.says("Ce n'était pas la bonne réponse"));
    for (const scene::Node& node : walk.scene.nodes)
        if (node.name == "security_check.chosen")
            CHECK_FALSE(node.checked);
    walk.pass_security_check();
    CHECK_FALSE(walk.says("Ce n'était pas la bonne réponse"));
    walk.press("VALIDER");
    CHECK(walk.effects_of<Submit>().size() == 1);
}

TEST_CASE("a question without a picture does as well") {
    Walk walk("oudon");
    walk.walk_to("access");
    walk.fill_step("access");
    walk.press("Répondre à une question sans image");
    CHECK(icons(walk).empty());
    CHECK(walk.patch.focus == "field-security_check.answer");
    const std::string question = "Combien font " + std::to_string(walk.state.check.left) + " plus " +
                                 std::to_string(walk.state.check.right) + " ? Répondez en chiffres.";
    walk.fill(question, "999");
    walk.press("VALIDER");
    CHECK(walk.state.step == "access");
    CHECK(walk.summary() == std::vector<std::string>{"field-security_check.answer"});
    const std::string next = "Combien font " + std::to_string(walk.state.check.left) + " plus " +
                             std::to_string(walk.state.check.right) + " ? Répondez en chiffres.";
    walk.fill(next, std::to_string(walk.state.check.left + walk.state.check.right));
    walk.press("VALIDER");
    CHECK(walk.effects_of<Submit>().size() == 1);
}

TEST_CASE("the pictures can be had back") {
    Walk walk("oudon");
    walk.walk_to("access");
    walk.press("Répondre à une question sans image");
    walk.press("Choisir une icône");
    CHECK(icons(walk).size() == 6);
}
