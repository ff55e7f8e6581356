// HPKE (RFC 9180), base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM. Composed of OpenSSL 3.0's pieces;
// where OpenSSL has HPKE itself (3.2) that is used, and the tests hold the two against each other.
#pragma once

#include "security/crypto.h"

#include <optional>
#include <string>
#include <string_view>

namespace foyer::server::security {

struct Sealed {
    std::string enc;        // 65 bytes
    std::string ciphertext; // plaintext and 16 bytes
};

// Nothing when the bytes were not sealed for this key with this info and additional data.
[[nodiscard]] std::optional<std::string> open_sealed(const PrivateKey& key, std::string_view enc,
                                                     std::string_view ciphertext, std::string_view info,
                                                     std::string_view additional_data);
// For tests and for what the server seals to itself. Nothing when `recipient` (65 bytes) is not a point.
[[nodiscard]] std::optional<Sealed> seal(std::string_view recipient, std::string_view plaintext, std::string_view info,
                                         std::string_view additional_data);

// The composition, whatever OpenSSL offers; `ephemeral` is a parameter so that the RFC's vectors can be replayed.
namespace composed {
[[nodiscard]] std::optional<std::string> open_sealed(const PrivateKey& key, std::string_view enc,
                                                     std::string_view ciphertext, std::string_view info,
                                                     std::string_view additional_data);
[[nodiscard]] std::optional<Sealed> seal(const PrivateKey& ephemeral, std::string_view recipient,
                                         std::string_view plaintext, std::string_view info,
                                         std::string_view additional_data);
} // namespace composed

} // namespace foyer::server::security
