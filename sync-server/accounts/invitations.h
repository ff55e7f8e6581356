// The first representative of a household invites the second to open an account of their own. The code goes out by mail
// and nowhere else: whoever invites does not see it, and neither learns how to reach the other.
#pragma once

#include "accounts/account_surroundings.h"
#include "security/rate_limiter.h"

#include <string>
#include <string_view>
#include <variant>

namespace foyer::server {

enum class InvitationOutcome {
    sent, // an earlier one of the same person counts no more
    has_account,
    unknown_person, // nobody of the inviter's household, or not a representative
    not_logged_in,
};

struct InvitationLimited {
    int retry_after_seconds = 0;
};
using InvitationRefusal = std::variant<InvitationLimited, store::StoreError>;

class Invitations {
public:
    explicit Invitations(AccountSurroundings surroundings);

    // `person`: a reference, "k3"; any text. `email`: an address as domain::EmailAddress writes it.
    [[nodiscard]] Result<InvitationOutcome, InvitationRefusal> invite(const portals::Published& town,
                                                                      const std::string& thumbprint,
                                                                      std::string_view person,
                                                                      const std::string& email);

    static constexpr int VALID_DAYS = 14;

private:
    AccountSurroundings m_around;
    security::RateLimiter m_by_account;
};

} // namespace foyer::server
