#include "text/utf8.h"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace foyer;
using namespace std::string_literals;

TEST_CASE("well-formed text is UTF-8") {
    CHECK(text::is_valid(""));
    CHECK(text::is_valid("Oudon"));
    CHECK(text::is_valid("Łukasz Muñoz 𝒳 한국 é"));
    CHECK(text::is_valid("a\0b"s));
    CHECK(text::is_valid("\xF4\x8F\xBF\xBF")); // U+10FFFF
}

TEST_CASE("overlong forms are not UTF-8") {
    CHECK_FALSE(text::is_valid("\xC0\xAF"));
    CHECK_FALSE(text::is_valid("\xC1\xBF"));
    CHECK_FALSE(text::is_valid("\xE0\x80\xAF"));
    CHECK_FALSE(text::is_valid("\xE0\x9F\xBF"));
    CHECK_FALSE(text::is_valid("\xF0\x80\x80\xAF"));
    CHECK_FALSE(text::is_valid("\xF0\x8F\xBF\xBF"));
}

TEST_CASE("surrogates are not UTF-8, alone or in pairs") {
    CHECK_FALSE(text::is_valid("\xED\xA0\x80"));
    CHECK_FALSE(text::is_valid("\xED\xBF\xBF"));
    CHECK_FALSE(text::is_valid("\xED\xA0\xBD\xED\xB8\x80"));
    CHECK(text::is_valid("\xED\x9F\xBF"));
    CHECK(text::is_valid("\xEE\x80\x80"));
}

TEST_CASE("nothing lies above U+10FFFF") {
    CHECK_FALSE(text::is_valid("\xF4\x90\x80\x80"));
    CHECK_FALSE(text::is_valid("\xF5\x80\x80\x80"));
    CHECK_FALSE(text::is_valid("\xFF"));
}

TEST_CASE("a sequence cut short is not UTF-8") {
    CHECK_FALSE(text::is_valid("\xC3"));
    CHECK_FALSE(text::is_valid("\xE2\x82"));
    CHECK_FALSE(text::is_valid("\xF0\x9F\x98"));
    CHECK_FALSE(text::is_valid("\x80"));
    CHECK_FALSE(text::is_valid("\xC3(\xC3"));
}

TEST_CASE("every code point survives writing and reading") {
    for (char32_t code_point = 0; code_point <= 0x10FFFF; ++code_point) {
        if (code_point >= 0xD800 && code_point <= 0xDFFF)
            continue;
        std::string encoded;
        text::append(encoded, code_point);
        const text::Decoded decoded = text::decode_at(encoded, 0);
        if (!decoded.valid || decoded.code_point != code_point || decoded.size != encoded.size())
            FAIL("U+" << std::hex << static_cast<unsigned>(code_point));
    }
}

TEST_CASE("what cannot be written becomes the replacement character") {
    std::string encoded;
    text::append(encoded, 0xD800);
    text::append(encoded, 0x110000);
    CHECK(encoded == "\uFFFD\uFFFD");
}

TEST_CASE("characters are counted, not bytes") {
    CHECK(text::count_characters("") == 0);
    CHECK(text::count_characters("Fañch") == 5);
    CHECK(text::count_characters("\xFF\xFE") == 2);
}

TEST_CASE("text is never cut inside a character") {
    CHECK(text::first_characters("éèê", 2) == "éè");
    CHECK(text::first_characters("éèê", 9) == "éèê");
    CHECK(text::first_characters("é", 0).empty());
}

TEST_CASE("iteration shows invalid bytes as U+FFFD and never leaves the text") {
    std::vector<char32_t> seen;
    for (const char32_t code_point : text::CodePoints("a\xE2\x82"))
        seen.push_back(code_point);
    CHECK(seen == std::vector<char32_t>{'a', 0xFFFD, 0xFFFD});
}
