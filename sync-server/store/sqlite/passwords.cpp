#include "sqlite/account_rows.h"
#include "sqlite/mail_rows.h"
#include "sqlite/sqlite_store.h"

namespace foyer::server::sqlite {

using store::Account;
using store::AccountId;
using store::ResetId;
using store::ResetOutcome;
using store::StoreError;

namespace {

struct TokenRow {
    std::int64_t account = 0;
    std::string key_hash;
    UnixSeconds created_at = 0;
    bool ended = false; // revoked or used
};

std::optional<TokenRow> find_reset(Connection& db, ResetId reset) {
    return db.first(
        "SELECT account_id, key_hash, created_at, revoked_at IS NOT NULL OR used_at IS NOT NULL"
        " FROM reset_tokens WHERE id = ?",
        [](Row row) {
            return TokenRow{row.integer(0), row.text(1), row.integer(2), row.integer(3) != 0};
        },
        reset.number());
}

} // namespace

Result<Done, StoreError> SqliteStore::request_reset(AccountId account, const std::string& key_hash,
                                                    const std::function<store::NewMail(ResetId)>& make_mail,
                                                    UnixSeconds now) {
    return m_database.write([&](Connection& db) {
        db.run("UPDATE reset_tokens SET revoked_at = ? WHERE account_id = ? AND revoked_at IS NULL AND used_at IS NULL",
               now, account.number());
        db.run("INSERT INTO reset_tokens (account_id, key_hash, created_at) VALUES (?, ?, ?)", account.number(),
               Blob{key_hash}, now);
        queue_mail(db, make_mail(ResetId(db.last_insert_id())), now);
        return Done{};
    });
}

Result<std::optional<Account>, StoreError> SqliteStore::account_of_reset(ResetId reset, const std::string& key_hash,
                                                                         UnixSeconds oldest_accepted) {
    return m_database.read([&](Connection& db) -> std::optional<Account> {
        const auto token = find_reset(db, reset);
        if (!token || !same_bytes(token->key_hash, key_hash) || token->ended || token->created_at < oldest_accepted)
            return std::nullopt;
        return find_account(db, AccountId(token->account));
    });
}

Result<ResetOutcome, StoreError> SqliteStore::reset_password(ResetId reset, const std::string& key_hash,
                                                             const std::string& password_hash,
                                                             UnixSeconds oldest_accepted, UnixSeconds now) {
    return m_database.write([&](Connection& db) {
        const auto token = find_reset(db, reset);
        if (!token || !same_bytes(token->key_hash, key_hash))
            return ResetOutcome::unknown_or_wrong;
        if (token->ended || token->created_at < oldest_accepted)
            return ResetOutcome::used_or_old;
        db.run("UPDATE reset_tokens SET used_at = ? WHERE id = ?", now, reset.number());
        db.run("UPDATE accounts SET password_hash = ? WHERE id = ?", password_hash, token->account);
        // Whoever knew the old password is asked for the new one; the password still sealed is not wanted any more.
        db.run("DELETE FROM devices WHERE account_id = ?", token->account);
        db.run("DELETE FROM password_jobs WHERE account_id = ?", token->account);
        note_change(db, AccountId(token->account));
        return ResetOutcome::done;
    });
}

Result<Done, StoreError> SqliteStore::change_password(const store::PasswordChange& change) {
    return m_database.write([&](Connection& db) {
        const std::int64_t account = change.account.number();
        db.run("UPDATE accounts SET password_hash = ? WHERE id = ?", change.password_hash, account);
        db.run("DELETE FROM devices WHERE account_id = ? AND thumbprint <> ?", account, Blob{change.kept_device});
        db.run("DELETE FROM password_jobs WHERE account_id = ?", account);
        db.run("UPDATE reset_tokens SET revoked_at = ? WHERE account_id = ? AND revoked_at IS NULL AND used_at IS NULL",
               change.now, account);
        note_change(db, change.account);
        return Done{};
    });
}

} // namespace foyer::server::sqlite
