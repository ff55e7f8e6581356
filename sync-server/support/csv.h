// Comma- or semicolon-separated values as offices write them: RFC 4180 quoting, LF, CR LF or CR, with or without a byte
// order mark. Read line by line, so that a file of any size and any content costs one line's memory. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::server {

inline constexpr std::string_view BYTE_ORDER_MARK = "\xEF\xBB\xBF";

// Why a line cannot be read.
enum class CsvFault {
    none,
    text_after_quote,
    quote_not_closed,
    value_too_long,  // more than LONGEST_CSV_VALUE; mostly a quote that is closed a thousand lines further on
    too_many_values, // more than MOST_CSV_VALUES
    wrong_count,     // not as many as the first line has
};

inline constexpr std::size_t LONGEST_CSV_VALUE = 10'000; // bytes
inline constexpr std::size_t MOST_CSV_VALUES = 200;

struct CsvRecord {
    int line = 0; // on which it begins, from 1
    std::vector<std::string> values;
    CsvFault fault = CsvFault::none;
};

class CsvReader {
public:
    // Reads the first line, which names the columns and tells the separator. `bytes` must outlive the reader.
    explicit CsvReader(std::string_view bytes);

    // Nothing is left to read when it is empty: the file names no columns.
    [[nodiscard]] const std::vector<std::string>& header() const { return m_header; }
    [[nodiscard]] char separator() const { return m_separator; }

    // The next line that holds anything; false: there is none. After a line that cannot be read the one below it is
    // next, even when a quote seemed to go on: one slip of the pen does not hide the rest of the file.
    [[nodiscard]] bool next(CsvRecord& record);

private:
    [[nodiscard]] bool at_end() const { return m_at == m_bytes.size(); }
    bool take(char c);
    bool end_line();
    void skip_line();
    void read_record(CsvRecord& record);
    std::string read_value(CsvRecord& record);
    std::string read_quoted(CsvRecord& record);

    std::string_view m_bytes;
    std::vector<std::string> m_header;
    std::size_t m_at = 0;
    int m_line = 1;
    char m_separator = ';';
};

// With an apostrophe before what a spreadsheet would run (OWASP, “CSV Injection”): = + - @, tab, CR, LF, and their
// full-width forms.
[[nodiscard]] std::string defused(std::string_view value);

enum class CsvQuotes {
    where_needed, // and a line ends by LF: for a terminal and what reads it
    everywhere,   // and a line ends by CR LF (RFC 4180): every reader takes it for the same cells
};
// One line; values are defused.
[[nodiscard]] std::string write_csv_line(const std::vector<std::string>& values, char separator = ';',
                                         CsvQuotes quotes = CsvQuotes::where_needed);

} // namespace foyer::server
