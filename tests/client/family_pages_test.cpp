// The dashboard, one request, "Ma famille", the password and the devices: what each says, and what it must not.
#include "family_town.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::wizard;

namespace {

constexpr std::string_view PATH = "tableau-de-bord/demande/OUDON-2026-000002";

std::string row(const Walk& walk, std::string_view table, std::string_view term) {
    const scene::Node* node = walk.by_id(table);
    if (node)
        for (const scene::Row& each : node->rows)
            if (plain(each.term) == term)
                return plain(each.value);
    return {};
}

bool has_row(const Walk& walk, std::string_view table, std::string_view term) {
    return !row(walk, table, term).empty();
}

std::size_t position(const Walk& walk, std::string_view id) {
    for (std::size_t i = 0; i < walk.scene.nodes.size(); ++i)
        if (walk.scene.nodes[i].id == id)
            return i;
    FAIL("no node " << id);
    return 0;
}

const std::string DEVICES =
    R"(,"devices":[{"reference":"phone_1","label":"Firefox, Android","bound_at":"2026-11-01T10:00:00Z",)"
    R"("last_seen":"2026-11-20T10:00:00Z","this":false},{"reference":"desk-2","label":"Chrome, Windows",)"
    R"("bound_at":"2026-11-02T10:00:00Z","last_seen":"2026-11-21T10:00:00Z","this":true}])";

} // namespace

// ---- the dashboard ----

TEST_CASE("a new family is told what comes next, in the guide's words") {
    AtHome walk("tableau-de-bord", snapshot("1"));
    CHECK(walk.title() == "Bonjour Anne-Lise Derc'hen");
    CHECK(walk.says("déclarez votre entourage"));
    CHECK(walk.says("Vous n'avez pas de demande en cours."));
    CHECK(walk.find("MA FAMILLE") == nullptr);
    CHECK_FALSE(walk.says("Voir ma famille"));
    walk.press("Déclarer mon entourage");
    CHECK(walk.state.screen == Screen::entourage);
}

TEST_CASE("once something is declared, nobody is asked to declare it again") {
    for (const char* state : {"received", "processing", "waiting", "accepted"}) {
        AtHome walk("tableau-de-bord", snapshot("1", requests(state)));
        CHECK_FALSE(walk.says("déclarez votre entourage"));
    }
    for (const char* state : {"refused", "withdrawn"}) {
        AtHome walk("tableau-de-bord", snapshot("1", requests(state)));
        CHECK(walk.says("déclarez votre entourage"));
    }
}

TEST_CASE("a request's card has its state in words and with a picture, its number and its due date") {
    AtHome walk("tableau-de-bord", snapshot("1", requests("processing")));
    const scene::Node* card = walk.by_id("request-OUDON-2026-000002");
    REQUIRE(card);
    CHECK(card->type == "card");
    CHECK(plain(walk.by_id("request-OUDON-2026-000002-title")->label) == "Ajout à mon entourage");
    const scene::Node* state = walk.by_id("request-OUDON-2026-000002-state");
    CHECK(state->label == "En cours de traitement");
    CHECK(state->icon == scene::Icon::clock);
    const char* facts = "request-OUDON-2026-000002-facts";
    CHECK(row(walk, facts, "Numéro") == "OUDON-2026-000002");
    CHECK(row(walk, facts, "Reçue le") == "20 novembre 2026 à 11 h 00");
    CHECK(row(walk, facts, "Traitée au plus tard le") == "30 novembre 2026");
    const scene::Node& open = walk.node("Voir le détail");
    CHECK(open.href == "/oudon/" + std::string(PATH));
    CHECK(plain(open.hint).find("OUDON-2026-000002") != std::string::npos);
    walk.press("Voir le détail");
    CHECK(walk.shown_path() == PATH);
    CHECK(walk.title() == "Demande OUDON-2026-000002");
}

TEST_CASE("a decided request promises no date any more; a late one says so") {
    AtHome decided("tableau-de-bord", snapshot("1", requests("accepted")));
    CHECK_FALSE(has_row(decided, "request-OUDON-2026-000002-facts", "Traitée au plus tard le"));
    AtHome late("tableau-de-bord", snapshot("1", requests("received")));
    CHECK_FALSE(late.says("Le délai prévu est dépassé"));
    late.environment.now += 15 * 86400;
    late.act(Blur{"x"});
    CHECK(late.says("Le délai prévu est dépassé"));
}

