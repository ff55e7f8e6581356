#include "family_town.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::wizard;

namespace {

const std::string SESSION =
    R"({"identifier":"annelise44","person":{"civility":"madame","first_names":"Anne-Lise","last_names":"Derc'hen"}})";
const std::string ME = snapshot("1", requests("received"));

void log_in(Walk& walk) {
    walk.fill("Identifiant", "annelise44");
    walk.fill("Mot de passe", "Couette-Brume-77!x");
    walk.press("CONNEXION");
}

} // namespace

TEST_CASE("logging in leads to a dashboard that greets the person and shows the registration") {
    Walk walk("oudon");
    walk.press("Se connecter");
    CHECK(walk.shown_path() == "connexion");
    log_in(walk);
    const auto calls = walk.effects_of<Call>();
    REQUIRE(calls.size() == 1);
    CHECK(calls[0].path == "/api/v1/oudon/sessions");
    CHECK(calls[0].method == "POST");
    CHECK(calls[0].procedure == 100);
    const auto payload = wire::read_payload(calls[0].plaintext);
    REQUIRE(payload.has_value());
    CHECK(payload->answers.at("identifier") == "annelise44");
    CHECK(payload->answers.at("password") == "Couette-Brume-77!x");

    walk.answer(201, SESSION);
    CHECK(walk.state.screen == Screen::dashboard);
    CHECK(walk.title() == "Bonjour Anne-Lise Derc'hen");
    REQUIRE(walk.effects_of<RememberBound>().size() == 1);
    CHECK(walk.effects_of<RememberBound>()[0].bound);
    REQUIRE(walk.effects_of<Call>().size() == 1);
    CHECK(walk.effects_of<Call>()[0].path == "/api/v1/oudon/sync");
    CHECK(walk.effects_of<Call>()[0].method == "GET");
    CHECK(walk.effects_of<Call>()[0].procedure == 0);
    CHECK(walk.state.account.answers.empty());

    walk.answer(200, ME);
    CHECK(walk.says("OUDON-2026-000002"));
    CHECK(walk.says("Reçue par la mairie"));
    CHECK(walk.says("30 novembre 2026"));
    CHECK(walk.says("anne-lise@exemple.fr"));
    CHECK(walk.node("ENTOURAGE").href == "/oudon/entourage");
    CHECK(walk.node("PROFIL").href == "/oudon/profil/identite");
    CHECK(walk.find("MA FAMILLE") == nullptr); // the town knows no family yet
}

TEST_CASE("a login that fails says one thing whatever is wrong, and keeps what was typed") {
    Walk walk("oudon", {.path = "connexion"});
    log_in(walk);
    walk.answer(401, R"({"detail":"…"})");
    CHECK(walk.state.screen == Screen::login);
    CHECK(walk.says("Identifiant ou mot de passe inconnu"));
    CHECK(walk.summary() == std::vector<std::string>{"field-identifier"});
    CHECK(plain(walk.scene.title).find("Erreur : ") == 0);
    CHECK(walk.patch.focus == "errors");
    CHECK(walk.node("Identifiant").value == "annelise44");
}

TEST_CASE("without a network the login keeps what was typed and can be tried again") {
    Walk walk("oudon", {.path = "connexion"});
    log_in(walk);
    walk.answer(0);
    CHECK(walk.says("Pas de réseau"));
    CHECK(walk.node("Mot de passe").value == "Couette-Brume-77!x");
    walk.press("CONNEXION");
    CHECK(walk.effects_of<Call>().size() == 1);
    CHECK(walk.by_id("errors") == nullptr);
}

TEST_CASE("too many tries are told to wait") {
    Walk walk("oudon", {.path = "connexion"});
    log_in(walk);
    walk.answer(429);
    CHECK(walk.says("Attendez quelques minutes"));
}

TEST_CASE("CONNEXION pressed twice calls once") {
    Walk walk("oudon", {.path = "connexion"});
    log_in(walk);
    walk.press("CONNEXION");
    CHECK(walk.effects_of<Call>().empty());
    CHECK(walk.says("Connexion en cours"));
}

TEST_CASE("an empty login is told what is missing and calls nobody") {
    Walk walk("oudon", {.path = "connexion"});
    walk.press("CONNEXION");
    CHECK(walk.effects_of<Call>().empty());
    CHECK(walk.summary() == std::vector<std::string>{"field-identifier", "field-password"});
}

TEST_CASE("the lost password gives the same neutral answer to everybody") {
    Walk walk("oudon");
    walk.press("Mot de passe perdu");
    CHECK(walk.shown_path() == "mot-de-passe-perdu");
    walk.fill("Identifiant ou adresse électronique", "personne@exemple.fr");
    walk.press("ENVOYER");
    REQUIRE(walk.effects_of<Call>().size() == 1);
    CHECK(walk.effects_of<Call>()[0].path == "/api/v1/oudon/password-resets");
    CHECK(walk.effects_of<Call>()[0].procedure == 102);
    walk.answer(202);
    CHECK(walk.says("Si un espace correspond"));
    CHECK(walk.find("ENVOYER") == nullptr);
    CHECK(walk.patch.focus == "title");
}

TEST_CASE("a mail that did not come is asked for again") {
    Walk walk("oudon");
    walk.press("Je n'ai pas reçu le mail d'activation");
    CHECK(walk.shown_path() == "mail-non-recu");
    walk.fill("Identifiant ou adresse électronique", "annelise44");
    walk.press("ENVOYER");
    REQUIRE(walk.effects_of<Call>().size() == 1);
    CHECK(walk.effects_of<Call>()[0].path == "/api/v1/oudon/activation-mails");
    walk.answer(202);
    CHECK(walk.says("Si un espace à activer correspond"));
}

