#include "keys/new_key.h"

#include <cstdlib>

namespace foyer::server {

domain::ServiceKey make_key(security::RandomSource& random) {
    constexpr std::size_t COUNT = domain::ServiceKey::RANDOM_SYMBOLS;
    static_assert(domain::ServiceKey::SYMBOLS.size() == 32); // so five bits of a byte choose without favour
    const std::string bytes = random.bytes(COUNT);
    std::string symbols;
    for (std::size_t i = 0; i < COUNT; ++i)
        symbols += domain::ServiceKey::SYMBOLS[static_cast<unsigned char>(bytes[i]) % 32];
    const auto key = domain::ServiceKey::make(symbols);
    if (!key)
        std::abort(); // ten of its own symbols always make a key
    return *key;
}

} // namespace foyer::server
