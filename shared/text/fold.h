// One form for comparing and searching what people write in several ways. Never stored in place of what was typed.
#pragma once

#include <string>
#include <string_view>

namespace foyer::text {

// Lower case, no accents, ligatures opened (œ→oe, æ→ae, ß→ss, ø→o, ł→l, đ→d, þ→th, ı→i), every apostrophe as ', every
// hyphen as -, white space collapsed and trimmed, forbidden and invisible characters left out.
// "L’Haÿ–les–Roses" and "l'hay-les-roses" fold to the same text. Folding twice changes nothing.
[[nodiscard]] std::string fold_for_comparison(std::string_view text);

// As above, and apostrophes and hyphens are spaces too, with "st"/"ste" standing for "saint"/"sainte":
// how a place is searched. "St Maur des Fosses" finds "Saint-Maur-des-Fossés".
[[nodiscard]] std::string fold_for_place_search(std::string_view text);

} // namespace foyer::text
