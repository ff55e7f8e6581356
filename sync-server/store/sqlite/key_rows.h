// Looking up typed codes inside the transaction of the submission they came with.
#pragma once

#include "sqlite/connection.h"
#include "store/keys.h"
#include "store/submissions.h"

#include <cstdint>
#include <string>
#include <vector>

namespace foyer::server::sqlite {

// Links the account for each code that is right, notes what became of every one, and gives a mark for each that opened
// nothing.
[[nodiscard]] std::vector<store::Mark> use_keys(Connection& db, const std::string& portal, store::AccountId account,
                                                std::int64_t submission, const std::vector<store::TypedKey>& keys,
                                                UnixSeconds now);

[[nodiscard]] std::vector<store::KeyEntry> last_key_entries(Connection& db, store::AccountId account);
[[nodiscard]] std::vector<store::KeyEntry> key_entries_of(Connection& db, std::int64_t submission);
[[nodiscard]] std::vector<store::Invitation> invitations_by(Connection& db, store::AccountId account, UnixSeconds now);

} // namespace foyer::server::sqlite
