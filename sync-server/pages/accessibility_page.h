// GET /{slug}/accessibilite: the declaration that the decree of 24 July 2019 asks of every online service of a French
// administration, in the words of its model (order of 20 September 2019). What is known not to hold is the table of
// docs/accessibility.md; a test holds the two together.
#pragma once

#include "pages/layout.h"
#include "portals/accessibility.h"

#include <string>

namespace foyer::server::pages {

struct AccessibilityPage {
    const portals::Accessibility& said;
    std::string address; // of the portal
};

[[nodiscard]] std::string accessibility_page(const Frame& frame, const AccessibilityPage& page);

// Where there is no JavaScript, or no WebAssembly: how else to reach the town hall, in one sentence or two.
[[nodiscard]] std::string otherwise(const portal::Portal& portal, const i18n::Texts& texts);

} // namespace foyer::server::pages
