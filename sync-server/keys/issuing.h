// The use case “a service sends keys to the families it knows”.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "domain/service_key.h"
#include "security/crypto.h"
#include "store/households.h"
#include "store/keys.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace foyer::server {

struct KeySurroundings {
    store::HouseholdStore& households;
    store::KeyStore& keys;
    security::RandomSource& random;
    UnixSeconds now = 0;
};

struct KeyWish {
    std::string service;
    std::string family;   // the imported system's id, or "#12"; empty: every family of the town
    std::string last_day; // on which the keys can be used, in the town; empty: USUAL_DAYS from now
    static constexpr int USUAL_DAYS = 90;
    static constexpr int MOST_DAYS = 731;
    // Instead of `family`: these of the town's; one that is not there is passed over.
    std::vector<store::HouseholdId> households = {};
    std::optional<store::PersonId> person = {}; // nobody else of them
    bool spares_live_ones = false;              // who has a key that can still be used gets no other
};

struct IssuedKey {
    store::Household household;
    store::HouseholdPerson person;
    domain::ServiceKey key; // shown once, then known by its hash only
    std::int64_t id = 0;    // by which it is found again
};

struct IssuedKeys {
    std::vector<IssuedKey> keys; // one for each representative who has no account
    int with_account = 0;        // representatives who need none
    int spared = 0;              // who have one already, when those are spared
    std::string last_day;        // YYYY-MM-DD
};

enum class KeyRefusal { family_unknown, day_wrong, storage };

// All of them are stored, with the line of the audit log, or none. Takes some milliseconds a key.
[[nodiscard]] Result<IssuedKeys, KeyRefusal> issue_service_keys(const KeySurroundings& around, const KeyWish& wish,
                                                                const store::NewAuditLine& line);

} // namespace foyer::server
