// Logging in and out, one's own password, one's own authenticator.
#include "routes/handlers.h"
#include "routes/staff_call.h"
#include "routes/staff_handlers.h"
#include "routes/staff_json.h"
#include "security/totp.h"
#include "support/time_text.h"

namespace foyer::server::routes {

namespace {

// Whoever still has the temporary password gets as far as replacing it.
constexpr StaffAccess FOR_ALL{.before_own_password = true};

constexpr std::size_t LONGEST_SECRET = 1024; // bytes of what is typed as a password
constexpr std::size_t LONGEST_CODE = 16;

// Sent back by the browser to this town's staff routes alone, and only from their own pages.
std::string cookie_for(const Surroundings& around, const std::string& slug, const std::string& token,
                       UnixSeconds seconds) {
    return "foyer_staff=" + token + "; Path=/api/v1/admin/" + slug + "; Max-Age=" + std::to_string(seconds) +
           "; HttpOnly; SameSite=Strict" + (around.keeps_https ? "; Secure" : "");
}

wire::Json session_json(const store::StaffMember& member, UnixSeconds expires_at) {
    return wire::Json::object().set("staff", staff_member_json(member)).set("expires_at", rfc3339(expires_at));
}

Reply begun(const Surroundings& around, const std::string& slug, const staff::BegunSession& session) {
    return json_reply(201, session_json(session.member, session.expires_at))
        .with("Set-Cookie", cookie_for(around, slug, session.token, staff::SESSION_LONGEST_SECONDS));
}

Reply code_refused(const Surroundings& around, const Request& request, const staff::CodeFailure& failure) {
    using Why = staff::CodeRefusal;
    switch (failure.why) {
    case Why::wrong:
        return problem(around, request, {422, "wrong_code", TextKey::server_staff_error_code});
    case Why::not_proposed:
        return problem(around, request, {409, "totp_not_proposed", TextKey::server_staff_error_totp_not_proposed});
    case Why::on_already:
        return problem(around, request, {409, "totp_on", TextKey::server_staff_error_totp_on});
    case Why::off_already:
        return problem(around, request, {409, "totp_off", TextKey::server_staff_error_totp_off});
    case Why::slow_down:
        return slow_down(around, request, failure.retry_after_seconds);
    case Why::unavailable:
        break;
    }
    return storage_refused(around, request, store::StoreError::unavailable);
}

Reply by_code(const Surroundings& around, const Request& request,
              Result<Done, staff::CodeFailure> (staff::Sessions::*change)(const store::StaffMember&,
                                                                          const std::string&)) {
    return with_staff(around, request, {}, [&](const StaffCall& call) {
        std::string code;
        if (auto wrong = read_body(
                around, request, [&](wire::JsonReader& body) { code = body.member("code").text_of(1, LONGEST_CODE); }))
            return std::move(*wrong);
        const auto done = (around.staff_sessions.*change)(call.caller.member, code);
        return done ? Reply(204) : code_refused(around, request, done.error());
    });
}

} // namespace

Reply staff_log_in(const Surroundings& around, const Request& request) {
    if (const auto refusal = refusal_before_login(around, request))
        return problem(around, request, *refusal);
    staff::LoginAttempt attempt;
    if (auto wrong = read_body(around, request, [&](wire::JsonReader& body) {
            attempt.email = body.member("email").text_of(1, LONGEST_SECRET);
            attempt.password = body.member("password").text_of(1, LONGEST_SECRET);
            if (wire::JsonReader code = body.optional_member("totp"); code.present())
                attempt.code = code.text_of(1, LONGEST_CODE);
        }))
        return std::move(*wrong);
    attempt.portal = request.path_value("slug");
    attempt.address = request.client_address;
    attempt.replaced = staff_cookie(request);
    const auto session = around.staff_sessions.log_in(attempt);
    if (session)
        return begun(around, attempt.portal, *session);
    switch (session.error().why) {
    case staff::LoginRefusal::wrong:
        return problem(around, request, {401, "wrong_login", TextKey::server_staff_error_login});
    case staff::LoginRefusal::code_needed:
        return problem(around, request, {401, "totp_needed", TextKey::server_staff_error_totp_needed});
    case staff::LoginRefusal::slow_down:
        return slow_down(around, request, session.error().retry_after_seconds);
    case staff::LoginRefusal::busy:
        return storage_refused(around, request, store::StoreError::busy);
    case staff::LoginRefusal::unavailable:
        break;
    }
    return storage_refused(around, request, store::StoreError::unavailable);
}

Reply show_staff_session(const Surroundings& around, const Request& request) {
    StaffAccess access = FOR_ALL;
    access.presence = staff::Sessions::Presence::page;
    return with_staff(around, request, access, [&](const StaffCall& call) {
        return json_reply(200, session_json(call.caller.member, call.session->expires_at));
    });
}

Reply staff_log_out(const Surroundings& around, const Request& request) {
    return with_staff(around, request, FOR_ALL, [&](const StaffCall& call) {
        const auto done = around.staff_sessions.log_out(*call.session);
        if (!done)
            return storage_refused(around, request, done.error());
        return Reply(204).with("Set-Cookie", cookie_for(around, call.town.portal.slug, {}, 0));
    });
}

Reply change_staff_password(const Surroundings& around, const Request& request) {
    return with_staff(around, request, FOR_ALL, [&](const StaffCall& call) {
        std::string current;
        std::string wanted;
        if (auto wrong = read_body(around, request, [&](wire::JsonReader& body) {
                current = body.member("current").text_of(1, LONGEST_SECRET);
                wanted = body.member("new").text_of(0, LONGEST_SECRET);
            }))
            return std::move(*wrong);
        const auto session = around.staff_sessions.change_password(call.caller.member, current, wanted);
        if (session)
            return begun(around, call.town.portal.slug, *session);
        switch (session.error().why) {
        case staff::PasswordRefusal::wrong:
            return problem(around, request, {403, "old_password_wrong", TextKey::server_error_old_password});
        case staff::PasswordRefusal::weak:
            return answers_refused(around, request, session.error().problems);
        case staff::PasswordRefusal::same:
            return problem(around, request, {422, "same_password", TextKey::server_staff_error_same_password});
        case staff::PasswordRefusal::slow_down:
            return slow_down(around, request, session.error().retry_after_seconds);
        case staff::PasswordRefusal::unavailable:
            break;
        }
        return storage_refused(around, request, store::StoreError::unavailable);
    });
}

Reply propose_totp(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {}, [&](const StaffCall& call) {
        if (auto wrong = read_body(around, request, [](wire::JsonReader&) {}))
            return std::move(*wrong);
        const auto secret = around.staff_sessions.propose_totp(call.caller.member);
        if (!secret)
            return code_refused(around, request, secret.error());
        return json_reply(
            201, wire::Json::object()
                     .set("secret", security::encode_base32(*secret))
                     .set("uri", security::totp_uri(*secret, call.town.portal.town_hall, call.caller.member.email)));
    });
}

Reply confirm_totp(const Surroundings& around, const Request& request) {
    return by_code(around, request, &staff::Sessions::confirm_totp);
}

Reply remove_totp(const Surroundings& around, const Request& request) {
    return by_code(around, request, &staff::Sessions::remove_totp);
}

} // namespace foyer::server::routes
