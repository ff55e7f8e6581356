// A family declares its people: the two guides' ENTOURAGE, from the page of the known to the receipt.
#include "family_town.h"

#include "wizard/family/entourage.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <chrono>
#include <set>

using namespace foyer;
using namespace foyer::wizard;

namespace {

void tick(Walk& walk, const std::string& id) {
    INFO("box " << id << " on " << walk.scene.path);
    REQUIRE(walk.by_id(id));
    walk.act(Activate{id});
}
void press_id(Walk& walk, const std::string& id) { tick(walk, id); }

void write_date(Walk& walk, std::string_view key, const char* day, const char* month, const char* year) {
    for (const auto& [part, text] : {std::pair{".day", day}, {".month", month}, {".year", year}}) {
        const std::string id = "field-" + std::string(key) + part;
        REQUIRE(walk.by_id(id));
        walk.act(Input{id, text, false});
        walk.act(Commit{id, text});
    }
}

// In front of the three choices.
struct Begun : AtHome {
    explicit Begun(const std::string& slug = "oudon", const std::string& body = snapshot("1"))
        : AtHome("entourage", body, slug) {
        press("AJOUTER À MON ENTOURAGE ENFANCE");
        press("COMMENCER");
    }
};

void write_paul(Walk& walk) {
    walk.press("AJOUTER UN CO-REPRÉSENTANT");
    walk.fill("Nom de naissance", "Martin");
    walk.fill("Prénom(s)", "Paul");
    write_date(walk, "birth_date", "7", "6", "1984");
    walk.select("Lien avec les enfants", "Père");
    walk.fill("Téléphone mobile", "06 98 76 54 32");
}
void add_paul(Walk& walk) {
    write_paul(walk);
    press_id(walk, "field-address_choice--same");
    walk.press("Enregistrer");
    REQUIRE(walk.title() == "Les personnes de votre entourage");
}

void write_child(Walk& walk, std::string_view first_names, const char* day, const char* month, const char* year) {
    walk.press("AJOUTER UN MEMBRE");
    press_id(walk, "field-born--born");
    walk.fill("Prénom(s)", first_names);
    walk.fill("Nom de naissance", "Martin");
    write_date(walk, "birth_date", day, month, year);
}
void say_who(Walk& walk) {
    if (!walk.by_id("field-authority.self")->checked)
        tick(walk, "field-authority.self");
    press_id(walk, "field-living_with--self");
}
void add_child(Walk& walk, std::string_view first_names, const char* day, const char* month, const char* year) {
    write_child(walk, first_names, day, month, year);
    say_who(walk);
    walk.press("Enregistrer");
    INFO(walk.title());
    REQUIRE(walk.state.screen == Screen::people);
}
void add_expected(Walk& walk) {
    walk.press("AJOUTER UN MEMBRE");
    press_id(walk, "field-born--expected");
    write_date(walk, "expected_date", "15", "2", "2027");
    say_who(walk);
    walk.press("Enregistrer");
    REQUIRE(walk.state.screen == Screen::people);
}
void add_contact(Walk& walk, std::string_view first_names, std::string_view role = "emergency") {
    walk.press("AJOUTER UN CONTACT");
    walk.fill("Prénom(s)", first_names);
    walk.act(Commit{"field-birth_name", "Petit"});
    walk.act(Choose{"field-relation", "neighbour"});
    press_id(walk, "field-role--" + std::string(role));
    if (walk.by_id("field-birth_date.day"))
        write_date(walk, "birth_date", "1", "2", "1970");
    walk.act(Commit{"field-contact_phone", "06 11 22 33 44"});
    if (const scene::Node* child = walk.by_id("field-contact_children.c0"); child && !child->checked)
        tick(walk, "field-contact_children.c0");
    walk.press("Enregistrer");
    INFO(walk.title());
    REQUIRE(walk.state.screen == Screen::people);
}

form::Answers sent_answers(const Walk& walk) {
    for (const Effect& effect : walk.effects)
        if (const auto* submit = std::get_if<Submit>(&effect)) {
            CHECK(submit->procedure == 2);
            const auto payload = wire::read_payload(submit->plaintext);
            REQUIRE(payload.has_value());
            CHECK(payload->account == "a1b2c3");
            CHECK(payload->procedure == form::Procedure::entourage);
            return payload->answers;
        }
    FAIL("nothing was sent");
    return {};
}

unsigned sent_effect(const Walk& walk) { return walk.state.family.entourage.sent; }

// What a screen reader's list of buttons reads out.
std::vector<std::string> button_names(const Walk& walk) {
    std::vector<std::string> names;
    for (const scene::Node& node : walk.scene.nodes) {
        if (node.role == scene::Role::button)
            names.push_back(node.hint.empty() ? node.label : node.hint);
        for (const scene::Row& row : node.rows)
            if (node.role == scene::Role::table && !row.action.empty())
                names.push_back(row.action_name);
    }
    return names;
}
bool all_differ(const std::vector<std::string>& names) {
    return std::set<std::string>(names.begin(), names.end()).size() == names.size();
}

// As many more children, without walking through all their forms.
void add_sisters(Walk& walk, unsigned count) {
    form::Answers& draft = walk.state.family.entourage.draft.answers;
    const form::Answers lea = form::item_answers(draft, form::CHILDREN, 0);
    for (unsigned number = 1; number <= count; ++number) {
        form::Answers child = lea;
        child["first_names"] = "Enfant " + std::string(1, static_cast<char>('a' + number % 26)) +
                               std::string(1, static_cast<char>('a' + number / 26));
        form::put_item(draft, form::CHILDREN, number, child);
    }
}

const std::string RECEIPT =
    R"({"digest":"sha-256=:AAAA:","due_by":"2026-11-30","id":"0190f000-0000-7000-8000-000000000000",)"
    R"("number":"OUDON-2026-000009","portal":"oudon","procedure":"entourage","received_at":"2026-11-21T11:00:05Z"})";

const std::string ASKED_BIRTH_DATE =
    requests("waiting", R"(,"correction":{"fields":["children.0.birth_date"],"message":"Vérifiez.","answers":{)"
                        R"("children.0.first_names":"Léa","children.0.birth_date.year":"2012"}})");

} // namespace

