// PROFIL: prefilled, changed, sent once; what a key brings; and an invitation that is followed.
#include "family_town.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace foyer;
using namespace foyer::wizard;

namespace {

// Through the steps that are filled in already, to the last one.
void walk_to_services(AtHome& walk) {
    while (walk.state.step != "services") {
        const std::string before = walk.state.step;
        walk.press("SUIVANT");
        INFO("stuck on " << before);
        REQUIRE(walk.state.step != before);
    }
}

const std::string RECEIPT =
    R"({"digest":"sha-256=:x:","due_by":"2026-11-30","id":"0192","number":"SMF-2026-000007","portal":"x",)"
    R"("procedure":"profile","received_at":"2026-11-21T11:00:05Z"})";

} // namespace

TEST_CASE("the profile opens with what the town knows, in the registration's steps") {
    AtHome walk("tableau-de-bord", snapshot("1"));
    walk.press("PROFIL");
    CHECK(walk.shown_path() == "profil/identite");
    const auto title = std::find_if(walk.scene.nodes.begin(), walk.scene.nodes.end(),
                                    [](const scene::Node& node) { return node.role == scene::Role::heading; });
    REQUIRE(title != walk.scene.nodes.end());
    CHECK(std::next(title)->label == "MODIFICATION DU PROFIL DE VOTRE ESPACE PERSONNEL"); // what the title is part of
    CHECK(walk.node("Nom de naissance").value == "Derc'hen");
    CHECK(walk.node("Année").value == "1985");
    CHECK_FALSE(has_unsent_answers(walk.state));
    walk.press("SUIVANT");
    CHECK(walk.node("Adresse").value == "12 bis rue de la Loire");
    walk.press("SUIVANT");
    CHECK(walk.node("Téléphone mobile").value == "06 12 34 56 78");
    walk.press("SUIVANT");
    CHECK(walk.title() == "SERVICES");
    CHECK(walk.find("Mot de passe") == nullptr);
    CHECK(walk.find("Identifiant") == nullptr);
    CHECK(walk.find("Code d'invitation") != nullptr);
    walk.press("PRÉCÉDENT");
    CHECK(walk.state.step == "contact");
}

TEST_CASE("the services step speaks in the guide's words") {
    AtHome walk("profil/services", snapshot("1"), "saint-maur-des-fosses");
    CHECK(walk.says(
        "Vous avez la possibilité de saisir les clés d'accès à différents services proposés sur le portail."));
    CHECK(walk.find("Clé Enfance") != nullptr);
}

TEST_CASE("an address of the profile opened directly waits for what the town knows") {
    Walk walk("oudon", {.path = "profil/contact", .bound = true});
    CHECK(walk.says("Chargement"));
    CHECK(walk.find("Téléphone mobile") == nullptr);
    walk.answer(200, snapshot("1"));
    CHECK(walk.node("Téléphone mobile").value == "06 12 34 56 78");
}

