#include "test_support/device.h"

#include "security/seal.h"
#include "wire/digest_field.h"
#include "wire/encoding.h"
#include "wire/envelope.h"
#include "wire/stamp.h"
#include "wire/uuid.h"

#include <cstdlib>
#include <ctime>

namespace foyer::test {

namespace security = server::security;

namespace {

std::string random_bytes(std::size_t count) {
    security::SystemRandom random;
    return random.bytes(count);
}

std::string stamp_for(const std::string& context, const std::string& digest, int bits) {
    for (std::uint64_t nonce = 0;; ++nonce) {
        const std::string text = std::to_string(nonce);
        if (wire::leading_zero_bits(security::sha256(wire::stamp_text(context, digest, text))) >= bits)
            return "pow1:" + text;
    }
}

} // namespace

std::string Device::new_envelope_id() {
    std::string bytes = random_bytes(16);
    const auto milliseconds = static_cast<std::uint64_t>(std::time(nullptr)) * 1000;
    for (int i = 0; i < 6; ++i)
        bytes[static_cast<std::size_t>(i)] = static_cast<char>(milliseconds >> (40 - 8 * i));
    bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0fU) | 0x70U);
    bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3fU) | 0x80U);
    const auto id = wire::Uuid::from_bytes(bytes);
    if (!id)
        std::abort();
    return id->text();
}

std::string Device::thumbprint() const { return *security::thumbprint(m_key.public_point()); }

std::string Device::seal(const ServerFacts& facts, const std::string& context, const wire::Payload& payload) const {
    wire::Envelope envelope;
    envelope.server_key_id = facts.sealing_key_id;
    envelope.revision = facts.revision;
    envelope.procedure = static_cast<std::uint16_t>(payload.procedure);
    const auto sealed = security::seal(facts.sealing_key, wire::write_payload(payload), wire::HPKE_INFO,
                                       wire::seal_additional_data(envelope, context, thumbprint()));
    if (!sealed)
        std::abort();
    envelope.enc = sealed->enc;
    envelope.ciphertext = sealed->ciphertext;
    return wire::build_envelope(envelope);
}

void Device::sign(SignedRequest& request, const ServerFacts& facts, bool is_envelope, const std::string& nonce) const {
    wire::HttpMessage message;
    message.method = request.method;
    message.scheme = "http";
    message.authority = facts.authority;
    const std::size_t mark = request.path.find('?');
    message.path = request.path.substr(0, mark);
    if (mark != std::string::npos)
        message.query = request.path.substr(mark + 1);
    message.headers = request.headers;

    wire::MessageSignature signature;
    signature.label = is_envelope ? "env" : "api";
    std::vector<std::string> components = {"@method", "@authority", "@path"};
    if (!request.body.empty()) {
        components.emplace_back("content-type");
        components.emplace_back("content-digest");
    }
    components.emplace_back("device-key");
    if (message.query)
        components.emplace_back("@query");
    for (const std::string& name : components)
        signature.covered.items.push_back(wire::component(name));
    wire::SfParameters& parameters = signature.covered.parameters;
    parameters.set("created", facts.now);
    parameters.set("keyid", wire::encode_base64url(thumbprint()));
    parameters.set("alg", std::string("ecdsa-p256-sha256"));
    if (!is_envelope)
        parameters.set("nonce", wire::encode_base64url(nonce));
    parameters.set("tag", std::string(is_envelope ? "envelope-v1" : "api-v1"));
    const auto base = wire::signature_base(message, signature.covered);
    if (!base)
        std::abort();
    signature.signature = m_key.sign(*base);
    for (wire::Header& header : wire::write_signature(signature))
        request.headers.push_back(std::move(header));
}

SignedRequest Device::envelope(const ServerFacts& facts, const std::string& id, const wire::Payload& payload) const {
    const std::string context = wire::Uuid::parse(id)->bytes();
    SignedRequest request{"PUT", "/api/v1/envelopes/" + id, {}, seal(facts, context, payload)};
    const std::string digest = security::sha256(request.body);
    request.headers = {{"Content-Type", std::string(wire::ENVELOPE_MEDIA_TYPE)},
                       {"Content-Digest", wire::write_content_digest(digest)},
                       {"Device-Key", ":" + wire::encode_base64(m_key.public_point()) + ":"},
                       {"Stamp", stamp_for(context, digest, facts.stamp_bits)}};
    sign(request, facts, true, {});
    return request;
}

SignedRequest Device::sealed_call(const ServerFacts& facts, const std::string& path,
                                  const wire::Payload& payload) const {
    const std::string nonce = random_bytes(16);
    SignedRequest request{"POST", path, {}, seal(facts, nonce, payload)};
    const std::string digest = security::sha256(request.body);
    request.headers = {{"Content-Type", std::string(wire::SEALED_MEDIA_TYPE)},
                       {"Content-Digest", wire::write_content_digest(digest)},
                       {"Device-Key", ":" + wire::encode_base64(m_key.public_point()) + ":"},
                       {"Stamp", stamp_for(nonce, digest, facts.stamp_bits)}};
    sign(request, facts, false, nonce);
    return request;
}

SignedRequest Device::call(const ServerFacts& facts, const std::string& method, const std::string& path) const {
    SignedRequest request{method, path, {{"Device-Key", ":" + wire::encode_base64(m_key.public_point()) + ":"}}, {}};
    sign(request, facts, false, random_bytes(16));
    return request;
}

} // namespace foyer::test
