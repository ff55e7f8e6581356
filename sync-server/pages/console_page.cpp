#include "pages/console_page.h"

#include "support/html.h"

namespace foyer::server::pages {

std::string console_page(const portal::Portal& portal, const i18n::Texts& texts,
                         const std::function<std::string(std::string_view)>& asset) {
    const std::string title = escape_html(texts.get(TextKey::server_console_title));
    const auto attribute = [](std::string_view name, const std::string& value) {
        return " " + std::string(name) + "=\"" + escape_html(value) + "\"";
    };
    return "<!doctype html>\n<html lang=\"fr\"" + attribute("data-slug", portal.slug) +
           attribute("data-town", portal.town_hall) +
           ">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n"
           "<meta name=\"format-detection\" content=\"telephone=no\">\n"
           "<meta name=\"robots\" content=\"noindex\">\n<title>" +
           title + " – " + escape_html(portal.name) + "</title>\n<link rel=\"icon\" type=\"image/svg+xml\"" +
           attribute("href", "/" + portal.slug + "/logo.svg") + ">\n<link rel=\"stylesheet\"" +
           attribute("href", asset("staff.css")) + ">\n<script type=\"module\"" + attribute("src", asset("staff.js")) +
           "></script>\n</head>\n<body>\n<div id=\"console\"><main class=\"alone\"><h1>" + title +
           "</h1><noscript><p>" + escape_html(texts.get(TextKey::server_console_needs_script)) +
           "</p></noscript></main></div>\n"
           "</body>\n</html>\n";
}

} // namespace foyer::server::pages
