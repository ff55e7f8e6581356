// One-time codes from a clock: RFC 6238 with what every authenticator program speaks (SHA-1, six digits, 30 seconds).
// Pure.
#pragma once

#include "base/clock.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace foyer::server::security {

inline constexpr std::size_t TOTP_SECRET_BYTES = 20; // RFC 4226, section 4, R6: 160 bits
inline constexpr UnixSeconds TOTP_STEP_SECONDS = 30;
inline constexpr int TOTP_DIGITS = 6;

[[nodiscard]] std::string totp_code(std::string_view secret, std::int64_t step, int digits = TOTP_DIGITS);

// The step whose code was typed: this one, the one before or the one after, and later than `last_step`, so that none is
// accepted twice (RFC 6238, section 5.2). Spaces in what was typed do not count.
[[nodiscard]] std::optional<std::int64_t> totp_step_of(std::string_view secret, std::string_view typed, UnixSeconds now,
                                                       std::int64_t last_step);

// RFC 4648, section 6, without padding: how a secret is typed into an authenticator.
[[nodiscard]] std::string encode_base32(std::string_view bytes);

// "otpauth://totp/…": what an authenticator reads from a QR code. `issuer`: the town hall; `account`: whose it is.
[[nodiscard]] std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view account);

} // namespace foyer::server::security
