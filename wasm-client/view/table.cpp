// Rows of term and value.
#include "view/painter.h"

namespace foyer::view {

void paint_table(Painter& painter, const Placed& placed) {
    // Lines between the rows and none around them: a card has a frame of its own, a page its headings.
    for (const Piece& piece : placed.pieces)
        if (piece.part == Part::term && piece.index > 0)
            painter.fill({placed.control.x, piece.rect.y - space::MEDIUM, placed.control.width, 1},
                         painter.palette().separator);
    painter.texts(placed);
}

} // namespace foyer::view
