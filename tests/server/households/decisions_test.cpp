// What an agent's decision makes true, and what it must not.
#include "households/visibility.h"
#include "town.h"

#include <algorithm>

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;
using households::Decision;
using households::DecisionRefusal;
using households::visible_people;
using store::Answers;
using Kind = Decision::Kind;

namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Decision ask(std::vector<std::string> fields, std::string message = "Merci de vérifier.") {
    return {Kind::ask, {}, std::move(fields), std::move(message)};
}

const households::VisiblePerson* named(const std::vector<households::VisiblePerson>& people, const std::string& name) {
    const auto found = std::find_if(people.begin(), people.end(), [&](const households::VisiblePerson& person) {
        const auto first = person.answers.find("first_names");
        return first != person.answers.end() && first->second == name;
    });
    return found == people.end() ? nullptr : &*found;
}

std::vector<households::VisiblePerson> family_of(Town& town, const Resident& resident) {
    const auto snapshot = town.snapshot(resident);
    return snapshot.household ? visible_people(*snapshot.household, resident.account)
                              : std::vector<households::VisiblePerson>();
}

Answers two_parents_three_children() {
    Answers answers;
    put(answers, "representatives.0", representative_named("Jean"));
    Answers lea = child_named("Léa");
    lea["authority.r0"] = "yes";
    lea["collectors.r0"] = "yes";
    put(answers, "children.0", lea);
    put(answers, "children.3", child_named("Tom", "2021"));
    put(answers, "children.4", expected_child());
    put(answers, "contacts.0", contact_named("Rose", "c0"));
    answers["contacts.0.contact_children.c3"] = "yes";
    return answers;
}

} // namespace

TEST_CASE("an accepted entourage becomes the family: people, references, history, message, mail, in one go") {
    Town town;
    const Resident anne = town.move_in("anne");
    const std::string number = town.declare(anne, two_parents_three_children());
    CHECK(family_of(town, anne).empty());
    const auto before = town.snapshot(anne);
    const std::int64_t mails = town.count("SELECT count(*) FROM mails");

    town.accept(number);
    const auto family = family_of(town, anne);
    REQUIRE(family.size() == 6);
    CHECK(family.front().self);
    CHECK(family.front().answers.at("address") == "1 rue de anne");
    const auto* lea = named(family, "Léa");
    const auto* jean = named(family, "Jean");
    const auto* rose = named(family, "Rose");
    const auto* tom = named(family, "Tom");
    REQUIRE((lea && jean && rose && tom));
    CHECK(lea->answers.at("authority." + family.front().reference) == "yes");
    CHECK(lea->answers.at("authority." + jean->reference) == "yes");
    CHECK(lea->answers.at("collectors." + jean->reference) == "yes");
    CHECK(lea->answers.at("living_with") == family.front().reference);
    CHECK(rose->answers.at("contact_children." + lea->reference) == "yes");
    CHECK(rose->answers.at("contact_children." + tom->reference) == "yes");
    CHECK(jean->answers.count("mobile") == 0);
    for (const auto& person : family)
        for (const auto& [key, value] : person.answers) {
            CHECK_FALSE(holds(key, ".self"));
            CHECK_FALSE(holds(key, ".r0"));
            CHECK_FALSE(holds(key, ".c0"));
            CHECK(value != "self");
        }

    const auto after = town.snapshot(anne);
    CHECK(after.cursor > before.cursor);
    CHECK(after.submissions.front().summary.state == "accepted");
    REQUIRE(after.submissions.front().history.size() == 2);
    CHECK(after.submissions.front().history.back().event == "accepted");
    REQUIRE(after.messages.size() == 1);
    CHECK(after.messages.front().kind == "accepted");
    CHECK(after.messages.front().parameters.at("number") == number);
    CHECK(town.count("SELECT count(*) FROM mails") == mails + 1);
    CHECK(town.store().latest(1)->front().recipient == "anne@example.org");
}

TEST_CASE("a decision that cannot be made in the present state tells that state and changes nothing") {
    Town town;
    const Resident anne = town.move_in("anne");
    Answers answers;
    put(answers, "children.0", child_named("Léa"));
    const std::string number = town.declare(anne, answers);
    town.accept(number);
    const auto snapshot = town.snapshot(anne);
    const std::int64_t mails = town.count("SELECT count(*) FROM mails");
    for (const Decision& decision : {Decision{Kind::accept, {}, {}, {}}, Decision{Kind::take, {}, {}, {}},
                                     Decision{Kind::refuse, "trop tard", {}, {}}, ask({"children.0.first_names"})}) {
        const auto decided = town.decide(number, decision);
        REQUIRE_FALSE(decided);
        CHECK(decided.error().kind == DecisionRefusal::Kind::not_possible);
        CHECK(decided.error().detail == "accepted");
    }
    CHECK(town.snapshot(anne).cursor == snapshot.cursor);
    CHECK(town.count("SELECT count(*) FROM mails") == mails);
    CHECK(town.count("SELECT count(*) FROM households") == 1);
    const auto unknown = town.decide("OUDON-2026-999999", {Kind::take, {}, {}, {}});
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().kind == DecisionRefusal::Kind::unknown);
}

