// The frame of the server's own pages: heading, main, footer, in a town's colours or in none. All take escaped HTML for
// the body only; every other text is escaped here.
#pragma once

#include "i18n/texts.h"
#include "portal/portal.h"

#include <string>
#include <string_view>

namespace foyer::server::pages {

struct Page {
    std::string title;                      // plain text
    std::string body;                       // HTML, already escaped where needed; begins with its h1
    const portal::Portal* portal = nullptr; // null: no town
};
[[nodiscard]] std::string lay_out(const Page& page, const i18n::Texts& texts);

// A link that looks like a button; and the quieter one.
[[nodiscard]] std::string button_link(std::string_view address, std::string_view text, bool quiet = false);
[[nodiscard]] std::string paragraph(std::string_view text, std::string_view css_class = {});
[[nodiscard]] std::string heading(std::string_view text);

// A title, a sentence and the way on.
[[nodiscard]] std::string message_page(const i18n::Texts& texts, const portal::Portal* portal, TextKey title,
                                       TextKey sentence);

// The town's colours for style sheets, as docs/page.md describes.
[[nodiscard]] std::string theme_css(const portal::Portal& portal);

} // namespace foyer::server::pages
