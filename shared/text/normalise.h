// Unicode normalisation (UAX #15), canonical forms only: é typed as one key and e followed by an accent are one name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace foyer::text {

// Composed form, the one in which every answer is stored. Bytes that are not UTF-8 become U+FFFD.
// Linear in the text but for runs of combining marks, which are sorted (n log n).
[[nodiscard]] std::string to_nfc(std::string_view text);

// Decomposed form, for looking at letters without their accents.
[[nodiscard]] std::string to_nfd(std::string_view text);

// Canonical combining class; 0 for everything that begins a new cluster.
[[nodiscard]] std::uint8_t combining_class(char32_t code_point);

} // namespace foyer::text
