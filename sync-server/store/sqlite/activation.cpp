#include "sqlite/account_rows.h"
#include "sqlite/json_columns.h"
#include "sqlite/mail_rows.h"
#include "sqlite/sqlite_store.h"
#include "sqlite/submission_rows.h"

#include <algorithm>

namespace foyer::server::sqlite {

using store::AccountId;
using store::AccountState;
using store::Activation;
using store::ActivationOutcome;
using store::ActivationToken;
using store::ActivationView;
using store::StoreError;

namespace {

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

// The account is open, so its registration is done, unless something in it is for the staff to look at. That the wanted
// identifier was somebody else's is not: another has just been chosen.
void close_registration(Connection& db, AccountId account, UnixSeconds now) {
    struct Open {
        std::int64_t id = 0;
        std::vector<store::Mark> marks;
    };
    const auto open = db.first(
        "SELECT id, marks FROM submissions WHERE account_id = ? AND procedure = 1 AND state = 'received'",
        [](Row row) {
            return Open{row.integer(0), marks_from(row.text(1))};
        },
        account.number());
    if (open && std::all_of(open->marks.begin(), open->marks.end(),
                            [](const store::Mark& mark) { return mark.code == "identifier_taken"; })) {
        db.run("UPDATE submissions SET state = 'accepted' WHERE id = ?", open->id);
        add_event(db, open->id, {now, "accepted", {}});
    }
    note_change(db, account);
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
        close_registration(db, activation.account, activation.now);
        return ActivationOutcome::activated;
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
        queue_mail(db, mail, now, {account});
        return Done{};
    });
}

} // namespace foyer::server::sqlite
