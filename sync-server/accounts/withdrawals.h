// A family takes back a request, as long as nobody at the town hall has begun to process it.
#pragma once

#include "accounts/account_surroundings.h"

#include <string>

namespace foyer::server {

enum class WithdrawalOutcome {
    withdrawn,     // now, or by an earlier call whose answer was lost
    already_taken, // an agent has begun, or it is decided
    unknown,       // no such submission of this account
    not_logged_in,
};

struct Withdrawal {
    WithdrawalOutcome outcome = WithdrawalOutcome::unknown;
    std::string state; // of an already_taken one
};

class Withdrawals {
public:
    explicit Withdrawals(AccountSurroundings surroundings) : m_around(std::move(surroundings)) {}

    // `envelope_id`: 16 bytes.
    [[nodiscard]] Result<Withdrawal, store::StoreError>
    withdraw(const portals::Published& town, const std::string& thumbprint, const std::string& envelope_id);

private:
    AccountSurroundings m_around;
};

} // namespace foyer::server
