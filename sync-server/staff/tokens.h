// The use cases of tokens: what a script shows instead of a session. Each has an end, and names what it is for.
#pragma once

#include "base/problem.h"
#include "staff/caller.h"
#include "staff/surroundings.h"

#include <optional>
#include <string>
#include <vector>

namespace foyer::server::staff {

inline constexpr UnixSeconds TOKEN_LONGEST_SECONDS = UnixSeconds{366} * 24 * 3600;

struct TokenWish {
    std::string name;
    std::vector<store::TokenScope> scopes; // at least one
    UnixSeconds expires_at = 0;            // to come, and within a year
};

struct MadeToken {
    store::StaffToken token;
    std::string text; // "foyer_…", 256 random bits: shown once
};

struct TokenFailure {
    bool unavailable = false;
    std::vector<Problem> problems; // of "name", "scopes", "expires_at"
};

class Tokens {
public:
    explicit Tokens(StaffSurroundings surroundings) : m_around(surroundings) {}

    [[nodiscard]] Result<MadeToken, TokenFailure> make(const Caller& caller, const TokenWish& wish);
    // False: there is no such token in this town, or it was revoked already.
    [[nodiscard]] Result<bool, store::StoreError> revoke(const Caller& caller, store::StaffTokenId token);
    // Nothing when it is unknown, revoked or too old, or when who made it is disabled.
    [[nodiscard]] Result<std::optional<store::StaffTokenHolder>, store::StoreError> find(const std::string& text);

private:
    StaffSurroundings m_around;
};

} // namespace foyer::server::staff
