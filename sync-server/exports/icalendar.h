// Lines of iCalendar (RFC 5545). Pure.
#pragma once

#include "base/clock.h"

#include <string>
#include <string_view>

namespace foyer::server::exports {

// A content line, folded after 75 bytes, never within a character (§3.1), ended by CR LF.
[[nodiscard]] std::string calendar_line(std::string_view name, std::string_view value);
// As a value of the type TEXT (§3.3.11); control characters are left out.
[[nodiscard]] std::string calendar_text(std::string_view value);
// "20261130" from "2026-11-30".
[[nodiscard]] std::string calendar_date(std::string_view day);
[[nodiscard]] std::string calendar_moment(UnixSeconds at); // "20261122T101500Z"

} // namespace foyer::server::exports