TEST_CASE("messages stand above the requests, the newest first, and lead to their request") {
    const std::string old = R"({"at":"2026-11-19T10:00:00Z","kind":"waiting","text":"Ancien message"})";
    AtHome walk("tableau-de-bord", snapshot("1", requests("waiting") + R"(,"messages":[)" + old + "]"));
    CHECK_FALSE(walk.says("Nouveau"));
    walk.hear(snapshot("2", requests("waiting") + R"(,"messages":[)" + old +
                                R"(,{"at":"2026-11-21T10:00:00Z","kind":"waiting","text":"Message récent",)"
                                R"("submission":"0192aaaa-0000-7000-8000-000000000002"}])"));
    CHECK(walk.by_id("message-0-text")->label == "Message récent");
    CHECK(walk.by_id("message-0-new") != nullptr);
    CHECK(walk.by_id("message-1-new") == nullptr);
    CHECK(plain(walk.by_id("sync-status")->label) == "La mairie vous a écrit un message.");
    CHECK(position(walk, "messages-title") < position(walk, "requests-title"));
    walk.act(Activate{"open-message-0"});
    CHECK(walk.shown_path() == PATH);
}

TEST_CASE("the family's section appears with the family") {
    AtHome walk("tableau-de-bord", snapshot("1", HOUSEHOLD));
    CHECK(walk.says("Enfants : Léa Martin, Enfant à naître"));
    CHECK(walk.says("Représentants : Anne-Lise Derc'hen, Paul Martin"));
    CHECK_FALSE(walk.says("déclarez votre entourage"));
    walk.press("MA FAMILLE");
    CHECK(walk.shown_path() == "famille");
}

TEST_CASE("an address that waits to be confirmed is said on the dashboard") {
    AtHome walk("tableau-de-bord", snapshot("1", {}, R"(,"email_pending":"nouvelle@exemple.fr")"));
    CHECK(walk.says("Nous avons écrit à nouvelle@exemple.fr"));
    CHECK(row(walk, "account", "Adresse électronique") == "anne-lise@exemple.fr");
}

TEST_CASE("a town that offers no entourage shows no button for it") {
    AtHome walk("tableau-de-bord", snapshot("1"));
    walk.environment.entourage.lists.clear();
    walk.act(Blur{"x"});
    CHECK(walk.find("ENTOURAGE") == nullptr);
    CHECK_FALSE(walk.says("déclarez votre entourage"));
}

// ---- one request ----

TEST_CASE("a request's page has its history with dates and words, and a receipt to print") {
    AtHome walk(PATH,
                snapshot("1", requests("refused",
                                       R"(,"history":[{"at":"2026-11-20T10:00:00Z","event":"received"},)"
                                       R"({"at":"2026-11-21T10:00:00Z","event":"refused","note":"Hors commune"}])")));
    CHECK(walk.says("20 novembre 2026 à 11 h 00 : Reçue par la mairie"));
    CHECK(walk.says("21 novembre 2026 à 11 h 00 : Refusée. La mairie écrit : « Hors commune »"));
    CHECK(row(walk, "receipt", "Numéro") == "OUDON-2026-000002");
    CHECK(row(walk, "receipt", "État") == "Refusée");
    CHECK(has_row(walk, "receipt", "Service"));
    CHECK(has_row(walk, "receipt", "Contact"));
    walk.press("Imprimer l'accusé de réception");
    CHECK(walk.effects_of<Print>().size() == 1);
}

TEST_CASE("a request of another family is unknown, and says nothing about it") {
    AtHome walk("tableau-de-bord/demande/OUDON-2026-000009", snapshot("1", requests("received")));
    CHECK(walk.says("Votre espace n'a pas de demande sous ce numéro."));
    CHECK(walk.find("Retirer ma demande") == nullptr);
    CHECK(walk.by_id("receipt") == nullptr);
}

