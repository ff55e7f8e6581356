#include "domain/calendar.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer::domain;

TEST_CASE("years divisible by four are leap years, centuries only every fourth time") {
    CHECK(is_leap_year(2024));
    CHECK(is_leap_year(2000));
    CHECK_FALSE(is_leap_year(1900));
    CHECK_FALSE(is_leap_year(2023));
    CHECK(days_in_month(2024, 2) == 29);
    CHECK(days_in_month(2023, 2) == 28);
    CHECK(days_in_month(2023, 4) == 30);
    CHECK(days_in_month(2023, 13) == 0);
    CHECK(days_in_month(2023, 0) == 0);
}

TEST_CASE("a moment has its date in UTC") {
    CHECK(date_in_utc(0) == CalendarDate{1970, 1, 1});
    CHECK(date_in_utc(-1) == CalendarDate{1969, 12, 31});
    CHECK(date_in_utc(951782400) == CalendarDate{2000, 2, 29});
    CHECK(date_in_utc(1741350000) == CalendarDate{2025, 3, 7});
    CHECK(date_in_utc(4102444800) == CalendarDate{2100, 1, 1});
    CHECK(date_in_utc(-2208988800) == CalendarDate{1900, 1, 1});
}

TEST_CASE("every day follows the one before for four centuries") {
    CalendarDate expected{1800, 1, 1};
    for (foyer::UnixSeconds day = -62091; day < 84006; ++day) {
        if (date_in_utc(day * 86400) != expected)
            FAIL(day);
        if (++expected.day > days_in_month(expected.year, expected.month)) {
            expected.day = 1;
            if (++expected.month > 12) {
                expected.month = 1;
                ++expected.year;
            }
        }
    }
    CHECK(expected == CalendarDate{2200, 1, 1});
}

TEST_CASE("midnight in Paris comes an hour before UTC's in winter, two in summer") {
    CHECK(date_in_paris(1736895599) == CalendarDate{2025, 1, 14}); // 2025-01-14T22:59:59Z
    CHECK(date_in_paris(1736895600) == CalendarDate{2025, 1, 15}); // 2025-01-14T23:00:00Z
    CHECK(date_in_paris(1752530399) == CalendarDate{2025, 7, 14}); // 2025-07-14T21:59:59Z
    CHECK(date_in_paris(1752530400) == CalendarDate{2025, 7, 15}); // 2025-07-14T22:00:00Z
}

TEST_CASE("clocks change on the last Sundays of March and October") {
    // 2025-03-30 and 2025-10-26: the evening before is still, and the evening of the day already, on the other time.
    CHECK(date_in_paris(1743285600 - 1) == CalendarDate{2025, 3, 29}); // 2025-03-29T21:59:59Z
    CHECK(date_in_paris(1743285600) == CalendarDate{2025, 3, 29});     // 22:00Z is 23:00 in winter
    CHECK(date_in_paris(1743372000) == CalendarDate{2025, 3, 31});     // 2025-03-30T22:00:00Z is midnight in summer
    CHECK(date_in_paris(1761429600) == CalendarDate{2025, 10, 26});    // 2025-10-25T22:00:00Z, still summer
    CHECK(date_in_paris(1761516000) == CalendarDate{2025, 10, 26});    // 2025-10-26T22:00:00Z, winter again
    CHECK(date_in_paris(1761519600) == CalendarDate{2025, 10, 27});    // 23:00Z
}
