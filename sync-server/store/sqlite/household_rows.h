// Households inside somebody else's transaction.
#pragma once

#include "sqlite/connection.h"
#include "store/households.h"

#include <optional>
#include <string>

namespace foyer::server::sqlite {

[[nodiscard]] std::optional<store::Household> find_household(Connection& db, store::HouseholdId household);
[[nodiscard]] std::optional<store::HouseholdId> household_of_account(Connection& db, store::AccountId account);
// The id the next new person will have.
[[nodiscard]] store::PersonId next_person(Connection& db);
// Writes the people and tells the accounts that are to be told. Gives the household's id.
store::HouseholdId write_household(Connection& db, const std::string& portal, const store::HouseholdWrite& write,
                                   std::optional<std::int64_t> submission, UnixSeconds now);

// Every account of the household, so that none of them misses a change.
void note_household_change(Connection& db, store::HouseholdId household);

} // namespace foyer::server::sqlite
