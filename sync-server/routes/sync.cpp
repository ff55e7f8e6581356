#include "accounts/sync.h"
#include "accounts/snapshot_json.h"
#include "http/compression.h"
#include "routes/handlers.h"
#include "routes/signed_call.h"
#include "support/html.h"
#include "wire/json.h"

#include <charconv>

namespace foyer::server::routes {

namespace {

// A number of at most `maximum`; anything else is nothing.
std::optional<std::int64_t> number_in(const std::map<std::string, std::string, std::less<>>& fields,
                                      std::string_view name, std::int64_t maximum) {
    const auto found = fields.find(name);
    if (found == fields.end())
        return std::nullopt;
    const std::string& text = found->second;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 0 || number > maximum)
        return std::nullopt;
    return number;
}

// A cursor that is none of ours is answered with everything: the device then has one that is.
SyncQuestion question_of(const Request& request) {
    const auto fields = parse_form(request.query.value_or(""));
    SyncQuestion question;
    if (fields) {
        question.cursor = number_in(*fields, "cursor", INT64_MAX);
        question.wait = std::chrono::seconds(number_in(*fields, "wait", 3600).value_or(0));
    }
    return question;
}

} // namespace

Reply sync_account(const Surroundings& around, const Request& request) {
    const auto call = check_call(around, request);
    if (!call)
        return http::problem_reply(request, call.error(), around.languages);
    const auto answer = around.sync.ask(*call->town, call->sender.thumbprint, question_of(request));
    if (!answer)
        return storage_refused(around, request, answer.error());
    if (std::get_if<NotLoggedIn>(&*answer))
        return not_logged_in(around, request);
    if (const auto* nothing = std::get_if<NothingNew>(&*answer))
        return Reply(204).with("Poll-After", std::to_string(nothing->poll_after_seconds));
    const auto& snapshot = std::get<store::AccountSnapshot>(*answer);
    // In the language the account writes its mails in, which is not always the one this device asks errors in.
    const i18n::Texts& texts = around.languages.named(snapshot.account.language);
    return http::compressed(
        request,
        Reply(200, "application/json",
              wire::write_json(snapshot_json(snapshot, {call->sender.thumbprint, texts, around.clock.now()}))));
}

} // namespace foyer::server::routes
