// Headings, paragraphs, legends: words on the page.
#include "view/painter.h"

namespace foyer::view {

namespace {

// A frame, and at its left a bar in the colour of what is to be said about it.
void paint_card(Painter& painter, const Placed& placed) {
    const Palette& palette = painter.palette();
    const float radius = rounding::CARD;
    painter.fill(placed.bounds, palette.background, radius);
    painter.frame(placed.bounds, palette.separator, 1.5F, radius);
    const scene::Emphasis emphasis = placed.node->emphasis;
    if (emphasis == scene::Emphasis::normal)
        return;
    const Colour bar = emphasis == scene::Emphasis::success   ? palette.success
                       : emphasis == scene::Emphasis::warning ? palette.warning
                       : emphasis == scene::Emphasis::danger  ? palette.error
                                                              : palette.primary;
    painter.fill({placed.bounds.x, placed.bounds.y, 5, placed.bounds.height}, bar, radius, Corner::left);
}

// The picture before a state in words.
void paint_state(Painter& painter, const Placed& placed) {
    if (!placed.texts.empty())
        painter.icon(placed.node->icon, placed.mark, painter.ink(placed.texts.front().ink));
}

} // namespace

void paint_text(Painter& painter, const Placed& placed) {
    const Palette& palette = painter.palette();
    if (is_card(*placed.node))
        paint_card(painter, placed);
    if (placed.node->role == scene::Role::group && !placed.mark.empty()) {
        painter.fill(placed.mark, palette.separator);
        // The band at the very top wears the town's colour.
        if (placed.bounds.y == 0)
            painter.fill({placed.bounds.x, 0, placed.bounds.width, 6}, palette.primary);
    }
    // Only the bullet of a list's paragraph has a mark.
    if (placed.node->icon != scene::Icon::none && placed.node->role == scene::Role::paragraph)
        paint_state(painter, placed);
    else if (placed.node->role == scene::Role::paragraph && !placed.mark.empty())
        painter.disc(placed.mark.center(), placed.mark.width / 2, palette.primary);
    painter.texts(placed);
}

} // namespace foyer::view
