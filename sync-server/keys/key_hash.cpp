#include "keys/key_hash.h"

#include "security/crypto.h"

namespace foyer::server {

namespace {
// With 50 bits of key, about 2^64 hashes for all of them.
constexpr int ROUNDS = 20'000;
} // namespace

// The salt is the same for all, because a key is found by its hash; it keeps tables made for other uses useless.
std::string key_hash(const domain::ServiceKey& key) {
    return security::pbkdf2_sha256(key.comparable(), "foyer/service-key/v1", ROUNDS);
}

} // namespace foyer::server
