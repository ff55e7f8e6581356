// Who works here.
#include "routes/handlers.h"
#include "routes/staff_call.h"
#include "routes/staff_handlers.h"
#include "routes/staff_json.h"
#include "support/time_text.h"

namespace foyer::server::routes {

using store::StaffId;
using store::StaffMember;
using store::StaffRole;

namespace {

constexpr std::size_t LONGEST_TEXT = 1000; // bytes; the rules of each field are stricter

Reply refused(const Surroundings& around, const Request& request, const staff::MemberFailure& failure) {
    if (const auto* problems = std::get_if<std::vector<Problem>>(&failure))
        return answers_refused(around, request, *problems);
    switch (std::get<staff::MemberRefusal>(failure)) {
    case staff::MemberRefusal::unknown:
        return not_found(around, request);
    case staff::MemberRefusal::email_taken:
        return problem(around, request, {409, "email_taken", TextKey::server_staff_error_email_taken});
    case staff::MemberRefusal::last_administrator:
        return problem(around, request, {409, "last_administrator", TextKey::server_staff_error_last_administrator});
    case staff::MemberRefusal::unavailable:
        break;
    }
    return storage_refused(around, request, store::StoreError::unavailable);
}

StaffRole role_in(wire::JsonReader member) {
    const auto position = member.one_of({store::STAFF_ROLE_NAMES.begin(), store::STAFF_ROLE_NAMES.end()});
    return static_cast<StaffRole>(position.value_or(0));
}

std::vector<std::string> services_in(wire::JsonReader member) {
    std::vector<std::string> services;
    for (wire::JsonReader& element : member.elements())
        services.push_back(element.text_of(1, LONGEST_TEXT));
    return services;
}

wire::Json with_password(const staff::NewPassword& made) {
    return wire::Json::object().set("staff", staff_member_json(made.member)).set("password", made.password);
}

} // namespace

wire::Json staff_member_json(const StaffMember& member) {
    wire::Json services = wire::Json::array();
    for (const std::string& service : member.services)
        services.push(service);
    return wire::Json::object()
        .set("id", member.id.number())
        .set("email", member.email)
        .set("name", member.name)
        .set("role", store::name(member.role))
        .set("services", std::move(services))
        .set("disabled", member.disabled)
        .set("totp", member.has_totp)
        .set("must_change_password", member.password_is_temporary)
        .set("created_at", rfc3339(member.created_at))
        .set("last_login_at", member.last_login_at ? wire::Json(rfc3339(*member.last_login_at)) : wire::Json());
}

Reply list_staff(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::manager}, [&](const StaffCall& call) {
        const auto members = around.staff_store.staff_of(call.town.portal.slug);
        if (!members)
            return storage_refused(around, request, members.error());
        wire::Json list = wire::Json::array();
        for (const StaffMember& member : *members)
            list.push(staff_member_json(member));
        return json_reply(200, wire::Json::object().set("staff", std::move(list)));
    });
}

Reply add_staff(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::administrator}, [&](const StaffCall& call) {
        staff::MemberWish wish;
        if (auto wrong = read_body(around, request, [&](wire::JsonReader& body) {
                wish.email = body.member("email").text_of(0, LONGEST_TEXT);
                wish.name = body.member("name").text_of(0, LONGEST_TEXT);
                wish.role = role_in(body.member("role"));
                if (wire::JsonReader services = body.optional_member("services"); services.present())
                    wish.services = services_in(std::move(services));
            }))
            return std::move(*wrong);
        const auto made = around.staff_members.add(call.town.portal, call.caller.name(), wish);
        return made ? json_reply(201, with_password(*made)) : refused(around, request, made.error());
    });
}

Reply change_staff(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::administrator}, [&](const StaffCall& call) {
        const auto id = path_number(request, "id");
        if (!id)
            return not_found(around, request);
        staff::MemberChange change;
        if (auto wrong = read_body(around, request, [&](wire::JsonReader& body) {
                if (wire::JsonReader name = body.optional_member("name"); name.present())
                    change.name = name.text_of(0, LONGEST_TEXT);
                if (wire::JsonReader role = body.optional_member("role"); role.present())
                    change.role = role_in(std::move(role));
                if (wire::JsonReader services = body.optional_member("services"); services.present())
                    change.services = services_in(std::move(services));
                if (wire::JsonReader disabled = body.optional_member("disabled"); disabled.present())
                    change.disabled = disabled.boolean();
            }))
            return std::move(*wrong);
        const auto changed = around.staff_members.change(call.town.portal, call.caller.name(), StaffId(*id), change);
        return changed ? json_reply(200, wire::Json::object().set("staff", staff_member_json(*changed)))
                       : refused(around, request, changed.error());
    });
}

Reply reset_staff(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::administrator}, [&](const StaffCall& call) {
        const auto id = path_number(request, "id");
        if (!id)
            return not_found(around, request);
        if (auto wrong = read_body(around, request, [](wire::JsonReader&) {}))
            return std::move(*wrong);
        const auto made = around.staff_members.reset(call.town.portal, call.caller.name(), StaffId(*id));
        return made ? json_reply(200, with_password(*made)) : refused(around, request, made.error());
    });
}

} // namespace foyer::server::routes
