// The staff's queue in the database: what each view shows, in which order, by which statements; the counters; search.
#include "sqlite/queue_rows.h"
#include "sqlite/sqlite_store.h"
#include "submission.h"
#include "test_support/scratch_folder.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <set>

using namespace foyer::server;
using foyer::test::ScratchFolder;
using store::Colleague;
using store::QueueQuestion;
using store::QueueView;
using store::StaffId;

namespace {

const Colleague JEANNE{StaffId(7), "Jeanne"};
const Colleague PAUL{StaffId(8), "Paul"};

// A town's database with requests of known states.
class Office {
public:
    Office() {
        sqlite::DatabaseOptions options;
        options.path = m_folder.file("foyer.sqlite");
        options.on_trouble = [](const std::string& trouble) { UNSCOPED_INFO(trouble); };
        auto database = sqlite::Database::open(std::move(options));
        REQUIRE(database);
        m_database = std::move(database).value();
        m_store = std::make_unique<sqlite::SqliteStore>(*m_database);
    }
    sqlite::SqliteStore& store() { return *m_store; }
    sqlite::Database& database() { return *m_database; }

    // Gives its number.
    std::string arrive(const std::string& answers, const std::string& due_by = "2026-12-01",
                       std::vector<store::Mark> marks = {}, const std::string& origin = "online") {
        ++m_seed;
        auto registration = foyer::test::submission_named(m_seed, "person" + std::to_string(m_seed));
        registration.answers = answers;
        registration.due_by = due_by;
        registration.marks = std::move(marks);
        registration.reception.origin = origin;
        registration.email = "person" + std::to_string(m_seed) + "@example.org";
        registration.email_key = registration.email;
        registration.person = {"", "Person", std::to_string(m_seed)};
        const auto accepted = m_store->accept(registration);
        REQUIRE(accepted);
        return accepted->receipt.substr(std::string("receipt ").size());
    }
    std::int64_t id_of(const std::string& number) {
        const auto found = m_store->find_submission("oudon", number);
        REQUIRE(found);
        REQUIRE(*found);
        return (*found)->id;
    }
    void move(const std::string& number, const std::string& state, std::optional<Colleague> claim = {}) {
        store::DecisionEffects effects;
        effects.state = state;
        effects.event = {2000, state, {}, claim};
        effects.claim = std::move(claim);
        REQUIRE(m_store->decide(id_of(number), [&](const store::DecisionView&) { return std::optional(effects); }));
    }
    void set_service(const std::string& number, const std::string& service) {
        REQUIRE(m_database->write([&](sqlite::Connection& db) {
            return db.run("UPDATE submissions SET service = ? WHERE number = ?", service, number);
        }));
    }

    std::vector<std::string> numbers(QueueQuestion question) {
        std::vector<std::string> numbers;
        std::set<std::string> cursors;
        while (true) {
            const auto page = m_store->queue_page(question);
            REQUIRE(page);
            CHECK(page->items.size() <= static_cast<std::size_t>(question.limit));
            for (const auto& item : page->items)
                numbers.push_back(item.number.substr(std::string("OUDON-2026-").size()));
            if (page->next.empty())
                return numbers;
            REQUIRE(cursors.insert(page->next).second); // it goes on, never round
            question.after = page->next;
        }
    }

    // What the kept counters say must be what counting says.
    void check_counters() {
        const auto read = m_database->read([&](sqlite::Connection& db) {
            const auto count = [&](const char* sql) {
                return db.first(sql, [](sqlite::Row row) { return row.integer(0); }).value_or(-1);
            };
            CHECK(count("SELECT ifnull(sum(n), 0) FROM queue_counts WHERE what = 'all'") ==
                  count("SELECT count(*) FROM submissions"));
            CHECK(count("SELECT count(*) FROM (SELECT state, service, count(*) c FROM submissions GROUP BY 1, 2) s"
                        " LEFT JOIN queue_counts q ON q.what = 'state:' || s.state AND q.service = s.service"
                        " WHERE ifnull(q.n, 0) <> s.c") == 0);
            CHECK(count("SELECT ifnull(sum(n), 0) FROM queue_counts WHERE what >= 'due:' AND what < 'due;'") ==
                  count("SELECT count(*) FROM submissions WHERE state IN ('received', 'processing')"));
            CHECK(count("SELECT ifnull(sum(n), 0) FROM queue_counts WHERE what = 'doubtful'") ==
                  count("SELECT count(*) FROM submissions WHERE marks <> '[]'"
                        " AND state IN ('received', 'processing', 'waiting')"));
            CHECK(count("SELECT ifnull(sum(n), 0) FROM queue_counts WHERE what >= 'claimed:' AND what < 'claimed;'") ==
                  count("SELECT count(*) FROM submissions WHERE claimed_by IS NOT NULL"));
            CHECK(count("SELECT count(*) FROM queue_counts WHERE n < 0") == 0);
            CHECK(count("SELECT count(*) FROM submission_marks") ==
                  count("SELECT count(DISTINCT s.id || json_extract(m.value, '$.code')) FROM submissions s,"
                        " json_each(s.marks) m"));
            return 0;
        });
        CHECK(read);
    }

private:
    ScratchFolder m_folder;
    std::unique_ptr<sqlite::Database> m_database;
    std::unique_ptr<sqlite::SqliteStore> m_store;
    int m_seed = 0;
};

QueueQuestion view(QueueView view, int limit = 2) {
    QueueQuestion question;
    question.scope.portal = "oudon";
    question.scope.staff = JEANNE.id;
    question.view = view;
    question.today = "2026-11-30";
    question.limit = limit;
    question.number_prefix = "OUDON";
    return question;
}

QueueQuestion search(const std::string& text) {
    QueueQuestion question = view(QueueView::all, 50);
    question.text = text;
    return question;
}

using Numbers = std::vector<std::string>;

} // namespace

