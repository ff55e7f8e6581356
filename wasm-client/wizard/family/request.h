// One request: its state, its history, its receipt, and what the family may still do with it. Internal to the wizard.
#pragma once

#include "wizard/action.h"
#include "wizard/describe_form.h"
#include "wizard/turn.h"

#include <string_view>

namespace foyer::wizard::family {

void describe_request(const Page& page);
// False: none of this page's buttons.
bool press_request(const Turn& turn, std::string_view node);
// An agent may take the request while the family is still being asked.
void settle_request(const Turn& turn);
// The answer to the withdrawal; false: another call's.
bool withdrawal_answered(const Turn& turn, const CallResult& result);

} // namespace foyer::wizard::family
