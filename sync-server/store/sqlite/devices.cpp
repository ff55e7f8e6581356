#include "sqlite/account_rows.h"
#include "sqlite/sqlite_store.h"

namespace foyer::server::sqlite {

using store::Account;
using store::AccountId;
using store::Device;
using store::StoreError;

namespace {

constexpr UnixSeconds SEEN_EVERY = 3600;

std::optional<AccountId> bound_to(Connection& db, const std::string& portal, const std::string& thumbprint) {
    return db.first(
        "SELECT account_id FROM devices WHERE portal = ? AND thumbprint = ?",
        [](Row row) { return AccountId(row.integer(0)); }, portal, Blob{thumbprint});
}

} // namespace

Result<Done, StoreError> SqliteStore::bind_device(const std::string& portal, const std::string& thumbprint,
                                                  const std::string& public_key, AccountId account, UnixSeconds now,
                                                  const std::string& label) {
    return m_database.write([&](Connection& db) {
        const auto before = bound_to(db, portal, thumbprint);
        db.run("INSERT INTO devices (portal, thumbprint, public_key, account_id, bound_at, label, last_seen_at)"
               " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (portal, thumbprint) DO UPDATE SET"
               " account_id = excluded.account_id, bound_at = excluded.bound_at, last_seen_at = excluded.last_seen_at,"
               " label = iif(excluded.label = '', label, excluded.label)",
               portal, Blob{thumbprint}, Blob{public_key}, account.number(), now, label, now);
        if (before && *before != account)
            note_change(db, *before);
        note_change(db, account);
        return Done{};
    });
}

Result<Done, StoreError> SqliteStore::unbind_device(const std::string& portal, const std::string& thumbprint) {
    return m_database.write([&](Connection& db) {
        const auto account = bound_to(db, portal, thumbprint);
        if (!account)
            return Done{};
        db.run("DELETE FROM devices WHERE portal = ? AND thumbprint = ?", portal, Blob{thumbprint});
        note_change(db, *account);
        return Done{};
    });
}

Result<bool, StoreError> SqliteStore::unbind_device_of(AccountId account, const std::string& thumbprint) {
    return m_database.write([&](Connection& db) {
        if (db.run("DELETE FROM devices WHERE account_id = ? AND thumbprint = ?", account.number(), Blob{thumbprint}) ==
            0)
            return false;
        note_change(db, account);
        return true;
    });
}

Result<Done, StoreError> SqliteStore::device_seen(const std::string& portal, const std::string& thumbprint,
                                                  UnixSeconds now) {
    // Found out by reading, so that the usual call does not write.
    const auto stale = m_database.read([&](Connection& db) {
        return db
            .first(
                "SELECT last_seen_at <= ? FROM devices WHERE portal = ? AND thumbprint = ?",
                [](Row row) { return row.integer(0) != 0; }, now - SEEN_EVERY, portal, Blob{thumbprint})
            .value_or(false);
    });
    if (!stale)
        return Failure{stale.error()};
    if (!*stale)
        return Done{};
    return m_database.write([&](Connection& db) {
        // Nobody is woken for this: it is told with the next change.
        db.run("UPDATE devices SET last_seen_at = ? WHERE portal = ? AND thumbprint = ?", now, portal,
               Blob{thumbprint});
        return Done{};
    });
}

Result<std::vector<Device>, StoreError> SqliteStore::devices_of(AccountId account) {
    return m_database.read([&](Connection& db) { return devices_in(db, account); });
}

Result<std::optional<Account>, StoreError> SqliteStore::account_of_device(const std::string& portal,
                                                                          const std::string& thumbprint) {
    return m_database.read([&](Connection& db) {
        return db.first("SELECT " FOYER_ACCOUNT_COLUMNS " FROM devices d JOIN accounts a ON a.id = d.account_id"
                        " WHERE d.portal = ? AND d.thumbprint = ? AND a.merged_into IS NULL",
                        account_of, portal, Blob{thumbprint});
    });
}

} // namespace foyer::server::sqlite
