// Envelopes of a family that is logged in: sent once, and what becomes of them. Internal to the wizard.
#pragma once

#include "wizard/action.h"
#include "wizard/turn.h"

#include <string>

namespace foyer::wizard::family {

// Seals and keeps these answers until the town has them; the effect's id, under which State::sendings tells of it.
// `corrects`: the UUID of the request that is corrected.
unsigned send(const Turn& turn, form::Procedure procedure, form::Answers answers, std::string corrects = {});
// Those that other visits or other tabs have made.
void take_sendings(const Turn& turn, const OnDevice& action);
// False: none of ours.
bool sending_moved(const Turn& turn, const SubmissionState& action);
// The newest of this procedure that corrects nothing; null: none since the page was opened.
[[nodiscard]] const Sending* last_sending(const State& family, form::Procedure procedure);
// Not received and not refused yet.
[[nodiscard]] bool is_under_way(const Sending& sending);
// One of this procedure that corrects nothing; null: none.
[[nodiscard]] const Sending* under_way(const State& family, form::Procedure procedure);
[[nodiscard]] const Sending* find_sending(const State& family, unsigned effect);

} // namespace foyer::wizard::family
