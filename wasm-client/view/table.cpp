// Rows of term and value.
#include "view/painter.h"

namespace foyer::view {

void paint_table(Painter& painter, const Placed& placed) {
    const Palette& palette = painter.palette();
    const Rect& all = placed.control;
    painter.fill({all.x, all.y, all.width, 1}, palette.separator);
    bool first = true;
    for (const Piece& piece : placed.pieces) {
        if (piece.part != Part::term)
            continue;
        if (!first)
            painter.fill({all.x, piece.rect.y - 12, all.width, 1}, palette.separator);
        first = false;
    }
    painter.fill({all.x, all.bottom() - 1, all.width, 1}, palette.separator);
    painter.texts(placed);
}

} // namespace foyer::view