TEST_CASE("a withdrawal is asked about in place, with what it means, and can be left alone") {
    AtHome walk(PATH, snapshot("1", requests("received")));
    walk.press("Retirer ma demande");
    CHECK(walk.effects_of<Call>().empty());
    CHECK(walk.says("Ce retrait est définitif"));
    CHECK(walk.patch.focus == "withdraw-no");
    CHECK(walk.by_id("withdraw") == nullptr);
    walk.press("Non, la garder");
    CHECK(walk.patch.focus == "withdraw");
    CHECK_FALSE(walk.says("Ce retrait est définitif"));
    walk.act(Activate{"withdraw-yes"}); // a press that came too late
    CHECK(walk.effects_of<Call>().empty());
}

TEST_CASE("a withdrawal is sent once, and what came of it is said") {
    AtHome walk(PATH, snapshot("1", requests("received")));
    walk.press("Retirer ma demande");
    walk.press("Oui, retirer ma demande");
    REQUIRE(walk.effects_of<Call>().size() == 1);
    const Call call = walk.effects_of<Call>()[0];
    CHECK(call.method == "DELETE");
    CHECK(call.path == "/api/v1/oudon/submissions/0192aaaa-0000-7000-8000-000000000002");
    CHECK(walk.patch.focus == "title");
    walk.act(Activate{"withdraw-yes"});
    walk.act(Activate{"withdraw"});
    CHECK(walk.effects_of<Call>().empty());
    const auto answer = [&](int status) { walk.act(CallResult{call.id, status, {}}); };

    SECTION("withdrawn") {
        answer(204);
        CHECK(walk.says("Votre demande est retirée."));
        CHECK(walk.find("Retirer ma demande") == nullptr);
        CHECK(walk.effects_of<Call>().size() == 1); // the snapshot is asked for
    }
    SECTION("an agent was quicker") {
        answer(409);
        CHECK(walk.says("un agent l'a déjà prise en charge"));
        CHECK_FALSE(walk.says("Votre demande est retirée."));
    }
    SECTION("no network") {
        answer(0);
        CHECK(walk.says("Votre demande n'est pas retirée"));
        CHECK(walk.find("Retirer ma demande") != nullptr);
    }
    SECTION("the session has ended") {
        answer(401);
        CHECK(walk.state.screen == Screen::login);
    }
}

TEST_CASE("an agent who takes the request while the family is asked ends the question") {
    AtHome walk(PATH, snapshot("1", requests("received")));
    walk.press("Retirer ma demande");
    walk.hear(snapshot("2", requests("processing", R"(,"can_withdraw":false)")));
    CHECK(walk.by_id("withdraw-question") == nullptr);
    CHECK(walk.says("un agent l'a déjà prise en charge"));
    CHECK(walk.patch.focus == "title");
}

TEST_CASE("only what can be withdrawn offers to be") {
    AtHome walk(PATH, snapshot("1", requests("processing", R"(,"can_withdraw":false)")));
    CHECK(walk.find("Retirer ma demande") == nullptr);
    walk.act(Activate{"withdraw"});
    walk.act(Activate{"withdraw-yes"});
    CHECK(walk.effects_of<Call>().empty());
}

TEST_CASE("a correction that is asked for shows the agent's words and leads to it") {
    AtHome walk(PATH, snapshot("1", requests("waiting", R"(,"can_withdraw":false,"correction":{"fields":)"
                                                        R"(["children.0.birth_date"],"message":"La date est fausse.",)"
                                                        R"("answers":{"children.0.first_names":"Léa"}})")));
    CHECK(walk.says("La mairie vous demande une correction"));
    CHECK(walk.says("La date est fausse."));
    walk.press("Corriger ma demande");
    CHECK(walk.shown_path() == "correction/OUDON-2026-000002");
}

