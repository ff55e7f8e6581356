// What an accepted entourage makes of a household. Pure.
#pragma once

#include "form/form.h"
#include "store/submissions.h"

namespace foyer::server::households {

// New people get the ids from view.next_person on. Somebody the family has named by reference ("known"), or who is
// already there under the same name and birth date, is changed and keeps the id: an expected child that is born stays
// the same child. The own person of another account is never changed by somebody else's form. References become those
// of the people ("self", "r0", "c1" -> "k12"); one that has come to mean nobody is left out.
[[nodiscard]] store::HouseholdWrite accepted_entourage(const store::DecisionView& view,
                                                       const form::FormDefinition& form);

// The household as it is after the write.
[[nodiscard]] store::Household after(const std::optional<store::Household>& before, const store::HouseholdWrite& write);

// The accounts of either that see something else than before.
[[nodiscard]] std::vector<store::AccountId> who_sees_the_change(const std::optional<store::Household>& before,
                                                                const store::Household& after);

} // namespace foyer::server::households
