// The use cases of looking after the staff: who works here, as what, and a new password for whoever has lost theirs.
// Also behind foyer-server staff, where nobody is logged in.
#pragma once

#include "base/problem.h"
#include "portal/portal.h"
#include "staff/caller.h"
#include "staff/surroundings.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace foyer::server::staff {

// How long a temporary password can be used.
inline constexpr UnixSeconds TEMPORARY_PASSWORD_SECONDS = UnixSeconds{7} * 24 * 3600;

struct MemberWish {
    std::string email;
    std::string name;
    store::StaffRole role = store::StaffRole::agent;
    std::vector<std::string> services;
};

struct MemberChange {
    std::optional<std::string> name = {};
    std::optional<store::StaffRole> role = {};
    std::optional<std::vector<std::string>> services = {};
    std::optional<bool> disabled = {};
};

struct NewPassword {
    store::StaffMember member;
    std::string password; // temporary; shown once
};

enum class MemberRefusal { unknown, email_taken, last_administrator, unavailable };
// Or what is wrong with single fields: "email", "name", "services".
using MemberFailure = std::variant<MemberRefusal, std::vector<Problem>>;

class Members {
public:
    explicit Members(StaffSurroundings surroundings) : m_around(surroundings) {}

    // `actor`: as the audit log names who does it.
    [[nodiscard]] Result<NewPassword, MemberFailure> add(const portal::Portal& town, const std::string& actor,
                                                         const MemberWish& wish);
    [[nodiscard]] Result<store::StaffMember, MemberFailure> change(const portal::Portal& town, const std::string& actor,
                                                                   store::StaffId staff, const MemberChange& change);
    // A temporary password; the authenticator is forgotten, every session ends.
    [[nodiscard]] Result<NewPassword, MemberFailure> reset(const portal::Portal& town, const std::string& actor,
                                                           store::StaffId staff);

    static constexpr std::size_t MAXIMUM_NAME_BYTES = 200;

private:
    struct Temporary {
        std::string password;
        std::string hash;
    };
    [[nodiscard]] std::optional<Temporary> temporary_password();

    StaffSurroundings m_around;
};

// A name people give to something: one line, some characters. Gives it clean, or the problem.
[[nodiscard]] Result<std::string, Problem> named(std::string_view typed, std::string_view field);

} // namespace foyer::server::staff