TEST_CASE("a correction that is on its way is not asked for again") {
    const std::string asked = R"(,"can_withdraw":false,"correction":{"fields":["children.0.birth_date"],)"
                              R"("message":"La date est fausse.","answers":{}})";
    AtHome walk(PATH, snapshot("1", requests("waiting", asked)));
    family::Sending sending;
    sending.effect = 900;
    sending.procedure = form::Procedure::entourage;
    sending.corrects = "0192aaaa-0000-7000-8000-000000000002";
    sending.stage = family::Sending::Stage::on_device;
    walk.state.family.sendings.push_back(sending);
    walk.act(Blur{"x"});
    CHECK(walk.find("Corriger ma demande") == nullptr);
    CHECK(walk.says("Enregistrée sur cet appareil, pas encore partie"));
    walk.state.family.sendings.back().stage = family::Sending::Stage::refused;
    walk.act(Blur{"x"});
    CHECK(walk.find("Corriger ma demande") != nullptr);
    walk.hear(snapshot("2", requests("received", asked)));
    CHECK_FALSE(walk.says("La date est fausse."));
}

// ---- Ma famille ----

TEST_CASE("a child's card says who decides, where the child lives, who collects and whom to call first") {
    AtHome walk("famille", snapshot("1", HOUSEHOLD));
    CHECK(walk.title() == "Ma famille");
    const char* facts = "person-k3-facts";
    CHECK(plain(walk.by_id("person-k3-title")->label) == "Léa Martin");
    CHECK(row(walk, facts, "Date de naissance") == "5 avril 2021");
    CHECK(row(walk, facts, "Autorité parentale") == "Anne-Lise Derc'hen, Paul Martin");
    CHECK(row(walk, facts, "Vit chez") == "En alternance chez ses représentants");
    CHECK(row(walk, facts, "Peuvent venir le chercher") == "Anne-Lise Derc'hen, Rose Derc'hen");
    CHECK(row(walk, facts, "Urgence, appel n° 1") == "Yann Le Goff, Voisin ou voisine, 02 40 00 00 02");
    CHECK(row(walk, facts, "Urgence, appel n° 2") == "Rose Derc'hen, Grand-parent, 02 40 00 00 01");
    CHECK(row(walk, facts, "École").find("École du Centre") == 0);
    CHECK(row(walk, "person-k5-facts", "Rôle") == "Venir chercher les enfants, Être appelé en cas d'urgence");
}

TEST_CASE("an expected child has a date and can be declared born, a born one cannot") {
    AtHome walk("famille", snapshot("1", HOUSEHOLD));
    CHECK(row(walk, "person-k4-facts", "Naissance prévue le") == "15 février 2027");
    CHECK(plain(walk.by_id("person-k4-title")->label) == "Enfant à naître");
    CHECK(walk.by_id("declare-birth-k3") == nullptr);
    REQUIRE(walk.by_id("declare-birth-k4"));
    walk.act(Activate{"declare-birth-k4"});
    CHECK(walk.state.screen != Screen::household);
}

TEST_CASE("of the other representative there are a name and the link, and nothing else") {
    AtHome walk("famille", snapshot("1", HOUSEHOLD));
    const scene::Node* facts = walk.by_id("person-k2-facts");
    REQUIRE(facts);
    CHECK(facts->rows.size() == 1);
    CHECK(row(walk, "person-k2-facts", "Lien avec les enfants") == "Père");
    CHECK(row(walk, "person-k1-facts", "Adresse") == "12 bis rue de la Loire, 44521 Oudon");
    CHECK(row(walk, "person-k1-facts", "Téléphone") == "06 12 34 56 78");
    CHECK(walk.by_id("person-k1-self") != nullptr);
    CHECK(walk.by_id("person-k2-self") == nullptr);
}

TEST_CASE("before the town knows the family the page says when it will") {
    AtHome walk("famille", snapshot("1"));
    CHECK(walk.says("La rubrique « Ma famille » s'ouvre quand la mairie a validé votre entourage"));
    CHECK(walk.find("Inviter cette personne à ouvrir son espace") == nullptr);
}

