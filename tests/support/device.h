// A family's device, as docs/wire-format.md describes it, for the tests of the server: seals answers, signs requests,
// works out stamps.
#pragma once

#include "security/crypto.h"
#include "wire/http_signature.h"
#include "wire/payload.h"

#include <map>
#include <string>

namespace foyer::test {

// What the server publishes at /api/v1/server and /api/v1/portals/{slug}.
struct ServerFacts {
    std::string authority; // "127.0.0.1:8080"
    std::string sealing_key_id;
    std::string sealing_key;
    std::string revision; // 16 bytes
    int stamp_bits = 16;
    std::int64_t now = 0;
};

struct SignedRequest {
    std::string method;
    std::string path;
    wire::Headers headers;
    std::string body;
};

class Device {
public:
    Device() : m_key(server::security::PrivateKey::generate()) {}

    // A fresh UUIDv7 as text.
    [[nodiscard]] static std::string new_envelope_id();

    [[nodiscard]] SignedRequest envelope(const ServerFacts& facts, const std::string& id,
                                         const wire::Payload& payload) const;
    // A sealed call (login, resend…).
    [[nodiscard]] SignedRequest sealed_call(const ServerFacts& facts, const std::string& path,
                                            const wire::Payload& payload) const;
    // GET or DELETE; the path may have a query, which is signed too.
    [[nodiscard]] SignedRequest call(const ServerFacts& facts, const std::string& method,
                                     const std::string& path) const;

    [[nodiscard]] std::string thumbprint() const;

private:
    [[nodiscard]] std::string seal(const ServerFacts& facts, const std::string& context,
                                   const wire::Payload& payload) const;
    void sign(SignedRequest& request, const ServerFacts& facts, bool is_envelope, const std::string& nonce) const;
    server::security::PrivateKey m_key;
};

} // namespace foyer::test
