#include "sqlite/database.h"
#include "test_support/scratch_folder.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <stdexcept>
#include <thread>

using foyer::server::sqlite::Connection;
using foyer::server::sqlite::Database;
using foyer::server::sqlite::DatabaseOptions;
using foyer::server::sqlite::Row;
using foyer::server::store::StoreError;
using foyer::test::ScratchFolder;

namespace {

DatabaseOptions at(const ScratchFolder& folder) {
    DatabaseOptions options;
    options.path = folder.file("foyer.sqlite");
    return options;
}

void make_notes(Database& database) {
    REQUIRE(database.write([](Connection& db) {
        db.run("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT UNIQUE NOT NULL) STRICT");
        return true;
    }));
}

std::int64_t count_notes(Database& database) {
    return database
        .read([](Connection& db) {
            return db.first("SELECT count(*) FROM notes", [](Row row) { return row.integer(0); }).value_or(-1);
        })
        .value_or(-1);
}

foyer::Result<bool, StoreError> add(Database& database, const std::string& text) {
    return database.write([&](Connection& db) {
        db.run("INSERT INTO notes (text) VALUES (?)", text);
        return true;
    });
}

} // namespace

TEST_CASE("what was written is there after the database is opened again") {
    const ScratchFolder folder;
    {
        auto database = Database::open(at(folder));
        REQUIRE(database);
        make_notes(**database);
        REQUIRE(add(**database, "one"));
    }
    auto database = Database::open(at(folder));
    REQUIRE(database);
    CHECK(count_notes(**database) == 1);
}

TEST_CASE("one bad change does not fail its neighbours") {
    const ScratchFolder folder;
    auto database = Database::open(at(folder));
    REQUIRE(database);
    make_notes(**database);
    REQUIRE(add(**database, "taken"));
    std::atomic<int> stored{0};
    std::atomic<int> refused{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 32; ++i)
        threads.emplace_back([&, i] {
            if (add(**database, i % 4 == 0 ? "taken" : "note " + std::to_string(i)))
                ++stored;
            else
                ++refused;
        });
    for (std::thread& thread : threads)
        thread.join();
    CHECK(stored == 24);
    CHECK(refused == 8);
    CHECK(count_notes(**database) == 25);
}

TEST_CASE("a change that fails half-way leaves nothing behind") {
    const ScratchFolder folder;
    auto database = Database::open(at(folder));
    REQUIRE(database);
    make_notes(**database);
    const auto result = (*database)->write([](Connection& db) -> bool {
        db.run("INSERT INTO notes (text) VALUES ('half')");
        throw std::runtime_error("the other half");
    });
    REQUIRE_FALSE(result);
    CHECK(result.error() == StoreError::unavailable);
    CHECK(count_notes(**database) == 0);
}

TEST_CASE("a full disk refuses the change, keeps what was there, and serves again once there is room") {
    const ScratchFolder folder;
    DatabaseOptions options = at(folder);
    options.maximum_pages = 300; // the empty tables and their indexes take half of them
    {
        auto database = Database::open(std::move(options));
        REQUIRE(database);
        make_notes(**database);
        int stored = 0;
        while (stored < 1000 && add(**database, std::to_string(stored) + std::string(20000, 'x')))
            ++stored;
        REQUIRE(stored > 0);
        REQUIRE(stored < 1000);
        CHECK(count_notes(**database) == stored);
        const auto refused = add(**database, std::string(20000, 'y'));
        REQUIRE_FALSE(refused);
        CHECK(refused.error() == StoreError::unavailable);
        CHECK(count_notes(**database) == stored);
    }
    auto database = Database::open(at(folder));
    REQUIRE(database);
    CHECK(add(**database, std::string(20000, 'y')));
}

TEST_CASE("a damaged file is refused with a sentence and left as it is") {
    const ScratchFolder folder;
    std::ofstream(folder.file("foyer.sqlite")) << std::string(8192, 'z');
    const auto database = Database::open(at(folder));
    REQUIRE_FALSE(database);
    CHECK(database.error().find("damaged") != std::string::npos);
    std::ifstream file(folder.file("foyer.sqlite"));
    CHECK(std::string(std::istreambuf_iterator<char>(file), {}) == std::string(8192, 'z'));
}

