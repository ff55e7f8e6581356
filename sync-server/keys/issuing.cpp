#include "keys/issuing.h"

#include "keys/key_hash.h"
#include "keys/new_key.h"
#include "support/calendar.h"

#include <chrono>

namespace foyer::server {

namespace {

constexpr UnixSeconds HOUR = 3600;
constexpr UnixSeconds DAY = 24 * HOUR;

// The instant at which the day after this one begins in the town.
UnixSeconds end_of(Day day) {
    const auto midnight =
        std::chrono::sys_days(std::chrono::year(day.year) / std::chrono::month(static_cast<unsigned>(day.month)) /
                              std::chrono::day(static_cast<unsigned>(day.day))) +
        std::chrono::days(1);
    const UnixSeconds in_utc = midnight.time_since_epoch().count() * DAY;
    // Paris is one hour ahead, or two in summer.
    const UnixSeconds in_summer = in_utc - 2 * HOUR;
    return time_in_paris(in_summer).hour == 0 ? in_summer : in_utc - HOUR;
}

Result<std::vector<store::Household>, store::StoreError>
households_meant(const KeySurroundings& around, const std::string& portal, const KeyWish& wish) {
    if (wish.households.empty())
        return around.households.households_of(portal);
    std::vector<store::Household> found;
    for (const store::HouseholdId id : wish.households) {
        auto household = around.households.family(portal, id);
        if (!household)
            return Failure{household.error()};
        if (*household)
            found.push_back(std::move(**household));
    }
    return found;
}

bool is_meant(const store::Household& household, const std::string& family) {
    return family.empty() || (!household.family_id.empty() && household.family_id == family) ||
           "#" + std::to_string(household.id.number()) == family;
}

} // namespace

Result<IssuedKeys, KeyRefusal> issue_service_keys(const KeySurroundings& around, const KeyWish& wish,
                                                  const store::NewAuditLine& line) {
    const std::string last_day =
        wish.last_day.empty() ? text_of(time_in_paris(around.now + KeyWish::USUAL_DAYS * DAY).date) : wish.last_day;
    const auto day = day_from(last_day);
    if (!day || end_of(*day) <= around.now || end_of(*day) > around.now + KeyWish::MOST_DAYS * DAY)
        return Failure{KeyRefusal::day_wrong};
    const auto households = households_meant(around, line.portal, wish);
    if (!households)
        return Failure{KeyRefusal::storage};

    IssuedKeys issued;
    issued.last_day = last_day;
    std::vector<IssuedKey> made;
    std::vector<store::NewKey> stored;
    bool met = false;
    for (const store::Household& household : *households) {
        if (!is_meant(household, wish.family))
            continue;
        met = true;
        for (const store::HouseholdPerson& person : household.people) {
            if (!person.active || person.kind != store::PersonKind::representative ||
                (wish.person && *wish.person != person.id))
                continue;
            if (person.account) {
                ++issued.with_account;
                continue;
            }
            const domain::ServiceKey key = make_key(around.random);
            stored.push_back({line.portal, wish.service, key_hash(key), household.id, person.id, around.now,
                              end_of(*day), wish.spares_live_ones});
            made.push_back({household, person, key});
        }
    }
    if (!met && (!wish.family.empty() || !wish.households.empty()))
        return Failure{KeyRefusal::family_unknown};
    const auto ids = around.keys.issue(stored, line);
    if (!ids)
        return Failure{KeyRefusal::storage};
    for (std::size_t i = 0; i < made.size(); ++i) {
        made[i].id = (*ids)[i];
        if (made[i].id == 0)
            ++issued.spared;
        else
            issued.keys.push_back(std::move(made[i]));
    }
    return issued;
}

} // namespace foyer::server
