#include "view/canvas.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <vector>

namespace foyer::view {

static_assert(sizeof(ImDrawVert) == 20 && sizeof(ImDrawIdx) == 2, "web/shell/renderer.ts reads these shapes");

namespace {

void send(const ImTextureData& texture, ImTextureRect rect, Surface& surface) {
    const auto width = static_cast<std::uint32_t>(texture.Width);
    surface.update_texture({static_cast<std::uint32_t>(texture.UniqueID), width,
                            static_cast<std::uint32_t>(texture.Height), rect.x, rect.y, rect.w, rect.h,
                            texture.Pixels + rect.x + static_cast<std::size_t>(rect.y) * width, width});
}

void send_textures(ImVector<ImTextureData*>& textures, Surface& surface) {
    for (ImTextureData* texture : textures) {
        if (texture->Status == ImTextureStatus_WantCreate) {
            send(*texture,
                 {0, 0, static_cast<unsigned short>(texture->Width), static_cast<unsigned short>(texture->Height)},
                 surface);
            texture->SetTexID(static_cast<ImTextureID>(texture->UniqueID));
            texture->SetStatus(ImTextureStatus_OK);
        } else if (texture->Status == ImTextureStatus_WantUpdates) {
            send(*texture, texture->UpdateRect, surface);
            texture->SetStatus(ImTextureStatus_OK);
        } else if (texture->Status == ImTextureStatus_WantDestroy && texture->UnusedFrames > 0) {
            surface.forget_texture(static_cast<std::uint32_t>(texture->UniqueID));
            texture->SetTexID(ImTextureID_Invalid);
            texture->SetStatus(ImTextureStatus_Destroyed);
        }
    }
}

} // namespace

struct Canvas::Drawing {
    ImFontAtlas atlas;
    ImDrawListSharedData shared;
    ImDrawList list{&shared};
    Fonts fonts{atlas};
    float density = 1;
    int frame = 0;

    // ImGui counts frames to know which glyphs have gone out of use.
    void begin_frame() { ImFontAtlasUpdateNewFrame(&atlas, ++frame, true); }
};

Canvas::Canvas() : m_drawing(std::make_unique<Drawing>()) {
    Drawing& drawing = *m_drawing;
    // The atlas only holds coverage: a quarter of the memory, and of what is sent to the GPU.
    drawing.atlas.TexDesiredFormat = ImTextureFormat_Alpha8;
    drawing.atlas.Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
    drawing.shared.FontAtlas = &drawing.atlas;
    drawing.shared.InitialFlags = ImDrawListFlags_AntiAliasedLines | ImDrawListFlags_AntiAliasedFill;
    ImFontAtlasAddDrawListSharedData(&drawing.atlas, &drawing.shared);
    drawing.begin_frame();
    set_density(1);
}

Canvas::~Canvas() = default;

Fonts& Canvas::fonts() { return m_drawing->fonts; }

void Canvas::set_density(float density) {
    Drawing& drawing = *m_drawing;
    drawing.density = density;
    drawing.fonts.set_density(density);
    // Edges are softened over one device pixel, and curves are as fine as the screen can show.
    drawing.shared.InitialFringeScale = 1 / density;
    drawing.shared.CurveTessellationTol = 1.25F / density;
    drawing.shared.SetCircleTessellationMaxError(0.3F / density);
}

void Canvas::draw(const Layout& layout, const Palette& palette, const Pointer& pointer, Surface& surface) {
    Drawing& drawing = *m_drawing;
    drawing.begin_frame();
    drawing.fonts.set_density(drawing.density);
    drawing.shared.ClipRectFullscreen = {0, 0, layout.width, layout.height};
    ImDrawList& list = drawing.list;
    list._ResetForNewFrame();
    list.PushTexture(drawing.atlas.TexRef);
    list.PushClipRectFullScreen();
    Painter painter(list, drawing.fonts, palette, layout, pointer);
    paint(painter, layout);

    send_textures(drawing.atlas.TexList, surface);
    std::vector<DrawCommand> commands;
    for (const ImDrawCmd& command : list.CmdBuffer)
        if (command.ElemCount > 0)
            commands.push_back({static_cast<std::uint32_t>(command.GetTexID()), command.IdxOffset, command.ElemCount});
    surface.show({{reinterpret_cast<const std::uint8_t*>(list.VtxBuffer.Data),
                   static_cast<std::size_t>(list.VtxBuffer.Size) * sizeof(ImDrawVert)},
                  {list.IdxBuffer.Data, static_cast<std::size_t>(list.IdxBuffer.Size)},
                  commands});
}

void Canvas::resend_textures() {
    for (ImTextureData* texture : m_drawing->atlas.TexList)
        if (texture->Status == ImTextureStatus_OK || texture->Status == ImTextureStatus_WantUpdates)
            texture->SetStatus(ImTextureStatus_WantCreate);
}

} // namespace foyer::view
