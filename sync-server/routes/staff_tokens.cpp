// Tokens for scripts.
#include "routes/handlers.h"
#include "routes/staff_call.h"
#include "routes/staff_handlers.h"
#include "routes/staff_json.h"
#include "support/time_text.h"

#include <algorithm>

namespace foyer::server::routes {

using store::StaffRole;
using store::StaffToken;
using store::TokenScope;

namespace {

constexpr std::size_t LONGEST_TEXT = 1000; // bytes; the rules of each field are stricter

wire::Json moment(const std::optional<UnixSeconds>& at) { return at ? wire::Json(rfc3339(*at)) : wire::Json(); }

std::vector<TokenScope> scopes_in(wire::JsonReader member) {
    std::vector<TokenScope> scopes;
    for (wire::JsonReader& element : member.elements())
        if (const auto position = element.one_of({store::TOKEN_SCOPE_NAMES.begin(), store::TOKEN_SCOPE_NAMES.end()})) {
            const auto scope = static_cast<TokenScope>(*position);
            if (std::find(scopes.begin(), scopes.end(), scope) == scopes.end())
                scopes.push_back(scope);
        }
    return scopes;
}

UnixSeconds moment_in(wire::JsonReader member) {
    const auto at = parse_rfc3339(member.text_of(1, LONGEST_TEXT));
    if (!at)
        member.mistake("must be a moment in UTC, as 2027-01-31T17:00:00Z");
    return at.value_or(0);
}

} // namespace

wire::Json staff_token_json(const StaffToken& token) {
    wire::Json scopes = wire::Json::array();
    for (const TokenScope scope : token.scopes)
        scopes.push(store::name(scope));
    return wire::Json::object()
        .set("id", token.id.number())
        .set("name", token.name)
        .set("made_by", token.staff.number())
        .set("scopes", std::move(scopes))
        .set("created_at", rfc3339(token.created_at))
        .set("expires_at", rfc3339(token.expires_at))
        .set("last_used_at", moment(token.last_used_at))
        .set("revoked_at", moment(token.revoked_at));
}

Reply list_staff_tokens(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::administrator}, [&](const StaffCall& call) {
        const auto tokens = around.staff_store.staff_tokens(call.town.portal.slug);
        if (!tokens)
            return storage_refused(around, request, tokens.error());
        wire::Json list = wire::Json::array();
        for (const StaffToken& token : *tokens)
            list.push(staff_token_json(token));
        return json_reply(200, wire::Json::object().set("tokens", std::move(list)));
    });
}

Reply make_staff_token(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::administrator}, [&](const StaffCall& call) {
        staff::TokenWish wish;
        if (auto wrong = read_body(around, request, [&](wire::JsonReader& body) {
                wish.name = body.member("name").text_of(0, LONGEST_TEXT);
                wish.scopes = scopes_in(body.member("scopes"));
                wish.expires_at = moment_in(body.member("expires_at"));
            }))
            return std::move(*wrong);
        const auto made = around.staff_tokens.make(call.caller, wish);
        if (made)
            return json_reply(
                201, wire::Json::object().set("token", staff_token_json(made->token)).set("secret", made->text));
        if (made.error().unavailable)
            return storage_refused(around, request, store::StoreError::unavailable);
        return answers_refused(around, request, made.error().problems);
    });
}

Reply revoke_staff_token(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::administrator}, [&](const StaffCall& call) {
        const auto id = path_number(request, "id");
        if (!id)
            return not_found(around, request);
        const auto revoked = around.staff_tokens.revoke(call.caller, store::StaffTokenId(*id));
        if (!revoked)
            return storage_refused(around, request, revoked.error());
        return *revoked ? Reply(204) : not_found(around, request);
    });
}

} // namespace foyer::server::routes
