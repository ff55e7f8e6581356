#include "text/character.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;

TEST_CASE("letters of every script are letters") {
    for (const char32_t letter : {U'a',
                                  U'Z',
                                  U'é',
                                  U'ñ',
                                  U'ø',
                                  U'Ł',
                                  U'ß',
                                  U'Ș',
                                  U'Ж',
                                  U'ω',
                                  U'ش',
                                  U'ש',
                                  U'あ',
                                  U'한',
                                  U'漢',
                                  U'क',
                                  U'ຫ',
                                  char32_t{0x20000},
                                  char32_t{0x1E9E},
                                  char32_t{0x02BC}})
        CHECK(text::is_letter(letter));
}

TEST_CASE("digits, signs and pictures are no letters") {
    for (const char32_t other : {U'0', U'@', U'€', U' ', U'-', U'\'', U'٣', U'Ⅳ', U'½', U'😀', U'→', char32_t{0x301}})
        CHECK_FALSE(text::is_letter(other));
}

TEST_CASE("accents and vowel signs are marks") {
    for (const char32_t mark : {char32_t{0x300}, char32_t{0x327}, char32_t{0x93E}, char32_t{0x64E}, char32_t{0x20D0}})
        CHECK(text::is_mark(mark));
    CHECK_FALSE(text::is_mark('a'));
    CHECK_FALSE(text::is_mark(U'é'));
}

TEST_CASE("capitals have small letters") {
    CHECK(text::to_lower('A') == 'a');
    CHECK(text::to_lower(U'É') == U'é');
    CHECK(text::to_lower(U'Ł') == U'ł');
    CHECK(text::to_lower(U'Œ') == U'œ');
    CHECK(text::to_lower(U'Ÿ') == U'ÿ');
    CHECK(text::to_lower(U'Ș') == U'ș');
    CHECK(text::to_lower(U'Ω') == U'ω');
    CHECK(text::to_lower(U'Ж') == U'ж');
    CHECK(text::to_lower(U'Ạ') == U'ạ');
    CHECK(text::to_lower(0x10400) == 0x10428);
    CHECK(text::to_lower(U'é') == U'é');
    CHECK(text::to_lower('1') == '1');
    CHECK(text::to_lower(U'漢') == U'漢');
}

TEST_CASE("what nobody can see or mean is forbidden") {
    for (const unsigned one :
         {0x00U,   0x07U,   0x1BU,   0x7FU,   0x9FU,   0x200EU, 0x200FU, 0x202AU,  0x202EU,   0x2066U,
          0x2069U, 0x061CU, 0xFEFFU, 0xFFFDU, 0xFFFEU, 0xFFFFU, 0xFDD0U, 0x1FFFEU, 0x10FFFFU, 0xE0041U})
        CHECK(text::is_forbidden(one));
}

TEST_CASE("white space and joiners are not forbidden") {
    for (const unsigned one :
         {0x20U, 0x09U, 0x0AU, 0x0DU, 0x85U, 0xA0U, 0x2028U, 0x202FU, 0x3000U, 0x200CU, 0x200DU, 0xE9U, 0x1F600U})
        CHECK_FALSE(text::is_forbidden(one));
}

TEST_CASE("a code point is named as in Unicode's charts") {
    CHECK(text::code_point_name(0) == "U+0000");
    CHECK(text::code_point_name(0x202E) == "U+202E");
    CHECK(text::code_point_name(0x10FFFF) == "U+10FFFF");
}
