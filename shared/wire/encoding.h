// Bytes as text: base64 (RFC 4648 §4, with padding), base64url (§5, without), lower-case hex. Decoding is strict: one
// text for one sequence of bytes, so that nothing can be written in two ways.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace foyer::wire {

[[nodiscard]] std::string encode_base64(std::string_view bytes);
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);
[[nodiscard]] std::string encode_base64url(std::string_view bytes);
[[nodiscard]] std::optional<std::string> decode_base64url(std::string_view text);
[[nodiscard]] std::string encode_hex(std::string_view bytes);
[[nodiscard]] std::optional<std::string> decode_hex(std::string_view text);

} // namespace foyer::wire
