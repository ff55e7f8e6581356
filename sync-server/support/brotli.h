// Bytes made as small as they get (RFC 7932), where there is time for it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace foyer::server {

// Some two seconds a megabyte. Nothing when there is no memory for it.
[[nodiscard]] std::optional<std::string> brotli(std::string_view bytes);

// Whether these are those bytes, packed. What is longer is not unpacked to its end.
[[nodiscard]] bool unpacks_to(std::string_view packed, std::string_view bytes);

} // namespace foyer::server
