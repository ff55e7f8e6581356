// The words that roles, looks and pictures have in the DOM: class names and icon names (docs/scene-dom.md).
#pragma once

#include "scene/node.h"

#include <string_view>

namespace foyer::scene {

std::string_view name(Role role);         // "error_summary"
std::string_view name(Emphasis emphasis); // "normal", "primary"
std::string_view name(Icon icon);         // "arrow-left"; "none"

} // namespace foyer::scene
