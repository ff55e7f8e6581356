// What the town knows reaches the page by itself, and what is shown is never older than it says.
#include "family_town.h"

#include "wizard/family/sync.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace foyer;
using namespace foyer::wizard;

TEST_CASE("a snapshot is read whole, and what this version does not know is passed over") {
    const auto read = family::read_snapshot(
        snapshot("17",
                 requests("waiting", R"(,"can_withdraw":false,"correction":{"fields":["children.0.birth_date"],)"
                                     R"("message":"La date ?","answers":{"children.0.first_names":"Léa"}})") +
                     HOUSEHOLD +
                     R"(,"messages":[{"at":"2026-11-19T10:00:00Z","kind":"waiting","text":"A","submission":"x"},)"
                     R"({"at":"2026-11-20T10:00:00Z","kind":"accepted","text":"B"}],)"
                     R"("keys":[{"service":"enfance","state":"queued","at":"2026-11-20T10:00:00Z"}],)"
                     R"("devices":[{"reference":"d1","label":"Firefox, Android","this":true}],)"
                     R"("invitations":[{"person":"k2","email":"p@exemple.fr","state":"sent"}],"future":{"a":[1]})",
                 R"(,"email_pending":"new@exemple.fr")"));
    REQUIRE(read.has_value());
    CHECK(read->cursor == "17");
    CHECK(read->reference == "a1b2c3");
    CHECK(read->email_pending == "new@exemple.fr");
    CHECK(read->profile.at("address") == "12 bis rue de la Loire");
    REQUIRE(read->requests.size() == 1);
    CHECK(read->requests[0].history.size() == 1);
    REQUIRE(read->requests[0].correction.has_value());
    CHECK(read->requests[0].correction->fields == std::vector<std::string>{"children.0.birth_date"});
    CHECK(read->requests[0].correction->answers.at("children.0.first_names") == "Léa");
    REQUIRE(read->messages.size() == 2);
    CHECK(read->messages[0].text == "B"); // the newest first
    REQUIRE(read->household.has_value());
    CHECK(read->household->size() == 6);
    CHECK(read->find_person("k1")->self);
    CHECK(read->find_person("k4")->kind == form::PersonKind::expected_child);
    CHECK(read->find_person("k9") == nullptr);
    CHECK(read->keys[0].state == "queued");
    CHECK(read->devices[0].this_one);
    CHECK(read->invitations[0].person == "k2");
}

TEST_CASE("what is no snapshot is none, whatever it is") {
    for (const char* body :
         {"", "null", "[]", "{}", "{\"cursor\":\"1\"}", "{\"account\":{\"reference\":\"a\"}}",
          "{\"cursor\":17,\"account\":{\"reference\":\"a\"}}", "\xFF", "{\"cursor\":\"1\",\"account\":[]}"})
        CHECK_FALSE(family::read_snapshot(body).has_value());
    const auto odd = family::read_snapshot(
        R"({"cursor":"1","account":{"reference":"a","person":7},"submissions":{"x":1},"household":[],"profile":"x",)"
        R"("messages":[null,3],"devices":[[]],"keys":7})");
    REQUIRE(odd.has_value());
    CHECK(odd->requests.empty());
    CHECK_FALSE(odd->household.has_value());
}

