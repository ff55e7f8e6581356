#include "pages/activation_page.h"

#include "pages/page_writer.h"

#include <utility>

namespace foyer::server::pages {

using scene::Emphasis;
using scene::Node;
using scene::Role;

namespace {

constexpr const char* FIELD = "identifier";

std::string base_of(const Frame& frame) { return "/" + frame.portal->slug + "/"; }

std::string sentence_of(const i18n::Texts& texts, IdentifierMistake mistake, std::string_view typed) {
    switch (mistake) {
    case IdentifierMistake::none:
        return {};
    case IdentifierMistake::needed:
    case IdentifierMistake::wrong:
        return std::string(texts.get(TextKey::server_page_identifier_wrong));
    case IdentifierMistake::taken:
        return texts.format(TextKey::server_page_identifier_still_taken, {{"identifier", std::string(typed)}});
    }
    return {};
}

void identifier_field(scene::Builder& scene, const i18n::Texts& texts, std::string_view typed,
                      const std::string& error) {
    Node& field = scene.field(FIELD, std::string(texts.get(TextKey::server_page_identifier_label)));
    field.hint = texts.get(TextKey::server_page_identifier_hint);
    field.error = error;
    field.value = typed;
    field.name = FIELD;
    field.required = true;
    field.autocomplete = "username";
    field.autocapitalize = "none";
}

} // namespace

std::string activation_form_page(const Frame& frame, const store::Account& account, std::string_view typed,
                                 IdentifierMistake mistake) {
    const i18n::Texts& texts = frame.texts;
    const bool asks = !account.identifier;
    const std::string error = sentence_of(texts, mistake, typed);
    PageWriter page(frame, std::string(texts.get(TextKey::server_page_activation_title)),
                    error.empty() ? PageWriter::Standing::plain : PageWriter::Standing::in_error);
    scene::Builder& scene = page.scene();
    if (!error.empty())
        scene.add(Role::error_summary, "errors", std::string(texts.get(TextKey::server_page_error_summary)))
            .rows.push_back({error, {}, FIELD, {}, {}});
    page.heading();
    scene.paragraph(
        "text", asks ? texts.format(TextKey::server_page_identifier_intro, {{"identifier", account.wanted_identifier}})
                     : texts.format(TextKey::server_page_activation_intro, {{"name", account.person.first_names}}));
    {
        const auto form = scene.form("form");
        if (asks)
            identifier_field(scene, texts, typed, error);
        scene.submit("activate", std::string(texts.get(TextKey::server_page_activation_button)));
    }
    return std::move(page).finish();
}

std::string activated_page(const Frame& frame, std::string_view identifier) {
    const i18n::Texts& texts = frame.texts;
    PageWriter page(frame, std::string(texts.get(TextKey::server_page_activated_title)));
    page.heading();
    Node& notice = page.scene().notice(
        "done", Emphasis::success,
        texts.format(TextKey::server_page_activated_identifier, {{"identifier", std::string(identifier)}}));
    notice.icon = scene::Icon::tick;
    page.scene().paragraph("text", std::string(texts.get(TextKey::server_page_activated_text)));
    {
        const auto row = page.scene().group("ways");
        page.way_on("declare", TextKey::server_page_declare, base_of(frame) + "entourage", Emphasis::primary);
        page.way_on("login", TextKey::server_page_log_in, base_of(frame) + "connexion", Emphasis::secondary);
    }
    return std::move(page).finish();
}

std::string link_refused_page(const Frame& frame, LinkState state) {
    struct Words {
        TextKey title, text, button;
        const char* path;
    };
    Words words{TextKey::server_page_unknown_title, TextKey::server_page_unknown_text, TextKey::server_page_create, ""};
    switch (state) {
    case LinkState::already_active:
        words = {TextKey::server_page_already_title, TextKey::server_page_already_text, TextKey::server_page_log_in,
                 "connexion"};
        break;
    case LinkState::revoked:
        words = {TextKey::server_page_revoked_title, TextKey::server_page_revoked_text, TextKey::server_page_resend,
                 "mail-non-recu"};
        break;
    case LinkState::expired:
        words = {TextKey::server_page_expired_title, TextKey::server_page_expired_text, TextKey::server_page_resend,
                 "mail-non-recu"};
        break;
    case LinkState::wrong_key:
        words = {TextKey::server_page_wrong_key_title, TextKey::server_page_wrong_key_text, TextKey::server_page_resend,
                 "mail-non-recu"};
        break;
    case LinkState::unknown:
    case LinkState::usable:
    case LinkState::needs_identifier:
        break;
    }
    PageWriter page(frame, std::string(frame.texts.get(words.title)));
    page.heading();
    page.scene().paragraph("text", std::string(frame.texts.get(words.text)));
    {
        const auto row = page.scene().group("ways");
        page.way_on("onward", words.button, base_of(frame) + words.path, Emphasis::primary);
        page.way_on("back", TextKey::server_page_home, base_of(frame), Emphasis::secondary);
    }
    return std::move(page).finish();
}

} // namespace foyer::server::pages
