#include "sqlite/sqlite_store.h"
#include "submission.h"
#include "test_support/faulty_disk.h"
#include "test_support/scratch_folder.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <thread>

using namespace foyer::server;
using foyer::test::FaultyDisk;
using foyer::test::ScratchFolder;
using foyer::test::submission_named;
using Lasting = FaultyDisk::Lasting;

namespace {

std::unique_ptr<sqlite::Database> open_database(const ScratchFolder& folder) {
    FaultyDisk::install();
    sqlite::DatabaseOptions options;
    options.path = folder.file("foyer.sqlite");
    auto opened = sqlite::Database::open(std::move(options));
    REQUIRE(opened);
    return std::move(opened).value();
}

std::int64_t count(sqlite::Database& database, const char* sql) {
    return database
        .read([&](sqlite::Connection& db) {
            return db.first(sql, [](sqlite::Row row) { return row.integer(0); }).value_or(-1);
        })
        .value_or(-1);
}

// Everything a registration consists of is there as often as the others, and nothing of any other.
void are_whole(sqlite::Database& database, std::int64_t envelopes) {
    CHECK(count(database, "SELECT count(*) FROM envelopes") == envelopes);
    CHECK(count(database, "SELECT count(*) FROM submissions") == envelopes);
    CHECK(count(database, "SELECT count(*) FROM accounts") == envelopes);
    CHECK(count(database, "SELECT count(*) FROM activation_tokens") == envelopes);
    CHECK(count(database, "SELECT count(*) FROM password_jobs") == envelopes);
    CHECK(count(database, "SELECT count(*) FROM mails") == envelopes);
    CHECK(count(database, "SELECT last FROM submission_numbers") == envelopes); // no gap
}

} // namespace

TEST_CASE("whichever write or sync fails, an envelope is stored whole and acknowledged, or not at all") {
    const auto fault = GENERATE(FaultyDisk::Fault::full, FaultyDisk::Fault::write_error, FaultyDisk::Fault::sync_error);
    const ScratchFolder folder;
    auto database = open_database(folder);
    sqlite::SqliteStore store(*database);
    REQUIRE(store.accept(submission_named(0, "first")));
    std::int64_t stored = 1;
    int met = 0;
    // Large enough that the log is copied back into the file now and then, so those writes fail as well.
    const std::string answers = "{\"a\":\"" + std::string(120'000, 'x') + "\"}";
    for (int calls = 0; calls < 160; ++calls) {
        INFO("call " << calls);
        auto submission = submission_named(calls + 1, "family" + std::to_string(calls));
        submission.answers = answers;
        FaultyDisk::break_after(calls % 80, fault, Lasting::once);
        const auto accepted = store.accept(submission);
        met += FaultyDisk::has_failed() ? 1 : 0;
        FaultyDisk::mend();
        const auto found = store.find_envelope(submission.envelope_id);
        REQUIRE(found);
        REQUIRE(found->has_value() == accepted.has_value());
        if (!accepted) {
            CHECK(accepted.error() == store::StoreError::unavailable);
            // The disk is back: the same envelope, sent again, is stored.
            REQUIRE(store.accept(submission));
        }
        ++stored;
    }
    CHECK(met > 0);
    are_whole(*database, stored);
    database.reset();
    database = open_database(folder);
    are_whole(*database, stored);
}

TEST_CASE("a disk that fails under load loses nothing that was acknowledged, and refuses no more once it is back") {
    const auto fault = GENERATE(FaultyDisk::Fault::full, FaultyDisk::Fault::write_error, FaultyDisk::Fault::sync_error);
    const ScratchFolder folder;
    constexpr int FAMILIES = 120;
    std::vector<std::string> receipts(FAMILIES);
    auto database = open_database(folder);
    {
        sqlite::SqliteStore store(*database);
        std::atomic<int> next{0};
        std::atomic<int> refused{0};
        std::vector<std::thread> threads;
        // A group is written page by page and synced once.
        FaultyDisk::break_after(fault == FaultyDisk::Fault::sync_error ? 4 : 40, fault, Lasting::until_mended);
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                for (int mine = next++; mine < FAMILIES; mine = next++) {
                    const auto submission = submission_named(mine, "family" + std::to_string(mine));
                    const auto accepted = store.accept(submission);
                    if (accepted)
                        receipts[static_cast<std::size_t>(mine)] = accepted->receipt;
                    else if (++refused == 10)
                        FaultyDisk::mend();
                }
            });
        for (std::thread& thread : threads)
            thread.join();
        CHECK(refused >= 10);
        CHECK(refused < 30);
        FaultyDisk::mend();
    }
    database.reset();
    database = open_database(folder);
    sqlite::SqliteStore store(*database);
    std::int64_t acknowledged = 0;
    for (int i = 0; i < FAMILIES; ++i) {
        const std::string& receipt = receipts[static_cast<std::size_t>(i)];
        const auto found = store.find_envelope(submission_named(i, "").envelope_id);
        REQUIRE(found);
        CHECK(found->has_value() == !receipt.empty());
        if (*found)
            CHECK((*found)->receipt == receipt);
        acknowledged += receipt.empty() ? 0 : 1;
    }
    are_whole(*database, acknowledged);
}
