// Dear ImGui's side of the view: its draw list, its font atlas, and no context
// (docs/decisions/0001-imgui-draw-lists.md). The page takes all events; this only turns a layout into triangles and
// hands them to a surface.
#pragma once

#include "view/fonts.h"
#include "view/painter.h"

#include <cstdint>
#include <memory>
#include <span>

namespace foyer::view {

// A rectangle of the glyph atlas that changed; one byte of coverage for each pixel.
struct TextureUpdate {
    std::uint32_t texture = 0;
    std::uint32_t texture_width = 0;
    std::uint32_t texture_height = 0;
    std::uint32_t x = 0;
    std::uint32_t y = 0;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    const std::uint8_t* pixels = nullptr; // the first one of the rectangle
    std::uint32_t bytes_per_row = 0;
};

// A run of triangles with one texture.
struct DrawCommand {
    std::uint32_t texture = 0;
    std::uint32_t first_index = 0;
    std::uint32_t index_count = 0;
};

struct Triangles {
    std::span<const std::uint8_t> vertices; // x, y, u, v as 32-bit floats, then red, green, blue, alpha as bytes
    std::span<const std::uint16_t> indices;
    std::span<const DrawCommand> commands;
};

// Where a frame goes: the page's WebGL.
class Surface {
public:
    virtual ~Surface() = default;
    virtual void update_texture(const TextureUpdate& update) = 0;
    virtual void forget_texture(std::uint32_t texture) = 0;
    virtual void show(const Triangles& triangles) = 0;
};

class Canvas {
public:
    Canvas();
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    [[nodiscard]] Fonts& fonts();
    // Device pixels for one CSS pixel: glyphs are rasterised for it.
    void set_density(float density);
    void draw(const Layout& layout, const Palette& palette, const Pointer& pointer, Surface& surface);
    // The surface lost its textures; the next draw sends them again.
    void resend_textures();

private:
    struct Drawing; // what ImGui's headers are needed for
    std::unique_ptr<Drawing> m_drawing;
};

} // namespace foyer::view