TEST_CASE("ENTOURAGE says who is known and what will be asked before it asks") {
    AtHome walk("entourage", snapshot("1"));
    CHECK(walk.title() == "MON ENTOURAGE");
    CHECK(walk.says("La mairie ne connaît encore que vous."));
    walk.press("AJOUTER À MON ENTOURAGE ENFANCE");
    CHECK(walk.title() == "Nouvelles personnes");
    CHECK(walk.state.focus == "title");
    CHECK(walk.shown_path() == "entourage/nouvelles-personnes");
    CHECK(walk.says("Pour chaque contact"));
    CHECK(walk.says("Que peut faire ce contact, "));        // a question in a list has no mark of its own
    CHECK(walk.by_id("begin") < walk.by_id("asked-title")); // on a telephone the way on is in sight
    walk.press("COMMENCER");
    for (const char* choice : {"AJOUTER UN CO-REPRÉSENTANT", "AJOUTER UN MEMBRE", "AJOUTER UN CONTACT"})
        CHECK(walk.find(choice));
    CHECK(walk.find("ALLER À L'ÉTAPE 2"));
}

TEST_CASE("two parents declare three children, one of them to be born") {
    Begun walk;
    add_paul(walk);
    add_child(walk, "Léa", "5", "4", "2021");
    add_child(walk, "Malo", "5", "4", "2021"); // a twin is no doubt
    add_expected(walk);
    CHECK(walk.says("Enfant à naître"));
    walk.press("ALLER À L'ÉTAPE 2");
    CHECK(walk.title() == "Récapitulatif");
    CHECK(walk.says("Paul Martin"));
    CHECK(walk.says("15 février 2027"));
    walk.press("VALIDER");
    CHECK(walk.state.screen == Screen::entourage_confirmation);
    const form::Answers answers = sent_answers(walk);
    CHECK(answers.at("representatives.0.first_names") == "Paul");
    CHECK(answers.at("representatives.0.mobile") == "+33698765432");
    CHECK(answers.at("representatives.0.address_choice") == "same");
    CHECK(answers.at("children.0.birth_date.year") == "2021");
    CHECK(answers.at("children.0.authority.self") == "yes");
    CHECK(answers.at("children.1.first_names") == "Malo");
    CHECK(answers.at("children.2.born") == "expected");
    CHECK(answers.at("children.2.living_with") == "self");
    CHECK(answers.count("children.2.birth_date.day") == 0);
}

TEST_CASE("the receipt says how long, which number and until when") {
    Begun walk;
    add_child(walk, "Léa", "5", "4", "2021");
    walk.press("ALLER À L'ÉTAPE 2");
    walk.press("VALIDER");
    CHECK_FALSE(walk.says("délai de 3 à 6 jours"));
    walk.act(SubmissionState{sent_effect(walk), SubmissionState::Kind::waiting, {}});
    CHECK(walk.says("n'est pas encore partie"));
    walk.act(SubmissionState{sent_effect(walk), SubmissionState::Kind::acknowledged, RECEIPT});
    CHECK(walk.says("Votre dossier est déposé et va être traité par nos services dans un délai de 3 à 6 jours."));
    CHECK(walk.says("OUDON-2026-000009"));
    CHECK(walk.says("30 novembre 2026"));
    walk.press("Imprimer l'accusé de réception");
    CHECK(walk.effects_of<Print>().size() == 1);
    // the town has the answers now; the next declaration begins empty
    CHECK(walk.state.family.entourage.draft.answers.empty());
    CHECK_FALSE(has_unsent_answers(walk.state));
    walk.go("entourage/personnes");
    CHECK_FALSE(walk.says("Léa"));
}

