#include "wizard/town_frame.h"

#include "form/form.h"
#include "wizard/node_id.h"
#include "wizard/route.h"

#include <utility>

namespace foyer::wizard {

using scene::Node;
using scene::Role;

void describe_town(scene::Builder& scene, const portal::Portal& portal, const i18n::Texts& texts,
                   const std::string& prefix, std::string home) {
    if (!portal.logo.empty()) {
        // the link beside it says the town's name; a second time would only be noise
        Node& logo = scene.add(Role::figure, "logo");
        logo.value = prefix + "/" + portal.logo;
    }
    Node& link =
        scene.link(join(GO_PREFIX, "landing"),
                   texts.format(TextKey::wizard_home_link,
                                {{"space", std::string(form::in_language(portal.space_name, texts.language()))},
                                 {"town", portal.name}}),
                   std::move(home));
    link.inline_row = true;
}

void describe_help(scene::Builder& scene, const portal::Portal& portal, const i18n::Texts& texts) {
    const portal::Contact& contact = portal.contact;
    if (contact.phone.empty() && contact.email.empty())
        return;
    const auto help = scene.group("page-help");
    scene.heading("help-title", 2, std::string(texts.get(TextKey::wizard_help_title)));
    scene.paragraph("help-text", texts.format(TextKey::wizard_help_text,
                                              {{"name", contact.name.empty() ? portal.town_hall : contact.name}}));
    if (!contact.phone.empty()) {
        std::string number;
        for (const char character : contact.phone)
            if ((character >= '0' && character <= '9') || character == '+')
                number += character;
        scene.link("help-phone", texts.format(TextKey::wizard_help_phone, {{"phone", contact.phone}}), "tel:" + number);
    }
    if (!contact.email.empty())
        scene.link("help-email", texts.format(TextKey::wizard_help_email, {{"email", contact.email}}),
                   "mailto:" + contact.email);
    if (const std::string hours(form::in_language(contact.hours, texts.language())); !hours.empty())
        scene.paragraph("help-hours", texts.format(TextKey::wizard_help_hours, {{"hours", hours}}));
}

} // namespace foyer::wizard
