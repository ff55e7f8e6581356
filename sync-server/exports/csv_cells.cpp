#include "exports/csv_cells.h"

#include <algorithm>
#include <array>

namespace foyer::server::exports {

namespace {
// The full-width ones (U+FF1D, U+FF0B, U+FF0D, U+FF20) run where the language is Chinese, Japanese or Korean.
constexpr std::array<std::string_view, 11> STARTS = {
    "=", "+", "-", "@", "\t", "\r", "\n", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};
} // namespace

std::string defused(std::string_view value) {
    const bool runs = std::any_of(STARTS.begin(), STARTS.end(),
                                  [&](std::string_view start) { return value.substr(0, start.size()) == start; });
    return runs ? "'" + std::string(value) : std::string(value);
}

std::string csv_record(const std::vector<std::string>& cells, char separator) {
    std::string line;
    for (const std::string& cell : cells) {
        if (!line.empty())
            line += separator;
        line += '"';
        for (const char c : defused(cell)) {
            if (c == '"')
                line += '"';
            line += c;
        }
        line += '"';
    }
    return line + "\r\n";
}

} // namespace foyer::server::exports
