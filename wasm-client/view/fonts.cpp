#include "view/fonts.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <cmath>

namespace foyer::view {

namespace {

std::uint32_t big_endian(std::span<const std::uint8_t> bytes, std::size_t position, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = value << 8 | (position + i < bytes.size() ? bytes[position + i] : 0U);
    return value;
}

// Where a table of the file begins, or 0.
std::size_t table(std::span<const std::uint8_t> file, std::uint32_t tag) {
    const std::uint32_t count = big_endian(file, 4, 2);
    for (std::size_t i = 0; i < count; ++i)
        if (big_endian(file, 12 + 16 * i, 4) == tag)
            return big_endian(file, 12 + 16 * i + 8, 4);
    return 0;
}

constexpr std::uint32_t TAG_HEAD = 0x68656164;
constexpr std::uint32_t TAG_HHEA = 0x68686561;

} // namespace

bool Fonts::add(Weight weight, std::span<std::uint8_t> file) {
    const std::size_t head = table(file, TAG_HEAD);
    const std::size_t hhea = table(file, TAG_HHEA);
    const std::uint32_t units = big_endian(file, head + 18, 2);
    if (head == 0 || hhea == 0 || units == 0)
        return false;
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;
    Face& face = m_faces[static_cast<std::size_t>(weight)];
    config.MergeMode = face.font != nullptr;
    config.DstFont = face.font;
    // The family's em is 18 px nearly everywhere; ImGui wants a size to name the font by, the painters always give
    // theirs.
    ImFont* added = m_atlas.AddFontFromMemoryTTF(file.data(), static_cast<int>(file.size()), 18, &config);
    if (!added)
        return false;
    // What was rasterised before remembers which letters were missing.
    if (config.MergeMode)
        ImFontAtlasFontDiscardBakes(&m_atlas, added, 0);
    face.font = added;
    const auto ascent = static_cast<std::int16_t>(big_endian(file, hhea + 4, 2));
    const auto descent = static_cast<std::int16_t>(big_endian(file, hhea + 6, 2));
    face.ascent = static_cast<float>(ascent) / static_cast<float>(units);
    face.descent = static_cast<float>(-descent) / static_cast<float>(units);
    return true;
}

void Fonts::set_density(float density) { m_density = density; }

bool Fonts::has(Weight weight, char32_t character) const {
    return character <= 0xFFFF && face(weight) && face(weight)->IsGlyphInFont(static_cast<ImWchar>(character));
}

float Fonts::pixel_size(const TextStyle& style) const {
    const Face& face = at(style.weight);
    return style.size * (face.ascent + face.descent);
}

float Fonts::baseline(const TextStyle& style) const {
    const Face& face = at(style.weight);
    const float ascent = std::round(face.ascent * style.size);
    const float descent = std::round(face.descent * style.size);
    return std::floor((style.line_height - ascent - descent) / 2) + ascent;
}

Fonts::Letters Fonts::letters(const TextStyle& style) const {
    ImFont* font = face(style.weight);
    if (!font)
        return {};
    // ImGui only knows whole sizes; a density of its own makes up for what is missing, so that nothing is scaled when
    // it is drawn: that would blur it.
    const float size = pixel_size(style);
    const float whole = std::round(size);
    ImFontBaked* baked = font->GetFontBaked(whole, m_density * size / whole);
    // As in ImFontAtlasBuildGetOversampleFactors: small letters have two texels for each pixel across.
    constexpr float FINE_ENOUGH = 36;
    return {baked, size / whole, size * m_density > FINE_ENOUGH ? 1.0F : 2.0F};
}

float Fonts::advance(const TextStyle& style, char32_t character) const {
    // ImGui draws the basic plane; beyond it stands the replacement character, here as there.
    const auto drawn = static_cast<ImWchar>(character > 0xFFFF ? 0xFFFD : character);
    const Letters letters = this->letters(style);
    return letters.baked ? letters.baked->GetCharAdvance(drawn) * letters.scale : style.size * 0.5F;
}

} // namespace foyer::view
