// What the database keeps of a service key or an invitation. Pure.
#pragma once

#include "domain/service_key.h"

#include <string>

namespace foyer::server {

// 32 bytes, the same for every way of writing the same key. Made slow on purpose (some milliseconds): a key is only 50
// bits long, so whoever steals the database should not be able to try them all. Never call it in a transaction.
[[nodiscard]] std::string key_hash(const domain::ServiceKey& key);

} // namespace foyer::server
