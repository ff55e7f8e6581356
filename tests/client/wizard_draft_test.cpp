// What the device may keep of a form that is being filled in, and how it comes back.
#include "family_town.h"

#include "wizard/draft.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::wizard;

namespace {

// Everything filled in, at the point where only VALIDER is left.
struct Written : Walk {
    Written() : Walk("oudon") {
        walk_to("access");
        fill_step("access");
    }
};

bool holds(const std::string& draft, const std::string& text) { return draft.find(text) != std::string::npos; }

std::string field(const Walk& walk, const char* key) {
    return std::string(form::answer(walk.state.registration.answers, key));
}

} // namespace

TEST_CASE("nothing typed is nothing to keep") {
    Walk walk("oudon");
    CHECK(draft_of(walk.state, walk.environment).empty());
    walk.press("Créer mon espace");
    CHECK(draft_of(walk.state, walk.environment).empty());
}

TEST_CASE("a draft holds the answers, and never the password, the consent or the security check") {
    const Written walk;
    const std::string draft = draft_of(walk.state, walk.environment);
    CHECK(holds(draft, "Derc'hen"));
    CHECK(holds(draft, R"("path":"inscription/acces")"));
    CHECK_FALSE(holds(draft, "Couette-Brume-77!x"));
    CHECK_FALSE(holds(draft, "password"));
    CHECK_FALSE(holds(draft, "consent"));
    CHECK_FALSE(holds(draft, "security_check"));
}

TEST_CASE("a draft comes back on another day, at the step where the person was") {
    const Written before;
    Walk walk("oudon");
    walk.act(RestoreDraft{draft_of(before.state, before.environment)});
    CHECK(walk.shown_path() == "inscription/acces");
    CHECK(field(walk, "birth_name") == field(before, "birth_name"));
    CHECK(field(walk, "birth_date.year") == "1985");
    CHECK(field(walk, "password").empty());
    walk.fill_step("access");
    walk.press("VALIDER");
    CHECK(walk.title() == "CONFIRMATION DE CRÉATION DE VOTRE ESPACE");
}

TEST_CASE("an answer that the portal no longer asks for is left out, the others are kept") {
    const Written before;
    std::string draft = draft_of(before.state, before.environment);
    const std::string key = R"("birth_name")";
    draft.replace(draft.find(key), key.size(), R"("maiden_name")");
    Walk walk("oudon");
    walk.act(RestoreDraft{draft});
    CHECK(walk.state.registration.answers.count("maiden_name") == 0);
    CHECK(field(walk, "first_names") == field(before, "first_names"));
    // the step that wants something now
    CHECK(walk.shown_path() == "inscription/identite");
}

TEST_CASE("a forged draft brings no password, and what is no draft changes nothing") {
    Walk walk("oudon");
    walk.act(RestoreDraft{
        R"({"path":"","registration":{"birth_name":"Le Goff","password":"x","consent":"yes"},"version":1})"});
    CHECK(field(walk, "birth_name") == "Le Goff");
    CHECK(field(walk, "password").empty());
    CHECK(field(walk, "consent").empty());
    for (const char* wrong :
         {"", "{}", "[]", "null", R"({"version":2,"path":"","registration":{"birth_name":"B"}})",
          R"({"version":1,"path":"","registration":{"birth_name":7}})", R"({"version":1,"path":)"}) {
        Walk other("oudon");
        other.act(RestoreDraft{wrong});
        CHECK(draft_of(other.state, other.environment).empty());
    }
}

TEST_CASE("what has been sent is no draft any more") {
    Written walk;
    walk.press("VALIDER");
    walk.act(SubmissionState{walk.effects_of<Submit>().at(0).id, SubmissionState::Kind::waiting, {}});
    CHECK(draft_of(walk.state, walk.environment).empty());
}

namespace {

// Somebody is writing down a child, and has not pressed Enregistrer yet.
struct WritingLou : AtHome {
    WritingLou() : AtHome("entourage", snapshot("1")) {
        press("AJOUTER À MON ENTOURAGE ENFANCE");
        press("COMMENCER");
        press("AJOUTER UN MEMBRE");
        act(Activate{"field-born--born"});
        fill("Prénom(s)", "Lou");
    }
};

} // namespace

TEST_CASE("people being declared are in the draft, the one being written down among them") {
    const WritingLou walk;
    const std::string draft = draft_of(walk.state, walk.environment);
    CHECK(holds(draft, R"("children.0.first_names":"Lou")"));
    CHECK(holds(draft, R"("owner":")" + walk.state.family.owner + '"'));
}

TEST_CASE("an entourage comes back to its owner, also when the login comes first") {
    const WritingLou before;
    const std::string draft = draft_of(before.state, before.environment);
    AtHome there("tableau-de-bord", snapshot("1"));
    there.act(RestoreDraft{draft});
    CHECK(there.shown_path() == "entourage/personnes");
    CHECK(there.says("Lou"));

    Walk later("oudon", {.path = "tableau-de-bord", .bound = true});
    later.act(RestoreDraft{draft});
    CHECK_FALSE(later.says("Lou"));
    later.answer(200, snapshot("1"));
    CHECK(later.says("Lou"));
}

TEST_CASE("an entourage is not shown to somebody else who logs in on the same device") {
    const WritingLou before;
    std::string draft = draft_of(before.state, before.environment);
    const std::string owner = R"("owner":")" + before.state.family.owner + '"';
    draft.replace(draft.find(owner), owner.size(), R"("owner":"quelqu.un.d.autre")");
    AtHome walk("tableau-de-bord", snapshot("1"));
    walk.act(RestoreDraft{draft});
    CHECK_FALSE(walk.says("Lou"));
    CHECK(draft_of(walk.state, walk.environment).empty());
}

