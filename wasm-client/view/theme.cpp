#include "view/theme.h"

#include <algorithm>
#include <cmath>

namespace foyer::view {

Colour mix(Colour under, Colour over, float amount) {
    std::uint32_t mixed = 0;
    for (unsigned shift = 0; shift <= 16; shift += 8) {
        const float from = static_cast<float>((under.rgb >> shift) & 0xFF);
        const float to = static_cast<float>((over.rgb >> shift) & 0xFF);
        mixed |= static_cast<std::uint32_t>(std::lround(from + (to - from) * amount)) << shift;
    }
    return {mixed};
}

Palette palette_for(Colour primary, Colour on_primary) {
    Palette palette;
    palette.primary = primary;
    palette.on_primary = on_primary;
    // Darker on the way down: the text on a button keeps at least the contrast the portal was accepted with.
    const Colour deeper = on_primary == Colour{0xFFFFFF} ? Colour{0x000000} : Colour{0xFFFFFF};
    palette.primary_hover = mix(primary, deeper, 0.18F);
    palette.primary_pressed = mix(primary, deeper, 0.34F);
    palette.primary_tint = mix(Colour{0xFFFFFF}, primary, 0.08F);
    palette.link = primary;
    return palette;
}

Metrics metrics_for(float canvas_width) {
    Metrics metrics;
    if (canvas_width < PHONE_WIDTH) {
        // PRÉCÉDENT and SUIVANT still stand side by side at 360.
        metrics.button_padding = 14;
        metrics.card_padding = 16;
        metrics.heading1 = {28, 35, Weight::bold};
        metrics.heading2 = {22, 30, Weight::bold};
    } else {
        metrics.margin = 48;
    }
    metrics.column = std::min(640.0F, std::max(canvas_width - 2 * metrics.margin, 120.0F));
    return metrics;
}

} // namespace foyer::view
