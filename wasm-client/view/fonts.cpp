#include "view/fonts.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <string_view>

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
    face.height_per_em = static_cast<float>(ascent - descent) / static_cast<float>(units);
    face.font->CurrentRasterizerDensity = m_density;
    return true;
}

void Fonts::set_density(float density) {
    m_density = density;
    for (const Face& face : m_faces)
        if (face.font)
            face.font->CurrentRasterizerDensity = density;
}

bool Fonts::has(Weight weight, char32_t character) const {
    return character <= 0xFFFF && face(weight) && face(weight)->IsGlyphInFont(static_cast<ImWchar>(character));
}

float Fonts::pixel_size(const TextStyle& style) const { return style.size * at(style.weight).height_per_em; }

float Fonts::advance(const TextStyle& style, char32_t character) const {
    // ImGui draws the basic plane; beyond it stands the replacement character, here as there.
    const auto drawn = static_cast<ImWchar>(character > 0xFFFF ? 0xFFFD : character);
    ImFont* font = face(style.weight);
    if (!font)
        return style.size * 0.5F;
    // ImGui rasterises at rounded sizes and scales what it draws.
    const float size = pixel_size(style);
    ImFontBaked* baked = font->GetFontBaked(size, m_density);
    return baked->GetCharAdvance(drawn) * size / baked->Size;
}

} // namespace foyer::view
