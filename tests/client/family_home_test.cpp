// What the device keeps of a family's space opens without a network, behind the password where the person wants that,
// and nobody else sees it.
#include "family_town.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace foyer;
using namespace foyer::wizard;
using Act = Keeping::Act;
using Choice = Kept::Choice;

namespace {

constexpr UnixSeconds HOUR = 3600;

// Somebody comes back to a device on which they are logged in.
struct Back : Walk {
    explicit Back(std::string_view path = "tableau-de-bord")
        : Walk("oudon", {.path = std::string(path), .bound = true}, Device::answered_by_test) {}

    [[nodiscard]] std::vector<Act> acts() const {
        std::vector<Act> found;
        for (const Keeping& keeping : effects_of<Keeping>())
            found.push_back(keeping.act);
        return found;
    }
    // What has been asked of the device since the page was opened.
    [[nodiscard]] const Keeping* asked(Act act) const {
        const Keeping* found = nullptr;
        for (const Effect& effect : all_effects)
            if (const auto* keeping = std::get_if<Keeping>(&effect); keeping && keeping->act == act)
                found = keeping;
        return found;
    }
};

Kept kept(std::string text, Choice choice = Choice::open) {
    Kept answer;
    answer.state = Kept::State::open;
    answer.choice = choice;
    answer.text = std::move(text);
    answer.at = NOON - 3 * HOUR;
    return answer;
}

Kept device(Kept::State state, Choice choice, unsigned seconds = 0) {
    Kept answer;
    answer.state = state;
    answer.choice = choice;
    answer.seconds = seconds;
    return answer;
}

// As the town says it in the morning.
std::string this_morning(std::string_view cursor = "17", const std::string& members = requests("received")) {
    std::string text = snapshot(cursor, members);
    const std::string noon = "2026-11-21T11:00:00Z";
    text.replace(text.find(noon), noon.size(), "2026-11-21T08:00:00Z");
    return text;
}

struct Locked : Back {
    explicit Locked(std::string_view path = "tableau-de-bord") : Back(path) {
        device_says(device(Kept::State::locked, Choice::ask));
    }
    void try_password(std::string_view password) {
        fill("Mot de passe", password);
        press("OUVRIR MON ESPACE");
    }
};

} // namespace

TEST_CASE("the device is asked before the town, and what it kept is shown with its age until the town answers") {
    Back walk;
    CHECK(walk.effects_of<Call>().empty());
    REQUIRE(walk.acts() == std::vector<Act>{Act::open});
    walk.device_says(kept(this_morning()));
    CHECK(walk.says("OUDON-2026-000002"));
    CHECK(plain(walk.by_id("sync-age")->label) ==
          "Vu pour la dernière fois le 21 novembre 2026 à 9 h 00, il y a 3 heures.");
    // asked without waiting for news, so that it is soon known whether there is a network
    REQUIRE(walk.effects_of<Call>().size() == 1);
    CHECK(walk.effects_of<Call>()[0].path == "/api/v1/oudon/sync?cursor=17");

    SECTION("without a network it stays, and says so") {
        walk.answer(0);
        CHECK(plain(walk.by_id("sync-status")->label).find("Sans réseau") == 0);
        CHECK(walk.by_id("sync-age"));
        walk.press("ENTOURAGE");
        CHECK(walk.title() == "MON ENTOURAGE");
    }
    SECTION("with one it becomes what the town says now, what is new is said, and the device keeps it") {
        walk.answer(200, snapshot("18", requests("accepted", R"(,"can_withdraw":false)")));
        CHECK_FALSE(walk.by_id("sync-age"));
        CHECK(walk.says("Votre demande OUDON-2026-000002 est acceptée."));
        REQUIRE(walk.asked(Act::keep));
        CHECK(walk.asked(Act::keep)->owner == "annelise44");
        CHECK(walk.asked(Act::keep)->account == "a1b2c3");
        CHECK(walk.asked(Act::keep)->at == NOON);
    }
    SECTION("a device that the town no longer knows keeps nothing") {
        walk.answer(401);
        CHECK(walk.title() == "Connexion");
        CHECK(walk.asked(Act::forget));
        CHECK_FALSE(walk.says("OUDON-2026-000002"));
        CHECK(walk.state.family.body.empty());
    }
}

TEST_CASE("what the device gives is no snapshot, or its key is lost: the town is asked, and the loss is said") {
    Back walk;
    SECTION("no snapshot") { walk.device_says(kept("{}")); }
    SECTION("nothing") { walk.device_says(device(Kept::State::nothing, Choice::unasked)); }
    SECTION("lost") { walk.device_says(device(Kept::State::lost, Choice::unasked)); }
    REQUIRE(walk.effects_of<Call>().size() == 1);
    CHECK(walk.effects_of<Call>()[0].path == "/api/v1/oudon/sync");
    walk.answer(0);
    CHECK(walk.says("Pas de réseau"));
}

