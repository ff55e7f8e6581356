// Moments as text, in UTC.
#pragma once

#include "base/clock.h"

#include <optional>
#include <string>
#include <string_view>

namespace foyer::server {

[[nodiscard]] std::string rfc3339(UnixSeconds moment); // "2026-11-22T00:03:54Z"
// Of exactly that form; nothing for any other text.
[[nodiscard]] std::optional<UnixSeconds> parse_rfc3339(std::string_view text);
[[nodiscard]] std::string http_date(UnixSeconds moment); // "Sun, 22 Nov 2026 00:03:54 GMT"
[[nodiscard]] std::string mail_date(UnixSeconds moment); // RFC 5322: "Sun, 22 Nov 2026 00:03:54 +0000"

} // namespace foyer::server