TEST_CASE("a changed profile is sent once, as this account's, and everything else stays as it was") {
    AtHome walk("profil/adresse", snapshot("1"));
    walk.fill("Adresse", "3 rue Neuve");
    CHECK(has_unsent_answers(walk.state));
    walk_to_services(walk);
    walk.press("VALIDER");
    REQUIRE(walk.effects_of<Submit>().size() == 1);
    const Submit submit = walk.effects_of<Submit>()[0];
    CHECK(submit.procedure == 3);
    const auto payload = wire::read_payload(submit.plaintext);
    REQUIRE(payload.has_value());
    CHECK(payload->account == "a1b2c3");
    CHECK(payload->corrects.empty());
    CHECK(payload->answers.at("address") == "3 rue Neuve");
    CHECK(payload->answers.at("birth_name") == "Derc'hen");
    CHECK(payload->answers.at("mobile") == "+33612345678");
    CHECK(payload->answers.count("password") == 0);
    CHECK(walk.shown_path() == "profil/confirmation");
    CHECK_FALSE(has_unsent_answers(walk.state));

    SECTION("received") {
        walk.act(SubmissionState{submit.id, SubmissionState::Kind::acknowledged, RECEIPT});
        CHECK(walk.says("Vos modifications sont enregistrées par la mairie sous le n° SMF-2026-000007."));
        // the same page afterwards begins with what the town knows then
        walk.hear(snapshot("2"));
        walk.press("Retour au tableau de bord");
        walk.press("PROFIL");
        CHECK(form::answer(walk.state.family.profile.sheet.answers, "address") == "12 bis rue de la Loire");
    }
    SECTION("not yet sent: it waits on the device and the dashboard says so") {
        walk.act(SubmissionState{submit.id, SubmissionState::Kind::waiting, {}});
        CHECK(walk.says("Vos modifications sont enregistrées sur cet appareil, mais pas encore parties."));
        walk.press("Retour au tableau de bord");
        CHECK(walk.says("Sur cet appareil"));
        CHECK(walk.says("Enregistrée sur cet appareil, pas encore partie"));
        walk.act(SubmissionState{submit.id, SubmissionState::Kind::acknowledged, RECEIPT});
        CHECK(walk.says("Reçue par la mairie sous le n° SMF-2026-000007"));
        walk.hear(snapshot("2", R"(,"submissions":[{"id":"0192","number":"SMF-2026-000007","procedure":"profile",)"
                                R"("state":"accepted","received_at":"2026-11-21T11:00:05Z","due_by":"2026-11-30"}])"));
        CHECK_FALSE(walk.says("Sur cet appareil"));
        CHECK(walk.says("Modification de mon profil"));
    }
    SECTION("refused: the field that is wrong can be mended") {
        walk.act(SubmissionState{submit.id, SubmissionState::Kind::refused,
                                 R"({"type":"about:blank","title":"x","status":422,"detail":"Adresse illisible.",)"
                                 R"("code":"invalid","problems":[{"field":"address","code":"required",)"
                                 R"("severity":"error","details":{}}]})"});
        CHECK(walk.says("Vos modifications n'ont pas été acceptées telles quelles."));
        CHECK(walk.says("Adresse illisible."));
        walk.press("Retour au tableau de bord");
        CHECK(walk.says("Elle n'a pas été acceptée telle quelle"));
        walk.press("Corriger ma demande");
        CHECK(walk.shown_path() == "profil/confirmation");
        walk.press("Corriger mon profil");
        CHECK(walk.state.step == "address");
        CHECK(walk.summary() == std::vector<std::string>{"field-address"});
        CHECK(walk.node("Adresse").value == "3 rue Neuve");
    }
}

TEST_CASE("nothing changed, nothing sent") {
    AtHome walk("profil/identite", snapshot("1"));
    walk_to_services(walk);
    walk.press("VALIDER");
    CHECK(walk.effects_of<Submit>().empty());
    CHECK(walk.says("Vous n'avez rien changé"));
}

TEST_CASE("what the town learns meanwhile does not change a field under the person's hands") {
    AtHome walk("profil/adresse", snapshot("1"));
    walk.type_only("Adresse", "3 rue");
    std::string other = snapshot("2");
    const std::string old = "12 bis rue de la Loire";
    other.replace(other.find(old), old.size(), "99 autre rue");
    walk.hear(other);
    CHECK(walk.node("Adresse").value == "3 rue");
    CHECK(walk.patch.focus.empty());
}

TEST_CASE("a new e-mail address changes when its link is opened, and the page says so") {
    AtHome walk("profil/contact", snapshot("1"));
    walk.fill("Adresse électronique", "nouvelle@exemple.fr");
    walk_to_services(walk);
    walk.press("VALIDER");
    CHECK(walk.says("Un mail part à nouvelle@exemple.fr. Votre adresse change quand vous ouvrez le lien de ce mail"));
    AtHome pending("profil/contact", snapshot("1", {}, R"(,"email_pending":"nouvelle@exemple.fr")"));
    CHECK(pending.says("Nous avons écrit à nouvelle@exemple.fr"));
    CHECK(pending.node("Adresse électronique").value == "anne-lise@exemple.fr");
}

