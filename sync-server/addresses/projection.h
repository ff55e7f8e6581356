// Plane coordinates of French maps as a position on the Earth, for files that have no longitude and latitude.
#pragma once

#include "address/index.h"

#include <optional>
#include <string_view>

namespace foyer::server::addresses {

// The legal projection of wherever the commune lies: Lambert 93 in France and Corsica; UTM in Guadeloupe, Martinique,
// Saint-Barthélemy and Saint-Martin (20 north), Guyane (22 north), La Réunion (40 south), Mayotte (38 south),
// Saint-Pierre-et-Miquelon (21 north). To the metre. Nothing for other territories, and for what lies far outside of
// it.
[[nodiscard]] std::optional<address::Position> position_from_plane(std::string_view insee, double x, double y);

} // namespace foyer::server::addresses
