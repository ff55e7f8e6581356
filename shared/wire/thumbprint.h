// JWK thumbprints (RFC 7638) of raw public keys: the text to be hashed with SHA-256. The hash names a device.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace foyer::wire {

// Of an uncompressed SEC1 point of P-256 (65 bytes, the first is 4); nothing for other bytes.
[[nodiscard]] std::optional<std::string> p256_thumbprint_text(std::string_view point);
// Of an Ed25519 public key (32 bytes; RFC 8037).
[[nodiscard]] std::optional<std::string> ed25519_thumbprint_text(std::string_view key);

} // namespace foyer::wire
