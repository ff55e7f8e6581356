// A line of the audit log inside somebody else's transaction.
#pragma once

#include "sqlite/connection.h"
#include "store/audit.h"

namespace foyer::server::sqlite {

// Only in a writing transaction: it takes the town's next sequence number.
void append_audit(Connection& db, const store::NewAuditLine& line);

} // namespace foyer::server::sqlite
