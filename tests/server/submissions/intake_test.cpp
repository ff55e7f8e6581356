// Entourages, profiles and corrections on their way in: exactly once, for the right account, or not at all.
#include "../households/town.h"
#include "households/visibility.h"
#include "submissions/due_date.h"
#include "submissions/named_fields.h"

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;
using households::Decision;
using store::Answers;

namespace {

Answers lea() {
    Answers answers;
    put(answers, "children.0", child_named("Léa"));
    put(answers, "contacts.0", contact_named("Rose", "c0"));
    return answers;
}

std::optional<IntakeObstacle> obstacle(const Town::Received& received) {
    if (received)
        return std::nullopt;
    const auto* found = std::get_if<IntakeObstacle>(&received.error());
    return found ? std::optional(*found) : std::nullopt;
}

std::string uuid_of(const std::string& bytes) { return wire::Uuid::from_bytes(bytes)->text(); }

// An entourage for which the town waits for a correction of Léa's birth date and Rose's phone.
struct Waiting {
    Town town;
    Resident anne = town.move_in("anne");
    std::string number = town.declare(anne, lea());
    std::string id = uuid_of(town.latest(anne).envelope_id);

    explicit Waiting(const std::vector<std::string>& fields = {"children.0.birth_date", "contacts.0.contact_phone"}) {
        REQUIRE(town.decide(number, {Decision::Kind::ask, {}, fields, "Merci de vérifier."}));
    }
    [[nodiscard]] wire::Payload correction(const Answers& answers) const {
        wire::Payload payload = town.payload_of(form::Procedure::entourage, answers, anne.reference);
        payload.corrects = id;
        return payload;
    }
};

const Answers BORN_ON_THE_EIGHTH = {{"children.0.birth_date.day", "8"},
                                    {"children.0.birth_date.month", "3"},
                                    {"children.0.birth_date.year", "2019"},
                                    {"contacts.0.contact_phone", "06 55 44 33 22"}};

} // namespace

TEST_CASE("an entourage is stored once however often and in whatever order it arrives") {
    Town town;
    const Resident anne = town.move_in("anne");
    const std::string first = Device::new_envelope_id();
    const std::string second = Device::new_envelope_id();
    Answers other = lea();
    other["children.0.first_names"] = "Tom";
    const auto one = town.seal(anne.device, town.payload_of(form::Procedure::entourage, lea(), anne.reference), first);
    const auto two = town.seal(anne.device, town.payload_of(form::Procedure::entourage, other, anne.reference), second);
    const auto stored = town.receive_again(anne.device, two, second);
    REQUIRE(stored);
    CHECK(stored->fresh);
    const auto earlier = town.receive_again(anne.device, one, first);
    REQUIRE(earlier);
    for (int i = 0; i < 3; ++i) {
        town.clock.at += 86400; // the answer was lost, and the device sends again
        const auto again = town.receive_again(anne.device, two, second);
        REQUIRE(again);
        CHECK_FALSE(again->fresh);
        CHECK(again->receipt == stored->receipt);
        CHECK(town.receive_again(anne.device, one, first)->receipt == earlier->receipt);
    }
    CHECK(stored->receipt.find("OUDON-2026-000002") != std::string::npos);
    CHECK(earlier->receipt.find("OUDON-2026-000003") != std::string::npos);
    CHECK(stored->receipt.find("\"procedure\":\"entourage\"") != std::string::npos);
    CHECK(town.count("SELECT count(*) FROM submissions WHERE procedure = 2") == 2);
    CHECK(town.count("SELECT count(*) FROM submission_events e JOIN submissions s ON s.id = e.submission_id"
                     " WHERE s.procedure = 2") == 2);
    CHECK(town.snapshot(anne).submissions.front().answers.at("contacts.0.rank") == "1");
}

