#include "pages/mails_page.h"

#include "pages/layout.h"
#include "support/calendar.h"
#include "support/html.h"

#include <cstdio>

namespace foyer::server::pages {

namespace {

std::string labelled(const i18n::Texts& texts, TextKey label, std::string_view value) {
    return "<p><strong>" + escape_html(texts.get(label)) + (texts.language() == "fr" ? " :" : ":") + "</strong> " +
           escape_html(value) + "</p>\n";
}

std::string moment_of(UnixSeconds moment, const i18n::Texts& texts) {
    const LocalTime local = time_in_paris(moment);
    return texts.moment(local.date.year, local.date.month, local.date.day, local.hour, local.minute);
}

TextKey state_text(const std::string& state) {
    if (state == "sent")
        return TextKey::server_page_mails_state_sent;
    return state == "dead" ? TextKey::server_page_mails_state_dead : TextKey::server_page_mails_state_queued;
}

} // namespace

std::string mails_page(const std::vector<store::MailSummary>& mails, const i18n::Texts& texts) {
    Page page;
    page.title = std::string(texts.get(TextKey::server_page_mails_title));
    page.body = heading(page.title) + paragraph(texts.get(TextKey::server_page_mails_intro));
    if (mails.empty())
        page.body += paragraph(texts.get(TextKey::server_page_mails_none));
    page.body += "<ul class=\"mails\">\n";
    for (const store::MailSummary& mail : mails) {
        const std::string address = "/courrier/" + std::to_string(mail.id);
        page.body += "<li>\n<h2>" + escape_html(mail.subject) + "</h2>\n" +
                     labelled(texts, TextKey::server_page_mails_to, mail.recipient) +
                     labelled(texts, TextKey::server_page_mails_date, moment_of(mail.created_at, texts)) +
                     labelled(texts, TextKey::server_page_mails_state, texts.get(state_text(mail.state))) +
                     "<p class=\"buttons\">";
        if (!mail.link.empty())
            page.body += button_link(mail.link, texts.get(TextKey::server_page_mails_open_link));
        page.body += button_link(address, texts.get(TextKey::server_page_mails_read), true) +
                     button_link(address + "/eml", texts.get(TextKey::server_page_mails_download), true) +
                     "</p>\n</li>\n";
    }
    page.body += "</ul>\n";
    return lay_out(page, texts);
}

std::string mail_page(const store::QueuedMail& mail, const i18n::Texts& texts) {
    Page page;
    page.title = mail.mail.subject;
    page.body = heading(page.title) + labelled(texts, TextKey::server_page_mails_to, mail.mail.recipient) +
                labelled(texts, TextKey::server_page_mails_date, moment_of(mail.created_at, texts));
    page.body += "<p class=\"buttons\">";
    if (!mail.mail.link.empty())
        page.body += button_link(mail.mail.link, texts.get(TextKey::server_page_mails_open_link));
    page.body += button_link("/courrier", texts.get(TextKey::server_page_mails_back), true) + "</p>\n";
    page.body += "<h2>" + escape_html(texts.get(TextKey::server_page_mails_text_part)) + "</h2>\n<pre>" +
                 escape_html(mail.mail.text) + "</pre>\n";
    const std::string html_title = escape_html(texts.get(TextKey::server_page_mails_html_part));
    page.body += "<h2>" + html_title + "</h2>\n<iframe sandbox=\"\" title=\"" + html_title + "\" src=\"/courrier/" +
                 std::to_string(mail.id) + "/html\"></iframe>\n";
    return lay_out(page, texts);
}

} // namespace foyer::server::pages
