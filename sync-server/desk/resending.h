// Sends a mail of the log again. A mail's text is erased once it is gone, since it may hold a secret link: it is made
// anew from what is so now, and goes to the address the family has now.
#pragma once

#include "accounts/account_service.h"
#include "i18n/texts.h"
#include "portals/catalogue.h"
#include "security/crypto.h"
#include "store/accounts.h"
#include "store/queue.h"

#include <functional>
#include <string>
#include <string_view>

namespace foyer::server::desk {

enum class ResendOutcome {
    queued,
    unknown,      // no such mail in this town
    not_possible, // of this kind or in this state: what it said is no longer so, or only the family may ask for it
};

struct ResendSurroundings {
    store::QueueStore& queue;
    store::AccountStore& accounts;
    store::AuditStore& audit;
    AccountService& service;
    security::RandomSource& random;
    std::function<const i18n::Texts&(std::string_view language)> texts;
    std::string origin;
    std::function<void()> on_mail = [] {};
};

class Resending {
public:
    explicit Resending(ResendSurroundings surroundings) : m_around(std::move(surroundings)) {}

    [[nodiscard]] Result<ResendOutcome, store::StoreError> resend(const portals::Published& town, std::int64_t mail,
                                                                  const store::NewAuditLine& line);

private:
    ResendSurroundings m_around;
};

} // namespace foyer::server::desk
