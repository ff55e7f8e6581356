// A person is erased: nothing of them is left but what is said to be kept; the other parent keeps the shared child.
#include "persons.h"

#include "households/visibility.h"
#include "store/person_key.h"

#include <set>

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;

namespace {

std::set<std::string> names(Town& town, const Resident& resident) {
    std::set<std::string> names;
    const auto snapshot = town.snapshot(resident);
    if (snapshot.household)
        for (const auto& person : households::visible_people(*snapshot.household, resident.account))
            names.insert(person.answers.at("first_names"));
    return names;
}

} // namespace

TEST_CASE("who never had a decision leaves nothing behind but the number of what was received") {
    Town town;
    const Resident anne = town.move_in("annick", {{"birth_name", "Kermadec"}});
    REQUIRE(tables_with(town, "Kermadec") != "");
    const auto erasure = erase(town, anne);
    CHECK(erasure.id > 0);
    CHECK(tables_with(town, "Kermadec") == "");
    CHECK(tables_with(town, "kermadec") == "");
    CHECK(tables_with(town, "annick") == "");
    CHECK(town.count("SELECT count(*) FROM accounts") == 0);
    CHECK(town.count("SELECT count(*) FROM envelopes") == 1);
    // Their device is nobody's from now on.
    CHECK_FALSE(town.store().account_of_device("oudon", anne.device.thumbprint()).value());
    CHECK_FALSE(town.store().find_submission("oudon", "OUDON-2026-000001").value());
    CHECK_FALSE(town.store().erase_person(erasure_of(town, anne.reference)).value());
}

TEST_CASE("asking what an erasure would do changes nothing, and says what it does") {
    Town town;
    const Resident anne = town.move_in("anne");
    town.accept(one_child(town, anne));
    const auto before = town.count("SELECT count(*) FROM submissions") + town.count("SELECT count(*) FROM mails");
    auto asked = erasure_of(town, anne.reference, false);
    asked.open_too = true;
    const auto would = town.store().erase_person(asked);
    REQUIRE(would);
    REQUIRE(*would);
    CHECK((*would)->id == 0);
    CHECK(town.count("SELECT count(*) FROM submissions") + town.count("SELECT count(*) FROM mails") == before);
    CHECK(town.store().erasures("oudon", 10)->empty());
    CHECK(town.store().verify_audit("oudon")->lines == 0);
    const auto did = erase(town, anne);
    REQUIRE(did.erased.size() == (*would)->erased.size());
    for (std::size_t i = 0; i < did.erased.size(); ++i) {
        CHECK(did.erased[i].what == (*would)->erased[i].what);
        CHECK(did.erased[i].count == (*would)->erased[i].count);
    }
    CHECK(did.kept.size() == (*would)->kept.size());
}

TEST_CASE("open requests hold an erasure up until somebody says that they go too") {
    Town town;
    const Resident anne = town.move_in("anne");
    const auto held = erase(town, anne, false);
    CHECK(held.id == 0);
    CHECK(held.open_requests == std::vector<std::string>{"OUDON-2026-000001"});
    CHECK(town.count("SELECT count(*) FROM accounts") == 1);
    CHECK(erase(town, anne).id > 0);
    CHECK(town.count("SELECT count(*) FROM accounts") == 0);
}

TEST_CASE(
    "a decision that may still be contested is kept under nobody's name, found by its number only, until its day") {
    Town town;
    const Resident anne = town.move_in("annick", {{"birth_name", "Kermadec"}});
    activate(town, anne);
    const std::string number = one_child(town, anne);
    town.accept(number);
    const auto erasure = erase(town, anne);
    std::set<std::string> kept;
    for (const auto& one : erasure.kept)
        if (one.what == "request") {
            kept.insert(one.number);
            CHECK(one.why == "contest");
            CHECK(one.until == town.clock.at + HOLD);
        }
    CHECK(kept == std::set<std::string>{"OUDON-2026-000001", number});
    CHECK(tables_with(town, "Kermadec") == "submissions ");
    store::QueueQuestion question;
    question.scope.portal = "oudon";
    question.text = "kermadec";
    CHECK(town.store().queue_page(question)->items.empty());
    CHECK(town.record(number).account.email.empty());

    town.clock.at += HOLD + DAY_SECONDS;
    CHECK(erased_by(run_retention(town), "kept_after_erasure") == 2);
    CHECK(town.count("SELECT count(*) FROM submissions") == 0);
    CHECK(town.count("SELECT count(*) FROM accounts") == 0);
    CHECK(tables_with(town, "Kermadec") == "");
}

