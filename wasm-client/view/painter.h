// The brush: what the painters of each role draw with. The only headers of Dear ImGui are included by the .cpp files.
#pragma once

#include "view/layout.h"

#include <string>

struct ImDrawList;

namespace foyer::view {

class Fonts;

// What the pointer is doing, as the twin reports it; `node` may name a piece: index -1 is the node itself.
struct Pointer {
    std::string node;
    int index = -1;
    bool pressed = false;
    friend bool operator==(const Pointer&, const Pointer&) = default;
};

enum class Corner : unsigned char { all, left, right, top, bottom, none };

class Painter {
public:
    Painter(ImDrawList& list, const Fonts& fonts, const Palette& palette, const Layout& layout, const Pointer& pointer)
        : m_list(list), m_fonts(fonts), m_palette(palette), m_layout(layout), m_pointer(pointer) {}

    [[nodiscard]] const Palette& palette() const { return m_palette; }
    [[nodiscard]] const Metrics& metrics() const { return m_layout.metrics; }
    [[nodiscard]] bool hovered(const Placed& placed, int index = -1) const;
    [[nodiscard]] bool pressed(const Placed& placed, int index = -1) const;

    void fill(Rect rect, Colour colour, float radius = 0, Corner corners = Corner::all);
    // The line lies inside the rectangle.
    void frame(Rect rect, Colour colour, float thickness, float radius = 0);
    void disc(Point center, float radius, Colour colour);
    void ring(Point center, float radius, Colour colour, float thickness);
    void line(Point from, Point to, Colour colour, float thickness);
    void icon(scene::Icon icon, Rect rect, Colour colour);
    void text(const TextBlock& block);
    void texts(const Placed& placed);
    [[nodiscard]] Colour ink(Ink ink) const;

private:
    void line_of_text(std::string_view line, const TextStyle& style, Point start, Colour colour);
    ImDrawList& m_list;
    const Fonts& m_fonts;
    const Palette& m_palette;
    const Layout& m_layout;
    const Pointer& m_pointer;
};

// One painter for each family of roles; a painter reads what was placed and draws, nothing else.
void paint_field(Painter& painter, const Placed& placed);      // text, password, select
void paint_choice(Painter& painter, const Placed& placed);     // radio, checkbox
void paint_button(Painter& painter, const Placed& placed);     // button, link
void paint_text(Painter& painter, const Placed& placed);       // heading, paragraph, status, group, form
void paint_progress(Painter& painter, const Placed& placed);   // progress
void paint_table(Painter& painter, const Placed& placed);      // table
void paint_suggestion(Painter& painter, const Placed& placed); // suggestion
void paint_options(Painter& painter, const Placed& placed);    // the open list of a combobox
void paint_notice(Painter& painter, const Placed& placed);     // notice, error_summary
void paint_figure(Painter& painter, const Placed& placed);     // figure

// The whole step.
void paint(Painter& painter, const Layout& layout);

} // namespace foyer::view
