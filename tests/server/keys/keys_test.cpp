// Service keys: made, hashed, issued, used once, and never blocking anybody.
#include "../households/town.h"
#include "households/visibility.h"
#include "keys/issuing.h"
#include "keys/key_hash.h"
#include "keys/letter.h"
#include "keys/new_key.h"

#include <set>

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;
using store::Answers;

namespace {

constexpr const char* TOWN = "saint-maur-des-fosses"; // where families type their key

// Two representatives and their child, as the service knows them.
void let_service_know(Town& town, const std::string& family = "F1") {
    const auto written = town.store().import(
        TOWN,
        [&](const std::vector<store::Household>&, store::PersonId next) {
            store::HouseholdWrite write;
            write.family_id = family;
            const auto add = [&](std::int64_t number, store::PersonKind kind, const Answers& answers) {
                store::PersonWrite one;
                one.fresh = true;
                one.person.id = store::PersonId(next.number() + number);
                one.person.kind = kind;
                one.person.answers = answers;
                one.person.external_id = "P" + std::to_string(number);
                write.people.push_back(std::move(one));
            };
            add(0, store::PersonKind::representative,
                {{"first_names", "Anne"}, {"birth_name", "Martin"}, {"address", "old address"}});
            add(1, store::PersonKind::representative,
                {{"first_names", "Jean"}, {"birth_name", "Durand"}, {"mobile", "+33600000009"}});
            add(2, store::PersonKind::child, {{"first_names", "Léa"}, {"birth_name", "Martin"}});
            return std::optional(store::ImportedFamilies{{write}});
        },
        town.clock.at);
    REQUIRE(written);
}

store::NewAuditLine line_at(const Town& town, const std::string& portal = TOWN) {
    return {portal, town.clock.at, "staff:1", "key.issue", "service:enfance"};
}

IssuedKeys issue(Town& town, const std::string& family = "F1", const std::string& last_day = {}) {
    const auto issued = issue_service_keys({town.store(), town.store(), town.random, town.clock.at},
                                           {"enfance", family, last_day}, line_at(town));
    REQUIRE(issued);
    return *issued;
}

std::string marks_of(Town& town, const Resident& resident) {
    std::string text;
    for (const store::Mark& mark : town.record(town.latest(resident).number).marks)
        text += mark.code + " ";
    return text;
}

// What the account would send as its profile, with these beside.
wire::Payload profile_of(Town& town, const Resident& resident, const Answers& more) {
    Answers answers = town.snapshot(resident).profile;
    for (const auto& [key, value] : more)
        answers[key] = value;
    return town.payload_of(form::Procedure::profile, answers, resident.reference);
}

std::string state_of_key(Town& town, const Resident& resident) {
    const auto keys = town.snapshot(resident).keys;
    return keys.empty() ? std::string() : keys.front().state;
}

} // namespace

TEST_CASE("a new key carries its check, and no two are alike") {
    CountingRandom random;
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const domain::ServiceKey key = make_key(random);
        CHECK(key.check_holds());
        CHECK(seen.insert(key.shown()).second);
    }
}

TEST_CASE("a key has one hash however it is typed, and it is not the key") {
    CountingRandom random;
    const domain::ServiceKey key = make_key(random);
    std::string typed = " " + key.shown().substr(0, 4) + key.shown().substr(5, 4) + " " + key.shown().substr(10);
    for (char& c : typed)
        c = static_cast<char>(c == '0' ? 'o' : std::tolower(static_cast<unsigned char>(c)));
    const auto again = domain::ServiceKey::parse(typed);
    REQUIRE(again);
    CHECK(key_hash(*again) == key_hash(key));
    CHECK(key_hash(key).size() == 32);
    CHECK(key_hash(key) != security::sha256(key.comparable()));
    CHECK(key_hash(make_key(random)) != key_hash(key));
}

