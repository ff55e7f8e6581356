// Login, logout, lost password, mail not received, new password: calls of the API that are answered at once
// or not at all. Internal to the wizard.
#pragma once

#include "wizard/action.h"
#include "wizard/turn.h"

#include <string>

namespace foyer::wizard {

// The button of the account form on the screen: looks at it, sends it, once.
void send_account_form(const Turn& turn);
void resend_from_confirmation(const Turn& turn);
void log_out(const Turn& turn);
void call_answered(const Turn& turn, const CallResult& result);
// The town does not know this device any more: the login comes in between, then the person is back where they were.
void session_ended(const Turn& turn);
// Takes over what the server found wrong with the fields of the form on the screen; false when it named none of them.
bool take_problems(const Turn& turn, const CallResult& result);
// The town has just taken this password from whoever is logged in: the device may be asked to ask for it.
void recognise(const Turn& turn, std::string password);
// Nothing of this family stays on the device, which is logged out as soon as the town can be told.
void leave_space(const Turn& turn);
// A password is in nobody's memory longer than it must be.
void forget_passwords(Sheet& sheet);
[[nodiscard]] bool is_waiting(const State& state, PendingCall::What what);

} // namespace foyer::wizard