TEST_CASE("the other representative is invited by mail, from their card") {
    AtHome walk("famille", snapshot("1", HOUSEHOLD));
    CHECK(walk.by_id("invite-k1") == nullptr); // oneself
    walk.press("Inviter cette personne à ouvrir son espace");
    CHECK(walk.patch.focus == "field-email");
    CHECK(walk.says("Elle ne verra ni votre adresse"));

    SECTION("sent") {
        walk.fill("Adresse électronique", "paul@exemple.fr");
        walk.press("ENVOYER L'INVITATION");
        REQUIRE(walk.effects_of<Call>().size() == 1);
        const Call call = walk.effects_of<Call>()[0];
        CHECK(call.path == "/api/v1/oudon/invitations");
        CHECK(call.procedure == 105);
        const auto payload = wire::read_payload(call.plaintext);
        REQUIRE(payload.has_value());
        CHECK(payload->answers.at("person") == "k2");
        CHECK(payload->answers.at("email") == "paul@exemple.fr");
        walk.press("ENVOYER L'INVITATION");
        CHECK(walk.effects_of<Call>().empty());
        walk.act(CallResult{call.id, 202, "{}"});
        CHECK(walk.says("L'invitation part par mail."));
        CHECK(walk.find("ENVOYER L'INVITATION") == nullptr);
        CHECK(walk.patch.focus == "invite-k2");
        walk.hear(
            snapshot("2", HOUSEHOLD + R"(,"invitations":[{"person":"k2","email":"paul@exemple.fr","state":"sent"}])"));
        CHECK(walk.says("Invitation envoyée à paul@exemple.fr"));
    }
    SECTION("an address that is none is not sent") {
        walk.fill("Adresse électronique", "paul");
        walk.press("ENVOYER L'INVITATION");
        CHECK(walk.effects_of<Call>().empty());
        CHECK(walk.summary() == std::vector<std::string>{"field-email"});
    }
    SECTION("they have a space already") {
        walk.fill("Adresse électronique", "paul@exemple.fr");
        walk.press("ENVOYER L'INVITATION");
        walk.act(CallResult{walk.effects_of<Call>()[0].id, 409, R"({"code":"has_account"})"});
        CHECK(walk.says("a déjà un espace relié"));
        CHECK(walk.summary() == std::vector<std::string>{"field-email"});
    }
    SECTION("given up") {
        walk.press("Annuler");
        CHECK(walk.find("Adresse électronique") == nullptr);
        CHECK(walk.patch.focus == "invite-k2");
    }
}

TEST_CASE("an invitation that was used invites nobody again; one that expired may be sent anew") {
    const auto with = [](const char* state) {
        return snapshot("1", HOUSEHOLD + R"(,"invitations":[{"person":"k2","email":"p@exemple.fr","state":")" +
                                 std::string(state) + R"("}])");
    };
    AtHome used("famille", with("used"));
    CHECK(used.says("Cette personne a ouvert son espace"));
    CHECK(used.by_id("invite-k2") == nullptr);
    AtHome expired("famille", with("expired"));
    CHECK(expired.says("n'est plus valable"));
    CHECK(plain(expired.by_id("invite-k2")->label) == "Envoyer une nouvelle invitation");
}

TEST_CASE("a family of 200 people has a page") {
    std::string people;
    for (int i = 0; i < 200; ++i)
        people += (i ? "," : "") + std::string(R"({"reference":"k)") + std::to_string(i) +
                  R"(","kind":"child","self":false,"answers":{"first_names":"Léa","birth_name":"Martin"}})";
    AtHome walk("famille", snapshot("1", R"(,"household":{"people":[)" + people + "]}"));
    CHECK(walk.by_id("person-k199") != nullptr);
}

// ---- the password and the devices ----

