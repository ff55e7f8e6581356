#include "accounts/snapshot_json.h"

#include "accounts/correction_answers.h"
#include "accounts/message_text.h"
#include "domain/submission_state.h"
#include "form/form.h"
#include "households/visibility.h"
#include "support/time_text.h"
#include "wire/encoding.h"
#include "wire/uuid.h"

namespace foyer::server {

namespace {

using wire::Json;

Json answers_json(const store::Answers& answers) {
    Json json = Json::object();
    for (const auto& [key, text] : answers)
        json.set(key, text);
    return json;
}

std::string uuid_text(const std::string& bytes) {
    const auto id = wire::Uuid::from_bytes(bytes);
    return id ? id->text() : std::string();
}

Json account_json(const store::AccountSnapshot& snapshot) {
    const store::Account& account = snapshot.account;
    Json json = Json::object()
                    .set("reference", account.reference)
                    .set("identifier", account.identifier.value_or(""))
                    .set("email", account.email)
                    .set("person", Json::object()
                                       .set("civility", account.person.civility)
                                       .set("first_names", account.person.first_names)
                                       .set("last_name", account.person.last_name));
    if (snapshot.email_pending)
        json.set("email_pending", *snapshot.email_pending);
    return json;
}

Json history_json(const std::vector<store::SubmissionEvent>& history) {
    Json json = Json::array();
    for (const store::SubmissionEvent& event : history) {
        Json entry = Json::object().set("at", rfc3339(event.at)).set("event", event.event);
        if (!event.note.empty())
            entry.set("note", event.note);
        json.push(std::move(entry));
    }
    return json;
}

Json submission_json(const store::SubmissionView& view) {
    const store::SubmissionSummary& summary = view.summary;
    const auto procedure = form::procedure_from(summary.procedure);
    const auto state = domain::submission_state_from(summary.state);
    Json json = Json::object()
                    .set("id", uuid_text(summary.envelope_id))
                    .set("number", summary.number)
                    .set("procedure", procedure ? form::name(*procedure) : std::string_view())
                    .set("state", summary.state)
                    .set("received_at", rfc3339(summary.received_at))
                    .set("due_by", summary.due_by)
                    .set("history", history_json(view.history))
                    .set("can_withdraw", state && domain::after(*state, domain::SubmissionMove::withdraw).has_value());
    if (view.correction) {
        Json fields = Json::array();
        for (const std::string& field : view.correction->fields)
            fields.push(field);
        json.set("correction",
                 Json::object()
                     .set("fields", std::move(fields))
                     .set("message", view.correction->message)
                     .set("answers", answers_json(correction_answers(view.answers, view.correction->fields))));
    }
    return json;
}

Json message_json(const store::Message& message, const i18n::Texts& texts) {
    Json json = Json::object()
                    .set("at", rfc3339(message.at))
                    .set("kind", message.kind)
                    .set("text", message_text(message, texts));
    if (message.envelope_id)
        json.set("submission", uuid_text(*message.envelope_id));
    return json;
}

Json device_json(const store::Device& device, const SnapshotReader& reader) {
    return Json::object()
        .set("reference", wire::encode_base64url(device.thumbprint))
        .set("label",
             device.label.empty() ? std::string(reader.texts.get(TextKey::server_device_unknown)) : device.label)
        .set("bound_at", rfc3339(device.bound_at))
        .set("last_seen", rfc3339(device.last_seen_at))
        .set("this", device.thumbprint == reader.thumbprint);
}

Json person_json(const households::VisiblePerson& person) {
    return Json::object()
        .set("reference", person.reference)
        .set("kind", store::name(person.kind))
        .set("self", person.self)
        .set("answers", answers_json(person.answers));
}

template <typename Values, typename Make> Json array_of(const Values& values, Make make) {
    Json json = Json::array();
    for (const auto& value : values)
        json.push(make(value));
    return json;
}

} // namespace

Json snapshot_json(const store::AccountSnapshot& snapshot, const SnapshotReader& reader) {
    Json json = Json::object()
                    .set("cursor", std::to_string(snapshot.cursor))
                    .set("as_of", rfc3339(reader.now))
                    .set("account", account_json(snapshot))
                    .set("profile", answers_json(snapshot.profile))
                    .set("submissions", array_of(snapshot.submissions, submission_json));
    json.set("messages", array_of(snapshot.messages,
                                  [&](const store::Message& message) { return message_json(message, reader.texts); }));
    if (snapshot.household)
        json.set("household", Json::object().set("people", array_of(households::visible_people(*snapshot.household,
                                                                                               snapshot.account.id),
                                                                    person_json)));
    json.set("keys", array_of(snapshot.keys, [](const store::KeyEntry& key) {
                 // Why a key is with the staff is not said: it would tell whoever tries keys how near one was.
                 return Json::object().set("service", key.service).set("state", key.state).set("at", rfc3339(key.at));
             }));
    json.set("devices",
             array_of(snapshot.devices, [&](const store::Device& device) { return device_json(device, reader); }));
    json.set("invitations", array_of(snapshot.invitations, [](const store::Invitation& invitation) {
                 return Json::object()
                     .set("person", households::reference_of(invitation.person))
                     .set("email", invitation.email)
                     .set("state", invitation.state);
             }));
    return json;
}

} // namespace foyer::server
