// Requests on their way out: what each way of asking brings, what changes in the middle, and how little is held.
#include "exports/due_dates.h"
#include "exports/request_rows.h"
#include "exports/request_stream.h"
#include "sqlite/export_rows.h"
#include "support/csv.h"
#include "town.h"
#include "wire/json.h"

#include <algorithm>
#include <malloc.h>

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;
using exports::Format;
using exports::RequestStream;
using exports::Step;
using exports::Wish;

namespace {

struct Taken {
    Step end = Step::more;
    std::string text;
    std::int64_t cursor = 0;
};

Wish everything(Format format = Format::json_lines) {
    Wish wish;
    wish.format = format;
    wish.filter.scope.portal = "oudon";
    wish.filter.today = "2026-11-23";
    wish.filter.number_prefix = "OUDON";
    return wish;
}

RequestStream stream_of(
    Town& town, const Wish& wish, std::function<bool()> allowed = [] { return true; }) {
    const auto bounds = town.store().export_bounds();
    REQUIRE(bounds);
    return RequestStream(
        {town.store(), town.store(), town.clock, std::move(allowed), [](std::int64_t) { return true; }}, wish, *bounds);
}

Taken take(Town& town, const Wish& wish) {
    Taken taken;
    taken.cursor = town.store().export_bounds()->last_change;
    RequestStream stream = stream_of(town, wish);
    while (taken.end == Step::more) {
        std::string part;
        taken.end = stream.next(part);
        taken.text += part;
    }
    return taken;
}

// The numbers of JSON Lines, in order.
std::vector<std::string> numbers(const std::string& lines) {
    std::vector<std::string> found;
    for (std::size_t at = 0; at < lines.size();) {
        const std::size_t end = lines.find('\n', at);
        const auto json = wire::parse_json(lines.substr(at, end - at));
        REQUIRE(json);
        found.push_back(json->find("number")->text());
        at = end + 1;
    }
    return found;
}

std::string declare_one(Town& town, const Resident& resident, const std::string& name) {
    store::Answers answers;
    put(answers, "children.0", child_named(name));
    return town.declare(resident, answers);
}

void script(Town& town, const std::string& sql) {
    REQUIRE(town.database().write([&](sqlite::Connection& db) {
        db.script(sql.c_str());
        return Done{};
    }));
}

// Entourages of this account, as rows written at once: what they say does not matter here.
void multiply(Town& town, const Resident& resident, int count) {
    const std::string each =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(count) + ") ";
    script(town,
           each +
               "INSERT INTO envelopes (id, digest, device, portal, procedure, received_at, receipt)"
               " SELECT CAST(printf('%016d', i) AS BLOB), zeroblob(32), zeroblob(32), 'oudon', 2, 0, '' FROM n;" +
               each +
               "INSERT INTO submissions (envelope_id, portal, revision, procedure, number, state, account_id,"
               " answers, language, filled_at, received_at, due_by) SELECT CAST(printf('%016d', i) AS BLOB),"
               " 'oudon', zeroblob(16), 2, printf('OUDON-2030-%06d', i), 'received', " +
               std::to_string(resident.account.number()) +
               ", json_object('children.0.first_names', printf('%.400c', 'L')), 'fr', '', 0, '2030-01-01' FROM n");
}

} // namespace

TEST_CASE("an export has every request of the town once, and none of another town") {
    Town town;
    const Resident anne = town.move_in("anne");
    const std::string lea = declare_one(town, anne, "Léa");
    script(town,
           "INSERT INTO envelopes (id, digest, device, portal, procedure, received_at, receipt)"
           " VALUES (zeroblob(16), zeroblob(32), zeroblob(32), 'saint-maur-des-fosses', 2, 0, '');"
           "INSERT INTO submissions (envelope_id, portal, revision, procedure, number, state, account_id, answers,"
           " language, filled_at, received_at, due_by) VALUES (zeroblob(16), 'saint-maur-des-fosses',"
           " zeroblob(16), 2, 'STMAUR-1', 'received', 1, '{}', 'fr', '', 0, '2030-01-01')");
    const Taken taken = take(town, everything());
    CHECK(taken.end == Step::end);
    REQUIRE(numbers(taken.text).size() == 2);
    CHECK(numbers(taken.text)[1] == lea);
    CHECK(taken.text.find("\"children.0.first_names\":\"Léa\"") != std::string::npos);
    CHECK(taken.text.find("Crêpes") == std::string::npos); // the password
    CHECK(taken.text.find("STMAUR") == std::string::npos);
}