TEST_CASE("a device that asks for the password shows nothing and asks the town nothing before it has it") {
    Locked walk("famille");
    CHECK(walk.title() == "Votre mot de passe");
    CHECK(walk.shown_path() == "ouvrir");
    CHECK(walk.effects_of<Call>().empty());
    for (const char* path : {"tableau-de-bord", "profil/identite", "entourage/personnes",
                             "correction/OUDON-2026-000002", "profil/appareils", "profil/mot-de-passe"}) {
        walk.go(path);
        CHECK(walk.title() == "Votre mot de passe");
        CHECK(walk.effects_of<Call>().empty());
    }
    walk.go("famille");
    walk.try_password("Couette-Brume-77!x");
    REQUIRE(walk.asked(Act::open));
    CHECK(walk.asked(Act::open)->text == "Couette-Brume-77!x");
    CHECK(walk.says("Vérification"));
    walk.device_says(kept(this_morning("17", HOUSEHOLD), Choice::ask));
    // where the person wanted to go, with nothing of the password left
    CHECK(walk.shown_path() == "famille");
    CHECK(walk.says("Léa"));
    CHECK(form::answer(walk.state.account.answers, "password").empty());
    CHECK(walk.effects_of<Call>().size() == 1);
}

TEST_CASE("a wrong password is said in plain words, makes wait, and locks no account") {
    Locked walk;
    walk.press("OUVRIR MON ESPACE");
    CHECK(walk.summary().size() == 1);
    walk.try_password("Autre-Brume-77!x");
    walk.device_says(device(Kept::State::wrong, Choice::ask));
    CHECK(walk.summary() == std::vector<std::string>{"field-password"});
    CHECK(walk.says("Ce n'est pas le bon mot de passe. Votre compte n'est pas bloqué."));
    CHECK_FALSE(walk.says("Attendez"));
    walk.try_password("Encore-Brume-77!x");
    walk.device_says(device(Kept::State::wrong, Choice::ask, 20));
    CHECK(walk.says("Attendez 20 secondes avant de réessayer."));
    CHECK(walk.title() == "Votre mot de passe");
    CHECK_FALSE(walk.says("OUDON-2026-000002"));
}

TEST_CASE("whoever has forgotten the password erases what is kept, and logs in again") {
    Locked walk;
    walk.press("Effacer et me connecter de nouveau");
    CHECK(walk.title() == "Connexion");
    CHECK(walk.asked(Act::leave));
    CHECK(walk.says("Rien de votre espace ne reste sur cet appareil."));
    walk.go("tableau-de-bord");
    CHECK(walk.title() == "Connexion");
}

TEST_CASE("logging out leaves nothing on the device, with a network or without one") {
    AtHome walk("tableau-de-bord", snapshot("1", requests("received")));
    walk.press("Se déconnecter");
    SECTION("with") {
        walk.answer(204);
        CHECK(walk.says("Vous êtes déconnecté de cet appareil."));
        CHECK(walk.effects_of<Keeping>().at(0).act == Act::forget);
    }
    SECTION("without: the town hears of it later") {
        walk.answer(0);
        CHECK(walk.says("La mairie le saura dès que le réseau reviendra."));
        CHECK(walk.effects_of<Keeping>().at(0).act == Act::leave);
    }
    CHECK(walk.effects_of<RememberBound>().at(0).bound == false);
    CHECK(walk.state.family.snapshot.cursor.empty());
    CHECK(walk.state.family.body.empty());
}

namespace {

// Has just logged in; the device asks what it may keep.
struct Arrived : Back {
    explicit Arrived(Choice choice = Choice::unasked) : Back("tableau-de-bord") {
        device_says(device(Kept::State::nothing, Choice::unasked));
        answer(401);
        fill("Identifiant", "annelise44");
        fill("Mot de passe", "Couette-Brume-77!x");
        press("CONNEXION");
        answer(201, R"({"person":{"first_names":"Anne-Lise"},"identifier":"annelise44"})");
        Kept known = device(Kept::State::nothing, choice);
        known.knows_password = true;
        device_says(known);
        answer(200, snapshot("17", requests("received")));
    }
};

} // namespace

