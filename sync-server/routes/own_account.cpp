// What somebody who is logged in does with the account: withdraw a request, change the password, unbind a device,
// invite the other representative.
#include "routes/handlers.h"
#include "routes/signed_call.h"
#include "wire/encoding.h"
#include "wire/json.h"
#include "wire/uuid.h"

namespace foyer::server::routes {

namespace {

using form::Procedure;

// The page shows where the request stands without asking again.
Reply already_taken(const Surroundings& around, const Request& request, const std::string& state) {
    Reply reply = problem(around, request, {409, "already_taken", TextKey::server_error_already_taken});
    auto document = wire::parse_json(reply.body);
    if (document)
        reply.body = wire::write_json(document->set("state", state));
    return reply;
}

} // namespace

Reply not_logged_in(const Surroundings& around, const Request& request) {
    return problem(around, request, {401, "not_logged_in", TextKey::server_error_not_logged_in});
}

Reply withdraw_submission(const Surroundings& around, const Request& request) {
    const auto call = check_call(around, request);
    if (!call)
        return problem(around, request, call.error());
    // What is no id is nobody's: the same answer as for one that does not exist.
    const auto id = wire::Uuid::parse(request.path_value("id"));
    const auto done =
        around.withdrawals.withdraw(*call->town, call->sender.thumbprint, id ? id->bytes() : std::string());
    if (!done)
        return storage_refused(around, request, done.error());
    switch (done->outcome) {
    case WithdrawalOutcome::withdrawn:
        return Reply(204);
    case WithdrawalOutcome::already_taken:
        return already_taken(around, request, done->state);
    case WithdrawalOutcome::not_logged_in:
        return not_logged_in(around, request);
    case WithdrawalOutcome::unknown:
        break;
    }
    return not_found(around, request);
}

Reply change_password(const Surroundings& around, const Request& request) {
    const auto call = check_sealed_call(around, request, Procedure::change_password);
    if (!call)
        return problem(around, request, call.error());
    const auto wanted = form::password_change_from(call->answers, context_of(around));
    if (!wanted)
        return answers_refused(around, request, wanted.error());
    const auto done = around.accounts.change_password(*call->town, *wanted, call->sender.thumbprint);
    if (done)
        return Reply(204);
    switch (done.error().why) {
    case PasswordChangeRefusal::answers:
        return answers_refused(around, request, done.error().problems);
    case PasswordChangeRefusal::old_password_wrong:
        return problem(around, request, {403, "old_password_wrong", TextKey::server_error_old_password});
    case PasswordChangeRefusal::throttled:
        return slow_down(around, request, done.error().retry_after_seconds);
    case PasswordChangeRefusal::unavailable:
        return storage_refused(around, request, store::StoreError::unavailable);
    case PasswordChangeRefusal::not_logged_in:
        break;
    }
    return not_logged_in(around, request);
}

Reply unbind_device(const Surroundings& around, const Request& request) {
    const auto call = check_call(around, request);
    if (!call)
        return problem(around, request, call.error());
    const auto device = wire::decode_base64url(request.path_value("reference"));
    const auto outcome =
        around.accounts.unbind_device(*call->town, call->sender.thumbprint, device.value_or(std::string()));
    if (!outcome)
        return storage_refused(around, request, outcome.error());
    switch (*outcome) {
    case UnbindOutcome::unbound:
        return Reply(204);
    case UnbindOutcome::not_logged_in:
        return not_logged_in(around, request);
    case UnbindOutcome::unknown_device:
        break;
    }
    return not_found(around, request);
}

Reply invite(const Surroundings& around, const Request& request) {
    const auto call = check_sealed_call(around, request, Procedure::invitation);
    if (!call)
        return problem(around, request, call.error());
    const auto wish = form::invitation_from(call->answers, context_of(around));
    if (!wish)
        return answers_refused(around, request, wish.error());
    const auto outcome =
        around.invitations.invite(*call->town, call->sender.thumbprint, wish->person, wish->email.text());
    if (!outcome) {
        if (const auto* limited = std::get_if<InvitationLimited>(&outcome.error()))
            return slow_down(around, request, limited->retry_after_seconds);
        return storage_refused(around, request, std::get<store::StoreError>(outcome.error()));
    }
    switch (*outcome) {
    case InvitationOutcome::sent: {
        const std::string_view detail =
            http::texts_for(request, around.languages).get(TextKey::server_accepted_invitation);
        return Reply(202, "application/json",
                     wire::write_json(wire::Json::object().set("status", "accepted").set("detail", detail)));
    }
    case InvitationOutcome::has_account:
        return problem(around, request, {409, "has_account", TextKey::server_error_has_account});
    case InvitationOutcome::not_logged_in:
        return not_logged_in(around, request);
    case InvitationOutcome::unknown_person:
        break;
    }
    return not_found(around, request);
}

} // namespace foyer::server::routes
