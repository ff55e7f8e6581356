#include "security/request_signature.h"

#include "security/crypto.h"
#include "wire/digest_field.h"
#include "wire/encoding.h"
#include "wire/envelope.h"

#include <algorithm>
#include <array>

namespace foyer::server::security {

namespace {

constexpr std::size_t NONCE_BYTES = 16;
// A device has one key and signs once; anything longer is not from our client.
constexpr std::size_t MAXIMUM_SIGNATURE_HEADER = 2048;

struct Expected {
    std::string_view label;
    std::string_view tag;
    std::string_view media_type; // empty: no body
    bool nonce = false;
    bool any_authority = false;
};

// "application/json; charset=utf-8" is "application/json" here.
bool is_media_type(std::string_view header, std::string_view expected) {
    header = header.substr(0, header.find(';'));
    while (!header.empty() && (header.back() == ' ' || header.back() == '\t'))
        header.remove_suffix(1);
    return header.size() == expected.size() &&
           std::equal(header.begin(), header.end(), expected.begin(), [](char left, char right) {
               return (left >= 'A' && left <= 'Z' ? static_cast<char>(left - 'A' + 'a') : left) == right;
           });
}

SignatureRefusal refusal_of(wire::SignatureError error) {
    switch (error) {
    case wire::SignatureError::missing:
        return SignatureRefusal::missing;
    case wire::SignatureError::component_missing:
        return SignatureRefusal::not_covered;
    case wire::SignatureError::malformed:
    case wire::SignatureError::unsupported:
    case wire::SignatureError::component_twice:
        break;
    }
    return SignatureRefusal::malformed;
}

// The signature with the expected label, its parameters looked at.
Result<wire::MessageSignature, SignatureRefusal> find_signature(const IncomingRequest& request,
                                                                const Expected& expected) {
    for (const wire::Header& header : request.headers)
        if (header.value.size() > MAXIMUM_SIGNATURE_HEADER &&
            (wire::field_value({{header.name, ""}}, "signature-input") ||
             wire::field_value({{header.name, ""}}, "signature")))
            return Failure{SignatureRefusal::malformed};
    Result<std::vector<wire::MessageSignature>, wire::SignatureError> all = wire::read_signatures(request.headers);
    if (!all)
        return Failure{refusal_of(all.error())};
    for (wire::MessageSignature& signature : *all)
        if (signature.label == expected.label) {
            if (signature.covered.parameters.text("tag") != expected.tag)
                return Failure{SignatureRefusal::missing};
            return std::move(signature);
        }
    return Failure{SignatureRefusal::missing};
}

bool covers(const wire::SfInnerList& covered, std::string_view name) {
    return std::find(covered.items.begin(), covered.items.end(), wire::component(name)) != covered.items.end();
}

bool covers_what_matters(const wire::SfInnerList& covered, const IncomingRequest& request, bool body) {
    static constexpr std::array<std::string_view, 4> ALWAYS = {"@method", "@authority", "@path", "device-key"};
    static constexpr std::array<std::string_view, 2> WITH_BODY = {"content-type", "content-digest"};
    const auto is_covered = [&](std::string_view name) { return covers(covered, name); };
    return std::all_of(ALWAYS.begin(), ALWAYS.end(), is_covered) &&
           (!body || std::all_of(WITH_BODY.begin(), WITH_BODY.end(), is_covered)) &&
           (!request.query || is_covered("@query"));
}

// The body against the digest that was signed.
Result<Done, SignatureRefusal> check_body(const IncomingRequest& request, const Expected& expected,
                                          VerifiedRequest& verified) {
    const std::optional<std::string> type = wire::field_value(request.headers, "content-type");
    if (!type || !is_media_type(*type, expected.media_type))
        return Failure{SignatureRefusal::media_type};
    const std::optional<std::string> field = wire::field_value(request.headers, "content-digest");
    const std::optional<std::string> digest = field ? wire::read_content_digest(*field) : std::nullopt;
    if (!digest)
        return Failure{SignatureRefusal::digest_missing};
    verified.digest = sha256(request.body);
    verified.content_digest = *field;
    if (!constant_time_equal(*digest, verified.digest))
        return Failure{SignatureRefusal::digest_mismatch};
    return Done{};
}

// Device-Key and the parameters that name it.
Result<Done, SignatureRefusal> check_key(const IncomingRequest& request, const wire::SfParameters& parameters,
                                         VerifiedRequest& verified) {
    const std::optional<std::string> field = wire::field_value(request.headers, "device-key");
    const std::optional<std::string> key = field ? wire::parse_sf_bytes(*field) : std::nullopt;
    const std::optional<std::string> print = key ? thumbprint(*key) : std::nullopt;
    if (!print)
        return Failure{SignatureRefusal::key_missing};
    if (parameters.text("keyid") != wire::encode_base64url(*print))
        return Failure{SignatureRefusal::key_mismatch};
    if (parameters.text("alg") != (key->size() == 32 ? "ed25519" : "ecdsa-p256-sha256"))
        return Failure{SignatureRefusal::algorithm_unknown};
    verified.public_key = *key;
    verified.thumbprint = *print;
    return Done{};
}

Result<Done, SignatureRefusal> check_signature(const IncomingRequest& request, const std::string& authority,
                                               const wire::MessageSignature& signature,
                                               const VerifiedRequest& claimed) {
    wire::HttpMessage message;
    message.method = request.method;
    message.authority = authority;
    message.path = request.path;
    message.query = request.query;
    message.headers = request.headers;
    const Result<std::string, wire::SignatureError> base = wire::signature_base(message, signature.covered);
    if (!base)
        return Failure{refusal_of(base.error())};
    const bool good = claimed.public_key.size() == 32 ? verify_ed25519(claimed.public_key, *base, signature.signature)
                                                      : verify_p256(claimed.public_key, *base, signature.signature);
    if (!good)
        return Failure{SignatureRefusal::wrong};
    return Done{};
}

// Everything but the clock and the nonces' history.
Result<VerifiedRequest, SignatureRefusal> verify(const IncomingRequest& request, const Authorities& authorities,
                                                 const Expected& expected) {
    const Result<wire::MessageSignature, SignatureRefusal> signature = find_signature(request, expected);
    if (!signature)
        return Failure{signature.error()};
    const wire::SfParameters& parameters = signature->covered.parameters;
    const bool body = !expected.media_type.empty();
    if (!covers_what_matters(signature->covered, request, body))
        return Failure{SignatureRefusal::not_covered};
    if (!authorities.contain(request.authority))
        return Failure{SignatureRefusal::authority_unknown};

    VerifiedRequest verified;
    const std::optional<std::int64_t> created = parameters.integer("created");
    if (!created)
        return Failure{SignatureRefusal::malformed};
    verified.created = *created;
    if (expected.nonce) {
        const std::optional<std::string> text = parameters.text("nonce");
        const std::optional<std::string> nonce = text ? wire::decode_base64url(*text) : std::nullopt;
        if (!nonce || nonce->size() != NONCE_BYTES)
            return Failure{SignatureRefusal::malformed};
        verified.nonce = *nonce;
    }
    if (body) {
        if (const Result<Done, SignatureRefusal> checked = check_body(request, expected, verified); !checked)
            return Failure{checked.error()};
    } else if (!request.body.empty()) {
        return Failure{SignatureRefusal::not_covered};
    }
    if (const Result<Done, SignatureRefusal> checked = check_key(request, parameters, verified); !checked)
        return Failure{checked.error()};

    // A call is signed for the name it is sent to, an envelope perhaps for another of ours.
    if (const Result<Done, SignatureRefusal> good = check_signature(request, request.authority, *signature, verified);
        good || good.error() != SignatureRefusal::wrong || !expected.any_authority)
        return good ? Result<VerifiedRequest, SignatureRefusal>(std::move(verified)) : Failure{good.error()};
    for (const std::string& authority : authorities.names())
        if (check_signature(request, authority, *signature, verified))
            return verified;
    return Failure{SignatureRefusal::wrong};
}

} // namespace

std::string_view name(SignatureRefusal refusal) {
    switch (refusal) {
    case SignatureRefusal::missing:
        return "signature_missing";
    case SignatureRefusal::malformed:
        return "signature_malformed";
    case SignatureRefusal::not_covered:
        return "signature_not_covered";
    case SignatureRefusal::authority_unknown:
        return "authority_unknown";
    case SignatureRefusal::media_type:
        return "media_type";
    case SignatureRefusal::digest_missing:
        return "digest_missing";
    case SignatureRefusal::digest_mismatch:
        return "digest_mismatch";
    case SignatureRefusal::key_missing:
        return "key_missing";
    case SignatureRefusal::key_mismatch:
        return "key_mismatch";
    case SignatureRefusal::algorithm_unknown:
        return "algorithm_unknown";
    case SignatureRefusal::wrong:
        return "signature_wrong";
    case SignatureRefusal::clock:
        return "clock";
    case SignatureRefusal::replayed:
        return "replayed";
    case SignatureRefusal::busy:
        return "busy";
    }
    return "signature_malformed";
}

Authorities::Authorities(const std::vector<std::string>& names) {
    for (const std::string& name : names)
        m_names.push_back(wire::normalise_authority(name, "https"));
}

bool Authorities::contain(std::string_view authority) const {
    return std::find(m_names.begin(), m_names.end(), wire::normalise_authority(authority, "https")) != m_names.end();
}

Result<VerifiedRequest, SignatureRefusal> verify_envelope_request(const IncomingRequest& request,
                                                                  const Authorities& authorities) {
    return verify(request, authorities, {"env", "envelope-v1", wire::ENVELOPE_MEDIA_TYPE, false, true});
}

Result<VerifiedRequest, SignatureRefusal> verify_call(const IncomingRequest& request, CallBody body,
                                                      const Authorities& authorities, NonceCache& nonces,
                                                      UnixSeconds now) {
    const std::string_view media_type = body == CallBody::sealed ? wire::SEALED_MEDIA_TYPE : std::string_view();
    Result<VerifiedRequest, SignatureRefusal> verified =
        verify(request, authorities, {"api", "api-v1", media_type, true, false});
    if (!verified)
        return verified;
    if (verified->created < now - nonces.window() || verified->created > now + nonces.window())
        return Failure{SignatureRefusal::clock};
    // Only now: somebody without the device's key must not be able to use up its nonces.
    switch (nonces.remember(verified->thumbprint, verified->nonce, now)) {
    case NonceCache::Outcome::fresh:
        return verified;
    case NonceCache::Outcome::replayed:
        return Failure{SignatureRefusal::replayed};
    case NonceCache::Outcome::full:
        break;
    }
    return Failure{SignatureRefusal::busy};
}

} // namespace foyer::server::security
