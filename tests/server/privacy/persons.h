// What the tests of personal data do again and again, in a town of tests/server/households/town.h.
#pragma once

#include "office.h"
#include "portals/retention.h"
#include "privacy/retention.h"

namespace foyer::test {

inline constexpr UnixSeconds DAY_SECONDS = 86'400;
inline constexpr UnixSeconds HOLD = 425 * DAY_SECONDS;

inline server::store::NewErasure erasure_of(const Town& town, const std::string& reference, bool apply = true) {
    server::store::NewErasure asked;
    asked.portal = "oudon";
    asked.account = reference;
    asked.now = town.clock.at;
    asked.keep_seconds = HOLD;
    asked.decided_after = town.clock.at - HOLD;
    asked.receipt_seconds = 1096 * DAY_SECONDS;
    asked.apply = apply;
    asked.by = "staff:1";
    asked.line = line_of(town, "account.erase");
    return asked;
}

inline server::store::Erasure erase(Town& town, const Resident& resident, bool open_too = true) {
    auto asked = erasure_of(town, resident.reference);
    asked.open_too = open_too;
    const auto done = town.store().erase_person(asked);
    REQUIRE(done);
    REQUIRE(*done);
    return **done;
}

// Whether this text is anywhere in the database: every column of every table, as bytes.
inline std::string tables_with(Town& town, const std::string& text) {
    std::vector<std::string> tables;
    std::string found;
    REQUIRE(town.database().read([&](server::sqlite::Connection& db) {
        db.each("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
                [&](server::sqlite::Row row) { tables.push_back(row.text(0)); });
        static std::vector<std::unique_ptr<std::string>> statements; // a statement is known by the address of its text
        for (const std::string& table : tables) {
            std::string condition;
            statements.push_back(std::make_unique<std::string>("SELECT name FROM pragma_table_info('" + table + "')"));
            db.each(statements.back()->c_str(), [&](server::sqlite::Row row) {
                condition += (condition.empty() ? "" : " OR ") + std::string("instr(CAST(\"") + row.text(0) +
                             "\" AS TEXT), ?1) > 0";
            });
            statements.push_back(
                std::make_unique<std::string>("SELECT count(*) FROM \"" + table + "\" WHERE " + condition));
            const auto count = db.first(
                statements.back()->c_str(), [](server::sqlite::Row row) { return row.integer(0); }, text);
            if (count.value_or(0) > 0)
                found += table + " ";
        }
        return 0;
    }));
    return found;
}

inline server::privacy::NoticeWriter notice_writer(Town& town) {
    static server::security::SystemRandom random;
    return server::privacy::notice_writer([&town](std::string_view) -> const i18n::Texts& { return town.texts(); },
                                          random, "https://famille.example");
}

inline server::store::RetentionRun run_retention(Town& town, bool dry_run = false, int rows = 50) {
    server::privacy::RetentionOrder order;
    order.by = "daily";
    order.dry_run = dry_run;
    order.rows_at_once = rows;
    order.write_notice = notice_writer(town);
    const auto run = server::privacy::run_retention(town.store(), town.portal(), town.clock, order);
    REQUIRE(run);
    return *run;
}

inline std::int64_t erased_by(const server::store::RetentionRun& run, std::string_view rule) {
    for (const auto& count : run.counts)
        if (count.rule == rule)
            return count.erased;
    return -1;
}
inline std::int64_t postponed_by(const server::store::RetentionRun& run, std::string_view rule) {
    for (const auto& count : run.counts)
        if (count.rule == rule)
            return count.postponed;
    return -1;
}

// Opens the account: from then on it is no longer one that waits for its link.
inline void activate(Town& town, const Resident& resident) {
    REQUIRE(town.database().write([&](server::sqlite::Connection& db) {
        return db.run("UPDATE accounts SET state = 'active', activated_at = ?, password_hash = 'x' WHERE id = ?",
                      town.clock.at, resident.account.number());
    }));
    REQUIRE(town.decide(town.latest(resident).number, {server::households::Decision::Kind::accept, {}, {}, {}}));
}

} // namespace foyer::test
