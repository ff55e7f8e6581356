#include "households/known.h"

namespace foyer::server::households {

form::PersonKind kind_of(store::PersonKind kind) {
    switch (kind) {
    case store::PersonKind::representative:
        return form::PersonKind::representative;
    case store::PersonKind::child:
        return form::PersonKind::child;
    case store::PersonKind::expected_child:
        return form::PersonKind::expected_child;
    case store::PersonKind::contact:
        break;
    }
    return form::PersonKind::contact;
}

store::PersonKind kind_of(form::PersonKind kind) {
    switch (kind) {
    case form::PersonKind::representative:
        return store::PersonKind::representative;
    case form::PersonKind::child:
        return store::PersonKind::child;
    case form::PersonKind::expected_child:
        return store::PersonKind::expected_child;
    case form::PersonKind::contact:
        break;
    }
    return store::PersonKind::contact;
}

household::Known known_people(const std::optional<store::Household>& household, store::AccountId account,
                              const store::Answers& profile) {
    household::Known known;
    if (household)
        for (VisiblePerson& person : visible_people(*household, account))
            known.push_back({person.reference, kind_of(person.kind), person.self, std::move(person.answers)});
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
