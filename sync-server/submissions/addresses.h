// What the town's own index and the table of communes say of the places in a form. Pure but for those.
#pragma once

#include "addresses/town_indexes.h"
#include "domain/reference_data.h"
#include "form/answers.h"
#include "store/submissions.h"

#include <string_view>
#include <vector>

namespace foyer::server {

inline constexpr std::string_view ADDRESS_UNVERIFIED = "address_unverified"; // a mark

// Searches for every address again, that of the form and those of the people in its lists, and writes what was found
// beside each: a device's own claim does not count. The commune's INSEE code comes with a match, else from the table of
// communes. With an index, an address that is not matched gets a mark, unless it lies in a commune whose addresses the
// index does not have: nothing is known of that one, nor of any without an index (null).
void settle_addresses(const addresses::TownIndex* index, const domain::ReferenceData* reference, form::Answers& answers,
                      std::vector<store::Mark>& marks);

// The same for birth places in France, by the table of communes, those of former times among them: a code stays where
// its commune is called what was typed, and one that only one commune can mean is put where there is none.
void settle_birth_places(const domain::ReferenceData* reference, form::Answers& answers);

} // namespace foyer::server
