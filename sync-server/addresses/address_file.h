// Reads one file of addresses, line by line: the Base Adresse Nationale's CSV, its file of lieux-dits, and the layouts
// BAL 1.3 and 1.4 that towns publish. Columns are found by their names, in any order; others are ignored.
#pragma once

#include "address/builder.h"
#include "domain/reference_data.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::server::addresses {

struct FileCounts {
    std::uint64_t lines = 0; // without the header and empty ones
    std::uint64_t used = 0;
    std::uint64_t repeated = 0;         // another position of an address that was there
    std::uint64_t left_out = 0;         // each was reported
    std::uint64_t without_position = 0; // used, but its position was no position: reported
};

class AddressFile {
public:
    // Called for each line that is not as it should be: its number (the header is 1) and why, in a sentence.
    using Report = std::function<void(std::uint64_t, const std::string&)>;

    // The reference data completes what BAL leaves out, the postal code; without it such addresses have none. All must
    // outlive the reader.
    AddressFile(address::Builder& builder, const domain::ReferenceData* reference, Report report);

    // The next line of the file. False: it is the header and lacks a column that is needed; missing() says which, and
    // nothing more can be read.
    bool line(std::string_view text);

    [[nodiscard]] const std::string& missing() const { return m_missing; }
    [[nodiscard]] const FileCounts& counts() const { return m_counts; }

private:
    enum class Column {
        number,
        repetition,
        street,
        hamlet,
        postal_code,
        insee,
        city,
        old_insee,
        old_city,
        longitude,
        latitude,
        count
    };
    static constexpr std::size_t COLUMN_COUNT = static_cast<std::size_t>(Column::count);

    bool read_header(std::string_view text);
    [[nodiscard]] const std::string& field(Column column) const;
    [[nodiscard]] bool has(Column column) const;
    // Why the line cannot be used, or nothing.
    [[nodiscard]] std::optional<std::string> add(std::string_view text);
    [[nodiscard]] std::optional<std::string> read_number(address::Record& record) const;
    [[nodiscard]] std::optional<std::string> read_place(address::Record& record);
    void read_position(address::Record& record);
    [[nodiscard]] const std::string& postal_code_of(const std::string& insee);

    address::Builder& m_builder;
    const domain::ReferenceData* m_reference;
    Report m_report;
    FileCounts m_counts;
    std::string m_missing;
    std::uint64_t m_line = 0;
    char m_separator = ';';
    std::vector<std::string> m_fields;
    std::size_t m_width = 0; // columns of the header
    std::optional<std::size_t> m_columns[COLUMN_COUNT];
    std::string m_known_insee; // of the line before: files come by commune
    std::string m_known_code;
    std::string m_known_city;
};

} // namespace foyer::server::addresses
