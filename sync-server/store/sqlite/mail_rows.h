// Queueing a mail inside somebody else's transaction.
#pragma once

#include "sqlite/connection.h"
#include "store/mails.h"

namespace foyer::server::sqlite {

void queue_mail(Connection& db, const store::NewMail& mail, UnixSeconds now);

} // namespace foyer::server::sqlite