TEST_CASE("what an agent takes and gives back is told without a mail") {
    Town town;
    const Resident anne = town.move_in("anne");
    Answers answers;
    put(answers, "children.0", child_named("Léa"));
    const std::string number = town.declare(anne, answers);
    const std::int64_t mails = town.count("SELECT count(*) FROM mails");
    const auto taken = town.decide(number, {Kind::take, {}, {}, {}});
    REQUIRE(taken);
    CHECK(taken->state == "processing");
    const auto given_back = town.decide(number, {Kind::release, {}, {}, {}});
    REQUIRE(given_back);
    CHECK(given_back->state == "received");
    CHECK(town.record(number).history.back().event == "released");
    CHECK(town.count("SELECT count(*) FROM mails") == mails);
}

TEST_CASE("a refusal needs words, and the family reads them") {
    Town town;
    const Resident anne = town.move_in("anne");
    Answers answers;
    put(answers, "children.0", child_named("Léa"));
    const std::string number = town.declare(anne, answers);
    for (const std::string& words :
         {std::string(), std::string("  \n"), std::string(3000, 'x'), std::string("a\x07"), std::string("\xff")})
        CHECK_FALSE(town.decide(number, {Kind::refuse, words, {}, {}}));
    CHECK(town.record(number).state == "received");
    REQUIRE(town.decide(number, {Kind::refuse, "Votre enfant est déjà inscrit.", {}, {}}));
    const auto snapshot = town.snapshot(anne);
    CHECK(snapshot.submissions.front().history.back().note == "Votre enfant est déjà inscrit.");
    CHECK(snapshot.messages.front().parameters.at("reason") == "Votre enfant est déjà inscrit.");
    CHECK_FALSE(snapshot.household);
}

TEST_CASE("a correction is asked of fields there are, of people there are") {
    Town town;
    const Resident anne = town.move_in("anne");
    Answers answers;
    put(answers, "children.2", child_named("Léa"));
    const std::string number = town.declare(anne, answers);
    for (const char* field : {"children.0.birth_date", "children.2.colour", "children.2.known", "birth_date",
                              "password", "children", "", "children.2.", "pets.0.first_names"}) {
        const auto decided = town.decide(number, ask({"children.2.first_names", field}));
        REQUIRE_FALSE(decided);
        CHECK(decided.error().kind == DecisionRefusal::Kind::field_unknown);
    }
    CHECK(town.record(number).state == "received");
    REQUIRE(town.decide(number, ask({"children.2.birth_date.day", "children.2.birth_date", "children.2.living_with"})));
    const auto view = town.snapshot(anne).submissions.front();
    CHECK(view.summary.state == "waiting");
    REQUIRE(view.correction);
    CHECK(view.correction->fields == std::vector<std::string>{"children.2.birth_date", "children.2.living_with"});
    CHECK(view.correction->message == "Merci de vérifier.");
}

TEST_CASE("an address is asked again whole, whichever of its parts is named") {
    Town town;
    const Resident anne = town.move_in("anne");
    for (const char* part : {"address", "address.number", "postal_code", "commune"}) {
        INFO(part);
        Answers answers;
        put(answers, "children.0", child_named("Léa"));
        put(answers, "representatives.1", representative_named("Jean"));
        const std::string number = town.declare(anne, answers);
        REQUIRE(town.decide(number, ask({std::string("representatives.1.") + part, "representatives.1.mobile"})));
        CHECK(town.record(number).correction->fields ==
              std::vector<std::string>{"representatives.1.address", "representatives.1.postal_code",
                                       "representatives.1.commune", "representatives.1.mobile"});
    }
}

TEST_CASE("an expected child that is born keeps its id, and what was known before is kept as a version") {
    Town town;
    const Resident anne = town.move_in("anne");
    Answers first;
    put(first, "children.0", expected_child());
    town.accept(town.declare(anne, first));
    auto family = family_of(town, anne);
    REQUIRE(family.size() == 2);
    CHECK(family[1].kind == store::PersonKind::expected_child);
    const std::string reference = family[1].reference;

    Answers birth = child_named("Zoé", "2026");
    birth["birth_date.month"] = "11";
    birth["known"] = reference;
    Answers second;
    put(second, "children.0", birth);
    town.accept(town.declare(anne, second));
    family = family_of(town, anne);
    REQUIRE(family.size() == 2);
    CHECK(family[1].reference == reference);
    CHECK(family[1].kind == store::PersonKind::child);
    CHECK(family[1].answers.at("first_names") == "Zoé");
    CHECK(family[1].answers.count("expected_date.day") == 0);
    CHECK(family[1].answers.count("known") == 0);
    CHECK(town.count("SELECT count(*) FROM household_person_versions WHERE kind = 'expected_child'") == 1);
    CHECK(town.count("SELECT max(version) FROM household_people WHERE kind = 'child'") == 2);
}

