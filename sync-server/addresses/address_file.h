// Reads one file of addresses, line by line: the Base Adresse Nationale's CSV, its file of lieux-dits, and the layouts
// BAL 1.3 and 1.4 that towns publish. Columns are found by their names, in any order; others are ignored.
#pragma once

#include "address/builder.h"
#include "domain/reference_data.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
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
    std::uint64_t elsewhere = 0;        // good or not, of a commune that is not wanted
};

class AddressFile {
public:
    // Called for each line that is not as it should be: its number (the header is 1) and why, in a sentence.
    using Report = std::function<void(std::uint64_t, const std::string&)>;

    // The reference data completes what BAL leaves out, the postal code; without it such addresses have none. All must
    // outlive the reader.
    AddressFile(address::Builder& builder, const domain::ReferenceData* reference, Report report);

    // Takes only addresses of these communes. They must outlive the reader.
    void keep_only(const std::set<std::string, std::less<>>& communes) { m_wanted = &communes; }
    // Adds nothing to the builder and reports nothing: says of each line that has both its commune and where it lies.
    using Look = std::function<void(const std::string& insee, const address::Position&)>;
    void look_only(Look look) { m_look = std::move(look); }

    // The next line of the file. False: it is the header and lacks a column that is needed; missing() says which, and
    // nothing more can be read.
    bool line(std::string_view text);

    [[nodiscard]] const std::string& missing() const { return m_missing; }
    [[nodiscard]] const FileCounts& counts() const { return m_counts; }
    // Of which at least one address was used.
    [[nodiscard]] const std::set<std::string, std::less<>>& communes() const { return m_communes; }

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
        plane_x,
        plane_y,
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
    [[nodiscard]] std::optional<address::Position> position() const;
    [[nodiscard]] const std::string& postal_code_of(const std::string& insee);

    address::Builder& m_builder;
    const domain::ReferenceData* m_reference;
    Report m_report;
    const std::set<std::string, std::less<>>* m_wanted = nullptr;
    Look m_look;
    FileCounts m_counts;
    std::set<std::string, std::less<>> m_communes;
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
