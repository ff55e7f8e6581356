#include "pages/mails_page.h"

#include "pages/page_writer.h"

#include "support/calendar.h"

#include <utility>

namespace foyer::server::pages {

using scene::Emphasis;
using scene::Node;
using scene::Role;

namespace {

std::string moment_of(UnixSeconds moment, const i18n::Texts& texts) {
    const LocalTime local = time_in_paris(moment);
    return texts.moment(local.date.year, local.date.month, local.date.day, local.hour, local.minute);
}

TextKey state_text(const std::string& state) {
    if (state == "sent")
        return TextKey::server_page_mails_state_sent;
    return state == "dead" ? TextKey::server_page_mails_state_dead : TextKey::server_page_mails_state_queued;
}

void add_row(Node& table, const i18n::Texts& texts, TextKey term, std::string value) {
    table.rows.push_back({std::string(texts.get(term)), std::move(value), {}, {}, {}});
}

} // namespace

std::string mails_page(const Frame& frame, const std::vector<store::MailSummary>& mails) {
    const i18n::Texts& texts = frame.texts;
    PageWriter page(frame, std::string(texts.get(TextKey::server_page_mails_title)));
    page.heading();
    scene::Builder& scene = page.scene();
    scene.paragraph("text", std::string(texts.get(TextKey::server_page_mails_intro)));
    if (mails.empty())
        scene.paragraph("none", std::string(texts.get(TextKey::server_page_mails_none)));
    for (const store::MailSummary& mail : mails) {
        const std::string number = std::to_string(mail.id);
        const std::string address = "/courrier/" + number;
        scene.heading("subject-" + number, 2, mail.subject);
        Node& table = scene.add(Role::table, "mail-" + number);
        add_row(table, texts, TextKey::server_page_mails_to, mail.recipient);
        add_row(table, texts, TextKey::server_page_mails_date, moment_of(mail.created_at, texts));
        add_row(table, texts, TextKey::server_page_mails_state, std::string(texts.get(state_text(mail.state))));
        const auto row = scene.group("ways-" + number);
        if (!mail.link.empty())
            page.way_on("open-" + number, TextKey::server_page_mails_open_link, mail.link, Emphasis::primary);
        page.way_on("read-" + number, TextKey::server_page_mails_read, address, Emphasis::secondary);
        page.way_on("download-" + number, TextKey::server_page_mails_download, address + "/eml", Emphasis::secondary);
    }
    return std::move(page).finish();
}

std::string mail_page(const Frame& frame, const store::QueuedMail& mail) {
    const i18n::Texts& texts = frame.texts;
    PageWriter page(frame, mail.mail.subject);
    page.heading();
    scene::Builder& scene = page.scene();
    Node& table = scene.add(Role::table, "mail");
    add_row(table, texts, TextKey::server_page_mails_to, mail.mail.recipient);
    add_row(table, texts, TextKey::server_page_mails_date, moment_of(mail.created_at, texts));
    // Paragraphs of the mail are paragraphs here.
    std::string_view rest = mail.mail.text;
    for (int number = 0; !rest.empty(); ++number) {
        const std::size_t end = rest.find("\n\n");
        if (const std::string_view part = rest.substr(0, end); !part.empty())
            scene.paragraph("part-" + std::to_string(number), std::string(part));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 2);
    }
    {
        const auto row = scene.group("ways");
        if (!mail.mail.link.empty())
            page.way_on("open", TextKey::server_page_mails_open_link, mail.mail.link, Emphasis::primary);
        page.way_on("html", TextKey::server_page_mails_html_part, "/courrier/" + std::to_string(mail.id) + "/html",
                    Emphasis::secondary);
        page.way_on("back", TextKey::server_page_mails_back, "/courrier", Emphasis::secondary);
    }
    return std::move(page).finish();
}

} // namespace foyer::server::pages
