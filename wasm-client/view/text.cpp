// Headings, paragraphs, legends: words on the page.
#include "view/painter.h"

namespace foyer::view {

void paint_text(Painter& painter, const Placed& placed) {
    // Only the bullet of a list's paragraph has a mark.
    if (placed.node->role == scene::Role::paragraph && !placed.mark.empty())
        painter.disc(placed.mark.center(), placed.mark.width / 2, painter.palette().primary);
    painter.texts(placed);
}

} // namespace foyer::view
