// What changed in the scene, as the JSON that web/twin/patch.ts reads. Every member of a node that has its default
// value is left out: most of them have, and a keystroke's patch stays a hundred bytes.
#pragma once

#include "scene/diff.h"

#include <string>

namespace foyer::twin {

[[nodiscard]] std::string patch_json(const scene::Patch& patch);

} // namespace foyer::twin
