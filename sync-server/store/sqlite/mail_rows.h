// Queueing a mail inside somebody else's transaction.
#pragma once

#include "sqlite/connection.h"
#include "store/accounts.h"
#include "store/mails.h"

#include <cstdint>
#include <optional>

namespace foyer::server::sqlite {

// Whom and what a mail is about, for its log.
struct MailMatter {
    std::optional<store::AccountId> account = {};
    std::optional<std::int64_t> submission = {};
};

void queue_mail(Connection& db, const store::NewMail& mail, UnixSeconds now, const MailMatter& matter = {});

} // namespace foyer::server::sqlite
