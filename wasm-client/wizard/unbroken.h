// A number stays on one line: nobody dials half of it, and "9 h à" at the end of a line opens no town hall.
#pragma once

#include "scene/node.h"

#include <string>

namespace foyer::wizard {

// Between digits ("02 61 91 44 15"), around the h of an hour ("de 9 h à 12 h") and before its am, behind the day of a
// month ("20 novembre") and before the bis of an address, ordinary spaces become no-break ones.
[[nodiscard]] std::string unbroken(std::string text);

// In everything the node says; not in what people type.
void keep_numbers_whole(scene::Node& node);

} // namespace foyer::wizard
