#include "view/step_view.h"

#include <algorithm>

namespace foyer::view {

namespace {

bool shown_by_the_page(const scene::Node& node) {
    return node.role == scene::Role::text || node.role == scene::Role::password || node.role == scene::Role::select ||
           node.role == scene::Role::combobox;
}

// A field without what is typed into it: that is not ours to paint.
scene::Node painted_part(scene::Node node) {
    if (shown_by_the_page(node)) {
        node.value.clear();
        if (node.role != scene::Role::combobox) // its list is ours
            node.options.clear();
        node.value_rev = 0;
    }
    return node;
}

bool look_alike(const scene::Scene& left, const scene::Scene& right) {
    return std::equal(left.nodes.begin(), left.nodes.end(), right.nodes.begin(), right.nodes.end(),
                      [](const scene::Node& a, const scene::Node& b) {
                          return a == b || (shown_by_the_page(a) && painted_part(a) == painted_part(b));
                      });
}

// Every letter up to here is in the files that each visit fetches (toolchains/generate/fonts.mjs), and control
// characters are in none.
constexpr char32_t LAST_SURE_ONE = 0x9F;

bool has_unknown_letters(const TextBlock& block, const Fonts& fonts) {
    for (const std::string_view line : block.lines)
        for (std::size_t position = 0; position < line.size();) {
            const char32_t character = next_character(line, position);
            if (character > LAST_SURE_ONE && !fonts.has(block.style.weight, character))
                return true;
        }
    return false;
}

bool has_unknown_letters(const Layout& layout, const Fonts& fonts) {
    for (const Placed& placed : layout.nodes)
        for (const TextBlock& block : placed.texts)
            if (has_unknown_letters(block, fonts))
                return true;
    return false;
}

} // namespace

bool StepView::show(const scene::Scene& scene) {
    if (look_alike(m_scene, scene))
        return false;
    m_scene = scene;
    return lay_out_again();
}

bool StepView::resize(float width, float density) {
    m_width = width;
    m_canvas.set_density(density);
    return lay_out_again();
}

bool StepView::lay_out_again() {
    if (m_width <= 0 || !m_canvas.fonts().ready())
        return false;
    m_layout = lay_out(m_scene, m_canvas.fonts(), m_width);
    m_lacks_letters = has_unknown_letters(m_layout, m_canvas.fonts());
    m_dirty = true;
    return true;
}

void StepView::point(const Pointer& pointer) {
    if (m_pointer == pointer)
        return;
    m_pointer = pointer;
    m_dirty = true;
}

void StepView::set_palette(const Palette& palette) {
    m_palette = palette;
    m_dirty = true;
}

void StepView::fonts_changed() { lay_out_again(); }

void StepView::surface_changed() {
    m_canvas.resend_textures();
    m_dirty = true;
}

void StepView::paint(Surface& surface) {
    m_canvas.draw(m_layout, m_palette, m_pointer, surface);
    m_dirty = false;
}

} // namespace foyer::view