TEST_CASE("a mistyped key is doubted once and never blocks") {
    AtHome walk("profil/services", snapshot("1"), "saint-maur-des-fosses");
    walk.fill("Clé Enfance", "ABCD-EFGH-JKMN");
    walk.press("VALIDER");
    CHECK(walk.effects_of<Submit>().empty());
    CHECK(walk.says("Relisez la clé"));
    walk.press("VALIDER");
    REQUIRE(walk.effects_of<Submit>().size() == 1);
    CHECK(wire::read_payload(walk.effects_of<Submit>()[0].plaintext)->answers.count("service_key.enfance") == 1);
}

TEST_CASE("a right key opens the family at once; a doubtful one is with the town hall, in plain words") {
    AtHome walk("profil/services", snapshot("1"), "saint-maur-des-fosses");
    walk.fill("Clé Enfance", "ENF-2041-AB");
    walk.press("VALIDER");
    REQUIRE(walk.effects_of<Submit>().size() == 1);
    const unsigned effect = walk.effects_of<Submit>()[0].id;
    CHECK(walk.says("Si la clé est juste, votre famille apparaît"));
    walk.act(SubmissionState{effect, SubmissionState::Kind::acknowledged, RECEIPT});
    CHECK(walk.state.family.profile.sheet.answers.count("service_key.enfance") == 0);

    SECTION("right") {
        walk.hear(snapshot("2", HOUSEHOLD +
                                    R"(,"keys":[{"service":"enfance","state":"known","at":"2026-11-21T11:00:00Z"}])"));
        CHECK(walk.says("La clé est juste : votre famille est dans « Ma famille »."));
        walk.press("Voir ma famille");
        CHECK(walk.shown_path() == "famille");
    }
    SECTION("wrong or used: nothing is refused") {
        walk.hear(snapshot("2", R"(,"keys":[{"service":"enfance","state":"queued","at":"2026-11-21T11:00:05Z"}])"));
        CHECK_FALSE(walk.says("Si la clé est juste"));
        CHECK(walk.says("Clé Enfance saisie le 21 novembre 2026 : la mairie la vérifie"));
        CHECK_FALSE(walk.says("fausse"));
        CHECK_FALSE(walk.says("La clé est juste : "));
    }
}

TEST_CASE("a registration that follows an invitation carries its code, unseen, and says so") {
    Walk walk("oudon", {.path = "inscription", .query = "invitation=ABCD-EFGH-JKMN"});
    CHECK(walk.says("Vous avez été invité par l'autre représentant de vos enfants"));
    CHECK_FALSE(has_unsent_answers(walk.state));
    walk.press("Je crée mon espace");
    walk.walk_to("access");
    CHECK(walk.find("Code d'invitation") == nullptr);
    walk.fill_step("access");
    walk.press("VALIDER");
    REQUIRE(walk.effects_of<Submit>().size() == 1);
    CHECK(wire::read_payload(walk.effects_of<Submit>()[0].plaintext)->answers.at("invitation") == "ABCD-EFGH-JKMN");
}

TEST_CASE("a letter's link brings its key, seen in its box, and no other answer") {
    Walk walk("saint-maur-des-fosses",
              {.path = "inscription", .query = "service_key.enfance=ABCD-EFGH-JKMN&birth_name=Durand&consent=yes"});
    CHECK(walk.state.registration.answers.count("birth_name") == 0);
    CHECK(walk.state.registration.answers.count("consent") == 0);
    walk.press("Je crée mon espace");
    walk.walk_to("services");
    CHECK(walk.node("Clé Enfance").value == "ABCD-EFGH-JKMN");
}

TEST_CASE("where the town fills in its key itself, no link replaces it") {
    Walk walk("oudon", {.path = "inscription", .query = "service_key.enfance=ABCD-EFGH-JKMN"});
    walk.press("Je crée mon espace");
    walk.walk_to("access");
    CHECK(walk.node("Clé Enfance").value == "OUDON-ENFANCE");
}

TEST_CASE("without an invitation nobody is told of one") {
    const Walk walk("oudon", {.path = "inscription"});
    CHECK_FALSE(walk.says("invité"));
}
