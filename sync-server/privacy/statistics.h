// What the town hall looks at: requests a day, how long decisions take, how many are late, why requests are refused,
// which mails did not arrive. Made from kept counts; pure.
#pragma once

#include "store/privacy.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace foyer::server::privacy {

struct StatisticsDay {
    std::string day; // YYYY-MM-DD
    std::int64_t received = 0;
    std::int64_t accepted = 0; // by somebody
    std::int64_t refused = 0;
    std::int64_t automatic = 0; // accepted without anybody: an account activated, a profile changed
    std::int64_t withdrawn = 0;
    std::int64_t late = 0; // decided by somebody after its day
    std::int64_t mails_sent = 0;
    std::int64_t mails_failed = 0;
};

struct Statistics {
    std::vector<StatisticsDay> days; // every day of the period, also those on which nothing was
    StatisticsDay total;             // its day is empty
    // From reception to somebody's decision, in hours; nothing when nothing was decided.
    std::optional<std::int64_t> median_hours;
    std::optional<std::int64_t> p90_hours;
    std::vector<std::pair<std::string, std::int64_t>> reasons; // code, count; most frequent first; "": in words only
    std::vector<std::pair<std::string, std::int64_t>> failed_mails; // kind, count; most frequent first
};

// The longest period that is answered.
inline constexpr int MOST_DAYS = 732;

// The days from `from` to `to`, both included, as YYYY-MM-DD; empty when they are no days, or in the wrong order, or
// more than MOST_DAYS.
[[nodiscard]] std::vector<std::string> days_between(std::string_view from, std::string_view to);
[[nodiscard]] Statistics statistics_of(const std::vector<std::string>& days,
                                       const std::vector<store::StatisticsRow>& rows);

} // namespace foyer::server::privacy