TEST_CASE("changing the password asks for the old one and keeps neither") {
    AtHome walk("profil/mot-de-passe", snapshot("1"));
    CHECK(walk.title() == "Changer mon mot de passe");
    walk.fill("Mot de passe actuel", "Couette-Brume-77!x");
    walk.fill("Mot de passe", "Jardin-Velours-88!y");
    CHECK(walk.says("Mot de passe suffisant."));
    walk.press("VALIDER");
    REQUIRE(walk.effects_of<Call>().size() == 1);
    const Call call = walk.effects_of<Call>()[0];
    CHECK(call.path == "/api/v1/oudon/password");
    CHECK(call.procedure == 104);
    const auto payload = wire::read_payload(call.plaintext);
    REQUIRE(payload.has_value());
    CHECK(payload->answers.at("old_password") == "Couette-Brume-77!x");
    CHECK(payload->answers.at("password") == "Jardin-Velours-88!y");
    walk.press("VALIDER");
    CHECK(walk.effects_of<Call>().empty());

    SECTION("saved") {
        walk.act(CallResult{call.id, 204, {}});
        CHECK(walk.says("Votre nouveau mot de passe est enregistré. Vos autres appareils sont déconnectés."));
        CHECK(walk.find("VALIDER") == nullptr);
        CHECK(walk.state.account.answers.empty());
    }
    SECTION("the old one is wrong") {
        walk.act(CallResult{call.id, 403, R"({"code":"old_password_wrong"})"});
        CHECK(walk.says("Le mot de passe actuel n'est pas le bon"));
        CHECK(walk.summary() == std::vector<std::string>{"field-old_password"});
        CHECK(plain(walk.scene.title).find("Erreur : ") == 0);
        walk.press("VALIDER");
        CHECK(walk.effects_of<Call>().size() == 1);
    }
    SECTION("leaving the page forgets them") {
        walk.act(CallResult{call.id, 0, {}});
        CHECK(walk.says("Pas de réseau"));
        walk.press("Retour au tableau de bord");
        CHECK(walk.state.account.answers.empty());
    }
}

TEST_CASE("a weak new password is not sent") {
    AtHome walk("profil/mot-de-passe", snapshot("1"));
    walk.fill("Mot de passe actuel", "x");
    walk.fill("Mot de passe", "court");
    walk.press("VALIDER");
    CHECK(walk.effects_of<Call>().empty());
    CHECK(walk.summary() == std::vector<std::string>{"field-password"});
}

TEST_CASE("another device is disconnected after a question; this one is not offered") {
    AtHome walk("profil/appareils", snapshot("1", DEVICES));
    CHECK(walk.says("Cet appareil"));
    CHECK(position(walk, "device-desk-2") < position(walk, "device-phone_1"));
    CHECK(walk.by_id("unbind-desk-2") == nullptr);
    CHECK(walk.says("Connecté depuis le 1er novembre 2026"));
    walk.act(Activate{"unbind-desk-2"}); // nobody is asked about what is not offered
    walk.act(Activate{"unbind-other"});
    CHECK(walk.effects_of<Call>().empty());
    walk.act(Activate{"unbind-phone_1"});
    CHECK(walk.says("Déconnecter Firefox, Android ?"));
    CHECK(walk.patch.focus == "keep-device");
    walk.press("Oui, le déconnecter");
    REQUIRE(walk.effects_of<Call>().size() == 1);
    const Call call = walk.effects_of<Call>()[0];
    CHECK(call.method == "DELETE");
    CHECK(call.path == "/api/v1/oudon/devices/phone_1");

    SECTION("done") {
        walk.act(CallResult{call.id, 204, {}});
        CHECK(walk.says("Cet appareil est déconnecté."));
        CHECK(walk.by_id("device-phone_1") == nullptr);
    }
    SECTION("no network") {
        walk.act(CallResult{call.id, 0, {}});
        CHECK(walk.says("L'appareil n'est pas déconnecté"));
        CHECK(walk.by_id("device-phone_1") != nullptr);
    }
}

TEST_CASE("a question about a device can be left alone") {
    AtHome walk("profil/appareils", snapshot("1", DEVICES));
    walk.press("Déconnecter cet appareil");
    walk.press("Non, le garder");
    CHECK(walk.patch.focus == "unbind-phone_1");
    CHECK(walk.by_id("unbind-question") == nullptr);
}

TEST_CASE("every page of a family speaks English") {
    for (const char* path : {"tableau-de-bord", "famille", "profil/services", "profil/appareils", "profil/mot-de-passe",
                             "tableau-de-bord/demande/OUDON-2026-000002"}) {
        AtHome walk(path, snapshot("1", requests("received") + HOUSEHOLD + DEVICES));
        const std::string french = walk.title();
        walk.give_english();
        walk.go(std::string(path) + "?lang=en");
        INFO(path);
        CHECK(walk.scene.language == "en");
        CHECK_FALSE(walk.says("Retour au tableau de bord"));
        CHECK_FALSE(walk.says("la mairie"));
    }
}
