// Sums over a few rows a day, which the triggers of sqlite/privacy_schema.h keep.
#include "sqlite/sqlite_store.h"

namespace foyer::server::sqlite {

using store::StatisticsRow;
using store::StoreError;

Result<std::vector<StatisticsRow>, StoreError> SqliteStore::statistics(const store::StatisticsQuestion& question) {
    return m_database.read([&](Connection& db) {
        std::vector<StatisticsRow> rows;
        const auto add = [&](Row row) { rows.push_back({row.text(0), row.text(1), row.integer(2)}); };
        const int procedure = question.procedure;
        db.each(
            "SELECT day, what, sum(n) FROM statistics WHERE portal = ?1 AND day BETWEEN ?2 AND ?3"
            " AND (?4 = 0 OR procedure IN (0, ?4)) AND what NOT LIKE 'hours:%' GROUP BY day, what ORDER BY day, what",
            add, question.portal, question.from, question.to, procedure);
        db.each("SELECT '', what, sum(n) FROM statistics WHERE portal = ?1 AND day BETWEEN ?2 AND ?3"
                " AND (?4 = 0 OR procedure IN (0, ?4)) AND what LIKE 'hours:%' GROUP BY what",
                add, question.portal, question.from, question.to, procedure);
        return rows;
    });
}

} // namespace foyer::server::sqlite
