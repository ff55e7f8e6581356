// Where everything lies in an index file. docs/address-index.md is the reference; this is its C++.
#pragma once

#include "address/bytes.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace foyer::address {

inline constexpr std::string_view MAGIC = "FOYERADR";
inline constexpr std::uint32_t FORMAT_VERSION = 1;

// Offsets in the header, in bytes.
inline constexpr std::size_t AT_VERSION = 8;
inline constexpr std::size_t AT_LENGTH = 12;
inline constexpr std::size_t AT_CHECKSUM = 16; // two u32, the low one first
inline constexpr std::size_t AT_COUNTS = 24;
inline constexpr std::size_t AT_SECTIONS = 56;

enum class Count : std::uint32_t { addresses, streets, names, words, places, repetitions };

enum class Section : std::uint32_t {
    word_blocks,    // u32 a block of 16 words: where it begins in word_bytes
    word_bytes,     // front-coded words, ascending
    word_lengths,   // u8 a word
    word_postings,  // u32 a word, and one more: where its list begins in postings
    postings,       // a word's places, then its names
    name_texts,     // u32 a name, and one more: where it begins in texts
    texts,          // UTF-8
    name_words,     // u32 a name, and one more: where its list begins in word_lists
    word_lists,     // word ids
    name_streets,   // u32 a name, and one more: its first street
    street_places,  // u32 a street
    street_numbers, // u32 a street, and one more: where it begins in numbers
    numbers,        // house numbers and positions
    places,         // PLACE_SIZE bytes a place
    place_bytes,    // names, word ids and further postal codes of places
    repetitions,    // "bis" and the like, each ended by a line feed
    count,
};

inline constexpr std::size_t SECTION_COUNT = static_cast<std::size_t>(Section::count);
inline constexpr std::size_t HEADER_SIZE = AT_SECTIONS + SECTION_COUNT * 8; // offset and length of each
inline constexpr std::size_t ALIGNMENT = 8;                                 // of every section
static_assert(HEADER_SIZE % ALIGNMENT == 0);

inline constexpr std::size_t WORDS_A_BLOCK = 16;

// A place: one commune under one postal code, with the old commune there may be. Eight u32.
inline constexpr std::size_t PLACE_SIZE = 32;
enum class PlaceField : std::uint32_t {
    insee,       // as insee_number() writes it
    old_insee,   // 0: none
    postal_code, // NO_POSTAL_CODE: none
    longitude,   // of its middle, 1/100,000 degree, signed
    latitude,
    text,      // where it begins in place_bytes: names and lists, see place_bytes in the reference
    addresses, // how many it has
    reserved,  // 0
};
inline constexpr std::uint32_t NO_POSTAL_CODE = 0xFFFFFFFF;

// House numbers are kept plus one: 0 is the street or lieu-dit itself as an address without number.
inline constexpr std::uint32_t WITHOUT_NUMBER = 0;

// FNV-1a, 64 bits wide, over eight bytes at a time (the last ones filled up with zeros), little endian.
[[nodiscard]] inline std::uint64_t checksum_of(Bytes bytes) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    const auto mix = [&hash](std::uint64_t word) {
        hash = (hash ^ word) * 0x00000100000001B3ULL;
        hash ^= hash >> 29; // FNV alone lets high bits never reach low ones
    };
    std::size_t at = 0;
    for (; at + 8 <= bytes.size(); at += 8)
        mix(u32_at_offset(bytes, at) | static_cast<std::uint64_t>(u32_at_offset(bytes, at + 4)) << 32);
    std::uint64_t rest = 0;
    for (int shift = 0; at < bytes.size(); ++at, shift += 8)
        rest |= static_cast<std::uint64_t>(byte_at(bytes, at)) << shift;
    mix(rest);
    return hash;
}

} // namespace foyer::address
