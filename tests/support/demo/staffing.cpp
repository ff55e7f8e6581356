#include "demo/staffing.h"

#include "domain/email_address.h"
#include "domain/password.h"
#include "security/passwords.h"

namespace foyer::demo {

using namespace foyer::server;
using store::StaffRole;

Result<std::vector<store::Colleague>, std::string> employ_staff(store::StaffStore& store, const std::string& portal,
                                                                UnixSeconds now) {
    struct Person {
        const char* name;
        StaffRole role;
    };
    constexpr Person PEOPLE[] = {{"Claire Martin", StaffRole::agent},
                                 {"Youssef Benali", StaffRole::agent},
                                 {"Anne Le Goff", StaffRole::manager},
                                 {"Paul Durand", StaffRole::administrator}};
    const std::string refused = "the database could not be written";
    security::SystemRandom random;
    security::PasswordHasher hasher(random, 1);
    const auto hash = hasher.hash(domain::bytes_to_hash(STAFF_PASSWORD));
    if (!hash)
        return Failure{std::string("there is no memory for a password")};
    for (std::size_t i = 0; i < std::size(PEOPLE); ++i) {
        const auto email = domain::EmailAddress::parse(STAFF_ADDRESSES[i]);
        store::NewStaffMember member;
        member.portal = portal;
        member.email = email->text();
        member.email_key = email->folded();
        member.name = PEOPLE[i].name;
        member.role = PEOPLE[i].role;
        member.password_hash = *hash;
        member.password_good_until = now;
        member.now = now;
        const auto added = store.add_staff(member, {portal, now, "terminal", "staff.add", {}, {}});
        if (!added)
            return Failure{refused};
        // The first password is temporary; a second one is one's own. The session that comes with it nobody holds.
        if (*added && !store.change_staff_password({**added, *hash, random.bytes(32), now},
                                                   {portal, now, "terminal", "staff.password", {}, {}}))
            return Failure{refused};
    }
    const auto all = store.staff_of(portal);
    if (!all)
        return Failure{std::string("the database could not be read")};
    std::vector<store::Colleague> agents;
    for (const store::StaffMember& member : *all)
        if (member.role == StaffRole::agent)
            agents.push_back({member.id, member.name});
    return agents;
}

} // namespace foyer::demo
