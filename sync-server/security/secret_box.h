// Small secrets that the server must read again, kept in the database so that a copy of it alone does not give them:
// AES-256-GCM under a key that is only in keys.json.
#pragma once

#include "security/crypto.h"

#include <optional>
#include <string>
#include <string_view>

namespace foyer::server::security {

class SecretBox {
public:
    // `key`: 32 bytes.
    SecretBox(std::string key, RandomSource& random) : m_key(std::move(key)), m_random(random) {}

    // `purpose`: what it belongs to ("totp of staff:3"); it opens only with the same.
    [[nodiscard]] std::string seal(std::string_view secret, std::string_view purpose);
    // Nothing when it was altered, moved to another purpose, or sealed under other keys.
    [[nodiscard]] std::optional<std::string> open(std::string_view sealed, std::string_view purpose) const;

private:
    std::string m_key;
    RandomSource& m_random;
};

} // namespace foyer::server::security
