// Login, logout, lost password, mail not received, new password, dashboard: calls of the API that are answered at once
// or not at all. Internal to the wizard.
#pragma once

#include "wizard/action.h"
#include "wizard/turn.h"

namespace foyer::wizard {

// The button of the account form on the screen: looks at it, sends it, once.
void send_account_form(const Turn& turn);
void resend_from_confirmation(const Turn& turn);
void log_out(const Turn& turn);
void ask_for_dashboard(const Turn& turn);
void call_answered(const Turn& turn, const CallResult& result);
[[nodiscard]] bool is_waiting(const State& state, PendingCall::What what);

} // namespace foyer::wizard
