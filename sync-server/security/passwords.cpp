#include "security/passwords.h"

#include <argon2.h>

#include <algorithm>
#include <charconv>

namespace foyer::server::security {

namespace {

constexpr std::size_t SALT_BYTES = 16;
constexpr std::size_t HASH_BYTES = 32;

// One of the places at which a hash may run.
class Place {
public:
    explicit Place(std::counting_semaphore<64>& places) : m_places(places) { m_places.acquire(); }
    ~Place() { m_places.release(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

private:
    std::counting_semaphore<64>& m_places;
};

// The number after `name` in "$argon2id$v=19$m=19456,t=2,p=1$…"; 0: there is none.
std::uint32_t parameter(std::string_view encoded, std::string_view name) {
    const std::size_t at = encoded.find(name);
    std::uint32_t value = 0;
    if (at != std::string_view::npos)
        std::from_chars(encoded.data() + at + name.size(), encoded.data() + encoded.size(), value);
    return value;
}

} // namespace

PasswordHasher::PasswordHasher(RandomSource& random, std::ptrdiff_t at_once, PasswordCost cost)
    : m_random(random), m_cost(cost), m_places(std::clamp<std::ptrdiff_t>(at_once, 1, 64)) {
    // Kept from the start, so that the first login of a person nobody knows takes no longer than the next.
    m_nobody = hash(m_random.bytes(16)).value_or("");
}

std::optional<std::string> PasswordHasher::hash(std::string_view password) {
    const std::string salt = m_random.bytes(SALT_BYTES);
    std::string encoded(
        argon2_encodedlen(m_cost.passes, m_cost.memory_kibibytes, m_cost.lanes, SALT_BYTES, HASH_BYTES, Argon2_id),
        '\0');
    const Place place(m_places);
    const int outcome =
        argon2id_hash_encoded(m_cost.passes, m_cost.memory_kibibytes, m_cost.lanes, password.data(), password.size(),
                              salt.data(), salt.size(), HASH_BYTES, encoded.data(), encoded.size());
    if (outcome != ARGON2_OK)
        return std::nullopt;
    encoded.resize(encoded.find('\0'));
    return encoded;
}

bool PasswordHasher::verify(const std::string& encoded, std::string_view password) {
    const Place place(m_places);
    return argon2id_verify(encoded.c_str(), password.data(), password.size()) == ARGON2_OK;
}

bool PasswordHasher::verify_nobody(std::string_view password) {
    (void)verify(m_nobody, password);
    return false;
}

bool PasswordHasher::needs_rehash(std::string_view encoded) const {
    return !encoded.starts_with("$argon2id$v=19$") || parameter(encoded, "$m=") < m_cost.memory_kibibytes ||
           parameter(encoded, ",t=") < m_cost.passes || parameter(encoded, ",p=") < m_cost.lanes;
}

} // namespace foyer::server::security