TEST_CASE("a shared child stays for the other parent, who is told, and nothing of the erased one is in it any more") {
    Town town;
    const Resident anne = town.move_in("annick", {{"birth_name", "Kermadec"}});
    const Resident jean = town.move_in("jean", {{"birth_name", "Durand"}});
    town.accept(one_child(town, anne));
    town.accept(one_child(town, jean));
    store::NewMerge merge{
        "oudon", jean.reference, anne.reference, false, JEANNE, town.clock.at, line_of(town, "family.merge")};
    REQUIRE(town.store().merge(merge)->outcome == store::MergeOutcome::done);
    // Both have authority over the one child there is now.
    REQUIRE(town.database().write([&](sqlite::Connection& db) {
        return db.run("UPDATE household_people SET answers = json_set(answers, '$.\"authority.k' || (SELECT p.id FROM"
                      " household_people p WHERE p.account_id = ?1) || '\"', 'yes') WHERE kind = 'child'"
                      " AND state = 'active'",
                      anne.account.number());
    }));
    REQUIRE(names(town, anne).count("Léa") == 1);
    const auto cursor = town.store().cursor_of(jean.account).value();

    auto asked = erasure_of(town, anne.reference);
    asked.decided_after = town.clock.at; // nothing to contest
    asked.open_too = true;
    const auto erasure = town.store().erase_person(asked);
    REQUIRE(erasure);
    REQUIRE(*erasure);
    CHECK(std::any_of((*erasure)->kept.begin(), (*erasure)->kept.end(),
                      [](const store::ErasureKept& one) { return one.what == "child" && one.why == "other_parent"; }));
    CHECK(names(town, jean) == std::set<std::string>{"Léa", "jean"});
    CHECK(town.store().cursor_of(jean.account).value() > cursor);
    CHECK(tables_with(town, "Kermadec") == "");
    CHECK(town.count("SELECT count(*) FROM merges") == 0);
    // The other parent goes on as before.
    CHECK(town.receive(jean.device, town.payload_of(form::Procedure::profile,
                                                    {{"birth_name", "Durand"},
                                                     {"first_names", "jean"},
                                                     {"birth_date.day", "3"},
                                                     {"birth_date.month", "11"},
                                                     {"birth_date.year", "1985"},
                                                     {"address", "2 rue de jean"},
                                                     {"postal_code", "44521"},
                                                     {"commune", "Oudon"},
                                                     {"mobile", "+33612345678"},
                                                     {"email", "jean@example.org"}},
                                                    jean.reference)));
}

TEST_CASE("a request that is on its way while its sender is erased makes nobody anew") {
    Town town;
    const Resident anne = town.move_in("anne");
    store::Answers answers;
    put(answers, "children.0", child_named("Léa"));
    const std::string id = Device::new_envelope_id();
    const SignedRequest sealed =
        town.seal(anne.device, town.payload_of(form::Procedure::entourage, answers, anne.reference), id);
    // The server has looked the device up already when the erasure comes.
    store::NewRequest in_flight;
    in_flight.envelope_id = std::string(16, '\x07');
    in_flight.digest = std::string(32, '\x07');
    in_flight.device = anne.device.thumbprint();
    in_flight.portal = "oudon";
    in_flight.revision = town.portal().revision;
    in_flight.procedure = 2;
    in_flight.number_prefix = "OUDON";
    in_flight.year = 2026;
    in_flight.answers = "{}";
    in_flight.account = anne.account;
    in_flight.make_receipt = [](const store::ReceiptFacts&) { return std::string("receipt"); };
    erase(town, anne);
    CHECK_FALSE(town.store().accept(in_flight));
    CHECK_FALSE(town.receive_again(anne.device, sealed, id));
    CHECK(town.count("SELECT count(*) FROM submissions") == 0);
    CHECK(town.count("SELECT count(*) FROM accounts") == 0);
}

