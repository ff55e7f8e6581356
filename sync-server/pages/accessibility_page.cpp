#include "pages/accessibility_page.h"

#include "form/form.h"
#include "pages/page_writer.h"
#include "wizard/moment.h"

#include <tuple>
#include <utility>

namespace foyer::server::pages {

namespace {

using portals::Conformity;

// The pages that the model names, as addresses of the institution itself.
constexpr const char* DEFENDER_FORM = "https://formulaire.defenseurdesdroits.fr/";
constexpr const char* DEFENDER_DELEGATES = "https://www.defenseurdesdroits.fr/carte-des-delegues";

// The day on which the table of docs/accessibility.md was last gone through, from its first row to its last.
constexpr const char* ASSESSED_ON = "2026-11-22";

std::string space_of(const Frame& frame) {
    return std::string(form::in_language(frame.portal->space_name, frame.texts.language()));
}

TextKey state_of(const portals::Accessibility& said) {
    switch (said.conformity) {
    case Conformity::partial:
        return TextKey::server_accessibility_state_partial;
    case Conformity::full:
        return TextKey::server_accessibility_state_full;
    case Conformity::none:
        break;
    }
    return said.audited_on.empty() ? TextKey::server_accessibility_state_none
                                   : TextKey::server_accessibility_state_below;
}

void contents(PageWriter& page, const i18n::Texts& texts) {
    scene::Builder& scene = page.scene();
    scene.heading("contents", 3, std::string(texts.get(TextKey::server_accessibility_contents_title)));
    scene.paragraph("known", std::string(texts.get(TextKey::server_accessibility_contents_known)));
    {
        const auto list = scene.list("known-list");
        for (const auto& [id, text] : {std::pair{"known-12-1", TextKey::server_accessibility_contents_12_1},
                                       std::pair{"known-human", TextKey::server_accessibility_contents_human}})
            scene.paragraph(id, std::string(texts.get(text)));
    }
    scene.paragraph("burden", std::string(texts.get(TextKey::server_accessibility_contents_burden)));
    scene.paragraph("exempt", std::string(texts.get(TextKey::server_accessibility_contents_exempt)));
}

void contact(PageWriter& page, const Frame& frame) {
    const portal::Contact& contact = frame.portal->contact;
    const i18n::Texts& texts = frame.texts;
    scene::Builder& scene = page.scene();
    scene.heading("contact", 2, std::string(texts.get(TextKey::server_accessibility_contact_title)));
    scene.paragraph("contact-text",
                    texts.format(TextKey::server_accessibility_contact, {{"town_hall", frame.portal->town_hall}}));
    if (!contact.email.empty())
        scene.link("contact-email",
                   texts.format(TextKey::server_accessibility_contact_email, {{"email", contact.email}}),
                   "mailto:" + contact.email);
    if (!contact.phone.empty())
        scene.paragraph("contact-phone",
                        texts.format(TextKey::server_accessibility_contact_phone, {{"phone", contact.phone}}));
    if (!contact.address.empty())
        scene.paragraph("contact-counter",
                        texts.format(TextKey::server_accessibility_contact_counter, {{"address", contact.address}}));
}

void recourse(PageWriter& page, const i18n::Texts& texts) {
    scene::Builder& scene = page.scene();
    scene.heading("recourse", 2, std::string(texts.get(TextKey::server_accessibility_recourse_title)));
    scene.paragraph("recourse-text", std::string(texts.get(TextKey::server_accessibility_recourse)));
    scene.link("recourse-form", std::string(texts.get(TextKey::server_accessibility_recourse_form)), DEFENDER_FORM);
    scene.link("recourse-delegate", std::string(texts.get(TextKey::server_accessibility_recourse_delegate)),
               DEFENDER_DELEGATES);
    scene.paragraph("recourse-post", std::string(texts.get(TextKey::server_accessibility_recourse_post)));
}

} // namespace

std::string otherwise(const portal::Portal& portal, const i18n::Texts& texts) {
    const portal::Contact& contact = portal.contact;
    std::string ways;
    const auto add = [&](TextKey text, const char* place, const std::string& value) {
        if (value.empty())
            return;
        if (!ways.empty())
            ways += texts.get(TextKey::wizard_separator);
        ways += texts.format(text, {{place, value}});
    };
    add(TextKey::server_accessibility_otherwise_phone, "phone", contact.phone);
    add(TextKey::server_accessibility_otherwise_counter, "address", contact.address);
    add(TextKey::server_accessibility_otherwise_email, "email", contact.email);
    std::string sentences = texts.format(TextKey::server_accessibility_otherwise, {{"ways", ways}});
    if (const std::string hours(form::in_language(contact.hours, texts.language())); !hours.empty())
        sentences += " " + texts.format(TextKey::server_accessibility_otherwise_hours, {{"hours", hours}});
    return sentences;
}

std::string accessibility_page(const Frame& frame, const AccessibilityPage& input) {
    const i18n::Texts& texts = frame.texts;
    const portal::Portal& portal = *frame.portal;
    const portals::Accessibility& said = input.said;
    const auto text = [&](TextKey key) { return std::string(texts.get(key)); };
    PageWriter page(frame, text(TextKey::server_accessibility_title));
    scene::Builder& scene = page.scene();
    page.heading();
    scene.paragraph("commitment",
                    texts.format(TextKey::server_accessibility_commitment, {{"town_hall", portal.town_hall}}));
    scene.paragraph("scope",
                    texts.format(TextKey::server_accessibility_scope,
                                 {{"space", space_of(frame)}, {"town", portal.name}, {"address", input.address}}));

    scene.heading("state", 2, text(TextKey::server_accessibility_state_title));
    scene.paragraph("state-text", texts.format(state_of(said), {{"space", space_of(frame)}, {"town", portal.name}}));
    scene.heading("results", 3, text(TextKey::server_accessibility_results_title));
    scene.paragraph("results-text", said.audited_on.empty()
                                        ? text(TextKey::server_accessibility_results_none)
                                        : texts.format(TextKey::server_accessibility_results_audit,
                                                       {{"date", wizard::shown_date(said.audited_on, texts)},
                                                        {"auditor", said.audited_by},
                                                        {"rate", std::to_string(said.rate)}}));
    contents(page, texts);

    scene.heading("made", 2, text(TextKey::server_accessibility_made_title));
    scene.paragraph("made-text", texts.format(TextKey::server_accessibility_made_on,
                                              {{"date", wizard::shown_date(ASSESSED_ON, texts)}}));
    for (const auto& [id, title, words] :
         {std::tuple{"technologies", TextKey::server_accessibility_technologies_title,
                     TextKey::server_accessibility_technologies},
          std::tuple{"environment", TextKey::server_accessibility_environment_title,
                     TextKey::server_accessibility_environment},
          std::tuple{"tools", TextKey::server_accessibility_tools_title, TextKey::server_accessibility_tools},
          std::tuple{"pages", TextKey::server_accessibility_pages_title, TextKey::server_accessibility_pages}}) {
        scene.heading(id, 3, text(title));
        scene.paragraph(std::string(id) + "-text", text(words));
    }
    contact(page, frame);
    recourse(page, texts);
    page.way_on("back", TextKey::server_page_home, "/" + portal.slug + "/", scene::Emphasis::secondary);
    return std::move(page).finish();
}

} // namespace foyer::server::pages
