#include "sqlite/audit_rows.h"
#include "sqlite/sqlite_store.h"

namespace foyer::server::sqlite {

using store::Colleague;
using store::StoreError;

Result<Done, StoreError> SqliteStore::add_counter_ticket(const store::NewCounterTicket& ticket,
                                                         const store::NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        db.run("DELETE FROM counter_tickets WHERE expires_at <= ?", ticket.now);
        db.run("INSERT INTO counter_tickets (key_hash, portal, staff_id, expires_at) VALUES (?, ?, ?, ?)",
               Blob{ticket.key_hash}, ticket.portal, ticket.staff.number(), ticket.expires_at);
        append_audit(db, line);
        return Done{};
    });
}

namespace {

std::optional<Colleague> agent_of(Connection& db, const store::CounterTicketUse& use) {
    return db.first(
        "SELECT m.id, m.name FROM counter_tickets t JOIN staff m ON m.id = t.staff_id"
        " WHERE t.key_hash = ? AND t.portal = ? AND t.expires_at > ? AND m.disabled_at IS NULL"
        " AND (t.device IS NULL OR t.device = ?)",
        [](Row row) {
            return Colleague{store::StaffId(row.integer(0)), row.text(1)};
        },
        Blob{use.key_hash}, use.portal, use.now, Blob{use.device});
}

} // namespace

Result<std::optional<Colleague>, StoreError> SqliteStore::use_counter_ticket(const store::CounterTicketUse& use) {
    // Invented ones cost the writer nothing.
    auto known = m_database.read([&](Connection& db) { return agent_of(db, use); });
    if (!known || !*known)
        return known;
    return m_database.write([&](Connection& db) {
        auto agent = agent_of(db, use);
        if (agent)
            db.run("UPDATE counter_tickets SET device = ? WHERE key_hash = ? AND device IS NULL", Blob{use.device},
                   Blob{use.key_hash});
        return agent;
    });
}

} // namespace foyer::server::sqlite
