#include "text/clean_line.h"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace foyer;
using namespace std::string_literals;
using text::clean_line;

TEST_CASE("a line is trimmed and its runs of white space become one space") {
    CHECK(clean_line("  Jean \t\u00A0 Marie\r\n").text == "Jean Marie");
    CHECK(clean_line(" \n\t ").text.empty());
    CHECK(clean_line(" \n\t ").acceptable());
}

TEST_CASE("a line keeps case, accents and apostrophes, in composed form") {
    CHECK(clean_line("Derc’hen").text == "Derc’hen");
    CHECK(clean_line("E\u0301lodie").text == "Élodie");
}

TEST_CASE("bytes that are no UTF-8 make no line") {
    const auto line = clean_line("Jos\xE9");
    CHECK_FALSE(line.is_utf8);
    CHECK_FALSE(line.acceptable());
    CHECK(line.text.empty());
}

TEST_CASE("a line names the characters nobody can see, and keeps them") {
    const auto line = clean_line("a\0b\u202Ec\uFEFFd\u202E"s);
    CHECK_FALSE(line.acceptable());
    CHECK(text::code_point_names(line.forbidden) == "U+0000 U+202E U+FEFF");
    CHECK(line.text == "a\0b\u202Ec\uFEFFd\u202E"s);
}

TEST_CASE("all bidirectional controls are named") {
    for (const char* control :
         {"\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"})
        CHECK(clean_line("a"s + control).forbidden.size() == 1);
}

TEST_CASE("line-breaking hints that come along with a paste are taken off") {
    const auto line = clean_line("Saint\u00AD-Maur\u200B");
    CHECK(line.acceptable());
    CHECK(line.text == "Saint-Maur");
}

TEST_CASE("joiners stay, because some scripts need them") { CHECK(clean_line("نامه\u200Cای").text == "نامه\u200Cای"); }

TEST_CASE("at most ten forbidden characters are named") {
    std::string hostile;
    for (char control = 1; control < 9; ++control)
        hostile += control;
    for (char control = 14; control < 32; ++control)
        hostile += control;
    CHECK(clean_line(hostile).forbidden.size() == 10);
}
