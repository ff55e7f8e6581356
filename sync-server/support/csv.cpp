#include "support/csv.h"

#include <algorithm>

namespace foyer::server {

namespace {

constexpr std::string_view BYTE_ORDER_MARK = "\xEF\xBB\xBF";

char separator_of(std::string_view bytes) {
    const std::string_view first = bytes.substr(0, bytes.find_first_of("\r\n"));
    const auto count = [&](char c) { return std::count(first.begin(), first.end(), c); };
    return count(',') > count(';') ? ',' : ';';
}

class Reading {
public:
    Reading(std::string_view bytes, char separator) : m_bytes(bytes), m_separator(separator) {}

    [[nodiscard]] bool at_end() const { return m_at == m_bytes.size(); }

    CsvRecord record() {
        CsvRecord record;
        record.line = m_line;
        do
            record.values.push_back(value(record));
        while (take(m_separator));
        if (!at_end() && !end_line()) {
            record.wrong = "there is text after a closing quote";
            while (!at_end() && !end_line())
                ++m_at;
        }
        return record;
    }

private:
    bool take(char c) {
        if (at_end() || m_bytes[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    bool end_line() {
        const bool carriage = take('\r');
        if (!take('\n') && !carriage)
            return false;
        ++m_line;
        return true;
    }

    std::string value(CsvRecord& record) {
        if (take('"'))
            return quoted(record);
        std::string text;
        while (!at_end() && m_bytes[m_at] != m_separator && m_bytes[m_at] != '\r' && m_bytes[m_at] != '\n')
            text += m_bytes[m_at++];
        return text;
    }

    std::string quoted(CsvRecord& record) {
        std::string text;
        while (!at_end()) {
            const char c = m_bytes[m_at++];
            if (c == '"' && !take('"'))
                return text;
            if (c == '\n')
                ++m_line;
            text += c;
        }
        record.wrong = "a quote is opened and never closed";
        return text;
    }

    std::string_view m_bytes;
    char m_separator;
    std::size_t m_at = 0;
    int m_line = 1;
};

bool is_empty(const CsvRecord& record) {
    return record.wrong.empty() && std::all_of(record.values.begin(), record.values.end(),
                                               [](const std::string& value) { return value.empty(); });
}

} // namespace

Result<CsvTable, std::string> read_csv(std::string_view bytes) {
    if (bytes.substr(0, BYTE_ORDER_MARK.size()) == BYTE_ORDER_MARK)
        bytes.remove_prefix(BYTE_ORDER_MARK.size());
    CsvTable table;
    table.separator = separator_of(bytes);
    Reading reading(bytes, table.separator);
    CsvRecord header = reading.record();
    if (!header.wrong.empty() || is_empty(header))
        return Failure{std::string("its first line must name the columns")};
    table.header = std::move(header.values);
    while (!reading.at_end()) {
        CsvRecord record = reading.record();
        if (is_empty(record))
            continue;
        if (record.wrong.empty() && record.values.size() != table.header.size())
            record.wrong = "it has " + std::to_string(record.values.size()) + " values, and the first line names " +
                           std::to_string(table.header.size()) + " columns";
        table.records.push_back(std::move(record));
    }
    return table;
}

std::string write_csv_line(const std::vector<std::string>& values, char separator) {
    std::string line;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0)
            line += separator;
        std::string value = values[i];
        if (!value.empty() && std::string_view("=+-@\t").find(value.front()) != std::string_view::npos)
            value.insert(value.begin(), '\'');
        if (value.find_first_of(std::string("\"\r\n") + separator) == std::string::npos) {
            line += value;
            continue;
        }
        line += '"';
        for (const char c : value)
            line += c == '"' ? std::string("\"\"") : std::string(1, c);
        line += '"';
    }
    return line + "\n";
}

} // namespace foyer::server
