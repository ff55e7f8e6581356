// Requests for other programs (docs/exports.md), and the days they are due for an agent's calendar.
#include "exports/due_dates.h"
#include "exports/request_stream.h"
#include "form/form.h"
#include "routes/desk_json.h"
#include "routes/handlers.h"
#include "routes/staff_handlers.h"
#include "support/calendar.h"
#include "support/time_text.h"

#include <charconv>
#include <map>

namespace foyer::server::routes {

using exports::Format;
using exports::Step;
using http::BodyStep;
using store::StaffRole;
using store::TokenScope;

namespace {

constexpr UnixSeconds CALENDAR_SECONDS = UnixSeconds{365} * 24 * 3600;
constexpr std::string_view CALENDAR_TOKEN = "Agenda";

http::Refusal malformed() { return {400, "malformed_query", TextKey::server_error_malformed}; }
http::Refusal busy() { return {503, "busy", TextKey::server_export_error_busy, {}, 30}; }

BodyStep step_of(Step step) {
    return step == Step::more ? BodyStep::more : step == Step::end ? BodyStep::end : BodyStep::broken;
}

// "17": the changes up to that one are known. Nothing: there is no such cursor.
std::optional<std::int64_t> cursor_from(const std::string& text) {
    std::int64_t change = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), change);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || change < 0)
        return std::nullopt;
    return change;
}

// Nothing: the query is not as described.
std::optional<exports::Wish> wish_of(const Request& request, const StaffCall& call) {
    const auto question = queue_question_of(request, call);
    if (!question || !question->after.empty())
        return std::nullopt;
    exports::Wish wish;
    wish.filter = *question;
    const std::string format = query_value(request, "format").value_or("csv");
    const std::string separator = query_value(request, "separator").value_or("comma");
    const std::string mark = query_value(request, "bom").value_or("0");
    static const std::map<std::string, char, std::less<>> SEPARATORS = {
        {"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}};
    const auto chosen = SEPARATORS.find(separator);
    if ((format != "csv" && format != "jsonl") || (mark != "0" && mark != "1") || chosen == SEPARATORS.end())
        return std::nullopt;
    wish.format = format == "csv" ? Format::csv : Format::json_lines;
    wish.byte_order_mark = mark == "1";
    wish.separator = chosen->second;
    if (const auto since = query_value(request, "since")) {
        wish.since = cursor_from(*since);
        // A search finds what there is now; what has left it could never be told.
        if (!wish.since || !wish.filter.text.empty())
            return std::nullopt;
    }
    return wish;
}

// What was asked for, in codes: the words of a search are somebody's name.
staff::AuditDetails details_of(const Request& request, const exports::Wish& wish) {
    staff::AuditDetails details{{"format", wish.format == Format::csv ? "csv" : "jsonl"}};
    for (const char* name : {"view", "procedure", "state", "mark", "origin", "since"})
        if (const auto value = query_value(request, name); value && !value->empty())
            details[name] = *value;
    if (!wish.filter.text.empty())
        details["search"] = "yes";
    return details;
}

// Whether whoever asked may still see it: sessions and tokens end, also in the middle of an answer.
std::function<bool()> still_allowed(const Surroundings& around, const Request& request, const StaffCall& call) {
    const StaffRole role = call.caller.member.role;
    const std::vector<std::string> services = call.caller.member.services;
    const auto unchanged = [role, services](const store::StaffMember& member) {
        return member.role == role && member.services == services;
    };
    if (call.caller.token)
        return [&around, unchanged, text = request.header("authorization").substr(std::string_view("Bearer ").size())] {
            const auto holder = around.staff_tokens.find(text);
            return holder && *holder && unchanged((*holder)->member);
        };
    return [&around, unchanged, cookie = staff_cookie(request)] {
        const auto session = around.staff_sessions.find(cookie, staff::Sessions::Presence::page);
        return session && *session && unchanged((*session)->member);
    };
}

std::string file_name(const StaffCall& call, const exports::Wish& wish) {
    return call.town.portal.slug + "-" + text_of(time_in_paris(call.now).date) +
           (wish.format == Format::csv ? ".csv" : ".jsonl");
}

exports::CalendarTexts calendar_texts(const Surroundings& around, const StaffCall& call) {
    const i18n::Texts& texts = around.languages.named("fr");
    exports::CalendarTexts calendar;
    calendar.name = texts.format(TextKey::server_export_calendar_name, {{"town", call.town.portal.name}});
    calendar.summary = [&texts](const store::QueueItem& item, bool late) {
        const auto procedure = form::procedure_from(item.procedure);
        const TextKey kind = procedure == form::Procedure::registration ? TextKey::server_export_calendar_registration
                             : procedure == form::Procedure::entourage  ? TextKey::server_export_calendar_entourage
                                                                        : TextKey::server_export_calendar_profile;
        return texts.format(late ? TextKey::server_export_calendar_late : TextKey::server_export_calendar_due,
                            {{"number", item.number}, {"kind", texts.get(kind)}});
    };
    return calendar;
}

std::string console_of(const Surroundings& around, const StaffCall& call) {
    return around.origin + "/" + call.town.portal.slug + "/mairie/";
}

// This member's calendar tokens that still open something.
Result<std::vector<store::StaffTokenId>, store::StoreError> calendar_tokens(const Surroundings& around,
                                                                            const StaffCall& call) {
    const auto all = around.staff_store.staff_tokens(call.town.portal.slug);
    if (!all)
        return Failure{all.error()};
    std::vector<store::StaffTokenId> found;
    for (const store::StaffToken& token : *all)
        if (token.staff == call.caller.member.id && !token.revoked_at &&
            token.scopes == std::vector{TokenScope::calendar})
            found.push_back(token.id);
    return found;
}

Result<Done, store::StoreError> end_calendars(const Surroundings& around, const StaffCall& call) {
    const auto tokens = calendar_tokens(around, call);
    if (!tokens)
        return Failure{tokens.error()};
    for (const store::StaffTokenId token : *tokens)
        if (const auto revoked = around.staff_tokens.revoke(call.caller, token); !revoked)
            return Failure{revoked.error()};
    return Done{};
}

} // namespace

Reply export_submissions(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::manager, TokenScope::exporting}, [&](const StaffCall& call) {
        auto wish = wish_of(request, call);
        if (!wish)
            return problem(around, request, malformed());
        const auto bounds = around.exports->export_bounds();
        if (!bounds)
            return storage_refused(around, request, bounds.error());
        // From a database that a backup was put back into: what came since that cursor has other numbers now.
        if (wish->since && *wish->since > bounds->last_change)
            return problem(around, request, {410, "cursor_unknown", TextKey::server_export_error_cursor});
        auto slot = around.export_slots->take();
        if (!slot)
            return problem(around, request, busy());
        // Before anything of it leaves.
        if (const auto told =
                around.audit.add_audit_line(call.line("export.begin", "submissions", details_of(request, *wish)));
            !told)
            return storage_refused(around, request, told.error());
        const bool csv = wish->format == Format::csv;
        Reply reply(200);
        reply.headers = {{"Content-Type", csv ? "text/csv; charset=utf-8; header=present" : "application/jsonl"},
                         {"Content-Disposition", "attachment; filename=\"" + file_name(call, *wish) + "\""},
                         {"Foyer-Cursor", std::to_string(bounds->last_change)}};
        auto on_end = [&around, caller = call.caller](std::int64_t rows) {
            return around.audit
                .add_audit_line(staff::audit_line(caller, around.clock.now(), "export.end", "submissions",
                                                  {{"rows", std::to_string(rows)}}))
                .has_value();
        };
        auto stream = std::make_shared<exports::RequestStream>(
            exports::RequestStream::Surroundings{*around.exports, around.queue, around.clock,
                                                 still_allowed(around, request, call), std::move(on_end)},
            std::move(*wish), *bounds);
        reply.stream = [stream = std::move(stream), slot = std::move(slot)](std::string& part) {
            return step_of(stream->next(part));
        };
        return reply;
    });
}

