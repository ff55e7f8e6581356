#include "walk.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::wizard;

namespace {

void validate(Walk& walk) {
    walk.walk_to("access");
    walk.fill_step("access");
    walk.press("VALIDER");
    REQUIRE(walk.effects_of<Submit>().size() == 1);
}

const std::string RECEIPT =
    R"({"digest":"sha-256=:AAAA:","due_by":"2026-11-30","id":"0190f000-0000-7000-8000-000000000000",)"
    R"("number":"OUDON-2026-000001","portal":"oudon","procedure":"registration","received_at":"2026-11-21T11:00:05Z"})";

} // namespace

TEST_CASE("VALIDER pressed twice submits once") {
    Walk walk("oudon");
    walk.walk_to("access");
    walk.fill_step("access");
    const std::string button = walk.node("VALIDER").id;
    walk.act(Activate{button});
    walk.act(Activate{button});
    walk.act(Activate{button});
    std::size_t submissions = 0;
    for (const Effect& effect : walk.all_effects)
        submissions += std::holds_alternative<Submit>(effect) ? 1U : 0U;
    CHECK(submissions == 1);
}

TEST_CASE("the password leaves the state with the envelope") {
    Walk walk("oudon");
    validate(walk);
    CHECK(form::answer(walk.state.registration.answers, "password").empty());
    for (const scene::Node& node : walk.scene.nodes)
        CHECK(node.value.find("Couette") == std::string::npos);
}

TEST_CASE("the confirmation never says more than is true") {
    Walk walk("oudon");
    validate(walk);
    const unsigned effect = walk.state.submission.effect;
    CHECK(walk.says("en cours d'enregistrement sur cet appareil"));
    CHECK_FALSE(walk.says("reçue par la mairie sous"));

    walk.act(SubmissionState{effect, SubmissionState::Kind::waiting, {}});
    CHECK(walk.says("n'est pas encore partie"));
    CHECK(walk.says("un mail partira à l'adresse anne-lise@exemple.fr"));
    CHECK(walk.find("Renvoyer le mail d'activation") == nullptr);

    walk.act(SubmissionState{effect, SubmissionState::Kind::sending, {}});
    CHECK(walk.says("en cours d'envoi"));

    walk.act(SubmissionState{effect, SubmissionState::Kind::acknowledged, RECEIPT});
    CHECK(walk.says("reçue par la mairie sous le n° OUDON-2026-000001"));
    CHECK(walk.says("21 novembre 2026 à 12 h 00"));
    CHECK(walk.says("30 novembre 2026"));
    CHECK(walk.says("Un mail part à l'adresse anne-lise@exemple.fr"));
    CHECK(walk.says("nepasrepondre_oudon@espace-citoyens.net"));
    CHECK(walk.says("Mairie de Oudon - Création de votre espace personnel"));

    // a late "sending" does not take the receipt away
    walk.act(SubmissionState{effect, SubmissionState::Kind::sending, {}});
    CHECK(walk.says("OUDON-2026-000001"));
    // nothing of the family stays on a library's computer
    CHECK(form::answer(walk.state.registration.answers, "birth_name").empty());
}

TEST_CASE("moves of another submission are not ours") {
    Walk walk("oudon");
    validate(walk);
    walk.act(SubmissionState{walk.state.submission.effect + 7, SubmissionState::Kind::acknowledged, RECEIPT});
    CHECK_FALSE(walk.says("OUDON-2026-000001"));
}

