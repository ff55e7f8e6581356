#include "domain/partial_date.h"

#include <array>

namespace foyer::domain {

namespace {

constexpr int FIRST_YEAR = 1800;
constexpr int LAST_YEAR = 2199;
constexpr std::size_t LONGEST_PART = 20; // what a person can mean by a day, a month or a year is shorter

// -1 when it is not made of one to four digits.
int small_number(std::string_view digits) {
    if (digits.empty() || digits.size() > 4)
        return -1;
    int number = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9')
            return -1;
        number = number * 10 + (digit - '0');
    }
    return number;
}

std::string padded(int number, std::size_t width) {
    std::string digits = std::to_string(number);
    return std::string(width - std::min(width, digits.size()), '0') + digits;
}

Failure<Rejection> incomplete(std::string_view part) {
    return reject(ProblemCode::date_incomplete, {{"part", std::string(part)}});
}

Failure<Rejection> impossible(std::string_view part) {
    return reject(ProblemCode::date_impossible, {{"part", std::string(part)}});
}

int age_on(const CalendarDate& birth, const CalendarDate& today) {
    const bool birthday_to_come = is_before({0, today.month, today.day}, {0, birth.month, birth.day});
    return today.year - birth.year - (birthday_to_come ? 1 : 0);
}

} // namespace

Parsed<PartialDate> PartialDate::from_parts(std::string_view day_text, std::string_view month_text,
                                            std::string_view year_text, UnknownParts unknown) {
    struct Part {
        std::string_view name;
        std::string_view typed;
        std::string text;
        int number = 0;
    };
    std::array<Part, 3> parts = {{{"day", day_text, {}, 0}, {"month", month_text, {}, 0}, {"year", year_text, {}, 0}}};
    std::size_t empty = 0;
    for (Part& part : parts) {
        Parsed<std::string> line = parse_line(part.typed, LONGEST_PART);
        if (line)
            part.text = std::move(line).value();
        else if (line.error().code == ProblemCode::required)
            ++empty;
        else if (line.error().code == ProblemCode::too_long)
            return impossible(part.name);
        else
            return Failure{line.error()};
    }
    if (empty == parts.size())
        return reject(ProblemCode::required);
    for (Part& part : parts) {
        if (part.text.empty())
            return incomplete(part.name);
        part.number = small_number(part.text);
        if (part.number < 0)
            return impossible(part.name);
    }
    const auto& [day, month, year] = parts;
    if (year.text.size() < 4)
        return incomplete("year"); // 92 may be 1892, 1992 or 2092
    if (day.text.size() > 2)
        return impossible("day");
    if (month.text.size() > 2)
        return impossible("month");
    if (unknown == UnknownParts::refused && day.number == 0)
        return incomplete("day");
    if (month.number == 0 && (unknown == UnknownParts::refused || day.number != 0))
        return incomplete("month");
    if (year.number < FIRST_YEAR || year.number > LAST_YEAR)
        return impossible("year");
    if (month.number > 12)
        return impossible("month");
    if (day.number != 0 && day.number > days_in_month(year.number, month.number))
        return impossible("day");
    return PartialDate(year.number, month.number, day.number);
}

Parsed<PartialDate> PartialDate::parse(std::string_view iso, UnknownParts unknown) {
    Parsed<std::string> line = parse_line(iso, LONGEST_PART);
    if (!line)
        return line.error().code == ProblemCode::too_long ? impossible("year") : Failure{line.error()};
    const std::string_view text = *line;
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return impossible("year");
    return from_parts(text.substr(8, 2), text.substr(5, 2), text.substr(0, 4), unknown);
}

std::string PartialDate::iso() const { return padded(m_year, 4) + "-" + padded(m_month, 2) + "-" + padded(m_day, 2); }

CalendarDate PartialDate::earliest() const { return {m_year, m_month == 0 ? 1 : m_month, m_day == 0 ? 1 : m_day}; }

CalendarDate PartialDate::latest() const {
    const int month = m_month == 0 ? 12 : m_month;
    return {m_year, month, m_day == 0 ? days_in_month(m_year, month) : m_day};
}

int greatest_age(const PartialDate& birth, const CalendarDate& today) { return age_on(birth.earliest(), today); }
int smallest_age(const PartialDate& birth, const CalendarDate& today) { return age_on(birth.latest(), today); }

bool is_in_the_future(const PartialDate& date, const CalendarDate& today) { return is_before(today, date.earliest()); }
bool is_in_the_past(const PartialDate& date, const CalendarDate& today) { return is_before(date.latest(), today); }

std::optional<Rejection> age_warning(const PartialDate& birth, const CalendarDate& today, int minimum, int maximum) {
    if (greatest_age(birth, today) >= minimum && smallest_age(birth, today) <= maximum)
        return std::nullopt;
    return Rejection{ProblemCode::age_unlikely,
                     {{"minimum", std::to_string(minimum)}, {"maximum", std::to_string(maximum)}}};
}

} // namespace foyer::domain