TEST_CASE("keys are issued to representatives without an account, and no text of theirs is stored") {
    Town town(TOWN);
    let_service_know(town);
    const IssuedKeys issued = issue(town, "");
    REQUIRE(issued.keys.size() == 2);
    CHECK(issued.last_day == "2027-02-21");
    CHECK(town.count("SELECT count(*) FROM service_keys WHERE length(key_hash) = 32") == 2);
    const std::string plain = issued.keys[0].key.comparable();
    REQUIRE(town.database().read([&](sqlite::Connection& db) {
        return db.first(
            "SELECT count(*) FROM service_keys WHERE instr(hex(key_hash), hex(?)) > 0",
            [](sqlite::Row row) { return row.integer(0) == 0; }, plain);
    }));
    CHECK(issue(town, "#1").keys.size() == 2);
}

TEST_CASE("an unknown family and a day that is over are refused") {
    Town town(TOWN);
    let_service_know(town);
    const KeySurroundings around{town.store(), town.store(), town.random, town.clock.at};
    CHECK(issue_service_keys(around, {"enfance", "F9", ""}, line_at(town)).error() == KeyRefusal::family_unknown);
    CHECK(issue_service_keys(around, {"enfance", "F1", ""}, line_at(town, "oudon")).error() ==
          KeyRefusal::family_unknown);
    for (const char* day : {"2026-11-22", "2026-02-30", "demain"})
        CHECK(issue_service_keys(around, {"enfance", "F1", day}, line_at(town)).error() == KeyRefusal::day_wrong);
    CHECK(issue(town, "F1", "2026-11-23").keys.size() == 2); // until tonight
}

TEST_CASE("a right key typed at registration brings the family up at once") {
    Town town(TOWN);
    let_service_know(town);
    const IssuedKeys issued = issue(town);
    const Resident anne = town.move_in("anne", {{"service_key.enfance", issued.keys[0].key.shown()}});
    const auto snapshot = town.snapshot(anne);
    REQUIRE(snapshot.household);
    const auto people = households::visible_people(*snapshot.household, anne.account);
    REQUIRE(people.size() == 3);
    CHECK(people[0].self);
    CHECK(people[0].answers.at("address") == "1 rue de anne"); // what she says herself counts
    CHECK(people[1].answers.count("mobile") == 0);
    CHECK(people[2].answers.at("first_names") == "Léa");
    CHECK(state_of_key(town, anne) == "known");
    CHECK(snapshot.messages.front().kind == "key_known");
    CHECK(marks_of(town, anne).find("key_") == std::string::npos);
    CHECK(town.record(town.latest(anne).number).answers.count("service_key.enfance") == 0);
}

TEST_CASE("a key is good once: the next account gets a mark, and its registration is kept") {
    Town town(TOWN);
    let_service_know(town);
    const std::string key = issue(town).keys[0].key.shown();
    const Resident anne = town.move_in("anne", {{"service_key.enfance", key}});
    const Resident mallory = town.move_in("mallory", {{"service_key.enfance", key}});
    CHECK(state_of_key(town, mallory) == "queued");
    CHECK(marks_of(town, mallory) == "key_used ");
    CHECK_FALSE(town.snapshot(mallory).household);
    CHECK(town.snapshot(anne).household);
    CHECK(town.count("SELECT count(*) FROM key_entries WHERE typed <> ''") == 1);
}

TEST_CASE("each way in which a key opens nothing has its own mark, and none blocks") {
    Town town(TOWN);
    let_service_know(town);
    const std::string revoked = issue(town).keys[0].key.shown();
    const std::string expired = issue(town, "F1", "2026-11-24").keys[0].key.shown();
    town.clock.at += UnixSeconds{3} * 24 * 3600;
    CountingRandom other;
    for (int i = 0; i < 1000; ++i) // far from the town's own
        other.bytes(1);
    std::string mistyped = expired;
    mistyped[0] = mistyped[0] == 'A' ? 'B' : 'A';
    int number = 0;
    for (const auto& [key, mark] :
         {std::pair(revoked, "key_revoked "), std::pair(expired, "key_expired "),
          std::pair(make_key(other).shown(), "key_wrong "), std::pair(mistyped, "key_mistyped "),
          std::pair(std::string("ENF-2041"), "key_wrong ")}) {
        const Resident resident =
            town.move_in(std::string("anne") + static_cast<char>('a' + number++), {{"service_key.enfance", key}});
        INFO(key);
        CHECK(marks_of(town, resident) == mark);
        CHECK(state_of_key(town, resident) == "queued");
        CHECK_FALSE(town.snapshot(resident).household);
    }
}

