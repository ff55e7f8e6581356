// The DOM of a scene as HTML text: what stands inside <div id="scene">. The twin writes the same elements in the page;
// docs/scene-dom.md is the agreement between the two. Secrets are never written.
#pragma once

#include "scene/node.h"

#include <string>
#include <string_view>

namespace foyer::scene {

std::string to_html(const Scene& scene);

// For the shell that puts the scene into a page: text and attribute values, safe between any quotes. Characters HTML
// cannot hold (NUL and other controls) become U+FFFD.
std::string escape_html(std::string_view text);

} // namespace foyer::scene
