// The figures of what must cost the same in a large town as in a small one: pages of the staff's queue, searches,
// counters, statistics, an export's memory, the intake. Prints what it measured, and how the towns compare; no
// thresholds, since machines differ.
//
//   foyer-town-bench [LARGEST]      (./dev bench: a million)
//
// The first ten thousand requests are invented one by one (tests/support/demo) with their search keys, marks and
// history, by the statements of the intake; the others are copies of them under other ids, numbers, addresses of mail,
// phones and days, made by the database itself. Every trigger runs for every row.
#include "demo/filling.h"
#include "exports/request_stream.h"
#include "privacy/statistics.h"
#include "sqlite/json_columns.h"
#include "sqlite/queue_rows.h"
#include "sqlite/sqlite_store.h"
#include "sqlite/submission_rows.h"
#include "support/files.h"
#include "test_support/scratch_folder.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <malloc.h>
#include <memory>
#include <unistd.h>

using namespace foyer;
using namespace foyer::server;
using store::QueueQuestion;
using store::QueueView;

namespace {

constexpr std::int64_t BASE = 10'000; // requests that are invented
constexpr int ROUNDS = 1000;
constexpr int ARRIVALS = 300;
constexpr UnixSeconds NOW = 1'795'428'000; // Monday 2026-11-23, 10:00 UTC
constexpr const char* TODAY = "2026-11-23";
constexpr const char* TOWN = "oudon";
constexpr UnixSeconds DAY = 86'400;
constexpr UnixSeconds PERIOD = 360 * DAY; // over which the requests came

[[noreturn]] void stop(const char* what) {
    std::fprintf(stderr, "foyer-town-bench: %s\n", what);
    std::exit(1);
}
template <typename Answer> auto must(Answer&& answer, const char* what) {
    if (!answer)
        stop(what);
    return std::move(*answer);
}

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

class FixedClock final : public foyer::Clock {
public:
    [[nodiscard]] UnixSeconds now() const override { return NOW; }
};

// ---- filling ----

void invent(sqlite::Connection& db) {
    constexpr const char* STATES[] = {"received", "processing", "waiting", "accepted", "refused", "withdrawn"};
    demo::Chance chance(1);
    for (std::int64_t id = 1; id <= BASE; ++id) {
        const demo::Family family = demo::make_family(chance, {"Oudon", {"44521"}}, {2026, 11, 22}, demo::Spice::none);
        const store::Answers& answers = family.first;
        std::string envelope(16, '\0');
        std::snprintf(envelope.data(), envelope.size(), "%015lld", static_cast<long long>(id));
        const std::string number = "OUDON-2026-" + std::to_string(1'000'000 + id);
        const std::string state = STATES[chance.percent(90) ? 3 + chance.below(3) : chance.below(3)];
        const bool decided = state == "accepted" || state == "refused" || state == "withdrawn";
        const std::string origin = id % 100 == 0 ? "file" : id % 10 == 0 ? "counter" : "online";
        const UnixSeconds arrived = NOW - chance.between(DAY, PERIOD);
        const std::string due_by =
            "2026-" + std::to_string(10 + chance.below(3)) + "-" + std::to_string(10 + chance.below(19));
        db.run("INSERT INTO accounts (id, portal, state, wanted_identifier, civility, first_names, last_name, email,"
               " email_key, language, created_at, reference) VALUES (?1, 'oudon', 'active', 'x', '', ?2, ?3, ?4, ?4,"
               " 'fr', ?5, ?1)",
               id, answers.at("first_names"), family.last_name, answers.at("email"), arrived);
        db.run("INSERT INTO account_versions (account_id, version, answers, at) VALUES (?, 1, ?, ?)", id,
               sqlite::json_of(answers), arrived);
        db.run("INSERT INTO envelopes VALUES (?, zeroblob(32), zeroblob(32), 'oudon', 1, ?, 'receipt')",
               sqlite::Blob{envelope}, arrived);
        db.run("INSERT INTO submissions (id, envelope_id, portal, revision, procedure, number, state, account_id,"
               " answers, language, filled_at, received_at, due_by, service, origin) VALUES (?, ?, 'oudon',"
               " zeroblob(16), ?, ?, ?, ?, ?, 'fr', '', ?, ?, ?, ?)",
               id, sqlite::Blob{envelope}, static_cast<std::int64_t>(1 + chance.below(3)), number, state, id,
               sqlite::json_of(answers), arrived, due_by, chance.percent(50) ? "enfance" : "", origin);
        db.run("INSERT INTO submission_events (submission_id, at, event, note) VALUES (?, ?, 'received', '')", id,
               arrived);
        if (decided)
            db.run("INSERT INTO submission_events (submission_id, at, event, note, staff_id, code)"
                   " VALUES (?, ?, ?, '', 1, ?)",
                   id, std::min(NOW, arrived + chance.between(3600, 12 * DAY)), state,
                   state == "refused" ? "outside" : "");
        if (chance.percent(10))
            sqlite::write_marks(db, id, {{chance.percent(50) ? "key_wrong" : "address_unverified", {}}});
        sqlite::add_search_keys(db, id, TOWN, sqlite::search_keys_of(answers, {}, {}));
    }
}

// ?1 what is added to the ids of the first `BASE`; ?2 of which copy this is.
void copy(sqlite::Connection& db, std::int64_t which) {
    const std::int64_t offset = which * BASE;
    const auto run = [&](const char* sql) { db.run(sql, offset, which); };
    run("INSERT INTO accounts (id, portal, state, wanted_identifier, civility, first_names, last_name, email, "
        "email_key,"
        " language, created_at, reference) SELECT id + ?1, portal, state, wanted_identifier, civility, first_names,"
        " last_name, replace(email, '@', ?2 || '@'), replace(email_key, '@', ?2 || '@'), language,"
        " created_at - ?2 * 977 % 86400, id + ?1 FROM accounts WHERE id <= 10000");
    run("INSERT INTO account_versions (account_id, version, answers, at) SELECT account_id + ?1, version, answers,"
        " at - ?2 * 977 % 86400 FROM account_versions WHERE account_id <= 10000");
    run("INSERT INTO envelopes SELECT CAST(printf('%016d', id + ?1) AS BLOB), zeroblob(32), zeroblob(32),"
        " portal, 1, received_at - ?2 * 977 % 86400, 'receipt' FROM submissions WHERE id <= 10000");
    run("INSERT INTO submissions (id, envelope_id, portal, revision, procedure, number, state, account_id, answers,"
        " language, filled_at, received_at, due_by, service, origin, marks) SELECT id + ?1,"
        " CAST(printf('%016d', id + ?1) AS BLOB), portal, revision, procedure,"
        " 'OUDON-2026-' || (1000000 + id + ?1), state, account_id + ?1, answers, language, filled_at,"
        " received_at - ?2 * 977 % 86400, due_by, service, origin, marks FROM submissions WHERE id <= 10000");
    run("INSERT INTO submission_events (submission_id, at, event, note, staff_id, code) SELECT submission_id + ?1,"
        " at - ?2 * 977 % 86400, event, note, staff_id, code FROM submission_events WHERE submission_id <= 10000");
    run("INSERT INTO submission_marks (portal, code, service, procedure, state, due_by, submission_id, origin)"
        " SELECT portal, code, service, procedure, state, due_by, submission_id + ?1, origin"
        " FROM submission_marks WHERE submission_id <= 10000 AND ?2 > 0");
    run("INSERT INTO search_keys (submission_id, kind, key, portal) SELECT submission_id + ?1, kind,"
        " CASE kind WHEN 'email' THEN replace(key, '@', ?2 || '@') WHEN 'phone' THEN"
        " substr(key, 1, 8) || printf('%04d', (submission_id * 31 + ?2 * 7919) % 10000) ELSE key END, portal"
        " FROM search_keys WHERE submission_id <= 10000");
}

class Town {
public:
    explicit Town(std::int64_t size) {
        sqlite::DatabaseOptions options;
        options.path = m_folder.file("foyer.sqlite");
        options.durability = sqlite::Durability::can_be_made_again;
        m_database = must(sqlite::Database::open(std::move(options)), "the database cannot be made");
        m_store = std::make_unique<sqlite::SqliteStore>(*m_database);
        const auto start = Clock::now();
        const auto write = [&](const auto& change) {
            if (!m_database->write_alone([&](sqlite::Connection& db) {
                    change(db);
                    return Done{};
                }))
                stop("the database cannot be filled");
        };
        write([](sqlite::Connection& db) { db.script("PRAGMA cache_size = -400000"); }); // keys come in no order
        write(invent);
        for (std::int64_t which = 1; which * BASE < size; ++which) {
            write([&](sqlite::Connection& db) { copy(db, which); });
            if (::isatty(STDERR_FILENO) || which % 10 == 0)
                std::fprintf(stderr, "\r  filling: %lld of %lld requests, %.0f s ",
                             static_cast<long long>((which + 1) * BASE), static_cast<long long>(size),
                             seconds_since(start));
        }
        write([](sqlite::Connection& db) { db.script("PRAGMA cache_size = -65536; PRAGMA optimize"); });
        fill_seconds = seconds_since(start);
        std::fprintf(stderr, "\r%60s\r", "");
    }
    sqlite::SqliteStore& store() { return *m_store; }
    double fill_seconds = 0;

private:
    test::ScratchFolder m_folder;
    std::unique_ptr<sqlite::Database> m_database;
    std::unique_ptr<sqlite::SqliteStore> m_store;
};

// ---- measuring ----

struct Figures {
    double median = 0; // microseconds
    double most = 0;   // ninety-nine in a hundred are below
};

template <typename Act> Figures measure(int rounds, const Act& act) {
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        const auto start = Clock::now();
        act(i);
        times.push_back(seconds_since(start) * 1e6);
    }
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 99 / 100]};
}

