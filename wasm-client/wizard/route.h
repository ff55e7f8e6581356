// Which screen has which address. Addresses are French, as the guides' platform has them, in every language.
#pragma once

#include "wizard/environment.h"
#include "wizard/state.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace foyer::wizard {

using Query = std::map<std::string, std::string, std::less<>>;

struct Address {
    std::string path; // without prefix, slashes at the ends, query and fragment: "inscription/adresse"
    Query query;      // decoded
};
[[nodiscard]] Address read_address(std::string_view text, std::string_view prefix);

// Nothing when no screen of this portal lives there.
[[nodiscard]] std::optional<Route> route_of(std::string_view path, const Environment& environment);
// "inscription/adresse"; the landing's is empty.
[[nodiscard]] std::string path_of(const Route& route);
// The same with "?lang=en" when the language is not the portal's first.
[[nodiscard]] std::string path_of(const Route& route, std::string_view language, const Environment& environment);
// "/oudon/inscription/adresse?lang=en", for links.
[[nodiscard]] std::string href_of(const Route& route, std::string_view language, const Environment& environment);

} // namespace foyer::wizard
