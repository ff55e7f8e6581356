#include "pages/towns_page.h"

#include "pages/page_writer.h"

#include "form/form.h"

#include <utility>

namespace foyer::server::pages {

using scene::Emphasis;

std::string towns_page(const Frame& frame, const portals::Catalogue& catalogue, bool demonstration) {
    const i18n::Texts& texts = frame.texts;
    const auto towns = catalogue.towns();
    PageWriter page(frame, std::string(texts.get(TextKey::server_page_towns_title)),
                    PageWriter::Standing::list_of_towns);
    page.heading();
    scene::Builder& scene = page.scene();
    scene.paragraph("text", std::string(texts.get(towns.empty() ? TextKey::server_page_towns_none
                                                                : TextKey::server_page_towns_intro)));
    for (const portals::Published* town : towns) {
        const portal::Portal& portal = town->portal;
        const auto row = scene.group("town-" + portal.slug);
        if (!portal.logo.empty())
            scene.add(scene::Role::figure, "logo-" + portal.slug).value = "/" + portal.slug + "/" + portal.logo;
        scene
            .link("go-" + portal.slug,
                  texts.format(TextKey::wizard_home_link,
                               {{"space", std::string(form::in_language(portal.space_name, texts.language()))},
                                {"town", portal.name}}),
                  "/" + portal.slug + "/")
            .emphasis = Emphasis::primary;
    }
    if (demonstration)
        page.way_on("mails", TextKey::server_page_towns_mails, "/courrier", Emphasis::secondary);
    return std::move(page).finish();
}

} // namespace foyer::server::pages
