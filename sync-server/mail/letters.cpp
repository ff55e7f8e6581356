#include "mail/letters.h"

#include "form/form.h"
#include "support/calendar.h"
#include "support/html.h"

#include <cstdio>
#include <vector>

namespace foyer::server::mail {

namespace {

// A letter's paragraphs, from which both parts are made.
struct Letter {
    std::string greeting;
    std::vector<std::string> before_link;
    std::string link_sentence;
    std::string link;
    std::string button;
    std::vector<std::string> after_link;
};

std::string text_part(const Letterhead& head, const Letter& letter) {
    std::string text = letter.greeting + "\n\n";
    for (const std::string& paragraph : letter.before_link)
        text += paragraph + "\n\n";
    text += letter.link_sentence + "\n" + letter.link + "\n\n";
    for (const std::string& paragraph : letter.after_link)
        text += paragraph + "\n\n";
    text += std::string(head.texts.get(TextKey::server_mail_closing)) + "\n\n";
    text += head.texts.format(TextKey::server_mail_signature, {{"town_hall", head.portal.town_hall}}) + "\n\n";
    text += std::string(head.texts.get(TextKey::server_mail_no_reply)) + "\n";
    return text;
}

std::string paragraph_html(std::string_view text, std::string_view style = {}) {
    return "<p" + (style.empty() ? std::string() : " style=\"" + std::string(style) + "\"") + ">" + escape_html(text) +
           "</p>\n";
}

// Styles stand in the elements: many readers of mail take nothing else. No picture, nothing from elsewhere.
std::string html_part(const Letterhead& head, const Letter& letter, const std::string& subject) {
    const std::string primary = portal::text_of(head.portal.theme.primary);
    const std::string primary_text = portal::text_of(head.portal.theme.primary_text);
    std::string html =
        "<!doctype html>\n<html lang=\"" + std::string(head.texts.language()) +
        "\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>" +
        escape_html(subject) + "</title></head>\n" +
        "<body style=\"margin:0;padding:24px;background:#ffffff;color:#1b1b1b;"
        "font:18px/1.5 Arial,sans-serif\">\n<div style=\"max-width:600px;margin:0 auto\">\n";
    html += "<p style=\"margin:0 0 24px;padding:12px 16px;font-weight:bold;background:" + primary +
            ";color:" + primary_text + "\">" + escape_html(head.portal.town_hall) + "</p>\n";
    html += paragraph_html(letter.greeting);
    for (const std::string& paragraph : letter.before_link)
        html += paragraph_html(paragraph);
    html += paragraph_html(letter.link_sentence);
    html += "<p><a href=\"" + escape_html(letter.link) +
            "\" style=\"display:inline-block;padding:12px 20px;background:" + primary + ";color:" + primary_text +
            ";border-radius:4px;font-weight:bold\">" + escape_html(letter.button) +
            "</a></p>\n<p style=\"font-size:16px;word-break:break-all\">" + escape_html(letter.link) + "</p>\n";
    for (const std::string& paragraph : letter.after_link)
        html += paragraph_html(paragraph);
    html += paragraph_html(head.texts.get(TextKey::server_mail_closing));
    html += paragraph_html(head.texts.format(TextKey::server_mail_signature, {{"town_hall", head.portal.town_hall}}));
    html += paragraph_html(head.texts.get(TextKey::server_mail_no_reply), "font-size:16px;color:#555555");
    return html + "</div>\n</body>\n</html>\n";
}

std::string subject_of(const Letterhead& head, TextKey key) {
    const std::string_view prefix = form::in_language(head.portal.mail.subject_prefix, head.texts.language());
    return (prefix.empty() ? head.portal.town_hall + " - " : std::string(prefix)) + std::string(head.texts.get(key));
}

std::string greeting_of(const Letterhead& head, const store::Person& person) {
    const std::string name = person.first_names + (person.last_name.empty() ? "" : " " + person.last_name);
    return head.texts.format(TextKey::server_mail_greeting, {{"name", name}});
}

store::NewMail sealed_up(const Letterhead& head, const Letter& letter, const char* kind, TextKey subject,
                         const std::string& recipient, const std::string& token) {
    store::NewMail mail;
    mail.portal = head.portal.slug;
    mail.kind = kind;
    mail.sender = head.portal.mail.from;
    mail.sender_name = head.portal.mail.from_name;
    const std::size_t at = mail.sender.find('@');
    mail.message_id = token + (at == std::string::npos ? "@foyer.invalid" : mail.sender.substr(at));
    mail.recipient = recipient;
    mail.language = std::string(head.texts.language());
    mail.subject = subject_of(head, subject);
    mail.text = text_part(head, letter);
    mail.html = html_part(head, letter, mail.subject);
    mail.link = letter.link;
    return mail;
}

std::string page_of(const Letterhead& head, std::string_view path) {
    return std::string(head.origin) + "/" + head.portal.slug + "/" + std::string(path);
}

// Whom a family can ask: the town hall's telephone, else its address.
std::string contact_of(const Letterhead& head) {
    const portal::Contact& contact = head.portal.contact;
    std::string text = contact.name.empty() ? head.portal.town_hall : contact.name;
    for (const std::string& way : {contact.phone, contact.email})
        if (!way.empty())
            text += ", " + way;
    return text;
}

} // namespace

std::string_view procedure_words(const i18n::Texts& texts, form::Procedure procedure) {
    if (procedure == form::Procedure::entourage)
        return texts.get(TextKey::server_procedure_entourage);
    if (procedure == form::Procedure::profile)
        return texts.get(TextKey::server_procedure_profile);
    return texts.get(TextKey::server_procedure_registration);
}

std::string activation_link(std::string_view origin, std::string_view slug, store::AccountId account,
                            std::string_view key, UnixSeconds created) {
    const LocalTime local = time_in_paris(created);
    char query[96];
    std::snprintf(query, sizeof query,
                  "?id=%lld&datecreat=%04d%02d%02d&heurecreat=%02d%02d&key=", static_cast<long long>(account.number()),
                  local.date.year, local.date.month, local.date.day, local.hour, local.minute);
    return std::string(origin) + "/" + std::string(slug) + "/espace-citoyens/CompteCitoyen/Validation" + query +
           std::string(key);
}

std::string reset_link(std::string_view origin, std::string_view slug, store::ResetId reset, std::string_view key) {
    return std::string(origin) + "/" + std::string(slug) + "/mot-de-passe?id=" + std::to_string(reset.number()) +
           "&key=" + std::string(key);
}

store::NewMail activation_mail(const Letterhead& head, const ActivationLetter& details, UnixSeconds now) {
    const i18n::Texts& texts = head.texts;
    Letter letter;
    letter.greeting = greeting_of(head, details.person);
    letter.before_link.emplace_back(texts.get(TextKey::server_mail_activation_registered));
    if (details.identifier_taken)
        letter.before_link.push_back(
            texts.format(TextKey::server_mail_identifier_taken, {{"identifier", details.wanted_identifier}}));
    letter.link_sentence = std::string(texts.get(TextKey::server_mail_activation_link));
    letter.link = activation_link(head.origin, head.portal.slug, details.account, details.key, now);
    letter.button = std::string(texts.get(TextKey::server_mail_activation_button));
    letter.after_link.push_back(texts.format(TextKey::server_mail_activation_hours,
                                             {{"hours", std::to_string(head.portal.activation_link_hours)}}));
    letter.after_link.emplace_back(texts.get(TextKey::server_mail_not_you));
    return sealed_up(head, letter, "activation", TextKey::server_mail_activation_subject, details.recipient,
                     details.message_id_token);
}

store::NewMail reset_mail(const Letterhead& head, const ResetLetter& details) {
    const i18n::Texts& texts = head.texts;
    Letter letter;
    letter.greeting = greeting_of(head, details.person);
    letter.before_link.push_back(texts.format(TextKey::server_mail_reset_asked, {{"identifier", details.identifier}}));
    letter.link_sentence = std::string(texts.get(TextKey::server_mail_reset_link));
    letter.link = reset_link(head.origin, head.portal.slug, details.reset, details.key);
    letter.button = std::string(texts.get(TextKey::server_mail_reset_button));
    letter.after_link.push_back(
        texts.format(TextKey::server_mail_reset_hours, {{"hours", std::to_string(details.hours)}}));
    letter.after_link.emplace_back(texts.get(TextKey::server_mail_reset_not_you));
    return sealed_up(head, letter, "password_reset", TextKey::server_mail_reset_subject, details.recipient,
                     details.message_id_token);
}

store::NewMail request_mail(const Letterhead& head, const RequestLetter& details) {
    const i18n::Texts& texts = head.texts;
    const auto about = [&](TextKey key) {
        return texts.format(
            key, {{"number", details.number}, {"procedure", std::string(procedure_words(texts, details.procedure))}});
    };
    Letter letter;
    letter.greeting = greeting_of(head, details.person);
    letter.link_sentence = std::string(texts.get(TextKey::server_mail_space_link));
    letter.button = std::string(texts.get(TextKey::server_mail_space_button));
    letter.link = page_of(head, "tableau-de-bord");
    TextKey subject = TextKey::server_mail_accepted_subject;
    const char* kind = "request_accepted";
    switch (details.news) {
    case RequestNews::accepted:
        letter.before_link.push_back(about(TextKey::server_mail_accepted_text));
        if (details.procedure == form::Procedure::entourage)
            letter.before_link.emplace_back(texts.get(TextKey::server_mail_accepted_family));
        break;
    case RequestNews::refused:
        subject = TextKey::server_mail_refused_subject;
        kind = "request_refused";
        letter.before_link.push_back(about(TextKey::server_mail_refused_text));
        letter.before_link.push_back(details.reason);
        letter.before_link.push_back(
            texts.format(TextKey::server_mail_refused_contact, {{"contact", contact_of(head)}}));
        break;
    case RequestNews::correction_asked:
        subject = TextKey::server_mail_correction_subject;
        kind = "correction_asked";
        letter.before_link.push_back(about(TextKey::server_mail_correction_text));
        letter.link_sentence = std::string(texts.get(TextKey::server_mail_correction_link));
        letter.link = page_of(head, "correction/" + details.number);
        letter.button = std::string(texts.get(TextKey::server_mail_correction_button));
        break;
    }
    return sealed_up(head, letter, kind, subject, details.recipient, details.message_id_token);
}

store::NewMail inactive_mail(const Letterhead& head, const InactiveLetter& details) {
    const i18n::Texts& texts = head.texts;
    const std::string day = texts.date(details.on.year, details.on.month, details.on.day);
    Letter letter;
    letter.greeting = greeting_of(head, details.person);
    letter.before_link.push_back(texts.format(TextKey::server_mail_inactive_text, {{"day", day}}));
    letter.link_sentence = std::string(texts.get(TextKey::server_mail_inactive_link));
    letter.link = page_of(head, "connexion");
    letter.button = std::string(texts.get(TextKey::server_mail_inactive_button));
    letter.after_link.emplace_back(texts.get(TextKey::server_mail_inactive_nothing));
    letter.after_link.push_back(
        texts.format(TextKey::server_mail_inactive_copy, {{"email", head.portal.privacy.contact}}));
    return sealed_up(head, letter, "inactive_notice", TextKey::server_mail_inactive_subject, details.recipient,
                     details.message_id_token);
}

std::string email_change_link(std::string_view origin, std::string_view slug, store::EmailChangeId change,
                              std::string_view key) {
    return std::string(origin) + "/" + std::string(slug) +
           "/espace-citoyens/CompteCitoyen/Courriel?id=" + std::to_string(change.number()) + "&key=" + std::string(key);
}

store::NewMail email_change_mail(const Letterhead& head, const EmailChangeLetter& details) {
    const i18n::Texts& texts = head.texts;
    Letter letter;
    letter.greeting = std::string(texts.get(TextKey::server_mail_greeting_plain));
    letter.before_link.emplace_back(texts.get(TextKey::server_mail_email_asked));
    letter.link_sentence = std::string(texts.get(TextKey::server_mail_email_link));
    letter.link = email_change_link(head.origin, head.portal.slug, details.change, details.key);
    letter.button = std::string(texts.get(TextKey::server_mail_email_button));
    letter.after_link.push_back(
        texts.format(TextKey::server_mail_email_hours, {{"hours", std::to_string(details.hours)}}));
    letter.after_link.emplace_back(texts.get(TextKey::server_mail_email_not_you));
    return sealed_up(head, letter, "email_change", TextKey::server_mail_email_subject, details.recipient,
                     details.message_id_token);
}

store::NewMail email_notice_mail(const Letterhead& head, const EmailNoticeLetter& details) {
    const i18n::Texts& texts = head.texts;
    const bool done = details.news == EmailNews::changed;
    Letter letter;
    letter.greeting = greeting_of(head, details.person);
    letter.before_link.emplace_back(
        texts.get(done ? TextKey::server_mail_email_done_text : TextKey::server_mail_email_notice_text));
    letter.link_sentence = texts.format(TextKey::server_mail_email_alert_link, {{"contact", contact_of(head)}});
    letter.link = page_of(head, "profil/mot-de-passe");
    letter.button = std::string(texts.get(TextKey::server_mail_email_alert_button));
    return sealed_up(head, letter, done ? "email_changed" : "email_change_notice",
                     done ? TextKey::server_mail_email_done_subject : TextKey::server_mail_email_notice_subject,
                     details.recipient, details.message_id_token);
}

store::NewMail invitation_mail(const Letterhead& head, const InvitationLetter& details) {
    const i18n::Texts& texts = head.texts;
    Letter letter;
    letter.greeting = greeting_of(head, details.person);
    letter.before_link.push_back(texts.format(TextKey::server_mail_invitation_text, {{"inviter", details.inviter}}));
    letter.link_sentence = std::string(texts.get(TextKey::server_mail_invitation_link));
    letter.link = page_of(head, "inscription?invitation=" + details.code);
    letter.button = std::string(texts.get(TextKey::server_mail_invitation_button));
    letter.after_link.push_back(texts.format(TextKey::server_mail_invitation_code, {{"code", details.code}}));
    letter.after_link.push_back(
        texts.format(TextKey::server_mail_invitation_days, {{"days", std::to_string(details.days)}}));
    letter.after_link.emplace_back(texts.get(TextKey::server_mail_invitation_not_you));
    return sealed_up(head, letter, "invitation", TextKey::server_mail_invitation_subject, details.recipient,
                     details.message_id_token);
}

} // namespace foyer::server::mail