QueueQuestion question_of(QueueView view) {
    QueueQuestion question;
    question.scope.portal = TOWN;
    question.today = TODAY;
    question.number_prefix = "OUDON";
    question.view = view;
    return question;
}

Figures first_page(sqlite::SqliteStore& store, QueueView view, const std::string& mark = {},
                   const std::string& origin = {}) {
    QueueQuestion question = question_of(view);
    question.mark = mark;
    question.origin = origin;
    return measure(ROUNDS, [&](int) { (void)must(store.queue_page(question), "no page"); });
}

// The page in the middle of all: as far from both ends as there is.
Figures late_page(sqlite::SqliteStore& store, std::int64_t size) {
    QueueQuestion question = question_of(QueueView::all);
    question.limit = 200;
    const std::int64_t pages = std::min<std::int64_t>(size / 400, 1000);
    for (std::int64_t i = 0; i < pages; ++i)
        question.after = must(store.queue_page(question), "no page").next;
    question.limit = 50;
    return measure(ROUNDS, [&](int) { (void)must(store.queue_page(question), "no page"); });
}

Figures search(sqlite::SqliteStore& store) {
    const std::vector<std::string> texts = {"mar", "le g", "anne", "a", "durand m", "06 00 0", "OUDON-2026-1000042"};
    QueueQuestion question = question_of(QueueView::all);
    return measure(ROUNDS, [&](int i) {
        question.text = texts[static_cast<std::size_t>(i) % texts.size()];
        (void)must(store.queue_page(question), "no page");
    });
}

