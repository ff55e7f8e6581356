// GET /: the towns of this server.
#pragma once

#include "i18n/texts.h"
#include "portals/catalogue.h"

#include <string>

namespace foyer::server::pages {

[[nodiscard]] std::string towns_page(const portals::Catalogue& catalogue, const i18n::Texts& texts, bool demonstration);

} // namespace foyer::server::pages
