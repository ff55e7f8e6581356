// Buttons and links.
#include "view/painter.h"

namespace foyer::view {

namespace {

using scene::Emphasis;

void paint_filled(Painter& painter, const Placed& placed) {
    const Palette& palette = painter.palette();
    const Colour ground = placed.node->disabled     ? palette.track
                          : painter.pressed(placed) ? palette.button_pressed
                          : painter.hovered(placed) ? palette.button_hover
                                                    : palette.button;
    painter.fill(placed.control, ground, painter.metrics().radius);
}

void paint_outlined(Painter& painter, const Placed& placed, Colour colour) {
    const Palette& palette = painter.palette();
    const Colour tint = placed.node->emphasis == Emphasis::danger ? palette.error_tint : palette.tint;
    const Colour ground = painter.pressed(placed) ? palette.track : painter.hovered(placed) ? tint : palette.background;
    painter.fill(placed.control, ground, painter.metrics().radius);
    painter.frame(placed.control, placed.node->disabled ? palette.disabled : colour, 1.5F, painter.metrics().radius);
}

} // namespace

void paint_button(Painter& painter, const Placed& placed) {
    const Palette& palette = painter.palette();
    const scene::Node& node = *placed.node;
    Colour icon = node.disabled ? palette.disabled : palette.primary;
    if (!looks_like_button(node)) {
        if (painter.hovered(placed) && !placed.texts.empty()) {
            const TextBlock& label = placed.texts.back();
            painter.fill({label.rect.x, label.rect.bottom() - 4, label.rect.width, 2}, palette.primary);
        }
    } else if (node.emphasis == Emphasis::primary) {
        paint_filled(painter, placed);
        icon = node.disabled ? palette.disabled : palette.on_button;
    } else if (node.emphasis == Emphasis::quiet) {
        if (painter.hovered(placed))
            painter.fill(placed.control, palette.tint, painter.metrics().radius);
    } else {
        paint_outlined(painter, placed, node.emphasis == Emphasis::danger ? palette.error : palette.primary);
    }
    painter.icon(node.icon, placed.mark, icon);
    painter.texts(placed);
}

} // namespace foyer::view
