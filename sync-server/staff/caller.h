// Who asks: a member of the staff at a screen, a script with a token, or somebody at the server's terminal.
#pragma once

#include "store/audit.h"
#include "store/staff.h"

#include <map>
#include <optional>
#include <string>

namespace foyer::server::staff {

struct Caller {
    store::StaffMember member;              // of a token: who made it
    std::optional<store::StaffToken> token; // none: a session

    // As the audit log names it: "staff:3", "token:7".
    [[nodiscard]] std::string name() const {
        return token ? "token:" + std::to_string(token->id.number()) : "staff:" + std::to_string(member.id.number());
    }
};

inline constexpr const char* TERMINAL = "terminal"; // the actor of what is done with foyer-server's commands
inline constexpr const char* NOBODY = "nobody";     // before a login

using AuditDetails = std::map<std::string, std::string, std::less<>>;

// `details` hold codes and numbers, never what a family said.
[[nodiscard]] inline store::NewAuditLine audit_line(const Caller& caller, UnixSeconds now, std::string action,
                                                    std::string object, AuditDetails details = {}) {
    return {caller.member.portal, now, caller.name(), std::move(action), std::move(object), std::move(details)};
}

} // namespace foyer::server::staff
