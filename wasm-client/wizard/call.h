// Calls of the API that are answered at once or not at all. Internal to the wizard.
#pragma once

#include "form/form.h"
#include "wizard/turn.h"

#include <string_view>

namespace foyer::wizard {

// Without a body: begin_call(turn, "DELETE", "sessions"). The effect's id, by which the answer is known.
unsigned begin_call(const Turn& turn, std::string_view method, std::string_view resource);
// POST with a sealed form.
unsigned begin_sealed_call(const Turn& turn, form::Procedure procedure, std::string_view resource,
                           form::Answers answers);

// What to say when a call was answered with this status, and it was none of those that mean something.
[[nodiscard]] Trouble trouble_of(int status);

} // namespace foyer::wizard
