#include "wire/payload.h"

#include "wire/envelope.h"
#include "wire/json.h"
#include "wire/uuid.h"

namespace foyer::wire {

namespace {

constexpr std::int64_t VERSION = 1;
// A form's answers are flat; nothing deeper is ours.
constexpr JsonLimits LIMITS{MAXIMUM_ENVELOPE_BYTES, 4};

// "2026-11-21T12:00:00Z" in shape; whether the day exists is nobody's concern here.
bool is_utc_time(std::string_view text) {
    constexpr std::string_view SHAPE = "0000-00-00T00:00:00Z";
    if (text.size() != SHAPE.size())
        return false;
    for (std::size_t at = 0; at < SHAPE.size(); ++at) {
        const bool digit = text[at] >= '0' && text[at] <= '9';
        if (SHAPE[at] == '0' ? !digit : text[at] != SHAPE[at])
            return false;
    }
    return true;
}

bool is_language(std::string_view text) {
    return text.size() == 2 && text[0] >= 'a' && text[0] <= 'z' && text[1] >= 'a' && text[1] <= 'z';
}

} // namespace

std::string write_payload(const Payload& payload) {
    Json answers = Json::object();
    for (const auto& [key, text] : payload.answers)
        answers.append(key, text);
    Json root = Json::object();
    if (!payload.account.empty())
        root.set("account", payload.account);
    root.set("answers", std::move(answers));
    if (!payload.corrects.empty())
        root.set("corrects", payload.corrects);
    root.set("filled_at", payload.filled_at)
        .set("language", payload.language)
        .set("procedure", form::name(payload.procedure))
        .set("version", VERSION);
    std::string out = write_json(root);
    out.append((PAYLOAD_BUCKET - out.size() % PAYLOAD_BUCKET) % PAYLOAD_BUCKET, ' ');
    return out;
}

Result<Payload, PayloadError> read_payload(std::string_view bytes) {
    using Reason = PayloadError::Reason;
    const auto refused = [](Reason reason, std::string path) { return Failure{PayloadError{reason, std::move(path)}}; };
    const Result<Json, JsonError> json = parse_json(bytes, LIMITS);
    if (!json)
        return refused(Reason::not_json, "");

    std::vector<JsonMistake> mistakes;
    JsonReader root(*json, mistakes);
    // Looked at first: a newer payload may well have members that are unknown here.
    JsonReader version = root.member("version");
    if (version.kind() == Json::Kind::integer && version.value()->integer() > VERSION)
        return refused(Reason::version, "version");
    if (version.integer(VERSION, VERSION) != VERSION)
        return refused(Reason::wrong_shape, "version");

    Payload payload;
    payload.filled_at = root.member("filled_at").text();
    payload.language = root.member("language").text();
    const std::string procedure = root.member("procedure").text();
    std::vector<std::pair<std::string, JsonReader>> answers = root.member("answers").members();
    payload.account = root.optional_member("account").text_or("");
    payload.corrects = root.optional_member("corrects").text_or("");
    root.refuse_unknown_members();
    for (auto& [key, answer] : answers) {
        if (key.empty() || key.size() > MAXIMUM_ANSWER_KEY_BYTES)
            return refused(Reason::wrong_shape, "answers");
        payload.answers.emplace(key, answer.text());
    }
    if (!mistakes.empty())
        return refused(Reason::wrong_shape, mistakes.front().path);
    if (payload.answers.size() > MAXIMUM_ANSWERS)
        return refused(Reason::wrong_shape, "answers");
    if (!is_utc_time(payload.filled_at))
        return refused(Reason::wrong_shape, "filled_at");
    if (!is_language(payload.language))
        return refused(Reason::wrong_shape, "language");
    if (payload.account.size() > MAXIMUM_ACCOUNT_BYTES)
        return refused(Reason::wrong_shape, "account");
    if (!payload.corrects.empty() && !Uuid::parse(payload.corrects))
        return refused(Reason::wrong_shape, "corrects");
    const std::optional<form::Procedure> known = form::procedure_from(procedure);
    if (!known)
        return refused(Reason::procedure, "procedure");
    payload.procedure = *known;
    return payload;
}

} // namespace foyer::wire
