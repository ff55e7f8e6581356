#include "submissions/sealed_form.h"

#include "wire/envelope.h"

#include <algorithm>

namespace foyer::server {

namespace {

std::string code_of(const wire::PayloadError& error) {
    switch (error.reason) {
    case wire::PayloadError::Reason::not_json:
        return "payload_not_json";
    case wire::PayloadError::Reason::wrong_shape:
        return "payload_wrong_shape";
    case wire::PayloadError::Reason::version:
        return "payload_version";
    case wire::PayloadError::Reason::procedure:
        return "payload_procedure";
    }
    return "payload_wrong_shape";
}

} // namespace

Result<SealedForm, SealedRefusal> open_form(const SealedInput& input, const security::ServerKeys& keys,
                                            const portals::Catalogue& catalogue) {
    using Kind = SealedRefusal::Kind;
    // The head is in clear: the portal's own price for a stamp is known before anything costly is done.
    const auto envelope = wire::parse_envelope(input.body);
    if (!envelope)
        return Failure{SealedRefusal{Kind::malformed, "not_an_envelope"}};
    const portals::Published* published = catalogue.find(envelope->revision);
    if (!published)
        return Failure{SealedRefusal{Kind::unknown_revision, "unknown_revision"}};
    // A price that was raised since then is not asked of what waited on a device; a lowered one is enough.
    const portals::Published* current = catalogue.current(published->portal.slug);
    const int bits =
        current ? std::min(published->portal.stamp_bits, current->portal.stamp_bits) : published->portal.stamp_bits;
    if (input.costs_stamp) {
        if (const auto refusal = security::check_stamp(input.stamp, input.context, input.digest, bits))
            return Failure{SealedRefusal{Kind::stamp, std::string(security::name(*refusal))}};
    }

    auto opened = security::open_envelope(keys, input.body, input.context, input.device_thumbprint);
    if (!opened) {
        const bool malformed = opened.error() == security::OpenRefusal::not_an_envelope;
        return Failure{
            SealedRefusal{malformed ? Kind::malformed : Kind::not_opened, std::string(security::name(opened.error()))}};
    }
    auto payload = wire::read_payload(opened->plaintext);
    if (!payload)
        return Failure{SealedRefusal{Kind::malformed, code_of(payload.error())}};
    if (static_cast<std::uint16_t>(payload->procedure) != envelope->procedure)
        return Failure{SealedRefusal{Kind::malformed, "procedure_mismatch"}};
    return SealedForm{std::move(payload).value(), published, envelope->revision};
}

} // namespace foyer::server
