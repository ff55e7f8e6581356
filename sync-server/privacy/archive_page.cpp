#include "desk/detail.h"
#include "form/form.h"
#include "form/list.h"
#include "household/people.h"
#include "households/visibility.h"
#include "privacy/archive.h"
#include "support/calendar.h"
#include "support/html.h"

#include <algorithm>

namespace foyer::server::privacy {

namespace {

constexpr const char* STYLE =
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1b1b1b;background:#fff}"
    "table{border-collapse:collapse;width:100%;margin:0 0 1rem}"
    "th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border:1px solid #767676;overflow-wrap:anywhere}"
    "th{width:35%;font-weight:600}caption{text-align:left;font-weight:600;padding:.4rem 0}"
    "@media(prefers-color-scheme:dark){body{color:#f2f2f2;background:#16181c}th,td{border-color:#9a9a9a}}";

// A table of two columns: what, and what of it.
class Page {
public:
    explicit Page(const ArchiveTown& town) : m_texts(town.texts) {}

    void heading(TextKey key) { m_html += "<h2>" + escape_html(m_texts.get(key)) + "</h2>\n"; }
    void paragraph(std::string_view text) { m_html += "<p>" + escape_html(text) + "</p>\n"; }
    void begin(std::string_view caption) {
        m_html += "<table><caption>" + escape_html(caption) + "</caption><tbody>\n";
        m_rows = 0;
    }
    void row(std::string_view label, std::string_view value) {
        if (value.empty())
            return;
        ++m_rows;
        m_html += "<tr><th scope=\"row\">" + escape_html(label) + "</th><td>" + escape_html(value) + "</td></tr>\n";
    }
    void row(TextKey label, std::string_view value) { row(m_texts.get(label), value); }
    void end() {
        if (m_rows == 0)
            m_html += "<tr><td>" + escape_html(m_texts.get(TextKey::server_privacy_nothing)) + "</td></tr>\n";
        m_html += "</tbody></table>\n";
    }
    [[nodiscard]] std::string moment(UnixSeconds at) const {
        const LocalTime local = time_in_paris(at);
        return m_texts.moment(local.date.year, local.date.month, local.date.day, local.hour, local.minute);
    }
    [[nodiscard]] std::string take() { return std::move(m_html); }

private:
    const i18n::Texts& m_texts;
    std::string m_html;
    int m_rows = 0;
};

TextKey state_text(const std::string& state) {
    if (state == "received")
        return TextKey::server_privacy_state_received;
    if (state == "processing")
        return TextKey::server_privacy_state_processing;
    if (state == "waiting")
        return TextKey::server_privacy_state_waiting;
    if (state == "accepted")
        return TextKey::server_privacy_state_accepted;
    if (state == "refused")
        return TextKey::server_privacy_state_refused;
    if (state == "released")
        return TextKey::server_privacy_state_released;
    if (state == "corrected")
        return TextKey::server_privacy_state_corrected;
    return TextKey::server_privacy_state_withdrawn;
}

TextKey mail_text(const std::string& state) {
    if (state == "sent")
        return TextKey::server_privacy_mail_sent;
    return state == "dead" ? TextKey::server_privacy_mail_dead : TextKey::server_privacy_mail_queued;
}

TextKey look_text(const std::string& action) {
    if (action == "family.view")
        return TextKey::server_privacy_look_family;
    if (action == "family.export")
        return TextKey::server_privacy_look_export;
    if (action == "key.issue")
        return TextKey::server_privacy_look_key;
    if (action == "submission.view")
        return TextKey::server_privacy_look_view;
    if (action == "account.export")
        return TextKey::server_privacy_look_export;
    if (action == "account.look")
        return TextKey::server_privacy_look_person;
    return TextKey::server_privacy_look_work;
}

TextKey kind_text(store::PersonKind kind) {
    switch (kind) {
    case store::PersonKind::representative:
        return TextKey::server_privacy_kind_representative;
    case store::PersonKind::child:
        return TextKey::server_privacy_kind_child;
    case store::PersonKind::expected_child:
        return TextKey::server_privacy_kind_expected;
    case store::PersonKind::contact:
        break;
    }
    return TextKey::server_privacy_kind_contact;
}

const form::FormDefinition& form_of_kind(const portals::Published& town, store::PersonKind kind) {
    const form::ListDefinition* found = town.entourage.find_list(household::list_of(kind));
    return found ? found->item : town.profile;
}

TextKey procedure_text(std::uint16_t procedure) {
    const auto known = form::procedure_from(procedure);
    if (known == form::Procedure::entourage)
        return TextKey::server_procedure_entourage;
    return known == form::Procedure::profile ? TextKey::server_procedure_profile
                                             : TextKey::server_procedure_registration;
}

void tell_account(Page& page, const store::PersonFile& file, const ArchiveTown& town) {
    const store::Account& account = file.snapshot.account;
    page.begin(town.texts.get(TextKey::server_privacy_account));
    page.row(TextKey::server_privacy_identifier, account.identifier.value_or(""));
    page.row(TextKey::server_privacy_email, account.email);
    page.row(TextKey::server_privacy_email_pending, file.snapshot.email_pending.value_or(""));
    page.row(TextKey::server_privacy_created, page.moment(file.created_at));
    page.row(TextKey::server_privacy_activated, file.activated_at ? page.moment(*file.activated_at) : "");
    page.row(TextKey::server_privacy_last_active, file.last_active_at ? page.moment(*file.last_active_at) : "");
    page.end();
    page.begin(town.texts.get(TextKey::server_privacy_profile));
    for (const desk::Row& row : desk::side_by_side(file.snapshot.profile, {}, town.town.profile, town.texts))
        page.row(row.label, row.value);
    page.end();
}

void tell_family(Page& page, const store::PersonFile& file, const ArchiveTown& town) {
    if (!file.snapshot.household)
        return;
    page.heading(TextKey::server_privacy_family);
    for (const auto& person : family_of(file)) {
        page.begin(town.texts.get(kind_text(person.kind)));
        for (const desk::Row& row :
             desk::side_by_side(person.answers, {}, form_of_kind(town.town, person.kind), town.texts))
            page.row(row.label, row.value);
        page.end();
    }
}

void tell_request(Page& page, const store::PersonFile& file, const store::SubmissionRecord& request,
                  const ArchiveTown& town) {
    page.begin(town.texts.format(
        TextKey::server_privacy_request,
        {{"number", request.number}, {"procedure", town.texts.get(procedure_text(request.procedure))}}));
    for (const store::SubmissionEvent& event : request.history)
        page.row(page.moment(event.at),
                 std::string(town.texts.get(state_text(event.event))) + (event.note.empty() ? "" : "\n" + event.note));
    if (const auto consent = request.answers.find("consent"); consent != request.answers.end())
        page.row(TextKey::server_privacy_consent, town.texts.get(TextKey::server_privacy_consent_given));
    const portals::Published* then = town.catalogue.find(request.revision);
    const desk::Detail detail =
        desk::detail_of(request, then ? *then : town.town, {{}, file.snapshot.household}, town.texts);
    for (const desk::Section& section : detail.sections)
        for (const desk::Row& row : section.rows)
            page.row(section.title.empty() ? row.label : section.title + " – " + row.label, row.value);
    for (const store::PersonNote& note : file.notes)
        if (note.number == request.number)
            page.row(town.texts.format(TextKey::server_privacy_note, {{"moment", page.moment(note.note.at)}}),
                     note.note.text);
    page.end();
}

void tell_keys(Page& page, const store::PersonFile& file, const ArchiveTown& town) {
    page.begin(town.texts.get(TextKey::server_privacy_keys));
    for (const store::KeyRecord& key : file.keys)
        page.row(
            page.moment(key.issued_at),
            key.used_at ? town.texts.format(TextKey::server_privacy_key_used, {{"moment", page.moment(*key.used_at)}})
            : key.revoked_at
                ? town.texts.format(TextKey::server_privacy_key_revoked, {{"moment", page.moment(*key.revoked_at)}})
                : std::string(town.texts.get(TextKey::server_privacy_key_unused)));
    page.end();
}

void tell_traffic(Page& page, const store::PersonFile& file, const ArchiveTown& town) {
    page.heading(TextKey::server_privacy_traffic);
    page.begin(town.texts.get(TextKey::server_privacy_mails));
    for (const store::LoggedMail& mail : file.mails)
        page.row(page.moment(mail.created_at), mail.subject + " (" + mail.recipient + ", " +
                                                   std::string(town.texts.get(mail_text(mail.state))) + ")");
    page.end();
    if (!file.person) {
        page.begin(town.texts.get(TextKey::server_privacy_devices));
        for (const store::Device& device : file.snapshot.devices)
            page.row(device.label.empty() ? std::string(town.texts.get(TextKey::server_privacy_device)) : device.label,
                     page.moment(device.last_seen_at));
        page.end();
    }
    page.begin(town.texts.get(TextKey::server_privacy_looks));
    for (const store::AuditLine& line : file.looks) {
        const std::size_t colon = line.object.find(':');
        const bool of_request = line.object.rfind("submission:", 0) == 0;
        page.row(page.moment(line.at), std::string(town.texts.get(look_text(line.action))) +
                                           (of_request ? " (" + line.object.substr(colon + 1) + ")" : ""));
    }
    page.end();
}

} // namespace

std::string archive_page(const store::PersonFile& file, const ArchiveTown& town, UnixSeconds now) {
    Page page(town);
    const portal::Portal& portal = town.town.portal;
    const std::string title = town.texts.format(TextKey::server_privacy_title, {{"town_hall", portal.town_hall}});
    page.paragraph(town.texts.format(TextKey::server_privacy_made, {{"moment", page.moment(now)}}));
    page.paragraph(town.texts.format(TextKey::server_privacy_rights, {{"email", portal.privacy.contact}}));
    if (file.person) { // who has no account has no requests and no devices either
        tell_family(page, file, town);
        tell_keys(page, file, town);
    } else {
        page.heading(TextKey::server_privacy_self);
        tell_account(page, file, town);
        tell_family(page, file, town);
        page.heading(TextKey::server_privacy_requests);
        for (const store::SubmissionRecord& request : file.requests)
            tell_request(page, file, request, town);
    }
    tell_traffic(page, file, town);
    return "<!doctype html>\n<html lang=\"" + std::string(town.texts.language()) +
           "\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
           "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
           escape_html(title) + "</title>\n<style>" + STYLE + "</style>\n</head>\n<body>\n<main>\n<h1>" +
           escape_html(title) + "</h1>\n" + page.take() + "</main>\n</body>\n</html>\n";
}

} // namespace foyer::server::privacy
