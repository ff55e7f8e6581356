// The links below every page of a town: those that French law wants on each.
#pragma once

#include "i18n/texts.h"
#include "portal/portal.h"
#include "portals/accessibility.h"

#include <array>
#include <string>
#include <string_view>

namespace foyer::server::pages {

// Where they lead, under the portal. Devices keep these pages (routes/installable.cpp).
inline constexpr std::array<std::string_view, 2> FOOT_PAGES = {"accessibilite", "mentions-legales"};

// They lead on in the language of the page.
[[nodiscard]] std::string foot(const portal::Portal& portal, const i18n::Texts& texts, portals::Conformity conformity);

} // namespace foyer::server::pages