TEST_CASE("the same people declared again are the same people; twins are two") {
    Town town;
    const Resident anne = town.move_in("anne");
    Answers answers;
    put(answers, "representatives.0", representative_named("Jean"));
    put(answers, "children.0", child_named("Léa"));
    put(answers, "children.1", child_named("Lou")); // her twin
    answers["children.0.authority.r0"] = "yes";
    put(answers, "contacts.0", contact_named("Rose", "c0"));
    town.accept(town.declare(anne, answers));
    REQUIRE(family_of(town, anne).size() == 5);
    answers["children.0.first_names"] = "LEA";
    answers["children.1.living_with"] = "other";
    town.accept(town.declare(anne, answers));
    const auto family = family_of(town, anne);
    CHECK(family.size() == 5);
    CHECK(named(family, "LEA"));
    CHECK(town.count("SELECT count(*) FROM households") == 1);
}

TEST_CASE("nobody changes the own person of another account") {
    Town town;
    const Resident anne = town.move_in("anne");
    const Resident jean = town.move_in(
        "jean",
        {{"birth_name", "Durand"}, {"birth_date.day", "9"}, {"birth_date.month", "4"}, {"birth_date.year", "1984"}});
    Answers answers;
    put(answers, "representatives.0", representative_named("jean"));
    Answers lea = child_named("Léa");
    lea["authority.r0"] = "yes";
    put(answers, "children.0", lea);
    town.accept(town.declare(anne, answers));
    // Jean's account becomes that person, as an invitation does it.
    REQUIRE(town.database().write([&](sqlite::Connection& db) {
        return db.run("UPDATE household_people SET account_id = ? WHERE first_names = 'jean'", jean.account.number());
    }));
    const auto jeans_cursor = town.snapshot(jean).cursor;

    answers["representatives.0.mobile"] = "+33600000001";
    answers["representatives.0.email"] = "anne-says-so@example.org";
    answers["children.0.living_with"] = "alternating";
    town.accept(town.declare(anne, answers));
    const auto jeans = family_of(town, jean);
    REQUIRE_FALSE(jeans.empty());
    CHECK(jeans.front().answers.at("mobile") == "+33698765432");
    CHECK(jeans.front().answers.at("email") == "secret@example.org");
    REQUIRE(named(jeans, "Léa"));
    CHECK(named(jeans, "Léa")->answers.at("living_with") == "alternating");
    CHECK(town.snapshot(jean).cursor > jeans_cursor); // he sees where the child lives now
    CHECK(town.snapshot(jean).messages.empty());      // and none of Anne's messages
    CHECK(town.snapshot(jean).submissions.size() == 1);
}

TEST_CASE("two hundred people are accepted, and all are there") {
    Town town;
    const Resident anne = town.move_in("anne");
    Answers answers;
    for (int i = 0; i < 100; ++i) {
        const std::string n = std::to_string(i);
        put(answers, "children." + n,
            child_named("Enfant " + std::string(1, static_cast<char>('A' + i / 26)) +
                        std::string(1, static_cast<char>('A' + i % 26))));
        put(answers, "contacts." + n,
            contact_named("Contact " + std::string(1, static_cast<char>('A' + i / 26)) +
                              std::string(1, static_cast<char>('A' + i % 26)),
                          "c" + n));
    }
    town.accept(town.declare(anne, answers));
    CHECK(family_of(town, anne).size() == 201);

    put(answers, "contacts.100", contact_named("Un de trop", "c0"));
    const auto refused =
        town.receive(anne.device, town.payload_of(form::Procedure::entourage, answers, anne.reference));
    REQUIRE_FALSE(refused);
    REQUIRE(Town::problems_of(refused.error()).size() == 1);
    CHECK(Town::problems_of(refused.error()).front().code == ProblemCode::too_many_people);
}

TEST_CASE("a decision whose transaction fails leaves nothing of itself") {
    Town town;
    const Resident anne = town.move_in("anne");
    const std::string number = town.declare(anne, two_parents_three_children());
    const auto before = town.snapshot(anne);
    const std::int64_t mails = town.count("SELECT count(*) FROM mails");
    // The last thing a decision writes is refused.
    REQUIRE(town.database().write([](sqlite::Connection& db) {
        db.script("CREATE TEMP TRIGGER no_change BEFORE INSERT ON main.account_changes"
                  " BEGIN SELECT RAISE(ABORT, 'refused'); END");
        return true;
    }));
    const auto failed = town.decide(number, {Kind::accept, {}, {}, {}});
    REQUIRE_FALSE(failed);
    CHECK(failed.error().kind == DecisionRefusal::Kind::storage);
    CHECK(town.record(number).state == "received");
    CHECK(town.record(number).history.size() == 1);
    CHECK(town.count("SELECT count(*) FROM households") == 0);
    CHECK(town.count("SELECT count(*) FROM household_people") == 0);
    CHECK(town.count("SELECT count(*) FROM messages") == 0);
    CHECK(town.count("SELECT count(*) FROM mails") == mails);
    CHECK(town.snapshot(anne).cursor == before.cursor);

    REQUIRE(town.database().write([](sqlite::Connection& db) {
        db.script("DROP TRIGGER temp.no_change");
        return true;
    }));
    town.accept(number);
    CHECK(family_of(town, anne).size() == 6);
}
