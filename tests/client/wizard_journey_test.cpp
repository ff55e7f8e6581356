#include "walk.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::wizard;

namespace {
const std::string OUDON = "oudon";
const std::string SAINT_MAUR = "saint-maur-des-fosses";
} // namespace

TEST_CASE("a family of Oudon goes from the landing to the confirmation") {
    Walk walk(OUDON);
    CHECK(walk.says("JE N'AI PAS D'ESPACE"));
    walk.press("Créer mon espace");
    CHECK(walk.title() == "Bonjour et bienvenue");
    CHECK(walk.shown_path() == "inscription");
    walk.press("Je crée mon espace");
    CHECK(walk.shown_path() == "inscription/identite");
    CHECK(walk.says("Étape 1 sur 4"));

    walk.fill_step("identity");
    walk.press("SUIVANT");
    CHECK(walk.shown_path() == "inscription/adresse");
    walk.fill_step("address");
    walk.press("SUIVANT");
    CHECK(walk.shown_path() == "inscription/contact");
    walk.fill_step("contact");
    walk.press("SUIVANT");
    CHECK(walk.shown_path() == "inscription/acces");

    const scene::Node& key = walk.node("Clé Enfance");
    CHECK(key.readonly);
    CHECK(key.value == "OUDON-ENFANCE");

    walk.fill_step("access");
    walk.press("VALIDER");
    CHECK(walk.title() == "CONFIRMATION DE CRÉATION DE VOTRE ESPACE");
    CHECK(walk.shown_path() == "inscription/confirmation");

    const auto submissions = walk.effects_of<Submit>();
    REQUIRE(submissions.size() == 1);
    CHECK(submissions[0].procedure == 1);
    CHECK(submissions[0].plaintext.size() % wire::PAYLOAD_BUCKET == 0);
    const auto payload = wire::read_payload(submissions[0].plaintext);
    REQUIRE(payload.has_value());
    CHECK(payload->procedure == form::Procedure::registration);
    CHECK(payload->language == "fr");
    CHECK(payload->filled_at == "2026-11-21T11:00:00Z");
    CHECK(payload->answers.at("birth_name") == "Derc'hen");
    CHECK(payload->answers.at("birth_date.year") == "1985");
    CHECK(payload->answers.at("postal_code") == "44521");
    CHECK(payload->answers.at("service_key.enfance") == "OUDON-ENFANCE");
    CHECK(payload->answers.at("consent") == "yes");
    CHECK(payload->answers.at("password") == "Couette-Brume-77!x");
    // what was sent passes the server's rules
    CHECK_FALSE(form::has_errors(
        form::validate(walk.environment.registration, payload->answers, context_of(walk.environment))));
}

TEST_CASE("a family of Saint-Maur types its service key on a step of its own") {
    Walk walk(SAINT_MAUR);
    walk.walk_to("services");
    CHECK(walk.state.step == "services");
    CHECK(walk.title() == "SERVICES");
    CHECK(walk.says("La clé d'accès à un service vous est fournie par ce dernier"));
    CHECK_FALSE(walk.node("Clé Enfance").readonly);
    walk.fill("Clé Enfance", "enf-2041-ab");
    walk.fill_step("services");
    walk.press("VALIDER");
    REQUIRE(walk.effects_of<Submit>().size() == 1);
    const auto payload = wire::read_payload(walk.effects_of<Submit>()[0].plaintext);
    REQUIRE(payload.has_value());
    CHECK(payload->answers.at("service_key.enfance").size() == 11);
}

TEST_CASE("a family without a key goes on without it") {
    Walk walk(SAINT_MAUR);
    walk.walk_to("services");
    walk.fill_step("services");
    walk.press("VALIDER");
    CHECK(walk.effects_of<Submit>().size() == 1);
}

TEST_CASE("SUIVANT says what is missing, first in a list, and moves the focus there") {
    Walk walk(OUDON);
    walk.walk_to("identity");
    walk.press("SUIVANT");
    CHECK(walk.state.step == "identity");
    CHECK(walk.summary() == std::vector<std::string>{"field-birth_name", "field-first_names", "field-birth_date.day"});
    CHECK(walk.scene.nodes[0].id == "page-header");
    CHECK(walk.by_id("errors") < walk.by_id("title"));
    CHECK(plain(walk.scene.title).find("Erreur : Votre identité") == 0);
    CHECK(walk.patch.focus == "errors");
    CHECK(walk.patch.scroll_to_top);
    CHECK_FALSE(walk.node("Prénom(s)").error.empty());
    CHECK(walk.node("Jour").invalid);
    CHECK_FALSE(walk.by_id("field-birth_date-group")->error.empty());
}

TEST_CASE("a list of errors shrinks as they are mended and then goes away with the title's mark") {
    Walk walk(OUDON);
    walk.walk_to("identity");
    walk.press("SUIVANT");
    walk.type_only("Prénom(s)", "Anne");
    CHECK(walk.node("Prénom(s)").error.empty());
    CHECK(walk.summary().size() == 3); // nothing jumps while a person types
    walk.fill("Prénom(s)", "Anne");
    CHECK(walk.summary().size() == 2);
    walk.fill_step("identity");
    CHECK(walk.by_id("errors") == nullptr);
    CHECK(walk.scene.title.find("Erreur") == std::string::npos);
}

TEST_CASE("SUIVANT pressed twice with the same errors asks for the focus twice") {
    Walk walk(OUDON);
    walk.walk_to("identity");
    walk.press("SUIVANT");
    walk.press("SUIVANT");
    CHECK(walk.patch.focus == "errors");
}

