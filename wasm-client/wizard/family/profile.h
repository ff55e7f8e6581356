// PROFIL: the registration's steps again, filled in from what the town knows, and last the services' keys. Internal to
// the wizard.
#pragma once

#include "wizard/action.h"
#include "wizard/describe_form.h"
#include "wizard/turn.h"

#include <optional>
#include <string_view>

namespace foyer::wizard::family {

[[nodiscard]] std::optional<OpenForm> open_profile(const wizard::State& state, const Environment& environment);
// The step that has to be mended first, if there is one.
[[nodiscard]] Route resolved_profile(const wizard::State& state, const Environment& environment, const Route& wanted);
// Takes what the town knows, unless the person has begun to change it.
void fill_profile(const Turn& turn);
// What the person has changed and not sent, also to nothing; and the same taken up again on another day, over what the
// town knows by then.
[[nodiscard]] form::Answers changed_in_profile(const wizard::State& state, const Environment& environment);
// False: a change has been begun anew.
bool resume_profile(const Turn& turn, const form::Answers& changed);
// The last step is complete.
void submit_profile(const Turn& turn);
void profile_moved(const Turn& turn);
bool press_profile(const Turn& turn, std::string_view node);

void describe_profile_step(const Page& page);
void describe_profile_confirmation(const Page& page);

} // namespace foyer::wizard::family
