// What protects the account: its password, and the devices that open it without one. Internal to the wizard.
#pragma once

#include "wizard/action.h"
#include "wizard/describe_form.h"
#include "wizard/turn.h"

#include <optional>
#include <string_view>

namespace foyer::wizard::family {

[[nodiscard]] std::optional<OpenForm> open_password(const wizard::State& state, const Environment& environment);
void describe_password(const Page& page);
void describe_devices(const Page& page);
// False: none of these pages' buttons.
bool press_security(const Turn& turn, std::string_view node);
// The answer to one of their calls; false: another call's.
bool security_answered(const Turn& turn, const CallResult& result);

} // namespace foyer::wizard::family