Reply show_calendar(const Surroundings& around, const Request& request) {
    StaffAccess access{StaffRole::agent, TokenScope::exporting, staff::Sessions::Presence::page};
    access.calendar_key = true;
    return with_staff(around, request, access, [&](const StaffCall& call) {
        auto question = queue_question_of(request, call);
        const bool known =
            question && (question->view == store::QueueView::all || question->view == store::QueueView::mine);
        if (!known || !question->text.empty() || !question->after.empty())
            return problem(around, request, malformed());
        auto slot = around.export_slots->take();
        if (!slot)
            return problem(around, request, busy());
        auto dates = std::make_shared<exports::DueDates>(
            around.queue, std::move(*question), calendar_texts(around, call), console_of(around, call), call.now);
        Reply reply(200);
        reply.headers = {{"Content-Type", "text/calendar; charset=utf-8"}};
        reply.stream = [dates = std::move(dates), slot = std::move(slot)](std::string& part) {
            return step_of(dates->next(part));
        };
        return reply;
    });
}

Reply make_calendar(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::agent}, [&](const StaffCall& call) {
        std::string view;
        if (auto wrong = read_body(around, request, [&](wire::JsonReader& body) {
                const auto position = body.member("view").one_of({"all", "mine"});
                view = position == std::size_t{1} ? "mine" : "all";
            }))
            return std::move(*wrong);
        // One address each: whoever makes a new one has lost the one before.
        if (const auto ended = end_calendars(around, call); !ended)
            return storage_refused(around, request, ended.error());
        const auto made = around.staff_tokens.make(
            call.caller, {std::string(CALENDAR_TOKEN), {TokenScope::calendar}, call.now + CALENDAR_SECONDS});
        if (!made)
            return storage_refused(around, request, store::StoreError::unavailable);
        const std::string address = around.origin + "/api/v1/admin/" + call.town.portal.slug +
                                    "/calendar.ics?view=" + view + "&key=" + made->text;
        return json_reply(
            201, wire::Json::object().set("address", address).set("expires_at", rfc3339(made->token.expires_at)));
    });
}

Reply end_calendar(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::agent}, [&](const StaffCall& call) {
        const auto ended = end_calendars(around, call);
        return ended ? Reply(204) : storage_refused(around, request, ended.error());
    });
}

} // namespace foyer::server::routes
