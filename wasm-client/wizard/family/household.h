// "Ma famille": a card for each person the town knows, and the invitation of the other representative. Internal to the
// wizard.
#pragma once

#include "wizard/action.h"
#include "wizard/describe_form.h"
#include "wizard/turn.h"

#include <optional>
#include <string_view>

namespace foyer::wizard::family {

void describe_household(const Page& page);
// The expected child of this reference is born: what is known of it opens with its birth date to be filled in.
void declare_birth(const Turn& turn, std::string_view reference);
// The invitation that is being written.
[[nodiscard]] std::optional<OpenForm> open_invitation(const wizard::State& state, const Environment& environment);
// False: none of this page's buttons.
bool press_household(const Turn& turn, std::string_view node);
// The answer to the invitation; false: another call's.
bool invitation_answered(const Turn& turn, const CallResult& result);

} // namespace foyer::wizard::family
