#include "pages/legal_page.h"

#include "form/form.h"
#include "pages/page_writer.h"

#include <utility>

namespace foyer::server::pages {

namespace {

using store::RetentionRule;

constexpr const char* CNIL = "https://www.cnil.fr/";
constexpr int DAYS_A_YEAR = 365;

// What a family would ask about, in the order in which it meets it. The other rules (portals/retention.h) are the
// town hall's own affair: docs/privacy.md.
constexpr std::pair<RetentionRule, TextKey> KEPT[] = {
    {RetentionRule::pending_accounts, TextKey::server_legal_kept_pending_accounts},
    {RetentionRule::inactive_accounts, TextKey::server_legal_kept_inactive_accounts},
    {RetentionRule::accepted_requests, TextKey::server_legal_kept_accepted_requests},
    {RetentionRule::refused_requests, TextKey::server_legal_kept_refused_requests},
    {RetentionRule::withdrawn_requests, TextKey::server_legal_kept_withdrawn_requests},
    {RetentionRule::former_versions, TextKey::server_legal_kept_former_versions},
    {RetentionRule::devices, TextKey::server_legal_kept_devices},
    {RetentionRule::mails, TextKey::server_legal_kept_mails},
    {RetentionRule::kept_after_erasure, TextKey::server_legal_kept_after_erasure},
};

// "30 jours", "2 ans": as the rule has it, never rounded.
std::string duration(int days, const i18n::Texts& texts) {
    if (days % DAYS_A_YEAR == 0)
        return texts.count(TextKey::server_legal_years_one, TextKey::server_legal_years_many, days / DAYS_A_YEAR);
    return texts.count(TextKey::server_legal_days_one, TextKey::server_legal_days_many, days);
}

void publisher(PageWriter& page, const Frame& frame, const portals::Legal& legal) {
    const portal::Portal& portal = *frame.portal;
    const i18n::Texts& texts = frame.texts;
    scene::Builder& scene = page.scene();
    const auto say = [&](const char* id, TextKey text, const char* place, const std::string& value) {
        if (!value.empty())
            scene.paragraph(id, texts.format(text, {{place, value}}));
    };
    scene.heading("publisher", 2, std::string(texts.get(TextKey::server_legal_publisher_title)));
    scene.paragraph("publisher-text",
                    texts.format(TextKey::server_legal_publisher,
                                 {{"space", std::string(form::in_language(portal.space_name, texts.language()))},
                                  {"town_hall", portal.town_hall}}));
    say("publisher-address", TextKey::server_legal_address, "address", portal.contact.address);
    say("publisher-phone", TextKey::server_legal_phone, "phone", portal.contact.phone);
    say("publisher-email", TextKey::server_legal_email, "email", portal.contact.email);
    say("director", TextKey::server_legal_director, "director", legal.director);
    say("host", TextKey::server_legal_host, "host", legal.host);
}

void durations(PageWriter& page, const i18n::Texts& texts, const portals::Retention& retention) {
    scene::Builder& scene = page.scene();
    scene.heading("kept", 3, std::string(texts.get(TextKey::server_legal_kept_title)));
    scene.paragraph("kept-text", std::string(texts.get(TextKey::server_legal_kept)));
    const auto list = scene.list("kept-list");
    for (const auto& [rule, text] : KEPT)
        scene.paragraph("kept-" + std::string(store::name(rule)),
                        texts.format(text, {{"duration", duration(retention.of(rule), texts)},
                                            {"notice", duration(retention.notice_days, texts)}}));
}

void rights(PageWriter& page, const Frame& frame) {
    const i18n::Texts& texts = frame.texts;
    const std::string& contact = frame.portal->privacy.contact;
    scene::Builder& scene = page.scene();
    scene.heading("rights", 3, std::string(texts.get(TextKey::server_legal_rights_title)));
    scene.paragraph("rights-text",
                    texts.format(TextKey::server_legal_rights, {{"town_hall", frame.portal->town_hall}}));
    scene.link("rights-email", texts.format(TextKey::server_legal_rights_email, {{"email", contact}}),
               "mailto:" + contact);
    scene.paragraph("complaint-text", std::string(texts.get(TextKey::server_legal_complaint)));
    scene.link("complaint", std::string(texts.get(TextKey::server_legal_complaint_link)), CNIL);
}

} // namespace

std::string legal_page(const Frame& frame, const LegalPage& input) {
    const i18n::Texts& texts = frame.texts;
    const portal::Portal& portal = *frame.portal;
    PageWriter page(frame, std::string(texts.get(TextKey::server_legal_title)));
    scene::Builder& scene = page.scene();
    page.heading();
    publisher(page, frame, input.legal);

    scene.heading("data", 2, std::string(texts.get(TextKey::server_legal_data_title)));
    scene.paragraph("controller", texts.format(TextKey::server_legal_controller, {{"town_hall", portal.town_hall}}));
    for (std::size_t i = 0; i < portal.privacy.paragraphs.size(); ++i)
        scene.paragraph("data-" + std::to_string(i),
                        std::string(form::in_language(portal.privacy.paragraphs[i], texts.language())));
    durations(page, texts, input.retention);
    rights(page, frame);

    scene.heading("device", 3, std::string(texts.get(TextKey::server_legal_device_title)));
    scene.paragraph("device-text", std::string(texts.get(TextKey::server_legal_device)));
    page.way_on("back", TextKey::server_page_home, "/" + portal.slug + "/", scene::Emphasis::secondary);
    return std::move(page).finish();
}

} // namespace foyer::server::pages
