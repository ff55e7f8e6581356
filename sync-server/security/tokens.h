// Keys in links that are sent by mail. The database holds only their hash, so that a copy of it opens nothing.
#pragma once

#include "security/crypto.h"

#include <string>
#include <string_view>

namespace foyer::server::security {

struct Token {
    std::string text; // 32 hex digits (128 random bits): goes into the link and nowhere else
    std::string hash; // 32 bytes: goes into the database
};

[[nodiscard]] Token make_token(RandomSource& random);
// Of what came back in a link; any text.
[[nodiscard]] std::string hash_token(std::string_view text);
// In constant time.
[[nodiscard]] bool token_matches(std::string_view text, std::string_view hash);

} // namespace foyer::server::security
