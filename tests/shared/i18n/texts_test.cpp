#include "texts_file.h"

#include <catch2/catch_test_macros.hpp>

using foyer::i18n::TextKey;
using foyer::i18n::Texts;
using foyer::i18n::TextsMistake;

TEST_CASE("a text is found by its key in both languages") {
    CHECK(texts_in("fr").get(TextKey::fields_birth_name) == "Nom de naissance");
    CHECK(texts_in("en").get(TextKey::fields_birth_name) == "Birth name");
    CHECK(texts_in("fr").language() == "fr");
}

TEST_CASE("every key has a text in every language") {
    for (const char* language : {"fr", "en"}) {
        const Texts texts = texts_in(language);
        for (std::uint16_t i = 0; i < foyer::i18n::TEXT_KEY_COUNT; ++i)
            CHECK_FALSE(texts.get(static_cast<TextKey>(i)).empty());
    }
}

TEST_CASE("French is set with no-break spaces and typographic apostrophes") {
    const Texts texts = texts_in("fr");
    for (std::uint16_t i = 0; i < foyer::i18n::TEXT_KEY_COUNT; ++i) {
        const std::string_view text = texts.get(static_cast<TextKey>(i));
        INFO(text);
        for (const char* wrong : {" :", " ;", " ?", " !", "« ", " »", "'"})
            CHECK(text.find(wrong) == std::string_view::npos);
    }
}

TEST_CASE("a place is filled, and one that nobody fills is seen") {
    const Texts texts = texts_in("fr");
    CHECK(texts.format(TextKey::fields_service_key, {{"service", "Enfance"}}) == "Clé Enfance");
    CHECK(texts.format(TextKey::fields_service_key, {}) == "Clé {service}");
    CHECK(texts.format(TextKey::fields_service_key, {{"service", "{service}"}}) == "Clé {service}");
}

TEST_CASE("French counts zero as one, English does not") {
    const auto one = TextKey::problems_password_add_character;
    const auto many = TextKey::problems_password_add_characters;
    CHECK(texts_in("fr").count(one, many, 0) == "0 caractère");
    CHECK(texts_in("fr").count(one, many, 2) == "2 caractères");
    CHECK(texts_in("en").count(one, many, 0) == "0 characters");
    CHECK(texts_in("en").count(one, many, 1) == "1 character");
}

TEST_CASE("numbers are grouped the way of the language") {
    CHECK(texts_in("fr").number(12345) == "12\u00a0345");
    CHECK(texts_in("en").number(-1234567) == "-1,234,567");
    CHECK(texts_in("fr").number(999) == "999");
    CHECK(texts_in("fr").number(0) == "0");
    CHECK(texts_in("en").number(INT64_MIN) == "-9,223,372,036,854,775,808");
}

TEST_CASE("dates are written in words, with what is known of them") {
    const Texts french = texts_in("fr");
    CHECK(french.date(2025, 3, 3) == "3 mars 2025");
    CHECK(french.date(2025, 8, 1) == "1er août 2025");
    CHECK(french.date(1992, 7, 0) == "juillet 1992");
    CHECK(french.date(1992, 0, 0) == "1992");
    CHECK(texts_in("en").date(2025, 3, 1) == "1 March 2025");
    CHECK(french.moment(2025, 12, 3, 9, 5) == "3 décembre 2025 à 9\u00a0h\u00a005");
}

TEST_CASE("bytes that are not texts are refused, and those of another version too") {
    const std::string good = texts_file("fr");
    CHECK(Texts::load("").error() == TextsMistake::not_texts);
    CHECK(Texts::load("foyer-texts").error() == TextsMistake::not_texts);
    CHECK(Texts::load("foyer-texts fr 0000\n").error() == TextsMistake::other_version);
    CHECK(Texts::load(good.substr(0, good.size() - 1)).error() == TextsMistake::not_texts);
    CHECK(Texts::load(good + "more").error() == TextsMistake::not_texts);
    CHECK(Texts().get(TextKey::fields_birth_name).empty());
}

namespace {

// A texts-<language>.bin in which only the texts of one half of the keys are written down.
std::string half(const char* language, bool even) {
    const Texts all = texts_in(language);
    std::string file = texts_file(language);
    file.resize(file.find('\n') + 1);
    for (std::uint16_t i = 0; i < foyer::i18n::TEXT_KEY_COUNT; ++i) {
        if ((i % 2 == 0) == even)
            file += all.get(static_cast<TextKey>(i));
        file += '\0';
    }
    return file;
}

} // namespace

TEST_CASE("a second file of the same language brings the texts that the first one left out") {
    const Texts all = texts_in("fr");
    auto texts = Texts::load(half("fr", true));
    REQUIRE(texts);
    CHECK(texts->get(static_cast<TextKey>(1)).empty());
    REQUIRE(texts->add(half("fr", false)));
    for (std::uint16_t i = 0; i < foyer::i18n::TEXT_KEY_COUNT; ++i)
        CHECK(texts->get(static_cast<TextKey>(i)) == all.get(static_cast<TextKey>(i)));
    CHECK(texts->add(half("fr", false)));
    CHECK(texts->get(static_cast<TextKey>(3)) == all.get(static_cast<TextKey>(3)));
}

TEST_CASE("a second file of another language or version adds nothing") {
    auto texts = Texts::load(half("fr", true));
    REQUIRE(texts);
    CHECK(texts->add(half("en", false)).error() == TextsMistake::not_texts);
    CHECK(texts->add("foyer-texts fr 0000\n").error() == TextsMistake::other_version);
    CHECK(texts->get(static_cast<TextKey>(1)).empty());
    CHECK(texts->get(static_cast<TextKey>(0)) == texts_in("fr").get(static_cast<TextKey>(0)));
}
