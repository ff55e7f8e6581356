// A line of CSV that every reader takes for the same cells, and no spreadsheet for a program: RFC 4180 quoting around
// every cell, and OWASP's “CSV Injection” for what begins like a formula. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace foyer::server::exports {

// With an apostrophe before what a spreadsheet would run: = + - @, tab, CR, LF, and their full-width forms.
[[nodiscard]] std::string defused(std::string_view value);

// Ended by CR LF.
[[nodiscard]] std::string csv_record(const std::vector<std::string>& cells, char separator);

inline constexpr std::string_view BYTE_ORDER_MARK = "\xef\xbb\xbf";

} // namespace foyer::server::exports
