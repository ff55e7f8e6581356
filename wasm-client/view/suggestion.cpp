// A list that fills a field: of buttons, or of the options of a combobox.
#include "view/painter.h"

namespace foyer::view {

void paint_suggestion(Painter& painter, const Placed& placed) {
    const Palette& palette = painter.palette();
    const float radius = painter.metrics().radius;
    if (!placed.mark.empty()) {
        painter.fill(placed.mark, palette.background, radius);
        for (const Piece& piece : placed.pieces) {
            if (piece.part != Part::item)
                continue;
            const scene::Option& option = placed.node->options[piece.index];
            if (option.selected || painter.hovered(placed, piece.index))
                painter.fill(piece.rect.inset(1), palette.tint, radius - 1);
            if (piece.index > 0)
                painter.fill({piece.rect.x + 1, piece.rect.y, piece.rect.width - 2, 1}, palette.separator);
            if (option.selected)
                painter.icon(scene::Icon::tick, {piece.rect.right() - 34, piece.rect.center().y - 11, 22, 22},
                             palette.success);
        }
        painter.frame(placed.mark, palette.border, 1, radius);
    }
    painter.texts(placed);
}

void paint_options(Painter& painter, const Placed& placed) {
    const Palette& palette = painter.palette();
    const float radius = painter.metrics().radius;
    if (placed.mark.empty())
        return;
    painter.fill(placed.mark, palette.surface, radius);
    for (const Piece& piece : placed.pieces) {
        if (piece.part != Part::item)
            continue;
        // The one that Enter takes has a bar as well, for whoever does not see the tint.
        const bool active = placed.node->options[piece.index].selected;
        if (active || painter.hovered(placed, piece.index))
            painter.fill(piece.rect.inset(1), palette.tint, radius - 1);
        if (active)
            painter.fill({piece.rect.x + 1, piece.rect.y + 1, 5, piece.rect.height - 2}, palette.primary, 2);
        if (piece.index > 0)
            painter.fill({piece.rect.x + 1, piece.rect.y, piece.rect.width - 2, 1}, palette.separator);
    }
    painter.frame(placed.mark, palette.border, 1.5F, radius);
    painter.texts(placed);
}

} // namespace foyer::view
