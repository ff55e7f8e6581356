// Civilité: optional, and never "Mademoiselle" (circulaire n° 5575/SG of 21 February 2012).
#pragma once

#include "domain/rejection.h"

#include <string_view>

namespace foyer::domain {

enum class Civility { madame, monsieur, unspecified };

// The option ids in forms: "madame", "monsieur", "unspecified"; anything else is unknown_choice.
[[nodiscard]] Parsed<Civility> parse_civility(std::string_view option);
[[nodiscard]] std::string_view option_id(Civility civility);

} // namespace foyer::domain
