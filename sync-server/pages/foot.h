// The links below every page of a town: those that French law wants on each.
#pragma once

#include "i18n/texts.h"
#include "portal/portal.h"
#include "portals/accessibility.h"

#include <string>

namespace foyer::server::pages {

// They lead on in the language of the page.
[[nodiscard]] std::string foot(const portal::Portal& portal, const i18n::Texts& texts, portals::Conformity conformity);

} // namespace foyer::server::pages
