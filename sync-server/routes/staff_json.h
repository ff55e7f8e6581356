// How the staff's things look as JSON. For the routes of the staff only.
#pragma once

#include "store/staff.h"
#include "wire/json.h"

namespace foyer::server::routes {

[[nodiscard]] wire::Json staff_member_json(const store::StaffMember& member);
[[nodiscard]] wire::Json staff_token_json(const store::StaffToken& token);

} // namespace foyer::server::routes
