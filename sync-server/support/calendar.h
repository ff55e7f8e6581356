// Working days in France: Monday to Friday without public holidays (Code du travail, article L3133-1; for Alsace and
// Moselle article L3134-13). Pure.
#pragma once

#include "base/clock.h"

#include <optional>
#include <string>
#include <string_view>

namespace foyer::server {

struct Day {
    int year = 0;
    int month = 0; // 1 to 12
    int day = 0;   // 1 to 31
    friend bool operator==(const Day&, const Day&) = default;
};

enum class HolidayRegion {
    france,
    alsace_moselle, // also Good Friday and the 26th of December
};

// A clock in metropolitan France (summer time by directive 2000/84/EC).
struct LocalTime {
    Day date;
    int hour = 0;
    int minute = 0;
};
[[nodiscard]] LocalTime time_in_paris(UnixSeconds moment);
[[nodiscard]] std::string text_of(Day day);                       // "2026-11-22"
[[nodiscard]] std::optional<Day> day_from(std::string_view text); // of text_of; nothing for any other text

[[nodiscard]] Day easter_sunday(int year); // Gregorian; years from 1583
[[nodiscard]] bool is_public_holiday(Day day, HolidayRegion region);
[[nodiscard]] bool is_working_day(Day day, HolidayRegion region);
// The day on which `count` working days after `start` have passed; `start` itself does not count. count ≥ 0.
[[nodiscard]] Day add_working_days(Day start, int count, HolidayRegion region);
// The working days after `from` up to `to`; 0 when `to` is not later.
[[nodiscard]] int working_days_between(Day from, Day to, HolidayRegion region);

} // namespace foyer::server
