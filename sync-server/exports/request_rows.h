// A request as one row for another program. docs/exports.md says what each column holds; they are only ever added to,
// at the end. Pure.
#pragma once

#include "store/exports.h"

#include <string>
#include <vector>

namespace foyer::server::exports {

[[nodiscard]] const std::vector<std::string>& csv_columns();
// As many as csv_columns(). `today`: YYYY-MM-DD in the town.
[[nodiscard]] std::vector<std::string> csv_cells(const store::ExportRow& row, const std::string& today);
// One JSON object, ended by LF.
[[nodiscard]] std::string json_line(const store::ExportRow& row, const std::string& today);

} // namespace foyer::server::exports
