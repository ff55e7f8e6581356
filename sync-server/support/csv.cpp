#include "support/csv.h"

#include <algorithm>
#include <array>

namespace foyer::server {

namespace {

// The full-width ones (U+FF1D, U+FF0B, U+FF0D, U+FF20) run where the language is Chinese, Japanese or Korean.
constexpr std::array<std::string_view, 11> FORMULA_STARTS = {
    "=", "+", "-", "@", "\t", "\r", "\n", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};

char separator_of(std::string_view bytes) {
    const std::string_view first = bytes.substr(0, bytes.find_first_of("\r\n"));
    const auto count = [&](char c) { return std::count(first.begin(), first.end(), c); };
    return count(',') > count(';') ? ',' : ';';
}

bool is_empty(const CsvRecord& record) {
    return record.fault == CsvFault::none && std::all_of(record.values.begin(), record.values.end(),
                                                         [](const std::string& value) { return value.empty(); });
}

} // namespace

CsvReader::CsvReader(std::string_view bytes) : m_bytes(bytes) {
    if (m_bytes.substr(0, BYTE_ORDER_MARK.size()) == BYTE_ORDER_MARK)
        m_bytes.remove_prefix(BYTE_ORDER_MARK.size());
    m_separator = separator_of(m_bytes);
    CsvRecord record;
    read_record(record);
    if (record.fault == CsvFault::none && !is_empty(record))
        m_header = std::move(record.values);
}

bool CsvReader::next(CsvRecord& record) {
    if (m_header.empty())
        return false;
    while (!at_end()) {
        read_record(record);
        if (is_empty(record))
            continue;
        if (record.fault == CsvFault::none && record.values.size() != m_header.size())
            record.fault = CsvFault::wrong_count;
        return true;
    }
    return false;
}

bool CsvReader::take(char c) {
    if (at_end() || m_bytes[m_at] != c)
        return false;
    ++m_at;
    return true;
}

bool CsvReader::end_line() {
    const bool carriage = take('\r');
    if (!take('\n') && !carriage)
        return false;
    ++m_line;
    return true;
}

void CsvReader::skip_line() {
    m_at = std::min(m_bytes.find_first_of("\r\n", m_at), m_bytes.size());
    end_line();
}

void CsvReader::read_record(CsvRecord& record) {
    record.line = m_line;
    record.values.clear();
    record.fault = CsvFault::none;
    const std::size_t begin = m_at;
    do {
        if (record.values.size() == MOST_CSV_VALUES)
            record.fault = CsvFault::too_many_values;
        else
            record.values.push_back(read_value(record));
    } while (record.fault == CsvFault::none && take(m_separator));
    if (record.fault == CsvFault::none) {
        if (at_end() || end_line())
            return;
        record.fault = CsvFault::text_after_quote;
    }
    // From its first line end on, whatever was taken for a part of a value: see next().
    m_at = begin;
    m_line = record.line;
    skip_line();
}

std::string CsvReader::read_value(CsvRecord& record) {
    if (take('"'))
        return read_quoted(record);
    const std::size_t begin = m_at;
    while (!at_end() && m_bytes[m_at] != m_separator && m_bytes[m_at] != '\r' && m_bytes[m_at] != '\n') {
        if (m_at - begin == LONGEST_CSV_VALUE) {
            record.fault = CsvFault::value_too_long;
            return {};
        }
        ++m_at;
    }
    return std::string(m_bytes.substr(begin, m_at - begin));
}

std::string CsvReader::read_quoted(CsvRecord& record) {
    std::string text;
    while (!at_end()) {
        const char c = m_bytes[m_at++];
        if (c == '"' && !take('"'))
            return text;
        if (c == '\n')
            ++m_line;
        if (text.size() == LONGEST_CSV_VALUE) {
            record.fault = CsvFault::value_too_long;
            return {};
        }
        text += c;
    }
    record.fault = CsvFault::quote_not_closed;
    return {};
}

std::string defused(std::string_view value) {
    const bool runs = std::any_of(FORMULA_STARTS.begin(), FORMULA_STARTS.end(),
                                  [&](std::string_view start) { return value.substr(0, start.size()) == start; });
    return runs ? "'" + std::string(value) : std::string(value);
}

std::string write_csv_line(const std::vector<std::string>& values, char separator, CsvQuotes quotes) {
    std::string line;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0)
            line += separator;
        const std::string value = defused(values[i]);
        if (quotes == CsvQuotes::where_needed &&
            value.find_first_of(std::string("\"\r\n") + separator) == std::string::npos) {
            line += value;
            continue;
        }
        line += '"';
        for (const char c : value) {
            if (c == '"')
                line += '"';
            line += c;
        }
        line += '"';
    }
    return line + (quotes == CsvQuotes::everywhere ? "\r\n" : "\n");
}

} // namespace foyer::server
