// Radios and checkboxes; with a picture a radio is a tile.
#include "view/painter.h"

namespace foyer::view {

namespace {

void paint_tile(Painter& painter, const Placed& placed) {
    const Palette& palette = painter.palette();
    const bool chosen = placed.node->checked;
    const bool hovered = painter.hovered(placed);
    const float radius = rounding::CARD;
    painter.fill(placed.control, chosen || hovered ? palette.tint : palette.background, radius);
    painter.frame(placed.control,
                  chosen    ? palette.primary
                  : hovered ? palette.text
                            : palette.border,
                  chosen ? 3.0F : 1.5F, radius);
    painter.icon(placed.node->icon, placed.mark, chosen ? palette.primary : palette.text);
    if (chosen) {
        const Point corner{placed.control.right() - 16, placed.control.y + 16};
        painter.disc(corner, 10, palette.primary);
        painter.icon(scene::Icon::tick, {corner.x - 7, corner.y - 7, 14, 14}, palette.on_primary);
    }
}

void paint_box(Painter& painter, const Placed& placed, Colour border, float thickness) {
    const Palette& palette = painter.palette();
    if (!placed.node->checked) {
        painter.fill(placed.mark, palette.surface, rounding::MARK);
        painter.frame(placed.mark, border, thickness, rounding::MARK);
        return;
    }
    painter.fill(placed.mark, placed.node->disabled ? palette.disabled : palette.primary, rounding::MARK);
    painter.icon(scene::Icon::tick, placed.mark.inset(3), palette.on_primary);
}

void paint_circle(Painter& painter, const Placed& placed, Colour border, float thickness) {
    const Palette& palette = painter.palette();
    const Point center = placed.mark.center();
    const float radius = placed.mark.width / 2;
    painter.disc(center, radius, palette.surface);
    if (placed.node->checked) {
        const Colour colour = placed.node->disabled ? palette.disabled : palette.primary;
        painter.ring(center, radius, colour, 2);
        painter.disc(center, radius - 6, colour);
    } else {
        painter.ring(center, radius, border, thickness);
    }
}

} // namespace

void paint_choice(Painter& painter, const Placed& placed) {
    const Palette& palette = painter.palette();
    const scene::Node& node = *placed.node;
    if (node.role == scene::Role::radio && node.icon != scene::Icon::none) {
        paint_tile(painter, placed);
    } else {
        const bool hovered = painter.hovered(placed);
        const Colour border = is_invalid(node) ? palette.error : hovered ? palette.text : palette.border;
        if (hovered && !node.disabled)
            painter.disc(placed.mark.center(), 21, palette.tint);
        const float thickness = is_invalid(node) || hovered ? 2.0F : 1.5F;
        if (node.role == scene::Role::checkbox)
            paint_box(painter, placed, border, thickness);
        else
            paint_circle(painter, placed, border, thickness);
    }
    painter.texts(placed);
}

} // namespace foyer::view
