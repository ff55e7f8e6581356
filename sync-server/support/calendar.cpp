#include "support/calendar.h"

#include <charconv>
#include <chrono>
#include <cstdio>

namespace foyer::server {

namespace {

using std::chrono::sys_days;

sys_days days_of(Day day) {
    return sys_days(std::chrono::year(day.year) / std::chrono::month(static_cast<unsigned>(day.month)) /
                    std::chrono::day(static_cast<unsigned>(day.day)));
}

Day day_of(sys_days days) {
    const std::chrono::year_month_day date(days);
    return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
            static_cast<int>(static_cast<unsigned>(date.day()))};
}

bool is_fixed_holiday(Day day, HolidayRegion region) {
    struct Fixed {
        int month;
        int day;
    };
    // New Year, Labour Day, Victory 1945, National Day, Assumption, All Saints, Armistice 1918, Christmas
    constexpr Fixed FIXED[] = {{1, 1}, {5, 1}, {5, 8}, {7, 14}, {8, 15}, {11, 1}, {11, 11}, {12, 25}};
    for (const Fixed& holiday : FIXED)
        if (holiday.month == day.month && holiday.day == day.day)
            return true;
    return region == HolidayRegion::alsace_moselle && day.month == 12 && day.day == 26;
}

} // namespace

LocalTime time_in_paris(UnixSeconds moment) {
    using namespace std::chrono;
    const auto utc = sys_seconds(seconds(moment));
    const year_month_day today(floor<days>(utc));
    const sys_days march = today.year() / March / Sunday[last];
    const sys_days october = today.year() / October / Sunday[last];
    const bool summer = utc >= march + hours(1) && utc < october + hours(1);
    const auto local = utc + hours(summer ? 2 : 1);
    const auto date = floor<days>(local);
    const auto minutes = duration_cast<std::chrono::minutes>(local - date).count();
    return {day_of(date), static_cast<int>(minutes / 60), static_cast<int>(minutes % 60)};
}

std::string text_of(Day day) {
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", day.year, day.month, day.day);
    return text;
}

std::optional<Day> day_from(std::string_view text) {
    Day day;
    const auto number = [&](std::size_t at, std::size_t length, int& value) {
        const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + length, value);
        return error == std::errc() && end == text.data() + at + length && value >= 0;
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !number(0, 4, day.year) || !number(5, 2, day.month) ||
        !number(8, 2, day.day))
        return std::nullopt;
    const auto date = std::chrono::year(day.year) / std::chrono::month(static_cast<unsigned>(day.month)) /
                      std::chrono::day(static_cast<unsigned>(day.day));
    return date.ok() ? std::optional(day) : std::nullopt;
}

// The anonymous Gregorian algorithm (Nature, 1876; Meeus, “Astronomical Algorithms”, chapter 8).
Day easter_sunday(int year) {
    const int a = year % 19;
    const int b = year / 100;
    const int c = year % 100;
    const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    const int m = (a + 11 * h + 22 * l) / 451;
    const int n = h + l - 7 * m + 114;
    return {year, n / 31, n % 31 + 1};
}

bool is_public_holiday(Day day, HolidayRegion region) {
    if (is_fixed_holiday(day, region))
        return true;
    const auto after_easter = (days_of(day) - days_of(easter_sunday(day.year))).count();
    if (after_easter == 1 || after_easter == 39 || after_easter == 50) // Easter Monday, Ascension, Whit Monday
        return true;
    return region == HolidayRegion::alsace_moselle && after_easter == -2; // Good Friday
}

bool is_working_day(Day day, HolidayRegion region) {
    const std::chrono::weekday weekday(days_of(day));
    return weekday != std::chrono::Saturday && weekday != std::chrono::Sunday && !is_public_holiday(day, region);
}

Day add_working_days(Day start, int count, HolidayRegion region) {
    sys_days day = days_of(start);
    while (count > 0) {
        day += std::chrono::days(1);
        if (is_working_day(day_of(day), region))
            --count;
    }
    return day_of(day);
}

int working_days_between(Day from, Day to, HolidayRegion region) {
    int count = 0;
    for (sys_days day = days_of(from) + std::chrono::days(1); day <= days_of(to); day += std::chrono::days(1))
        if (is_working_day(day_of(day), region))
            ++count;
    return count;
}

} // namespace foyer::server
