// The town hall's counter: what families bring as a file, taken by the same intake as what devices send; and tickets
// for the page on which an agent fills in for a family (docs/decisions/0013-counter.md).
#include "routes/handlers.h"
#include "routes/signed_call.h"
#include "routes/staff_call.h"
#include "routes/staff_handlers.h"
#include "security/tokens.h"
#include "support/time_text.h"
#include "wire/encoding.h"
#include "wire/envelope.h"

namespace foyer::server::routes {

using store::StaffRole;

namespace {

constexpr std::size_t TICKET_BYTES = 32;
constexpr UnixSeconds TICKET_SECONDS = UnixSeconds{2} * 3600;

// Never a 401: the agent's session is as good as before.
Reply not_handed_in(const Surroundings& around, const Request& request, const IntakeRefusal& refusal) {
    if (const auto* storage = std::get_if<store::StoreError>(&refusal))
        return storage_refused(around, request, *storage);
    if (const auto* sealed = std::get_if<SealedRefusal>(&refusal)) {
        http::Refusal told = refusal_of(*sealed);
        told.status = 422;
        if (sealed->kind == SealedRefusal::Kind::malformed)
            told.detail = TextKey::server_staff_error_file_damaged;
        return problem(around, request, told);
    }
    switch (std::get<IntakeObstacle>(refusal)) {
    case IntakeObstacle::other_town:
        return problem(around, request, {422, "other_town", TextKey::server_staff_error_file_other_town});
    case IntakeObstacle::not_logged_in:
        return problem(around, request, {409, "device_not_logged_in", TextKey::server_staff_error_file_too_early});
    case IntakeObstacle::correction_unknown:
    case IntakeObstacle::correction_not_awaited:
        return problem(around, request, {409, "correction_not_awaited", TextKey::server_staff_error_file_not_awaited});
    case IntakeObstacle::other_digest:
        break;
    }
    return problem(around, request, {409, "id_taken", TextKey::server_staff_error_file_damaged});
}

Reply damaged(const Surroundings& around, const Request& request, std::string_view code) {
    return problem(around, request, {422, std::string(code), TextKey::server_staff_error_file_damaged});
}

Reply hand_in(const Surroundings& around, const Request& request, const StaffCall& call) {
    const auto id = wire::Uuid::parse(request.path_value("id"));
    if (!id)
        return damaged(around, request, "id_malformed");
    if (wire::is_too_large(request.body))
        return problem(around, request, http::refusal_of_status(413));
    // The family's device has signed the public request; this one only carries it.
    security::IncomingRequest carried = incoming(request);
    carried.path = "/api/v1/envelopes/" + id->text();
    carried.query.reset();
    const auto sender = security::verify_envelope_request(carried, around.authorities);
    if (!sender && sender.error() == security::SignatureRefusal::authority_unknown)
        return problem(around, request,
                       {422, std::string(security::name(sender.error())), TextKey::server_staff_error_file_other_town});
    if (!sender)
        return damaged(around, request, security::name(sender.error()));

    store::Reception reception;
    reception.origin = "file";
    reception.by = store::Colleague{call.caller.member.id, call.caller.member.name};
    reception.make_line = [&call](const std::string& number) {
        return call.line("submission.hand_in", "submission:" + number);
    };
    const auto receipted =
        around.intake.hand_in(*id, request.body, *sender, {call.town.portal.slug, std::move(reception)});
    if (!receipted)
        return not_handed_in(around, request, receipted.error());
    // Signed as the device expects it: the family may take the receipt home in a file.
    return receipt_reply(around, carried.path, receipted->fresh ? 201 : 200, receipted->receipt,
                         sender->content_digest);
}

} // namespace

Reply hand_in_envelope(const Surroundings& around, const Request& request) {
    StaffAccess access;
    access.media_type = wire::ENVELOPE_MEDIA_TYPE;
    return with_staff(around, request, access, [&](const StaffCall& call) { return hand_in(around, request, call); });
}

Reply open_counter(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::agent, {}}, [&](const StaffCall& call) {
        if (auto wrong = read_body(around, request, [](wire::JsonReader&) {}))
            return std::move(*wrong);
        const std::string ticket = wire::encode_base64url(around.random.bytes(TICKET_BYTES));
        const store::NewCounterTicket made{call.town.portal.slug, call.caller.member.id, security::hash_token(ticket),
                                           call.now, call.now + TICKET_SECONDS};
        if (const auto added = around.counter->add_counter_ticket(made, call.line("counter.open", {})); !added)
            return storage_refused(around, request, added.error());
        return json_reply(201, wire::Json::object().set("ticket", ticket).set("expires_at", rfc3339(made.expires_at)));
    });
}

} // namespace foyer::server::routes