TEST_CASE("what was typed for the login is not asked again for the lost password") {
    Walk walk("oudon", {.path = "connexion"});
    walk.fill("Identifiant", "annelise44");
    walk.press("Mot de passe perdu");
    CHECK(walk.node("Identifiant ou adresse électronique").value == "annelise44");
}

TEST_CASE("the link in the mail leads to a new password, once") {
    Walk walk("oudon", {.path = "mot-de-passe", .query = "id=12&key=abcdef"});
    CHECK(walk.title() == "Nouveau mot de passe");
    walk.fill("Mot de passe", "Couette-Brume-77!x");
    walk.press("VALIDER");
    REQUIRE(walk.effects_of<Call>().size() == 1);
    CHECK(walk.effects_of<Call>()[0].path == "/api/v1/oudon/passwords");
    CHECK(walk.effects_of<Call>()[0].procedure == 103);
    const auto payload = wire::read_payload(walk.effects_of<Call>()[0].plaintext);
    REQUIRE(payload.has_value());
    CHECK(payload->answers.at("reset_id") == "12");
    CHECK(payload->answers.at("reset_key") == "abcdef");

    SECTION("saved") {
        walk.answer(204);
        CHECK(walk.state.screen == Screen::login);
        CHECK(walk.says("Votre nouveau mot de passe est enregistré"));
        CHECK(walk.node("Mot de passe").value.empty());
    }
    SECTION("used or old") {
        walk.answer(410);
        CHECK(walk.says("Ce lien a déjà servi"));
        walk.press("Demander un nouveau lien");
        CHECK(walk.state.screen == Screen::lost_password);
    }
    SECTION("refused by the server") {
        walk.answer(422,
                    R"({"type":"about:blank","title":"x","status":422,"detail":"x","code":"invalid",)"
                    R"("problems":[{"field":"password","code":"password_common","severity":"error","details":{}}]})");
        CHECK(walk.summary() == std::vector<std::string>{"field-password"});
    }
}

TEST_CASE("a link that was cut off says so") {
    const Walk walk("oudon", {.path = "mot-de-passe", .query = "id=12"});
    CHECK(walk.says("Ce lien est incomplet"));
    CHECK(walk.find("VALIDER") == nullptr);
}

TEST_CASE("a device that is bound goes straight to its dashboard") {
    Walk walk("oudon", {.path = "tableau-de-bord", .bound = true});
    CHECK(walk.says("Chargement"));
    walk.answer(200, ME);
    CHECK(walk.title() == "Bonjour Anne-Lise Derc'hen");
}

TEST_CASE("a device that is not bound is asked to log in") {
    Walk walk("oudon", {.path = "tableau-de-bord", .bound = false});
    CHECK(walk.state.screen == Screen::login);
    CHECK(walk.shown_path() == "connexion");
}

TEST_CASE("a device that the town has unbound is told so") {
    Walk walk("oudon", {.path = "tableau-de-bord", .bound = true});
    walk.answer(401);
    CHECK(walk.state.screen == Screen::login);
    CHECK(walk.says("Vous n'êtes plus connecté"));
    REQUIRE(walk.effects_of<RememberBound>().size() == 1);
    CHECK_FALSE(walk.effects_of<RememberBound>()[0].bound);
}

TEST_CASE("the dashboard without a network says so and can be tried again") {
    Walk walk("oudon", {.path = "tableau-de-bord", .bound = true});
    walk.answer(0);
    CHECK(walk.says("Pas de réseau"));
    walk.press("Réessayer");
    CHECK(walk.says("Chargement"));
    walk.answer(200, ME);
    CHECK(walk.says("OUDON-2026-000002"));
    CHECK_FALSE(walk.says("Pas de réseau"));
}

TEST_CASE("logging out forgets the person") {
    Walk walk("oudon", {.path = "tableau-de-bord", .bound = true});
    walk.answer(200, ME);
    walk.press("Se déconnecter");
    REQUIRE(walk.effects_of<Call>().size() == 1);
    CHECK(walk.effects_of<Call>()[0].method == "DELETE");
    SECTION("the town knows") {
        walk.answer(204);
        CHECK(walk.state.screen == Screen::landing);
        CHECK(walk.says("Vous êtes déconnecté"));
        CHECK(walk.state.family.snapshot.requests.empty());
        walk.press("Créer mon espace");
        walk.go("");
        CHECK_FALSE(walk.says("Vous êtes déconnecté"));
    }
    SECTION("no network: nothing stays here, and the town hears of it later") {
        walk.answer(0);
        CHECK(walk.state.screen == Screen::landing);
        CHECK(walk.state.bound == false);
        CHECK(walk.effects_of<Keeping>().at(0).act == Keeping::Act::leave);
    }
    SECTION("a town that cannot answer: the truth is that the device is still bound") {
        walk.answer(503);
        CHECK(walk.state.screen == Screen::dashboard);
        CHECK(walk.says("vous êtes encore connecté"));
    }
}

TEST_CASE("answers that are not what they should be harm nobody") {
    for (const char* body :
         {"", "null", "[]", "{\"person\":7,\"submissions\":\"x\"}", "{\"submissions\":[1,null,{}]}", "\xFF"}) {
        Walk walk("oudon", {.path = "tableau-de-bord", .bound = true});
        walk.answer(200, body);
        CHECK(walk.state.screen == Screen::dashboard);
    }
    Walk walk("oudon");
    walk.act(CallResult{99, 200, "{}"});
    walk.act(Loaded{"nothing", true});
    walk.act(Activate{"field-"});
    walk.act(Activate{"go-nowhere"});
    walk.act(Choose{"field-civility", "x"});
    CHECK(walk.state.screen == Screen::landing);
}
