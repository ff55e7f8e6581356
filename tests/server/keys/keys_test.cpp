// Service keys: made, hashed, issued, used once, and never blocking anybody.
#include "../households/town.h"
#include "households/visibility.h"
#include "keys/issuing.h"
#include "keys/key_hash.h"
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
            return std::optional(std::vector<store::HouseholdWrite>{write});
        },
        town.clock.at);
    REQUIRE(written);
}

IssuedKeys issue(Town& town, const std::string& family = "F1", const std::string& last_day = {}) {
    const auto issued = issue_service_keys({town.store(), town.store(), town.random, town.clock.at}, TOWN,
                                           {"enfance", family, last_day});
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
    CHECK(issue_service_keys(around, TOWN, {"enfance", "F9", ""}).error() == KeyRefusal::family_unknown);
    CHECK(issue_service_keys(around, "oudon", {"enfance", "F1", ""}).error() == KeyRefusal::family_unknown);
    for (const char* day : {"2026-11-22", "2026-02-30", "demain"})
        CHECK(issue_service_keys(around, TOWN, {"enfance", "F1", day}).error() == KeyRefusal::day_wrong);
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
