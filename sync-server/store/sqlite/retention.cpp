// Data that has served is erased: which rows a rule means, how one batch of them goes, and what was done.
#include "sqlite/account_rows.h"
#include "sqlite/audit_rows.h"
#include "sqlite/erasing.h"
#include "sqlite/mail_rows.h"
#include "sqlite/sqlite_store.h"

namespace foyer::server::sqlite {

using store::AccountId;
using store::HouseholdId;
using store::RetentionBatch;
using store::RetentionPlace;
using store::RetentionRule;
using store::RetentionRun;
using store::RetentionStep;
using store::StoreError;

namespace {

struct Candidate {
    RetentionPlace place;
    bool due = false; // a row that was looked at and may stay counts for the batch too
};

// ?1 portal, ?2 before, ?3 order and ?4 id of the place, ?5 limit.
#define FOYER_DECIDED(state)                                                                                           \
    "SELECT decided_at, id, 1 FROM submissions WHERE portal = ?1 AND state = '" state "' AND decided_at < ?2"          \
    " AND (decided_at, id) > (?3, ?4) ORDER BY decided_at, id LIMIT ?5"

// Nobody of the family has been there since, nothing of theirs is open, and the town has not touched them.
#define FOYER_INACTIVE                                                                                                 \
    "a.state = 'active' AND a.merged_into IS NULL AND a.erased_at IS NULL AND a.last_active_at < ?2"                   \
    " AND NOT EXISTS (SELECT 1 FROM submissions s WHERE s.account_id = a.id"                                           \
    " AND (s.state IN ('received', 'processing', 'waiting') OR s.decided_at >= ?2))"                                   \
    " AND NOT EXISTS (SELECT 1 FROM household_people p JOIN households h ON h.id = p.household_id"                     \
    " WHERE p.account_id = a.id AND (h.changed_at >= ?2 OR EXISTS (SELECT 1 FROM household_people q"                   \
    " JOIN accounts o ON o.id = q.account_id WHERE q.household_id = h.id AND o.last_active_at >= ?2)))"

#define FOYER_NEVER_ACTIVATED                                                                                          \
    "a.state = 'pending' AND a.created_at < ?2"                                                                        \
    " AND NOT EXISTS (SELECT 1 FROM activation_tokens t WHERE t.account_id = a.id AND t.created_at >= ?2)"

#define FOYER_NOBODYS_FAMILY                                                                                           \
    "h.changed_at < ?2 AND NOT EXISTS (SELECT 1 FROM household_people p"                                               \
    " WHERE p.household_id = h.id AND p.account_id IS NOT NULL)"

// ?1 portal, ?2 before, ?3 told_after, ?4 the account before, ?5 limit.
constexpr const char* TO_WARN =
    "SELECT " FOYER_ACCOUNT_COLUMNS " FROM accounts a WHERE a.portal = ?1 AND a.id > ?4 AND " FOYER_INACTIVE
    " AND (a.warned_at IS NULL OR a.warned_at < a.last_active_at OR a.warned_at <= ?3) ORDER BY a.id LIMIT ?5";

const char* page_of(RetentionRule rule) {
    switch (rule) {
    case RetentionRule::withdrawn_requests:
        return FOYER_DECIDED("withdrawn");
    case RetentionRule::refused_requests:
        return FOYER_DECIDED("refused");
    case RetentionRule::accepted_requests:
        return FOYER_DECIDED("accepted");
    case RetentionRule::kept_after_erasure: // its day is in the row
        return "SELECT keep_until, id, 1 FROM submissions WHERE portal = ?1 AND keep_until < ?2"
               " AND (keep_until, id) > (?3, ?4) ORDER BY keep_until, id LIMIT ?5";
    case RetentionRule::pending_accounts:
        return "SELECT ?3, a.id, " FOYER_NEVER_ACTIVATED " FROM accounts a WHERE a.portal = ?1 AND a.state = 'pending'"
               " AND a.id > ?4 ORDER BY a.id LIMIT ?5";
    case RetentionRule::inactive_accounts:
        return "SELECT ?3, a.id, " FOYER_INACTIVE " AND a.warned_at >= a.last_active_at AND a.warned_at <= ?6"
               " AND a.warned_at > ?7 FROM accounts a WHERE a.portal = ?1 AND a.id > ?4 ORDER BY a.id LIMIT ?5";
    case RetentionRule::former_families:
        return "SELECT ?3, h.id, " FOYER_NOBODYS_FAMILY " FROM households h WHERE h.portal = ?1 AND h.id > ?4"
               " ORDER BY h.id LIMIT ?5";
    default:
        return nullptr; // of a rule whose rows mean nothing to any other
    }
}

std::vector<Candidate> candidates(Connection& db, const RetentionBatch& batch) {
    std::vector<Candidate> found;
    const auto add = [&](Row row) { found.push_back({{row.integer(0), row.integer(1)}, row.integer(2) != 0}); };
    if (batch.rule == RetentionRule::inactive_accounts)
        db.each(page_of(batch.rule), add, batch.portal, batch.before, batch.after.order, batch.after.id, batch.limit,
                batch.told_before, batch.told_after);
    else
        db.each(page_of(batch.rule), add, batch.portal, batch.before, batch.after.order, batch.after.id, batch.limit);
    return found;
}

// Whether it is still so now that we write: an agent may have taken it, a family come back.
bool is_still_due(Connection& db, const RetentionBatch& batch, const Candidate& candidate) {
    RetentionBatch one = batch;
    one.after = {candidate.place.order, candidate.place.id - 1};
    one.limit = 1;
    const std::vector<Candidate> again = candidates(db, one);
    return !again.empty() && again.front().place.id == candidate.place.id && again.front().due;
}

bool is_looked_at(Connection& db, const RetentionBatch& batch, std::int64_t id) {
    const char* sql = nullptr;
    switch (batch.rule) {
    case RetentionRule::pending_accounts:
    case RetentionRule::inactive_accounts:
        sql = "SELECT 1 FROM submissions s JOIN submission_viewers v ON v.submission_id = s.id"
              " WHERE s.account_id = ? AND v.seen_at >= ? LIMIT 1";
        break;
    case RetentionRule::former_families:
        return false;
    default:
        sql = "SELECT 1 FROM submission_viewers v WHERE v.submission_id = ? AND v.seen_at >= ? LIMIT 1";
    }
    return db
        .first(
            sql, [](Row) { return true; }, id, batch.open_since)
        .has_value();
}

void erase(Connection& db, const RetentionBatch& batch, std::int64_t id) {
    ErasedCounts counts;
    std::vector<store::ErasureKept> kept;
    switch (batch.rule) {
    case RetentionRule::pending_accounts:
        erase_account(db, AccountId(id), {batch.now, batch.now, 0}, counts, kept);
        break;
    case RetentionRule::inactive_accounts:
        // Nothing was decided within the time of this rule; what a longer one of the town's keeps is kept.
        erase_account(db, AccountId(id), {batch.now, batch.decided_after, batch.now - batch.decided_after}, counts,
                      kept);
        break;
    case RetentionRule::former_families:
        erase_household(db, HouseholdId(id), counts);
        break;
    default:
        erase_request(db, id, counts);
    }
}

void add_counts(Connection& db, std::int64_t run, int days, const RetentionBatch& batch, const RetentionStep& step) {
    db.run("INSERT INTO retention_counts (run_id, rule, days, erased, postponed) VALUES (?, ?, ?, ?, ?)"
           " ON CONFLICT (run_id, rule) DO UPDATE SET erased = erased + excluded.erased,"
           " postponed = postponed + excluded.postponed",
           run, store::name(batch.rule), days, step.erased, step.postponed);
}

// Rows that nothing else depends on: found by reading, removed one by one by their key, or only counted.
enum class Key : std::uint8_t { number, two_numbers, number_and_bytes, bytes };
struct PlainRows {
    Key key = Key::number;
    const char* count;  // ?1 portal, ?2 before
    const char* find;   // and ?3 limit
    const char* remove; // the key
};
#define FOYER_PLAIN(kind, key, from, condition, remove)                                                                \
    PlainRows {                                                                                                        \
        kind, "SELECT count(*) FROM " from " WHERE " condition,                                                        \
            "SELECT " key " FROM " from " WHERE " condition " LIMIT ?3", remove                                        \
    }

std::vector<PlainRows> plain_rows(RetentionRule rule) {
    switch (rule) {
    case RetentionRule::former_versions:
        return {FOYER_PLAIN(Key::two_numbers, "v.person_id, v.version",
                            "household_person_versions v JOIN household_people p ON p.id = v.person_id"
                            " JOIN households h ON h.id = p.household_id",
                            "h.portal = ?1 AND v.at < ?2 AND v.version < p.version",
                            "DELETE FROM household_person_versions WHERE person_id = ? AND version = ?"),
                FOYER_PLAIN(Key::two_numbers, "v.account_id, v.version",
                            "account_versions v JOIN accounts a ON a.id = v.account_id",
                            "a.portal = ?1 AND v.at < ?2 AND v.version < (SELECT max(w.version) FROM account_versions w"
                            " WHERE w.account_id = v.account_id)",
                            "DELETE FROM account_versions WHERE account_id = ? AND version = ?")};
    case RetentionRule::keys:
        return {FOYER_PLAIN(Key::number, "id", "service_keys",
                            "portal = ?1 AND (expires_at < ?2 OR used_at < ?2 OR revoked_at < ?2)",
                            "DELETE FROM service_keys WHERE id = ?")};
    case RetentionRule::links:
        return {FOYER_PLAIN(Key::number, "r.id", "reset_tokens r JOIN accounts a ON a.id = r.account_id",
                            "a.portal = ?1 AND r.created_at < ?2", "DELETE FROM reset_tokens WHERE id = ?"),
                FOYER_PLAIN(Key::number, "e.id", "email_changes e JOIN accounts a ON a.id = e.account_id",
                            "a.portal = ?1 AND e.asked_at < ?2", "DELETE FROM email_changes WHERE id = ?"),
                FOYER_PLAIN(Key::number_and_bytes, "t.account_id, t.key_hash",
                            "activation_tokens t JOIN accounts a ON a.id = t.account_id",
                            "a.portal = ?1 AND a.state = 'active' AND t.created_at < ?2",
                            "DELETE FROM activation_tokens WHERE account_id = ? AND key_hash = ?")};
    case RetentionRule::devices:
        return {FOYER_PLAIN(Key::number_and_bytes, "account_id, thumbprint", "devices",
                            "portal = ?1 AND last_seen_at < ?2",
                            "DELETE FROM devices WHERE account_id = ? AND thumbprint = ?")};
    case RetentionRule::mails:
        return {FOYER_PLAIN(Key::number, "id", "mails", "portal = ?1 AND finished_at < ?2",
                            "DELETE FROM mails WHERE id = ?")};
    case RetentionRule::deliveries:
        return {FOYER_PLAIN(Key::number, "id", "webhook_deliveries", "portal = ?1 AND finished_at < ?2",
                            "DELETE FROM webhook_deliveries WHERE id = ?")};
    case RetentionRule::receipts:
        return {FOYER_PLAIN(Key::bytes, "0, id", "envelopes",
                            "portal = ?1 AND received_at < ?2"
                            " AND NOT EXISTS (SELECT 1 FROM submissions s WHERE s.envelope_id = envelopes.id)"
                            " AND NOT EXISTS (SELECT 1 FROM submission_versions v WHERE v.replaced_by = envelopes.id)"
                            " AND NOT EXISTS (SELECT 1 FROM password_jobs j WHERE j.envelope_id = envelopes.id)",
                            "DELETE FROM envelopes WHERE id = ?")};
    case RetentionRule::reports:
        return {
            FOYER_PLAIN(Key::number, "id", "retention_runs", "portal = ?1 AND started_at < ?2 AND state <> 'running'",
                        "DELETE FROM retention_runs WHERE id = ?"),
            FOYER_PLAIN(Key::number, "id", "erasures", "portal = ?1 AND at < ?2", "DELETE FROM erasures WHERE id = ?")};
    default:
        return {};
    }
}

struct PlainKey {
    std::int64_t number = 0;
    std::int64_t second = 0;
    std::string bytes;
};

std::int64_t remove(Connection& db, const PlainRows& rows, const PlainKey& key) {
    switch (rows.key) {
    case Key::two_numbers:
        return db.run(rows.remove, key.number, key.second);
    case Key::number_and_bytes:
        return db.run(rows.remove, key.number, Blob{key.bytes});
    case Key::bytes:
        return db.run(rows.remove, Blob{key.bytes});
    case Key::number:
        break;
    }
    return db.run(rows.remove, key.number);
}

std::vector<PlainKey> keys_of(Connection& db, const PlainRows& rows, const RetentionBatch& batch) {
    std::vector<PlainKey> keys;
    db.each(
        rows.find,
        [&](Row row) {
            PlainKey key;
            key.number = row.integer(0);
            if (rows.key == Key::two_numbers)
                key.second = row.integer(1);
            if (rows.key == Key::number_and_bytes || rows.key == Key::bytes)
                key.bytes = row.text(1);
            keys.push_back(std::move(key));
        },
        batch.portal, batch.before, batch.limit);
    return keys;
}

} // namespace

Result<std::int64_t, StoreError> SqliteStore::begin_retention(const RetentionRun& run) {
    return m_database.write([&](Connection& db) {
        db.run("UPDATE retention_runs SET state = 'interrupted' WHERE portal = ? AND state = 'running'", run.portal);
        db.run("INSERT INTO retention_runs (portal, started_at, started_by, dry_run, state)"
               " VALUES (?, ?, ?, ?, 'running')",
               run.portal, run.started_at, run.started_by, run.dry_run ? 1 : 0);
        return db.last_insert_id();
    });
}

Result<RetentionStep, StoreError> SqliteStore::plain_batch(std::int64_t run, int days, const RetentionBatch& batch) {
    RetentionStep step;
    for (const PlainRows& rows : plain_rows(batch.rule)) {
        if (batch.dry_run) {
            const auto due = m_database.read([&](Connection& db) {
                return db
                    .first(
                        rows.count, [](Row row) { return row.integer(0); }, batch.portal, batch.before)
                    .value_or(0);
            });
            if (!due)
                return Failure{due.error()};
            step.erased += *due;
            continue;
        }
        const auto keys = m_database.read([&](Connection& db) { return keys_of(db, rows, batch); });
        if (!keys)
            return Failure{keys.error()};
        if (keys->empty())
            continue;
        return m_database.write([&](Connection& db) {
            RetentionStep some;
            for (const PlainKey& key : *keys)
                some.erased += remove(db, rows, key);
            some.next = RetentionPlace{};
            add_counts(db, run, days, batch, some);
            return some;
        });
    }
    return m_database.write([&](Connection& db) {
        add_counts(db, run, days, batch, step);
        return step;
    });
}

Result<RetentionStep, StoreError> SqliteStore::retention_batch(std::int64_t run, int days,
                                                               const RetentionBatch& batch) {
    if (!page_of(batch.rule))
        return plain_batch(run, days, batch);
    // Found out by reading, so that a night on which nothing is due hardly writes.
    const auto found = m_database.read([&](Connection& db) { return candidates(db, batch); });
    if (!found)
        return Failure{found.error()};
    std::optional<RetentionPlace> next;
    if (static_cast<int>(found->size()) == batch.limit)
        next = found->back().place;
    std::vector<Candidate> due;
    for (const Candidate& candidate : *found)
        if (candidate.due)
            due.push_back(candidate);
    if (due.empty() && next) {
        RetentionStep nothing;
        nothing.next = next;
        return nothing;
    }
    return m_database.write([&](Connection& db) {
        RetentionStep step;
        for (const Candidate& candidate : due) {
            if (is_looked_at(db, batch, candidate.place.id)) {
                ++step.postponed;
                continue;
            }
            if (!batch.dry_run) {
                if (!is_still_due(db, batch, candidate))
                    continue;
                erase(db, batch, candidate.place.id);
            }
            ++step.erased;
        }
        step.next = next;
        add_counts(db, run, days, batch, step);
        return step;
    });
}

Result<std::vector<store::Account>, StoreError> SqliteStore::accounts_to_warn(const store::NoticeBatch& batch) {
    return m_database.read([&](Connection& db) {
        std::vector<store::Account> accounts;
        db.each(
            TO_WARN, [&](Row row) { accounts.push_back(account_of(row)); }, batch.portal, batch.before,
            batch.told_after, batch.after.number(), batch.limit);
        return accounts;
    });
}

Result<Done, StoreError> SqliteStore::warn_account(std::int64_t run, const store::NoticeBatch& batch,
                                                   store::AccountId account,
                                                   const std::optional<store::NewMail>& mail) {
    return m_database.write([&](Connection& db) {
        // Whether it is still so now that we write: the one account after the one before it.
        const auto still =
            db.first(TO_WARN, account_of, batch.portal, batch.before, batch.told_after, account.number() - 1, 1);
        if (!still || still->id != account)
            return Done{};
        if (mail) {
            queue_mail(db, *mail, batch.now, {account});
            db.run("UPDATE accounts SET warned_at = ? WHERE id = ?", batch.now, account.number());
        }
        db.run("UPDATE retention_runs SET warned = warned + 1 WHERE id = ?", run);
        return Done{};
    });
}

Result<Done, StoreError> SqliteStore::finish_retention(std::int64_t run, UnixSeconds now,
                                                       const store::NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        db.run("UPDATE retention_runs SET state = 'done', finished_at = ? WHERE id = ?", now, run);
        append_audit(db, line);
        return Done{};
    });
}

