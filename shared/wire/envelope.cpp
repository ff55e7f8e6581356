#include "wire/envelope.h"

namespace foyer::wire {

namespace {

constexpr std::string_view MAGIC = "ENV1";
constexpr std::size_t HEAD_BYTES = MAGIC.size() + SERVER_KEY_ID_BYTES + REVISION_BYTES + 2;
constexpr char UNCOMPRESSED_POINT = 4; // SEC 1, section 2.3.3

std::string head(const Envelope& envelope) {
    std::string out(MAGIC);
    out += envelope.server_key_id;
    out += envelope.revision;
    out += static_cast<char>(envelope.procedure >> 8);
    out += static_cast<char>(envelope.procedure & 0xFF);
    return out;
}

} // namespace

bool is_too_large(std::string_view body) {
    if (body.size() <= MAXIMUM_OTHER_ENVELOPE_BYTES)
        return false;
    const std::string_view number = body.substr(HEAD_BYTES - 2, 2);
    const bool is_entourage = number[0] == 0 && number[1] == static_cast<char>(ENTOURAGE_PROCEDURE);
    return body.size() > MAXIMUM_ENVELOPE_BYTES || !is_entourage || body.substr(0, MAGIC.size()) != MAGIC;
}

Result<Envelope, EnvelopeError> parse_envelope(std::string_view body) {
    if (is_too_large(body))
        return Failure{EnvelopeError::too_large};
    if (body.substr(0, MAGIC.size()) != MAGIC)
        return Failure{EnvelopeError::unknown_format};
    if (body.size() < HEAD_BYTES + ENC_BYTES + SEAL_TAG_BYTES)
        return Failure{EnvelopeError::too_short};
    body.remove_prefix(MAGIC.size());
    const auto take = [&body](std::size_t count) {
        const std::string_view taken = body.substr(0, count);
        body.remove_prefix(count);
        return taken;
    };
    Envelope envelope;
    envelope.server_key_id = take(SERVER_KEY_ID_BYTES);
    envelope.revision = take(REVISION_BYTES);
    const std::string_view number = take(2);
    envelope.procedure =
        static_cast<std::uint16_t>(static_cast<unsigned char>(number[0]) << 8 | static_cast<unsigned char>(number[1]));
    envelope.enc = take(ENC_BYTES);
    envelope.ciphertext = body;
    if (envelope.enc.front() != UNCOMPRESSED_POINT)
        return Failure{EnvelopeError::not_a_point};
    return envelope;
}

std::string build_envelope(const Envelope& envelope) { return head(envelope) + envelope.enc + envelope.ciphertext; }

std::string seal_additional_data(const Envelope& envelope, std::string_view context,
                                 std::string_view device_thumbprint) {
    std::string out = head(envelope);
    out += context;
    out += device_thumbprint;
    return out;
}

} // namespace foyer::wire
