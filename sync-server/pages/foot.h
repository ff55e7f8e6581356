// The links below every page of a town: those that French law wants on each.
#pragma once

#include "i18n/texts.h"
#include "portal/portal.h"
#include "portals/accessibility.h"

#include <string>
#include <string_view>

namespace foyer::server::pages {

// `query` leads on in the language of the page: "?lang=en", or nothing.
[[nodiscard]] std::string foot(const portal::Portal& portal, const i18n::Texts& texts, portals::Conformity conformity,
                               std::string_view query);

} // namespace foyer::server::pages
