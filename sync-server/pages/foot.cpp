#include "pages/foot.h"

#include "support/html.h"

namespace foyer::server::pages {

namespace {

using portals::Conformity;

// The decree of 24 July 2019 wants the state itself said on every page.
TextKey state_of(Conformity conformity) {
    switch (conformity) {
    case Conformity::partial:
        return TextKey::server_accessibility_foot_partial;
    case Conformity::full:
        return TextKey::server_accessibility_foot_full;
    case Conformity::none:
        break;
    }
    return TextKey::server_accessibility_foot_none;
}

} // namespace

std::string foot(const portal::Portal& portal, const i18n::Texts& texts, Conformity conformity) {
    const std::string query = "?lang=" + std::string(texts.language());
    std::string html = "<footer class=\"foot\">";
    const std::array<TextKey, FOOT_PAGES.size()> names = {state_of(conformity), TextKey::server_legal_foot};
    for (std::size_t i = 0; i < names.size(); ++i)
        html.append("<a href=\"/")
            .append(portal.slug)
            .append("/")
            .append(FOOT_PAGES[i])
            .append(query)
            .append("\">")
            .append(escape_html(texts.get(names[i])))
            .append("</a>");
    return html + "</footer>";
}

} // namespace foyer::server::pages
