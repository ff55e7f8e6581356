#include "pages/activation_page.h"

#include "pages/layout.h"
#include "support/html.h"

namespace foyer::server::pages {

namespace {

std::string base_of(const portal::Portal& portal) { return "/" + portal.slug + "/"; }

std::string hidden(const char* name, std::string_view value) {
    return std::string("<input type=\"hidden\" name=\"") + name + "\" value=\"" + escape_html(value) + "\">\n";
}

std::string mistake_sentence(const i18n::Texts& texts, const ActivationForm& form) {
    switch (form.mistake) {
    case ActivationForm::Mistake::none:
        return {};
    case ActivationForm::Mistake::needed:
    case ActivationForm::Mistake::wrong:
        return std::string(texts.get(TextKey::server_page_identifier_wrong));
    case ActivationForm::Mistake::taken:
        return texts.format(TextKey::server_page_identifier_still_taken, {{"identifier", form.identifier}});
    }
    return {};
}

std::string identifier_field(const i18n::Texts& texts, const ActivationForm& form, const std::string& mistake) {
    std::string html = "<label for=\"identifier\">" + escape_html(texts.get(TextKey::server_page_identifier_label)) +
                       "</label>\n" + "<p class=\"hint\" id=\"identifier-hint\">" +
                       escape_html(texts.get(TextKey::server_page_identifier_hint)) + "</p>\n";
    if (!mistake.empty())
        html += "<p class=\"error\" id=\"identifier-error\">" + escape_html(mistake) + "</p>\n";
    html += "<input id=\"identifier\" name=\"identifier\" autocomplete=\"username\" autocapitalize=\"none\" "
            "spellcheck=\"false\" aria-required=\"true\" aria-describedby=\"identifier-hint";
    html += mistake.empty() ? "\"" : " identifier-error\" aria-invalid=\"true\"";
    return html + " value=\"" + escape_html(form.identifier) + "\">\n";
}

} // namespace

std::string activation_form_page(const portal::Portal& portal, const i18n::Texts& texts, const store::Account& account,
                                 const ActivationForm& form) {
    const bool asks = !account.identifier;
    const std::string mistake = mistake_sentence(texts, form);
    Page page;
    page.portal = &portal;
    page.title = std::string(texts.get(TextKey::server_page_activation_title));
    page.body = heading(page.title);
    if (!mistake.empty())
        page.body += "<div class=\"summary\" role=\"alert\" id=\"summary\"><h2>" +
                     escape_html(texts.get(TextKey::server_page_error_summary)) + "</h2><p><a href=\"#identifier\">" +
                     escape_html(mistake) + "</a></p></div>\n";
    page.body +=
        asks ? paragraph(
                   texts.format(TextKey::server_page_identifier_intro, {{"identifier", account.wanted_identifier}}))
             : paragraph(texts.format(TextKey::server_page_activation_intro, {{"name", account.person.first_names}}));
    page.body += "<form method=\"post\" action=\"" + base_of(portal) + "espace-citoyens/CompteCitoyen/Validation\">\n" +
                 hidden("id", form.id) + hidden("key", form.key);
    if (asks)
        page.body += identifier_field(texts, form, mistake);
    page.body += "<p class=\"buttons\"><button class=\"button\" type=\"submit\">" +
                 escape_html(texts.get(TextKey::server_page_activation_button)) + "</button></p>\n</form>\n";
    if (!mistake.empty())
        page.title = std::string(texts.get(TextKey::server_page_error_summary)) + " – " + page.title;
    return lay_out(page, texts);
}

std::string activated_page(const portal::Portal& portal, const i18n::Texts& texts, std::string_view identifier) {
    Page page;
    page.portal = &portal;
    page.title = std::string(texts.get(TextKey::server_page_activated_title));
    page.body = "<div class=\"done\">\n" + heading(page.title) +
                paragraph(texts.get(TextKey::server_page_activated_text)) +
                paragraph(texts.format(TextKey::server_page_activated_identifier, {{"identifier", identifier}})) +
                "</div>\n<p class=\"buttons\">" +
                button_link(base_of(portal) + "connexion", texts.get(TextKey::server_page_declare)) +
                button_link(base_of(portal) + "connexion", texts.get(TextKey::server_page_log_in), true) + "</p>\n";
    return lay_out(page, texts);
}

std::string link_refused_page(const portal::Portal& portal, const i18n::Texts& texts, LinkState state) {
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
    Page page;
    page.portal = &portal;
    page.title = std::string(texts.get(words.title));
    page.body = heading(page.title) + paragraph(texts.get(words.text)) + "<p class=\"buttons\">" +
                button_link(base_of(portal) + words.path, texts.get(words.button)) +
                button_link(base_of(portal), texts.get(TextKey::server_page_home), true) + "</p>\n";
    return lay_out(page, texts);
}

} // namespace foyer::server::pages