TEST_CASE("after a login the device is asked once what it may keep, and is given the password for that") {
    Arrived walk;
    REQUIRE(walk.asked(Act::logged_in));
    CHECK(walk.asked(Act::logged_in)->owner == "annelise44");
    CHECK(walk.asked(Act::logged_in)->text == "Couette-Brume-77!x");
    CHECK(walk.says("Ouvrir votre espace même sans réseau ?"));
    SECTION("to ask for the password") {
        walk.press("Le garder, et demander mon mot de passe à l'ouverture");
        CHECK(walk.acts() == std::vector<Act>{Act::choose_ask, Act::keep});
        walk.device_says(device(Kept::State::nothing, Choice::ask));
        CHECK(walk.says("C'est noté."));
    }
    SECTION("to open by itself") {
        walk.press("Garder mon espace sur cet appareil");
        CHECK(walk.acts() == std::vector<Act>{Act::choose_open, Act::keep});
        CHECK(walk.effects_of<Keeping>()[1].text == snapshot("17", requests("received")));
        walk.device_says(device(Kept::State::nothing, Choice::open));
        CHECK_FALSE(walk.find("Garder mon espace sur cet appareil"));
    }
    SECTION("nothing on a shared computer") {
        walk.press("Ne rien garder (ordinateur partagé)");
        CHECK(walk.acts() == std::vector<Act>{Act::choose_nothing});
        walk.device_says(device(Kept::State::nothing, Choice::nothing));
        CHECK_FALSE(walk.find("Ne rien garder (ordinateur partagé)"));
    }
    SECTION("what could not be written down is said") {
        walk.press("Garder mon espace sur cet appareil");
        walk.device_says(device(Kept::State::nothing, Choice::unasked));
        CHECK(walk.says("Cela n'a pas pu être enregistré sur cet appareil."));
    }
}

TEST_CASE("where nothing can be kept, or the person has chosen already, nobody is asked") {
    for (const Choice choice : {Choice::impossible, Choice::nothing, Choice::open, Choice::ask}) {
        const Arrived walk(choice);
        CHECK_FALSE(walk.says("Ouvrir votre espace même sans réseau ?"));
    }
}

TEST_CASE("the choice can be changed beside the devices; the password is tried at the town before it is asked for") {
    Back walk("profil/appareils");
    walk.device_says(device(Kept::State::nothing, Choice::open));
    walk.answer(200, snapshot("17"));
    CHECK(walk.says("Cet appareil garde votre espace : il s'ouvre sans mot de passe"));
    walk.press("Le garder, et demander mon mot de passe à l'ouverture");
    walk.fill("Mot de passe", "Faux-Brume-77!x");
    walk.press("Demander mon mot de passe");
    REQUIRE(walk.effects_of<Call>().size() == 1);
    CHECK(walk.effects_of<Call>()[0].path == "/api/v1/oudon/sessions");
    walk.answer(401);
    CHECK(walk.says("Ce n'est pas le bon mot de passe."));
    CHECK(walk.state.bound == true);
    walk.fill("Mot de passe", "Couette-Brume-77!x");
    walk.press("Demander mon mot de passe");
    walk.answer(201, R"({"identifier":"annelise44"})");
    CHECK(walk.acts() == std::vector<Act>{Act::logged_in, Act::choose_ask, Act::keep});
    walk.device_says(device(Kept::State::nothing, Choice::ask));
    CHECK(walk.says("demande votre mot de passe à l'ouverture, avec ou sans réseau"));
    walk.press("Ne rien garder (ordinateur partagé)");
    CHECK(walk.acts() == std::vector<Act>{Act::choose_nothing});
}

TEST_CASE("a changed password opens what the device keeps from then on") {
    Back walk("profil/mot-de-passe");
    walk.device_says(kept(this_morning(), Choice::ask));
    walk.answer(200, snapshot("18"));
    walk.fill("Mot de passe actuel", "Couette-Brume-77!x");
    walk.fill("Mot de passe", "Nouvelle-Brume-88!y");
    walk.press("VALIDER");
    walk.answer(204);
    CHECK(walk.acts() == std::vector<Act>{Act::logged_in, Act::keep});
    CHECK(walk.effects_of<Keeping>()[0].text == "Nouvelle-Brume-88!y");
}

TEST_CASE("somebody else who is logged in on this device by now has nothing of the first one's") {
    Back walk("entourage");
    walk.device_says(kept(this_morning()));
    walk.answer(0);
    walk.press("AJOUTER À MON ENTOURAGE ENFANCE");
    walk.press("COMMENCER");
    walk.press("AJOUTER UN MEMBRE");
    walk.act(Activate{"field-born--born"});
    walk.fill("Prénom(s)", "Lou");
    std::string other = snapshot("3");
    const std::string name = "annelise44";
    other.replace(other.find(name), name.size(), "paul.martin");
    walk.press("Annuler");
    walk.go("tableau-de-bord");
    walk.press("Réessayer");
    walk.answer(200, other);
    walk.go("entourage/personnes");
    CHECK_FALSE(walk.says("Lou"));
    CHECK(walk.asked(Act::keep)->owner == "paul.martin");
}

