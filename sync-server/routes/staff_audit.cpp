// The audit log, for the administrators of the town it is about.
#include "routes/handlers.h"
#include "routes/staff_call.h"
#include "routes/staff_handlers.h"
#include "support/time_text.h"
#include "wire/encoding.h"

#include <algorithm>
#include <map>

namespace foyer::server::routes {

using store::AuditLine;

namespace {

constexpr std::int64_t USUAL_LIMIT = 100;
constexpr std::int64_t LARGEST_LIMIT = 1000;

// "staff:3" and "token:7" as people know them. The log itself holds numbers only.
using Names = std::map<std::string, std::string, std::less<>>;
Result<Names, store::StoreError> names_of(const Surroundings& around, const std::string& portal) {
    const auto members = around.staff_store.staff_of(portal);
    const auto tokens = around.staff_store.staff_tokens(portal);
    if (!members || !tokens)
        return Failure{store::StoreError::unavailable};
    Names names;
    for (const store::StaffMember& member : *members)
        names.emplace("staff:" + std::to_string(member.id.number()), member.name);
    for (const store::StaffToken& token : *tokens)
        names.emplace("token:" + std::to_string(token.id.number()), token.name);
    return names;
}

wire::Json named_json(const std::string& code, const Names& names) {
    const auto found = names.find(code);
    return wire::Json::object()
        .set("code", code)
        .set("name", found == names.end() ? wire::Json() : wire::Json(found->second));
}

wire::Json line_json(const AuditLine& line, const Names& names) {
    const auto details = wire::parse_json(line.details);
    return wire::Json::object()
        .set("sequence", line.sequence)
        .set("at", rfc3339(line.at))
        .set("actor", named_json(line.actor, names))
        .set("action", line.action)
        .set("object", named_json(line.object, names))
        .set("details", details ? *details : wire::Json::object())
        .set("hash", wire::encode_hex(line.hash));
}

} // namespace

Reply list_audit(const Surroundings& around, const Request& request) {
    return with_staff(
        around, request, {store::StaffRole::administrator, store::TokenScope::exporting}, [&](const StaffCall& call) {
            const bool forward = query_value(request, "after").has_value();
            const auto from = query_number(request, forward ? "after" : "before", 0);
            const auto limit = query_number(request, "limit", USUAL_LIMIT);
            if (!from || !limit || *limit < 1)
                return problem(around, request, {400, "malformed_query", TextKey::server_error_malformed});
            const int count = static_cast<int>(std::min(*limit, LARGEST_LIMIT));
            const std::string& portal = call.town.portal.slug;
            const auto lines = forward ? around.audit.audit_lines(portal, *from, count)
                                       : around.audit.latest_audit_lines(portal, *from, count);
            const auto names = names_of(around, portal);
            if (!lines || !names)
                return storage_refused(around, request, store::StoreError::unavailable);
            wire::Json list = wire::Json::array();
            for (const AuditLine& line : *lines)
                list.push(line_json(line, *names));
            const bool more = lines->size() == static_cast<std::size_t>(count);
            return json_reply(200, wire::Json::object()
                                       .set("lines", std::move(list))
                                       .set("next", more ? wire::Json(lines->back().sequence) : wire::Json()));
        });
}

} // namespace foyer::server::routes
