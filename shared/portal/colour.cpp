#include "portal/portal.h"

#include <algorithm>
#include <cmath>

namespace foyer::portal {

std::optional<Colour> colour_from(std::string_view text) {
    if (text.size() != 7 || text[0] != '#')
        return std::nullopt;
    Colour colour = 0;
    for (const char digit : text.substr(1)) {
        Colour value = 0;
        if (digit >= '0' && digit <= '9')
            value = static_cast<Colour>(digit - '0');
        else if (digit >= 'a' && digit <= 'f')
            value = static_cast<Colour>(digit - 'a' + 10);
        else if (digit >= 'A' && digit <= 'F')
            value = static_cast<Colour>(digit - 'A' + 10);
        else
            return std::nullopt;
        colour = colour * 16 + value;
    }
    return colour;
}

std::string text_of(Colour colour) {
    std::string text = "#";
    for (int shift = 20; shift >= 0; shift -= 4)
        text += "0123456789abcdef"[(colour >> shift) & 15U];
    return text;
}

namespace {

// Relative luminance as WCAG 2.2 defines it for sRGB.
double luminance(Colour colour) {
    const auto linear = [](Colour channel) {
        const double value = static_cast<double>(channel) / 255.0;
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear((colour >> 16) & 255U) + 0.7152 * linear((colour >> 8) & 255U) +
           0.0722 * linear(colour & 255U);
}

} // namespace

double contrast(Colour a, Colour b) {
    const double one = luminance(a);
    const double other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

} // namespace foyer::portal