TEST_CASE("the receipt can be printed and the mail sent again") {
    Walk walk("oudon");
    validate(walk);
    walk.act(SubmissionState{walk.state.submission.effect, SubmissionState::Kind::acknowledged, RECEIPT});
    walk.press("Imprimer l'accusé de réception");
    CHECK(walk.effects_of<Print>().size() == 1);

    walk.press("Renvoyer le mail d'activation");
    const auto calls = walk.effects_of<Call>();
    REQUIRE(calls.size() == 1);
    CHECK(calls[0].method == "POST");
    CHECK(calls[0].path == "/api/v1/oudon/activation-mails");
    CHECK(calls[0].procedure == 101);
    const auto payload = wire::read_payload(calls[0].plaintext);
    REQUIRE(payload.has_value());
    CHECK(payload->answers.at("identifier_or_email") == "annelise44");
    walk.press("Renvoyer le mail d'activation"); // impatient
    CHECK(walk.effects_of<Call>().empty());
    walk.answer(202);
    CHECK(walk.says("Un nouveau mail part à la même adresse"));
}

TEST_CASE("back from the confirmation does not open the form again") {
    Walk walk("oudon");
    validate(walk);
    walk.go("inscription/acces");
    CHECK(walk.state.screen == Screen::confirmation);
    walk.act(SubmissionState{walk.state.submission.effect, SubmissionState::Kind::acknowledged, RECEIPT});
    walk.go("inscription/identite");
    CHECK(walk.state.screen == Screen::confirmation);
}

TEST_CASE("the confirmation of nothing is the welcome") {
    const Walk walk("oudon", {.path = "inscription/confirmation"});
    CHECK(walk.state.screen == Screen::welcome);
}

TEST_CASE("what the server refuses is shown beside its field, and nothing else has to be typed again") {
    Walk walk("oudon");
    validate(walk);
    walk.act(SubmissionState{
        walk.state.submission.effect, SubmissionState::Kind::refused,
        R"({"type":"about:blank","title":"Refusé","status":422,"detail":"Vérifiez le code postal.","code":"invalid",)"
        R"("problems":[{"field":"postal_code","code":"postal_code_format","severity":"error","details":{}}]})"});
    CHECK(walk.says("n'a pas été acceptée"));
    CHECK(walk.says("Vérifiez le code postal."));
    walk.press("Corriger ma demande");
    CHECK(walk.state.step == "address");
    CHECK(walk.summary() == std::vector<std::string>{"field-postal_code"});
    CHECK(walk.node("Adresse").value == "12 bis rue de la Loire");
    walk.fill("Code postal", "44150");
    CHECK(walk.by_id("errors") == nullptr);
    walk.press("SUIVANT");
    walk.press("SUIVANT");
    REQUIRE(walk.state.step == "access");
    CHECK(walk.node("Mot de passe").value.empty());
    CHECK(walk.node("Identifiant").value == "annelise44");
    walk.fill("Mot de passe", "Couette-Brume-77!x");
    walk.pass_security_check();
    walk.press("VALIDER");
    CHECK(walk.effects_of<Submit>().size() == 1);
}

TEST_CASE("a refusal without reasons still leads somewhere") {
    Walk walk("oudon");
    validate(walk);
    walk.act(SubmissionState{walk.state.submission.effect, SubmissionState::Kind::refused, "\x01 not json"});
    walk.press("Corriger ma demande");
    CHECK(walk.state.step == "access");
}

TEST_CASE("another person's turn finds nothing of the last one") {
    Walk walk("oudon");
    validate(walk);
    walk.act(SubmissionState{walk.state.submission.effect, SubmissionState::Kind::waiting, {}});
    walk.press("Créer un espace pour une autre personne");
    CHECK(walk.state.screen == Screen::welcome);
    walk.press("Je crée mon espace");
    CHECK(walk.node("Prénom(s)").value.empty());
}

TEST_CASE("a step that has become wrong since is where VALIDER leads") {
    Walk walk("oudon");
    walk.walk_to("access");
    walk.fill_step("access");
    walk.state.registration.answers.erase("first_names");
    walk.press("VALIDER");
    CHECK(walk.state.step == "identity");
    CHECK(walk.summary() == std::vector<std::string>{"field-first_names"});
    CHECK(walk.effects_of<Submit>().empty());
}
