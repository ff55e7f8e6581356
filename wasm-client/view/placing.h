// The inside of each kind of node: how tall it is at a given width and where its pieces stand. Used by layout.cpp only,
// which decides how nodes follow each other.
#pragma once

#include "view/layout.h"

namespace foyer::view {

// Lays lines of one style under each other and remembers what was placed.
class Placing {
public:
    Placing(Placed& placed, const TextMeasure& measure, const Metrics& metrics, Rect column);

    // Everything that is not a container. Returns the height used.
    float leaf();
    // A link in the town's band, where it looks otherwise than within a step.
    float band_link(const TextStyle& style, Ink ink, bool underlined);
    // A container's own label, hint, error and warning. Returns the height used; the children follow below it, between
    // left() and right().
    float container_head();
    [[nodiscard]] float left() const { return m_left; }
    [[nodiscard]] float width() const { return m_right - m_left; }

    // The width the node would like beside others, or 0: all there is.
    static float natural_width(const scene::Node& node, const TextMeasure& measure, const Metrics& metrics);

private:
    enum class Gap : bool { none, before };
    Rect text(std::string_view content, const TextStyle& style, Ink ink, Rect within);
    TextBlock& last_text() { return m_placed.texts.back(); }
    void piece(Part part, Rect rect, std::size_t index = 0);
    void labelled(Part part, std::string_view content, const TextStyle& style, Ink ink);
    void sentences(); // hint, error, warning
    void indent_for_error();
    void entry();
    void options();
    void tickable();
    void tile();
    void button();
    void link(const TextStyle& style, Ink ink, bool underlined);
    void state();
    void progress();
    void error_summary();
    void table();
    void suggestion();
    void figure();
    void notice();

    Placed& m_placed;
    const scene::Node& m_node;
    const TextMeasure& m_measure;
    const Metrics& m_metrics;
    float m_left;
    float m_right;
    float m_top;
    float m_y;
};

} // namespace foyer::view
