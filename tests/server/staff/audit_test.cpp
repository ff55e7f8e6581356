// The audit log: a line for each thing, a chain that shows what was done to it, and who may not do it.
#include "town_hall.h"
#include "wire/encoding.h"

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;

namespace {

std::vector<std::string> actions(const std::vector<store::AuditLine>& lines) {
    std::vector<std::string> names;
    for (const store::AuditLine& line : lines)
        names.push_back(line.actor + " " + line.action + " " + line.object);
    return names;
}

store::AuditVerdict verdict(TownHall& hall) {
    const auto found = hall.store().verify_audit("oudon");
    REQUIRE(found);
    return *found;
}

// Somebody with the file drops what guards it, changes it, and puts the guards back.
void force(TownHall& hall, const std::string& sql) {
    hall.tamper(("DROP TRIGGER audit_log_is_not_changed; DROP TRIGGER audit_log_is_not_shortened;"
                 "DROP TRIGGER audit_log_grows_at_its_end;" +
                 sql)
                    .c_str());
}

void five_lines(TownHall& hall) {
    for (int i = 0; i < 5; ++i)
        REQUIRE(hall.store().add_audit_line({"oudon", hall.clock.at + i, "staff:1", "submission.show",
                                             "submission:OUDON-2026-00000" + std::to_string(i)}));
}

} // namespace

TEST_CASE("every login, change of the staff and of a token is a line, and none holds what a person is called") {
    TownHall hall;
    const auto anne = hall.hire("anne@oudon.fr", store::StaffRole::administrator);
    const staff::Caller caller{anne, {}};
    const auto token =
        hall.tokens->make(caller, {"Export du soir", {store::TokenScope::exporting}, hall.clock.at + 60});
    REQUIRE(token);
    REQUIRE(hall.tokens->revoke(caller, token->token.id));
    REQUIRE(hall.members->change(hall.oudon, caller.name(), anne.id, {.name = "Anne Le Goff"}));
    CHECK(actions(hall.lines()) ==
          std::vector<std::string>{"terminal staff.add staff:1", "staff:1 session.begin staff:1",
                                   "staff:1 staff.password staff:1", "staff:1 token.add token:1",
                                   "staff:1 token.revoke token:1", "staff:1 staff.change staff:1"});
    for (const store::AuditLine& line : hall.lines())
        for (const char* personal : {"anne", "Anne", "Goff", "Export"})
            CHECK((line.actor + line.object + line.details).find(personal) == std::string::npos);
    CHECK_FALSE(verdict(hall).broken);
}

TEST_CASE("each town has a chain of its own, numbered from one without gaps") {
    TownHall hall;
    five_lines(hall);
    REQUIRE(hall.store().add_audit_line({"saint-maur-des-fosses", 1, "staff:2", "session.begin", ""}));
    five_lines(hall);
    const auto lines = hall.lines();
    REQUIRE(lines.size() == 10);
    CHECK(lines.front().previous_hash == std::string(32, '\0'));
    for (std::size_t i = 0; i < lines.size(); ++i) {
        CHECK(lines[i].sequence == static_cast<std::int64_t>(i) + 1);
        if (i > 0)
            CHECK(lines[i].previous_hash == lines[i - 1].hash);
    }
    const auto newest = hall.store().latest_audit_lines("oudon", 0, 3);
    REQUIRE(newest);
    CHECK(newest->front().sequence == 10);
    const auto before = hall.store().latest_audit_lines("oudon", 4, 10);
    REQUIRE(before);
    CHECK(before->size() == 3);
    const auto elsewhere = hall.store().verify_audit("saint-maur-des-fosses");
    REQUIRE(elsewhere);
    CHECK(elsewhere->lines == 1);
    CHECK(verdict(hall).lines == 10);
    CHECK(verdict(hall).hash == lines.back().hash);
}

TEST_CASE("the hash is the one the guide describes") {
    TownHall hall;
    REQUIRE(hall.store().add_audit_line({"oudon", 1000, "staff:1", "session.begin", "staff:1", {{"totp", "no"}}}));
    const std::string written =
        "[\"" + std::string(64, '0') + R"(",1,1000,"oudon","staff:1","session.begin","staff:1","{\"totp\":\"no\"}"])";
    CHECK(wire::encode_hex(hall.lines().front().hash) == wire::encode_hex(security::sha256(written)));
}

TEST_CASE("the database refuses to change, remove or replace a line, and to put one in") {
    TownHall hall;
    five_lines(hall);
    const char* const put_in_its_place = "INSERT OR REPLACE INTO audit_log SELECT portal, sequence, at, 'staff:2',"
                                         " action, object, details, previous_hash, hash FROM audit_log"
                                         " WHERE sequence = 2";
    for (const char* sql :
         {"UPDATE audit_log SET actor = 'staff:2' WHERE sequence = 2", "DELETE FROM audit_log WHERE sequence = 5",
          "DELETE FROM audit_log", put_in_its_place,
          "INSERT INTO audit_log VALUES ('oudon', 9, 1, '', '', '', '{}', zeroblob(32), zeroblob(32))",
          "INSERT INTO audit_log VALUES ('oudon', 6, 1, '', '', '', '{}', zeroblob(32), zeroblob(32))"}) {
        INFO(sql);
        CHECK_THROWS_AS(hall.tamper(sql), sqlite::SqliteError);
    }
    CHECK(verdict(hall).lines == 5);
    CHECK_FALSE(verdict(hall).broken);
}

TEST_CASE("whoever gets past that is found: the first broken line is named") {
    struct Row {
        const char* sql;
        std::int64_t sequence;
        std::int64_t good;
    };
    const Row rows[] = {
        {"UPDATE audit_log SET actor = 'staff:2' WHERE sequence = 3", 3, 2},
        {"UPDATE audit_log SET at = at + 1 WHERE sequence = 1", 1, 0},
        {"UPDATE audit_log SET details = '{\"a\":\"b\"}' WHERE sequence = 5", 5, 4},
        {"UPDATE audit_log SET hash = zeroblob(32) WHERE sequence = 2", 2, 1},
        {"DELETE FROM audit_log WHERE sequence = 3", 4, 2},
        {"DELETE FROM audit_log WHERE sequence = 1", 2, 0},
        {"DELETE FROM audit_log WHERE sequence = 3; UPDATE audit_log SET sequence = sequence - 1 WHERE sequence > 3", 3,
         2},
        {"INSERT INTO audit_log SELECT portal, 6, at, actor, action, object, details, previous_hash, hash FROM "
         "audit_log"
         " WHERE sequence = 5",
         6, 5},
    };
    for (const Row& row : rows) {
        INFO(row.sql);
        TownHall hall;
        five_lines(hall);
        force(hall, row.sql);
        const auto found = verdict(hall);
        REQUIRE(found.broken);
        CHECK(found.broken->sequence == row.sequence);
        CHECK(found.lines == row.good);
        CHECK_FALSE(found.broken->why.empty());
    }
}

TEST_CASE("a line is written with what it tells, or not at all") {
    TownHall hall;
    const auto before = hall.lines().size();
    const auto failed = hall.database().write([](sqlite::Connection& db) {
        sqlite::append_audit(db, {"oudon", 1, "staff:1", "submission.accept", "submission:X"});
        throw sqlite::SqliteError(0, "the rest of the change cannot be made");
        return Done{};
    });
    CHECK_FALSE(failed);
    CHECK(hall.lines().size() == before);
    CHECK_FALSE(verdict(hall).broken);
}