TEST_CASE("each view shows its requests, those that are late first, page after page") {
    Office office;
    office.arrive("{}", "2026-12-09");                                   // 1 received
    const auto two = office.arrive("{}", "2026-11-20");                  // 2 mine, late
    office.arrive("{}", "2026-11-10", {{"key_wrong", "service_key.a"}}); // 3 received, late, doubtful
    const auto four = office.arrive("{}", "2026-11-01");                 // 4 waiting
    const auto five = office.arrive("{}", "2026-11-05");                 // 5 accepted
    const auto six = office.arrive("{}", "2026-12-02");                  // 6 Paul's
    const auto seven = office.arrive("{}", "2026-11-06");                // 7 refused
    office.move(two, "processing", JEANNE);
    office.move(four, "waiting");
    office.move(five, "accepted");
    office.move(six, "processing", PAUL);
    office.move(seven, "refused");
    for (const int limit : {1, 2, 3, 50}) {
        INFO(limit);
        CHECK(office.numbers(view(QueueView::fresh, limit)) == Numbers{"000003", "000001"});
        CHECK(office.numbers(view(QueueView::mine, limit)) == Numbers{"000002"});
        CHECK(office.numbers(view(QueueView::waiting, limit)) == Numbers{"000004"});
        CHECK(office.numbers(view(QueueView::late, limit)) == Numbers{"000003", "000002"});
        CHECK(office.numbers(view(QueueView::doubtful, limit)) == Numbers{"000003"});
        CHECK(office.numbers(view(QueueView::done, limit)) == Numbers{"000007", "000005"});
        CHECK(office.numbers(view(QueueView::all, limit)) ==
              Numbers{"000004", "000003", "000002", "000006", "000001", "000007", "000005"});
    }
    const auto counters = office.store().queue_counters(view(QueueView::all).scope, "2026-11-30");
    REQUIRE(counters);
    CHECK(counters->fresh == 2);
    CHECK(counters->mine == 1);
    CHECK(counters->waiting == 1);
    CHECK(counters->late == 2);
    CHECK(counters->doubtful == 1);
    CHECK(counters->all == 7);
    CHECK(counters->done == 2);
    office.check_counters();
}

TEST_CASE("a page goes on where it ended, whatever has come or gone meanwhile") {
    Office office;
    for (int i = 0; i < 10; ++i)
        office.arrive("{}"); // all due on one day
    QueueQuestion question = view(QueueView::fresh, 4);
    auto page = office.store().queue_page(question);
    REQUIRE(page);
    REQUIRE(page->items.size() == 4);
    office.move("OUDON-2026-000004", "accepted"); // the one the cursor names
    office.move("OUDON-2026-000005", "processing", PAUL);
    question.after = page->next;
    page = office.store().queue_page(question);
    REQUIRE(page);
    CHECK(page->items.front().number == "OUDON-2026-000006");
    for (const char* nonsense : {"x", "u", "u2026.", "d.1", "9:9:9", "u2026-11-30.99999999999999999999", "\xff"}) {
        question.after = nonsense;
        CHECK(office.store().queue_page(question)); // from the start, and nothing breaks
    }
}