TEST_CASE("damage inside the file is found at start") {
    const ScratchFolder folder;
    {
        auto database = Database::open(at(folder));
        REQUIRE(database);
        make_notes(**database);
        for (int i = 0; i < 200; ++i)
            REQUIRE(add(**database, std::to_string(i) + std::string(500, 'n')));
    }
    std::fstream file(folder.file("foyer.sqlite"), std::ios::in | std::ios::out | std::ios::binary);
    for (int page = 20; page < 40; ++page) {
        file.seekp(page * 4096);
        file << std::string(4096, '\x7f');
    }
    file.close();
    const auto database = Database::open(at(folder));
    REQUIRE_FALSE(database);
    CHECK(database.error().find("damaged") != std::string::npos);
}

TEST_CASE("another program's SQLite file is not touched") {
    const ScratchFolder folder;
    {
        Connection other(folder.file("foyer.sqlite"), Connection::Mode::read_write);
        other.script("CREATE TABLE recipes (name TEXT)");
    }
    const auto database = Database::open(at(folder));
    REQUIRE_FALSE(database);
    CHECK(database.error().find("another program") != std::string::npos);
}

TEST_CASE("a file of a newer program is refused") {
    const ScratchFolder folder;
    REQUIRE(Database::open(at(folder)));
    {
        Connection newer(folder.file("foyer.sqlite"), Connection::Mode::read_write);
        newer.script("PRAGMA user_version = 999");
    }
    const auto database = Database::open(at(folder));
    REQUIRE_FALSE(database);
    CHECK(database.error().find("newer") != std::string::npos);
}

TEST_CASE("a full queue answers busy at once") {
    const ScratchFolder folder;
    DatabaseOptions options = at(folder);
    options.queue_limit = 2;
    auto database = Database::open(std::move(options));
    REQUIRE(database);
    make_notes(**database);
    std::atomic<bool> inside{false};
    std::atomic<bool> release{false};
    std::atomic<bool> written{false};
    std::thread slow([&] { // Catch2's assertions belong to one thread
        written = (*database)
                      ->write([&](Connection&) {
                          inside = true;
                          inside.notify_all();
                          release.wait(false);
                          return true;
                      })
                      .has_value();
    });
    inside.wait(false);
    std::atomic<int> busy{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 12; ++i)
        threads.emplace_back([&, i] {
            const auto result = add(**database, std::to_string(i));
            if (!result && result.error() == StoreError::busy)
                ++busy;
            // The queue holds two: when the tenth was turned away, the writer may go on.
            if (busy >= 10) {
                release = true;
                release.notify_all();
            }
        });
    for (std::thread& thread : threads)
        thread.join();
    slow.join();
    CHECK(written);
    CHECK(busy == 10);
    CHECK(count_notes(**database) == 2);
}

TEST_CASE("a copy is complete and never replaces another") {
    const ScratchFolder folder;
    auto database = Database::open(at(folder));
    REQUIRE(database);
    make_notes(**database);
    REQUIRE(add(**database, "kept"));
    REQUIRE(foyer::server::sqlite::copy_database(folder.file("foyer.sqlite"), folder.file("copy.sqlite")));
    CHECK_FALSE(foyer::server::sqlite::copy_database(folder.file("foyer.sqlite"), folder.file("copy.sqlite")));
    DatabaseOptions options;
    options.path = folder.file("copy.sqlite");
    auto copy = Database::open(std::move(options));
    REQUIRE(copy);
    CHECK(count_notes(**copy) == 1);
}

TEST_CASE("a large change has a transaction of its own: what waits with it is there even when it fails") {
    const ScratchFolder folder;
    auto database = Database::open(at(folder));
    REQUIRE(database);
    make_notes(**database);
    std::atomic<int> kept = 0;
    std::vector<std::thread> others;
    for (int i = 0; i < 8; ++i)
        others.emplace_back([&, i] {
            if (add(**database, "small " + std::to_string(i)))
                ++kept;
        });
    const auto failed = (*database)->write_alone([](Connection& db) {
        for (int i = 0; i < 1000; ++i)
            db.run("INSERT INTO notes (text) VALUES (?)", "large " + std::to_string(i));
        db.run("INSERT INTO notes (text) VALUES ('large 0')"); // is there already
        return true;
    });
    for (std::thread& other : others)
        other.join();
    CHECK_FALSE(failed);
    CHECK(kept == 8);
    CHECK(count_notes(**database) == 8);
    CHECK((*database)->write_alone([](Connection& db) { return db.run("DELETE FROM notes"); }).value_or(0) == 8);
    CHECK(count_notes(**database) == 0);
}