Figures counters(sqlite::SqliteStore& store) {
    return measure(ROUNDS, [&](int) { (void)must(store.queue_counters({TOWN, {}, {}}, TODAY), "no counters"); });
}

Figures statistics(sqlite::SqliteStore& store) {
    return measure(ROUNDS / 10, [&](int) {
        const auto rows = must(store.statistics({TOWN, "2025-12-01", TODAY, 0}), "no statistics");
        (void)privacy::statistics_of(privacy::days_between("2025-12-01", TODAY), rows);
    });
}

struct Exported {
    double rows_per_second = 0;
    double grown = 0; // MB of memory in use, at its most, beyond what there was before
};

Exported exported(sqlite::SqliteStore& store) {
    const FixedClock clock;
    std::int64_t rows = 0;
    exports::Wish wish;
    wish.format = exports::Format::json_lines;
    wish.filter = question_of(QueueView::all);
    exports::RequestStream stream({store, store, clock, [] { return true; },
                                   [&](std::int64_t count) {
                                       rows = count;
                                       return true;
                                   }},
                                  std::move(wish), must(store.export_bounds(), "no bounds"));
    const std::size_t before = mallinfo2().uordblks;
    std::size_t most = before;
    const auto start = Clock::now();
    std::string part;
    for (exports::Step step = exports::Step::more; step == exports::Step::more;) {
        part.clear();
        step = stream.next(part);
        if (step == exports::Step::broken)
            stop("an export was cut");
        most = std::max<std::size_t>(most, mallinfo2().uordblks);
    }
    return {static_cast<double>(rows) / seconds_since(start), static_cast<double>(most - before) / 1e6};
}

