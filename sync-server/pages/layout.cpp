#include "pages/layout.h"

#include "support/html.h"

namespace foyer::server::pages {

namespace {

std::string contact_line(const portal::Contact& contact) {
    std::string line = contact.name;
    for (const std::string* part : {&contact.address, &contact.phone, &contact.email})
        if (!part->empty())
            line += (line.empty() ? "" : " · ") + *part;
    return line;
}

} // namespace

std::string paragraph(std::string_view text, std::string_view css_class) {
    return (css_class.empty() ? std::string("<p>") : "<p class=\"" + std::string(css_class) + "\">") +
           escape_html(text) + "</p>\n";
}

std::string heading(std::string_view text) { return "<h1>" + escape_html(text) + "</h1>\n"; }

std::string button_link(std::string_view address, std::string_view text, bool quiet) {
    return "<a class=\"button" + std::string(quiet ? " quiet" : "") + "\" href=\"" + escape_html(address) + "\">" +
           escape_html(text) + "</a>\n";
}

std::string lay_out(const Page& page, const i18n::Texts& texts) {
    std::string html = "<!doctype html>\n<html lang=\"" + std::string(texts.language()) +
                       "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
                       "initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n<title>" +
                       escape_html(page.title) + (page.portal ? " – " + escape_html(page.portal->town_hall) : "") +
                       "</title>\n<link rel=\"stylesheet\" href=\"/pages.css\">\n";
    if (page.portal)
        html += "<link rel=\"stylesheet\" href=\"/" + page.portal->slug + "/theme.css\">\n<link rel=\"icon\" href=\"/" +
                page.portal->slug + "/logo.svg\" type=\"image/svg+xml\">\n";
    html += "</head>\n<body>\n<a class=\"skip\" href=\"#main\">" + escape_html(texts.get(TextKey::server_page_skip)) +
            "</a>\n<header class=\"band\">";
    if (page.portal)
        html += "<a href=\"/" + page.portal->slug + "/\"><img src=\"/" + page.portal->slug +
                "/logo.svg\" alt=\"\" width=\"48\" height=\"48\"><span>" + escape_html(page.portal->name) +
                "</span></a>";
    else
        html += "<a href=\"/\">" + escape_html(texts.get(TextKey::server_page_towns_title)) + "</a>";
    html += "</header>\n<main id=\"main\" tabindex=\"-1\">\n" + page.body + "</main>\n";
    if (page.portal) {
        const std::string contact = contact_line(page.portal->contact);
        if (!contact.empty())
            html += "<footer class=\"foot\"><p>" + escape_html(texts.get(TextKey::server_page_contact)) + " : " +
                    escape_html(contact) + "</p></footer>\n";
    }
    return html + "</body>\n</html>\n";
}

std::string message_page(const i18n::Texts& texts, const portal::Portal* portal, TextKey title, TextKey sentence) {
    Page page;
    page.title = std::string(texts.get(title));
    page.portal = portal;
    page.body =
        heading(page.title) + paragraph(texts.get(sentence)) + "<p class=\"buttons\">" +
        button_link(portal ? "/" + portal->slug + "/" : "/", texts.get(TextKey::server_page_not_found_home), true) +
        "</p>\n";
    return lay_out(page, texts);
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