TEST_CASE("after one declaration has been received the next one keeps what is declared in it") {
    Begun walk;
    add_child(walk, "Léa", "5", "4", "2021");
    walk.press("ALLER À L'ÉTAPE 2");
    walk.press("VALIDER");
    walk.act(SubmissionState{sent_effect(walk), SubmissionState::Kind::acknowledged, RECEIPT});
    walk.go("entourage/personnes");
    add_child(walk, "Malo", "6", "5", "2022");
    CHECK(walk.says("Malo Martin"));
    CHECK_FALSE(walk.says("Léa"));
    CHECK(has_unsent_answers(walk.state));
    walk.press("ALLER À L'ÉTAPE 2");
    walk.press("VALIDER");
    CHECK(sent_answers(walk).at("children.0.first_names") == "Malo");
}

TEST_CASE("while a declaration is under way its pages lead to where it is, and VALIDER sends once") {
    Begun walk;
    add_child(walk, "Léa", "5", "4", "2021");
    CHECK(has_unsent_answers(walk.state));
    walk.press("ALLER À L'ÉTAPE 2");
    walk.act(Activate{"next"});
    walk.act(Activate{"next"});
    std::size_t count = 0;
    for (const Effect& effect : walk.all_effects)
        count += std::holds_alternative<Submit>(effect) ? 1U : 0U;
    CHECK(count == 1);
    CHECK_FALSE(has_unsent_answers(walk.state));
    for (const char* path : {"entourage/personnes", "entourage/recapitulatif", "entourage/personnes/children-0"}) {
        walk.go(path);
        CHECK(walk.state.screen == Screen::entourage_confirmation);
    }
    walk.go("entourage");
    walk.press("Voir où elle en est");
    CHECK(walk.state.screen == Screen::entourage_confirmation);
}

TEST_CASE("a single parent declares one child and two contacts, in the order of calling") {
    Begun walk;
    add_child(walk, "Léa", "5", "4", "2021");
    add_contact(walk, "Rose");
    add_contact(walk, "Yann", "both");
    CHECK(form::answer(walk.state.family.entourage.draft.answers, "contacts.0.rank") == "1");
    CHECK(walk.by_id("earlier-contacts-0") == nullptr);
    CHECK(walk.by_id("later-contacts-1") == nullptr);
    CHECK(all_differ(button_names(walk)));

    press_id(walk, "earlier-contacts-1");
    CHECK(walk.says("Yann Petit est maintenant au rang 1 de l'ordre d'appel."));
    CHECK(walk.by_id("card-contacts-1") < walk.by_id("card-contacts-0"));
    // at the top there is no "earlier" any more: the focus goes to its neighbour
    CHECK(walk.state.focus == "later-contacts-1");
    CHECK(walk.by_id(walk.state.focus));
    press_id(walk, "later-contacts-1");
    CHECK(walk.state.focus == "earlier-contacts-1");
    press_id(walk, "earlier-contacts-1");

    walk.press("ALLER À L'ÉTAPE 2");
    CHECK(walk.says("1 sur 2"));
    walk.press("VALIDER");
    const form::Answers answers = sent_answers(walk);
    CHECK(answers.at("contacts.1.rank") == "1");
    CHECK(answers.at("contacts.0.rank") == "2");
    CHECK(answers.at("contacts.0.contact_children.c0") == "yes");
}

TEST_CASE("who only collects is not in the order of calling") {
    Begun walk;
    add_child(walk, "Léa", "5", "4", "2021");
    add_contact(walk, "Rose", "collect");
    add_contact(walk, "Yann");
    CHECK(form::answer(walk.state.family.entourage.draft.answers, "contacts.0.rank").empty());
    CHECK(form::answer(walk.state.family.entourage.draft.answers, "contacts.1.rank") == "1");
    CHECK(walk.by_id("card-contacts-1") < walk.by_id("card-contacts-0"));
}

TEST_CASE("new contacts are called after those whom the town calls already") {
    Begun walk("oudon", snapshot("1", HOUSEHOLD));
    walk.press("AJOUTER UN CONTACT");
    walk.fill("Prénom(s)", "Gwen");
    walk.act(Commit{"field-birth_name", "Petit"});
    walk.act(Choose{"field-relation", "neighbour"});
    press_id(walk, "field-role--emergency");
    walk.act(Commit{"field-contact_phone", "06 11 22 33 44"});
    tick(walk, "field-contact_children.k3");
    walk.press("Enregistrer");
    REQUIRE(walk.state.screen == Screen::people);
    CHECK(form::answer(walk.state.family.entourage.draft.answers, "contacts.0.rank") == "3");
    CHECK(walk.says("3 sur 3"));
    // a known one that is changed keeps its place
    walk.go("entourage");
    press_id(walk, "change-k5");
    walk.act(Commit{"field-contact_phone", "06 11 22 33 55"});
    if (walk.by_id("field-birth_date.day"))
        write_date(walk, "birth_date", "1", "2", "1955");
    walk.press("Enregistrer");
    REQUIRE(walk.state.screen == Screen::people);
    CHECK(form::answer(walk.state.family.entourage.draft.answers, "contacts.1.rank") == "2");
    CHECK(walk.by_id("card-contacts-1") < walk.by_id("card-contacts-0"));
    CHECK(walk.by_id("earlier-contacts-1") == nullptr);
}

