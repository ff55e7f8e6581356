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

Canvas::Canvas() : m_context(ImGui::CreateContext()) {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.DeltaTime = 1.0F / 60;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    // The atlas only holds coverage: a quarter of the memory, and of what is sent to the GPU.
    io.Fonts->TexDesiredFormat = ImTextureFormat_Alpha8;
    io.Fonts->Flags |= ImFontAtlasFlags_NoMouseCursors;
}

Canvas::~Canvas() { ImGui::DestroyContext(m_context); }

void Canvas::set_density(float density) {
    m_density = density;
    m_fonts.set_density(density);
}

void Canvas::draw(const Layout& layout, const Palette& palette, const Pointer& pointer, Surface& surface) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {layout.width, layout.height};
    io.DisplayFramebufferScale = {m_density, m_density};
    ImGui::NewFrame();
    // ImGui gives the density to the current font only; we paint with two.
    m_fonts.set_density(m_density);
    ImDrawList* list = ImGui::GetBackgroundDrawList();
    Painter painter(*list, m_fonts, palette, layout, pointer);
    paint(painter, layout);
    ImGui::Render();

    ImDrawData* data = ImGui::GetDrawData();
    if (data->Textures)
        send_textures(*data->Textures, surface);
    std::vector<DrawCommand> commands;
    for (const ImDrawCmd& command : list->CmdBuffer)
        if (command.ElemCount > 0)
            commands.push_back({static_cast<std::uint32_t>(command.GetTexID()), command.IdxOffset, command.ElemCount});
    surface.show({{reinterpret_cast<const std::uint8_t*>(list->VtxBuffer.Data),
                   static_cast<std::size_t>(list->VtxBuffer.Size) * sizeof(ImDrawVert)},
                  {list->IdxBuffer.Data, static_cast<std::size_t>(list->IdxBuffer.Size)},
                  commands});
}

void Canvas::resend_textures() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures)
        if (texture->Status == ImTextureStatus_OK || texture->Status == ImTextureStatus_WantUpdates)
            texture->SetStatus(ImTextureStatus_WantCreate);
}

} // namespace foyer::view