TEST_CASE("a key typed in the profile links the account at once; without one the change needs no agent") {
    Town town(TOWN);
    let_service_know(town);
    const std::string key = issue(town).keys[0].key.shown();
    const Resident anne = town.move_in("anne");
    REQUIRE(town.receive(anne.device, profile_of(town, anne, {{"service_key.enfance", key}})));
    CHECK(town.latest(anne).state == "accepted");
    CHECK(town.snapshot(anne).household);
    // The same person types it again: nothing is wrong, nothing is new.
    REQUIRE(town.receive(anne.device, profile_of(town, anne, {{"service_key.enfance", key}})));
    CHECK(town.latest(anne).state == "accepted");
    REQUIRE(town.receive(anne.device, profile_of(town, anne, {{"service_key.enfance", "ENF-9"}})));
    CHECK(town.latest(anne).state == "received"); // for the staff's queue
    CHECK(state_of_key(town, anne) == "queued");
    CHECK(town.snapshot(anne).household);
}

TEST_CASE("a key of a person who has an account, or of another family than one's own, links nobody") {
    Town town(TOWN);
    let_service_know(town);
    let_service_know(town, "F2");
    const std::string annes = issue(town).keys[0].key.shown();
    const std::string others = issue(town, "F2").keys[0].key.shown();
    const Resident anne = town.move_in("anne", {{"service_key.enfance", annes}});
    REQUIRE(town.receive(anne.device, profile_of(town, anne, {{"service_key.enfance", others}})));
    CHECK(marks_of(town, anne) == "key_other_family ");
    CHECK(town.snapshot(anne).household->family_id == "F1");
    // It was not used up: whom it was meant for may still use it.
    const Resident eve = town.move_in("eve", {{"service_key.enfance", others}});
    CHECK(town.snapshot(eve).household->family_id == "F2");
}

TEST_CASE("after ten bad keys in a day a right one is not even looked up, and a day later it is") {
    Town town(TOWN);
    let_service_know(town);
    const std::string key = issue(town).keys[0].key.shown();
    const Resident anne = town.move_in("anne");
    for (int i = 0; i < store::KEY_ATTEMPTS_ALLOWED; ++i) {
        REQUIRE(town.receive(anne.device, profile_of(town, anne, {{"service_key.enfance", "ENF-9"}})));
        town.clock.at += 60;
    }
    REQUIRE(town.receive(anne.device, profile_of(town, anne, {{"service_key.enfance", key}})));
    CHECK(marks_of(town, anne) == "key_limited ");
    CHECK_FALSE(town.snapshot(anne).household);
    town.clock.at += store::KEY_ATTEMPTS_WINDOW + 60;
    REQUIRE(town.receive(anne.device, profile_of(town, anne, {{"service_key.enfance", key}})));
    CHECK(town.snapshot(anne).household);
}

TEST_CASE("the key that a town fills in for everybody proves nothing and links nobody") {
    Town town("oudon");
    const Resident anne = town.move_in("anne");
    CHECK(town.snapshot(anne).keys.empty());
    CHECK_FALSE(town.snapshot(anne).household);
    CHECK(marks_of(town, anne).find("key_") == std::string::npos);
}

