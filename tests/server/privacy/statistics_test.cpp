// Counts that are kept as things happen, and what is made of them.
#include "persons.h"

#include "privacy/statistics.h"
#include "sqlite/privacy_schema.h"
#include "support/calendar.h"

#include <map>

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;

namespace {

privacy::Statistics of(Town& town, const std::string& from, const std::string& to, std::uint16_t procedure = 0) {
    const auto rows = town.store().statistics({"oudon", from, to, procedure});
    REQUIRE(rows);
    return privacy::statistics_of(privacy::days_between(from, to), *rows);
}

} // namespace

TEST_CASE("the day of a count is the day in Paris, in summer and in winter and at every change between them") {
    Town town;
    REQUIRE(town.database().read([&](sqlite::Connection& db) {
        // Around each change of the clock for thirty years, and around each midnight of one.
        for (UnixSeconds at = 1'767'222'000; at < 1'767'222'000 + 30LL * 366 * 86'400; at += 86'400 / 4 * 7 + 1'799) {
            const auto day = db.first(
                "SELECT " FOYER_DAY_OF("?1"), [](sqlite::Row row) { return row.text(0); }, at);
            if (day != text_of(time_in_paris(at).date))
                FAIL(at << ": " << *day);
        }
        for (const UnixSeconds change : {1'774'746'000, 1'792'890'000, 1'806'195'600, 1'824'944'400})
            for (const UnixSeconds at :
                 {change - 7'201, change - 3'601, change - 1, change, change + 75'599, change + 79'200})
                CHECK(db.first(
                          "SELECT " FOYER_DAY_OF("?1"), [](sqlite::Row row) { return row.text(0); }, at) ==
                      text_of(time_in_paris(at).date));
        return 0;
    }));
}

TEST_CASE("a request is counted when it comes and when it is decided, and stays counted when it is erased") {
    Town town;
    const Resident anne = town.move_in("anne");
    const std::string first = one_child(town, anne);
    const std::string second = one_child(town, anne, "Tom");
    town.clock.at += 5 * 3600;
    auto accept = by(town, JEANNE, DecisionKind::accept);
    REQUIRE(town.decide(first, accept));
    town.clock.at += 20 * DAY_SECONDS; // long after its day
    auto refuse = by(town, JEANNE, DecisionKind::refuse);
    refuse.reason = "Hors de la commune";
    REQUIRE(town.decide(second, refuse));

    const auto check = [&] {
        const auto made = of(town, "2026-11-01", "2026-12-31", 2);
        CHECK(made.total.received == 2);
        CHECK(made.total.accepted == 1);
        CHECK(made.total.refused == 1);
        CHECK(made.total.late == 1);
        CHECK(made.total.automatic == 0);
        CHECK(made.median_hours == 5);
        CHECK(made.p90_hours == 20 * 24 + 0);
        REQUIRE(made.reasons.size() == 1);
        CHECK(made.reasons.front() == std::pair<std::string, std::int64_t>{"", 1});
        REQUIRE(made.days.size() == 61);
        CHECK(made.days[22].day == "2026-11-23");
        CHECK(made.days[22].received == 2);
        CHECK(made.days[22].accepted == 1);
    };
    check();
    CHECK(of(town, "2026-11-01", "2026-12-31").total.received == 3);
    CHECK(of(town, "2026-11-24", "2026-12-31", 2).total.received == 0);
    town.clock.at += 900 * DAY_SECONDS;
    run_retention(town);
    CHECK(town.count("SELECT count(*) FROM submissions") == 0);
    check();
}

TEST_CASE("what nobody decided is no decision: an activated account counts apart") {
    Town town;
    const Resident anne = town.move_in("anne");
    activate(town, anne);
    const auto made = of(town, "2026-11-01", "2026-11-30");
    CHECK(made.total.automatic == 1);
    CHECK(made.total.accepted == 0);
    CHECK_FALSE(made.median_hours);
}

TEST_CASE("mails count when they leave and when they cannot, once each") {
    Town town;
    town.move_in("anne");
    town.move_in("jean");
    REQUIRE(town.store().mark_sent(1, false, town.clock.at));
    REQUIRE(town.store().mark_sent(1, false, town.clock.at));
    REQUIRE(town.store().mark_dead(2, "550", town.clock.at));
    const auto made = of(town, "2026-11-23", "2026-11-23", 3);
    CHECK(made.total.mails_sent == 1);
    CHECK(made.total.mails_failed == 1);
    REQUIRE(made.failed_mails.size() == 1);
    CHECK(made.failed_mails.front().first == "activation");
}

TEST_CASE("a period is two days in their order, two years at most") {
    CHECK(privacy::days_between("2026-02-27", "2026-03-01").size() == 3);
    CHECK(privacy::days_between("2028-02-28", "2028-03-01").size() == 3);
    CHECK(privacy::days_between("2026-01-01", "2027-12-31").size() == 730);
    CHECK(privacy::days_between("2026-03-01", "2026-02-27").empty());
    CHECK(privacy::days_between("2020-01-01", "2026-01-01").empty());
    CHECK(privacy::days_between("2026-02-30", "2026-03-01").empty());
    CHECK(privacy::days_between("", "").empty());
}

TEST_CASE("the median is the middle one, the ninetieth percentile what nine in ten do not exceed") {
    std::vector<store::StatisticsRow> rows;
    for (int hours = 1; hours <= 10; ++hours)
        rows.push_back({"", "hours:" + std::to_string(hours), 1});
    const auto made = privacy::statistics_of({"2026-11-23"}, rows);
    CHECK(made.median_hours == 5);
    CHECK(made.p90_hours == 9);
}

TEST_CASE("statistics read the days asked for and nothing else of the table") {
    Town town;
    std::string plan;
    REQUIRE(town.database().read([&](sqlite::Connection& db) {
        db.each(
            "EXPLAIN QUERY PLAN SELECT day, what, sum(n) FROM statistics WHERE portal = ?1 AND day BETWEEN ?2 AND ?3"
            " GROUP BY day, what",
            [&](sqlite::Row row) { plan += row.text(3) + "\n"; }, "oudon", "2026-01-01", "2026-02-01");
        return 0;
    }));
    CHECK(plan.find("SEARCH statistics USING PRIMARY KEY (portal=? AND day>? AND day<?)") != std::string::npos);
}
