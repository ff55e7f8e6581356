// The step indicator: one bar for each step, those behind and the one at hand in the town's colour.
#include "view/painter.h"

#include <algorithm>

namespace foyer::view {

void paint_progress(Painter& painter, const Placed& placed) {
    const Palette& palette = painter.palette();
    const Rect& track = placed.mark;
    const int count = std::max<int>(placed.node->width, 1);
    const int done = scene::bars_done(*placed.node);
    const float gap = space::TINY;
    const float length = (track.width - gap * static_cast<float>(count - 1)) / static_cast<float>(count);
    for (int i = 0; i < count; ++i)
        painter.fill({track.x + static_cast<float>(i) * (length + gap), track.y, length, track.height},
                     i < done ? palette.primary : palette.track, track.height / 2);
    painter.texts(placed);
}

} // namespace foyer::view
