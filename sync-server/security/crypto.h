// The only place that speaks to OpenSSL. Bytes are std::string; lengths stand beside each of them. Every function may
// be called from any thread. What comes from outside can only make them return nothing, never throw.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace foyer::server::security {

[[nodiscard]] std::string sha256(std::string_view bytes); // 32 bytes
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view bytes);
// 20 bytes. Only for what is defined with it (RFC 6238).
[[nodiscard]] std::string hmac_sha1(std::string_view key, std::string_view bytes);
// RFC 8018; 32 bytes. For secrets too short to be hashed fast.
[[nodiscard]] std::string pbkdf2_sha256(std::string_view secret, std::string_view salt, int rounds);
// Takes the same time wherever the two differ.
[[nodiscard]] bool constant_time_equal(std::string_view left, std::string_view right);

class RandomSource {
public:
    virtual ~RandomSource() = default;
    // Any thread. Fit for keys.
    virtual std::string bytes(std::size_t count) = 0;
};

class SystemRandom final : public RandomSource {
public:
    // Ends the program when the system has no randomness: nothing safe can be done then.
    std::string bytes(std::size_t count) override;
};

// A P-256 key that can sign and agree on secrets. Never leaves the process but through private_bytes().
class PrivateKey {
public:
    [[nodiscard]] static PrivateKey generate();
    // `scalar`: 32 bytes; nothing when it is not a key of the curve.
    [[nodiscard]] static std::optional<PrivateKey> from_bytes(std::string_view scalar);

    [[nodiscard]] const std::string& public_point() const { return m_public_point; } // 65 bytes
    [[nodiscard]] std::string private_bytes() const;                                 // 32 bytes
    [[nodiscard]] std::string sign(std::string_view message) const;                  // ECDSA with SHA-256, r‖s

    struct Handle;
    [[nodiscard]] const Handle& handle() const { return *m_handle; }

private:
    PrivateKey(std::shared_ptr<const Handle> handle, std::string public_point);
    std::shared_ptr<const Handle> m_handle;
    std::string m_public_point;
};

// `point`: 65 bytes; `signature`: 64 bytes r‖s. False for anything malformed, too.
[[nodiscard]] bool verify_p256(std::string_view point, std::string_view message, std::string_view signature);
// `key`: 32 bytes; `signature`: 64 bytes.
[[nodiscard]] bool verify_ed25519(std::string_view key, std::string_view message, std::string_view signature);

// RFC 7638 thumbprint of a raw public key: 65 bytes for P-256, 32 for Ed25519; nothing for another length.
[[nodiscard]] std::optional<std::string> thumbprint(std::string_view public_key);

} // namespace foyer::server::security
