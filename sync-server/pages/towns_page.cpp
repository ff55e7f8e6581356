#include "pages/towns_page.h"

#include "pages/layout.h"
#include "support/html.h"

namespace foyer::server::pages {

std::string towns_page(const portals::Catalogue& catalogue, const i18n::Texts& texts, bool demonstration) {
    Page page;
    page.title = std::string(texts.get(TextKey::server_page_towns_title));
    const auto towns = catalogue.towns();
    page.body = heading(page.title);
    page.body +=
        paragraph(texts.get(towns.empty() ? TextKey::server_page_towns_none : TextKey::server_page_towns_intro));
    page.body += "<ul class=\"towns\">\n";
    for (const portals::Published* town : towns)
        page.body += "<li>" + button_link("/" + town->portal.slug + "/", town->portal.name) + "</li>\n";
    page.body += "</ul>\n";
    if (demonstration)
        page.body += "<p>" + button_link("/courrier", texts.get(TextKey::server_page_towns_mails), true) + "</p>\n";
    return lay_out(page, texts);
}

} // namespace foyer::server::pages