TEST_CASE("the same letter is not taken for a new one after its sender was erased") {
    Town town;
    const Resident anne = town.move_in("anne");
    const auto envelope = town.count("SELECT count(*) FROM envelopes");
    erase(town, anne);
    REQUIRE(envelope == 1);
    std::string id;
    std::string digest;
    REQUIRE(town.database().read([&](sqlite::Connection& db) {
        db.each("SELECT id, digest FROM envelopes", [&](sqlite::Row row) {
            id = row.text(0);
            digest = row.text(1);
        });
        return 0;
    }));
    store::NewRegistration again;
    again.envelope_id = id;
    again.digest = digest;
    const auto accepted = town.store().accept(again);
    REQUIRE(accepted);
    CHECK(accepted->kind == store::Accepted::Kind::replayed);
    CHECK(town.count("SELECT count(*) FROM accounts") == 0);
}

TEST_CASE("the audit log is whole after an erasure, and names nobody") {
    Town town;
    const Resident anne = town.move_in("annick", {{"birth_name", "Kermadec"}});
    REQUIRE(town.store().add_audit_line(
        {"oudon", town.clock.at, "staff:1", "submission.view", "submission:OUDON-2026-000001", {}}));
    const auto erasure = erase(town, anne);
    const auto verdict = town.store().verify_audit("oudon");
    REQUIRE(verdict);
    CHECK_FALSE(verdict->broken);
    CHECK(verdict->lines == 2);
    CHECK(tables_with(town, "Kermadec") == "");
    const auto list = town.store().erasures("oudon", 10);
    REQUIRE(list);
    REQUIRE(list->size() == 1);
    CHECK(list->front().id == erasure.id);
    CHECK(list->front().erased.size() == erasure.erased.size());
    CHECK(list->front().kept.size() == erasure.kept.size());
}

TEST_CASE("another town's manager erases and reads nobody here") {
    Town town;
    const Resident anne = town.move_in("anne");
    auto asked = erasure_of(town, anne.reference);
    asked.portal = "saint-maur-des-fosses";
    CHECK_FALSE(town.store().erase_person(asked).value());
    CHECK_FALSE(town.store().person_file("saint-maur-des-fosses", anne.reference, town.clock.at).value());
    CHECK(town.count("SELECT count(*) FROM accounts") == 1);
}

TEST_CASE("every table that points to an account, a request, a person or a family is dealt with by erasing") {
    Town town;
    // What erasing takes care of, by itself or by the schema; a new table has to be added there and here.
    const std::set<std::string> known = {"account_changes",
                                         "account_versions",
                                         "accounts",
                                         "activation_tokens",
                                         "devices",
                                         "email_changes",
                                         "household_people",
                                         "household_person_versions",
                                         "key_entries",
                                         "mails",
                                         "merges",
                                         "messages",
                                         "password_jobs",
                                         "pending_decisions",
                                         "reset_tokens",
                                         "search_keys",
                                         "service_keys",
                                         "submission_events",
                                         "submission_marks",
                                         "submission_notes",
                                         "submission_versions",
                                         "submission_viewers",
                                         "submissions"};
    std::set<std::string> pointing;
    REQUIRE(town.database().read([&](sqlite::Connection& db) {
        db.each("SELECT DISTINCT t.name FROM sqlite_schema t, pragma_foreign_key_list(t.name) f"
                " WHERE t.type = 'table' AND f.\"table\" IN ('accounts', 'submissions', 'household_people',"
                " 'households')",
                [&](sqlite::Row row) { pointing.insert(row.text(0)); });
        return 0;
    }));
    CHECK(pointing == known);
}
