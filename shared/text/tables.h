// The generated Unicode tables, unpacked the first time one of them is asked. Only for the sources of this room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace foyer::text::tables {

struct Decomposition {
    char32_t code_point;
    char32_t first;
    char32_t second; // 0: one part only
    bool may_compose;
};

// Ascending by code point. Hangul syllables are not in it: they are computed.
[[nodiscard]] const std::vector<Decomposition>& decompositions();
// Indexes into decompositions() of those that may be composed, ascending by (first, second).
[[nodiscard]] const std::vector<std::uint16_t>& compositions();

// A run of consecutive code points (or every second one) that share a value.
struct Run {
    char32_t first;
    char32_t last;
    std::uint8_t step; // 1 or 2
    std::int32_t value;
};
[[nodiscard]] const std::vector<Run>& combining_classes();    // value: the class
[[nodiscard]] const std::vector<Run>& lower_case_distances(); // value: distance to the small letter

// The run that holds the code point, or null.
[[nodiscard]] const Run* find(const std::vector<Run>& runs, char32_t code_point);

// Where membership changes, beginning with the first member.
[[nodiscard]] const std::vector<char32_t>& letter_boundaries();
[[nodiscard]] const std::vector<char32_t>& mark_boundaries();
[[nodiscard]] bool is_member(const std::vector<char32_t>& boundaries, char32_t code_point);

} // namespace foyer::text::tables
