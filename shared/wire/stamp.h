// Proof of work, bound to one envelope or call: `Stamp: pow1:<nonce>` where SHA-256("pow1" | context [16] |
// content digest [32] | nonce) begins with enough zero bits. It is a price, not a proof of humanity.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace foyer::wire {

constexpr std::size_t MAXIMUM_STAMP_NONCE = 32;

// The nonce of a Stamp header: 1 to 32 ASCII letters, digits, "-" and "_".
[[nodiscard]] std::optional<std::string> read_stamp(std::string_view header);
// What is hashed. `context`: the envelope's UUID or the call's nonce; `digest`: SHA-256 of the body.
[[nodiscard]] std::string stamp_text(std::string_view context, std::string_view digest, std::string_view nonce);
[[nodiscard]] int leading_zero_bits(std::string_view hash);

} // namespace foyer::wire