TEST_CASE("an envelope whose transaction fails leaves nothing of itself, not even its number") {
    Waiting waiting;
    Town& town = waiting.town;
    const auto before = town.snapshot(waiting.anne);
    const auto tables = {"SELECT count(*) FROM envelopes",
                         "SELECT count(*) FROM submissions",
                         "SELECT count(*) FROM submission_versions",
                         "SELECT count(*) FROM submission_events",
                         "SELECT count(*) FROM account_versions",
                         "SELECT count(*) FROM email_changes",
                         "SELECT count(*) FROM mails",
                         "SELECT last FROM submission_numbers"};
    std::vector<std::int64_t> counts;
    for (const char* table : tables)
        counts.push_back(town.count(table));
    // The last thing that is written is refused.
    REQUIRE(town.database().write([](sqlite::Connection& db) {
        db.script("CREATE TEMP TRIGGER no_change BEFORE INSERT ON main.account_changes"
                  " BEGIN SELECT RAISE(ABORT, 'refused'); END");
        return true;
    }));
    Answers profile = before.profile;
    profile["email"] = "new@example.org";
    const std::vector<wire::Payload> payloads = {
        town.payload_of(form::Procedure::entourage, lea(), waiting.anne.reference),
        town.payload_of(form::Procedure::profile, profile, waiting.anne.reference),
        waiting.correction(BORN_ON_THE_EIGHTH)};
    for (const wire::Payload& payload : payloads) {
        const auto received = town.receive(waiting.anne.device, payload);
        REQUIRE_FALSE(received);
        CHECK(std::get<store::StoreError>(received.error()) == store::StoreError::unavailable);
    }
    std::size_t i = 0;
    for (const char* table : tables) {
        INFO(table);
        CHECK(town.count(table) == counts[i++]);
    }
    CHECK(town.record(waiting.number).state == "waiting");
    REQUIRE(town.database().write([](sqlite::Connection& db) {
        db.script("DROP TRIGGER temp.no_change");
        return true;
    }));
    for (const wire::Payload& payload : payloads)
        CHECK(town.receive(waiting.anne.device, payload));
    CHECK(town.count("SELECT last FROM submission_numbers") == counts.back() + 2);
}

TEST_CASE("a replay is answered even after the device has logged out") {
    Town town;
    const Resident anne = town.move_in("anne");
    const std::string id = Device::new_envelope_id();
    const auto sealed = town.seal(anne.device, town.payload_of(form::Procedure::entourage, lea(), anne.reference), id);
    REQUIRE(town.receive_again(anne.device, sealed, id));
    REQUIRE(town.store().unbind_device("oudon", anne.device.thumbprint()));
    CHECK(town.receive_again(anne.device, sealed, id));
}

TEST_CASE("an entourage or profile of nobody, of somebody else, or of an unknown account is kept nowhere") {
    Town town;
    const Resident anne = town.move_in("anne");
    const Resident jean = town.move_in("jean");
    const Device nobodys;
    const std::int64_t envelopes = town.count("SELECT count(*) FROM envelopes");
    for (const auto procedure : {form::Procedure::entourage, form::Procedure::profile}) {
        CHECK(obstacle(town.receive(nobodys, town.payload_of(procedure, lea(), anne.reference))) ==
              IntakeObstacle::not_logged_in);
        for (const std::string& account : {jean.reference, std::string("0000000000000000"), std::string()})
            CHECK(obstacle(town.receive(anne.device, town.payload_of(procedure, lea(), account))) ==
                  IntakeObstacle::not_logged_in);
    }
    CHECK(town.count("SELECT count(*) FROM envelopes") == envelopes);
    // The outbox keeps it; once its author is back, it is taken.
    REQUIRE(town.store().bind_device("oudon", nobodys.thumbprint(), "key", anne.account, town.clock.at, {}));
    CHECK(town.receive(nobodys, town.payload_of(form::Procedure::entourage, lea(), anne.reference)));
}

