// Decisions that may still be taken back.
#include "sqlite/audit_rows.h"
#include "sqlite/sqlite_store.h"

namespace foyer::server::sqlite {

using store::DecisionBatch;
using store::StaffId;
using store::StoreError;
using store::UndoOutcome;

namespace {

#define FOYER_BATCH_COLUMNS "id, portal, staff_id, staff_name, actor, action, made_at, due_at, state"

DecisionBatch batch_from(Row row) {
    DecisionBatch batch;
    batch.id = row.text(0);
    batch.portal = row.text(1);
    batch.by = {StaffId(row.integer(2)), row.text(3)};
    batch.actor = row.text(4);
    batch.action = row.text(5);
    batch.made_at = row.integer(6);
    batch.due_at = row.integer(7);
    batch.state = row.text(8);
    return batch;
}

void add_entries(Connection& db, DecisionBatch& batch) {
    db.each(
        "SELECT s.number, p.submission_id, p.version, p.outcome FROM pending_decisions p"
        " JOIN submissions s ON s.id = p.submission_id WHERE p.batch_id = ? ORDER BY p.submission_id",
        [&](Row row) {
            batch.entries.push_back({row.text(0), row.integer(1), row.integer(2), row.text(3)});
        },
        batch.id);
}

} // namespace

Result<DecisionBatch, StoreError> SqliteStore::make_batch(DecisionBatch asked, const store::NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        DecisionBatch batch = asked;
        batch.entries.clear();
        db.run("INSERT INTO decision_batches (id, portal, staff_id, staff_name, actor, action, made_at, due_at, state)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting')",
               batch.id, batch.portal, batch.by.id.number(), batch.by.name, batch.actor, batch.action, batch.made_at,
               batch.due_at);
        for (DecisionBatch::Entry entry : asked.entries) {
            // The index on waiting decisions lets one request have one.
            const std::int64_t made =
                db.run("INSERT OR IGNORE INTO pending_decisions (batch_id, submission_id, version) VALUES (?, ?, ?)",
                       batch.id, entry.submission, entry.version);
            if (made == 0)
                entry.outcome = "decision_pending";
            batch.entries.push_back(std::move(entry));
        }
        batch.state = "waiting";
        append_audit(db, line);
        return batch;
    });
}

Result<std::optional<DecisionBatch>, StoreError> SqliteStore::find_batch(const std::string& portal,
                                                                         const std::string& id) {
    return m_database.read([&](Connection& db) {
        auto batch = db.first("SELECT " FOYER_BATCH_COLUMNS " FROM decision_batches WHERE id = ? AND portal = ?",
                              batch_from, id, portal);
        if (batch)
            add_entries(db, *batch);
        return batch;
    });
}

Result<std::optional<DecisionBatch>, StoreError> SqliteStore::next_batch(UnixSeconds now) {
    return m_database.read([&](Connection& db) {
        auto batch = db.first("SELECT " FOYER_BATCH_COLUMNS
                              " FROM decision_batches WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at LIMIT 1",
                              batch_from, now);
        if (batch)
            add_entries(db, *batch);
        return batch;
    });
}

Result<std::optional<UnixSeconds>, StoreError> SqliteStore::next_batch_due() {
    return m_database.read([&](Connection& db) {
        return db.first("SELECT due_at FROM decision_batches WHERE state = 'waiting' ORDER BY due_at LIMIT 1",
                        [](Row row) { return row.integer(0); });
    });
}

Result<Done, StoreError> SqliteStore::settle_entry(const std::string& batch, std::int64_t submission,
                                                   const std::string& outcome) {
    return m_database.write([&](Connection& db) {
        db.run("UPDATE pending_decisions SET outcome = ? WHERE batch_id = ? AND submission_id = ? AND outcome IS NULL",
               outcome, batch, submission);
        return Done{};
    });
}

Result<Done, StoreError> SqliteStore::finish_batch(const std::string& batch) {
    return m_database.write([&](Connection& db) {
        db.run("UPDATE decision_batches SET state = 'applied' WHERE id = ? AND state = 'waiting'"
               " AND NOT EXISTS (SELECT 1 FROM pending_decisions WHERE batch_id = ?1 AND outcome IS NULL)",
               batch);
        return Done{};
    });
}

Result<UndoOutcome, StoreError> SqliteStore::undo_batch(const std::string& portal, const std::string& id, StaffId by,
                                                        UnixSeconds now, const store::NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        const auto batch = db.first("SELECT " FOYER_BATCH_COLUMNS " FROM decision_batches WHERE id = ? AND portal = ?",
                                    batch_from, id, portal);
        if (!batch || batch->by.id != by)
            return UndoOutcome::unknown;
        if (batch->state == "undone")
            return UndoOutcome::undone; // an answer that was lost is given again
        // From that instant on the worker may be in the middle of it.
        if (batch->state != "waiting" || now >= batch->due_at)
            return UndoOutcome::too_late;
        db.run("UPDATE decision_batches SET state = 'undone' WHERE id = ?", id);
        db.run("UPDATE pending_decisions SET outcome = 'undone' WHERE batch_id = ? AND outcome IS NULL", id);
        append_audit(db, line);
        return UndoOutcome::undone;
    });
}

} // namespace foyer::server::sqlite
