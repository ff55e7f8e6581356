// How long a page of the queue takes in towns of ten thousand to a million requests of invented families. Not a test of
// the suite: ./dev bench asks for it by its tag, and prints what it finds.
#include "demo/people.h"
#include "sqlite/json_columns.h"
#include "sqlite/queue_rows.h"
#include "sqlite/sqlite_store.h"
#include "sqlite/submission_rows.h"
#include "submission.h"
#include "test_support/scratch_folder.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>

using namespace foyer;
using namespace foyer::server;
using foyer::test::ScratchFolder;
using store::QueueQuestion;
using store::QueueView;

namespace {

constexpr int ROUNDS = 1000;
constexpr const char* STATES[] = {"received", "processing", "waiting", "accepted", "refused", "withdrawn"};

// Rows as the intake writes them, without its receipts, mails and journals: the queue reads none of those.
void fill(sqlite::Connection& db, std::int64_t first, std::int64_t last) {
    demo::Chance chance(static_cast<std::uint64_t>(first));
    for (std::int64_t id = first; id < last; ++id) {
        const demo::Family family = demo::make_family(chance, {"Oudon", {"44521"}}, {2026, 11, 22}, demo::Spice::none);
        const store::Answers& answers = family.first;
        const std::string envelope = foyer::test::bytes(16, static_cast<int>(id));
        const std::string number = "OUDON-2026-" + std::to_string(1000000 + id);
        const char* state = STATES[chance.percent(90) ? 3 + chance.below(3) : chance.below(3)];
        const std::string due_by =
            "2026-" + std::to_string(10 + chance.below(3)) + "-" + std::to_string(10 + chance.below(19));
        db.run("INSERT INTO accounts (id, portal, state, wanted_identifier, civility, first_names, last_name, email,"
               " email_key, language, created_at, reference) VALUES (?1, 'oudon', 'active', 'x', '', ?2, ?3, ?4, ?4,"
               " 'fr', 0, ?1)",
               id, answers.at("first_names"), family.last_name, answers.at("email"));
        db.run("INSERT INTO envelopes VALUES (?, zeroblob(32), zeroblob(32), 'oudon', 1, 0, 'receipt')",
               sqlite::Blob{envelope});
        db.run("INSERT INTO submissions (id, envelope_id, portal, revision, procedure, number, state, account_id,"
               " answers, language, filled_at, received_at, due_by, service) VALUES (?, ?, 'oudon', zeroblob(16), ?, ?,"
               " ?, ?, ?, 'fr', '', ?, ?, ?)",
               id, sqlite::Blob{envelope}, static_cast<std::int64_t>(1 + chance.below(3)), number, state, id,
               sqlite::json_of(answers), id, due_by, chance.percent(50) ? "enfance" : "");
        if (chance.percent(10))
            sqlite::write_marks(db, id, {{chance.percent(50) ? "key_wrong" : "address_unverified", {}}});
        sqlite::add_search_keys(db, id, "oudon", sqlite::search_keys_of(answers, {}, {}));
    }
}

struct Figures {
    double median = 0; // microseconds
    double worst = 0;  // of ninety-nine in a hundred
};

// Pages one after the other to the end, then from the start again.
Figures measure(sqlite::SqliteStore& store, QueueQuestion question, const std::vector<std::string>& texts = {}) {
    std::vector<double> times;
    for (int i = 0; i < ROUNDS; ++i) {
        if (!texts.empty())
            question.text = texts[static_cast<std::size_t>(i) % texts.size()];
        const auto start = std::chrono::steady_clock::now();
        const auto page = store.queue_page(question);
        times.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
        REQUIRE(page);
        question.after = texts.empty() ? page->next : std::string();
    }
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 99 / 100]};
}

} // namespace

TEST_CASE("a page of the queue costs the same in a town of a million requests", "[.][queue]") {
    std::printf("a page of 50 of the staff's queue, microseconds: median (99 of 100 are below)\n");
    std::printf("%10s %16s %16s %16s %16s %16s %16s\n", "requests", "new", "late", "doubtful", "all", "one mark",
                "search");
    for (const std::int64_t size : {std::int64_t{10'000}, std::int64_t{100'000}, std::int64_t{1'000'000}}) {
        const ScratchFolder folder;
        sqlite::DatabaseOptions options;
        options.path = folder.file("foyer.sqlite");
        auto database = sqlite::Database::open(std::move(options));
        REQUIRE(database);
        sqlite::SqliteStore store(**database);
        for (std::int64_t first = 1; first <= size; first += 20'000)
            REQUIRE((*database)->write([&](sqlite::Connection& db) {
                fill(db, first, std::min(first + 20'000, size + 1));
                return Done{};
            }));
        std::printf("%10lld", static_cast<long long>(size));
        QueueQuestion question;
        question.scope.portal = "oudon";
        question.today = "2026-11-22";
        question.number_prefix = "OUDON";
        const auto print = [](const Figures& figures) {
            std::printf(" %8.0f (%5.0f)", figures.median, figures.worst);
            std::fflush(stdout);
        };
        for (const QueueView view : {QueueView::fresh, QueueView::late, QueueView::doubtful, QueueView::all}) {
            question.view = view;
            print(measure(store, question));
        }
        question.mark = "key_wrong";
        print(measure(store, question));
        question.mark.clear();
        print(measure(store, question, {"mar", "le g", "anne", "a", "durand m", "06 00 0", "OUDON-2026-1000042"}));
        std::printf("\n");
    }
}