TEST_CASE("CSV has the documented columns, and no cell that runs") {
    Town town;
    const Resident anne = town.move_in("anne", {{"address", "=1+1 rue de la \"Loire\""}});
    (void)declare_one(town, anne, "Léa");
    Wish wish = everything(Format::csv);
    wish.byte_order_mark = true;
    wish.separator = ';';
    const Taken taken = take(town, wish);
    REQUIRE(taken.text.substr(0, 3) == BYTE_ORDER_MARK);
    CsvReader table(taken.text);
    CHECK(table.header() == exports::csv_columns());
    std::vector<CsvRecord> records(2);
    for (CsvRecord& record : records)
        REQUIRE(table.next(record));
    CsvRecord none;
    REQUIRE_FALSE(table.next(none));
    const auto cell = [&](std::size_t record, const std::string& column) {
        const auto at = std::find(table.header().begin(), table.header().end(), column) - table.header().begin();
        return records[record].values.at(static_cast<std::size_t>(at));
    };
    CHECK(cell(1, "address") == "'=1+1 rue de la \"Loire\"");
    CHECK(cell(1, "children") == "1");
    CHECK(cell(1, "mobile") == "06 12 34 56 78");
    CHECK(cell(1, "birth_date") == "1985-11-03");
    CHECK(cell(1, "procedure") == "entourage");
    CHECK(cell(0, "procedure") == "registration");
    for (const CsvRecord& record : records)
        for (const std::string& value : record.values)
            CHECK((value.empty() || std::string("=+-@\t\r\n").find(value.front()) == std::string::npos));
}

TEST_CASE("docs/exports.md names every column, in their order") {
    const auto page = read_file(std::string(FOYER_SOURCE_DIR) + "/docs/exports.md");
    REQUIRE(page);
    std::size_t at = 0;
    for (const std::string& column : exports::csv_columns()) {
        INFO(column);
        at = page->find("\n| `" + column + "` |", at);
        REQUIRE(at != std::string::npos);
    }
}

TEST_CASE("since a cursor: only what has changed, whatever it was that changed") {
    Town town;
    const Resident anne = town.move_in("anne");
    const Resident paul = town.move_in("paul");
    const std::string lea = declare_one(town, anne, "Léa");
    const std::string tom = declare_one(town, paul, "Tom");
    Wish wish = everything();
    wish.since = take(town, everything()).cursor;
    CHECK(take(town, wish).text.empty());

    households::Decision accept;
    accept.kind = households::Decision::Kind::accept;
    REQUIRE(town.decisions().decide("oudon", lea, accept));
    Taken taken = take(town, wish);
    CHECK(numbers(taken.text) == std::vector{lea});
    CHECK(taken.text.find("\"state\":\"accepted\"") != std::string::npos);

    // What the account says of itself stands in every row of its requests.
    wish.since = taken.cursor;
    script(town, "UPDATE accounts SET email = 'new@example.org' WHERE id = " + std::to_string(paul.account.number()));
    taken = take(town, wish);
    CHECK(numbers(taken.text).size() == 2);
    CHECK(numbers(taken.text).back() == tom);
    CHECK(taken.text.find("new@example.org") != std::string::npos);

    // What is erased leaves its number and nothing else.
    wish.since = taken.cursor;
    script(town, "DELETE FROM submission_events WHERE submission_id = (SELECT id FROM submissions WHERE number = '" +
                     tom + "'); DELETE FROM submissions WHERE number = '" + tom + "'");
    taken = take(town, wish);
    CHECK(taken.text == R"({"erased":true,"number":")" + tom + R"(","service":"enfance"})" + "\n");
    wish.since = taken.cursor;
    CHECK(take(town, wish).text.empty());
}