Result<std::vector<RetentionRun>, StoreError> SqliteStore::retention_runs(const std::string& portal, int limit) {
    return m_database.read([&](Connection& db) {
        std::vector<RetentionRun> runs;
        db.each(
            "SELECT id, portal, started_at, finished_at, started_by, dry_run, state, warned FROM retention_runs"
            " WHERE portal = ? ORDER BY id DESC LIMIT ?",
            [&](Row row) {
                RetentionRun run;
                run.id = row.integer(0);
                run.portal = row.text(1);
                run.started_at = row.integer(2);
                if (!row.is_null(3))
                    run.finished_at = row.integer(3);
                run.started_by = row.text(4);
                run.dry_run = row.integer(5) != 0;
                run.state = row.text(6);
                run.warned = row.integer(7);
                runs.push_back(std::move(run));
            },
            portal, limit);
        for (RetentionRun& run : runs) {
            // In the order in which they were gone through.
            for (const std::string_view rule : store::RETENTION_RULES)
                db.each(
                    "SELECT rule, days, erased, postponed FROM retention_counts WHERE run_id = ? AND rule = ?",
                    [&](Row row) {
                        run.counts.push_back(
                            {row.text(0), static_cast<int>(row.integer(1)), row.integer(2), row.integer(3)});
                    },
                    run.id, rule);
        }
        return runs;
    });
}

} // namespace foyer::server::sqlite
