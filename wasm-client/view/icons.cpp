// Pictures drawn as paths on a grid of 24 units, so that they are sharp at every density and cost no download.
#include "view/painter.h"

#include <imgui.h>

namespace foyer::view {

namespace {

constexpr float PI = 3.14159265F;

class Pen {
public:
    Pen(ImDrawList& list, Rect rect, ImU32 colour)
        : m_list(list), m_origin(rect.x, rect.y), m_scale(rect.width / 24), m_colour(colour),
          // Small pictures keep a line that can be seen.
          m_thickness(rect.width < 20 ? 2.6F * m_scale : 1.9F * m_scale) {}

    Pen& move(float x, float y) {
        m_list.PathClear();
        return to(x, y);
    }
    Pen& to(float x, float y) {
        m_list.PathLineTo(at(x, y));
        return *this;
    }
    Pen& curve(float x1, float y1, float x2, float y2, float x, float y) {
        m_list.PathBezierCubicCurveTo(at(x1, y1), at(x2, y2), at(x, y));
        return *this;
    }
    void stroke() { m_list.PathStroke(m_colour, ImDrawFlags_None, m_thickness); }
    void close() { m_list.PathStroke(m_colour, ImDrawFlags_Closed, m_thickness); }
    void fill() { m_list.PathFillConvex(m_colour); }
    void line(float x1, float y1, float x2, float y2) { move(x1, y1).to(x2, y2).stroke(); }
    void circle(float x, float y, float radius) {
        m_list.AddCircle(at(x, y), radius * m_scale, m_colour, 0, m_thickness);
    }
    void disc(float x, float y, float radius) { m_list.AddCircleFilled(at(x, y), radius * m_scale, m_colour); }
    void arc(float x, float y, float radius, float from, float to_angle) {
        m_list.PathClear();
        m_list.PathArcTo(at(x, y), radius * m_scale, from * PI, to_angle * PI);
        stroke();
    }

private:
    [[nodiscard]] ImVec2 at(float x, float y) const { return {m_origin.x + x * m_scale, m_origin.y + y * m_scale}; }
    ImDrawList& m_list;
    ImVec2 m_origin;
    float m_scale;
    ImU32 m_colour;
    float m_thickness;
};

void eye(Pen& pen) {
    pen.move(2, 12).curve(5, 6.5F, 9, 5, 12, 5).curve(15, 5, 19, 6.5F, 22, 12).curve(19, 17.5F, 15, 19, 12, 19);
    pen.curve(9, 19, 5, 17.5F, 2, 12).close();
    pen.circle(12, 12, 3.2F);
}

void house(Pen& pen) {
    pen.move(2.5F, 11.5F).to(12, 3).to(21.5F, 11.5F).stroke();
    pen.move(5, 9.5F).to(5, 20.5F).to(19, 20.5F).to(19, 9.5F).stroke();
    pen.move(9.7F, 20.5F).to(9.7F, 14).to(14.3F, 14).to(14.3F, 20.5F).stroke();
}

void tree(Pen& pen) {
    pen.move(12, 2.5F).to(17.5F, 9.5F).to(14.8F, 9.5F).to(19.5F, 16.5F).to(4.5F, 16.5F).to(9.2F, 9.5F);
    pen.to(6.5F, 9.5F).close();
    pen.line(12, 16.5F, 12, 21.5F);
}

void bicycle(Pen& pen) {
    pen.circle(5.6F, 15.5F, 3.9F);
    pen.circle(18.4F, 15.5F, 3.9F);
    pen.move(5.6F, 15.5F).to(9, 8.5F).to(16, 8.5F).to(11.7F, 15.5F).to(5.6F, 15.5F).stroke();
    pen.line(9, 8.5F, 11.7F, 15.5F);
    pen.move(18.4F, 15.5F).to(15.2F, 5.5F).to(18, 5.5F).stroke();
    pen.line(7.4F, 6.3F, 10.4F, 6.3F);
}

void boat(Pen& pen) {
    pen.move(2.5F, 15.5F).to(21.5F, 15.5F).to(18.3F, 20.5F).to(5.7F, 20.5F).close();
    pen.line(11, 15.5F, 11, 2.5F);
    pen.move(11, 3).to(18.5F, 12.3F).to(11, 12.3F).stroke();
    pen.move(8.3F, 6.5F).to(8.3F, 12.3F).to(4.6F, 12.3F).close();
}

void sun(Pen& pen) {
    pen.circle(12, 12, 4.6F);
    constexpr float DIAGONAL_NEAR = 5.2F;
    constexpr float DIAGONAL_FAR = 7.2F;
    pen.line(12, 2, 12, 4.6F);
    pen.line(12, 19.4F, 12, 22);
    pen.line(2, 12, 4.6F, 12);
    pen.line(19.4F, 12, 22, 12);
    for (const float x : {-1.0F, 1.0F})
        for (const float y : {-1.0F, 1.0F})
            pen.line(12 + x * DIAGONAL_NEAR, 12 + y * DIAGONAL_NEAR, 12 + x * DIAGONAL_FAR, 12 + y * DIAGONAL_FAR);
}

void umbrella(Pen& pen) {
    pen.move(2.5F, 13).curve(2.8F, 6.8F, 7, 3.5F, 12, 3.5F).curve(17, 3.5F, 21.2F, 6.8F, 21.5F, 13).close();
    pen.line(12, 1.8F, 12, 3.5F);
    pen.move(12, 13).to(12, 19).curve(12, 22.3F, 7.4F, 22.3F, 7.4F, 19).stroke();
}

void key(Pen& pen) {
    pen.circle(7.2F, 16.8F, 4.6F);
    pen.line(10.5F, 13.5F, 21, 3);
    pen.line(17.2F, 6.8F, 20.6F, 10.2F);
    pen.line(13.9F, 10.1F, 16.4F, 12.6F);
}

void book(Pen& pen) {
    pen.move(12, 6.2F).curve(9.5F, 4, 6, 3.8F, 2.5F, 4.4F).to(2.5F, 18.8F).curve(6, 18.2F, 9.5F, 18.4F, 12, 20.6F);
    pen.curve(14.5F, 18.4F, 18, 18.2F, 21.5F, 18.8F).to(21.5F, 4.4F).curve(18, 3.8F, 14.5F, 4, 12, 6.2F).close();
    pen.line(12, 6.2F, 12, 20.6F);
}

} // namespace

void Painter::icon(scene::Icon icon, Rect rect, Colour colour) {
    using scene::Icon;
    if (icon == Icon::none || rect.empty())
        return;
    Pen pen(m_list, rect, IM_COL32((colour.rgb >> 16) & 0xFF, (colour.rgb >> 8) & 0xFF, colour.rgb & 0xFF, 0xFF));
    switch (icon) {
    case Icon::none:
        break;
    case Icon::tick:
        pen.move(4.5F, 12.8F).to(9.8F, 18).to(19.8F, 6.8F).stroke();
        break;
    case Icon::arrow_left:
        pen.line(20, 12, 4.5F, 12);
        pen.move(11, 5).to(4, 12).to(11, 19).stroke();
        break;
    case Icon::arrow_right:
        pen.line(4, 12, 19.5F, 12);
        pen.move(13, 5).to(20, 12).to(13, 19).stroke();
        break;
    case Icon::eye:
        eye(pen);
        break;
    case Icon::eye_off:
        eye(pen);
        pen.line(4, 21, 20, 3);
        break;
    case Icon::information:
        pen.circle(12, 12, 9.5F);
        pen.disc(12, 7.6F, 1.4F);
        pen.line(12, 11, 12, 17);
        break;
    case Icon::warning:
        pen.move(12, 3).to(22, 20.5F).to(2, 20.5F).close();
        pen.line(12, 9.5F, 12, 14.5F);
        pen.disc(12, 17.4F, 1.3F);
        break;
    case Icon::error:
        pen.circle(12, 12, 9.5F);
        pen.line(12, 6.8F, 12, 13);
        pen.disc(12, 16.6F, 1.4F);
        break;
    case Icon::external:
        pen.move(11, 5).to(4.5F, 5).to(4.5F, 19.5F).to(19, 19.5F).to(19, 13).stroke();
        pen.move(14.5F, 4).to(20.5F, 4).to(20.5F, 10).stroke();
        pen.line(20, 4.5F, 11.5F, 13);
        break;
    case Icon::clock:
        pen.circle(12, 12, 9.5F);
        pen.move(12, 6.5F).to(12, 12).to(15.8F, 14.4F).stroke();
        break;
    case Icon::house:
        house(pen);
        break;
    case Icon::tree:
        tree(pen);
        break;
    case Icon::bicycle:
        bicycle(pen);
        break;
    case Icon::boat:
        boat(pen);
        break;
    case Icon::sun:
        sun(pen);
        break;
    case Icon::umbrella:
        umbrella(pen);
        break;
    case Icon::key:
        key(pen);
        break;
    case Icon::book:
        book(pen);
        break;
    }
}

} // namespace foyer::view
