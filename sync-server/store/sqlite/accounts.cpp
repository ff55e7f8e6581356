#include "sqlite/mail_rows.h"
#include "sqlite/sqlite_store.h"

#include <openssl/crypto.h>

namespace foyer::server::sqlite {

using store::Account;
using store::AccountId;
using store::AccountState;
using store::Activation;
using store::ActivationOutcome;
using store::ActivationToken;
using store::ActivationView;
using store::Credentials;
using store::ResetId;
using store::ResetOutcome;
using store::StoreError;
using store::SubmissionSummary;

namespace {

#define FOYER_ACCOUNT_COLUMNS                                                                                          \
    "a.id, a.portal, a.state, a.wanted_identifier, a.identifier, a.civility, a.first_names, a.last_name, a.email, "    \
    "a.language, a.password_hash IS NOT NULL"

AccountState state_of(const std::string& text) {
    return text == "active" ? AccountState::active : AccountState::pending;
}

Account account_of(Row row) {
    Account account;
    account.id = AccountId(row.integer(0));
    account.portal = row.text(1);
    account.state = state_of(row.text(2));
    account.wanted_identifier = row.text(3);
    account.identifier = row.optional_text(4);
    account.person = {row.text(5), row.text(6), row.text(7)};
    account.email = row.text(8);
    account.language = row.text(9);
    account.has_password = row.integer(10) != 0;
    return account;
}

std::optional<Account> find_account(Connection& db, AccountId account) {
    return db.first("SELECT " FOYER_ACCOUNT_COLUMNS " FROM accounts a WHERE a.id = ?", account_of, account.number());
}

// Compares all bytes whatever they are, so that time tells nothing about a stored hash.
bool same_bytes(const std::string& a, const std::string& b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

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

std::vector<ActivationToken> tokens_of(Connection& db, AccountId account) {
    std::vector<ActivationToken> tokens;
    db.each(
        "SELECT key_hash, created_at, revoked_at IS NOT NULL FROM activation_tokens WHERE account_id = ?",
        [&](Row row) {
            tokens.push_back({row.text(0), row.integer(1), row.integer(2) != 0});
        },
        account.number());
    return tokens;
}

const ActivationToken* token_with(const std::vector<ActivationToken>& tokens, const std::string& key_hash) {
    const ActivationToken* found = nullptr;
    for (const ActivationToken& token : tokens)
        if (same_bytes(token.key_hash, key_hash))
            found = &token;
    return found;
}

} // namespace

Result<std::optional<ActivationView>, StoreError> SqliteStore::activation(AccountId account) {
    return m_database.read([&](Connection& db) -> std::optional<ActivationView> {
        auto found = find_account(db, account);
        if (!found)
            return std::nullopt;
        return ActivationView{std::move(*found), tokens_of(db, account)};
    });
}

Result<ActivationOutcome, StoreError> SqliteStore::activate(const Activation& activation) {
    return m_database.write([&](Connection& db) {
        const auto account = find_account(db, activation.account);
        if (!account)
            return ActivationOutcome::unknown_account;
        const auto tokens = tokens_of(db, activation.account);
        const ActivationToken* token = token_with(tokens, activation.key_hash);
        if (!token)
            return ActivationOutcome::wrong_key;
        if (account->state == AccountState::active)
            return ActivationOutcome::already_active;
        if (token->revoked)
            return ActivationOutcome::revoked;
        if (token->created_at < activation.oldest_accepted)
            return ActivationOutcome::expired;

        if (!account->identifier) {
            if (!activation.identifier || db.first(
                                              "SELECT 1 FROM accounts WHERE portal = ? AND identifier_key = ?",
                                              [](Row) { return true; }, account->portal, activation.identifier->key))
                return ActivationOutcome::identifier_taken;
            db.run("UPDATE accounts SET identifier = ?, identifier_key = ? WHERE id = ?", activation.identifier->text,
                   activation.identifier->key, activation.account.number());
        }
        db.run("UPDATE accounts SET state = 'active', activated_at = ? WHERE id = ?", activation.now,
               activation.account.number());
        db.run("UPDATE activation_tokens SET used_at = ? WHERE account_id = ? AND key_hash = ?", activation.now,
               activation.account.number(), Blob{activation.key_hash});
        return ActivationOutcome::activated;
    });
}

Result<std::vector<Account>, StoreError> SqliteStore::find_by_contact(const std::string& portal,
                                                                      const std::string& identifier_key,
                                                                      const std::string& email_key) {
    return m_database.read([&](Connection& db) {
        std::vector<Account> accounts;
        db.each(
            "SELECT " FOYER_ACCOUNT_COLUMNS " FROM accounts a WHERE a.portal = ?1 AND a.identifier_key = ?2"
            " UNION SELECT " FOYER_ACCOUNT_COLUMNS " FROM accounts a WHERE a.portal = ?1 AND a.email_key = ?3"
            " ORDER BY 1 DESC LIMIT 8",
            [&](Row row) { accounts.push_back(account_of(row)); }, portal, identifier_key, email_key);
        return accounts;
    });
}

Result<Done, StoreError> SqliteStore::renew_activation(AccountId account, const std::string& key_hash,
                                                       store::NewMail mail, UnixSeconds now) {
    return m_database.write([&](Connection& db) {
        const auto found = find_account(db, account);
        if (!found || found->state != AccountState::pending)
            return Done{};
        db.run("UPDATE activation_tokens SET revoked_at = ? WHERE account_id = ? AND revoked_at IS NULL", now,
               account.number());
        db.run("INSERT INTO activation_tokens (account_id, key_hash, created_at) VALUES (?, ?, ?)", account.number(),
               Blob{key_hash}, now);
        queue_mail(db, mail, now);
        return Done{};
    });
}

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
        return ResetOutcome::done;
    });
}

