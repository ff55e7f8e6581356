// What every page of the server's own is laid out with, and the simplest of them. Written by PageWriter
// (page_writer.h).
#pragma once

#include "i18n/texts.h"
#include "portal/portal.h"
#include "portals/accessibility.h"

#include <string>

namespace foyer::server::pages {

// Which set of files a page belongs to, and the revision of the portal it runs: with them everything a page fetches
// later has an address whose content never changes, so that no page mixes two versions.
struct Edition {
    std::string set;       // routes/installable.cpp
    std::string revision;  // hex
    std::string addresses; // of the town's address index; empty: it has none
};

// What every page is laid out with. All of it outlives the page.
struct Frame {
    const i18n::Texts& texts;
    std::string style_sheet;                                    // address of main.css
    const portal::Portal* portal = nullptr;                     // null: no town
    portals::Conformity conformity = portals::Conformity::none; // of the town's portal
    Edition edition = {};                                       // of a town's pages
};

// A title, a sentence and the way back.
[[nodiscard]] std::string message_page(const Frame& frame, TextKey title, TextKey sentence);

// The town's colours for style sheets, as docs/page.md describes.
[[nodiscard]] std::string theme_css(const portal::Portal& portal);

} // namespace foyer::server::pages
