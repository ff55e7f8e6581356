#include "address/numerals.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

using namespace foyer::address;

namespace {

bool spells(std::string_view word, std::string_view other) {
    std::vector<std::string> spellings;
    add_number_spellings(word, spellings);
    return std::find(spellings.begin(), spellings.end(), other) != spellings.end();
}

} // namespace

TEST_CASE("Roman digits are numbers from two letters on") {
    CHECK(roman_number("xiv") == 14U);
    CHECK(roman_number("ix") == 9U);
    CHECK(roman_number("xxxix") == 39U);
    CHECK_FALSE(roman_number("v"));
    CHECK_FALSE(roman_number("iiii"));
    CHECK_FALSE(roman_number("xyz"));
}

TEST_CASE("digits, words and Roman digits spell the same number") {
    CHECK(spells("8", "huit"));
    CHECK(spells("huit", "8"));
    CHECK(spells("xiv", "quatorze"));
    CHECK(spells("14", "xiv"));
    CHECK(spells("1er", "premier"));
    CHECK(spells("premier", "1er"));
    CHECK(spells("ier", "1er"));
    CHECK_FALSE(spells("8", "8"));
    CHECK_FALSE(spells("1", "un"));
}
