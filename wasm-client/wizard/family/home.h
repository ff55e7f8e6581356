// What this device keeps of a family's space for when there is no network: whether it does, whether it asks for the
// password before it shows it, and the screen on which it asks. Keeping itself is the page's (web/vault/homes.ts).
// Internal to the wizard.
#pragma once

#include "wizard/action.h"
#include "wizard/describe_form.h"
#include "wizard/turn.h"

#include <optional>
#include <string>
#include <string_view>

namespace foyer::wizard::family {

// The device has said what it keeps, and nothing of it is locked: the town may be asked.
[[nodiscard]] bool is_open(const Home& home);
// The password has to come first.
[[nodiscard]] bool is_locked(const Home& home);
// Asks the device, once.
void open_kept(const Turn& turn);
void kept_answered(const Turn& turn, const Kept& answer);
// The town has said something, `body`, or (empty) that nothing is new.
void keep(const Turn& turn, const std::string& body);

// Beside them the question stands, once for each login.
void describe_home_question(const Page& page);
// What the device keeps, with what else could be chosen.
void describe_home_choice(const Page& page);
void describe_unlock(const Page& page);
[[nodiscard]] std::optional<OpenForm> open_home(const wizard::State& state);
// False: none of these buttons.
bool press_home(const Turn& turn, std::string_view node);
// The answer to a password that was tried; false: another call's.
bool home_answered(const Turn& turn, const CallResult& result);

} // namespace foyer::wizard::family
