#include "pages/email_page.h"

#include "pages/page_writer.h"

#include <utility>

namespace foyer::server::pages {

using scene::Emphasis;

namespace {

std::string base_of(const Frame& frame) { return "/" + frame.portal->slug + "/"; }

} // namespace

std::string email_form_page(const Frame& frame, const std::string& email) {
    const i18n::Texts& texts = frame.texts;
    PageWriter page(frame, std::string(texts.get(TextKey::server_page_email_title)));
    page.heading();
    page.scene().paragraph("text", texts.format(TextKey::server_page_email_intro, {{"email", email}}));
    {
        const auto form = page.scene().form("form");
        page.scene().submit("confirm", std::string(texts.get(TextKey::server_page_email_button)));
    }
    return std::move(page).finish();
}

std::string email_confirmed_page(const Frame& frame) {
    PageWriter page(frame, std::string(frame.texts.get(TextKey::server_page_email_done_title)));
    page.heading();
    scene::Node& notice = page.scene().notice("done", Emphasis::success,
                                              std::string(frame.texts.get(TextKey::server_page_email_done_text)));
    notice.icon = scene::Icon::tick;
    {
        const auto row = page.scene().group("ways");
        page.way_on("space", TextKey::server_mail_space_button, base_of(frame) + "tableau-de-bord", Emphasis::primary);
    }
    return std::move(page).finish();
}

std::string email_link_refused_page(const Frame& frame, EmailLinkState state) {
    const bool gone = state == EmailLinkState::gone;
    PageWriter page(frame, std::string(frame.texts.get(gone ? TextKey::server_page_email_gone_title
                                                            : TextKey::server_page_email_unknown_title)));
    page.heading();
    page.scene().paragraph("text", std::string(frame.texts.get(gone ? TextKey::server_page_email_gone_text
                                                                    : TextKey::server_page_email_unknown_text)));
    {
        const auto row = page.scene().group("ways");
        page.way_on("login", TextKey::server_page_log_in, base_of(frame) + "connexion", Emphasis::primary);
        page.way_on("back", TextKey::server_page_home, base_of(frame), Emphasis::secondary);
    }
    return std::move(page).finish();
}

} // namespace foyer::server::pages
