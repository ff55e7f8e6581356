// A key nobody has guessed.
#pragma once

#include "domain/service_key.h"
#include "security/crypto.h"

namespace foyer::server {

// 50 random bits and their check symbols. Show it once, store its key_hash.
[[nodiscard]] domain::ServiceKey make_key(security::RandomSource& random);

} // namespace foyer::server