TEST_CASE("a request that changes while it is being exported is there now and next time") {
    Town town;
    const Resident anne = town.move_in("anne");
    multiply(town, anne, 600);
    const std::int64_t cursor = town.store().export_bounds()->last_change;
    RequestStream stream = stream_of(town, everything());
    std::string text;
    REQUIRE(stream.next(text) == Step::more);
    script(town, "UPDATE submissions SET state = 'processing' WHERE number = 'OUDON-2030-000599'");
    for (Step step = Step::more; step == Step::more;) {
        std::string part;
        step = stream.next(part);
        text += part;
        CHECK(step != Step::broken);
    }
    CHECK(numbers(text).size() == 601);
    Wish wish = everything();
    wish.since = cursor;
    CHECK(numbers(take(town, wish).text) == std::vector<std::string>{"OUDON-2030-000599"});
}

TEST_CASE("filters are the queue's: view, procedure, state, service, search") {
    Town town;
    const Resident anne = town.move_in("anne");
    (void)town.move_in("paul");
    const std::string lea = declare_one(town, anne, "Léa");
    Wish wish = everything();
    wish.filter.procedure = 2;
    CHECK(numbers(take(town, wish).text) == std::vector{lea});
    wish = everything();
    wish.filter.state = "refused";
    CHECK(take(town, wish).text.empty());
    wish = everything();
    wish.filter.view = store::QueueView::late;
    wish.filter.today = "2031-01-01";
    CHECK(numbers(take(town, wish).text).size() == 3);
    wish = everything();
    wish.filter.text = "anne";
    CHECK(numbers(take(town, wish).text).size() == 2);
    // An agent of another service: what belongs to enfance is not there, what belongs to nobody is.
    wish = everything();
    wish.filter.scope.services = std::vector<std::string>{"seniors"};
    CHECK(numbers(take(town, wish).text).size() == 2);
    CHECK(take(town, wish).text.find(lea) == std::string::npos);
}

TEST_CASE("an export whose reader may no longer see it breaks off and does not end") {
    Town town;
    multiply(town, town.move_in("anne"), 600);
    bool allowed = true;
    RequestStream stream = stream_of(town, everything(), [&] { return allowed; });
    std::string part;
    CHECK(stream.next(part) == Step::more);
    allowed = false;
    CHECK(stream.next(part) == Step::more); // asked again every few seconds
    town.clock.at += RequestStream::ASKED_EVERY;
    part.clear();
    CHECK(stream.next(part) == Step::broken);
    CHECK(part.empty());

    RequestStream slow = stream_of(town, everything());
    CHECK(slow.next(part) == Step::more);
    town.clock.at += RequestStream::LONGEST + 1;
    CHECK(slow.next(part) == Step::broken);
}

TEST_CASE("an export that cannot be noted at its end does not end") {
    Town town;
    (void)town.move_in("anne");
    RequestStream stream(
        {town.store(), town.store(), town.clock, [] { return true; }, [](std::int64_t) { return false; }}, everything(),
        *town.store().export_bounds());
    std::string part;
    CHECK(stream.next(part) == Step::broken);
}

