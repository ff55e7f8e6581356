// What Unicode says about one code point, from tables made at build time out of UnicodeData.txt.
#pragma once

#include <string>

namespace foyer::text {

// A letter of any script (general category L*). Digits, letter-like numbers and symbols are not letters.
[[nodiscard]] bool is_letter(char32_t code_point);

// A combining mark (general category M*): an accent, a vowel sign, a tone mark.
[[nodiscard]] bool is_mark(char32_t code_point);

// 0 to 9.
[[nodiscard]] constexpr bool is_ascii_digit(char32_t code_point) { return code_point >= '0' && code_point <= '9'; }

// Every space people type or paste: space, tab, line ends, no-break and narrow spaces, ideographic space.
[[nodiscard]] bool is_white_space(char32_t code_point);

// ' and the characters keyboards and word processors put in its place: ’ ‘ ʼ ʻ ` ´ ′ and the full-width one.
[[nodiscard]] bool is_apostrophe(char32_t code_point);

// - and its look-alikes: ‐ ‑ ‒ – — − and the full-width one.
[[nodiscard]] bool is_hyphen(char32_t code_point);

// What has no place in a typed answer because nobody can see or mean it: controls other than white space, NUL,
// bidirectional controls and marks, BOM, noncharacters, tag and annotation characters, U+FFFD.
[[nodiscard]] bool is_forbidden(char32_t code_point);

// Simple (one to one) lower case; the code point itself when it has none.
[[nodiscard]] char32_t to_lower(char32_t code_point);

// "U+202E"
[[nodiscard]] std::string code_point_name(char32_t code_point);

} // namespace foyer::text
