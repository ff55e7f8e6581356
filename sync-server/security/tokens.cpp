#include "security/tokens.h"

#include "wire/encoding.h"

namespace foyer::server::security {

Token make_token(RandomSource& random) {
    Token token;
    token.text = wire::encode_hex(random.bytes(16));
    token.hash = hash_token(token.text);
    return token;
}

std::string hash_token(std::string_view text) {
    // The text has 128 random bits: nothing slower than one hash is needed against guessing.
    return sha256(text);
}

bool token_matches(std::string_view text, std::string_view hash) { return constant_time_equal(hash_token(text), hash); }

} // namespace foyer::server::security