// Requests of every kind that arrive and are decided, by the server's own use cases.
double arrivals_per_second(sqlite::SqliteStore& store) {
    const auto text_bytes = read_file(std::string(FOYER_GENERATED) + "/i18n/texts-fr.bin");
    const auto files = portals::read_portal_files(std::string(FOYER_SOURCE_DIR) + "/shared/portals");
    if (!text_bytes || !files)
        stop("the towns or the texts are not there");
    const auto texts = must(i18n::Texts::load(*text_bytes), "the texts are damaged");
    std::vector<std::string> unreadable;
    const auto catalogue = must(portals::Catalogue::open(*files, store, NOW, unreadable), "no towns");
    demo::Wishes wishes;
    wishes.requests = ARRIVALS;
    wishes.seed = 7;
    wishes.now = NOW;
    wishes.accounts_can_log_in = false;
    const auto start = Clock::now();
    const auto filled = demo::fill_town({{store, store, store, store},
                                         catalogue,
                                         nullptr,
                                         [&](std::string_view) -> const i18n::Texts& { return texts; }},
                                        TOWN, wishes);
    if (!filled)
        stop(filled.error().c_str());
    return ARRIVALS / seconds_since(start);
}

// ---- printing ----

struct Row {
    const char* name;
    const char* unit;
    std::vector<double> values; // of each town, the smallest first
    bool more_is_better = false;
};

} // namespace

int main(int count, char** values) {
    const std::int64_t largest = count > 1 ? std::strtoll(values[1], nullptr, 10) : 1'000'000;
    if (largest < BASE || count > 2)
        stop("say how many requests the largest town has: 10000 or more");
    std::vector<std::int64_t> sizes;
    for (std::int64_t size = BASE; size <= largest; size *= 10)
        sizes.push_back(size);
    std::vector<Row> rows = {{"queue, new: first page", "µs", {}},
                             {"queue, late: first page", "µs", {}},
                             {"queue, doubtful: first page", "µs", {}},
                             {"queue, all: first page", "µs", {}},
                             {"queue, all: a page far inside", "µs", {}},
                             {"queue, one mark: first page", "µs", {}},
                             {"queue, by file: first page", "µs", {}},
                             {"queue, by file, one mark", "µs", {}},
                             {"search, median", "µs", {}},
                             {"search, 99 of 100 below", "µs", {}},
                             {"counters", "µs", {}},
                             {"statistics of a year", "µs", {}},
                             {"export: memory grown by", "MB", {}},
                             {"export: rows", "/s", {}, true},
                             {"requests received and decided", "/s", {}, true}};
    for (const std::int64_t size : sizes) {
        Town town(size);
        sqlite::SqliteStore& store = town.store();
        std::fprintf(stderr, "  %lld requests filled in %.0f s; measuring\n", static_cast<long long>(size),
                     town.fill_seconds);
        const Figures searched = search(store);
        const Exported out = exported(store);
        const double of_this[] = {first_page(store, QueueView::fresh).median,
                                  first_page(store, QueueView::late).median,
                                  first_page(store, QueueView::doubtful).median,
                                  first_page(store, QueueView::all).median,
                                  late_page(store, size).median,
                                  first_page(store, QueueView::all, "key_wrong").median,
                                  first_page(store, QueueView::all, {}, "file").median,
                                  first_page(store, QueueView::all, "key_wrong", "file").median,
                                  searched.median,
                                  searched.most,
                                  counters(store).median,
                                  statistics(store).median,
                                  out.grown,
                                  out.rows_per_second,
                                  arrivals_per_second(store)};
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i].values.push_back(of_this[i]);
    }
    std::printf("%-32s", "requests in the town");
    for (const std::int64_t size : sizes)
        std::printf("%12lld", static_cast<long long>(size));
    std::printf("   largest / smallest\n");
    for (const Row& row : rows) {
        std::printf("%-32s", row.name);
        for (const double value : row.values)
            std::printf(value < 20 ? "%9.1f %-2s" : "%9.0f %-2s", value, row.unit);
        std::printf("   %.2f\n", row.values.back() / row.values.front());
    }
    std::printf("Medians of %d; pages of 50. A ratio near 1 is flat.\n", ROUNDS);
}
