#include "households/known.h"

namespace foyer::server::households {

household::Known known_people(const std::optional<store::Household>& household, store::AccountId account,
                              const store::Answers& profile) {
    household::Known known;
    if (household)
        for (VisiblePerson& person : visible_people(*household, account))
            known.push_back({person.reference, person.kind, person.self, std::move(person.answers)});
    if (known.empty())
        known.push_back({std::string(form::SELF), form::PersonKind::representative, true, profile});
    return known;
}

Result<household::Known, store::StoreError> known_to(store::AccountId account, store::HouseholdStore& households,
                                                     store::AccountStore& accounts) {
    const auto household = households.household_of(account);
    if (!household)
        return Failure{household.error()};
    const auto profile = accounts.profile_of(account);
    if (!profile)
        return Failure{profile.error()};
    return known_people(*household, account, *profile);
}

} // namespace foyer::server::households