TEST_CASE("filters by procedure, state and mark hold in every view") {
    Office office;
    office.arrive("{}", "2026-12-01", {{"key_wrong", "a"}, {"key_wrong", "b"}});
    const auto two = office.arrive("{}", "2026-12-01", {{"email_typo", "email"}});
    office.arrive("{}");
    office.move(two, "accepted");
    QueueQuestion question = view(QueueView::all);
    question.mark = "key_wrong";
    CHECK(office.numbers(question) == Numbers{"000001"});
    question.mark = "email_typo";
    CHECK(office.numbers(question) == Numbers{"000002"});
    question.view = QueueView::doubtful; // it is done
    CHECK(office.numbers(question).empty());
    question = view(QueueView::all);
    question.state = "accepted";
    CHECK(office.numbers(question) == Numbers{"000002"});
    question.procedure = 2;
    CHECK(office.numbers(question).empty());
    question.state.clear();
    question.procedure = 1;
    CHECK(office.numbers(question).size() == 3);
}

TEST_CASE("how a request came in is a filter of every view, with any other filter beside it") {
    Office office;
    const std::vector<store::Mark> doubt = {{"key_wrong", "a"}};
    office.arrive("{}", "2026-12-04");                                                               // 1
    office.arrive("{}", "2026-12-03", {}, "counter");                                                // 2
    office.arrive("{}", "2026-11-20", doubt, "file");                                                // 3 late
    const auto four = office.arrive("{}", "2026-12-02", doubt, "counter");                           // 4 done
    const auto five = office.arrive("{}", "2026-11-10", {}, "file");                                 // 5 waiting
    const auto six = office.arrive(R"({"birth_name": "Munoz"})", "2026-11-05", doubt, "counter");    // 6 mine, late
    office.arrive(R"({"birth_name": "Munoz"})", "2026-12-01", {{"email_typo", "email"}}, "counter"); // 7
    const auto eight = office.arrive("{}", "2026-11-01", doubt);                                     // 8 done
    office.move(four, "accepted");
    office.move(five, "waiting");
    office.move(six, "processing", JEANNE);
    office.move(eight, "refused");
    const auto of = [&](QueueView which, const std::string& origin, const std::string& mark = {}) {
        Numbers numbers;
        for (const int limit : {1, 2, 50}) {
            QueueQuestion question = view(which, limit);
            question.origin = origin;
            question.mark = mark;
            Numbers found = office.numbers(question);
            if (limit > 1)
                CHECK(found == numbers); // however it is cut into pages
            numbers = std::move(found);
        }
        return numbers;
    };
    CHECK(of(QueueView::all, "counter") == Numbers{"000006", "000007", "000002", "000004"});
    CHECK(of(QueueView::all, "file") == Numbers{"000005", "000003"});
    CHECK(of(QueueView::all, "online") == Numbers{"000001", "000008"});
    CHECK(of(QueueView::fresh, "counter") == Numbers{"000007", "000002"});
    CHECK(of(QueueView::mine, "counter") == Numbers{"000006"});
    CHECK(of(QueueView::mine, "file").empty());
    CHECK(of(QueueView::waiting, "file") == Numbers{"000005"});
    CHECK(of(QueueView::late, "counter") == Numbers{"000006"});
    CHECK(of(QueueView::late, "file") == Numbers{"000003"});
    CHECK(of(QueueView::doubtful, "counter") == Numbers{"000006", "000007"});
    CHECK(of(QueueView::doubtful, "online").empty());
    CHECK(of(QueueView::done, "counter") == Numbers{"000004"});
    CHECK(of(QueueView::all, "counter", "key_wrong") == Numbers{"000006", "000004"});
    CHECK(of(QueueView::all, "online", "key_wrong") == Numbers{"000008"});
    CHECK(of(QueueView::late, "file", "key_wrong") == Numbers{"000003"});
    CHECK(of(QueueView::doubtful, "file", "email_typo").empty());
    QueueQuestion question = search("munoz");
    question.origin = "counter";
    CHECK(office.numbers(question).size() == 2);
    question.origin = "online";
    CHECK(office.numbers(question).empty());
}

TEST_CASE("an agent of some services sees theirs and what belongs to no service") {
    Office office;
    office.set_service(office.arrive("{}"), "enfance");
    office.set_service(office.arrive(R"({"first_names": "Zoé"})"), "seniors");
    office.arrive("{}");
    QueueQuestion question = view(QueueView::fresh);
    question.scope.services = {"enfance"};
    CHECK(office.numbers(question) == Numbers{"000001", "000003"});
    question.text = "zoe";
    CHECK(office.numbers(question).empty());
    question.text = "2"; // by number neither
    CHECK(office.numbers(question).empty());
    CHECK(office.store().queue_counters(question.scope, "2027-01-01")->late == 2);
    question = view(QueueView::fresh);
    CHECK(office.numbers(question).size() == 3);
    CHECK(office.store().queue_counters(question.scope, "2027-01-01")->late == 3);
    office.check_counters();
}

