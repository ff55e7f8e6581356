// A date of which the day, or the month and the day, may be unknown: adults born without a civil register have papers
// that say 1992-00-00.
#pragma once

#include "domain/calendar.h"
#include "domain/rejection.h"

#include <optional>
#include <string>
#include <string_view>

namespace foyer::domain {

enum class UnknownParts { allowed, refused };

class PartialDate {
public:
    // From three fields as typed: day "7" or "07", month likewise, the year in four digits. With UnknownParts::allowed
    // "0" or "00" says that the day, or the day and the month, are not known; an empty part was forgotten. All empty:
    // required. Errors: required, date_incomplete (a part is missing or unknown where it may not be; detail "part":
    // day, month or year), date_impossible (the 30th of February, month 13, letters; detail "part"), not_text,
    // forbidden_characters. Years go from 1800 to 2199.
    static Parsed<PartialDate> from_parts(std::string_view day, std::string_view month, std::string_view year,
                                          UnknownParts unknown);
    // "1992-00-00", "1992-07-00", "1992-07-14": how a date is stored.
    static Parsed<PartialDate> parse(std::string_view iso, UnknownParts unknown);

    [[nodiscard]] int year() const { return m_year; }
    [[nodiscard]] int month() const { return m_month; } // 0: unknown
    [[nodiscard]] int day() const { return m_day; }     // 0: unknown
    [[nodiscard]] bool is_complete() const { return m_day != 0; }
    [[nodiscard]] std::string iso() const;

    // The first and the last day it may stand for.
    [[nodiscard]] CalendarDate earliest() const;
    [[nodiscard]] CalendarDate latest() const;

    friend bool operator==(const PartialDate&, const PartialDate&) = default;

private:
    PartialDate(int year, int month, int day) : m_year(year), m_month(month), m_day(day) {}
    int m_year;
    int m_month;
    int m_day;
};

// Whole years of life on `today`; with unknown parts, the most it may be. Someone born on 29 February turns a year
// older on 1 March of common years. Negative when the whole date lies ahead.
[[nodiscard]] int greatest_age(const PartialDate& birth, const CalendarDate& today);
[[nodiscard]] int smallest_age(const PartialDate& birth, const CalendarDate& today);

// True when even its first possible day is after today: ProblemCode::date_future for a birth. A child born today is
// born.
[[nodiscard]] bool is_in_the_future(const PartialDate& date, const CalendarDate& today);
// True when even its last possible day is before today: ProblemCode::date_past for an expected birth.
[[nodiscard]] bool is_in_the_past(const PartialDate& date, const CalendarDate& today);

inline constexpr int REPRESENTATIVE_MINIMUM_AGE = 15;
inline constexpr int REPRESENTATIVE_MAXIMUM_AGE = 120;

// age_unlikely with details "minimum" and "maximum" (years) when no possible age lies between them. A warning, not a
// wall.
[[nodiscard]] std::optional<Rejection> age_warning(const PartialDate& birth, const CalendarDate& today,
                                                   int minimum = REPRESENTATIVE_MINIMUM_AGE,
                                                   int maximum = REPRESENTATIVE_MAXIMUM_AGE);

} // namespace foyer::domain
