#include "routes/handlers.h"
#include "routes/signed_call.h"
#include "security/receipt_signature.h"
#include "security/tokens.h"
#include "wire/envelope.h"

namespace foyer::server::routes {

Reply receipt_reply(const Surroundings& around, const std::string& path, int status, const std::string& receipt,
                    const std::string& content_digest) {
    Reply reply(status, "application/json", receipt);
    for (http::Header& header :
         security::sign_receipt(around.keys, {status, receipt, path, content_digest}, around.clock.now()))
        reply.headers.push_back(std::move(header));
    return reply;
}

namespace {

constexpr const char* COUNTER = "Foyer-Counter";

// A page that an agent has opened at the counter shows a ticket. The mark is all that depends on it: without a good one
// the envelope is received like any other, and the answer says so.
Result<store::Reception, store::StoreError> reception_of(const Surroundings& around, const Request& request,
                                                         const security::VerifiedRequest& sender) {
    const std::string shown = request.header(COUNTER);
    if (shown.empty() || !around.counter)
        return store::Reception{};
    // "<ticket>.<tab>": a page's key is gone when it is loaded again, the name of its tab is not.
    const std::size_t dot = shown.find('.');
    const std::string ticket = shown.substr(0, dot);
    const std::string holder =
        dot == std::string::npos ? sender.thumbprint : security::hash_token(std::string_view(shown).substr(dot + 1));
    const UnixSeconds now = around.clock.now();
    const std::string town = around.intake.town_of(request.body);
    auto agent = around.counter->use_counter_ticket({town, security::hash_token(ticket), holder, now});
    if (!agent)
        return Failure{agent.error()};
    store::Reception reception;
    if (!*agent)
        return reception;
    reception.origin = "counter";
    reception.make_line = [town, now,
                           who = "staff:" + std::to_string((*agent)->id.number())](const std::string& number) {
        return store::NewAuditLine{town, now, who, "submission.counter", "submission:" + number};
    };
    reception.by = std::move(*agent);
    return reception;
}

Reply refused(const Surroundings& around, const Request& request, const IntakeRefusal& refusal) {
    if (const auto* sealed = std::get_if<SealedRefusal>(&refusal))
        return http::problem_reply(request, refusal_of(*sealed), around.languages);
    if (const auto* storage = std::get_if<store::StoreError>(&refusal))
        return http::problem_reply(request, refusal_of(*storage), around.languages);
    switch (std::get<IntakeObstacle>(refusal)) {
    case IntakeObstacle::not_logged_in:
        return http::problem_reply(request, {401, "not_logged_in", TextKey::server_error_not_logged_in},
                                   around.languages);
    case IntakeObstacle::correction_unknown:
        return not_found(around, request);
    case IntakeObstacle::correction_not_awaited:
        return http::problem_reply(request, {409, "correction_not_awaited", TextKey::server_error_not_awaited},
                                   around.languages);
    case IntakeObstacle::other_town: // of hand-ins only (staff_counter.cpp)
    case IntakeObstacle::other_digest:
        break;
    }
    return http::problem_reply(request, {409, "id_taken", TextKey::server_error_conflict}, around.languages);
}

} // namespace

Reply put_envelope(const Surroundings& around, const Request& request) {
    const auto id = wire::Uuid::parse(request.path_value("id"));
    if (!id)
        return http::problem_reply(request, {400, "id_not_uuidv7", TextKey::server_error_not_an_envelope},
                                   around.languages);
    if (wire::is_too_large(request.body))
        return http::problem_reply(request, http::refusal_of_status(413), around.languages);
    const security::RateDecision decision =
        around.submissions_per_address.take(security::rate_key_of_address(request.client_address), around.clock.now());
    if (!decision.allowed)
        return http::problem_reply(
            request, {429, "slow_down", TextKey::server_error_slow_down, {}, decision.retry_after_seconds},
            around.languages);
    const auto sender = security::verify_envelope_request(incoming(request), around.authorities);
    if (!sender)
        return http::problem_reply(request, refusal_of(sender.error()), around.languages);

    const auto reception = reception_of(around, request, *sender);
    if (!reception)
        return storage_refused(around, request, reception.error());
    const auto receipted =
        around.intake.receive(*id, request.body, *sender, wire::field_value(request.headers, "stamp"), *reception);
    if (!receipted)
        return refused(around, request, receipted.error());
    Reply reply =
        receipt_reply(around, request.path, receipted->fresh ? 201 : 200, receipted->receipt, sender->content_digest);
    if (!request.header(COUNTER).empty() && !receipted->origin.empty())
        reply.headers.push_back({COUNTER, receipted->origin});
    return reply;
}

// For a device that lost the answer: it signs with the key that signed the envelope. Anybody else learns nothing, not
// even whether the envelope exists.
Reply show_receipt(const Surroundings& around, const Request& request) {
    const auto id = wire::Uuid::parse(request.path_value("id"));
    if (!id)
        return not_found(around, request);
    const auto sender = security::verify_call(incoming(request), security::CallBody::none, around.authorities,
                                              around.nonces, around.clock.now());
    if (!sender)
        return http::problem_reply(request, refusal_of(sender.error()), around.languages);
    const auto stored = around.submissions.find_envelope(id->bytes());
    if (!stored)
        return storage_refused(around, request, stored.error());
    if (!*stored || (*stored)->device != sender->thumbprint)
        return not_found(around, request);
    return receipt_reply(around, request.path, 200, (*stored)->receipt, std::string());
}

} // namespace foyer::server::routes
