// Whom an account may name in its forms: the people it sees, as the rules of shared/household know them.
#pragma once

#include "base/result.h"
#include "household/people.h"
#include "households/visibility.h"
#include "store/accounts.h"
#include "store/households.h"

namespace foyer::server::households {

// Of a family that the town knows: who is visible. While it knows none: the account's own person, made of its profile.
[[nodiscard]] household::Known known_people(const std::optional<store::Household>& household, store::AccountId account,
                                            const store::Answers& profile);

// The same, read from the stores.
[[nodiscard]] Result<household::Known, store::StoreError>
known_to(store::AccountId account, store::HouseholdStore& households, store::AccountStore& accounts);

} // namespace foyer::server::households
