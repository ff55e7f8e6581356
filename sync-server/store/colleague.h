// A member of the staff as the records of the day name them: the name is the one they had then.
#pragma once

#include "store/staff.h"

#include <string>

namespace foyer::server::store {

struct Colleague {
    StaffId id;
    std::string name;

    friend bool operator==(const Colleague&, const Colleague&) = default;
};

} // namespace foyer::server::store