TEST_CASE("the first call asks for everything, the next ones wait for what is new, as long as a page is shown") {
    AtHome walk("tableau-de-bord", snapshot("17"));
    const auto asked = std::find_if(walk.all_effects.begin(), walk.all_effects.end(),
                                    [](const Effect& effect) { return std::holds_alternative<Call>(effect); });
    REQUIRE(asked != walk.all_effects.end());
    const Call* first = std::get_if<Call>(&*asked);
    REQUIRE(first);
    CHECK(first->method == "GET");
    CHECK(first->path == "/api/v1/oudon/sync");
    CHECK(walk.effects_of<Call>().empty());
    REQUIRE(walk.effects_of<WakeAfter>().size() == 1);
    walk.wake();
    REQUIRE(walk.effects_of<Call>().size() == 1);
    CHECK(walk.effects_of<Call>()[0].path == "/api/v1/oudon/sync?cursor=17&wait=20");

    SECTION("held and unchanged: asked again at once") {
        walk.environment.now += 20;
        walk.answer(204);
        REQUIRE(walk.effects_of<WakeAfter>().size() == 1);
        CHECK(walk.effects_of<WakeAfter>()[0].seconds <= 2);
    }
    SECTION("not held: the town has many to serve, so later") {
        walk.answer(204);
        REQUIRE(walk.effects_of<WakeAfter>().size() == 1);
        CHECK(walk.effects_of<WakeAfter>()[0].seconds >= 15);
    }
    SECTION("elsewhere nobody asks") {
        walk.go("");
        walk.answer(204);
        CHECK(walk.effects_of<WakeAfter>().empty());
        walk.go("tableau-de-bord");
        CHECK(walk.effects_of<Call>().size() == 1);
    }
    SECTION("one page after the other, one call") {
        walk.go("famille");
        walk.go("profil/appareils");
        CHECK(walk.effects_of<Call>().empty());
    }
}

TEST_CASE("a decision reaches the page by itself, is said politely, and moves neither focus nor scroll") {
    AtHome walk("tableau-de-bord", snapshot("17", requests("processing")));
    CHECK(walk.by_id("request-OUDON-2026-000002-state")->label == "En cours de traitement");
    const scene::Node* status = walk.by_id("sync-status");
    REQUIRE(status);
    CHECK(status->role == scene::Role::status);
    CHECK(plain(status->label) == "Cette page se met à jour toute seule.");
    walk.wake();
    walk.answer(200, snapshot("18", requests("accepted", R"(,"can_withdraw":false)") + HOUSEHOLD));
    CHECK(walk.by_id("request-OUDON-2026-000002-state")->label == "Acceptée");
    CHECK(walk.by_id("request-OUDON-2026-000002-state")->icon == scene::Icon::tick);
    const std::string said = plain(walk.by_id("sync-status")->label);
    CHECK(said.find("Votre demande OUDON-2026-000002 est acceptée.") == 0);
    CHECK(said.find("« Ma famille » est ouverte") != std::string::npos);
    CHECK(walk.patch.focus.empty());
    CHECK_FALSE(walk.patch.scroll_to_top);
    CHECK(walk.effects_of<ShowPath>().empty());
}

TEST_CASE("a card that did not change is not touched when another one does") {
    const std::string first = R"({"id":"x","number":"OUDON-2026-000001","procedure":"registration","state":"accepted",)"
                              R"("received_at":"2026-11-01T10:00:00Z","due_by":"2026-11-10"},)";
    AtHome walk("tableau-de-bord", snapshot("17", R"(,"submissions":[)" + first + request("received") + "]"));
    walk.wake();
    walk.answer(200, snapshot("18", R"(,"submissions":[)" + first + request("processing") + "]"));
    CHECK_FALSE(walk.patch.changed.empty());
    for (const scene::Node& node : walk.patch.changed)
        CHECK(node.id.find("OUDON-2026-000001") == std::string::npos);
}

TEST_CASE("without a network the page says how old it is, and is not read out every minute") {
    AtHome walk("tableau-de-bord", snapshot("17", requests("received")));
    walk.environment.now = NOON + 60;
    walk.wake();
    walk.answer(0);
    CHECK(walk.says("Sans réseau : cette page montre ce que la mairie avait dit"));
    CHECK(walk.says("OUDON-2026-000002"));
    CHECK(walk.says("Vu pour la dernière fois le 21 novembre 2026 à 12 h 00, il y a 1 minute."));
    const std::string said = walk.by_id("sync-status")->label;
    walk.environment.now = NOON + 3 * 60 + 5;
    walk.act(Blur{"x"});
    CHECK(walk.says("il y a 3 minutes"));
    CHECK(walk.by_id("sync-status")->label == said);
    CHECK(walk.by_id("sync-age")->role == scene::Role::paragraph);
    walk.environment.now = NOON + 26 * 3600;
    walk.act(Blur{"x"});
    CHECK(walk.says("il y a 1 jour"));
    walk.wake();
    walk.answer(204);
    CHECK(walk.by_id("sync-age") == nullptr);
    CHECK_FALSE(walk.says("Sans réseau"));
}

