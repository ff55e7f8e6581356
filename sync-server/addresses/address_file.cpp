#include "addresses/address_file.h"

#include "addresses/csv.h"
#include "addresses/projection.h"
#include "domain/insee_code.h"
#include "domain/postal_code.h"
#include "text/clean_line.h"
#include "text/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace foyer::server::addresses {

namespace {

constexpr std::string_view BYTE_ORDER_MARK = "\xEF\xBB\xBF";
constexpr std::string_view WITHOUT_NUMBER = "99999"; // BAL: a lieu-dit
constexpr std::size_t LONGEST_NAME = 200;
constexpr std::size_t LONGEST_REPETITION = 12;

struct Name {
    std::string_view name;
    std::size_t column;
};

// As AddressFile::Column counts. BAN, BAN's lieux-dits, BAL 1.3 and 1.4.
constexpr std::array<Name, 32> NAMES = {{
    {"numero", 0},
    {"rep", 1},
    {"suffixe", 1},
    {"repetition", 1},
    {"indice_de_repetition", 1},
    {"nom_voie", 2},
    {"voie_nom", 2},
    {"nom_lieu_dit", 3},
    {"lieudit_complement_nom", 3},
    {"nom_ld", 3},
    {"code_postal", 4},
    {"codepostal", 4},
    {"code_post", 4},
    {"code_insee", 5},
    {"commune_insee", 5},
    {"insee", 5},
    {"nom_commune", 6},
    {"commune_nom", 6},
    {"code_insee_ancienne_commune", 7},
    {"commune_deleguee_insee", 7},
    {"nom_ancienne_commune", 8},
    {"commune_deleguee_nom", 8},
    {"lon", 9},
    {"long", 9},
    {"longitude", 9},
    {"lat", 10},
    {"latitude", 10},
    {"lat_wgs84", 10},
    {"x", 11},
    {"x_l93", 11},
    {"y", 12},
    {"y_l93", 12},
}};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char one) { return one >= '0' && one <= '9'; });
}

// In 1/100,000 of the unit, rounded half up in size; whole numbers only, so that every machine builds the same file.
std::optional<std::int32_t> decimal(std::string_view text, int largest) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative)
        text.remove_prefix(1);
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    const std::string_view part = point < text.size() ? text.substr(point + 1) : std::string_view();
    if (!all_digits(whole) || whole.size() > 3 || (point < text.size() && !all_digits(part)))
        return std::nullopt;
    std::int32_t value = 0;
    for (const char digit : whole)
        value = value * 10 + (digit - '0');
    if (value > largest)
        return std::nullopt;
    for (std::size_t place = 0; place < 5; ++place)
        value = value * 10 + (place < part.size() ? part[place] - '0' : 0);
    if (part.size() > 5 && part[5] >= '5')
        ++value;
    return negative ? -value : value;
}

std::optional<double> metres(std::string_view text) {
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size())
        return std::nullopt;
    return value;
}

bool is_name(std::string_view shown) {
    return text::count_characters(shown) <= LONGEST_NAME && text::clean_line(shown).acceptable();
}

std::string quoted(const std::string& text) { return "“" + std::string(text::first_characters(text, 40)) + "”"; }

} // namespace

AddressFile::AddressFile(address::Builder& builder, const domain::ReferenceData* reference, Report report)
    : m_builder(builder), m_reference(reference), m_report(std::move(report)) {}

const std::string& AddressFile::field(Column column) const {
    static const std::string NOTHING;
    const auto at = m_columns[static_cast<std::size_t>(column)];
    return at && *at < m_fields.size() ? m_fields[*at] : NOTHING;
}

bool AddressFile::has(Column column) const { return m_columns[static_cast<std::size_t>(column)].has_value(); }

bool AddressFile::read_header(std::string_view text) {
    if (text.substr(0, BYTE_ORDER_MARK.size()) == BYTE_ORDER_MARK)
        text.remove_prefix(BYTE_ORDER_MARK.size());
    m_separator = separator_of(text);
    if (!split_fields(text, m_separator, m_fields)) {
        m_missing = "its header cannot be read: a quote is not closed";
        return false;
    }
    m_width = m_fields.size();
    // The first name of the table that the file has is the one: BAN's nom_ld stands beside nom_voie.
    for (const Name& name : NAMES)
        for (std::size_t at = 0; at < m_fields.size(); ++at) {
            std::string given(trimmed(m_fields[at]));
            for (char& character : given)
                character = character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
            if (given == name.name && !m_columns[name.column])
                m_columns[name.column] = at;
        }
    if (!has(Column::street) && !has(Column::hamlet))
        m_missing = "it has no column nom_voie, voie_nom or nom_lieu_dit";
    else if (!has(Column::insee))
        m_missing = "it has no column code_insee or commune_insee";
    else if (has(Column::street) && !has(Column::number))
        m_missing = "it has no column numero";
    return m_missing.empty();
}

bool AddressFile::line(std::string_view text) {
    ++m_line;
    if (m_line == 1)
        return read_header(text);
    if (!m_missing.empty())
        return false;
    if (trimmed(text).empty())
        return true;
    ++m_counts.lines;
    if (const auto reason = add(text); reason && !m_look) {
        ++m_counts.left_out;
        m_report(m_line, *reason);
    }
    return true;
}

