// GET /{slug}/mentions-legales: who publishes the portal, and what becomes of what families write there (RGPD, article
// 13). The durations are those that the nightly job holds (portals/retention.h), so that no sentence promises another.
#pragma once

#include "pages/layout.h"
#include "portals/legal.h"
#include "portals/retention.h"

#include <string>

namespace foyer::server::pages {

struct LegalPage {
    const portals::Legal& legal;
    const portals::Retention& retention;
};

[[nodiscard]] std::string legal_page(const Frame& frame, const LegalPage& page);

} // namespace foyer::server::pages
