// Bytes made small as RFC 1952 has it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace foyer::server {

// Nothing when there is no memory for it.
[[nodiscard]] std::optional<std::string> gzip(std::string_view bytes);

} // namespace foyer::server
