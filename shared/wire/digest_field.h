// Content-Digest (RFC 9530): `sha-256=:<base64>:`. Other algorithms may stand beside it and are passed over.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace foyer::wire {

// The 32 bytes of the sha-256 member; nothing when the field is malformed or has no such member.
[[nodiscard]] std::optional<std::string> read_content_digest(std::string_view field);
[[nodiscard]] std::string write_content_digest(std::string_view sha256);

} // namespace foyer::wire
