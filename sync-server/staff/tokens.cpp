#include "staff/tokens.h"

#include "security/tokens.h"
#include "staff/members.h"
#include "wire/encoding.h"

namespace foyer::server::staff {

using store::StaffTokenHolder;
using store::StaffTokenId;
using store::StoreError;

namespace {

constexpr std::size_t TOKEN_BYTES = 32;
constexpr UnixSeconds NOTE_AT_MOST_EVERY = 60;
// So that programs that look for forgotten secrets in files recognise it.
constexpr std::string_view PREFIX = "foyer_";

std::string names_of(const std::vector<store::TokenScope>& scopes) {
    std::string all;
    for (const store::TokenScope scope : scopes)
        all.append(all.empty() ? "" : ",").append(store::name(scope));
    return all;
}

} // namespace

Result<MadeToken, TokenFailure> Tokens::make(const Caller& caller, const TokenWish& wish) {
    const UnixSeconds now = m_around.clock.now();
    TokenFailure failure;
    const auto name = named(wish.name, "name");
    if (!name)
        failure.problems.push_back(name.error());
    if (wish.scopes.empty())
        failure.problems.push_back({"scopes", ProblemCode::required, Severity::error, {}});
    if (wish.expires_at <= now)
        failure.problems.push_back({"expires_at", ProblemCode::date_past, Severity::error, {}});
    else if (wish.expires_at > now + TOKEN_LONGEST_SECONDS)
        failure.problems.push_back({"expires_at", ProblemCode::date_future, Severity::error, {}});
    if (!failure.problems.empty())
        return Failure{std::move(failure)};
    MadeToken made;
    made.text = std::string(PREFIX) + wire::encode_base64url(m_around.random.bytes(TOKEN_BYTES));
    const auto id =
        m_around.staff.add_staff_token({caller.member.portal, caller.member.id, *name, security::hash_token(made.text),
                                        wish.scopes, now, wish.expires_at},
                                       audit_line(caller, now, "token.add", {}, {{"scopes", names_of(wish.scopes)}}));
    if (!id)
        return Failure{TokenFailure{true, {}}};
    made.token = {*id, caller.member.id, *name, wish.scopes, now, wish.expires_at, {}, {}};
    return made;
}

Result<bool, StoreError> Tokens::revoke(const Caller& caller, StaffTokenId token) {
    const UnixSeconds now = m_around.clock.now();
    return m_around.staff.revoke_staff_token(
        caller.member.portal, token, now,
        audit_line(caller, now, "token.revoke", "token:" + std::to_string(token.number())));
}

Result<std::optional<StaffTokenHolder>, StoreError> Tokens::find(const std::string& text) {
    auto found = m_around.staff.staff_token(security::hash_token(text));
    if (!found)
        return Failure{found.error()};
    const UnixSeconds now = m_around.clock.now();
    if (!*found || (*found)->token.revoked_at || (*found)->token.expires_at <= now || (*found)->member.disabled)
        return std::optional<StaffTokenHolder>();
    store::StaffToken& token = (*found)->token;
    if (now - token.last_used_at.value_or(0) >= NOTE_AT_MOST_EVERY && m_around.staff.staff_token_used(token.id, now))
        token.last_used_at = now;
    return std::move(*found);
}

} // namespace foyer::server::staff