TEST_CASE("somebody is removed, and the removal undone, without losing the place or the focus") {
    Begun walk;
    add_paul(walk);
    add_child(walk, "Léa", "5", "4", "2021");
    press_id(walk, "edit-children-0");
    tick(walk, "field-authority.r0");
    walk.press("Enregistrer");
    add_child(walk, "Malo", "6", "7", "2023");
    const form::Answers before = walk.state.family.entourage.draft.answers;

    press_id(walk, "remove-representatives-0");
    CHECK(walk.by_id("card-representatives-0") == nullptr);
    CHECK(walk.says("Paul Martin ne fait plus partie de votre déclaration."));
    CHECK(walk.state.focus == "undo");
    REQUIRE(walk.by_id("undo"));
    CHECK(plain(walk.by_id("undo")->hint) == "Annuler la suppression de Paul Martin");
    // nobody else's answers name somebody who is gone
    CHECK(form::answer(walk.state.family.entourage.draft.answers, "children.0.authority.r0").empty());

    press_id(walk, "undo");
    CHECK(walk.state.family.entourage.draft.answers == before);
    CHECK(walk.state.focus == "edit-representatives-0");
    CHECK(walk.by_id("undo") == nullptr);
    CHECK(walk.says("Paul Martin est de nouveau dans votre déclaration."));
}

TEST_CASE("a number is never given twice in a draft") {
    Begun walk;
    add_child(walk, "Léa", "5", "4", "2021");
    press_id(walk, "remove-children-0");
    add_child(walk, "Malo", "6", "7", "2023");
    CHECK(walk.by_id("card-children-1"));
    CHECK(walk.by_id("card-children-0") == nullptr);
}

TEST_CASE("Annuler keeps what was declared, and a new person is not declared before Enregistrer") {
    Begun walk;
    add_child(walk, "Léa", "5", "4", "2021");
    press_id(walk, "edit-children-0");
    CHECK(walk.title() == "Léa Martin");
    CHECK(walk.node("Prénom(s)").value == "Léa");
    walk.fill("Prénom(s)", "Lina");
    walk.press("Annuler");
    CHECK(walk.state.screen == Screen::people);
    CHECK(walk.says("Léa Martin"));
    walk.press("AJOUTER UN MEMBRE");
    CHECK(walk.title() == "Nouvel enfant");
    walk.press("Annuler");
    CHECK(walk.by_id("card-children-1") == nullptr);
}

TEST_CASE("somebody who goes elsewhere in the middle of a person finds what they had typed") {
    Begun walk;
    write_child(walk, "Léa", "5", "4", "2021");
    walk.go("tableau-de-bord");
    CHECK(has_unsent_answers(walk.state));
    walk.go("entourage/personnes");
    walk.press("AJOUTER UN MEMBRE");
    CHECK(walk.node("Prénom(s)").value == "Léa");
    walk.press("Annuler");
    walk.press("AJOUTER UN MEMBRE");
    CHECK(walk.node("Prénom(s)").value.empty());
}

TEST_CASE("what is missing is said beside its field, and the list of it leads there") {
    Begun walk;
    walk.press("AJOUTER UN MEMBRE");
    walk.press("Enregistrer");
    CHECK(walk.state.screen == Screen::person);
    CHECK(walk.state.focus == "errors");
    const std::vector<std::string> targets = walk.summary();
    REQUIRE_FALSE(targets.empty());
    CHECK(targets.front() == "field-born--born");
    CHECK(std::count(targets.begin(), targets.end(), "field-authority.self") == 1);
    CHECK(walk.scene.title.find("Erreur") == 0);
}

