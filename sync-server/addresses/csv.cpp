#include "addresses/csv.h"

#include <algorithm>

namespace foyer::server::addresses {

char separator_of(std::string_view header) {
    char best = ';';
    for (const char separator : {',', '\t'})
        if (std::count(header.begin(), header.end(), separator) > std::count(header.begin(), header.end(), best))
            best = separator;
    return best;
}

bool split_fields(std::string_view line, char separator, std::vector<std::string>& fields) {
    std::size_t count = 0;
    std::size_t at = 0;
    while (true) {
        if (count == fields.size())
            fields.emplace_back();
        std::string& field = fields[count++];
        field.clear();
        if (at < line.size() && line[at] == '"') {
            ++at;
            while (true) {
                const std::size_t quote = line.find('"', at);
                if (quote == std::string_view::npos)
                    return false;
                field.append(line, at, quote - at);
                at = quote + 1;
                if (at == line.size() || line[at] != '"')
                    break;
                field.push_back('"');
                ++at;
            }
            if (at < line.size() && line[at] != separator)
                return false;
        } else {
            const std::size_t end = std::min(line.find(separator, at), line.size());
            field.assign(line, at, end - at);
            at = end;
        }
        if (at == line.size())
            break;
        ++at; // the separator
    }
    fields.resize(count);
    return true;
}

} // namespace foyer::server::addresses
