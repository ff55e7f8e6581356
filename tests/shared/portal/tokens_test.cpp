#include "portal/tokens.h"

#include <catch2/catch_test_macros.hpp>

#include <random>
#include <set>
#include <string>

using namespace foyer::portal;

namespace {

std::string said(const std::vector<TokenPair>& poor) {
    std::string text;
    for (const TokenPair& pair : poor)
        text += std::string(pair.name) + " on " + pair.behind + " " + std::to_string(pair.ratio) + "; ";
    return text;
}

// Whether portal.json may say so (mistakes.cpp).
bool readable_by_day(const Theme& theme) {
    for (const Colour page : {theme.background, theme.surface}) {
        for (const Colour words :
             {theme.text, theme.muted_text, theme.primary, theme.error, theme.success, theme.warning})
            if (contrast(words, page) < 4.5)
                return false;
        for (const Colour part : {theme.button, theme.border, theme.focus})
            if (contrast(part, page) < 3.0)
                return false;
    }
    return contrast(theme.primary_text, theme.primary) >= 4.5 && contrast(theme.button_text, theme.button) >= 4.5;
}

} // namespace

TEST_CASE("the house's own theme is readable by day and by night") {
    for (const Light light : {Light::day, Light::night})
        CHECK(said(poor_contrasts(tokens_of(Theme{}, light))) == "");
}

TEST_CASE("whatever readable theme a town chooses, its night is readable too") {
    std::mt19937 chance(20261122);
    // Mostly dark, as what is to be read on a pale page must be.
    const auto any = [](std::mt19937& from) {
        return std::uniform_int_distribution<Colour>(0, 0xFFFFFF)(from) & (from() % 4 == 0 ? 0xFFFFFFU : 0x9F9F9FU);
    };
    std::uniform_int_distribution<Colour> pale(0, 0x1F);
    int readable = 0;
    for (int i = 0; i < 10000; ++i) {
        Theme theme;
        theme.primary = any(chance);
        theme.button = any(chance);
        theme.primary_text = theme.button_text = i % 3 == 0 ? 0x000000 : 0xFFFFFF;
        theme.surface = 0xFFFFFF - pale(chance) * 0x010101;
        theme.focus = any(chance);
        theme.error = any(chance);
        theme.warning = any(chance);
        if (!readable_by_day(theme))
            continue;
        ++readable;
        for (const Light light : {Light::day, Light::night})
            REQUIRE(said(poor_contrasts(tokens_of(theme, light))) == "");
    }
    CHECK(readable > 100);
}

TEST_CASE("the night is dark, and has something of the town's colour") {
    Theme theme;
    theme.primary = 0x14505C;
    const Tokens night = tokens_of(theme, Light::night);
    CHECK(contrast(night.background, 0x000000) < 1.5);
    CHECK(contrast(night.text, night.background) >= 12);
    CHECK((night.primary & 0xFF) > ((night.primary >> 16) & 0xFF)); // still a blue green
}

TEST_CASE("what cannot be told apart is named with what lies behind it") {
    Tokens tokens = tokens_of(Theme{}, Light::day);
    tokens.error_tint = tokens.error;
    const auto poor = poor_contrasts(tokens);
    CHECK(said(poor).find("error on error-tint") != std::string::npos);
}

TEST_CASE("every colour has one name in the style sheets") {
    std::set<std::string> names;
    for (const NamedToken& token : named_tokens())
        CHECK(names.insert(token.name).second);
    CHECK(names.size() * sizeof(Colour) == sizeof(Tokens));
}