TEST_CASE("an address that has been given once can be copied") {
    Begun walk;
    write_paul(walk);
    press_id(walk, "field-address_choice--own");
    CHECK(walk.by_id("copy-address")); // one's own
    walk.fill("Adresse", "3 rue des Lilas");
    walk.fill("Code postal", "44150");
    walk.fill("Commune", "Ancenis-Saint-Géréon");
    walk.fill("N° d'appartement", "12");
    walk.press("Enregistrer");
    REQUIRE(walk.state.screen == Screen::people);

    walk.press("AJOUTER UN CO-REPRÉSENTANT");
    walk.fill("Prénom(s)", "Jeanne");
    press_id(walk, "field-address_choice--own");
    const scene::Node* list = walk.by_id("copy-address");
    REQUIRE(list);
    REQUIRE(list->options.size() == 2);
    CHECK(plain(list->options[0].label) ==
          "Copier l'adresse de Paul Martin : 3 rue des Lilas, 44150 Ancenis-Saint-Géréon");
    walk.act(Choose{"copy-address", list->options[0].id});
    CHECK(walk.node("Adresse").value == "3 rue des Lilas");
    CHECK(walk.node("N° d'appartement").value == "12");
    CHECK(walk.node("Adresse").value_rev > 0);
    CHECK(walk.says("L'adresse de Paul Martin est copiée."));
    // another address takes the flat number away with it
    walk.act(Choose{"copy-address", walk.by_id("copy-address")->options[1].id});
    CHECK(walk.node("Adresse").value == "12 bis rue de la Loire");
    CHECK(walk.node("N° d'appartement").value.empty());
}

TEST_CASE("a parent's name is offered for a child, and what is true of a sister stands there for her brother") {
    Begun walk;
    add_paul(walk);
    walk.press("AJOUTER UN MEMBRE");
    press_id(walk, "field-born--born");
    walk.suggest("Martin");
    CHECK(walk.node("Nom de naissance").value == "Martin");
    walk.fill("Prénom(s)", "Léa");
    write_date(walk, "birth_date", "5", "4", "2021");
    tick(walk, "field-authority.self");
    tick(walk, "field-authority.r0");
    press_id(walk, "field-living_with--alternating");
    walk.press("Enregistrer");
    REQUIRE(walk.state.screen == Screen::people);
    walk.press("AJOUTER UN MEMBRE");
    CHECK(walk.node("Nom de naissance").value == "Martin");
    CHECK(walk.by_id("field-authority.r0")->checked);
    CHECK(walk.by_id("field-living_with--alternating")->checked);
    CHECK(walk.node("Prénom(s)").value.empty());
}

TEST_CASE("each line of the recap leads to its field and back to the recap") {
    Begun walk;
    add_paul(walk);
    add_child(walk, "Léa", "5", "4", "2021");
    walk.press("ALLER À L'ÉTAPE 2");
    CHECK(all_differ(button_names(walk)));
    const scene::Node* table = walk.by_id("recap-children-0");
    REQUIRE(table);
    const auto line = std::find_if(table->rows.begin(), table->rows.end(),
                                   [](const scene::Row& row) { return row.action == "edit-children-0-birth_date"; });
    REQUIRE(line != table->rows.end());
    CHECK(plain(line->value) == "5 avril 2021");
    CHECK(plain(line->action_name) == "Modifier : Date de naissance, Léa Martin");
    walk.act(Activate{line->action});
    CHECK(walk.title() == "Léa Martin");
    CHECK(walk.state.focus == "field-birth_date.day");
    walk.act(Commit{"field-birth_date.day", "6"});
    walk.press("Enregistrer");
    CHECK(walk.title() == "Récapitulatif");
    CHECK(walk.says("6 avril 2021"));
    CHECK(walk.says("Léa Martin : c'est enregistré dans votre déclaration."));
    walk.act(Activate{"edit-representatives-0"});
    walk.press("Annuler");
    CHECK(walk.title() == "Récapitulatif");
}

TEST_CASE("a doubtful span between the ages is a question that can be answered by going on") {
    Begun walk;
    write_child(walk, "Léa", "5", "4", "1990"); // five years after her mother
    say_who(walk);
    walk.press("Enregistrer");
    CHECK(walk.state.screen == Screen::person);
    CHECK(walk.says("l'écart d'âge avec Anne-Lise Derc'hen est inhabituel"));
    CHECK(walk.by_id("errors")->emphasis == scene::Emphasis::warning);
    CHECK(walk.summary().front() == "field-birth_date.day");
    walk.press("Enregistrer");
    CHECK(walk.state.screen == Screen::people);
    walk.press("ALLER À L'ÉTAPE 2");
    CHECK(walk.says("l'écart d'âge"));
    walk.press("VALIDER"); // asked and answered already
    CHECK(walk.state.screen == Screen::entourage_confirmation);
}

