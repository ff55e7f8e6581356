#include "domain/reference_data.h"

#include "text/fold.h"
#include "text/utf8.h"

#include <algorithm>

namespace foyer::domain {

namespace {

constexpr std::string_view MAGIC = "FOYERREF";
constexpr std::uint32_t VERSION = 2;
constexpr std::size_t HEADER_SIZE = 20; // magic, version, length, checksum
constexpr std::size_t COMMUNES_A_BLOCK = 64;
constexpr std::uint32_t NO_POSTAL_CODE = 0xFFFF;

std::uint32_t byte_at(std::span<const std::byte> bytes, std::size_t position) {
    return std::to_integer<std::uint32_t>(bytes[position]);
}

// One number out of planes of bytes: all lowest bytes first, then the next ones.
std::uint32_t from_planes(std::span<const std::byte> planes, std::size_t count, std::size_t index, std::size_t first,
                          std::size_t width) {
    std::uint32_t value = 0;
    for (std::size_t plane = 0; plane < width; ++plane)
        value |= byte_at(planes, (first + plane) * count + index) << (8 * plane);
    return value;
}

std::uint32_t checksum(std::span<const std::byte> bytes) {
    std::uint32_t hash = 0x811C9DC5U; // FNV-1a
    for (const std::byte byte : bytes)
        hash = (hash ^ std::to_integer<std::uint32_t>(byte)) * 0x01000193U;
    return hash;
}

// Takes pieces off the front of the file, never more than there are.
class Reader {
public:
    explicit Reader(std::span<const std::byte> bytes) : m_rest(bytes) {}

    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] bool at_end() const { return m_rest.empty(); }

    std::span<const std::byte> take(std::size_t size) {
        if (size > m_rest.size()) {
            m_failed = true;
            return {};
        }
        const auto taken = m_rest.first(size);
        m_rest = m_rest.subspan(size);
        return taken;
    }

    std::uint32_t number() {
        const auto bytes = take(4);
        return bytes.size() == 4 ? from_planes(bytes, 1, 0, 0, 4) : 0;
    }

    std::string_view text() {
        const auto bytes = take(number());
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }

private:
    std::span<const std::byte> m_rest;
    bool m_failed = false;
};

// Takes the first line off; the text must hold a line feed.
std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    return line;
}

std::uint32_t character_value(char character) {
    return static_cast<std::uint32_t>(character >= 'A' ? character - 'A' + 10 : character - '0');
}

std::uint32_t insee_number(const InseeCode& code) {
    const std::string& text = code.text();
    std::uint32_t last = 0;
    for (std::size_t position = 2; position < text.size(); ++position)
        last = last * 10 + character_value(text[position]);
    return character_value(text[0]) * 36000 + character_value(text[1]) * 1000 + last;
}

std::string insee_text(std::uint32_t number) {
    constexpr std::string_view CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    std::string text;
    text.push_back(CHARACTERS[number / 36000 % 36]);
    text.push_back(CHARACTERS[number / 1000 % 36]);
    for (const std::uint32_t place : {100U, 10U, 1U})
        text.push_back(CHARACTERS[number / place % 10]);
    return text;
}

std::uint32_t postal_number(const PostalCode& code) {
    std::uint32_t number = 0;
    for (const char digit : code.text())
        number = number * 10 + character_value(digit);
    return number;
}

std::string five_digits(std::uint32_t number) {
    std::string text = std::to_string(number);
    return std::string(5 - std::min<std::size_t>(5, text.size()), '0') + text;
}

bool is_municipal_district(std::uint32_t code) {
    const auto within = [code](std::uint32_t first_two, std::uint32_t first, std::uint32_t last) {
        const std::uint32_t base = first_two / 10 * 36000 + first_two % 10 * 1000;
        return code >= base + first && code <= base + last;
    };
    return within(75, 101, 120) || within(69, 381, 389) || within(13, 201, 216);
}

Commune commune_of(std::uint32_t code, std::string_view name) {
    // Codes were checked when the file was read, so this parses.
    return {InseeCode::parse(insee_text(code)).value(), name};
}

bool begins_with(std::string_view text, std::string_view beginning) {
    return text.substr(0, beginning.size()) == beginning;
}

