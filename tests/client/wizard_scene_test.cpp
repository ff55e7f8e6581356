// What every screen must be, on both portals, in both languages. walk.cpp holds every scene against the rules of ids,
// labels and titles; here are those that need to know which screen it is.
#include "scene/html.h"
#include "walk.h"

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <set>

using namespace foyer;
using namespace foyer::wizard;

namespace {

const std::vector<std::string> SLUGS = {"oudon", "saint-maur-des-fosses"};

} // namespace

TEST_CASE("every screen of both portals keeps the rules, empty and in error, in both languages") {
    for (const std::string& slug : SLUGS)
        for (const std::string language : {"fr", "en"}) {
            Walk walk(slug);
            if (language == "en") {
                walk.press("English");
                walk.give_english();
            }
            for (const char* path : {"", "inscription", "connexion", "mot-de-passe-perdu", "mail-non-recu",
                                     "mot-de-passe?id=1&key=2", "tableau-de-bord"}) {
                std::string address = path;
                if (language == "en")
                    address += (address.find('?') == std::string::npos ? "?lang=en" : "&lang=en");
                walk.go(address);
                INFO(slug << " " << language << " " << address);
                CHECK(walk.scene.language == language);
                if (walk.by_id("next"))
                    walk.act(Activate{"next"});
            }
        }
}

TEST_CASE("every step of both portals keeps the rules, empty, in error and filled") {
    for (const std::string& slug : SLUGS) {
        Walk walk(slug);
        walk.give_communes();
        walk.press("Créer mon espace");
        walk.press("Je crée mon espace");
        for (const auto& step : walk.environment.registration.steps) {
            REQUIRE(walk.state.step == step.key);
            walk.act(Activate{"next"});
            if (walk.state.step == step.key) {
                walk.fill_step(step.key);
                walk.act(Activate{"next"});
            }
        }
        CHECK(walk.state.screen == Screen::confirmation);
    }
}

TEST_CASE("personal fields carry their autocomplete tokens") {
    std::map<std::string, std::string> tokens;
    Walk walk("oudon");
    walk.press("Créer mon espace");
    walk.press("Je crée mon espace");
    for (const auto& step : walk.environment.registration.steps) {
        for (const scene::Node& node : walk.scene.nodes)
            if (!node.name.empty() && !node.autocomplete.empty())
                tokens[node.name] = node.autocomplete;
        walk.fill_step(step.key);
        walk.act(Activate{"next"});
    }
    const std::map<std::string, std::string> wanted = {{"civility", "honorific-prefix"},
                                                       {"usage_name", "family-name"},
                                                       {"first_names", "given-name"},
                                                       {"birth_date.day", "bday-day"},
                                                       {"birth_date.month", "bday-month"},
                                                       {"birth_date.year", "bday-year"},
                                                       {"address", "address-line1"},
                                                       {"address_extra", "address-line2"},
                                                       {"postal_code", "postal-code"},
                                                       {"commune", "address-level2"},
                                                       {"email", "email"},
                                                       {"identifier", "username"},
                                                       {"password", "new-password"}};
    for (const auto& [name, token] : wanted) {
        INFO(name);
        CHECK(tokens[name] == token);
    }
    CHECK(tokens["birth_name"].find("family-name") != std::string::npos);
    CHECK(tokens["mobile"].find("tel") != std::string::npos);
}

TEST_CASE("mandatory fields are marked, and the mark is explained before them") {
    Walk walk("oudon");
    walk.walk_to("identity");
    CHECK(walk.node("Prénom(s)").required);
    // A day that nobody knows is written 0: none of the three boxes may stay empty.
    for (const char* box : {"Jour", "Mois", "Année"})
        CHECK(walk.node(box).required);
    CHECK_FALSE(walk.node("Nom d'usage").required);
    CHECK(walk.by_id("mandatory"));
    CHECK(walk.by_id("mandatory") < &walk.node("Prénom(s)"));
    const std::string html = scene::to_html(walk.scene);
    CHECK(html.find(" required>") == std::string::npos); // no native bubbles
    CHECK(html.find("aria-required=\"true\"") != std::string::npos);
}

TEST_CASE("all fields of a step stand in one form, PRÉCÉDENT before SUIVANT") {
    Walk walk("saint-maur-des-fosses");
    walk.walk_to("address");
    std::size_t forms = 0;
    for (const scene::Node& node : walk.scene.nodes)
        forms += node.role == scene::Role::form ? 1U : 0U;
    CHECK(forms == 1);
    CHECK(&walk.node("PRÉCÉDENT") < &walk.node("SUIVANT"));
    CHECK(walk.node("PRÉCÉDENT").type == "button");
    CHECK(walk.node("SUIVANT").type == "submit");
    CHECK(walk.node("SUIVANT").inline_row);
}

TEST_CASE("help stands on every screen, in the same place") {
    Walk walk("oudon");
    for (const char* path : {"", "inscription", "connexion", "mail-non-recu"}) {
        walk.go(path);
        CHECK(walk.node("Téléphone : 02 61 91 44 15").href == "tel:0261914415");
        CHECK(walk.scene.nodes.back().parent == "page-help");
    }
}

TEST_CASE("links work before the program is there") {
    Walk walk("oudon");
    CHECK(walk.node("Créer mon espace").href == "/oudon/inscription");
    CHECK(walk.node("Se connecter").href == "/oudon/connexion");
    CHECK(walk.node("English").href == "/oudon/?lang=en");
    walk.press("Créer mon espace");
    CHECK(walk.node("Je crée mon espace").href == "/oudon/inscription/identite");
}

TEST_CASE("how the data is used can be read beside the consent without leaving the step") {
    Walk walk("oudon");
    walk.walk_to("access");
    walk.fill("Identifiant", "annelise44");
    walk.press("Lire comment mes données sont utilisées");
    CHECK(walk.says("CNIL"));
    CHECK(walk.node("Identifiant").value == "annelise44");
    walk.press("Masquer ce texte");
    CHECK_FALSE(walk.says("CNIL"));
}

TEST_CASE("the server can print a screen without knowing the device") {
    for (const std::string& slug : SLUGS)
        for (const char* path : {"", "inscription", "inscription/identite", "connexion", "tableau-de-bord"}) {
            const Walk walk(slug, {.path = path});
            CHECK(scene::to_html(walk.scene).find("<h1") != std::string::npos);
        }
}
