// The step on the canvas: takes scenes, keeps their layout, paints when something to be seen has changed.
#pragma once

#include "view/canvas.h"

#include <vector>

namespace foyer::view {

class StepView {
public:
    [[nodiscard]] Canvas& canvas() { return m_canvas; }
    // True: the layout changed, its rectangles have to be published. What is typed into a field changes nothing here,
    // because the page's own input shows it.
    bool show(const scene::Scene& scene);
    bool resize(float width, float density);
    void point(const Pointer& pointer);
    void set_palette(const Palette& palette);
    // Letters arrived that were missing.
    void fonts_changed();
    // Its surface was lost and is there again.
    void surface_changed();

    [[nodiscard]] const Layout& layout() const { return m_layout; }
    // Something of what is to be painted (not of what people type) is not in the fonts.
    [[nodiscard]] bool lacks_letters() const { return m_lacks_letters; }
    [[nodiscard]] bool needs_paint() const { return m_dirty && m_layout.width > 0; }
    void paint(Surface& surface);

private:
    bool lay_out_again();

    Palette m_palette{};
    Canvas m_canvas;
    scene::Scene m_scene; // the layout points into it
    Layout m_layout;
    Pointer m_pointer;
    float m_width = 0;
    bool m_dirty = false;
    bool m_lacks_letters = false;
};

} // namespace foyer::view