TEST_CASE("the same child twice asks; a doubt that has arisen since is asked at VALIDER") {
    Begun walk;
    add_child(walk, "Léa", "5", "4", "2021");
    write_child(walk, "LÉA", "5", "4", "2021");
    say_who(walk);
    walk.press("Enregistrer");
    CHECK(walk.state.screen == Screen::person);
    CHECK(walk.says("Cet enfant semble déjà déclaré : Léa Martin."));
    walk.fill("Prénom(s)", "Lina");
    walk.press("Enregistrer");
    REQUIRE(walk.state.screen == Screen::people);
    // now the first one is renamed to the second's name: the doubt is said at the later one
    press_id(walk, "edit-children-0");
    walk.fill("Prénom(s)", "Lina");
    walk.press("Enregistrer");
    REQUIRE(walk.state.screen == Screen::people);
    walk.press("ALLER À L'ÉTAPE 2");
    walk.press("VALIDER");
    CHECK(walk.state.screen == Screen::recap);
    CHECK(walk.state.focus == "errors");
    CHECK(walk.by_id("errors")->emphasis == scene::Emphasis::warning);
    CHECK(walk.summary() == std::vector<std::string>{"edit-children-1"});
    walk.press("VALIDER");
    CHECK(walk.state.screen == Screen::entourage_confirmation);
}

TEST_CASE("without a child the Enfance service has nothing to do, and the way to add one is in the message") {
    Begun walk;
    add_paul(walk);
    walk.press("ALLER À L'ÉTAPE 2");
    CHECK(walk.state.screen == Screen::people);
    CHECK(walk.summary() == std::vector<std::string>{"add-children"});
    CHECK(walk.says("Ajoutez au moins un enfant"));
    CHECK(walk.scene.title.find("Erreur") == 0);
    add_child(walk, "Léa", "5", "4", "2021");
    CHECK(walk.by_id("errors") == nullptr);
}

TEST_CASE("a contact's form says once that children come first, and the question what it waits for") {
    Begun walk;
    walk.press("AJOUTER UN CONTACT");
    const auto saying = [&walk](std::string_view words) {
        return std::count_if(walk.scene.nodes.begin(), walk.scene.nodes.end(), [words](const scene::Node& node) {
            return plain(node.label).find(words) != std::string::npos ||
                   plain(node.hint).find(words) != std::string::npos;
        });
    };
    CHECK(saying("ajoutez d'abord vos enfants") == 1);
    const scene::Node* const question = walk.by_id("field-contact_children-group");
    REQUIRE(question);
    CHECK(plain(question->hint) == "Leurs prénoms seront ici quand vous les aurez ajoutés.");
}

TEST_CASE("what was missing from the list is no longer said once it is there") {
    Begun walk;
    walk.press("AJOUTER UN CONTACT");
    CHECK(walk.says("ajoutez d'abord vos enfants"));
    walk.press("Annuler");
    walk.press("ALLER À L'ÉTAPE 2");
    CHECK(walk.by_id("errors"));
    add_child(walk, "Léa", "5", "4", "2021");
    CHECK_FALSE(walk.by_id("errors"));
    walk.press("AJOUTER UN CONTACT");
    CHECK_FALSE(walk.says("ajoutez d'abord vos enfants"));
}

TEST_CASE("with nobody in the draft there is nothing to read again, even for a family that has children") {
    Begun walk("oudon", snapshot("1", HOUSEHOLD));
    walk.press("ALLER À L'ÉTAPE 2");
    CHECK(walk.state.screen == Screen::people);
    CHECK(walk.says("Ajoutez au moins une personne"));
    CHECK(walk.state.focus == "errors");
    CHECK(walk.summary() == std::vector<std::string>{"add-children"});
}

TEST_CASE("a co-representative's postal code offers its communes") {
    Begun walk;
    walk.give_communes();
    write_paul(walk);
    press_id(walk, "field-address_choice--own");
    walk.fill("Code postal", "44521");
    walk.suggest("Couffé");
    CHECK(walk.node("Commune").value == "Couffé");
    walk.fill("Code postal", "94100");
    CHECK(walk.says("Commune trouvée"));
}

TEST_CASE("what became wrong by a removal leads to the person and the field") {
    Begun walk;
    add_paul(walk);
    write_child(walk, "Léa", "5", "4", "2021");
    tick(walk, "field-authority.r0");
    press_id(walk, "field-living_with--r0");
    walk.press("Enregistrer");
    REQUIRE(walk.state.screen == Screen::people);
    press_id(walk, "remove-representatives-0");
    CHECK(walk.by_id("problem-children-0-0"));
    walk.press("ALLER À L'ÉTAPE 2");
    CHECK(walk.title() == "Léa Martin");
    const std::vector<std::string> targets = walk.summary();
    CHECK(std::count(targets.begin(), targets.end(), "field-authority.self") == 1);
    tick(walk, "field-authority.self");
    press_id(walk, "field-living_with--self");
    walk.press("Enregistrer");
    walk.press("ALLER À L'ÉTAPE 2");
    CHECK(walk.state.screen == Screen::recap);
}

