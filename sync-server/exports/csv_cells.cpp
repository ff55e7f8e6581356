#include "exports/csv_cells.h"

#include "support/csv.h"

namespace foyer::server::exports {

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
