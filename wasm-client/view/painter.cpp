#include "view/painter.h"

#include "view/fonts.h"

#include <imgui.h>

#include <cmath>

namespace foyer::view {

namespace {

ImU32 packed(Colour colour) {
    return IM_COL32((colour.rgb >> 16) & 0xFF, (colour.rgb >> 8) & 0xFF, colour.rgb & 0xFF, 0xFF);
}

ImVec2 vec(Point point) { return {point.x, point.y}; }

ImDrawFlags flags(Corner corners) {
    switch (corners) {
    case Corner::left:
        return ImDrawFlags_RoundCornersLeft;
    case Corner::right:
        return ImDrawFlags_RoundCornersRight;
    case Corner::top:
        return ImDrawFlags_RoundCornersTop;
    case Corner::bottom:
        return ImDrawFlags_RoundCornersBottom;
    case Corner::none:
        return ImDrawFlags_RoundCornersNone;
    case Corner::all:
        break;
    }
    return ImDrawFlags_RoundCornersAll;
}

} // namespace

bool Painter::hovered(const Placed& placed, int index) const {
    return m_pointer.node == placed.node->id && m_pointer.index == index;
}

bool Painter::pressed(const Placed& placed, int index) const { return m_pointer.pressed && hovered(placed, index); }

void Painter::fill(Rect rect, Colour colour, float radius, Corner corners) {
    m_list.AddRectFilled({rect.x, rect.y}, {rect.right(), rect.bottom()}, packed(colour), radius, flags(corners));
}

void Painter::frame(Rect rect, Colour colour, float thickness, float radius) {
    // ImGui strokes along the middle of the line and moves rectangles by half a unit; a path does not.
    const Rect middle = rect.inset(thickness / 2);
    m_list.PathRect({middle.x, middle.y}, {middle.right(), middle.bottom()}, radius);
    m_list.PathStroke(packed(colour), ImDrawFlags_Closed, thickness);
}

void Painter::disc(Point center, float radius, Colour colour) {
    m_list.AddCircleFilled(vec(center), radius, packed(colour));
}

void Painter::ring(Point center, float radius, Colour colour, float thickness) {
    m_list.AddCircle(vec(center), radius - thickness / 2, packed(colour), 0, thickness);
}

void Painter::line(Point from, Point to, Colour colour, float thickness) {
    m_list.PathLineTo(vec(from));
    m_list.PathLineTo(vec(to));
    m_list.PathStroke(packed(colour), ImDrawFlags_None, thickness);
}

Colour Painter::ink(Ink ink) const {
    switch (ink) {
    case Ink::text:
        return m_palette.text;
    case Ink::quiet:
        return m_palette.muted;
    case Ink::error:
    case Ink::danger:
        return m_palette.error;
    case Ink::warning:
        return m_palette.warning;
    case Ink::success:
        return m_palette.success;
    case Ink::link:
        return m_palette.primary;
    case Ink::on_primary:
        return m_palette.on_button;
    case Ink::disabled:
        return m_palette.disabled;
    }
    return m_palette.text;
}

// Each letter on the pixels of the screen: its texels must not lie between them, or it is blurred. Across, small
// letters have two texels for a pixel and may stand on either.
void Painter::line_of_text(std::string_view line, const TextStyle& style, Point start, Colour colour) {
    const Fonts::Letters letters = m_fonts.letters(style);
    if (!letters.baked)
        return;
    const float density = m_fonts.density();
    const float base = std::round((start.y + m_fonts.baseline(style)) * density) / density;
    const float ascent = std::round(letters.baked->Ascent); // letters count from there
    const float texels = density * letters.per_pixel;
    const float between = letters.per_pixel > 1 ? 0.5F : 0.0F;
    float x = start.x;
    for (std::size_t position = 0; position < line.size();) {
        const char32_t character = next_character(line, position);
        const ImFontGlyph* glyph =
            letters.baked->FindGlyph(static_cast<ImWchar>(character > 0xFFFF ? 0xFFFD : character));
        if (glyph->Visible) {
            const float left = (std::round((x + glyph->X0 * letters.scale) * texels - between) + between) / texels;
            const float top = base + (glyph->Y0 - ascent) * letters.scale;
            m_list.PrimReserve(6, 4);
            m_list.PrimRectUV(
                {left, top},
                {left + (glyph->X1 - glyph->X0) * letters.scale, top + (glyph->Y1 - glyph->Y0) * letters.scale},
                {glyph->U0, glyph->V0}, {glyph->U1, glyph->V1}, packed(colour));
        }
        x += glyph->AdvanceX * letters.scale;
    }
}

void Painter::text(const TextBlock& block) {
    const TextStyle& style = block.style;
    const Colour colour = ink(block.ink);
    float y = block.rect.y;
    for (const std::string_view& line : block.lines) {
        const float width = text_width(m_fonts, style, line);
        const float x = block.centred ? block.rect.x + (block.rect.width - width) / 2 : block.rect.x;
        line_of_text(line, style, {x, y}, colour);
        if (block.underlined)
            fill({x, y + m_fonts.baseline(style) + 2, width, 1}, colour);
        if (block.required_mark && &line == &block.lines.back())
            line_of_text(" *", style, {x + width, y}, m_palette.error);
        y += style.line_height;
    }
}

void Painter::texts(const Placed& placed) {
    for (const TextBlock& block : placed.texts)
        text(block);
}

void paint(Painter& painter, const Layout& layout) {
    using scene::Role;
    // A little beyond the edges: they need not lie on the screen's pixels.
    painter.fill(Rect{0, 0, layout.width, layout.height}.inset(-2), painter.palette().background, 0, Corner::none);
    for (const Placed& placed : layout.nodes) {
        if (placed.error_bar)
            painter.fill({placed.bounds.x, placed.bounds.y, painter.metrics().error_bar, placed.bounds.height},
                         painter.palette().error, 2);
        switch (placed.node->role) {
        case Role::text:
        case Role::password:
        case Role::select:
            paint_field(painter, placed);
            break;
        case Role::combobox:
            paint_field(painter, placed);
            paint_options(painter, placed);
            break;
        case Role::radio:
        case Role::checkbox:
            paint_choice(painter, placed);
            break;
        case Role::button:
        case Role::link:
            paint_button(painter, placed);
            break;
        case Role::progress:
            paint_progress(painter, placed);
            break;
        case Role::table:
            paint_table(painter, placed);
            break;
        case Role::suggestion:
            paint_suggestion(painter, placed);
            break;
        case Role::notice:
        case Role::error_summary:
            paint_notice(painter, placed);
            break;
        case Role::figure:
            paint_figure(painter, placed);
            break;
        case Role::form:
        case Role::group:
        case Role::heading:
        case Role::paragraph:
            paint_text(painter, placed);
            break;
        case Role::status:
            is_framed(*placed.node) ? paint_notice(painter, placed) : paint_text(painter, placed);
            break;
        }
    }
}

} // namespace foyer::view