// 0: the whole name, 1: its beginning, 2: the beginning of a later word, 3: not at all. An article may be left out:
// "mans" is Le Mans before it is the beginning of Mansle.
int place_rank(std::string_view folded_name, std::string_view wanted) {
    std::string_view without_article = folded_name;
    for (const std::string_view article : {"le ", "la ", "les ", "l "})
        if (begins_with(folded_name, article))
            without_article = folded_name.substr(article.size());
    for (const std::string_view name : {folded_name, without_article})
        if (name == wanted)
            return 0;
    for (const std::string_view name : {folded_name, without_article})
        if (begins_with(name, wanted))
            return 1;
    for (std::size_t space = folded_name.find(' '); space != std::string_view::npos;
         space = folded_name.find(' ', space + 1))
        if (begins_with(folded_name.substr(space + 1), wanted))
            return 2;
    return 3;
}

bool is_separator(char character) { return character == ' ' || character == '-' || character == '\''; }

// A cheap look before folding 35,000 names: whether some word of the name may begin the way the wanted text does. What
// is not plain ASCII, and what stands where words meet, counts as "may".
bool may_match(std::string_view name, std::string_view wanted) {
    for (std::size_t start = 0; start < name.size(); ++start) {
        if (start > 0 && !is_separator(name[start - 1]))
            continue;
        for (std::size_t offset = 0;; ++offset) {
            if (offset == wanted.size())
                return true;
            if (start + offset == name.size())
                break;
            const char typed = name[start + offset];
            const char lower = typed >= 'A' && typed <= 'Z' ? static_cast<char>(typed - 'A' + 'a') : typed;
            const bool unsure = static_cast<unsigned char>(typed) >= 0x80 || is_separator(typed);
            if (unsure)
                return true;
            if (lower != wanted[offset])
                break;
        }
    }
    return false;
}

bool is_well_formed(std::uint32_t insee_number) {
    const std::uint32_t first = insee_number / 36000;
    const std::uint32_t second = insee_number / 1000 % 36;
    return first < 10 && (second < 10 || (first == 2 && second < 12));
}

} // namespace

Result<ReferenceData, ReferenceFault> ReferenceData::read(std::span<const std::byte> bytes) {
    const auto refuse = [](ReferenceFault fault) { return Failure<ReferenceFault>{fault}; };
    Reader header(bytes);
    const auto magic = header.take(MAGIC.size());
    if (header.failed() || std::string_view(reinterpret_cast<const char*>(magic.data()), magic.size()) != MAGIC)
        return refuse(ReferenceFault::not_reference_data);
    const std::uint32_t version = header.number();
    const std::uint32_t length = header.number();
    const std::uint32_t expected = header.number();
    if (header.failed())
        return refuse(ReferenceFault::damaged);
    if (version != VERSION)
        return refuse(ReferenceFault::other_version);
    if (length != bytes.size() || checksum(bytes.subspan(HEADER_SIZE)) != expected)
        return refuse(ReferenceFault::damaged);

    Reader body(bytes.subspan(HEADER_SIZE));
    ReferenceData data;
    data.m_commune_count = body.number();
    data.m_postal_code_count = body.number();
    data.m_further_count = body.number();
    // Before anything is multiplied: more of any of them than bytes cannot be.
    if (data.m_commune_count > 0xFFFF || data.m_postal_code_count >= NO_POSTAL_CODE ||
        data.m_further_count > bytes.size())
        return refuse(ReferenceFault::damaged);
    data.m_postal_codes = body.take(data.m_postal_code_count * 3);
    data.m_code_steps = body.take(data.m_commune_count * 2);
    data.m_sizes = body.take(data.m_commune_count);
    data.m_first_postals = body.take(data.m_commune_count * 2);
    data.m_further = body.take(data.m_further_count * 4);
    data.m_names = body.text();
    data.m_countries = body.text();
    data.m_passwords = body.text();
    data.m_old_count = body.number();
    if (data.m_old_count > 0xFFFF)
        return refuse(ReferenceFault::damaged);
    data.m_old_codes = body.take(data.m_old_count * 3);
    data.m_old_homes = body.take(data.m_old_count * 2);
    data.m_old_names = body.text();
    if (body.failed() || !body.at_end() || !data.check())
        return refuse(ReferenceFault::damaged);
    return data;
}

