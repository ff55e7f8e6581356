// What changed between two scenes: what the twin has to do to its DOM, and nothing more. A keystroke changes one node.
#pragma once

#include "scene/node.h"

#include <optional>
#include <string>
#include <vector>

namespace foyer::scene {

struct Patch {
    std::vector<Node> changed;                     // new or different, whole, in document order
    std::optional<std::vector<std::string>> order; // all ids in document order, when ids or parents changed
    std::vector<std::string> removed;
    std::optional<std::string> title;
    std::optional<std::string> language;
    std::optional<std::string> path;
    std::string focus; // to obey now, or empty
    bool scroll_to_top = false;

    // Nothing to tell the page.
    [[nodiscard]] bool empty() const;
};

// Ids are unique within a scene; `previous` may be empty (Scene{}), then everything is new.
Patch diff(const Scene& previous, const Scene& next);

} // namespace foyer::scene
