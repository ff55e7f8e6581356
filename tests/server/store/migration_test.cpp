// A database of an earlier release, with what families had stored in it, becomes one of today.
#include "sqlite/migrations.h"
#include "sqlite/sqlite_store.h"
#include "submission.h"
#include "test_support/scratch_folder.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer::server;
using foyer::test::ScratchFolder;
using store::AccountId;

namespace {

// As the first release wrote it: one active account with a device, one that waits for its activation.
void write_first_release(const std::string& path) {
    sqlite::Connection db(path, sqlite::Connection::Mode::read_write);
    db.script("PRAGMA journal_mode=WAL; PRAGMA application_id = 1179605330;");
    sqlite::migrate(db, 0, 1);
    db.script(R"(
INSERT INTO accounts (portal, state, wanted_identifier, identifier, identifier_key, password_hash, civility, first_names,
    last_name, email, email_key, language, created_at, activated_at) VALUES
    ('oudon', 'active', 'anne', 'anne', 'anne', 'hash', 'madame', 'Anne', 'Martin', 'a@example.org', 'a@example.org', 'fr',
     1000, 1100),
    ('oudon', 'pending', 'jean', 'jean', 'jean', NULL, '', 'Jean', 'Durand', 'j@example.org', 'j@example.org', 'fr', 1000,
     NULL);
INSERT INTO devices VALUES ('oudon', zeroblob(32), x'04', 1, 1200);
INSERT INTO envelopes VALUES (x'01020304050607080910111213141516', zeroblob(32), zeroblob(32), 'oudon', 1, 1000, 'receipt');
INSERT INTO envelopes VALUES (x'02020304050607080910111213141516', zeroblob(32), zeroblob(32), 'oudon', 1, 1001, 'receipt');
INSERT INTO submissions (envelope_id, portal, revision, procedure, number, state, account_id, answers, language, filled_at,
    received_at, due_by) VALUES
    (x'01020304050607080910111213141516', 'oudon', zeroblob(16), 1, 'OUDON-2026-000001', 'received', 1,
     '{"birth_date.day":"3","birth_name":"Martin","consent":"yes","first_names":"Anne","identifier":"anne","service_key.enfance":"OUDON"}',
     'fr', '2026-11-21T12:00:00Z', 1000, '2026-12-01'),
    (x'02020304050607080910111213141516', 'oudon', zeroblob(16), 1, 'OUDON-2026-000002', 'received', 2, '{}', 'fr',
     '2026-11-21T12:00:00Z', 1001, '2026-12-01');
INSERT INTO submission_numbers VALUES ('OUDON', 2026, 2);
)");
}

} // namespace

TEST_CASE("a database of the first release keeps its accounts, devices and requests, and learns of households") {
    const ScratchFolder folder;
    write_first_release(folder.file("foyer.sqlite"));
    sqlite::DatabaseOptions options;
    options.path = folder.file("foyer.sqlite");
    auto database = sqlite::Database::open(std::move(options));
    REQUIRE(database);
    sqlite::SqliteStore store(**database);

    const auto anne = store.snapshot(AccountId(1), 10, 2000);
    REQUIRE(anne);
    REQUIRE(*anne);
    CHECK((*anne)->account.reference.size() == 16);
    CHECK((*anne)->account.has_password);
    CHECK((*anne)->profile ==
          store::Answers{{"birth_date.day", "3"}, {"birth_name", "Martin"}, {"first_names", "Anne"}});
    REQUIRE((*anne)->submissions.size() == 1);
    CHECK((*anne)->submissions.front().history.front().event == "received");
    CHECK((*anne)->submissions.front().history.front().at == 1000);
    // Its account is open, so the registration is done.
    CHECK((*anne)->submissions.front().summary.state == "accepted");
    REQUIRE((*anne)->devices.size() == 1);
    CHECK((*anne)->devices.front().last_seen_at == 1200);
    CHECK_FALSE((*anne)->household);

    const auto jean = store.snapshot(AccountId(2), 10, 2000);
    REQUIRE(*jean);
    CHECK((*jean)->account.reference != (*anne)->account.reference);
    CHECK((*jean)->submissions.front().summary.state == "received");

    // What was stored before is found and counted like what comes now.
    store::QueueQuestion question;
    question.scope.portal = "oudon";
    question.text = "martin a";
    auto found = store.queue_page(question);
    REQUIRE(found);
    REQUIRE(found->items.size() == 1);
    CHECK(found->items.front().number == "OUDON-2026-000001");
    question.text = "j@example";
    CHECK(store.queue_page(question)->items.size() == 1);
    const auto counters = store.queue_counters(question.scope, "2026-12-02");
    REQUIRE(counters);
    CHECK(counters->all == 2);
    CHECK(counters->fresh == 1);
    CHECK(counters->late == 1);
    CHECK(counters->done == 1);

    // Numbers go on without a gap.
    const auto next = store.accept(foyer::test::submission_named(3, "luc"));
    REQUIRE(next);
    CHECK(next->receipt == "receipt OUDON-2026-000003");
}

TEST_CASE("requests that were marked before origins had lanes are found by how they came in") {
    constexpr std::int64_t BEFORE = 9;
    const ScratchFolder folder;
    write_first_release(folder.file("foyer.sqlite"));
    {
        sqlite::Connection db(folder.file("foyer.sqlite"), sqlite::Connection::Mode::read_write);
        sqlite::migrate(db, 1, BEFORE);
        db.script("UPDATE submissions SET origin = 'counter', state = 'received', marks = '[{\"code\":\"key_wrong\"}]';"
                  "UPDATE submissions SET origin = 'online' WHERE id = 1;"
                  "INSERT INTO submission_marks SELECT portal, 'key_wrong', service, procedure, state, due_by, id"
                  " FROM submissions");
    }
    sqlite::DatabaseOptions options;
    options.path = folder.file("foyer.sqlite");
    auto database = sqlite::Database::open(std::move(options));
    REQUIRE(database);
    sqlite::SqliteStore store(**database);
    store::QueueQuestion question;
    question.scope.portal = "oudon";
    for (const auto* mark : {"", "key_wrong"})
        for (const auto& [origin, number] :
             {std::pair{"online", "OUDON-2026-000001"}, {"counter", "OUDON-2026-000002"}}) {
            question.mark = mark;
            question.origin = origin;
            const auto page = store.queue_page(question);
            REQUIRE(page);
            REQUIRE(page->items.size() == 1);
            CHECK(page->items.front().number == number);
        }
}

TEST_CASE("two programs that bring the same database up to date do it once") {
    const ScratchFolder folder;
    write_first_release(folder.file("foyer.sqlite"));
    sqlite::Connection one(folder.file("foyer.sqlite"), sqlite::Connection::Mode::read_write);
    sqlite::Connection other(folder.file("foyer.sqlite"), sqlite::Connection::Mode::read_write);
    // Both have seen version 1 before either began.
    sqlite::migrate(one, 1);
    CHECK_NOTHROW(sqlite::migrate(other, 1));
    CHECK(other.first("PRAGMA user_version", [](sqlite::Row row) { return row.integer(0); }) ==
          sqlite::latest_schema_version());
}
