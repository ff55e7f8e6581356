#include "domain/calendar.h"

namespace foyer::domain {

namespace {

constexpr UnixSeconds SECONDS_PER_HOUR = 3600;
constexpr UnixSeconds SECONDS_PER_DAY = 24 * SECONDS_PER_HOUR;

// Days since 1970-01-01, by counting in eras of 400 years that begin on 1 March.
UnixSeconds days_since_epoch(const CalendarDate& date) {
    const UnixSeconds year = date.month <= 2 ? date.year - 1 : date.year;
    const UnixSeconds era = (year >= 0 ? year : year - 399) / 400;
    const UnixSeconds year_of_era = year - era * 400;
    const UnixSeconds month_from_march = (date.month + 9) % 12;
    const UnixSeconds day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    const UnixSeconds day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

// 01:00 UTC on the last Sunday of a month of 31 days.
UnixSeconds last_sunday(int year, int month) {
    const UnixSeconds last_day = days_since_epoch({year, month, 31});
    const UnixSeconds day_of_week = ((last_day + 4) % 7 + 7) % 7; // 1970-01-01 was a Thursday; Sunday is 0
    return (last_day - day_of_week) * SECONDS_PER_DAY + SECONDS_PER_HOUR;
}

} // namespace

bool is_leap_year(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
    switch (month) {
    case 1:
    case 3:
    case 5:
    case 7:
    case 8:
    case 10:
    case 12:
        return 31;
    case 4:
    case 6:
    case 9:
    case 11:
        return 30;
    case 2:
        return is_leap_year(year) ? 29 : 28;
    default:
        return 0;
    }
}

bool is_before(const CalendarDate& left, const CalendarDate& right) {
    if (left.year != right.year)
        return left.year < right.year;
    return left.month != right.month ? left.month < right.month : left.day < right.day;
}

CalendarDate date_in_utc(UnixSeconds moment) {
    const UnixSeconds days = (moment >= 0 ? moment : moment - (SECONDS_PER_DAY - 1)) / SECONDS_PER_DAY;
    const UnixSeconds shifted = days + 719468;
    const UnixSeconds era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const UnixSeconds day_of_era = shifted - era * 146097;
    const UnixSeconds year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const UnixSeconds day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const UnixSeconds month_from_march = (5 * day_of_year + 2) / 153;
    CalendarDate date;
    date.day = static_cast<int>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    date.month = static_cast<int>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    date.year = static_cast<int>(year_of_era + era * 400 + (date.month <= 2 ? 1 : 0));
    return date;
}

UnixSeconds clock_in_paris(UnixSeconds moment) {
    const int year = date_in_utc(moment).year;
    const bool summer = moment >= last_sunday(year, 3) && moment < last_sunday(year, 10);
    return moment + (summer ? 2 : 1) * SECONDS_PER_HOUR;
}

CalendarDate date_in_paris(UnixSeconds moment) { return date_in_utc(clock_in_paris(moment)); }

} // namespace foyer::domain
