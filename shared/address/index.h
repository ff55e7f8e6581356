// An address index, read where its bytes lie: a mapped file on the server, one ArrayBuffer in the browser. Nothing is
// parsed or copied. Every read is checked, so that even a file whose checksum was forged gives wrong answers at worst.
#pragma once

#include "address/bytes.h"
#include "address/dictionary.h"
#include "address/format.h"
#include "base/result.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace foyer::address {

using NameId = std::uint32_t;   // a street's name, wherever there is a street of that name
using StreetId = std::uint32_t; // one street: a name in a place
using PlaceId = std::uint32_t;

enum class IndexFault {
    not_an_index,  // too short, or another kind of file
    other_version, // made by another version of the program
    damaged,       // a length, an order or the checksum does not hold
};

[[nodiscard]] std::string_view describe(IndexFault fault); // a sentence for whoever runs the server

// WGS 84, in 1/100,000 degree (about a metre).
struct Position {
    std::int32_t longitude = 0;
    std::int32_t latitude = 0;
    friend bool operator==(const Position&, const Position&) = default;
};

struct House {
    std::uint32_t number = 0;     // plus one; WITHOUT_NUMBER: the street itself
    std::uint32_t repetition = 0; // plus one; 0: none
    friend bool operator==(const House&, const House&) = default;
};

// One commune under one postal code. Text views point into the index.
struct Place {
    std::uint32_t insee = 0;
    std::uint32_t old_insee = 0;
    std::uint32_t postal_code = NO_POSTAL_CODE;
    std::string_view city;
    std::string_view old_city;     // of a commune that was merged into it; empty: none
    Cursor city_words{Bytes{}};    // count, then that many word ids
    Cursor old_words{Bytes{}};     // likewise
    Cursor further_codes{Bytes{}}; // other postal codes of the commune: count, then the codes
};

// "2A004" as a number that orders as the code does, and back. 0 for what is no code.
[[nodiscard]] std::uint32_t insee_number(std::string_view code);
[[nodiscard]] std::string insee_text(std::uint32_t number);
// Five digits; empty for NO_POSTAL_CODE.
[[nodiscard]] std::string postal_code_text(std::uint32_t code);

class Index {
public:
    // Checks the header, the sections' bounds, the order of every table of offsets, and the checksum. The bytes must
    // outlive the index; they are not copied. Safe to use from several threads.
    static Result<Index, IndexFault> read(Bytes bytes);

    [[nodiscard]] std::uint32_t count(Count what) const { return m_counts[static_cast<std::size_t>(what)]; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] std::uint64_t checksum() const { return m_checksum; }
    [[nodiscard]] const Dictionary& dictionary() const { return m_dictionary; }

    // In letters of its folded form.
    [[nodiscard]] std::uint32_t word_length(WordId word) const { return byte_at(section(Section::word_lengths), word); }

    // What holds the word: how many places, how many names; then the places and the names, each as its distance to the
    // one before (the first: to zero).
    [[nodiscard]] Cursor postings(WordId word) const;

    [[nodiscard]] std::string_view name_text(NameId name) const;
    [[nodiscard]] Cursor name_words(NameId name) const; // word ids until the end
    [[nodiscard]] StreetId first_street(NameId name) const { return u32_at(section(Section::name_streets), name); }

    [[nodiscard]] NameId name_of(StreetId street) const;

    [[nodiscard]] PlaceId place_of(StreetId street) const { return u32_at(section(Section::street_places), street); }
    [[nodiscard]] Place place(PlaceId place) const;
    [[nodiscard]] std::uint32_t postal_code_of(PlaceId place) const { return field(place, PlaceField::postal_code); }
    [[nodiscard]] std::uint32_t addresses_of(PlaceId place) const { return field(place, PlaceField::addresses); }
    [[nodiscard]] std::uint32_t insee_of(PlaceId place) const { return field(place, PlaceField::insee); }

    // Calls visit(const House&, number of the house in the street) for each house, ascending, until it returns false.
    template <typename Visit> void visit_houses(StreetId street, Visit visit) const;
    [[nodiscard]] std::uint32_t house_count(StreetId street) const { return Cursor(numbers_of(street)).number(); }
    // Of the house visit_houses gave that number.
    [[nodiscard]] std::optional<Position> position_of(StreetId street, std::uint32_t house) const;

    [[nodiscard]] std::string_view repetition(std::uint32_t plus_one) const;

private:
    Index() = default;
    [[nodiscard]] Bytes section(Section which) const { return m_sections[static_cast<std::size_t>(which)]; }
    [[nodiscard]] bool check_sections() const;
    [[nodiscard]] bool ascends(Section offsets, std::uint32_t count, std::size_t end) const;
    [[nodiscard]] std::uint32_t field(PlaceId place, PlaceField which) const {
        return u32_at_offset(section(Section::places),
                             std::size_t{place} * PLACE_SIZE + static_cast<std::size_t>(which) * 4);
    }
    [[nodiscard]] Bytes numbers_of(StreetId street) const {
        const Bytes offsets = section(Section::street_numbers);
        return part_of(section(Section::numbers), u32_at(offsets, street), u32_at(offsets, street + 1));
    }
    [[nodiscard]] Bytes listed(Section offsets, Section bytes, std::uint32_t id) const {
        return part_of(section(bytes), u32_at(section(offsets), id), u32_at(section(offsets), id + 1));
    }

    std::array<std::uint32_t, 8> m_counts{};
    std::array<Bytes, SECTION_COUNT> m_sections{};
    std::size_t m_size = 0;
    std::uint64_t m_checksum = 0;
    Dictionary m_dictionary;
};

template <typename Visit> void Index::visit_houses(StreetId street, Visit visit) const {
    Cursor cursor(numbers_of(street));
    const std::uint32_t count = cursor.number();
    House house;
    for (std::uint32_t index = 0; index < count && !cursor.at_end(); ++index) {
        const std::uint32_t step = cursor.number();
        house.number += step >> 1;
        house.repetition = (step & 1) != 0 ? cursor.number() : 0;
        if (!visit(static_cast<const House&>(house), index))
            return;
    }
}

} // namespace foyer::address
