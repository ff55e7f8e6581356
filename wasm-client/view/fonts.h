// The two weights of the one font family, as Dear ImGui knows them. Glyphs are rasterised when they are first seen, at
// the screen's density.
#pragma once

#include "view/text_measure.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

struct ImFont;
struct ImFontAtlas;

namespace foyer::view {

class Fonts final : public TextMeasure {
public:
    // The atlas must outlive the fonts.
    explicit Fonts(ImFontAtlas& atlas) : m_atlas(atlas) {}

    // `file` is a TrueType file; it must outlive the fonts. False: it is none, and nothing has changed. A second file
    // of the same weight adds the letters the first lacks.
    bool add(Weight weight, std::span<std::uint8_t> file);
    [[nodiscard]] bool ready() const { return m_faces[0].font && m_faces[1].font; }
    void set_density(float density);

    [[nodiscard]] float advance(const TextStyle& style, char32_t character) const override;
    // Whether a file of this weight has the letter.
    [[nodiscard]] bool has(Weight weight, char32_t character) const;
    [[nodiscard]] ImFont* face(Weight weight) const { return at(weight).font; }
    // CSS sizes a font by its em, ImGui by its ascent plus descent.
    [[nodiscard]] float pixel_size(const TextStyle& style) const;

private:
    struct Face {
        ImFont* font = nullptr;
        float height_per_em = 1.2F;
    };
    [[nodiscard]] const Face& at(Weight weight) const { return m_faces[static_cast<std::size_t>(weight)]; }
    ImFontAtlas& m_atlas;
    std::array<Face, 2> m_faces;
    float m_density = 1;
};

} // namespace foyer::view
