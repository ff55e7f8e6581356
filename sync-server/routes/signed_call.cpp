#include "routes/signed_call.h"

namespace foyer::server::routes {

using http::Refusal;
using http::Request;

security::IncomingRequest incoming(const Request& request) {
    return {request.method, request.path, request.query, request.header("host"), request.headers, request.body};
}

Refusal refusal_of(security::SignatureRefusal refusal) {
    using Why = security::SignatureRefusal;
    Refusal answer{401, std::string(security::name(refusal)), TextKey::server_error_signature};
    switch (refusal) {
    case Why::malformed:
    case Why::digest_missing:
    case Why::digest_mismatch:
    case Why::key_missing:
        answer.status = 400;
        break;
    case Why::media_type:
        answer.status = 415;
        answer.detail = TextKey::server_error_media_type;
        break;
    case Why::authority_unknown:
        answer.detail = TextKey::server_error_authority;
        break;
    case Why::clock:
        answer.detail = TextKey::server_error_clock;
        break;
    case Why::busy:
        answer.status = 503;
        answer.detail = TextKey::server_error_busy;
        answer.retry_after_seconds = 30;
        break;
    case Why::missing:
    case Why::not_covered:
    case Why::key_mismatch:
    case Why::algorithm_unknown:
    case Why::wrong:
    case Why::replayed:
        break;
    }
    return answer;
}

Refusal refusal_of(const SealedRefusal& refusal) {
    using Kind = SealedRefusal::Kind;
    switch (refusal.kind) {
    case Kind::malformed:
        return {400, refusal.code, TextKey::server_error_not_an_envelope};
    case Kind::not_opened:
        return {400, refusal.code, TextKey::server_error_not_opened};
    case Kind::stamp:
        return {428, refusal.code, TextKey::server_error_stamp};
    case Kind::unknown_revision:
        return {422, refusal.code, TextKey::server_error_revision};
    case Kind::answers:
        return {422, refusal.code, TextKey::server_error_answers, refusal.problems};
    }
    return {400, refusal.code, TextKey::server_error_not_an_envelope};
}

Refusal refusal_of(store::StoreError error) {
    if (error == store::StoreError::busy)
        return {503, "busy", TextKey::server_error_busy, {}, 2};
    return {503, "storage_unavailable", TextKey::server_error_storage, {}, 30};
}

Result<SignedCall, Refusal> check_call(const Surroundings& around, const Request& request) {
    const portals::Published* town = around.catalogue.current(request.path_value("slug"));
    if (!town)
        return Failure{Refusal{404, "portal_unknown", TextKey::server_error_not_found}};
    auto sender = security::verify_call(incoming(request), security::CallBody::none, around.authorities, around.nonces,
                                        around.clock.now());
    if (!sender)
        return Failure{refusal_of(sender.error())};
    return SignedCall{town, std::move(sender).value()};
}

Result<SealedCall, Refusal> check_sealed_call(const Surroundings& around, const Request& request,
                                              form::Procedure procedure) {
    const portals::Published* town = around.catalogue.current(request.path_value("slug"));
    if (!town)
        return Failure{Refusal{404, "portal_unknown", TextKey::server_error_not_found}};
    const security::RateDecision decision =
        around.submissions_per_address.take(security::rate_key_of_address(request.client_address), around.clock.now());
    if (!decision.allowed)
        return Failure{Refusal{429, "slow_down", TextKey::server_error_slow_down, {}, decision.retry_after_seconds}};
    auto sender = security::verify_call(incoming(request), security::CallBody::sealed, around.authorities,
                                        around.nonces, around.clock.now());
    if (!sender)
        return Failure{refusal_of(sender.error())};
    const auto stamp = wire::field_value(request.headers, "stamp");
    auto opened = open_form({request.body, sender->nonce, sender->digest, sender->thumbprint, stamp}, around.keys,
                            around.catalogue);
    if (!opened)
        return Failure{refusal_of(opened.error())};
    if (opened->published->portal.slug != town->portal.slug || opened->payload.procedure != procedure)
        return Failure{Refusal{400, "procedure_mismatch", TextKey::server_error_not_an_envelope}};
    SealedCall call;
    call.town = town;
    call.sender = std::move(sender).value();
    call.answers.insert(opened->payload.answers.begin(), opened->payload.answers.end());
    return call;
}

} // namespace foyer::server::routes
