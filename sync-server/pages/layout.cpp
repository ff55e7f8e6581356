#include "pages/layout.h"

#include "pages/page_writer.h"

#include <utility>

namespace foyer::server::pages {

std::string message_page(const Frame& frame, TextKey title, TextKey sentence) {
    PageWriter page(frame, std::string(frame.texts.get(title)));
    page.heading();
    page.scene().paragraph("text", std::string(frame.texts.get(sentence)));
    page.way_on("back", TextKey::server_page_not_found_home, frame.portal ? "/" + frame.portal->slug + "/" : "/",
                scene::Emphasis::secondary);
    return std::move(page).finish();
}

std::string theme_css(const portal::Portal& portal) {
    const portal::Theme& theme = portal.theme;
    struct Variable {
        const char* name;
        portal::Colour colour;
    };
    const Variable variables[] = {
        {"primary", theme.primary},
        {"on-primary", theme.primary_text},
        {"button", theme.button},
        {"on-button", theme.button_text},
        {"text", theme.text},
        {"muted", theme.muted_text},
        {"border", theme.border},
        {"focus", theme.focus},
        {"error", theme.error},
        {"success", theme.success},
        {"warning", theme.warning},
        {"surface", theme.surface},
        {"background", theme.background},
    };
    std::string css = ":root{";
    for (const Variable& variable : variables)
        css += std::string("--") + variable.name + ":" + portal::text_of(variable.colour) + ";";
    css.back() = '}';
    return css + "\n";
}

} // namespace foyer::server::pages
