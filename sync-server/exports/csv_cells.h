// A line of CSV that every reader takes for the same cells, and no spreadsheet for a program: RFC 4180 quoting around
// every cell, and OWASP's “CSV Injection” for what begins like a formula. Pure.
#pragma once

#include <string>
#include <vector>

namespace foyer::server::exports {

// Ended by CR LF; values are defused (support/csv.h).
[[nodiscard]] std::string csv_record(const std::vector<std::string>& cells, char separator);

} // namespace foyer::server::exports
