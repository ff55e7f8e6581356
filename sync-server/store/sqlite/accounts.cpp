#include "sqlite/account_rows.h"
#include "sqlite/sqlite_store.h"

namespace foyer::server::sqlite {

using store::Account;
using store::AccountId;
using store::Credentials;
using store::StoreError;
using store::SubmissionSummary;

Result<std::vector<Account>, StoreError> SqliteStore::find_by_contact(const std::string& portal,
                                                                      const std::string& identifier_key,
                                                                      const std::string& email_key) {
    return m_database.read([&](Connection& db) {
        std::vector<Account> accounts;
        db.each(
            "SELECT " FOYER_ACCOUNT_COLUMNS " FROM accounts a WHERE a.portal = ?1 AND a.identifier_key = ?2"
            " AND a.merged_into IS NULL"
            " UNION SELECT " FOYER_ACCOUNT_COLUMNS " FROM accounts a WHERE a.portal = ?1 AND a.email_key = ?3"
            " AND a.merged_into IS NULL"
            " ORDER BY 1 DESC LIMIT 8",
            [&](Row row) { accounts.push_back(account_of(row)); }, portal, identifier_key, email_key);
        return accounts;
    });
}

Result<std::optional<Credentials>, StoreError> SqliteStore::credentials(const std::string& portal,
                                                                        const std::string& identifier_key) {
    return m_database.read([&](Connection& db) {
        return db.first(
            "SELECT id, state, password_hash FROM accounts WHERE portal = ? AND identifier_key = ?"
            " AND merged_into IS NULL",
            [](Row row) {
                return Credentials{AccountId(row.integer(0)), account_state_from(row.text(1)), row.optional_text(2)};
            },
            portal, identifier_key);
    });
}

Result<std::optional<Account>, StoreError> SqliteStore::find(AccountId account) {
    return m_database.read([&](Connection& db) { return find_account(db, account); });
}

Result<std::optional<Credentials>, StoreError> SqliteStore::credentials_of(AccountId account) {
    return m_database.read([&](Connection& db) {
        return db.first(
            "SELECT id, state, password_hash FROM accounts WHERE id = ?",
            [](Row row) {
                return Credentials{AccountId(row.integer(0)), account_state_from(row.text(1)), row.optional_text(2)};
            },
            account.number());
    });
}

Result<store::Answers, StoreError> SqliteStore::profile_of(AccountId account) {
    return m_database.read([&](Connection& db) { return profile_of_account(db, account); });
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
