// GET /: the towns of this server.
#pragma once

#include "pages/layout.h"
#include "portals/catalogue.h"

#include <string>

namespace foyer::server::pages {

[[nodiscard]] std::string towns_page(const Frame& frame, const portals::Catalogue& catalogue, bool demonstration);

} // namespace foyer::server::pages
