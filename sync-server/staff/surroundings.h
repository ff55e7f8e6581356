// What the use cases of the staff work with; the program and the tests put it together. Everything outlives them and
// may be used from any thread.
#pragma once

#include "base/clock.h"
#include "domain/reference_data.h"
#include "security/crypto.h"
#include "security/passwords.h"
#include "store/audit.h"
#include "store/staff.h"

namespace foyer::server::staff {

struct StaffSurroundings {
    store::StaffStore& staff;
    store::AuditStore& audit;
    const Clock& clock;
    security::RandomSource& random;
    security::PasswordHasher& hasher;
    const domain::ReferenceData* reference = nullptr; // for the list of common passwords
};

} // namespace foyer::server::staff