std::optional<std::string> AddressFile::read_number(address::Record& record) const {
    if (!has(Column::number) || field(Column::number) == WITHOUT_NUMBER)
        return std::nullopt; // a lieu-dit
    const std::string& number = field(Column::number);
    if (number.empty())
        return "it has no number (numero)";
    if (!all_digits(number))
        return "its number " + quoted(number) + " is not made of digits";
    if (number.size() > 5)
        return "its number " + quoted(number) + " is too large";
    record.number = static_cast<std::uint32_t>(std::stoul(number));
    const std::string& repetition = field(Column::repetition);
    if (text::count_characters(repetition) > LONGEST_REPETITION)
        return "its repetition " + quoted(repetition) + " is too long";
    record.repetition = repetition;
    return std::nullopt;
}

const std::string& AddressFile::postal_code_of(const std::string& insee) {
    if (m_known_insee == insee)
        return m_known_code;
    m_known_insee = insee;
    m_known_code.clear();
    m_known_city.clear();
    const auto code = domain::InseeCode::parse(insee);
    if (!m_reference || !code)
        return m_known_code;
    if (const auto commune = m_reference->commune(*code); commune && commune->today.empty())
        m_known_city = std::string(commune->name);
    const auto codes = m_reference->postal_codes_of(*code);
    // Which of several it is, nobody knows; each of them will be taken for right.
    if (codes.size() == 1)
        m_known_code = codes.front().text();
    for (const domain::PostalCode& one : codes)
        m_builder.add_postal_code(insee, one.text());
    return m_known_code;
}

std::optional<std::string> AddressFile::read_place(address::Record& record) {
    const std::string& insee = field(Column::insee);
    if (insee.empty())
        return "it has no commune (code_insee)";
    if (insee.size() != 5 || !domain::InseeCode::parse(insee))
        return "its commune code " + quoted(insee) + " is no INSEE code";
    const std::string& code = field(Column::postal_code);
    if (!code.empty() && (code.size() != 5 || !all_digits(code)))
        return "its postal code " + quoted(code) + " is not five digits";
    const std::string& known_code = postal_code_of(insee);
    record.insee = insee;
    record.postal_code = code.empty() ? known_code : code;
    record.city = field(Column::city).empty() ? m_known_city : field(Column::city);
    if (record.city.empty())
        return "it has no name of a commune (nom_commune)";
    const std::string& old = field(Column::old_insee);
    if (!old.empty() && (old.size() != 5 || !domain::InseeCode::parse(old)))
        return "its old commune's code " + quoted(old) + " is no INSEE code";
    record.old_insee = old;
    record.old_city = field(Column::old_city);
    return std::nullopt;
}

// Longitude and latitude, or else the plane coordinates that stand beside them.
std::optional<address::Position> AddressFile::position() const {
    const auto east = decimal(field(Column::longitude), 180);
    const auto north = decimal(field(Column::latitude), 90);
    if (east && north)
        return address::Position{*east, *north};
    const auto x = metres(field(Column::plane_x));
    const auto y = metres(field(Column::plane_y));
    return x && y ? position_from_plane(field(Column::insee), *x, *y) : std::nullopt;
}

void AddressFile::read_position(address::Record& record) {
    const std::string& longitude = field(Column::longitude);
    const std::string& latitude = field(Column::latitude);
    const std::string& x = field(Column::plane_x);
    const std::string& y = field(Column::plane_y);
    const bool on_earth = !longitude.empty() || !latitude.empty();
    if (!on_earth && x.empty() && y.empty())
        return;
    record.position = position();
    if (record.position)
        return;
    ++m_counts.without_position;
    m_report(m_line, on_earth ? "kept without its position: longitude " + quoted(longitude) + " and latitude " +
                                    quoted(latitude) + " are no place on Earth"
                              : "kept without its position: x " + quoted(x) + " and y " + quoted(y) +
                                    " are no place of the map of " + quoted(field(Column::insee)));
}

std::optional<std::string> AddressFile::add(std::string_view text) {
    if (!text::is_valid(text))
        return "it is not UTF-8";
    if (!split_fields(text, m_separator, m_fields))
        return "a quote is not closed";
    if (m_fields.size() != m_width)
        return "it has " + std::to_string(m_fields.size()) + " fields, the header " + std::to_string(m_width);
    for (std::string& one : m_fields)
        if (const std::string_view kept = trimmed(one); kept.size() != one.size())
            one = std::string(kept);
    if (m_look) {
        if (const auto where = position(); where && domain::InseeCode::parse(field(Column::insee)))
            m_look(field(Column::insee), *where);
        return std::nullopt;
    }
    if (m_wanted && m_wanted->count(field(Column::insee)) == 0 && domain::InseeCode::parse(field(Column::insee))) {
        ++m_counts.elsewhere;
        return std::nullopt;
    }
    address::Record record;
    if (auto reason = read_number(record))
        return reason;
    record.street = field(Column::street).empty() ? field(Column::hamlet) : field(Column::street);
    if (record.street.empty())
        return "it has no street (nom_voie)";
    for (const std::string_view shown : {record.street, std::string_view(field(Column::city))})
        if (!is_name(shown))
            return "a name in it is too long or holds characters that no name holds";
    if (auto reason = read_place(record))
        return reason;
    read_position(record);
    if (m_communes.count(record.insee) == 0)
        m_communes.emplace(record.insee);
    if (m_builder.add(record))
        ++m_counts.used;
    else
        ++m_counts.repeated;
    // The lieu-dit beside a street is what many people still write: it can be found by itself too.
    if (!field(Column::street).empty() && !field(Column::hamlet).empty() &&
        field(Column::hamlet) != field(Column::street) && is_name(field(Column::hamlet))) {
        record.street = field(Column::hamlet);
        record.number.reset();
        record.repetition = {};
        (void)m_builder.add(record);
    }
    return std::nullopt;
}

} // namespace foyer::server::addresses
