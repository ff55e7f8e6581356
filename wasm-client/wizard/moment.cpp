#include "wizard/moment.h"

#include "domain/calendar.h"

namespace foyer::wizard {

namespace {

constexpr UnixSeconds DAY = 86400;

std::string padded(std::int64_t number, std::size_t width) {
    std::string text = std::to_string(number);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

// The digits text[first .. first + count); nothing when one is not a digit.
std::optional<int> digits(std::string_view text, std::size_t first, std::size_t count) {
    int number = 0;
    for (std::size_t i = first; i < first + count; ++i) {
        if (i >= text.size() || text[i] < '0' || text[i] > '9')
            return std::nullopt;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

// Days since 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
std::int64_t days_of(int year, int month, int day) {
    const int shifted = month <= 2 ? year - 1 : year;
    const int era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    const int year_of_era = shifted - era * 400;
    const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return static_cast<std::int64_t>(era) * 146097 + day_of_era - 719468;
}

struct Date {
    int year, month, day;
};

std::optional<Date> read_date(std::string_view text) {
    if (text.size() < 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    const auto year = digits(text, 0, 4);
    const auto month = digits(text, 5, 2);
    const auto day = digits(text, 8, 2);
    if (!year || !month || !day || *month < 1 || *month > 12 || *day < 1 || *day > 31)
        return std::nullopt;
    return Date{*year, *month, *day};
}

} // namespace

std::string write_moment(UnixSeconds moment) {
    const domain::CalendarDate date = domain::date_in_utc(moment);
    const UnixSeconds second = ((moment % DAY) + DAY) % DAY;
    return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2) + "T" +
           padded(second / 3600, 2) + ":" + padded(second / 60 % 60, 2) + ":" + padded(second % 60, 2) + "Z";
}

std::optional<UnixSeconds> read_moment(std::string_view text) {
    const auto date = read_date(text);
    if (!date || text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text.back() != 'Z')
        return std::nullopt;
    const auto hour = digits(text, 11, 2);
    const auto minute = digits(text, 14, 2);
    const auto second = digits(text, 17, 2);
    if (!hour || !minute || !second)
        return std::nullopt;
    return days_of(date->year, date->month, date->day) * DAY + *hour * 3600 + *minute * 60 + *second;
}

std::string shown_moment(std::string_view text, const i18n::Texts& texts) {
    const auto moment = read_moment(text);
    return moment ? shown_moment(*moment, texts) : std::string(text);
}

std::string shown_moment(UnixSeconds moment, const i18n::Texts& texts) {
    const UnixSeconds local = domain::clock_in_paris(moment);
    const domain::CalendarDate date = domain::date_in_utc(local);
    const auto second = static_cast<int>(((local % DAY) + DAY) % DAY);
    return texts.moment(date.year, date.month, date.day, second / 3600, second / 60 % 60);
}

std::string shown_date(std::string_view text, const i18n::Texts& texts) {
    const auto date = read_date(text);
    return date ? texts.date(date->year, date->month, date->day) : std::string(text);
}

} // namespace foyer::wizard
