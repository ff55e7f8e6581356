#include "sqlite/household_rows.h"
#include "sqlite/sqlite_store.h"

namespace foyer::server::sqlite {

using store::AccountId;
using store::Household;
using store::HouseholdId;
using store::StoreError;

namespace {

std::vector<Household> households_in(Connection& db, const std::string& portal) {
    std::vector<HouseholdId> ids;
    db.each(
        "SELECT id FROM households WHERE portal = ? ORDER BY id",
        [&](Row row) { ids.push_back(HouseholdId(row.integer(0))); }, portal);
    std::vector<Household> households;
    for (const HouseholdId id : ids)
        if (auto household = find_household(db, id))
            households.push_back(std::move(*household));
    return households;
}

} // namespace

Result<std::optional<Household>, StoreError> SqliteStore::household_of(AccountId account) {
    return m_database.read([&](Connection& db) -> std::optional<Household> {
        const auto id = household_of_account(db, account);
        return id ? find_household(db, *id) : std::nullopt;
    });
}

Result<std::optional<Household>, StoreError> SqliteStore::find_family(const std::string& portal,
                                                                      const std::string& family_id) {
    return m_database.read([&](Connection& db) -> std::optional<Household> {
        const auto id = db.first(
            "SELECT id FROM households WHERE portal = ? AND family_id = ?",
            [](Row row) { return HouseholdId(row.integer(0)); }, portal, family_id);
        return id ? find_household(db, *id) : std::nullopt;
    });
}

Result<std::vector<Household>, StoreError> SqliteStore::households_of(const std::string& portal) {
    return m_database.read([&](Connection& db) { return households_in(db, portal); });
}

Result<int, StoreError> SqliteStore::import(const std::string& portal, const ImportWork& work, UnixSeconds now) {
    return m_database.write([&](Connection& db) {
        const auto writes = work(households_in(db, portal), next_person(db));
        if (!writes)
            return 0;
        for (const store::HouseholdWrite& write : *writes)
            write_household(db, portal, write, std::nullopt, now);
        return static_cast<int>(writes->size());
    });
}

} // namespace foyer::server::sqlite