TEST_CASE("a request is found by names, number, e-mail address and phone of everybody in it") {
    Office office;
    office.arrive(R"({"first_names": "Anne-Lise", "birth_name": "Muñoz", "usage_name": "Le Goff",
        "email": "Anne.Lise@Example.org", "mobile": "+33612345678"})");
    office.arrive(R"({"children.0.first_names": "Élouan", "children.0.birth_name": "Derc’hen",
        "representatives.2.email": "pere@example.org", "contacts.1.contact_phone": "+33240000000"})");
    for (const char* text : {"munoz", "MUÑOZ", "anne", "lise mu", "munoz anne", "anne munoz", "anne lise munoz", "goff",
                             "le goff", "anne le goff", "1", "000001", "OUDON-2026-000001", "oudon-2026-000001",
                             "anne.lise@", "06 12 34", "+33 6 12 34 56 78", "0033612345678"}) {
        INFO(text);
        CHECK(office.numbers(search(text)) == Numbers{"000001"});
    }
    for (const char* text : {"elouan", "derc'hen", "DERC HEN el", "pere@example.org", "02 40 00 00 00", "2"}) {
        INFO(text);
        CHECK(office.numbers(search(text)) == Numbers{"000002"});
    }
    for (const char* text :
         {"zzz", "unoz", "@", "nobody@", "07", "%", "_", "' OR 1=1 --", " ", "\xff\xfe", "999999", "OUDON-2026-9"}) {
        INFO(text);
        CHECK(office.numbers(search(text)).empty());
    }
    CHECK(office.numbers(search("oudon-2026-")).size() == 2);
    QueueQuestion done = search("munoz");
    done.view = QueueView::done;
    CHECK(office.numbers(done).empty());
}

TEST_CASE("many of one name come page by page, each once") {
    Office office;
    for (int i = 0; i < 23; ++i)
        office.arrive(R"({"first_names": "Anne Anne", "birth_name": "Martin"})");
    QueueQuestion question = search("ann");
    question.limit = 5;
    std::set<std::string> found;
    for (const std::string& number : office.numbers(question))
        found.insert(number);
    CHECK(found.size() == 23);
}

TEST_CASE("no statement of the queue reads more than it gives, and none sorts") {
    Office office;
    office.arrive("{}");
    REQUIRE(office.database().read([](sqlite::Connection& db) {
        for (const char* sql : sqlite::queue_statements()) {
            INFO(sql);
            std::string plan;
            const std::string question = "EXPLAIN QUERY PLAN " + std::string(sql);
            db.each(question.c_str(), [&](sqlite::Row row) { plan += row.text(3) + "\n"; });
            INFO(plan);
            CHECK(plan.find("SEARCH") != std::string::npos);
            CHECK(plan.find("SCAN") == std::string::npos);
            CHECK(plan.find("TEMP B-TREE") == std::string::npos);
            CHECK(plan.find(">") + plan.find("<") != 2 * std::string::npos);
        }
        return 0;
    }));
}

TEST_CASE("who looks alike is found by the key, never by going through the town") {
    Office office;
    office.arrive("{}");
    REQUIRE(office.database().read([](sqlite::Connection& db) {
        for (const auto& [sql, by_key] : {std::pair{sqlite::LOOKS_LIKE_ANOTHER, "(portal=? AND kind=? AND key=?"},
                                          std::pair{sqlite::LOOK_ALIKE_ACCOUNTS, "(portal=? AND kind=? AND key=?"},
                                          std::pair{sqlite::LOOK_ALIKE_PEOPLE, "(name_key=? AND birth_date=?)"}}) {
            std::string plan;
            const std::string question = "EXPLAIN QUERY PLAN " + std::string(sql);
            db.each(question.c_str(), [&](sqlite::Row row) { plan += row.text(3) + "\n"; });
            INFO(plan);
            CHECK(plan.find(by_key) != std::string::npos);
            CHECK(plan.find("SCAN") == std::string::npos);
        }
        return 0;
    }));
}

TEST_CASE("two agents on one request are told about each other until one has gone") {
    Office office;
    const std::int64_t id = office.id_of(office.arrive("{}"));
    auto viewers = office.store().note_viewer(id, JEANNE, 1000, 955);
    REQUIRE(viewers);
    CHECK(*viewers == std::vector{JEANNE});
    viewers = office.store().note_viewer(id, PAUL, 1030, 985);
    CHECK(*viewers == std::vector{JEANNE, PAUL});
    viewers = office.store().note_viewer(id, PAUL, 1060, 1015);
    CHECK(*viewers == std::vector{PAUL});
    CHECK(office.store().viewers_of(id, 1090)->empty());
}
