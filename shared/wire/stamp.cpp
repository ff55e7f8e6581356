#include "wire/stamp.h"

#include <algorithm>

namespace foyer::wire {

namespace {

constexpr std::string_view PREFIX = "pow1:";

bool may_stand_in_nonce(char character) {
    return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'z') ||
           (character >= 'A' && character <= 'Z') || character == '-' || character == '_';
}

} // namespace

std::optional<std::string> read_stamp(std::string_view header) {
    if (header.substr(0, PREFIX.size()) != PREFIX)
        return std::nullopt;
    const std::string_view nonce = header.substr(PREFIX.size());
    if (nonce.empty() || nonce.size() > MAXIMUM_STAMP_NONCE ||
        !std::all_of(nonce.begin(), nonce.end(), may_stand_in_nonce))
        return std::nullopt;
    return std::string(nonce);
}

std::string stamp_text(std::string_view context, std::string_view digest, std::string_view nonce) {
    std::string out("pow1");
    out += context;
    out += digest;
    out += nonce;
    return out;
}

int leading_zero_bits(std::string_view hash) {
    int bits = 0;
    for (const char character : hash) {
        const auto byte = static_cast<unsigned char>(character);
        for (int bit = 7; bit >= 0; --bit) {
            if (byte >> bit & 1)
                return bits;
            ++bits;
        }
    }
    return bits;
}

} // namespace foyer::wire
