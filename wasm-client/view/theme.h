// The design's tokens: colour, space, type, radius, motion. The town brings its colours; everything else is the same
// for every town. The version texte has the same ones (web/style/_base.css).
#pragma once

#include <cstdint>

namespace foyer::view {

// 0xRRGGBB
struct Colour {
    std::uint32_t rgb = 0;
    friend bool operator==(const Colour&, const Colour&) = default;
};

// What the page's style sheets say, in the order of web/shell/colours.ts: the town's theme by day or by night
// (shared/portal/tokens.h, where every pair that meets is told apart by 4.5 or 3). The values here are the house's own,
// until the page has said its.
struct Palette {
    // The town's colour, for whatever is not the way on: links, marks, bars.
    Colour primary{0x1B4F8A};
    Colour on_primary{0xFFFFFF};
    // The one accent: SUIVANT, VALIDER.
    Colour button{0x1B4F8A};
    Colour on_button{0xFFFFFF};
    Colour button_hover{0x164171};
    Colour button_pressed{0x12345B};
    Colour tint{0xEFF3F7}; // pale ground behind chosen and hovered things

    Colour background{0xFFFFFF};
    Colour surface{0xFFFFFF}; // of fields
    Colour fixed{0xF0F0F0};   // of fields that cannot be changed
    Colour track{0xE4E4E4};
    Colour border{0x767676};
    Colour separator{0xDFDFDF};

    Colour text{0x1B1B1B};
    Colour muted{0x555555};
    Colour disabled{0x828282};

    Colour error{0xB3261E};
    Colour error_tint{0xFAF0EF};
    Colour warning{0x8A5300};
    Colour warning_tint{0xF7F3ED};
    Colour success{0x1B6E3C};
    Colour success_tint{0xEFF5F1};
    Colour information{0x1B4F8A};
    Colour information_tint{0xEFF3F7};
};

enum class Weight : std::uint8_t { regular, bold };

// `size` is CSS's font-size, `line_height` the distance between base lines.
struct TextStyle {
    float size = 18;
    float line_height = 27;
    Weight weight = Weight::regular;
    friend bool operator==(const TextStyle&, const TextStyle&) = default;
};

// White, from within a thought to between two parts of a page.
namespace space {
constexpr float HAIR = 2;
constexpr float TINY = 4;
constexpr float SMALL = 8;
constexpr float MEDIUM = 12;
constexpr float LARGE = 16;
constexpr float FIELD = 26; // between two questions
constexpr float PART = 36;  // between two parts of a page
} // namespace space

namespace rounding {
constexpr float MARK = 4; // a checkbox
constexpr float CONTROL = 6;
constexpr float CARD = 10;
} // namespace rounding

// What changes with the width at hand: a phone gets smaller margins and headings, never smaller text.
struct Metrics {
    float margin = 16;
    float column = 640;
    float entry = 480; // as wide as a field becomes: no line of what is typed is longer than an eye likes to follow
    float field_height = 48;
    float target = 44;
    float radius = rounding::CONTROL;
    float button_padding = 24;
    float error_bar = 4;
    float error_indent = 16;
    float checkbox = 26;
    float card_padding = 20;
    TextStyle body{18, 27, Weight::regular};
    TextStyle strong{18, 27, Weight::bold};
    TextStyle part{18, 27, Weight::regular}; // a label under a legend, which is the question: "Jour" of a date
    TextStyle small{16, 24, Weight::regular};
    TextStyle small_strong{16, 24, Weight::bold};
    TextStyle heading1{32, 40, Weight::bold};
    TextStyle heading2{23, 31, Weight::bold};
    TextStyle heading3{20, 28, Weight::bold};
};

// Below this width the step is laid out for a phone.
constexpr float PHONE_WIDTH = 560;

[[nodiscard]] Metrics metrics_for(float canvas_width);

} // namespace foyer::view
