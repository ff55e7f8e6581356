// The page, as the module sees it: the functions that web/shell/module.ts hands in.
#pragma once

#include "base/clock.h"
#include "view/canvas.h"

#include <span>
#include <string_view>

namespace foyer::platform {

class Page final : public view::Surface, public Clock {
public:
    void apply(std::string_view patch_json);
    void carry_out(std::string_view effects_json);
    // The canvas's size in CSS pixels, and where everything on it stands (view::flat_rectangles).
    void place(float width, float height, std::span<const float> rectangles);

    // Whether something of what is to be painted is in letters that no font file has.
    void letters_missing(bool missing);

    void update_texture(const view::TextureUpdate& update) override;
    void forget_texture(std::uint32_t texture) override;
    void show(const view::Triangles& triangles) override;

    [[nodiscard]] UnixSeconds now() const override;
};

} // namespace foyer::platform