TEST_CASE("people of another family are refused like people who do not exist, to the letter") {
    Town town;
    const Resident anne = town.move_in("anne");
    const Resident jean = town.move_in("jean");
    town.accept(town.declare(anne, lea()));
    const auto household = town.snapshot(anne).household;
    REQUIRE(household);
    std::string annes_child;
    std::string annes_contact;
    for (const store::HouseholdPerson& person : household->people) {
        if (person.kind == store::PersonKind::child)
            annes_child = households::reference_of(person.id);
        if (person.kind == store::PersonKind::contact)
            annes_contact = households::reference_of(person.id);
    }
    const auto problems_with = [&](const std::string& key, const std::string& reference) {
        Answers answers = lea();
        const bool in_key = key.back() == '.';
        answers[in_key ? key + reference : key] = in_key ? "yes" : reference;
        const auto received =
            town.receive(jean.device, town.payload_of(form::Procedure::entourage, answers, jean.reference));
        REQUIRE_FALSE(received);
        std::string text;
        for (const Problem& problem : Town::problems_of(received.error())) {
            text += problem.field + " " + std::string(name(problem.code));
            for (const auto& detail : problem.details)
                text += " " + detail.key + "=" + detail.value;
            text += "\n";
        }
        CHECK_FALSE(text.empty());
        for (const std::string& reference_in_it : {reference})
            for (std::size_t at = text.find(reference_in_it); at != std::string::npos; at = text.find(reference_in_it))
                text.replace(at, reference_in_it.size(), "X");
        return text;
    };
    for (const char* key : {"contacts.0.contact_children.", "children.0.authority.", "children.0.collectors.",
                            "children.0.living_with", "children.0.known", "contacts.0.known"})
        for (const std::string& reference : {annes_child, annes_contact}) {
            INFO(key);
            CHECK(problems_with(key, reference) == problems_with(key, "k99"));
        }
}

TEST_CASE("what an account changes in its profile is true at once, as a new version") {
    Town town;
    const Resident anne = town.move_in("anne");
    Answers answers = town.snapshot(anne).profile;
    CHECK(answers.count("identifier") == 0);
    CHECK(answers.count("consent") == 0);
    answers["usage_name"] = "Le Goff";
    answers["mobile"] = "06 00 00 00 01";
    const auto cursor = town.snapshot(anne).cursor;
    REQUIRE(town.receive(anne.device, town.payload_of(form::Procedure::profile, answers, anne.reference)));
    const auto snapshot = town.snapshot(anne);
    CHECK(snapshot.cursor > cursor);
    CHECK(snapshot.account.person.last_name == "Le Goff");
    CHECK(snapshot.profile.at("mobile") == "+33600000001");
    CHECK(snapshot.submissions.front().summary.state == "accepted");
    CHECK(town.count("SELECT count(*) FROM account_versions WHERE account_id = 1") == 2);
    CHECK(town.count("SELECT count(*) FROM account_versions WHERE version = 1 AND answers LIKE '%Le Goff%'") == 0);
    CHECK_FALSE(snapshot.email_pending);
}

TEST_CASE("a new address waits for its link, the old one is told, and counts until then") {
    Town town;
    const Resident anne = town.move_in("anne");
    const std::int64_t mails = town.count("SELECT count(*) FROM mails");
    Answers answers = town.snapshot(anne).profile;
    for (const char* email : {"anne@elsewhere.example", "anne@third.example"}) {
        answers["email"] = email;
        REQUIRE(town.receive(anne.device, town.payload_of(form::Procedure::profile, answers, anne.reference)));
        const auto snapshot = town.snapshot(anne);
        CHECK(snapshot.account.email == "anne@example.org");
        CHECK(snapshot.profile.at("email") == "anne@example.org");
        CHECK(snapshot.email_pending == email);
    }
    CHECK(town.count("SELECT count(*) FROM mails") == mails + 4);
    CHECK(town.count("SELECT count(*) FROM email_changes WHERE revoked_at IS NULL") == 1);
    CHECK(town.count("SELECT count(*) FROM mails WHERE recipient = 'anne@example.org' AND text LIKE '%third%'") == 0);
}

