// Password hashing with Argon2id (OWASP: at least 19 MiB, two passes, one lane). It is the most expensive thing the
// server does, so only so many run at once; the others wait their turn. Never call it inside a database transaction.
#pragma once

#include "security/crypto.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <semaphore>
#include <string>
#include <string_view>

namespace foyer::server::security {

struct PasswordCost {
    std::uint32_t memory_kibibytes = 19456;
    std::uint32_t passes = 2;
    std::uint32_t lanes = 1;
};

// Any thread.
class PasswordHasher {
public:
    // `at_once`: how many may run at the same time, from 1 to 64.
    PasswordHasher(RandomSource& random, std::ptrdiff_t at_once, PasswordCost cost = {});

    // The encoded string "$argon2id$v=19$m=…"; nothing only when memory is exhausted.
    [[nodiscard]] std::optional<std::string> hash(std::string_view password);
    // Takes as long for a wrong password as for the right one.
    [[nodiscard]] bool verify(const std::string& encoded, std::string_view password);
    // For an account that does not exist or has no password yet: spends the same time and is false.
    [[nodiscard]] bool verify_nobody(std::string_view password);
    // The stored hash is cheaper than what is asked for today: hash again after the next good login.
    [[nodiscard]] bool needs_rehash(std::string_view encoded) const;

private:
    RandomSource& m_random;
    const PasswordCost m_cost;
    std::counting_semaphore<64> m_places;
    std::string m_nobody; // the hash of a random password
};

} // namespace foyer::server::security
