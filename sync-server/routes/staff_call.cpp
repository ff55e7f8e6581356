#include "routes/staff_call.h"

#include "routes/handlers.h"
#include "routes/signed_call.h"
#include "support/html.h"

#include <algorithm>
#include <charconv>

namespace foyer::server::routes {

using http::Refusal;
using http::Reply;
using http::Request;

namespace {

constexpr std::string_view COOKIE = "foyer_staff";
constexpr std::string_view BEARER = "Bearer ";

Refusal unknown_town() { return {404, "not_found", TextKey::server_error_not_found}; }
Refusal cross_site() { return {403, "cross_site", TextKey::server_staff_error_cross_site}; }

bool changes_something(const Request& request) { return request.method != "GET" && request.method != "HEAD"; }

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

bool is_of_type(std::string_view media_type, std::string_view wanted) {
    const std::string_view type = media_type.substr(0, media_type.find(';'));
    return lower(std::string(type.substr(0, type.find(' ')))) == wanted;
}

// Whether the page that asks came from this very server. A browser names it in headers that no page can set (Fetch
// Standard, “forbidden request-header”; W3C Fetch Metadata); what names nothing is no browser that matters here.
bool is_from_elsewhere(const Surroundings& around, const Request& request) {
    const std::string site = lower(request.header("sec-fetch-site"));
    // “none”: typed into the address bar, or a bookmark. Nobody changes anything that way.
    if (!site.empty() && site != "same-origin" && (changes_something(request) || site != "none"))
        return true;
    const std::string origin = lower(request.header("origin"));
    if (origin.empty())
        return false;
    const std::string own = (around.keeps_https ? "https://" : "http://") + lower(request.header("host"));
    return origin != own && origin != own + (around.keeps_https ? ":443" : ":80");
}

std::optional<Refusal> wrong_content(const Request& request, std::string_view wanted) {
    const bool has_body =
        !request.body.empty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    // A page of another site can send forms and plain text without being asked, but no JSON and no CSV.
    if (changes_something(request) && has_body && !is_of_type(request.header("content-type"), wanted))
        return Refusal{415, "media_type", TextKey::server_error_media_type};
    return std::nullopt;
}

// Who calls, as far as the session or the token tells.
Result<StaffCall, Refusal> identify(const Surroundings& around, const Request& request, const portals::Published& town,
                                    const StaffAccess& access) {
    const Refusal nobody{401, "not_logged_in", TextKey::server_staff_error_not_logged_in};
    StaffCall call{town, {}, {}, around.clock.now()};
    const std::string authorization = request.header("authorization");
    if (!authorization.empty()) {
        if (authorization.rfind(BEARER, 0) != 0)
            return Failure{nobody};
        auto holder = around.staff_tokens.find(authorization.substr(BEARER.size()));
        if (!holder)
            return Failure{refusal_of(holder.error())};
        if (!*holder)
            return Failure{nobody};
        call.caller = {std::move((*holder)->member), std::move((*holder)->token)};
        return call;
    }
    if (access.calendar_key) {
        if (const auto key = query_value(request, "key")) {
            auto holder = around.staff_tokens.find(*key);
            if (!holder)
                return Failure{refusal_of(holder.error())};
            if (!*holder || (*holder)->token.scopes != std::vector{store::TokenScope::calendar})
                return Failure{nobody};
            call.caller = {std::move((*holder)->member), std::move((*holder)->token)};
            return call;
        }
    }
    const std::string cookie = staff_cookie(request);
    if (cookie.empty())
        return Failure{nobody};
    auto session = around.staff_sessions.find(cookie, access.presence);
    if (!session)
        return Failure{refusal_of(session.error())};
    if (!*session)
        return Failure{nobody};
    if (is_from_elsewhere(around, request) || (changes_something(request) && request.header("foyer-staff").empty()))
        return Failure{cross_site()};
    call.caller = {(*session)->member, {}};
    call.session = std::move(**session);
    return call;
}

std::optional<Refusal> lacks(const StaffCall& call, const StaffAccess& access) {
    const store::StaffMember& member = call.caller.member;
    if (call.caller.token) {
        const auto& scopes = call.caller.token->scopes;
        const auto has = [&](store::TokenScope scope) {
            return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
        };
        const bool for_calendar = access.calendar_key && has(store::TokenScope::calendar);
        if (!for_calendar && (!access.scope || !has(*access.scope)))
            return Refusal{403, "scope_missing", TextKey::server_staff_error_scope};
    }
    if (member.password_is_temporary && !call.caller.token && !access.before_own_password)
        return Refusal{403, "password_change_needed", TextKey::server_staff_error_password_change_needed};
    if (member.role < access.minimum)
        return Refusal{403, "role_too_low", TextKey::server_staff_error_role};
    return std::nullopt;
}

} // namespace

Reply with_staff(const Surroundings& around, const Request& request, const StaffAccess& access,
                 const std::function<Reply(const StaffCall&)>& handler) {
    const portals::Published* town = around.catalogue.current(request.path_value("slug"));
    if (!town)
        return problem(around, request, unknown_town());
    const auto call = identify(around, request, *town, access);
    if (!call)
        return problem(around, request, call.error());
    // Somebody else's town is no different from one that does not exist.
    if (call->caller.member.portal != town->portal.slug)
        return problem(around, request, unknown_town());
    if (const auto refusal = wrong_content(request, access.media_type))
        return problem(around, request, *refusal);
    if (const auto refusal = lacks(*call, access))
        return problem(around, request, *refusal);
    return handler(*call);
}

std::optional<Refusal> refusal_before_login(const Surroundings& around, const Request& request) {
    if (!around.catalogue.current(request.path_value("slug")))
        return unknown_town();
    if (is_from_elsewhere(around, request))
        return cross_site();
    return wrong_content(request, StaffAccess{}.media_type);
}

Reply json_reply(int status, const wire::Json& document) {
    return Reply(status, "application/json", wire::write_json(document));
}

std::optional<Reply> read_body(const Surroundings& around, const Request& request,
                               const std::function<void(wire::JsonReader&)>& read) {
    const auto refused = [&](const std::vector<wire::JsonMistake>& mistakes) {
        Reply reply = problem(around, request, {400, "malformed_body", TextKey::server_error_malformed});
        auto document = wire::parse_json(reply.body);
        wire::Json list = wire::Json::array();
        for (const wire::JsonMistake& mistake : mistakes)
            list.push(wire::Json::object().set("path", mistake.path).set("reason", mistake.reason));
        if (document)
            reply.body = wire::write_json(document->set("mistakes", std::move(list)));
        return reply;
    };
    const auto parsed = wire::parse_json(request.body);
    if (!parsed)
        return refused({{"", wire::describe(parsed.error())}});
    std::vector<wire::JsonMistake> mistakes;
    if (parsed->kind() != wire::Json::Kind::object)
        return refused({{"", "must be an object"}});
    wire::JsonReader root(*parsed, mistakes);
    read(root);
    root.refuse_unknown_members();
    if (!mistakes.empty())
        return refused(mistakes);
    return std::nullopt;
}

Result<Done, store::StoreError> note_search(const Surroundings& around, const StaffCall& call, std::string_view typed,
                                            bool first_page, std::string action, const std::string& by) {
    if (typed.empty() || !first_page)
        return Done{};
    return around.audit.add_audit_line(call.line(std::move(action), {}, {{"by", by}}));
}

std::optional<std::string> query_value(const Request& request, std::string_view name) {
    const auto values = parse_form(request.query.value_or(std::string()));
    if (!values)
        return std::nullopt;
    const auto found = values->find(name);
    return found == values->end() ? std::nullopt : std::optional(found->second);
}

namespace {

std::optional<std::int64_t> number_in(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || number < 0)
        return std::nullopt;
    return number;
}

} // namespace

std::optional<std::int64_t> query_number(const Request& request, std::string_view name, std::int64_t otherwise) {
    const auto text = query_value(request, name);
    return text ? number_in(*text) : std::optional(otherwise);
}

std::optional<std::int64_t> path_number(const Request& request, std::string_view name) {
    return number_in(request.path_value(name));
}

std::string staff_cookie(const Request& request) {
    const std::string all = request.header("cookie");
    std::string_view rest = all;
    while (!rest.empty()) {
        const std::size_t semicolon = rest.find(';');
        std::string_view pair = rest.substr(0, semicolon);
        rest = semicolon == std::string_view::npos ? std::string_view() : rest.substr(semicolon + 1);
        while (!pair.empty() && pair.front() == ' ')
            pair.remove_prefix(1);
        if (pair.size() > COOKIE.size() && pair.substr(0, COOKIE.size()) == COOKIE && pair[COOKIE.size()] == '=')
            return std::string(pair.substr(COOKIE.size() + 1));
    }
    return {};
}

} // namespace foyer::server::routes
