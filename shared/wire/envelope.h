// How the body of an envelope (and of every other sealed call) is laid out:
//   "ENV1" | server key id [8] | portal revision [16] | procedure u16 big endian | enc [65] | ciphertext
// Everything before enc is in clear and is bound to the seal by the additional data.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace foyer::wire {

constexpr std::string_view ENVELOPE_MEDIA_TYPE = "application/vnd.foyer.envelope"; // PUT /api/v1/envelopes/{id}
constexpr std::string_view SEALED_MEDIA_TYPE = "application/vnd.foyer.sealed";     // all other sealed calls
constexpr std::string_view HPKE_INFO = "foyer/envelope/v1";
constexpr std::size_t SERVER_KEY_ID_BYTES = 8;
constexpr std::size_t REVISION_BYTES = 16;
constexpr std::size_t ENC_BYTES = 65;        // an uncompressed P-256 point
constexpr std::size_t SEAL_TAG_BYTES = 16;   // AES-128-GCM's, at the end of the ciphertext
constexpr std::size_t CONTEXT_BYTES = 16;    // the UUID of an envelope, the nonce of a call
constexpr std::size_t THUMBPRINT_BYTES = 32; // of the device's key
// An entourage of 200 people with every field filled in takes 150 KB; a hundred contacts for each of a hundred children
// take 500. Nothing else comes near 64 KB.
constexpr std::size_t MAXIMUM_ENVELOPE_BYTES = 1024 * 1024;
constexpr std::size_t MAXIMUM_OTHER_ENVELOPE_BYTES = 64 * 1024;
constexpr std::uint16_t ENTOURAGE_PROCEDURE = 2;

struct Envelope {
    std::string server_key_id; // 8 bytes
    std::string revision;      // 16 bytes
    std::uint16_t procedure = 0;
    std::string enc;        // 65 bytes
    std::string ciphertext; // with its tag
    friend bool operator==(const Envelope&, const Envelope&) = default;
};

enum class EnvelopeError {
    too_large, // for its procedure
    too_short,
    unknown_format, // does not begin with "ENV1"
    not_a_point,    // enc is not an uncompressed point
};

// By its length and the procedure that its head names. parse_envelope asks this first.
[[nodiscard]] bool is_too_large(std::string_view body);
// Any bytes; whether the seal opens is another question.
[[nodiscard]] Result<Envelope, EnvelopeError> parse_envelope(std::string_view body);
// The lengths must be as said above.
[[nodiscard]] std::string build_envelope(const Envelope& envelope);
// What the seal binds besides the plaintext: head | context [16] | device thumbprint [32].
[[nodiscard]] std::string seal_additional_data(const Envelope& envelope, std::string_view context,
                                               std::string_view device_thumbprint);

} // namespace foyer::wire
