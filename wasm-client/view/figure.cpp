// Pictures that belong to the step: on a pale disc, where there is nothing else to see yet. A picture with an address
// is the page's own <img>.
#include "view/painter.h"

namespace foyer::view {

void paint_figure(Painter& painter, const Placed& placed) {
    const Palette& palette = painter.palette();
    if (!placed.node->value.empty())
        return;
    const bool good = placed.node->icon == scene::Icon::tick;
    painter.disc(placed.control.center(), placed.control.height / 2, good ? palette.success_tint : palette.tint);
    painter.icon(placed.node->icon, placed.mark, good ? palette.success : palette.primary);
}

} // namespace foyer::view