TEST_CASE("a new step takes the focus to its title and scrolls to the top") {
    Walk walk(OUDON);
    walk.press("Créer mon espace");
    CHECK(walk.patch.focus == "title");
    CHECK(walk.patch.scroll_to_top);
}

TEST_CASE("a page that has just been opened leaves the focus alone") {
    const Walk walk(OUDON, {.path = "connexion", .bound = false});
    CHECK(walk.scene.focus.empty());
    CHECK(walk.scene.focus_rev == 0);
}

TEST_CASE("going back keeps everything") {
    Walk walk(OUDON);
    walk.walk_to("contact");
    walk.fill("Adresse électronique", "a@b");
    walk.press("PRÉCÉDENT");
    CHECK(walk.state.step == "address");
    CHECK(walk.node("Adresse").value == "12 bis rue de la Loire");
    walk.press("PRÉCÉDENT");
    CHECK(walk.node("Prénom(s)").value == "Anne-Lise");
    walk.press("PRÉCÉDENT");
    CHECK(walk.state.screen == Screen::welcome);
    walk.press("Je crée mon espace");
    CHECK(walk.node("Prénom(s)").value == "Anne-Lise");
    walk.press("SUIVANT");
    walk.press("SUIVANT");
    CHECK(walk.node("Adresse électronique").value == "a@b");
}

TEST_CASE("the browser's back and forward walk through the steps without new entries in its history") {
    Walk walk(OUDON);
    walk.walk_to("contact");
    walk.go("inscription/adresse");
    CHECK(walk.state.step == "address");
    CHECK(walk.effects_of<ShowPath>().empty());
    walk.go("/oudon/inscription/contact");
    CHECK(walk.state.step == "contact");
    walk.go("/oudon/");
    CHECK(walk.state.screen == Screen::landing);
    walk.go("/oudon/inscription/contact");
    CHECK(walk.state.step == "contact");
}

TEST_CASE("an address of a later step leads to the first one that is not complete") {
    Walk walk(OUDON, {.path = "inscription/acces"});
    CHECK(walk.state.step == "identity");
    const auto paths = walk.effects_of<ShowPath>();
    REQUIRE(paths.size() == 1);
    CHECK(paths[0].path == "inscription/identite");
    CHECK(paths[0].replace);

    walk.walk_to("contact");
    walk.go("inscription/acces");
    CHECK(walk.state.step == "contact");
}

TEST_CASE("an unknown address shows the landing") {
    Walk walk(OUDON, {.path = "inscription/nimportequoi/../x"});
    CHECK(walk.state.screen == Screen::landing);
    CHECK(walk.shown_path() == "");
    walk.go("rien");
    CHECK(walk.state.screen == Screen::landing);
}

TEST_CASE("the language changes without losing what was typed") {
    Walk walk(OUDON);
    walk.walk_to("identity");
    walk.fill("Prénom(s)", "Zoé");
    walk.press("English");
    REQUIRE(walk.effects_of<Load>().size() == 1);
    CHECK(walk.effects_of<Load>()[0].what == "texts_en");
    CHECK(walk.title() == "Votre identité");
    const std::string link = walk.node("English").id;
    walk.give_english();
    CHECK(walk.node("Français").id == link); // the link that was pressed keeps the focus
    CHECK(walk.title() == "About you");
    CHECK(walk.scene.language == "en");
    CHECK(walk.shown_path() == "inscription/identite?lang=en");
    CHECK(walk.node("First name(s)").value == "Zoé");
    walk.press("Français");
    CHECK(walk.title() == "Votre identité");
}

TEST_CASE("English asked for in the address is fetched first") {
    Walk walk(OUDON, {.path = "inscription", .query = "lang=en"});
    REQUIRE(walk.effects_of<Load>().size() == 1);
    walk.give_english();
    CHECK(walk.scene.language == "en");
    CHECK(walk.title() == "Hello and welcome");
}

TEST_CASE("the text version is a way of showing, not a screen") {
    Walk walk(OUDON);
    walk.press("Version texte");
    REQUIRE(walk.effects_of<ShowAs>().size() == 1);
    CHECK(walk.effects_of<ShowAs>()[0].text);
    walk.press("Version graphique");
    CHECK_FALSE(walk.effects_of<ShowAs>()[0].text);
}

TEST_CASE("the welcome says what will be asked, about how long it takes, and how the data is used") {
    Walk walk(SAINT_MAUR);
    walk.press("Créer mon espace");
    CHECK(walk.says("Prénom(s)"));
    CHECK(walk.says("Téléphones"));
    CHECK(walk.says("minutes"));
    CHECK(walk.says("SERVICES : Clé Enfance (facultatif)"));
    CHECK(walk.says("CNIL"));
    CHECK(walk.by_id("start") < walk.by_id("asked-title")); // on a telephone the way on is in sight
}

TEST_CASE("closing the page loses something only when something was typed and not yet sent") {
    Walk walk(OUDON);
    CHECK_FALSE(has_unsent_answers(walk.state));
    walk.walk_to("address");
    CHECK(has_unsent_answers(walk.state));
    walk.walk_to("access");
    walk.fill_step("access");
    walk.press("VALIDER");
    CHECK(has_unsent_answers(walk.state));
    walk.act(SubmissionState{walk.state.submission.effect, SubmissionState::Kind::waiting, {}});
    CHECK_FALSE(has_unsent_answers(walk.state));
}
