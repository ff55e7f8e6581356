#include "view/theme.h"

#include <algorithm>

namespace foyer::view {

Metrics metrics_for(float canvas_width) {
    Metrics metrics;
    if (canvas_width < PHONE_WIDTH) {
        // PRÉCÉDENT and SUIVANT still stand side by side, at 320 too.
        metrics.button_padding = canvas_width < 350 ? 8 : 14;
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
