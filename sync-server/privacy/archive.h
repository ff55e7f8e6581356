// All that is held about a person, for that person (RGPD, articles 15 and 20): a .zip with a page to read, the same as
// JSON for other programs, and a few words. Pure; of other people it says what that person may see of them
// (households/visibility.h).
#pragma once

#include "households/visibility.h"
#include "i18n/texts.h"
#include "portals/catalogue.h"
#include "store/privacy.h"

#include <string>
#include <vector>

namespace foyer::server::privacy {

struct ArchiveTown {
    const portals::Published& town;
    const portals::Catalogue& catalogue; // the portals of then: what a request's answers were asked as
    const i18n::Texts& texts;            // of the person's language
};

// Whom of the family this file may tell of, and what.
[[nodiscard]] std::vector<households::VisiblePerson> family_of(const store::PersonFile& file);
[[nodiscard]] std::string archive_json(const store::PersonFile& file, const ArchiveTown& town, UnixSeconds now);
// One page of HTML that needs nothing else: no script, no picture, nothing from a network.
[[nodiscard]] std::string archive_page(const store::PersonFile& file, const ArchiveTown& town, UnixSeconds now);
// The bytes of the .zip.
[[nodiscard]] std::string archive_of(const store::PersonFile& file, const ArchiveTown& town, UnixSeconds now);
// "oudon-donnees-3f9c….zip", of somebody without an account "oudon-donnees-k12.zip": holds no name, since downloads are
// seen by others.
[[nodiscard]] std::string archive_name(const store::PersonFile& file, const portals::Published& town);

} // namespace foyer::server::privacy
