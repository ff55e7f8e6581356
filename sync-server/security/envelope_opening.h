// Opens what a device has sealed, and looks at its stamp.
#pragma once

#include "base/result.h"
#include "security/server_keys.h"
#include "wire/envelope.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace foyer::server::security {

struct OpenedEnvelope {
    std::string revision; // 16 bytes: the portal's revision it was filled in with
    std::uint16_t procedure = 0;
    std::string plaintext; // the payload, still padded: holds secrets
};

enum class OpenRefusal {
    not_an_envelope,
    unknown_key, // sealed for a key this server does not have (any more)
    not_opened,  // altered, or sealed for another id or another device
};
[[nodiscard]] std::string_view name(OpenRefusal refusal);

// `context`: the 16 bytes of the envelope's UUID, or of the call's nonce. `device_thumbprint`: of the key whose
// signature was verified (32 bytes).
[[nodiscard]] Result<OpenedEnvelope, OpenRefusal> open_envelope(const ServerKeys& keys, std::string_view body,
                                                                std::string_view context,
                                                                std::string_view device_thumbprint);

enum class StampRefusal { missing, malformed, too_cheap };
[[nodiscard]] std::string_view name(StampRefusal refusal);

// `stamp`: the header's value, nothing when there was none. `digest`: SHA-256 of the body. Nothing: it is good.
[[nodiscard]] std::optional<StampRefusal> check_stamp(const std::optional<std::string>& stamp, std::string_view context,
                                                      std::string_view digest, int required_bits);

} // namespace foyer::server::security
