// The scene of a state: pure, called after every action and by the server for the first screen.
#pragma once

#include "scene/node.h"
#include "wizard/environment.h"
#include "wizard/state.h"

namespace foyer::wizard {

[[nodiscard]] scene::Scene describe(const State& state, const Environment& environment);

} // namespace foyer::wizard