TEST_CASE("a changed profile changes the person in the family, and the other parent is shown the name only") {
    Town town;
    const Resident anne = town.move_in("anne");
    town.accept(town.declare(anne, lea()));
    Answers answers = town.snapshot(anne).profile;
    answers["address"] = "2 quai neuf";
    REQUIRE(town.receive(anne.device, town.payload_of(form::Procedure::profile, answers, anne.reference)));
    CHECK(town.snapshot(anne).household->people.front().answers.at("address") == "2 quai neuf");
    CHECK(town.count("SELECT count(*) FROM household_person_versions WHERE person_id = 1") == 2);
}

TEST_CASE("a correction changes the named fields only, keeps the number, and moves the due date by the waiting") {
    Waiting waiting;
    const std::string due = waiting.town.latest(waiting.anne).due_by;
    CHECK(due == "2026-12-01");                      // six working days after Monday the 23rd of November
    waiting.town.clock.at += UnixSeconds{3} * 86400; // Thursday
    Answers answers = BORN_ON_THE_EIGHTH;
    answers["children.0.first_names"] = "Mallory";
    answers["children.5.first_names"] = "Smuggled";
    const std::string id = Device::new_envelope_id();
    const auto sealed = waiting.town.seal(waiting.anne.device, waiting.correction(answers), id);
    const auto received = waiting.town.receive_again(waiting.anne.device, sealed, id);
    REQUIRE(received);
    CHECK(received->receipt.find(waiting.number) != std::string::npos);
    CHECK(received->receipt.find("2026-12-04") != std::string::npos);
    const auto record = waiting.town.record(waiting.number);
    CHECK(record.state == "received");
    CHECK(record.due_by == "2026-12-04");
    CHECK(record.version == 2);
    CHECK(record.answers.at("children.0.birth_date.day") == "8");
    CHECK(record.answers.at("contacts.0.contact_phone") == "+33655443322");
    CHECK(record.answers.at("children.0.first_names") == "Léa");
    CHECK(record.answers.count("children.5.first_names") == 0);
    CHECK_FALSE(record.correction);
    CHECK(record.history.back().event == "corrected");
    CHECK(waiting.town.count("SELECT count(*) FROM submission_versions WHERE answers LIKE '%\"7\"%'") == 1);

    const auto again = waiting.town.receive_again(waiting.anne.device, sealed, id);
    REQUIRE(again);
    CHECK(again->receipt == received->receipt);
    CHECK(waiting.town.record(waiting.number).version == 2);
    CHECK(waiting.town.count("SELECT count(*) FROM submissions WHERE procedure = 2") == 1);
    CHECK(waiting.town.count("SELECT last FROM submission_numbers") == 2);
}

TEST_CASE("a correction that nobody waits for, or of what one has not sent, is kept nowhere") {
    Waiting waiting;
    const Resident jean = waiting.town.move_in("jean");
    const std::int64_t envelopes = waiting.town.count("SELECT count(*) FROM envelopes");
    wire::Payload payload = waiting.correction(BORN_ON_THE_EIGHTH);
    payload.account = jean.reference;
    CHECK(obstacle(waiting.town.receive(jean.device, payload)) == IntakeObstacle::correction_unknown);
    payload.corrects = Device::new_envelope_id();
    CHECK(obstacle(waiting.town.receive(jean.device, payload)) == IntakeObstacle::correction_unknown);
    payload = waiting.correction(BORN_ON_THE_EIGHTH);
    payload.procedure = form::Procedure::profile;
    CHECK(obstacle(waiting.town.receive(waiting.anne.device, payload)) == IntakeObstacle::correction_unknown);
    CHECK(waiting.town.count("SELECT count(*) FROM envelopes") == envelopes);

    REQUIRE(waiting.town.receive(waiting.anne.device, waiting.correction(BORN_ON_THE_EIGHTH)));
    CHECK(obstacle(waiting.town.receive(waiting.anne.device, waiting.correction(BORN_ON_THE_EIGHTH))) ==
          IntakeObstacle::correction_not_awaited);
    CHECK(waiting.town.count("SELECT count(*) FROM envelopes") == envelopes + 1);
}

