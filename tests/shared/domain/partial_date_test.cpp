#include "domain/partial_date.h"

#include "rejected.h"

#include <string>

using namespace foyer;
using namespace foyer::domain;

namespace {

constexpr CalendarDate TODAY{2026, 11, 22};

PartialDate date(std::string_view iso) { return PartialDate::parse(iso, UnknownParts::allowed).value(); }

} // namespace

TEST_CASE("a date is three numbers that exist in the calendar") {
    CHECK(PartialDate::from_parts("7", "3", "1985", UnknownParts::refused)->iso() == "1985-03-07");
    CHECK(PartialDate::from_parts(" 07 ", "03", "1985", UnknownParts::refused)->iso() == "1985-03-07");
    CHECK(PartialDate::from_parts("29", "2", "2024", UnknownParts::refused)->iso() == "2024-02-29");
}

TEST_CASE("the 30th of February is impossible, and the 29th but in leap years") {
    CHECK(reason(PartialDate::from_parts("30", "2", "2024", UnknownParts::refused)) == ProblemCode::date_impossible);
    CHECK(reason(PartialDate::from_parts("29", "2", "2023", UnknownParts::refused)) == ProblemCode::date_impossible);
    CHECK(reason(PartialDate::from_parts("29", "2", "1900", UnknownParts::refused)) == ProblemCode::date_impossible);
    CHECK(detail(PartialDate::from_parts("31", "4", "2023", UnknownParts::refused), "part") == "day");
    CHECK(detail(PartialDate::from_parts("1", "13", "2023", UnknownParts::refused), "part") == "month");
    CHECK(detail(PartialDate::from_parts("1", "1", "1799", UnknownParts::refused), "part") == "year");
    CHECK(detail(PartialDate::from_parts("1", "janvier", "1990", UnknownParts::refused), "part") == "month");
    CHECK(reason(PartialDate::from_parts("-1", "1", "1990", UnknownParts::refused)) == ProblemCode::date_impossible);
    CHECK(reason(PartialDate::from_parts("1", "1", "99999", UnknownParts::refused)) == ProblemCode::date_impossible);
    CHECK(reason(PartialDate::from_parts("001", "1", "1990", UnknownParts::refused)) == ProblemCode::date_impossible);
}

TEST_CASE("day and month may be unknown for an adult's birth: 1992-00-00 exists") {
    CHECK(date("1992-00-00").iso() == "1992-00-00");
    CHECK(date("1992-07-00").iso() == "1992-07-00");
    CHECK(PartialDate::from_parts("0", "00", "1992", UnknownParts::allowed)->iso() == "1992-00-00");
    CHECK_FALSE(date("1992-00-00").is_complete());
    CHECK(date("1992-07-14").is_complete());
}

TEST_CASE("a day is not known without its month") {
    const auto parsed = PartialDate::from_parts("14", "00", "1992", UnknownParts::allowed);
    CHECK(reason(parsed) == ProblemCode::date_incomplete);
    CHECK(detail(parsed, "part") == "month");
}

TEST_CASE("a child's date has no unknown part") {
    CHECK(detail(PartialDate::parse("2020-00-00", UnknownParts::refused), "part") == "day");
    CHECK(reason(PartialDate::parse("2020-07-00", UnknownParts::refused)) == ProblemCode::date_incomplete);
}

TEST_CASE("a part left empty was forgotten, all empty is no date") {
    CHECK(reason(PartialDate::from_parts("", " ", "", UnknownParts::allowed)) == ProblemCode::required);
    CHECK(detail(PartialDate::from_parts("", "7", "1992", UnknownParts::allowed), "part") == "day");
    CHECK(detail(PartialDate::from_parts("1", "", "1992", UnknownParts::allowed), "part") == "month");
    CHECK(detail(PartialDate::from_parts("1", "7", "", UnknownParts::allowed), "part") == "year");
}

TEST_CASE("a year has four digits: 92 may mean several") {
    const auto parsed = PartialDate::from_parts("1", "7", "92", UnknownParts::refused);
    CHECK(reason(parsed) == ProblemCode::date_incomplete);
    CHECK(detail(parsed, "part") == "year");
}

TEST_CASE("a stored date reads back, anything else is refused") {
    for (const char* iso : {"1992-00-00", "1992-07-00", "1992-07-14", "2024-02-29"})
        CHECK(date(iso).iso() == iso);
    for (const char* wrong :
         {"1992", "14/07/1992", "1992-7-14", "1992-07-14T00:00", "19920714", "abcd-ef-gh", "1992-07-32"})
        CHECK(reason(PartialDate::parse(wrong, UnknownParts::allowed)) == ProblemCode::date_impossible);
    CHECK(reason(PartialDate::parse("", UnknownParts::allowed)) == ProblemCode::required);
    CHECK(reason(PartialDate::parse(std::string(5000, '1'), UnknownParts::allowed)) == ProblemCode::date_impossible);
    CHECK(reason(PartialDate::parse("1992\xFF", UnknownParts::allowed)) == ProblemCode::not_text);
}

TEST_CASE("age grows on the birthday") {
    CHECK(greatest_age(date("1990-11-22"), TODAY) == 36);
    CHECK(greatest_age(date("1990-11-23"), TODAY) == 35);
    CHECK(greatest_age(date("2026-11-22"), TODAY) == 0);
    CHECK(greatest_age(date("2027-11-23"), TODAY) < 0);
}

TEST_CASE("someone born on 29 February is a year older on 1 March") {
    CHECK(greatest_age(date("2004-02-29"), {2026, 2, 28}) == 21);
    CHECK(greatest_age(date("2004-02-29"), {2026, 3, 1}) == 22);
}

TEST_CASE("unknown parts leave an age open by a year") {
    CHECK(greatest_age(date("1992-00-00"), TODAY) == 34);
    CHECK(smallest_age(date("1992-00-00"), TODAY) == 33);
}

TEST_CASE("a child born today is born, tomorrow is the future") {
    CHECK_FALSE(is_in_the_future(date("2026-11-22"), TODAY));
    CHECK(is_in_the_future(date("2026-11-23"), TODAY));
    CHECK_FALSE(is_in_the_future(date("2026-00-00"), TODAY));
    CHECK(is_in_the_future(date("2027-00-00"), TODAY));
}

TEST_CASE("an expected birth lies ahead, or today") {
    CHECK(is_in_the_past(date("2026-11-21"), TODAY));
    CHECK_FALSE(is_in_the_past(date("2026-11-22"), TODAY));
    CHECK_FALSE(is_in_the_past(date("2026-00-00"), TODAY));
}

TEST_CASE("a representative is at least 15 and at most 120 years old, as a warning") {
    CHECK_FALSE(age_warning(date("2011-11-22"), TODAY).has_value());
    CHECK_FALSE(age_warning(date("1906-11-22"), TODAY).has_value());
    CHECK_FALSE(age_warning(date("1905-11-23"), TODAY).has_value());
    const auto young = age_warning(date("2011-11-23"), TODAY);
    REQUIRE(young.has_value());
    CHECK(young->code == ProblemCode::age_unlikely);
    CHECK(young->detail("minimum") == "15");
    CHECK(young->detail("maximum") == "120");
    CHECK(age_warning(date("1905-11-22"), TODAY).has_value());
}

TEST_CASE("a doubt about unknown parts gives no warning") {
    CHECK_FALSE(age_warning(date("2011-00-00"), TODAY).has_value());
    CHECK_FALSE(age_warning(date("1905-00-00"), TODAY).has_value());
    CHECK(age_warning(date("2012-00-00"), TODAY).has_value());
}