TEST_CASE("an invitation's code makes the account the invited representative, by link or typed") {
    Town town(TOWN);
    let_service_know(town);
    const Resident anne = town.move_in("anne", {{"service_key.enfance", issue(town).keys[0].key.shown()}});
    const auto household = town.snapshot(anne).household;
    const domain::ServiceKey code = make_key(town.random);
    store::NewInvitation invitation;
    invitation.key = {TOWN,          store::INVITATION,   key_hash(code), household->id, household->people[1].id,
                      town.clock.at, town.clock.at + 9999};
    invitation.inviter = anne.account;
    invitation.email = "jean@example.org";
    invitation.mail.message_id = "i@example.org";
    REQUIRE(*town.store().invite(invitation) == store::InviteOutcome::invited);
    CHECK(town.snapshot(anne).invitations.front().state == "sent");

    const Resident jean = town.move_in("jean", {{"invitation", code.shown()}});
    const auto people = households::visible_people(*town.snapshot(jean).household, jean.account);
    CHECK(people.front().reference == households::reference_of(household->people[1].id));
    CHECK(town.snapshot(anne).invitations.front().state == "used");
    CHECK(*town.store().invite(invitation) == store::InviteOutcome::has_account);
    invitation.key.person = store::PersonId(4711);
    CHECK(*town.store().invite(invitation) == store::InviteOutcome::unknown_person);
}

TEST_CASE("issuing for many spares who has a key that can still be used, and who has an account by now") {
    Town town(TOWN);
    let_service_know(town);
    const KeySurroundings around{town.store(), town.store(), town.random, town.clock.at};
    KeyWish wish;
    wish.service = "enfance";
    wish.households = {store::HouseholdId(1), store::HouseholdId(99)};
    wish.spares_live_ones = true;
    const auto first = issue_service_keys(around, wish, line_at(town));
    REQUIRE(first);
    REQUIRE(first->keys.size() == 2);
    const auto again = issue_service_keys(around, wish, line_at(town));
    REQUIRE(again);
    CHECK(again->keys.empty());
    CHECK(again->spared == 2);
    CHECK(town.count("SELECT count(*) FROM service_keys") == 2);
    CHECK(town.count("SELECT count(*) FROM audit_log WHERE action = 'key.issue'") == 1); // none for nothing

    store::FamilyQuestion question;
    question.portal = TOWN;
    question.without_key = "enfance";
    question.now = town.clock.at;
    CHECK(*town.store().count_without_key(question) == 0);
    question.now += UnixSeconds{91} * 24 * 3600; // the letters have run out
    CHECK(*town.store().count_without_key(question) == 1);
    CHECK(town.store().families(question)->size() == 1);
    question.portal = "oudon";
    CHECK(town.store().families(question)->empty());
}

TEST_CASE("one representative may get a key of their own, and days too far off are refused") {
    Town town(TOWN);
    let_service_know(town);
    const KeySurroundings around{town.store(), town.store(), town.random, town.clock.at};
    KeyWish wish{"enfance", "", "", {store::HouseholdId(1)}, store::PersonId(2), false};
    const auto issued = issue_service_keys(around, wish, line_at(town));
    REQUIRE(issued);
    REQUIRE(issued->keys.size() == 1);
    CHECK(issued->keys[0].person.id == store::PersonId(2));
    wish.last_day = "2029-01-01";
    CHECK(issue_service_keys(around, wish, line_at(town)).error() == KeyRefusal::day_wrong);
}

TEST_CASE("a revoked key opens nothing; the list says of each key what has become of it, and never the key") {
    Town town(TOWN);
    let_service_know(town);
    const IssuedKeys issued = issue(town);
    store::KeyQuestion question;
    question.portal = TOWN;
    question.now = town.clock.at;
    const auto keys = town.store().keys(question);
    REQUIRE(keys);
    REQUIRE(keys->size() == 2);
    CHECK(keys->front().id > keys->back().id);
    CHECK(keys->back().first_names == "Anne");
    CHECK(keys->back().state == store::KeyState::live);
    CHECK(keys->back().id == issued.keys[0].id);

    const store::NewAuditLine line{TOWN, town.clock.at, "staff:1", "key.revoke", "keys"};
    const auto revoke = [&](const std::string& portal, const std::vector<std::string>& services) {
        const auto revoked = town.store().revoke({portal, services, {issued.keys[0].id}, {}, town.clock.at}, line);
        REQUIRE(revoked);
        return *revoked;
    };
    CHECK(revoke("oudon", {}) == 0);       // another town's
    CHECK(revoke(TOWN, {"cantine"}) == 0); // another service's
    CHECK(revoke(TOWN, {"enfance"}) == 1);
    CHECK(revoke(TOWN, {"enfance"}) == 0);
    CHECK(town.count("SELECT count(*) FROM audit_log WHERE action = 'key.revoke'") == 1);
    const Resident anne = town.move_in("anne", {{"service_key.enfance", issued.keys[0].key.shown()}});
    CHECK(marks_of(town, anne).find("key_revoked") != std::string::npos);
    const Resident jean = town.move_in("jean", {{"service_key.enfance", issued.keys[1].key.shown()}});
    question.state = store::KeyState::used;
    CHECK(town.store().keys(question)->size() == 1);
    CHECK(*town.store().revoke({TOWN, {}, {}, "enfance", town.clock.at}, line) == 0); // none is left
}

