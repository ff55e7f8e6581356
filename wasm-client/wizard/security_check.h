// The guides' "cliquez sur l'icône demandée", and its equivalent that needs no picture. Internal to the wizard.
#pragma once

#include "wizard/environment.h"
#include "wizard/state.h"

namespace foyer::wizard {

inline constexpr std::size_t ICONS_SHOWN = 6;

// Asks a new question: other icons in another order, another sum. Takes away the answers given so far. Does nothing on
// a portal that has no security check.
void draw_security_check(State& state, const Environment& environment);
// The person changed between pictures and a question.
void show_security_question(State& state, bool without_picture);
[[nodiscard]] bool offers(const Environment& environment, portal::SecurityCheck kind);

} // namespace foyer::wizard
