// Pictures that belong to the step; a picture with an address is the page's own <img>.
#include "view/painter.h"

namespace foyer::view {

void paint_figure(Painter& painter, const Placed& placed) {
    const Palette& palette = painter.palette();
    if (!placed.node->value.empty())
        return;
    const bool good = placed.node->icon == scene::Icon::tick || placed.node->emphasis == scene::Emphasis::success;
    if (placed.node->icon == scene::Icon::tick) {
        painter.disc(placed.mark.center(), placed.mark.width / 2, palette.success);
        painter.icon(scene::Icon::tick, placed.mark.inset(placed.mark.width * 0.2F), palette.page);
        return;
    }
    painter.icon(placed.node->icon, placed.mark, good ? palette.success : palette.primary);
}

} // namespace foyer::view
