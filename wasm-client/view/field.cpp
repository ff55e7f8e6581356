// Entries and lists: the frame around what the page's own input shows.
#include "view/painter.h"

namespace foyer::view {

namespace {

void arrow_down(Painter& painter, Point center, Colour colour) {
    painter.line({center.x - 6, center.y - 3}, {center.x, center.y + 3}, colour, 2);
    painter.line({center.x, center.y + 3}, {center.x + 6, center.y - 3}, colour, 2);
}

} // namespace

void paint_field(Painter& painter, const Placed& placed) {
    const Palette& palette = painter.palette();
    const scene::Node& node = *placed.node;
    const bool fixed = node.readonly || node.disabled;
    const bool invalid = is_invalid(node);
    const float radius = painter.metrics().radius;

    painter.fill(placed.control, fixed ? palette.fixed : palette.surface, radius);
    Colour border = palette.border;
    if (invalid)
        border = palette.error;
    else if (painter.hovered(placed) && !fixed)
        border = palette.text;
    else if (fixed)
        border = palette.separator;
    painter.frame(placed.control, border, invalid ? 2.0F : 1.5F, radius);
    if (node.role == scene::Role::select && !fixed)
        arrow_down(painter, {placed.control.right() - 22, placed.control.center().y}, palette.text);
    if (node.icon != scene::Icon::none)
        painter.icon(node.icon, {placed.control.right() - 36, placed.control.center().y - 12, 24, 24}, palette.success);
    if (placed.mark.empty()) // an open list comes first, its words stand on it
        painter.texts(placed);
}

} // namespace foyer::view
