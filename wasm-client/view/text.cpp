// Headings, paragraphs, legends: words on the page.
#include "view/painter.h"

namespace foyer::view {

void paint_text(Painter& painter, const Placed& placed) {
    const Palette& palette = painter.palette();
    if (placed.node->role == scene::Role::group && !placed.mark.empty()) {
        painter.fill(placed.mark, palette.separator);
        // The band at the very top wears the town's colour.
        if (placed.bounds.y == 0)
            painter.fill({placed.bounds.x, 0, placed.bounds.width, 6}, palette.link);
    }
    // Only the bullet of a list's paragraph has a mark.
    if (placed.node->role == scene::Role::paragraph && !placed.mark.empty())
        painter.disc(placed.mark.center(), placed.mark.width / 2, palette.primary);
    painter.texts(placed);
}

} // namespace foyer::view
