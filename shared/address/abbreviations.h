// What people and files shorten in addresses. The table is the documentation: docs/address-index.md explains its use.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace foyer::address {

// The other spellings of a word, both ways: "av" gives avenue, ave…; "avenue" gives av, ave…
void add_spellings(std::string_view word, std::vector<std::string>& spellings);

// The words an acronym stands for, separated by spaces, or nothing: "za" is "zone artisanale"; "rd" is a "route
// departementale" before a number, else perhaps a rond-point.
[[nodiscard]] std::string_view opened_acronym(std::string_view word, bool before_number);

} // namespace foyer::address
