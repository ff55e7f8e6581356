#include "support/calendar.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer::server;

TEST_CASE("Easter is where the calendar has it") {
    CHECK(easter_sunday(2024) == Day{2024, 3, 31});
    CHECK(easter_sunday(2025) == Day{2025, 4, 20});
    CHECK(easter_sunday(2026) == Day{2026, 4, 5});
    CHECK(easter_sunday(2038) == Day{2038, 4, 25});
    CHECK(easter_sunday(2285) == Day{2285, 3, 22});
}

TEST_CASE("the eleven public holidays of 2026 are not worked on") {
    for (const Day day :
         {Day{2026, 1, 1}, Day{2026, 4, 6}, Day{2026, 5, 1}, Day{2026, 5, 8}, Day{2026, 5, 14}, Day{2026, 5, 25},
          Day{2026, 7, 14}, Day{2026, 8, 15}, Day{2026, 11, 1}, Day{2026, 11, 11}, Day{2026, 12, 25}})
        CHECK(is_public_holiday(day, HolidayRegion::france));
    CHECK_FALSE(is_public_holiday({2026, 4, 3}, HolidayRegion::france));
}

TEST_CASE("Alsace and Moselle also keep Good Friday and the day after Christmas") {
    CHECK(is_public_holiday({2026, 4, 3}, HolidayRegion::alsace_moselle));
    CHECK(is_public_holiday({2026, 12, 26}, HolidayRegion::alsace_moselle));
    CHECK_FALSE(is_public_holiday({2026, 12, 26}, HolidayRegion::france));
}

TEST_CASE("a delay in working days steps over weekends and holidays") {
    CHECK(add_working_days({2026, 11, 20}, 1, HolidayRegion::france) == Day{2026, 11, 23});
    CHECK(add_working_days({2026, 4, 2}, 2, HolidayRegion::france) == Day{2026, 4, 7});
    CHECK(add_working_days({2026, 12, 24}, 6, HolidayRegion::france) == Day{2027, 1, 5});
    CHECK(add_working_days({2026, 11, 22}, 0, HolidayRegion::france) == Day{2026, 11, 22});
}

TEST_CASE("a clock in Paris is one hour ahead in winter and two in summer") {
    const LocalTime winter = time_in_paris(1741347420); // 2025-03-07T11:37:00Z
    CHECK(winter.date == Day{2025, 3, 7});
    CHECK(winter.hour == 12);
    CHECK(winter.minute == 37);
    CHECK(time_in_paris(1751364000).hour == 12); // 2025-07-01T10:00:00Z
    CHECK(time_in_paris(1743296399).hour == 1);  // 2025-03-30T00:59:59Z
    CHECK(time_in_paris(1743296400).hour == 3);  // a second later it is summer
}

TEST_CASE("working days between two days leave out the first, week ends and holidays") {
    const auto france = HolidayRegion::france;
    CHECK(working_days_between({2026, 11, 20}, {2026, 11, 23}, france) == 1); // Friday to Monday
    CHECK(working_days_between({2026, 11, 10}, {2026, 11, 12}, france) == 1); // over the Armistice
    CHECK(working_days_between({2026, 11, 23}, {2026, 11, 23}, france) == 0);
    CHECK(working_days_between({2026, 11, 24}, {2026, 11, 23}, france) == 0);
    CHECK(working_days_between({2026, 12, 25}, {2026, 12, 28}, HolidayRegion::alsace_moselle) == 1);
}

TEST_CASE("a day is read from its own text and from nothing else") {
    CHECK(day_from("2026-11-22") == Day{2026, 11, 22});
    for (const char* text : {"", "2026-11-31", "2026-13-01", "2026-1-1", "22/11/2026", "2026-11-22T", "-026-11-22"})
        CHECK_FALSE(day_from(text));
}
