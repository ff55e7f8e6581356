#include "privacy/archive.h"

#include "form/form.h"
#include "households/visibility.h"
#include "privacy/zip.h"
#include "support/time_text.h"
#include "wire/json.h"

namespace foyer::server::privacy {

using wire::Json;

namespace {

Json json_of(const store::Answers& answers) {
    Json object = Json::object();
    for (const auto& [key, value] : answers)
        object.set(key, value);
    return object;
}

Json moment(std::optional<UnixSeconds> at) { return at ? Json(rfc3339(*at)) : Json(); }

std::string procedure_name(std::uint16_t procedure) {
    const auto known = form::procedure_from(procedure);
    return known ? std::string(form::name(*known)) : std::to_string(procedure);
}

Json account_json(const store::PersonFile& file) {
    const store::Account& account = file.snapshot.account;
    return Json::object()
        .set("reference", account.reference)
        .set("identifier", account.identifier ? Json(*account.identifier) : Json())
        .set("email", account.email)
        .set("email_pending", file.snapshot.email_pending ? Json(*file.snapshot.email_pending) : Json())
        .set("language", account.language)
        .set("state", account.state == store::AccountState::active ? "active" : "pending")
        .set("created_at", rfc3339(file.created_at))
        .set("activated_at", moment(file.activated_at))
        .set("last_active_at", moment(file.last_active_at));
}

Json keys_json(const store::PersonFile& file) {
    Json list = Json::array();
    for (const store::KeyRecord& key : file.keys)
        list.push(Json::object()
                      .set("service", key.service)
                      .set("issued_at", rfc3339(key.issued_at))
                      .set("expires_at", moment(key.expires_at))
                      .set("used_at", moment(key.used_at))
                      .set("revoked_at", moment(key.revoked_at)));
    return list;
}

Json requests_json(const store::PersonFile& file) {
    Json list = Json::array();
    for (const store::SubmissionRecord& request : file.requests) {
        Json history = Json::array();
        for (const store::SubmissionEvent& event : request.history)
            history.push(Json::object()
                             .set("at", rfc3339(event.at))
                             .set("event", event.event)
                             .set("reason_code", event.code)
                             .set("words", event.note));
        Json marks = Json::array();
        for (const store::Mark& mark : request.marks)
            marks.push(Json::object().set("code", mark.code).set("field", mark.field));
        Json keys = Json::array();
        for (const store::KeyEntry& key : request.keys)
            keys.push(Json::object()
                          .set("service", key.service)
                          .set("state", key.state)
                          .set("reason", key.reason)
                          .set("at", rfc3339(key.at)));
        list.push(Json::object()
                      .set("number", request.number)
                      .set("procedure", procedure_name(request.procedure))
                      .set("state", request.state)
                      .set("origin", request.origin)
                      .set("language", request.language)
                      .set("filled_at", request.filled_at)
                      .set("received_at", rfc3339(request.received_at))
                      .set("due_by", request.due_by)
                      .set("answers", json_of(request.answers))
                      .set("history", std::move(history))
                      .set("marks", std::move(marks))
                      .set("keys", std::move(keys)));
    }
    return list;
}

Json family_json(const store::PersonFile& file) {
    Json list = Json::array();
    for (const auto& person : family_of(file))
        list.push(Json::object()
                      .set("reference", person.reference)
                      .set("kind", store::name(person.kind))
                      .set("self", person.self)
                      .set("answers", json_of(person.answers)));
    return list;
}

// Consent is an answer of the registration; each request of that kind that holds it is one.
Json consents_json(const store::PersonFile& file) {
    Json list = Json::array();
    for (const store::SubmissionRecord& request : file.requests)
        if (const auto consent = request.answers.find("consent"); consent != request.answers.end())
            list.push(Json::object()
                          .set("number", request.number)
                          .set("answer", consent->second)
                          .set("given_at", request.filled_at));
    return list;
}

Json messages_json(const store::PersonFile& file) {
    Json list = Json::array();
    for (const store::Message& message : file.snapshot.messages)
        list.push(Json::object()
                      .set("at", rfc3339(message.at))
                      .set("kind", message.kind)
                      .set("parameters", json_of(message.parameters)));
    return list;
}

Json mails_json(const store::PersonFile& file) {
    Json list = Json::array();
    for (const store::LoggedMail& mail : file.mails)
        list.push(Json::object()
                      .set("subject", mail.subject)
                      .set("kind", mail.kind)
                      .set("recipient", mail.recipient)
                      .set("state", mail.state)
                      .set("reason", mail.reason)
                      .set("created_at", rfc3339(mail.created_at))
                      .set("finished_at", moment(mail.finished_at)));
    return list;
}

Json devices_json(const store::PersonFile& file) {
    Json list = Json::array();
    for (const store::Device& device : file.snapshot.devices)
        list.push(Json::object()
                      .set("label", device.label)
                      .set("bound_at", rfc3339(device.bound_at))
                      .set("last_seen_at", rfc3339(device.last_seen_at)));
    return list;
}

// When, and what for; not by whom: agents act for the town, which answers for them.
Json looks_json(const store::PersonFile& file) {
    Json list = Json::array();
    for (const store::AuditLine& line : file.looks)
        list.push(Json::object().set("at", rfc3339(line.at)).set("action", line.action).set("object", line.object));
    return list;
}

Json notes_json(const store::PersonFile& file) {
    Json list = Json::array();
    for (const store::PersonNote& note : file.notes)
        list.push(
            Json::object().set("number", note.number).set("at", rfc3339(note.note.at)).set("text", note.note.text));
    return list;
}

} // namespace

std::vector<households::VisiblePerson> family_of(const store::PersonFile& file) {
    if (!file.snapshot.household)
        return {};
    return file.person ? households::visible_people(*file.snapshot.household, *file.person)
                       : households::visible_people(*file.snapshot.household, file.snapshot.account.id);
}

std::string archive_json(const store::PersonFile& file, const ArchiveTown& town, UnixSeconds now) {
    Json profiles = Json::array();
    for (const store::PersonVersion& version : file.profiles)
        profiles.push(Json::object()
                          .set("version", version.version)
                          .set("at", rfc3339(version.at))
                          .set("answers", json_of(version.answers)));
    Json invitations = Json::array();
    for (const store::Invitation& invitation : file.snapshot.invitations)
        invitations.push(Json::object().set("email", invitation.email).set("state", invitation.state));
    return wire::write_json(Json::object()
                                .set("format", "foyer-person/1")
                                .set("town", town.town.portal.town_hall)
                                .set("made_at", rfc3339(now))
                                .set("account", file.person ? Json() : account_json(file))
                                .set("profile", json_of(file.snapshot.profile))
                                .set("profile_versions", std::move(profiles))
                                .set("family", family_json(file))
                                .set("requests", requests_json(file))
                                .set("consents", consents_json(file))
                                .set("messages", messages_json(file))
                                .set("mails", mails_json(file))
                                .set("devices", devices_json(file))
                                .set("invitations", std::move(invitations))
                                .set("keys", keys_json(file))
                                .set("staff_notes", notes_json(file))
                                .set("staff_looks", looks_json(file)));
}

std::string archive_of(const store::PersonFile& file, const ArchiveTown& town, UnixSeconds now) {
    const std::string words(town.texts.get(TextKey::server_privacy_read_me));
    std::string read_me;
    for (const char letter : words + "\n")
        read_me += letter == '\n' ? std::string("\r\n") : std::string(1, letter); // for Windows' own editor, too
    const bool english = town.texts.language() == "en";
    return make_zip({{english ? "READ-ME.txt" : "LISEZ-MOI.txt", "\xef\xbb\xbf" + read_me},
                     {english ? "my-data.html" : "mes-donnees.html", archive_page(file, town, now)},
                     {english ? "my-data.json" : "mes-donnees.json", archive_json(file, town, now)}},
                    now);
}

std::string archive_name(const store::PersonFile& file, const portals::Published& town) {
    const std::string whose = file.person ? households::reference_of(*file.person) : file.snapshot.account.reference;
    return town.portal.slug + "-donnees-" + whose + ".zip";
}

} // namespace foyer::server::privacy
