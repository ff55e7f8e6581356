// What is written on the letter that brings a key. Pure.
#pragma once

#include "store/households.h"

#include <string>
#include <vector>

namespace foyer::server {

// The address as the post wants it behind an envelope's window (NF Z 10-011): who, inside the building, the building,
// the street, what comes beside it, and the postal code with the town in capitals without accents; at most six lines,
// without the empty ones. Somebody who lives with another representative of the household gets that address; somebody
// without any gets the name alone, and the letter is handed over.
[[nodiscard]] std::vector<std::string> address_lines(const store::Household& household,
                                                     const store::HouseholdPerson& person);

} // namespace foyer::server
