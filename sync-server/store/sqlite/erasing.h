// Taking data away inside somebody else's transaction. Every table that points to an account, a request or a person is
// dealt with here; a test asks the schema whether one was forgotten.
#pragma once

#include "sqlite/connection.h"
#include "store/accounts.h"
#include "store/households.h"
#include "store/privacy.h"

#include <map>
#include <string>

namespace foyer::server::sqlite {

using ErasedCounts = std::map<std::string, std::int64_t>;

// The request with its answers, versions, history, notes and mails. Its envelope's line (number, date, fingerprint)
// stays, so that the same letter is not taken for a new one. With it goes the account that only stood for it.
void erase_request(Connection& db, std::int64_t request, ErasedCounts& counts);

struct AccountErasing {
    UnixSeconds now = 0;
    UnixSeconds decided_after = 0; // requests decided since then stay, under nobody's name…
    UnixSeconds keep_seconds = 0;  // …until so long after their decision
};
// The account with everything of it; of its household what is nobody else's.
void erase_account(Connection& db, store::AccountId account, const AccountErasing& how, ErasedCounts& counts,
                   std::vector<store::ErasureKept>& kept);

void erase_household(Connection& db, store::HouseholdId household, ErasedCounts& counts);

} // namespace foyer::server::sqlite
