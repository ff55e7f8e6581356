// What the town's own index says of the addresses in a form. Pure but for the index.
#pragma once

#include "addresses/town_indexes.h"
#include "form/answers.h"
#include "store/submissions.h"

#include <string_view>
#include <vector>

namespace foyer::server {

inline constexpr std::string_view ADDRESS_UNVERIFIED = "address_unverified"; // a mark

// Searches for every address again, that of the form and those of the people in its lists, and writes what was found
// beside each: a device's own claim does not count. A match brings the commune's INSEE code too. With an index, an
// address that is not matched gets a mark; without one (null) nothing is known of any address.
void settle_addresses(const addresses::TownIndex* index, form::Answers& answers, std::vector<store::Mark>& marks);

} // namespace foyer::server
