#include "pages/layout.h"

#include "pages/page_writer.h"

#include "portal/tokens.h"

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
    const auto rule = [&](portal::Light light) {
        const portal::Tokens tokens = portal::tokens_of(portal.theme, light);
        std::string variables =
            std::string(":root{color-scheme:") + (light == portal::Light::day ? "light" : "dark") + ";";
        for (const portal::NamedToken& token : portal::named_tokens())
            variables += std::string("--") + token.name + ":" + portal::text_of(tokens.*token.colour) + ";";
        variables.back() = '}';
        return variables;
    };
    // Paper is always white.
    return rule(portal::Light::day) + "\n@media screen and (prefers-color-scheme:dark){" + rule(portal::Light::night) +
           "}\n";
}

} // namespace foyer::server::pages
