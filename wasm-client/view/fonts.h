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
struct ImFontBaked;

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
    // CSS sizes a font by its em, ImGui by its ascent plus descent.
    [[nodiscard]] float pixel_size(const TextStyle& style) const;
    // From the top of a line to where its letters stand, as browsers have it: in whole CSS pixels.
    [[nodiscard]] float baseline(const TextStyle& style) const;
    // The letters of this style, rasterised for exactly its size; what they say in ImGui's units times `scale` is in
    // CSS pixels. Null while there is no font.
    struct Letters {
        ImFontBaked* baked = nullptr;
        float scale = 1;
        float per_pixel = 1; // texels side by side for one device pixel
    };
    [[nodiscard]] Letters letters(const TextStyle& style) const;
    [[nodiscard]] float density() const { return m_density; }

private:
    struct Face {
        ImFont* font = nullptr;
        float ascent = 0.97F; // for one em
        float descent = 0.24F;
    };
    [[nodiscard]] ImFont* face(Weight weight) const { return at(weight).font; }
    [[nodiscard]] const Face& at(Weight weight) const { return m_faces[static_cast<std::size_t>(weight)]; }
    ImFontAtlas& m_atlas;
    std::array<Face, 2> m_faces;
    float m_density = 1;
};

} // namespace foyer::view