Result<std::optional<Credentials>, StoreError> SqliteStore::credentials(const std::string& portal,
                                                                        const std::string& identifier_key) {
    return m_database.read([&](Connection& db) {
        return db.first(
            "SELECT id, state, password_hash FROM accounts WHERE portal = ? AND identifier_key = ?",
            [](Row row) {
                return Credentials{AccountId(row.integer(0)), state_of(row.text(1)), row.optional_text(2)};
            },
            portal, identifier_key);
    });
}

Result<std::optional<Account>, StoreError> SqliteStore::find(AccountId account) {
    return m_database.read([&](Connection& db) { return find_account(db, account); });
}

Result<Done, StoreError> SqliteStore::bind_device(const std::string& portal, const std::string& thumbprint,
                                                  const std::string& public_key, AccountId account, UnixSeconds now) {
    return m_database.write([&](Connection& db) {
        db.run("INSERT INTO devices (portal, thumbprint, public_key, account_id, bound_at) VALUES (?, ?, ?, ?, ?)"
               " ON CONFLICT (portal, thumbprint) DO UPDATE SET account_id = excluded.account_id,"
               " bound_at = excluded.bound_at",
               portal, Blob{thumbprint}, Blob{public_key}, account.number(), now);
        return Done{};
    });
}

Result<Done, StoreError> SqliteStore::unbind_device(const std::string& portal, const std::string& thumbprint) {
    return m_database.write([&](Connection& db) {
        db.run("DELETE FROM devices WHERE portal = ? AND thumbprint = ?", portal, Blob{thumbprint});
        return Done{};
    });
}

Result<std::optional<Account>, StoreError> SqliteStore::account_of_device(const std::string& portal,
                                                                          const std::string& thumbprint) {
    return m_database.read([&](Connection& db) {
        return db.first("SELECT " FOYER_ACCOUNT_COLUMNS " FROM devices d JOIN accounts a ON a.id = d.account_id"
                        " WHERE d.portal = ? AND d.thumbprint = ?",
                        account_of, portal, Blob{thumbprint});
    });
}

Result<std::vector<SubmissionSummary>, StoreError> SqliteStore::submissions_of(AccountId account, int limit) {
    return m_database.read([&](Connection& db) {
        std::vector<SubmissionSummary> summaries;
        db.each(
            "SELECT envelope_id, number, procedure, state, received_at, due_by FROM submissions"
            " WHERE account_id = ? ORDER BY received_at DESC, id DESC LIMIT ?",
            [&](Row row) {
                summaries.push_back({row.text(0), row.text(1), static_cast<std::uint16_t>(row.integer(2)), row.text(3),
                                     row.integer(4), row.text(5)});
            },
            account.number(), limit);
        return summaries;
    });
}

} // namespace foyer::server::sqlite
