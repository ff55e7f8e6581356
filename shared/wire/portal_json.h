// portal.json, read and written. docs/portal-json.md explains every member.
#pragma once

#include "base/result.h"
#include "portal/portal.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::wire {

// Reads a portal.json and reports every mistake there is, each with its path; never stops at the first. Bytes that
// are not JSON are one mistake with the path "".
[[nodiscard]] Result<portal::Portal, std::vector<portal::PortalMistake>> read_portal(std::string_view json);

// The same for a portal that a server has published: every rule was kept when the server read it, so that only the
// shape is looked at. Nothing: it has not the shape of a portal that this program knows.
[[nodiscard]] std::optional<portal::Portal> read_published_portal(std::string_view json);

// The file's canonical text: members sorted, no spaces, "$schema" left out. Its SHA-256 names the portal's revision.
// Empty when the bytes are not JSON.
[[nodiscard]] std::string canonical_portal(std::string_view json);

} // namespace foyer::wire
