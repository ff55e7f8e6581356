// Framed sentences: information, success, warning, and the summary of what is wrong.
#include "view/painter.h"

namespace foyer::view {

namespace {

struct Look {
    Colour colour;
    Colour tint;
    scene::Icon icon;
};

Look look_of(const scene::Node& node, const Palette& palette) {
    switch (node.emphasis) {
    case scene::Emphasis::success:
        return {palette.success, palette.success_tint, scene::Icon::tick};
    case scene::Emphasis::warning:
        return {palette.warning, palette.warning_tint, scene::Icon::warning};
    case scene::Emphasis::danger:
        return {palette.error, palette.error_tint, scene::Icon::error};
    default:
        return {palette.information, palette.information_tint, scene::Icon::information};
    }
}

} // namespace

void paint_notice(Painter& painter, const Placed& placed) {
    const Palette& palette = painter.palette();
    const float radius = painter.metrics().radius;
    const Rect& all = placed.control;
    if (placed.node->role == scene::Role::error_summary) {
        painter.fill(all, palette.background, radius);
        painter.frame(all, palette.error, 2.5F, radius);
    } else {
        const Look look = look_of(*placed.node, palette);
        painter.fill(all, look.tint, radius);
        painter.fill({all.x, all.y, 5, all.height}, look.colour, radius, Corner::left);
        painter.icon(placed.node->icon == scene::Icon::none ? look.icon : placed.node->icon, placed.mark, look.colour);
    }
    painter.texts(placed);
}

} // namespace foyer::view