TEST_CASE("a family is found by the beginning of anybody's names, without accents, and by its id") {
    Town town(TOWN);
    let_service_know(town);
    let_service_know(town, "F2");
    const auto found = [&](const std::string& text, const std::string& portal = TOWN) {
        store::FamilyQuestion question;
        question.portal = portal;
        question.text = text;
        const auto rows = town.store().families(question);
        REQUIRE(rows);
        return rows->size();
    };
    CHECK(found("lea") == 2);
    CHECK(found("MART lé") == 2);
    CHECK(found("martin jean") == 0); // two people are not one
    CHECK(found("F2") == 1);
    CHECK(found("artin") == 0);
    CHECK(found("lea", "oudon") == 0);
    CHECK(found("%") == 0);
    REQUIRE(town.database().write([](sqlite::Connection& db) {
        return db.run("UPDATE household_people SET name_key = 'anne-lise le goff', last_name = 'Muñoz' WHERE id = 1");
    }));
    for (const char* text : {"lise", "Anne-Lise", "LE GOFF", "muñ", "munoz anne"})
        CHECK(found(text) == 1);
    store::FamilyQuestion question;
    question.portal = TOWN;
    question.text = "lea";
    question.limit = 1;
    const auto first = town.store().families(question);
    REQUIRE(first->size() == 1);
    question.after = first->front().id.number();
    CHECK(town.store().families(question)->front().id > first->front().id);
}

TEST_CASE(
    "a letter's address is as the post wants it; who lives with the other gets the other's; who has none, the name") {
    store::Household household;
    const auto somebody = [&](std::int64_t id, Answers answers) {
        store::HouseholdPerson person;
        person.id = store::PersonId(id);
        person.answers = std::move(answers);
        household.people.push_back(person);
    };
    somebody(1, {{"civility", "madame"},
                 {"first_names", "Zoé"},
                 {"birth_name", "Le Goff"},
                 {"usage_name", "Muñoz"},
                 {"address", "3 bis rue de l’Église"},
                 {"apartment", "12"},
                 {"building", "B"},
                 {"residence", "Les Acacias"},
                 {"address_extra", "Lieu-dit La Pilardière"},
                 {"postal_code", "94100"},
                 {"commune", "Saint-Maur-des-Fossés"}});
    somebody(2, {{"first_names", "Jean"}, {"birth_name", "Durand"}, {"address_choice", "same"}});
    somebody(3, {{"first_names", "Rose"}, {"birth_name", "Durand"}});
    using Lines = std::vector<std::string>;
    CHECK(address_lines(household, household.people[0]) ==
          Lines{"Madame Zoé Muñoz", "Appartement 12", "Les Acacias Bâtiment B", "3 bis rue de l’Église",
                "Lieu-dit La Pilardière", "94100 SAINT-MAUR-DES-FOSSES"});
    CHECK(address_lines(household, household.people[1]).size() == 6);
    CHECK(address_lines(household, household.people[1]).front() == "Jean Durand");
    CHECK(address_lines(household, household.people[2]) == Lines{"Rose Durand"});
}
