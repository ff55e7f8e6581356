// People who work in an invented town hall: one of each role, and a second agent to be told about.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "store/colleague.h"
#include "store/staff.h"

#include <string>
#include <vector>

namespace foyer::demo {

// All of them log in with it, in every town of a demonstration.
inline constexpr const char* STAFF_PASSWORD = "Marée-haute-à-8-heures";
inline constexpr const char* STAFF_ADDRESSES[] = {"claire@mairie.example", "youssef@mairie.example",
                                                  "responsable@mairie.example", "administration@mairie.example"};

// The agents among them, by name. Makes nobody who is there already. The error is a sentence.
[[nodiscard]] Result<std::vector<server::store::Colleague>, std::string>
employ_staff(server::store::StaffStore& store, const std::string& portal, UnixSeconds now);

} // namespace foyer::demo
