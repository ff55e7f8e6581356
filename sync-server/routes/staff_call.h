// What every call of the staff goes through: the town, the session or the token, the role, and that no other site's
// page makes it. A handler only runs when all of that is good.
//
//   Reply show_queue(const Surroundings& around, const Request& request) {
//       return with_staff(around, request, {StaffRole::agent, TokenScope::reading}, [&](const StaffCall& call) {
//           …call.town, call.caller.member…
//           return json_reply(200, document);
//       });
//   }
//
// What the call changes goes into one transaction with call.line("submission.accept", "submission:OUDON-2026-000042"):
// inside SQLite by append_audit (sqlite/audit_rows.h), else by around.audit.add_audit_line().
#pragma once

#include "http/problem.h"
#include "routes/surroundings.h"
#include "staff/caller.h"
#include "wire/json.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::server::routes {

struct StaffAccess {
    store::StaffRole minimum = store::StaffRole::agent;
    // What a token must be good for. Nothing: no token may.
    std::optional<store::TokenScope> scope = {};
    // `page`: a call the console makes by itself (a heartbeat, counters); it does not keep a session alive.
    staff::Sessions::Presence presence = staff::Sessions::Presence::person;
    // Whether the query's `key` may stand for a session: a token for the calendar and nothing else, since programs that
    // read calendars send no headers, and an address is written into logs. No other token is taken from an address.
    bool calendar_key = false;
    // What a body must be; nothing that a page of another site can send without being asked.
    std::string_view media_type = "application/json";
    // Whether somebody may who has not replaced the temporary password yet.
    bool before_own_password = false;
};

struct StaffCall {
    const portals::Published& town;
    staff::Caller caller;
    std::optional<staff::ActiveSession> session; // nothing: a token
    UnixSeconds now = 0;

    // A line of the audit log about this call. `details`: codes and numbers, nothing a family said.
    [[nodiscard]] store::NewAuditLine line(std::string action, std::string object,
                                           staff::AuditDetails details = {}) const {
        return staff::audit_line(caller, now, std::move(action), std::move(object), std::move(details));
    }
};

// Refuses, as problem+json: 404 another town or one that does not exist; 401 not_logged_in; 403 cross_site,
// role_too_low, scope_missing, password_change_needed; 415 when what is sent is not JSON; 503 storage_unavailable.
[[nodiscard]] http::Reply with_staff(const Surroundings& around, const http::Request& request,
                                     const StaffAccess& access,
                                     const std::function<http::Reply(const StaffCall&)>& handler);

// For a login, which comes before a session: the town, and that no other site's page sends it. Nothing: it is good.
[[nodiscard]] std::optional<http::Refusal> refusal_before_login(const Surroundings& around,
                                                                const http::Request& request);

[[nodiscard]] http::Reply json_reply(int status, const wire::Json& document);

// Reads the body. `read` takes its members from the reader; what nobody asked for, and every mistake, is a 400 that
// names it (code malformed_body, member mistakes: [{path, reason}]). Nothing: the body was good.
[[nodiscard]] std::optional<http::Reply> read_body(const Surroundings& around, const http::Request& request,
                                                   const std::function<void(wire::JsonReader&)>& read);

// Somebody was looked for: one line of the audit log for a search, none for its further pages or for a list without
// one. What was typed is personal data and is not in it; `by` says what it was taken for.
[[nodiscard]] Result<Done, store::StoreError> note_search(const Surroundings& around, const StaffCall& call,
                                                          std::string_view typed, bool first_page, std::string action,
                                                          const std::string& by);

// A value of the query, decoded; nothing when it is not there.
[[nodiscard]] std::optional<std::string> query_value(const http::Request& request, std::string_view name);
// A number from 0 in the query; `otherwise` when it is not there, nothing when it is no number.
[[nodiscard]] std::optional<std::int64_t> query_number(const http::Request& request, std::string_view name,
                                                       std::int64_t otherwise);
// A number as a segment of the path: "12"; nothing for anything else.
[[nodiscard]] std::optional<std::int64_t> path_number(const http::Request& request, std::string_view name);

// The cookie's text; "" when there is none.
[[nodiscard]] std::string staff_cookie(const http::Request& request);

} // namespace foyer::server::routes