TEST_CASE("a correction is judged for the named fields only") {
    Waiting waiting;
    Answers wrong = BORN_ON_THE_EIGHTH;
    wrong["children.0.birth_date.month"] = "13";
    const auto refused = waiting.town.receive(waiting.anne.device, waiting.correction(wrong));
    REQUIRE_FALSE(refused);
    REQUIRE_FALSE(Town::problems_of(refused.error()).empty());
    CHECK(Town::problems_of(refused.error()).front().field == "children.0.birth_date");
    CHECK(waiting.town.record(waiting.number).state == "waiting");
    // What was asked for and is not answered is missing.
    CHECK_FALSE(waiting.town.receive(waiting.anne.device, waiting.correction({})));
    CHECK(waiting.town.receive(waiting.anne.device, waiting.correction(BORN_ON_THE_EIGHTH)));
}

TEST_CASE("a procedure that is a call is no envelope") {
    Town town;
    const Resident anne = town.move_in("anne");
    const auto received =
        town.receive(anne.device, town.payload_of(form::Procedure::login, {{"identifier", "anne"}}, anne.reference));
    REQUIRE_FALSE(received);
    CHECK(std::get<SealedRefusal>(received.error()).code == "procedure_not_an_envelope");
}

TEST_CASE("a child that was to be born when the form was filled in is taken when it arrives weeks later") {
    Town town;
    const Resident anne = town.move_in("anne");
    Answers answers;
    put(answers, "children.0", expected_child());
    town.clock.at += UnixSeconds{120} * 86400; // after the expected date
    CHECK(town.receive(anne.device, town.payload_of(form::Procedure::entourage, answers, anne.reference)));
}

TEST_CASE("a named field names its parts and what lies below it, and nothing that only begins alike") {
    const std::vector<std::string> fields = {"children.1.birth_date", "commune"};
    for (const char* key : {"children.1.birth_date", "children.1.birth_date.day", "commune", "commune.code"})
        CHECK(is_named(key, fields));
    for (const char* key : {"children.1.birth_dates", "children.11.birth_date", "children.1", "communes", ""})
        CHECK_FALSE(is_named(key, fields));
    CHECK_FALSE(is_named("anything", {""}));
    CHECK(with_named_fields({{"a", "1"}, {"b.x", "2"}}, {{"a", "9"}, {"b.y", "3"}, {"c", "4"}}, {"b"}) ==
          Answers{{"a", "1"}, {"b.y", "3"}});
}

TEST_CASE("holidays are those of the department unless the town says otherwise") {
    portal::Portal portal;
    portal.insee = "67482";
    CHECK(holidays_of(portal) == HolidayRegion::alsace_moselle);
    portal.insee = "44115";
    CHECK(holidays_of(portal) == HolidayRegion::france);
    portal.holidays = portal::Holidays::alsace_moselle;
    CHECK(holidays_of(portal) == HolidayRegion::alsace_moselle);
    portal.insee = "67482";
    portal.holidays = portal::Holidays::france;
    CHECK(holidays_of(portal) == HolidayRegion::france);
}

TEST_CASE("a due date is never moved before the next working day") {
    portal::Portal portal;
    portal.insee = "44115";
    const UnixSeconds friday = 1'795'773'600; // 2026-11-27
    CHECK(due_after_waiting(portal, "2026-11-10", friday - 3600, friday) == "2026-11-30");
    CHECK(due_after_waiting(portal, "", friday, friday) == "2026-11-30");
    CHECK(due_after_waiting(portal, "2026-12-10", friday - 86400, friday) == "2026-12-11");
}