bool ReferenceData::check() {
    // Postal codes: five digits, ascending.
    for (std::size_t position = 0; position < m_postal_code_count; ++position) {
        const std::uint32_t code = postal_code_at(position);
        if (code > 99999 || (position > 0 && code <= postal_code_at(position - 1)))
            return false;
    }
    // Communes: codes ascending and well formed, a name each, a known postal code or none.
    std::string_view names = m_names;
    std::uint32_t code = 0;
    for (std::size_t commune = 0; commune < m_commune_count; ++commune) {
        const std::uint32_t step = code_step(commune);
        code += step;
        if (step == 0 || !is_well_formed(code))
            return false;
        if (names.find('\n') == std::string_view::npos)
            return false;
        if (commune % COMMUNES_A_BLOCK == 0)
            m_blocks.push_back({code, m_names.size() - names.size()});
        const std::string_view name = take_line(names);
        if (name.empty() || !text::is_valid(name))
            return false;
        const std::uint32_t postal = first_postal(commune);
        if (postal != NO_POSTAL_CODE && postal >= m_postal_code_count)
            return false;
    }
    if (!names.empty())
        return false;
    for (std::size_t pair = 0; pair < m_further_count; ++pair)
        if (further_commune(pair) >= m_commune_count || further_postal(pair) >= m_postal_code_count ||
            (pair > 0 && further_commune(pair) < further_commune(pair - 1)))
            return false;
    // Countries: three lines each, codes of two capitals, ascending.
    if (!text::is_valid(m_countries) || !text::is_valid(m_passwords))
        return false;
    std::string_view before;
    for (std::string_view rest = m_countries; !rest.empty();) {
        if (std::count(rest.begin(), rest.end(), '\n') < 3)
            return false;
        const std::string_view country = take_line(rest);
        if (country.size() != 2 || country <= before || take_line(rest).empty() || take_line(rest).empty())
            return false;
        before = country;
    }
    before = {};
    for (std::string_view rest = m_passwords; !rest.empty();) {
        if (rest.back() != '\n')
            return false;
        const std::string_view password = take_line(rest);
        if (password <= before)
            return false;
        before = password;
    }
    // Old communes: codes ascending and well formed, a name each, a commune of today.
    if (!text::is_valid(m_old_names) ||
        static_cast<std::size_t>(std::count(m_old_names.begin(), m_old_names.end(), '\n')) != m_old_count ||
        (!m_old_names.empty() && m_old_names.back() != '\n'))
        return false;
    std::string_view old_names = m_old_names;
    for (std::size_t old = 0; old < m_old_count; ++old) {
        const std::uint32_t own = old_code(old);
        if (!is_well_formed(own) || (old > 0 && own < old_code(old - 1)) || take_line(old_names).empty() ||
            old_home(old) >= m_commune_count)
            return false;
    }
    return true;
}

std::uint32_t ReferenceData::old_code(std::size_t old) const {
    return from_planes(m_old_codes, m_old_count, old, 0, 3);
}

std::uint32_t ReferenceData::old_home(std::size_t old) const {
    return from_planes(m_old_homes, m_old_count, old, 0, 2);
}

std::string_view ReferenceData::name_at(std::size_t commune) const {
    std::string_view found;
    visit_communes(commune / COMMUNES_A_BLOCK, commune / COMMUNES_A_BLOCK + 1,
                   [&](std::size_t index, std::uint32_t, std::string_view name) {
                       if (index == commune)
                           found = name;
                   });
    return found;
}

// Calls visit(position, code, name) for every old commune.
template <typename Visit> void ReferenceData::visit_old(Visit visit) const {
    std::string_view names = m_old_names;
    for (std::size_t old = 0; old < m_old_count; ++old)
        visit(old, old_code(old), take_line(names));
}

std::uint32_t ReferenceData::postal_code_at(std::size_t position) const {
    return from_planes(m_postal_codes, m_postal_code_count, position, 0, 3);
}

std::uint32_t ReferenceData::code_step(std::size_t commune) const {
    return from_planes(m_code_steps, m_commune_count, commune, 0, 2);
}

