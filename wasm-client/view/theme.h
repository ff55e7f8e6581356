// Colours and sizes. The town brings its colour; everything else is the same for every town, chosen so that text keeps
// a contrast of 4.5 and the parts of a control one of 3 on white.
#pragma once

#include <cstdint>

namespace foyer::view {

// 0xRRGGBB
struct Colour {
    std::uint32_t rgb = 0;
    friend bool operator==(const Colour&, const Colour&) = default;
};

// `amount` of `over` laid on `under`, 0 to 1.
[[nodiscard]] Colour mix(Colour under, Colour over, float amount);

struct Palette {
    Colour primary{0x000091};
    Colour on_primary{0xFFFFFF};
    Colour primary_hover{0x1212AB};
    Colour primary_pressed{0x06066B};
    Colour primary_tint{0xECECFE}; // pale ground behind chosen and hovered things
    Colour link{0x000091};

    Colour page{0xFFFFFF};
    Colour text{0x1B1B22};
    Colour quiet_text{0x555560};
    Colour field_border{0x70707D};
    Colour field_ground{0xFFFFFF};
    Colour readonly_ground{0xF1F1F5};
    Colour separator{0xDDDDE4};
    Colour track{0xE3E3EA};
    Colour disabled{0x8D8D99};

    Colour error{0xC01B10};
    Colour error_tint{0xFDF0EE};
    Colour warning{0x8A4A00};
    Colour warning_tint{0xFFF4E3};
    Colour success{0x136B3A};
    Colour success_tint{0xE9F7EE};
    Colour information{0x0A57B5};
    Colour information_tint{0xE9F1FD};
};

// The palette of a town: `primary` is its colour, `on_primary` the text on it.
[[nodiscard]] Palette palette_for(Colour primary, Colour on_primary);

enum class Weight : std::uint8_t { regular, bold };

// `size` is CSS's font-size, `line_height` the distance between base lines.
struct TextStyle {
    float size = 18;
    float line_height = 27;
    Weight weight = Weight::regular;
    friend bool operator==(const TextStyle&, const TextStyle&) = default;
};

// What changes with the width at hand: a phone gets smaller margins and headings, never smaller text.
struct Metrics {
    float margin = 16;
    float column = 640;
    float field_height = 48;
    float target = 44;
    float radius = 6;
    float button_padding = 24;
    float error_bar = 4;
    float error_indent = 16;
    float checkbox = 26;
    float card_padding = 20;
    TextStyle body{18, 27, Weight::regular};
    TextStyle strong{18, 27, Weight::bold};
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
