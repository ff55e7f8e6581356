// What the wizard asks of the world, as the JSON that web/shell/effects.ts carries out.
#pragma once

#include "wizard/effect.h"

#include <string>

namespace foyer::platform {

[[nodiscard]] std::string effects_json(const wizard::Effects& effects);

} // namespace foyer::platform
