#include "portal/portal.h"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace foyer::portal;

TEST_CASE("a colour is a hash and six hexadecimal digits") {
    CHECK(colour_from("#1b4F8a") == 0x1b4f8aU);
    for (const char* wrong : {"", "#", "#123", "1b4f8a", "#1b4f8", "#1b4f8a0", "#1b4f8g", "red", "#1b4f8 "})
        CHECK_FALSE(colour_from(wrong));
    CHECK(text_of(0x00ff0aU) == "#00ff0a");
}

TEST_CASE("contrast is WCAG's: black on white is 21, a colour on itself 1") {
    CHECK(contrast(0x000000, 0xffffff) == Catch::Approx(21.0));
    CHECK(contrast(0x123456, 0x123456) == Catch::Approx(1.0));
    CHECK(contrast(0x767676, 0xffffff) == Catch::Approx(4.54).margin(0.01)); // the lightest grey that passes
    CHECK(contrast(0x777777, 0xffffff) < 4.5);
    CHECK(contrast(0xffffff, 0x777777) == contrast(0x777777, 0xffffff));
}
