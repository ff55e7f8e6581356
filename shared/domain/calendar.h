// Days of the Gregorian calendar. "Today" is always handed in.
#pragma once

#include "base/clock.h"

namespace foyer::domain {

struct CalendarDate {
    int year = 1970;
    int month = 1; // 1 to 12
    int day = 1;   // 1 to 31

    friend bool operator==(const CalendarDate&, const CalendarDate&) = default;
};

[[nodiscard]] bool is_leap_year(int year);
// 0 when the month is not 1 to 12.
[[nodiscard]] int days_in_month(int year, int month);
[[nodiscard]] bool is_before(const CalendarDate& left, const CalendarDate& right);

// The date on a clock that shows UTC.
[[nodiscard]] CalendarDate date_in_utc(UnixSeconds moment);
// The date in metropolitan France: UTC+1, UTC+2 between the last Sundays of March and October at 01:00 UTC (directive
// 2000/84/EC). A child born just after midnight in Paris is born today.
[[nodiscard]] CalendarDate date_in_paris(UnixSeconds moment);
// What that clock shows, as if it were UTC: for the hour beside the date.
[[nodiscard]] UnixSeconds clock_in_paris(UnixSeconds moment);

} // namespace foyer::domain