TEST_CASE("what the server refuses leads to the person and the field, and nothing has to be typed again") {
    Begun walk;
    add_child(walk, "Léa", "5", "4", "2021");
    walk.press("ALLER À L'ÉTAPE 2");
    walk.press("VALIDER");
    walk.act(SubmissionState{
        sent_effect(walk), SubmissionState::Kind::refused,
        R"({"type":"about:blank","title":"Refusé","status":422,"detail":"Vérifiez la date.","code":"invalid","problems":)"
        R"([{"field":"children.0.birth_date","code":"date_future","severity":"error","details":{}}]})"});
    CHECK(walk.says("Vérifiez la date."));
    walk.press("Corriger ma demande");
    CHECK(walk.title() == "Léa Martin");
    CHECK(walk.summary() == std::vector<std::string>{"field-birth_date.day"});
    CHECK(walk.node("Prénom(s)").value == "Léa");
    walk.act(Commit{"field-birth_date.day", "4"});
    walk.press("Enregistrer");
    walk.press("ALLER À L'ÉTAPE 2");
    walk.press("VALIDER");
    CHECK(walk.effects_of<Submit>().size() == 1);
}

TEST_CASE("an expected child that is born opens with all that is known, and only its birth is asked") {
    AtHome walk("famille", snapshot("1", HOUSEHOLD));
    press_id(walk, "declare-birth-k4");
    CHECK(walk.state.screen == Screen::person);
    CHECK(walk.by_id("field-born--born")->checked);
    CHECK(walk.by_id("field-authority.self")->checked);
    walk.fill("Prénom(s)", "Nino");
    walk.fill("Nom de naissance", "Martin");
    write_date(walk, "birth_date", "12", "11", "2026");
    if (!walk.by_id("field-living_with--alternating")->checked)
        press_id(walk, "field-living_with--alternating");
    walk.press("Enregistrer");
    REQUIRE(walk.state.screen == Screen::people);
    walk.press("ALLER À L'ÉTAPE 2");
    walk.press("VALIDER");
    const form::Answers answers = sent_answers(walk);
    CHECK(answers.at("children.0.known") == "k4");
    CHECK(answers.at("children.0.born") == "born");
    CHECK(answers.count("children.0.expected_date.day") == 0);
}

TEST_CASE("people the town knows can be chosen, and changed without a second entry for them") {
    AtHome walk("entourage", snapshot("1", HOUSEHOLD));
    CHECK(walk.says("Paul Martin"));
    press_id(walk, "change-k5");
    CHECK(walk.title() == "Rose Derc'hen");
    CHECK(walk.node("Prénom(s)").value == "Rose");
    walk.press("Annuler");
    walk.press("AJOUTER UN MEMBRE");
    CHECK(walk.by_id("field-authority.k2"));
    CHECK(walk.by_id("field-authority.self"));
}

TEST_CASE("two hundred people can be declared, the next one is told how to go on") {
    Begun walk;
    add_child(walk, "Léa", "5", "4", "2021");
    add_sisters(walk, 198);
    walk.go("entourage");
    walk.go("entourage/personnes");
    add_contact(walk, "Rose");
    CHECK(walk.by_id("card-children-198"));
    CHECK(all_differ(button_names(walk)));
    walk.press("AJOUTER UN CONTACT");
    CHECK(walk.state.screen == Screen::people);
    CHECK(walk.says("Déclarez au plus 200 personnes"));
    CHECK(walk.state.focus == "errors");
    CHECK(walk.summary() == std::vector<std::string>{"add-contacts"});
    walk.press("ALLER À L'ÉTAPE 2");
    CHECK(walk.title() == "Récapitulatif");
    CHECK(all_differ(button_names(walk)));
    walk.press("VALIDER");
    CHECK(walk.state.screen == Screen::entourage_confirmation);
    CHECK(sent_answers(walk).count("contacts.0.contact_phone") == 1);
}

TEST_CASE("an address of somebody who is not in the draft leads to the lists") {
    Begun walk;
    for (const char* path :
         {"entourage/personnes/children-7", "entourage/personnes/pets-0", "entourage/recapitulatif"}) {
        walk.go(path);
        CHECK(walk.state.screen == Screen::people);
    }
    walk.go("entourage/confirmation");
    CHECK(walk.state.screen == Screen::entourage);
}

TEST_CASE("every page of the entourage keeps the rules, in both languages and on both portals") {
    for (const std::string slug : {"oudon", "saint-maur-des-fosses"}) {
        Begun walk(slug, snapshot("1", HOUSEHOLD));
        for (const char* list : {"representatives", "children", "contacts"}) {
            press_id(walk, "add-" + std::string(list));
            walk.act(Activate{"next"}); // everything in error
            walk.act(Activate{"previous"});
        }
        walk.press("English");
        walk.give_english();
        for (const char* path : {"entourage", "entourage/nouvelles-personnes", "entourage/personnes", "famille"})
            walk.go(std::string(path) + "?lang=en");
    }
}

TEST_CASE("the server can print the pages of a family without knowing whose device asks") {
    for (const char* path :
         {"entourage", "entourage/nouvelles-personnes", "entourage/personnes", "entourage/personnes/children-0",
          "entourage/recapitulatif", "correction/OUDON-2026-000002"}) {
        const Walk walk("oudon", {.path = path});
        INFO(path);
        CHECK_FALSE(walk.title().empty());
        CHECK_FALSE(walk.says("Derc'hen"));
    }
}

