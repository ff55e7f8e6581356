#include "sqlite/account_rows.h"
#include "sqlite/household_rows.h"
#include "sqlite/json_columns.h"
#include "sqlite/key_rows.h"
#include "sqlite/sqlite_store.h"
#include "sqlite/submission_rows.h"

namespace foyer::server::sqlite {

using store::AccountId;
using store::AccountSnapshot;
using store::StoreError;

namespace {

std::int64_t cursor_in(Connection& db, AccountId account) {
    return db
        .first(
            "SELECT seq FROM account_changes WHERE account_id = ?", [](Row row) { return row.integer(0); },
            account.number())
        .value_or(0);
}

std::vector<store::SubmissionView> submissions_in(Connection& db, AccountId account, int limit) {
    std::vector<store::SubmissionView> views;
    std::vector<std::int64_t> ids;
    db.each(
        "SELECT " FOYER_SUBMISSION_COLUMNS " FROM submissions s WHERE s.account_id = ?"
        " ORDER BY s.received_at DESC, s.id DESC LIMIT ?",
        [&](Row row) {
            store::SubmissionRecord record = submission_from(row);
            ids.push_back(record.id);
            store::SubmissionView view;
            view.summary = {record.envelope_id, record.number,      record.procedure,
                            record.state,       record.received_at, record.due_by};
            view.answers = std::move(record.answers);
            view.correction = std::move(record.correction);
            views.push_back(std::move(view));
        },
        account.number(), limit);
    for (std::size_t i = 0; i < views.size(); ++i)
        views[i].history = history_of(db, ids[i]);
    return views;
}

std::vector<store::Message> messages_in(Connection& db, AccountId account, int limit) {
    std::vector<store::Message> messages;
    db.each(
        "SELECT m.at, m.kind, m.parameters, s.envelope_id FROM messages m"
        " LEFT JOIN submissions s ON s.id = m.submission_id WHERE m.account_id = ? ORDER BY m.id DESC LIMIT ?",
        [&](Row row) {
            messages.push_back({row.integer(0), row.text(1), answers_from(row.text(2)), row.optional_text(3)});
        },
        account.number(), limit);
    return messages;
}

} // namespace

Result<std::optional<AccountSnapshot>, StoreError> SqliteStore::snapshot(AccountId account, int limit,
                                                                         UnixSeconds now) {
    return m_database.read([&](Connection& db) -> std::optional<AccountSnapshot> {
        auto found = find_account(db, account);
        if (!found)
            return std::nullopt;
        AccountSnapshot snapshot;
        snapshot.cursor = cursor_in(db, account);
        snapshot.account = std::move(*found);
        snapshot.email_pending = db.first(
            "SELECT email FROM email_changes WHERE account_id = ? AND used_at IS NULL AND revoked_at IS NULL"
            " AND asked_at > ? ORDER BY id DESC LIMIT 1",
            [](Row row) { return row.text(0); }, account.number(), now - store::EMAIL_CHANGE_SECONDS);
        snapshot.profile = profile_of_account(db, account);
        snapshot.submissions = submissions_in(db, account, limit);
        snapshot.messages = messages_in(db, account, limit);
        if (const auto household = household_of_account(db, account))
            snapshot.household = find_household(db, *household);
        snapshot.keys = last_key_entries(db, account);
        snapshot.devices = devices_in(db, account);
        snapshot.invitations = invitations_by(db, account, now);
        return snapshot;
    });
}

Result<std::int64_t, StoreError> SqliteStore::cursor_of(AccountId account) {
    return m_database.read([&](Connection& db) { return cursor_in(db, account); });
}

Result<std::int64_t, StoreError> SqliteStore::last_change() {
    return m_database.read([](Connection& db) {
        return db
            .first("SELECT seq FROM account_changes ORDER BY seq DESC LIMIT 1", [](Row row) { return row.integer(0); })
            .value_or(0);
    });
}

Result<std::vector<AccountId>, StoreError> SqliteStore::changed_since(std::int64_t cursor) {
    return m_database.read([&](Connection& db) {
        std::vector<AccountId> accounts;
        db.each(
            "SELECT account_id FROM account_changes WHERE seq > ? ORDER BY seq",
            [&](Row row) { accounts.push_back(AccountId(row.integer(0))); }, cursor);
        return accounts;
    });
}

} // namespace foyer::server::sqlite
