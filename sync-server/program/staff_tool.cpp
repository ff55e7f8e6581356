// foyer-server staff add, list, reset, disable, enable
#include "program/data_folder.h"
#include "program/tool_house.h"
#include "security/passwords.h"
#include "staff/members.h"
#include "staff/sessions.h"
#include "support/csv.h"
#include "support/time_text.h"

#include <cstdio>

namespace foyer::server {

namespace {

using staff::MemberFailure;
using staff::MemberRefusal;
using store::StaffMember;

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : ",") + text;
    return all;
}

std::vector<std::string> split_at_commas(const std::string& text) {
    std::vector<std::string> parts;
    std::string part;
    for (const char c : text + ",") {
        if (c != ',') {
            part += c;
            continue;
        }
        if (!part.empty())
            parts.push_back(part);
        part.clear();
    }
    return parts;
}

ExitCode refused(const ToolHouse& house, const MemberFailure& failure) {
    if (const auto* problems = std::get_if<std::vector<Problem>>(&failure)) {
        for (const Problem& problem : *problems)
            say("--" + problem.field + ": " + std::string(name(problem.code)) +
                (problem.field == "services" ? "; the portal.json of " + house.town->portal.slug + " lists them."
                                             : ".") +
                " Nothing was changed.");
        return ExitCode::failure;
    }
    switch (std::get<MemberRefusal>(failure)) {
    case MemberRefusal::unknown:
    case MemberRefusal::last_administrator: // asked of the screens alone
        break;
    case MemberRefusal::email_taken:
        say("somebody of this town has this address already; “staff list” shows them. Nothing was changed.");
        return ExitCode::failure;
    case MemberRefusal::unavailable:
        return storage_failed();
    }
    say("this town's staff has nobody of that address; “staff list” shows them.");
    return ExitCode::failure;
}

void show_password(const ToolHouse& house, const staff::NewPassword& made) {
    std::printf("%s\n  temporary password: %s\n  log in at %s/%s/mairie/ within 7 days and choose another. It is not "
                "shown again.\n",
                made.member.email.c_str(), made.password.c_str(), house.origin.c_str(),
                house.town->portal.slug.c_str());
}

ExitCode list_staff(ToolHouse& house) {
    const auto members = house.store->staff_of(house.town->portal.slug);
    if (!members)
        return storage_failed();
    std::fputs(write_csv_line({"email", "name", "role", "services", "state", "totp", "last_login"}).c_str(), stdout);
    for (const StaffMember& member : *members)
        std::fputs(
            write_csv_line({member.email, member.name, std::string(store::name(member.role)), joined(member.services),
                            member.disabled                ? "disabled"
                            : member.password_is_temporary ? "temporary password"
                                                           : "active",
                            member.has_totp ? "yes" : "no",
                            member.last_login_at ? rfc3339(*member.last_login_at) : std::string()})
                .c_str(),
            stdout);
    return ExitCode::success;
}

ExitCode add_member(ToolHouse& house, staff::Members& members, const ToolLine& line) {
    staff::MemberWish wish{line.operands.front(), line.option("--name"), store::StaffRole::agent,
                           split_at_commas(line.option("--services"))};
    if (line.has("--role")) {
        const auto role = store::staff_role_from(line.option("--role"));
        if (!role) {
            say("--role: “" + line.option("--role") + "” is none of agent, manager, administrator.");
            return ExitCode::usage;
        }
        wish.role = *role;
    }
    const auto made = members.add(house.town->portal, staff::TERMINAL, wish);
    if (!made)
        return refused(house, made.error());
    show_password(house, *made);
    return ExitCode::success;
}

} // namespace

ExitCode manage_staff(ToolHouse& house, const ToolLine& line) {
    if (line.verb == "list")
        return list_staff(house);
    security::PasswordHasher hasher(house.random, 1);
    staff::Members members({*house.store, *house.store, house.clock, house.random, hasher});
    if (line.verb == "add")
        return add_member(house, members, line);
    const auto member = house.store->find_staff(house.town->portal.slug, staff::email_key(line.operands.front()));
    if (!member)
        return storage_failed();
    if (!*member)
        return refused(house, MemberRefusal::unknown);
    if (line.verb == "reset") {
        const auto made = members.reset(house.town->portal, staff::TERMINAL, (*member)->id);
        if (!made)
            return refused(house, made.error());
        show_password(house, *made);
        return ExitCode::success;
    }
    staff::MemberChange change;
    change.disabled = line.verb == "disable";
    const auto changed = members.change(house.town->portal, staff::TERMINAL, (*member)->id, change);
    if (!changed)
        return refused(house, changed.error());
    std::printf("%s is %s now.\n", changed->email.c_str(),
                changed->disabled ? "disabled: every session is ended, no token works" : "enabled");
    return ExitCode::success;
}

} // namespace foyer::server
