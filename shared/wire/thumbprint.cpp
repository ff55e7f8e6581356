#include "wire/thumbprint.h"

#include "wire/encoding.h"

namespace foyer::wire {

std::optional<std::string> p256_thumbprint_text(std::string_view point) {
    if (point.size() != 65 || point.front() != 4)
        return std::nullopt;
    return R"({"crv":"P-256","kty":"EC","x":")" + encode_base64url(point.substr(1, 32)) + R"(","y":")" +
           encode_base64url(point.substr(33)) + R"("})";
}

std::optional<std::string> ed25519_thumbprint_text(std::string_view key) {
    if (key.size() != 32)
        return std::nullopt;
    return R"({"crv":"Ed25519","kty":"OKP","x":")" + encode_base64url(key) + R"("})";
}

} // namespace foyer::wire