std::uint32_t ReferenceData::first_postal(std::size_t commune) const {
    return from_planes(m_first_postals, m_commune_count, commune, 0, 2);
}

std::uint32_t ReferenceData::further_commune(std::size_t pair) const {
    return from_planes(m_further, m_further_count, pair, 0, 2);
}

std::uint32_t ReferenceData::further_postal(std::size_t pair) const {
    return from_planes(m_further, m_further_count, pair, 2, 2);
}

// Calls visit(index, code, name) for every commune of the blocks.
template <typename Visit>
void ReferenceData::visit_communes(std::size_t first_block, std::size_t last_block, Visit visit) const {
    if (first_block >= m_blocks.size())
        return;
    std::string_view names = m_names.substr(m_blocks[first_block].name);
    std::uint32_t code = m_blocks[first_block].code;
    const std::size_t first = first_block * COMMUNES_A_BLOCK;
    const std::size_t end = std::min(last_block * COMMUNES_A_BLOCK, m_commune_count);
    for (std::size_t index = first; index < end; ++index) {
        if (index != first)
            code += code_step(index);
        visit(index, code, take_line(names));
    }
}

std::optional<ReferenceData::Located> ReferenceData::locate(std::uint32_t code) const {
    const auto after = std::upper_bound(m_blocks.begin(), m_blocks.end(), code,
                                        [](std::uint32_t wanted, const Block& block) { return wanted < block.code; });
    if (after == m_blocks.begin())
        return std::nullopt;
    const auto block = static_cast<std::size_t>(after - m_blocks.begin()) - 1;
    std::optional<Located> located;
    visit_communes(block, block + 1, [&](std::size_t index, std::uint32_t at, std::string_view name) {
        if (at == code)
            located = Located{index, at, name};
    });
    return located;
}

std::optional<std::size_t> ReferenceData::position_of(const PostalCode& postal_code) const {
    const std::uint32_t wanted = postal_number(postal_code);
    std::size_t low = 0;
    std::size_t high = m_postal_code_count;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (postal_code_at(middle) < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == m_postal_code_count || postal_code_at(low) != wanted)
        return std::nullopt;
    return low;
}

std::vector<Commune> ReferenceData::communes() const {
    std::vector<Commune> all;
    all.reserve(m_commune_count);
    visit_communes(0, m_blocks.size(), [&all](std::size_t, std::uint32_t code, std::string_view name) {
        all.push_back(commune_of(code, name));
    });
    return all;
}

std::vector<Commune> ReferenceData::communes_with(const PostalCode& postal_code) const {
    std::vector<Commune> found;
    const auto position = position_of(postal_code);
    if (!position)
        return found;
    std::vector<std::size_t> indexes;
    for (std::size_t commune = 0; commune < m_commune_count; ++commune)
        if (first_postal(commune) == *position)
            indexes.push_back(commune);
    for (std::size_t pair = 0; pair < m_further_count; ++pair)
        if (further_postal(pair) == *position)
            indexes.push_back(further_commune(pair));
    std::sort(indexes.begin(), indexes.end());
    indexes.erase(std::unique(indexes.begin(), indexes.end()), indexes.end());
    std::vector<Commune> districts;
    for (const std::size_t wanted : indexes)
        visit_communes(wanted / COMMUNES_A_BLOCK, wanted / COMMUNES_A_BLOCK + 1,
                       [&](std::size_t index, std::uint32_t code, std::string_view name) {
                           if (index == wanted)
                               (is_municipal_district(code) ? districts : found).push_back(commune_of(code, name));
                       });
    found.insert(found.end(), districts.begin(), districts.end());
    return found;
}

bool ReferenceData::knows(const PostalCode& postal_code) const { return position_of(postal_code).has_value(); }

std::optional<Commune> ReferenceData::commune(const InseeCode& code) const {
    const std::uint32_t wanted = insee_number(code);
    if (const auto located = locate(wanted))
        return commune_of(located->code, located->name);
    std::optional<Commune> found;
    visit_old([&](std::size_t old, std::uint32_t own, std::string_view name) {
        if (own == wanted)
            found = old_commune(old, own, name);
    });
    return found;
}

