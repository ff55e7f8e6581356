// By when a town answers: working days, by its own holidays. Pure.
#pragma once

#include "portal/portal.h"
#include "support/calendar.h"

#include <string>

namespace foyer::server {

[[nodiscard]] HolidayRegion holidays_of(const portal::Portal& portal);

// YYYY-MM-DD: the town's processing days of this procedure after `received`.
[[nodiscard]] std::string due_by(const portal::Portal& portal, form::Procedure procedure, UnixSeconds received);

// The day after a correction has come: what the family took does not count against the town. Never before the next
// working day.
[[nodiscard]] std::string due_after_waiting(const portal::Portal& portal, const std::string& due_by,
                                            UnixSeconds waiting_since, UnixSeconds now);

} // namespace foyer::server