TEST_CASE("memory does not grow with the rows, and no snapshot is kept between two parts") {
    Town town;
    multiply(town, town.move_in("anne"), 6'000);
    for (const Format format : {Format::json_lines, Format::csv}) {
        RequestStream stream = stream_of(town, everything(format));
        std::size_t largest = 0;
        std::size_t total = 0;
        std::size_t parts = 0;
        std::size_t begin = 0;
        std::size_t most = 0;
        for (Step step = Step::more; step == Step::more; ++parts) {
            std::string part;
            step = stream.next(part);
            REQUIRE(step != Step::broken);
            largest = std::max(largest, part.size());
            total += part.size();
            const std::size_t held = mallinfo2().uordblks;
            if (parts == 2)
                begin = held; // caches are warm
            most = std::max(most, held);
            if (parts == 10) {
                // A write and a whole checkpoint in the middle: nobody holds an older state of the file.
                script(town, "UPDATE submissions SET due_by = '2030-01-02' WHERE number = 'OUDON-2030-000001'");
                sqlite::Connection other(town.data_folder() + "/foyer.sqlite", sqlite::Connection::Mode::read_write);
                const auto busy =
                    other.first("PRAGMA wal_checkpoint(TRUNCATE)", [](sqlite::Row row) { return row.integer(0); });
                CHECK(busy == 0);
            }
        }
        CHECK(total > (format == Format::csv ? 1'500'000U : 3'500'000U));
        CHECK(largest < 1'000'000);
        CHECK(most < begin + 2'500'000); // the database's cache of pages fills up to 2 MB
    }
}

TEST_CASE("the statements of an export read no more of a table than a page") {
    Town town;
    REQUIRE(town.database().read([](sqlite::Connection& db) {
        for (const char* sql : sqlite::export_statements()) {
            INFO(sql);
            std::string plan;
            const std::string question = "EXPLAIN QUERY PLAN " + std::string(sql);
            db.each(question.c_str(), [&](sqlite::Row row) { plan += row.text(3) + "\n"; });
            INFO(plan);
            CHECK(plan.find("SEARCH") != std::string::npos);
            CHECK(plan.find("SCAN") == std::string::npos);
            CHECK(plan.find("TEMP B-TREE") == std::string::npos);
        }
        return 0;
    }));
}

TEST_CASE("as many exports at once as there is room for, and room again when one is gone") {
    exports::Slots slots(2);
    auto first = slots.take();
    const auto second = slots.take();
    CHECK(first);
    CHECK(second);
    CHECK_FALSE(slots.take());
    first.reset();
    CHECK(slots.take());
}

TEST_CASE("a calendar has the days of what is open and does not wait for the family, and nobody's name") {
    Town town;
    const Resident anne = town.move_in("anne");
    const std::string open = declare_one(town, anne, "Léa");
    const std::string done = declare_one(town, anne, "Tom");
    const std::string waiting = declare_one(town, anne, "Zoé");
    script(town, "UPDATE submissions SET state = 'accepted' WHERE number = '" + done +
                     "'; UPDATE submissions SET state = 'waiting' WHERE number = '" + waiting + "'");
    store::QueueQuestion question = everything().filter;
    exports::CalendarTexts texts{"Échéances, Oudon", [](const store::QueueItem& item, bool late) {
                                     return (late ? "late " : "") + item.number;
                                 }};
    std::string text;
    const auto write = [&] {
        exports::DueDates dates(town.store(), question, texts, "https://t.example/oudon/mairie/", town.clock.at);
        text.clear();
        for (Step step = Step::more; step == Step::more;) {
            std::string part;
            step = dates.next(part);
            text += part;
            REQUIRE(step != Step::broken);
        }
    };
    write();
    CHECK(text.substr(0, 17) == "BEGIN:VCALENDAR\r\n");
    CHECK(text.substr(text.size() - 15) == "END:VCALENDAR\r\n");
    CHECK(text.find("UID:" + open + "@t.example\r\n") != std::string::npos);
    CHECK(text.find("SUMMARY:" + open) != std::string::npos);
    CHECK(text.find("URL:https://t.example/oudon/mairie/demandes/" + open) != std::string::npos);
    CHECK(text.find("NAME:Échéances\\, Oudon\r\n") != std::string::npos);
    CHECK(text.find(done) == std::string::npos);
    CHECK(text.find(waiting) == std::string::npos);
    for (const char* personal : {"Martin", "anne", "Léa", "@example"})
        CHECK(text.find(personal) == std::string::npos);
    question.today = "2031-01-01";
    write();
    CHECK(text.find("SUMMARY:late " + open) != std::string::npos);
    // With nothing due there is still a component, without which it would be no calendar.
    question.view = store::QueueView::mine;
    write();
    CHECK(text.find("VEVENT") == std::string::npos);
    CHECK(text.find("BEGIN:VTIMEZONE") != std::string::npos);
}