TEST_CASE("an entourage is begun without a network, and leaves under the account's reference") {
    Back walk("profil/identite");
    walk.device_says(kept(this_morning("17", HOUSEHOLD)));
    walk.answer(0);
    CHECK(walk.node("Prénom(s)").value == "Anne-Lise");
    walk.fill("Prénom(s)", "Anne");
    while (walk.find("SUIVANT"))
        walk.press("SUIVANT");
    walk.press("VALIDER");
    REQUIRE(walk.effects_of<Submit>().size() == 1);
    CHECK(walk.effects_of<Submit>()[0].account == "a1b2c3");
    CHECK(walk.effects_of<Submit>()[0].corrects.empty());
}

// ---- what waits on the device ----

namespace {

constexpr const char* WAITING = "0192bbbb-0000-7000-8000-000000000009";

OnDevice on_device(std::uint16_t procedure, SubmissionState::Kind state, std::string corrects = {},
                   std::string body = {}) {
    return {{{WAITING, procedure, std::move(corrects), state, std::move(body), NOON - HOUR}}};
}

} // namespace

TEST_CASE("what another visit has made is shown while it waits, and a second one is not begun unawares") {
    AtHome walk("tableau-de-bord", snapshot("17"));
    CHECK(walk.find("Déclarer mon entourage"));
    walk.act(on_device(2, SubmissionState::Kind::waiting));
    CHECK(walk.says("Enregistrée sur cet appareil, pas encore partie"));
    CHECK(walk.says("Faite le 21 novembre 2026 à 11 h 00"));
    CHECK_FALSE(walk.find("Déclarer mon entourage"));
    walk.press("ENTOURAGE");
    CHECK(walk.says("Une déclaration du 21 novembre 2026 à 11 h 00 attend encore sur cet appareil."));
    walk.act(on_device(2, SubmissionState::Kind::sending));
    walk.act(on_device(2, SubmissionState::Kind::acknowledged, {},
                       R"({"id":"x","digest":"sha-256=:AAAA:","number":"OUDON-2026-000007","portal":"oudon",)"
                       R"("procedure":"entourage","received_at":"2026-11-21T11:00:00Z","due_by":"2026-11-30"})"));
    CHECK_FALSE(walk.by_id("under-way"));
    // told once: the same list again makes no second one of it
    CHECK(walk.state.family.sendings.size() == 1);
}

TEST_CASE("what the person erases from the device is no longer shown") {
    AtHome walk("tableau-de-bord", snapshot("17"));
    walk.act(on_device(3, SubmissionState::Kind::refused, {}, R"({"detail":"Trop ancien."})"));
    CHECK(walk.says("Trop ancien."));
    walk.act(OnDevice{});
    CHECK_FALSE(walk.says("Trop ancien."));
}

TEST_CASE("a change of the profile that waits is said where another one would begin") {
    AtHome walk("profil/identite", snapshot("17"));
    walk.act(on_device(3, SubmissionState::Kind::waiting));
    CHECK(walk.says("Une modification de votre profil, du 21 novembre 2026 à 11 h 00, attend encore"));
}

TEST_CASE("a correction that waits is not written a second time") {
    const std::string asked = requests(
        "waiting", R"(,"can_withdraw":false,"correction":{"fields":["children.0.first_names"],"message":"Le prénom ?",)"
                   R"("answers":{"children.0.first_names":"Léa","children.0.born":"born"}})");
    AtHome walk("correction/OUDON-2026-000002", snapshot("17", asked));
    CHECK(walk.says("Le prénom ?"));
    walk.act(on_device(2, SubmissionState::Kind::waiting, "0192aaaa-0000-7000-8000-000000000002"));
    CHECK(walk.by_id("submission-status"));
    CHECK_FALSE(walk.says("Le prénom ?"));
    // it is no second entourage either
    walk.go("entourage");
    CHECK_FALSE(walk.by_id("under-way"));
}

TEST_CASE("whoever begins a new space is told of the one that waits here") {
    Walk walk("oudon", {.path = "inscription"});
    CHECK_FALSE(walk.by_id("registration-waits"));
    walk.act(on_device(1, SubmissionState::Kind::waiting));
    CHECK(walk.says("Une création d'espace, faite sur cet appareil le 21 novembre 2026 à 11 h 00"));
    walk.act(OnDevice{});
    CHECK_FALSE(walk.by_id("registration-waits"));
}
