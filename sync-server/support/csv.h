// Comma- or semicolon-separated values as offices write them: RFC 4180 quoting, CR LF or LF, with or without a byte
// order mark. Pure.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace foyer::server {

struct CsvRecord {
    int line = 0; // on which it begins, from 1
    std::vector<std::string> values;
    std::string wrong; // why it cannot be read, in English; empty when it can
};

struct CsvTable {
    std::vector<std::string> header;
    std::vector<CsvRecord> records; // empty lines are left out
    char separator = ';';
};

// Which separator it is, is told by the first line. The error is a sentence about the file as a whole.
[[nodiscard]] Result<CsvTable, std::string> read_csv(std::string_view bytes);

// One line, ended by LF, with quotes where they are needed. A value that a spreadsheet would run as a formula is told
// apart by a leading apostrophe.
[[nodiscard]] std::string write_csv_line(const std::vector<std::string>& values, char separator = ';');

} // namespace foyer::server
