#include "privacy/statistics.h"

#include "support/calendar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace foyer::server::privacy {

namespace {

constexpr std::string_view REASON = "reason:";
constexpr std::string_view HOURS = "hours:";
constexpr std::string_view MAIL_DEAD = "mail_dead:";

bool begins_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

void add(StatisticsDay& day, std::string_view what, std::int64_t count) {
    if (what == "received")
        day.received += count;
    else if (what == "accepted")
        day.accepted += count;
    else if (what == "refused")
        day.refused += count;
    else if (what == "automatic")
        day.automatic += count;
    else if (what == "withdrawn")
        day.withdrawn += count;
    else if (what == "late")
        day.late += count;
    else if (what == "mail_sent")
        day.mails_sent += count;
    else if (begins_with(what, MAIL_DEAD))
        day.mails_failed += count;
}

// The value that this share of all do not exceed (nearest rank).
std::optional<std::int64_t> percentile(const std::map<std::int64_t, std::int64_t>& counts, int percent) {
    std::int64_t all = 0;
    for (const auto& [hours, count] : counts)
        all += count;
    const std::int64_t rank = (all * percent + 99) / 100;
    std::int64_t seen = 0;
    for (const auto& [hours, count] : counts) {
        seen += count;
        if (seen >= rank && rank > 0)
            return hours;
    }
    return std::nullopt;
}

std::vector<std::pair<std::string, std::int64_t>> most_first(const std::map<std::string, std::int64_t>& counts) {
    std::vector<std::pair<std::string, std::int64_t>> list(counts.begin(), counts.end());
    std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return list;
}

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

Day next(Day day) {
    constexpr std::array LENGTHS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int length = day.month == 2 && is_leap(day.year) ? 29 : LENGTHS[static_cast<std::size_t>(day.month - 1)];
    if (++day.day > length) {
        day.day = 1;
        if (++day.month > 12) {
            day.month = 1;
            ++day.year;
        }
    }
    return day;
}

} // namespace

std::vector<std::string> days_between(std::string_view from, std::string_view to) {
    std::vector<std::string> days;
    const auto first = day_from(from);
    const auto last = day_from(to);
    if (!first || !last || from > to)
        return days;
    for (Day day = *first;; day = next(day)) {
        days.push_back(text_of(day));
        if (day == *last)
            return days;
        if (days.size() >= MOST_DAYS)
            return {};
    }
}

Statistics statistics_of(const std::vector<std::string>& days, const std::vector<store::StatisticsRow>& rows) {
    Statistics made;
    std::map<std::string, std::size_t, std::less<>> places;
    for (const std::string& day : days) {
        places.emplace(day, made.days.size());
        made.days.emplace_back().day = day;
    }
    std::map<std::int64_t, std::int64_t> hours;
    std::map<std::string, std::int64_t> reasons;
    std::map<std::string, std::int64_t> failed;
    for (const store::StatisticsRow& row : rows) {
        const std::string_view what = row.what;
        if (begins_with(what, HOURS)) {
            std::int64_t number = 0;
            std::from_chars(what.data() + HOURS.size(), what.data() + what.size(), number);
            hours[number] += row.count;
            continue;
        }
        if (begins_with(what, REASON))
            reasons[std::string(what.substr(REASON.size()))] += row.count;
        if (begins_with(what, MAIL_DEAD))
            failed[std::string(what.substr(MAIL_DEAD.size()))] += row.count;
        const auto place = places.find(row.day);
        if (place == places.end())
            continue;
        add(made.days[place->second], what, row.count);
        add(made.total, what, row.count);
    }
    made.median_hours = percentile(hours, 50);
    made.p90_hours = percentile(hours, 90);
    made.reasons = most_first(reasons);
    made.failed_mails = most_first(failed);
    return made;
}

} // namespace foyer::server::privacy
