#include "sqlite/account_rows.h"
#include "sqlite/mail_rows.h"
#include "sqlite/sqlite_store.h"

namespace foyer::server::sqlite {

using store::AccountId;
using store::EmailChange;
using store::EmailChangeId;
using store::ResetOutcome;
using store::StoreError;

namespace {

struct ChangeRow {
    EmailChange change;
    std::string key_hash;
    std::string email_key;
};

std::optional<ChangeRow> find_change(Connection& db, EmailChangeId id) {
    auto row = db.first(
        "SELECT account_id, email, asked_at, used_at IS NOT NULL OR revoked_at IS NOT NULL, key_hash, email_key"
        " FROM email_changes WHERE id = ?",
        [&](Row columns) {
            ChangeRow found;
            found.change.id = id;
            found.change.account.id = AccountId(columns.integer(0));
            found.change.email = columns.text(1);
            found.change.asked_at = columns.integer(2);
            found.change.ended = columns.integer(3) != 0;
            found.key_hash = columns.text(4);
            found.email_key = columns.text(5);
            return found;
        },
        id.number());
    if (!row)
        return std::nullopt;
    auto account = find_account(db, row->change.account.id);
    if (!account)
        return std::nullopt;
    row->change.account = std::move(*account);
    return row;
}

} // namespace

Result<std::optional<EmailChange>, StoreError> SqliteStore::email_change(EmailChangeId change,
                                                                         const std::string& key_hash) {
    return m_database.read([&](Connection& db) -> std::optional<EmailChange> {
        const auto found = find_change(db, change);
        if (!found || !same_bytes(found->key_hash, key_hash))
            return std::nullopt;
        return found->change;
    });
}

Result<ResetOutcome, StoreError> SqliteStore::confirm_email(const store::EmailConfirmation& confirmation) {
    return m_database.write([&](Connection& db) {
        const auto found = find_change(db, confirmation.change);
        if (!found || !same_bytes(found->key_hash, confirmation.key_hash))
            return ResetOutcome::unknown_or_wrong;
        if (found->change.ended || found->change.asked_at < confirmation.oldest_accepted)
            return ResetOutcome::used_or_old;
        const AccountId account = found->change.account.id;
        db.run("UPDATE email_changes SET used_at = ? WHERE id = ?", confirmation.now, confirmation.change.number());
        db.run("UPDATE accounts SET email = ?, email_key = ? WHERE id = ?", found->change.email, found->email_key,
               account.number());
        store::Answers profile = profile_of_account(db, account);
        profile["email"] = found->change.email;
        write_profile(db, account, profile, std::nullopt, std::nullopt, confirmation.now);
        queue_mail(db, confirmation.make_notice(found->change), confirmation.now);
        return ResetOutcome::done;
    });
}

} // namespace foyer::server::sqlite
