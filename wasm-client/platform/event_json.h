// What the page reports, as JSON, turned into what the wizard understands. web/shell/events.ts writes it.
#pragma once

#include "wizard/action.h"
#include "wizard/update.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace foyer::platform {

// The pointer is over a node (or one of its items), or over nothing: it only changes how things are painted.
struct PointerMoved {
    std::string node;
    int index = -1;
    bool pressed = false;
};

using Event = std::variant<wizard::Action, PointerMoved>;

// Nothing: the bytes are no event that we know. Whatever they are, nothing breaks.
[[nodiscard]] std::optional<Event> read_event(std::string_view json);

// The page's first word: where it was opened.
[[nodiscard]] std::optional<wizard::Start> read_start(std::string_view json);

} // namespace foyer::platform