namespace {

// Has changed the address in PROFIL.
struct ChangingProfile : AtHome {
    ChangingProfile() : AtHome("profil/adresse", snapshot("1")) { fill("Adresse", "3 rue du Port"); }
};

const std::string ASKED = requests(
    "waiting", R"(,"can_withdraw":false,"correction":{"fields":["children.0.first_names"],"message":"Le prénom ?",)"
               R"("answers":{"children.0.first_names":"Léa","children.0.born":"born"}})");

struct Correcting : AtHome {
    Correcting() : AtHome("correction/OUDON-2026-000002", snapshot("1", ASKED)) { fill(label(), "Léa-Rose"); }
    [[nodiscard]] std::string label() const {
        for (const scene::Node& node : scene.nodes)
            if (node.role == scene::Role::text)
                return plain(node.label);
        return {};
    }
};

} // namespace

TEST_CASE("of a profile what was changed is in the draft, and comes back over what the town knows by then") {
    const ChangingProfile walk;
    const std::string draft = draft_of(walk.state, walk.environment);
    CHECK(holds(draft, R"("profile":{"address":"3 rue du Port")"));
    CHECK_FALSE(holds(draft, "Anne-Lise"));
    CHECK(holds(draft, R"("owner":"annelise44")"));

    std::string later = snapshot("2");
    const std::string phone = "+33612345678";
    later.replace(later.find(phone), phone.size(), "+33699999999");
    AtHome there("tableau-de-bord", later);
    there.act(RestoreDraft{draft});
    CHECK(there.shown_path() == "profil/adresse");
    CHECK(there.node("Adresse").value == "3 rue du Port");
    CHECK(form::answer(there.state.family.profile.sheet.answers, "mobile") == "06 99 99 99 99");
    CHECK(has_unsent_answers(there.state));
}

TEST_CASE("what was taken out of a profile stays out of it") {
    AtHome walk("profil/contact", snapshot("1"));
    walk.fill("Téléphone fixe", "02 40 00 00 01");
    walk.fill("Téléphone mobile", "");
    AtHome there("tableau-de-bord", snapshot("1"));
    there.act(RestoreDraft{draft_of(walk.state, walk.environment)});
    CHECK(there.node("Téléphone mobile").value.empty());
    CHECK(there.node("Téléphone fixe").value == "02 40 00 00 01");
}

TEST_CASE("a profile that nobody has changed, or that is on its way, is no draft") {
    AtHome walk("profil/identite", snapshot("1"));
    CHECK(draft_of(walk.state, walk.environment).empty());
    walk.fill("Prénom(s)", "Anne");
    CHECK_FALSE(draft_of(walk.state, walk.environment).empty());
    while (walk.find("SUIVANT"))
        walk.press("SUIVANT");
    walk.press("VALIDER");
    REQUIRE(walk.effects_of<Submit>().size() == 1);
    CHECK(draft_of(walk.state, walk.environment).empty());
}

TEST_CASE("a correction comes back while the town still waits for exactly that") {
    const Correcting walk;
    const std::string draft = draft_of(walk.state, walk.environment);
    CHECK(holds(draft, R"("correction":{"children.0.first_names":"Léa-Rose")"));
    AtHome there("tableau-de-bord", snapshot("1", ASKED));
    there.act(RestoreDraft{draft});
    CHECK(there.shown_path() == "correction/OUDON-2026-000002");
    CHECK(form::answer(there.state.family.mending.sheet.answers, "children.0.first_names") == "Léa-Rose");

    AtHome settled("tableau-de-bord", snapshot("1", requests("accepted", R"(,"can_withdraw":false)")));
    settled.act(RestoreDraft{draft});
    CHECK(settled.says("La mairie n'attend plus la correction que vous aviez commencée"));
    CHECK(draft_of(settled.state, settled.environment).empty());
}

TEST_CASE("what waits for its owner's login is still in the draft") {
    const ChangingProfile before;
    const std::string draft = draft_of(before.state, before.environment);
    Walk walk("oudon", {.path = "tableau-de-bord", .bound = true});
    walk.act(RestoreDraft{draft});
    CHECK(holds(draft_of(walk.state, walk.environment), R"("profile":{"address":"3 rue du Port")"));
    walk.answer(200, snapshot("1"));
    CHECK(walk.shown_path() == "profil/adresse");
}
