#include "security/envelope_opening.h"

#include "security/seal.h"
#include "wire/stamp.h"

namespace foyer::server::security {

std::string_view name(OpenRefusal refusal) {
    switch (refusal) {
    case OpenRefusal::not_an_envelope:
        return "not_an_envelope";
    case OpenRefusal::unknown_key:
        return "sealing_key_unknown";
    case OpenRefusal::not_opened:
        break;
    }
    return "seal_wrong";
}

std::string_view name(StampRefusal refusal) {
    switch (refusal) {
    case StampRefusal::missing:
        return "stamp_missing";
    case StampRefusal::malformed:
        return "stamp_malformed";
    case StampRefusal::too_cheap:
        break;
    }
    return "stamp_too_cheap";
}

Result<OpenedEnvelope, OpenRefusal> open_envelope(const ServerKeys& keys, std::string_view body,
                                                  std::string_view context, std::string_view device_thumbprint) {
    const Result<wire::Envelope, wire::EnvelopeError> envelope = wire::parse_envelope(body);
    if (!envelope || context.size() != wire::CONTEXT_BYTES || device_thumbprint.size() != wire::THUMBPRINT_BYTES)
        return Failure{OpenRefusal::not_an_envelope};
    const ServerKey* key = keys.find_sealing_key(envelope->server_key_id);
    if (!key)
        return Failure{OpenRefusal::unknown_key};
    std::optional<std::string> plaintext =
        open_sealed(key->key, envelope->enc, envelope->ciphertext, wire::HPKE_INFO,
                    wire::seal_additional_data(*envelope, context, device_thumbprint));
    if (!plaintext)
        return Failure{OpenRefusal::not_opened};
    return OpenedEnvelope{envelope->revision, envelope->procedure, std::move(*plaintext)};
}

std::optional<StampRefusal> check_stamp(const std::optional<std::string>& stamp, std::string_view context,
                                        std::string_view digest, int required_bits) {
    if (required_bits <= 0)
        return std::nullopt;
    if (!stamp)
        return StampRefusal::missing;
    const std::optional<std::string> nonce = wire::read_stamp(*stamp);
    if (!nonce)
        return StampRefusal::malformed;
    if (wire::leading_zero_bits(sha256(wire::stamp_text(context, digest, *nonce))) < required_bits)
        return StampRefusal::too_cheap;
    return std::nullopt;
}

} // namespace foyer::server::security
