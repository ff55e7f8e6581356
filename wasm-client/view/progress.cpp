// The step indicator's bar.
#include "view/painter.h"

#include <algorithm>

namespace foyer::view {

void paint_progress(Painter& painter, const Placed& placed) {
    const Palette& palette = painter.palette();
    const Rect& track = placed.mark;
    const auto fraction = static_cast<float>(std::clamp(placed.node->fraction, 0.0, 1.0));
    painter.fill(track, palette.track, track.height / 2);
    if (fraction > 0)
        painter.fill({track.x, track.y, std::max(track.width * fraction, track.height), track.height}, palette.primary,
                     track.height / 2);
    painter.texts(placed);
}

} // namespace foyer::view
