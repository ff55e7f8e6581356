// How long a town keeps each kind of data: the member "retention" of its portal.json, in days. It is the town hall's
// affair and no part of what is published to families' devices; docs/privacy.md says where the usual durations come
// from.
#pragma once

#include "portal/portal.h"
#include "store/privacy.h"

#include <array>
#include <string_view>
#include <vector>

namespace foyer::server::portals {

struct Retention {
    // In the order of store::RetentionRule.
    std::array<int, store::RETENTION_RULES.size()> days;
    int notice_days = 0; // between the mail that says that an inactive account will be erased, and that

    Retention(); // the usual durations
    [[nodiscard]] int of(store::RetentionRule rule) const { return days[static_cast<std::size_t>(rule)]; }
};

// Reads it from a portal.json and adds what is wrong with it; what is left out is usual.
[[nodiscard]] Retention read_retention(std::string_view document, std::vector<portal::PortalMistake>& mistakes);

} // namespace foyer::server::portals
