// The schema, as the list of steps that made it. A step that was released is never edited; a change is a new step.
#pragma once

#include "sqlite/connection.h"

#include <cstdint>

namespace foyer::server::sqlite {

std::int64_t latest_schema_version();

// Runs the steps after `version` up to `last`, each in its own transaction with the new version number. What another
// process has run meanwhile is not run again.
void migrate(Connection& connection, std::int64_t version, std::int64_t last = latest_schema_version());

} // namespace foyer::server::sqlite