TEST_CASE("an unchanged snapshot is as fresh as the last word about it") {
    AtHome walk("tableau-de-bord", snapshot("17"));
    walk.environment.now = NOON + 600;
    walk.wake();
    walk.answer(204);
    walk.wake();
    walk.environment.now = NOON + 600 + 120;
    walk.answer(503);
    CHECK(walk.says("Le service est très demandé"));
    CHECK(walk.says("il y a 1 minute"));
}

TEST_CASE("failures are followed by longer and longer waits, and Réessayer by none") {
    AtHome walk("tableau-de-bord", snapshot("17"));
    std::vector<unsigned> waits;
    for (int i = 0; i < 7; ++i) {
        walk.wake();
        walk.answer(0);
        REQUIRE(walk.effects_of<WakeAfter>().size() == 1);
        waits.push_back(walk.effects_of<WakeAfter>()[0].seconds);
    }
    CHECK(waits.front() <= 5);
    CHECK(waits.back() == 60);
    CHECK(std::is_sorted(waits.begin(), waits.end()));
    walk.press("Réessayer");
    REQUIRE(walk.effects_of<Call>().size() == 1);
    CHECK(walk.node("Réessayer").role == scene::Role::button); // it keeps the focus
    CHECK(walk.says("Un instant"));
    walk.answer(200, snapshot("18"));
    CHECK(walk.find("Réessayer") == nullptr);
}

TEST_CASE("a waking that is not awaited any more does nothing") {
    AtHome walk("tableau-de-bord", snapshot("17"));
    const auto stale = walk.effects_of<WakeAfter>();
    REQUIRE(stale.size() == 1);
    walk.act(Woken{stale[0].id});
    CHECK(walk.effects_of<Call>().size() == 1);
    walk.act(Woken{stale[0].id});
    walk.act(Woken{9999});
    CHECK(walk.effects_of<Call>().empty());
}

TEST_CASE("an ended session asks for the login, then leads back to the page") {
    AtHome walk("famille", snapshot("17", HOUSEHOLD));
    walk.wake();
    walk.answer(401);
    CHECK(walk.state.screen == Screen::login);
    CHECK(walk.says("Vous n'êtes plus connecté"));
    CHECK_FALSE(walk.effects_of<RememberBound>()[0].bound);
    walk.fill("Identifiant", "annelise44");
    walk.fill("Mot de passe", "Couette-Brume-77!x");
    walk.press("CONNEXION");
    walk.answer(201, R"({"identifier":"annelise44","person":{"first_names":"Anne-Lise","last_names":"Derc'hen"}})");
    CHECK(walk.state.screen == Screen::household);
}

TEST_CASE("what has been typed when the session ends waits for its own account, and for no other") {
    AtHome walk("profil/adresse", snapshot("17"));
    walk.fill("Adresse", "3 rue Neuve");
    walk.wake();
    walk.answer(401);
    const auto log_in_as = [&](const std::string& who) {
        walk.fill("Identifiant", who);
        walk.fill("Mot de passe", "Couette-Brume-77!x");
        walk.press("CONNEXION");
        walk.answer(201, R"({"identifier":")" + who + R"(","person":{"first_names":"P","last_names":"M"}})");
    };
    SECTION("its own") {
        log_in_as("annelise44");
        CHECK(form::answer(walk.state.family.profile.sheet.answers, "address") == "3 rue Neuve");
    }
    SECTION("another one") {
        log_in_as("paul");
        CHECK(walk.state.family.profile.sheet.answers.empty());
        CHECK_FALSE(walk.says("3 rue Neuve"));
        CHECK_FALSE(walk.says("anne-lise@exemple.fr"));
    }
    CHECK(walk.state.family.snapshot.requests.empty());
}
