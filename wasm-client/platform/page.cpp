#include "platform/page.h"

// Every pointer is into the module's memory and good during the call only.
extern "C" {
#define FOYER_PAGE(name) __attribute__((import_module("page"), import_name(#name))) void page_##name
FOYER_PAGE(apply)(const char* json, std::size_t size);
FOYER_PAGE(carry_out)(const char* json, std::size_t size);
FOYER_PAGE(place)(float width, float height, const float* rectangles, std::size_t count);
FOYER_PAGE(letters_missing)(int missing);
FOYER_PAGE(update_texture)(const foyer::view::TextureUpdate* update);
FOYER_PAGE(forget_texture)(std::uint32_t texture);
FOYER_PAGE(show)
(const std::uint8_t* vertices, std::size_t vertex_bytes, const std::uint16_t* indices, std::size_t index_count,
 const foyer::view::DrawCommand* commands, std::size_t command_count);
#undef FOYER_PAGE
// Corrected by the server's clock when that is known.
__attribute__((import_module("page"), import_name("now"))) double page_now();
}

namespace foyer::platform {

void Page::apply(std::string_view patch_json) { page_apply(patch_json.data(), patch_json.size()); }
void Page::carry_out(std::string_view effects_json) { page_carry_out(effects_json.data(), effects_json.size()); }

void Page::place(float width, float height, std::span<const float> rectangles) {
    page_place(width, height, rectangles.data(), rectangles.size());
}

void Page::letters_missing(bool missing) { page_letters_missing(missing ? 1 : 0); }

void Page::update_texture(const view::TextureUpdate& update) { page_update_texture(&update); }
void Page::forget_texture(std::uint32_t texture) { page_forget_texture(texture); }

void Page::show(const view::Triangles& triangles) {
    page_show(triangles.vertices.data(), triangles.vertices.size(), triangles.indices.data(), triangles.indices.size(),
              triangles.commands.data(), triangles.commands.size());
}

UnixSeconds Page::now() const { return static_cast<UnixSeconds>(page_now()); }

} // namespace foyer::platform
