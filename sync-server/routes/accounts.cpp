#include "accounts/device_label.h"
#include "routes/handlers.h"
#include "routes/signed_call.h"
#include "support/time_text.h"
#include "wire/json.h"
#include "wire/uuid.h"

namespace foyer::server::routes {

namespace {

using form::Procedure;

wire::Json person_json(const store::Person& person) {
    return wire::Json::object()
        .set("civility", person.civility)
        .set("first_names", person.first_names)
        .set("last_name", person.last_name);
}

// The same words whether there is such an account or not.
Reply mail_accepted(const Surroundings& around, const Request& request) {
    const std::string_view detail = http::texts_for(request, around.languages).get(TextKey::server_accepted_mail);
    return Reply(202, "application/json",
                 wire::write_json(wire::Json::object().set("status", "accepted").set("detail", detail)));
}

using AskForMail = bool (AccountService::*)(const portals::Published&, const form::AccountName&);

Reply ask_for_mail(const Surroundings& around, const Request& request, Procedure procedure, AskForMail ask) {
    const auto call = check_sealed_call(around, request, procedure);
    if (!call)
        return problem(around, request, call.error());
    const auto name = form::account_name_from(procedure, call->answers, context_of(around));
    if (!name)
        return answers_refused(around, request, name.error());
    if (!(around.accounts.*ask)(*call->town, *name))
        return storage_refused(around, request, store::StoreError::busy);
    return mail_accepted(around, request);
}

} // namespace

Reply resend_activation(const Surroundings& around, const Request& request) {
    return ask_for_mail(around, request, Procedure::resend_activation, &AccountService::resend_activation);
}

Reply request_reset(const Surroundings& around, const Request& request) {
    return ask_for_mail(around, request, Procedure::password_reset, &AccountService::request_reset);
}

Reply log_in(const Surroundings& around, const Request& request) {
    const auto call = check_sealed_call(around, request, Procedure::login);
    if (!call)
        return problem(around, request, call.error());
    const auto login = form::login_from(call->answers, context_of(around));
    if (!login)
        return answers_refused(around, request, login.error());
    const auto session = around.accounts.log_in(
        *call->town, *login,
        {call->sender.thumbprint, call->sender.public_key, device_label(request.header("user-agent"))});
    if (!session) {
        switch (session.error().why) {
        case LoginRefusal::wrong:
            return problem(around, request, {401, "login_failed", TextKey::server_error_login});
        case LoginRefusal::throttled:
            return problem(
                around, request,
                {429, "slow_down", TextKey::server_error_slow_down, {}, session.error().retry_after_seconds});
        case LoginRefusal::busy:
            return storage_refused(around, request, store::StoreError::busy);
        case LoginRefusal::unavailable:
            return storage_refused(around, request, store::StoreError::unavailable);
        }
    }
    return Reply(201, "application/json",
                 wire::write_json(wire::Json::object()
                                      .set("person", person_json(session->account.person))
                                      .set("identifier", session->account.identifier.value_or(""))));
}

Reply log_out(const Surroundings& around, const Request& request) {
    const auto call = check_call(around, request);
    if (!call)
        return problem(around, request, call.error());
    const auto done = around.accounts.log_out(*call->town, call->sender.thumbprint);
    if (!done)
        return storage_refused(around, request, done.error());
    return Reply(204);
}

Reply choose_password(const Surroundings& around, const Request& request) {
    const auto call = check_sealed_call(around, request, Procedure::new_password);
    if (!call)
        return problem(around, request, call.error());
    const auto wanted = form::new_password_from(call->answers, context_of(around));
    if (!wanted)
        return answers_refused(around, request, wanted.error());
    const auto done = around.accounts.choose_password(*wanted);
    if (done)
        return Reply(204);
    switch (done.error().why) {
    case NewPasswordRefusal::answers:
        return answers_refused(around, request, done.error().problems);
    case NewPasswordRefusal::unavailable:
        return storage_refused(around, request, store::StoreError::unavailable);
    case NewPasswordRefusal::link_used_or_old:
        break;
    }
    return problem(around, request, {410, "link_used_or_old", TextKey::server_error_reset_gone});
}

Reply show_me(const Surroundings& around, const Request& request) {
    const auto call = check_call(around, request);
    if (!call)
        return problem(around, request, call.error());
    const auto me = around.accounts.me(*call->town, call->sender.thumbprint);
    if (!me)
        return storage_refused(around, request, me.error());
    if (!*me)
        return not_logged_in(around, request);
    wire::Json submissions = wire::Json::array();
    for (const store::SubmissionSummary& summary : (*me)->submissions) {
        const auto id = wire::Uuid::from_bytes(summary.envelope_id);
        const auto procedure = form::procedure_from(summary.procedure);
        submissions.push(wire::Json::object()
                             .set("id", id ? id->text() : std::string())
                             .set("number", summary.number)
                             .set("procedure", procedure ? form::name(*procedure) : std::string_view())
                             .set("state", summary.state)
                             .set("received_at", rfc3339(summary.received_at))
                             .set("due_by", summary.due_by));
    }
    return Reply(200, "application/json",
                 wire::write_json(wire::Json::object()
                                      .set("person", person_json((*me)->account.person))
                                      .set("identifier", (*me)->account.identifier.value_or(""))
                                      .set("email", (*me)->account.email)
                                      .set("submissions", std::move(submissions))));
}

} // namespace foyer::server::routes