std::vector<PostalCode> ReferenceData::postal_codes_of(const InseeCode& code) const {
    std::vector<PostalCode> codes;
    const auto located = locate(insee_number(code));
    if (!located || first_postal(located->index) == NO_POSTAL_CODE)
        return codes;
    const auto add = [&](std::uint32_t position) {
        codes.push_back(PostalCode::parse(five_digits(postal_code_at(position))).value());
    };
    add(first_postal(located->index));
    for (std::size_t pair = 0; pair < m_further_count; ++pair)
        if (further_commune(pair) == located->index)
            add(further_postal(pair));
    return codes;
}

std::optional<Commune> ReferenceData::match(const PostalCode& postal_code, std::string_view typed_name) const {
    const std::string wanted = text::fold_for_place_search(typed_name);
    for (const Commune& commune : communes_with(postal_code))
        if (text::fold_for_place_search(commune.name) == wanted)
            return commune;
    return std::nullopt;
}

std::vector<Commune> ReferenceData::communes_like(std::string_view typed, std::size_t maximum) const {
    constexpr std::size_t LONGEST_WANTED = 100; // the longest name has 45 characters
    struct Hit {
        int rank;
        std::uint32_t size;
        std::uint32_t code;
        std::string_view name;
        std::size_t old; // its position, plus one; 0: it is a commune
    };
    std::vector<Hit> hits;
    const std::string wanted = text::fold_for_place_search(text::first_characters(typed, LONGEST_WANTED));
    if (wanted.empty() || maximum == 0)
        return {};
    visit_communes(0, m_blocks.size(), [&](std::size_t index, std::uint32_t code, std::string_view name) {
        if (!may_match(name, wanted))
            return;
        const int rank = place_rank(text::fold_for_place_search(name), wanted);
        if (rank < 3)
            hits.push_back({rank, byte_at(m_sizes, index), code, name, 0});
    });
    visit_old([&](std::size_t old, std::uint32_t code, std::string_view name) {
        if (!may_match(name, wanted))
            return;
        const int rank = place_rank(text::fold_for_place_search(name), wanted);
        if (rank < 3)
            hits.push_back({rank, 0, code, name, old + 1});
    });
    std::sort(hits.begin(), hits.end(), [](const Hit& left, const Hit& right) {
        if (left.rank != right.rank)
            return left.rank < right.rank;
        if (left.size != right.size)
            return left.size > right.size;
        return left.code != right.code ? left.code < right.code : left.old < right.old;
    });
    std::vector<Commune> found;
    for (std::size_t index = 0; index < std::min(maximum, hits.size()); ++index)
        found.push_back(hits[index].old == 0 ? commune_of(hits[index].code, hits[index].name)
                                             : old_commune(hits[index].old - 1, hits[index].code, hits[index].name));
    return found;
}

Commune ReferenceData::old_commune(std::size_t old, std::uint32_t code, std::string_view name) const {
    Commune commune = commune_of(code, name);
    commune.today = name_at(old_home(old));
    return commune;
}

std::vector<Country> ReferenceData::countries() const {
    std::vector<Country> all;
    for (std::string_view rest = m_countries; !rest.empty();) {
        Country country;
        country.code = take_line(rest);
        country.french = take_line(rest);
        country.english = take_line(rest);
        all.push_back(country);
    }
    return all;
}

std::optional<Country> ReferenceData::country(std::string_view code) const {
    for (const Country& one : countries())
        if (one.code == code)
            return one;
    return std::nullopt;
}

bool ReferenceData::is_listed_password(std::string_view folded) const {
    if (folded.empty())
        return false;
    for (std::string_view rest = m_passwords; !rest.empty();)
        if (take_line(rest) == folded)
            return true;
    return false;
}

bool ReferenceData::is_common_password(std::string_view password) const {
    const std::string folded = text::fold_for_comparison(password);
    if (is_listed_password(folded))
        return true;
    constexpr std::string_view LETTERS = "abcdefghijklmnopqrstuvwxyz";
    const std::size_t first = folded.find_first_of(LETTERS);
    if (first == std::string::npos)
        return false;
    const std::size_t last = folded.find_last_of(LETTERS);
    return is_listed_password(std::string_view(folded).substr(first, last - first + 1));
}

} // namespace foyer::domain
