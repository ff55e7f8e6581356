// One action being carried out: the state it changes, the effects it asks for. Internal to the wizard.
#pragma once

#include "wizard/effect.h"
#include "wizard/environment.h"
#include "wizard/state.h"

#include <string>

namespace foyer::wizard {

struct Turn {
    State& state;
    Effects& effects;
    const Environment& environment;
};

// The control with this id gets the focus once.
inline void focus_on(State& state, std::string node, bool scroll_to_top = false) {
    state.focus = std::move(node);
    ++state.focus_revision;
    state.scroll_to_top = scroll_to_top;
}

} // namespace foyer::wizard