TEST_CASE("who comes for the entourage and is not logged in gets there after the login") {
    Walk walk("oudon", {.path = "entourage", .bound = false});
    CHECK(walk.state.screen == Screen::login);
    walk.fill("Identifiant", "annelise44");
    walk.fill("Mot de passe", "Couette-Brume-77!x");
    walk.press("CONNEXION");
    walk.answer(201, R"({"person":{"civility":"madame","first_names":"Anne-Lise","last_name":"Derc'hen"},)"
                     R"("identifier":"annelise44"})");
    CHECK(walk.state.screen == Screen::entourage);
    CHECK(walk.shown_path() == "entourage");
}

TEST_CASE("before the family's code is there the page says so, fetches it once, and goes on when it has come") {
    Walk walk("oudon", {.bound = true});
    walk.environment.family_ready = false;
    walk.go("entourage");
    CHECK(walk.title() == "MON ENTOURAGE");
    CHECK(walk.says("Un instant"));
    CHECK(walk.effects_of<Load>().size() == 1);
    walk.go("famille");
    CHECK(walk.effects_of<Load>().empty());
    walk.act(Loaded{"family", false});
    CHECK(walk.says("Pas de réseau"));
    walk.press("Réessayer");
    CHECK(walk.effects_of<Load>().size() == 1);
    walk.environment.family_ready = true;
    walk.act(Loaded{"family", true});
    CHECK_FALSE(walk.effects_of<Call>().empty()); // what the town knows is asked for
}

TEST_CASE("whatever is pressed in whatever order, every page keeps the rules") {
    for (const std::uint32_t seed : {1U, 2U, 3U}) {
        Begun walk("oudon", snapshot("1", HOUSEHOLD + ASKED_BIRTH_DATE));
        add_paul(walk);
        add_child(walk, "Malo", "5", "4", "2021");
        add_contact(walk, "Gwen");
        add_contact(walk, "Yvon");
        std::uint32_t random = seed;
        const auto below = [&](std::size_t bound) {
            random = random * 1664525U + 1013904223U;
            return static_cast<std::size_t>(random >> 8U) % bound;
        };
        const std::vector<std::string> paths = {"entourage", "entourage/personnes", "entourage/recapitulatif",
                                                "entourage/personnes/children-0", "correction/OUDON-2026-000002"};
        const std::vector<std::string> words = {"", "Léa", "5", "2021", "06 12 34 56 78", "44521", "\x01"};
        for (int step = 0; step < 150; ++step) {
            std::vector<scene::Node> controls;
            for (const scene::Node& node : walk.scene.nodes)
                if (node.parent != "page-header" && node.parent != "page-help" && node.id != "go-dashboard" &&
                    (node.role == scene::Role::button || node.role == scene::Role::radio ||
                     node.role == scene::Role::checkbox || node.role == scene::Role::select ||
                     node.role == scene::Role::text || node.role == scene::Role::suggestion))
                    controls.push_back(node);
            INFO("seed " << seed << " step " << step << " on " << walk.scene.path);
            if (controls.empty() || below(12) == 0) {
                walk.go(paths[below(paths.size())]);
                continue;
            }
            const scene::Node& control = controls[below(controls.size())];
            if (control.role == scene::Role::text)
                walk.act(Commit{control.id, words[below(words.size())]});
            else if (control.role == scene::Role::select || control.role == scene::Role::suggestion)
                walk.act(Choose{control.id, control.options[below(control.options.size())].id});
            else
                walk.act(Activate{control.id});
            if (const auto sent = walk.effects_of<Submit>(); !sent.empty())
                walk.act(SubmissionState{
                    sent[0].id, below(2) == 0 ? SubmissionState::Kind::refused : SubmissionState::Kind::acknowledged,
                    RECEIPT});
        }
    }
}

// A measurement for ./dev bench, no test: how long a page of 200 people takes to be described.
TEST_CASE("the time it takes to describe 200 people", "[.][measure]") {
    Begun walk;
    add_child(walk, "Léa", "5", "4", "2021");
    for (const unsigned count : {49U, 99U, 199U}) {
        add_sisters(walk, count);
        for (const Screen screen : {Screen::people, Screen::recap}) {
            walk.state.screen = screen;
            constexpr int TIMES = 10;
            std::size_t nodes = 0;
            const auto begin = std::chrono::steady_clock::now();
            for (int i = 0; i < TIMES; ++i)
                nodes = describe(walk.state, walk.environment).nodes.size();
            const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begin;
            WARN((screen == Screen::people ? "lists of " : "recap of ")
                 << count + 1 << " people: " << taken.count() / TIMES << " ms, " << nodes << " nodes");
        }
    }
}
