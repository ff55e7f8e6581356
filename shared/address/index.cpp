#include "address/index.h"

#include <algorithm>

namespace foyer::address {

namespace {

// A byte that says how long, then the text.
std::string_view take_text(Bytes bytes, std::size_t& at) {
    const std::size_t size = byte_at(bytes, at);
    const Bytes text = part_of(bytes, at + 1, at + 1 + size);
    at += 1 + size;
    return as_text(text);
}

void skip_list(Cursor& cursor) {
    for (std::uint32_t left = cursor.number(); left > 0 && !cursor.at_end(); --left)
        (void)cursor.number();
}

} // namespace

std::string_view describe(IndexFault fault) {
    switch (fault) {
    case IndexFault::not_an_index:
        return "this is not an address index";
    case IndexFault::other_version:
        return "this index was made by another version of the program; build it again";
    case IndexFault::damaged:
        break;
    }
    return "this index is damaged; build it again";
}

std::uint32_t insee_number(std::string_view code) {
    if (code.size() != 5)
        return 0;
    std::uint32_t number = 0;
    for (std::size_t at = 0; at < 5; ++at) {
        const char character = code[at];
        if (character >= '0' && character <= '9')
            number = number * 36 + static_cast<std::uint32_t>(character - '0');
        else if (character >= 'A' && character <= 'Z')
            number = number * 36 + static_cast<std::uint32_t>(character - 'A' + 10);
        else
            return 0;
    }
    return number;
}

std::string insee_text(std::uint32_t number) {
    constexpr std::string_view CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (number == 0)
        return {};
    std::string text(5, '0');
    for (std::size_t at = 5; at > 0; --at, number /= 36)
        text[at - 1] = CHARACTERS[number % 36];
    return text;
}

std::string postal_code_text(std::uint32_t code) {
    if (code > 99999)
        return {};
    const std::string digits = std::to_string(code);
    return std::string(5 - digits.size(), '0') + digits;
}

Result<Index, IndexFault> Index::read(Bytes bytes) {
    const auto refuse = [](IndexFault fault) { return Failure<IndexFault>{fault}; };
    if (bytes.size() < MAGIC.size() || as_text(bytes.first(MAGIC.size())) != MAGIC)
        return refuse(IndexFault::not_an_index);
    if (u32_at_offset(bytes, AT_VERSION) != FORMAT_VERSION)
        return refuse(IndexFault::other_version);
    if (bytes.size() < HEADER_SIZE || u32_at_offset(bytes, AT_LENGTH) != bytes.size())
        return refuse(IndexFault::damaged);
    Index index;
    index.m_size = bytes.size();
    index.m_checksum =
        u32_at_offset(bytes, AT_CHECKSUM) | static_cast<std::uint64_t>(u32_at_offset(bytes, AT_CHECKSUM + 4)) << 32;
    if (index.m_checksum != checksum_of(bytes.subspan(AT_COUNTS)))
        return refuse(IndexFault::damaged);
    for (std::size_t which = 0; which < index.m_counts.size(); ++which)
        index.m_counts[which] = u32_at_offset(bytes, AT_COUNTS + which * 4);
    for (std::size_t which = 0; which < SECTION_COUNT; ++which) {
        const std::size_t offset = u32_at_offset(bytes, AT_SECTIONS + which * 8);
        const std::size_t length = u32_at_offset(bytes, AT_SECTIONS + which * 8 + 4);
        if (offset % ALIGNMENT != 0 || offset < HEADER_SIZE || offset > bytes.size() || length > bytes.size() - offset)
            return refuse(IndexFault::damaged);
        index.m_sections[which] = bytes.subspan(offset, length);
    }
    if (!index.check_sections())
        return refuse(IndexFault::damaged);
    index.m_dictionary =
        Dictionary(index.section(Section::word_blocks), index.section(Section::word_bytes), index.count(Count::words));
    return index;
}

bool Index::ascends(Section offsets, std::uint32_t count, std::size_t end) const {
    const Bytes array = section(offsets);
    if (array.size() != (std::size_t{count} + 1) * 4)
        return false;
    for (std::size_t at = 0; at < count; ++at)
        if (u32_at(array, at) > u32_at(array, at + 1))
            return false;
    return u32_at(array, count) == end;
}

bool Index::check_sections() const {
    const std::uint32_t words = count(Count::words);
    const std::uint32_t names = count(Count::names);
    const std::uint32_t streets = count(Count::streets);
    const std::uint32_t places = count(Count::places);
    // More of anything than bytes cannot be; keeps the products below from overflowing where size_t has 32 bits.
    for (const std::uint32_t number : {words, names, streets, places})
        if (number > m_size / 4)
            return false;
    if (section(Section::word_blocks).size() != (words + WORDS_A_BLOCK - 1) / WORDS_A_BLOCK * 4 ||
        section(Section::word_lengths).size() != words || section(Section::places).size() != places * PLACE_SIZE ||
        section(Section::street_places).size() != std::size_t{streets} * 4)
        return false;
    for (StreetId street = 0; street < streets; ++street)
        if (place_of(street) >= places)
            return false;
    return ascends(Section::word_postings, words, section(Section::postings).size()) &&
           ascends(Section::name_texts, names, section(Section::texts).size()) &&
           ascends(Section::name_words, names, section(Section::word_lists).size()) &&
           ascends(Section::name_streets, names, streets) &&
           ascends(Section::street_numbers, streets, section(Section::numbers).size());
}

Cursor Index::postings(WordId word) const { return Cursor(listed(Section::word_postings, Section::postings, word)); }

std::string_view Index::name_text(NameId name) const {
    return as_text(listed(Section::name_texts, Section::texts, name));
}

Cursor Index::name_words(NameId name) const { return Cursor(listed(Section::name_words, Section::word_lists, name)); }

NameId Index::name_of(StreetId street) const {
    NameId low = 0; // names before it begin at or before the street
    NameId high = count(Count::names);
    while (low < high) {
        const NameId middle = low + (high - low) / 2;
        if (first_street(middle) <= street)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? 0 : low - 1;
}

Place Index::place(PlaceId id) const {
    Place place;
    place.insee = field(id, PlaceField::insee);
    place.old_insee = field(id, PlaceField::old_insee);
    place.postal_code = field(id, PlaceField::postal_code);
    const Bytes bytes = section(Section::place_bytes);
    std::size_t at = field(id, PlaceField::text);
    place.city = take_text(bytes, at);
    place.old_city = take_text(bytes, at);
    Cursor lists(part_of(bytes, at, bytes.size()));
    place.city_words = lists;
    skip_list(lists);
    place.old_words = lists;
    skip_list(lists);
    place.further_codes = lists;
    return place;
}

std::optional<Position> Index::position_of(StreetId street, std::uint32_t wanted) const {
    Cursor cursor(numbers_of(street));
    const std::uint32_t houses = cursor.number();
    for (std::uint32_t house = 0; house < houses && !cursor.at_end(); ++house)
        if ((cursor.number() & 1) != 0)
            (void)cursor.number();
    const std::uint32_t mode = cursor.byte(); // 0: no positions, 1: of every house, 2: each says whether
    if (mode == 0)
        return std::nullopt;
    const PlaceId place = place_of(street);
    // Wrapping on purpose: sums of a damaged file may be anything.
    std::uint32_t longitude = field(place, PlaceField::longitude);
    std::uint32_t latitude = field(place, PlaceField::latitude);
    for (std::uint32_t house = 0; house <= wanted && !cursor.at_end(); ++house) {
        const bool has = mode == 1 || cursor.byte() != 0;
        if (has) {
            longitude += static_cast<std::uint32_t>(cursor.signed_number());
            latitude += static_cast<std::uint32_t>(cursor.signed_number());
        }
        if (house == wanted)
            return has ? std::optional(
                             Position{static_cast<std::int32_t>(longitude), static_cast<std::int32_t>(latitude)})
                       : std::nullopt;
    }
    return std::nullopt;
}

std::string_view Index::repetition(std::uint32_t plus_one) const {
    std::string_view rest = as_text(section(Section::repetitions));
    for (std::uint32_t at = 1; !rest.empty(); ++at) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        if (at == plus_one)
            return rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return {};
}

} // namespace foyer::address
