// Who sent this? Checks the signature that every citizen's request carries (docs/wire-format.md). Pure but for the
// nonce cache; a refusal says why, and nothing has been kept then.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "security/nonce_cache.h"
#include "wire/http_signature.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::server::security {

// The request as it came in.
struct IncomingRequest {
    std::string method;
    std::string path;                 // as sent: still percent-encoded, without query
    std::optional<std::string> query; // without "?"; nothing when the target had none
    std::string authority;            // the Host header
    wire::Headers headers;
    std::string_view body; // must outlive the call
};

struct VerifiedRequest {
    std::string public_key;     // of the device: 65 bytes (P-256) or 32 (Ed25519)
    std::string thumbprint;     // 32 bytes: the device's name
    std::string digest;         // SHA-256 of the body, recomputed, 32 bytes; empty for a call without body
    std::string content_digest; // the header's text as received; empty for a call without body
    std::string nonce;          // 16 bytes; empty for an envelope
    UnixSeconds created = 0;    // as the device's clock had it
};

enum class SignatureRefusal {
    missing,           // no signature with the label and tag that belong here
    malformed,         // not what RFC 9421 describes, or more than the few parameters that belong here
    not_covered,       // something that must be signed is not
    authority_unknown, // this server does not answer under that name
    media_type,        // not the Content-Type that belongs here
    digest_missing,    // no sha-256 in Content-Digest
    digest_mismatch,   // the body is not the one that was signed
    key_missing,       // no Device-Key, or not a public key
    key_mismatch,      // keyid is not the key's thumbprint
    algorithm_unknown, // neither ecdsa-p256-sha256 nor ed25519, or not the key's
    wrong,             // the signature does not verify
    clock,             // created is more than 300 seconds away from the server's clock
    replayed,          // this nonce was used before
    busy,              // too many calls in the last minutes to remember their nonces: try again later
};
[[nodiscard]] std::string_view name(SignatureRefusal refusal); // for logs and problem codes: "signature_wrong"

// The names under which the server is reached, as "host" or "host:port"; compared without case and standard port.
class Authorities {
public:
    explicit Authorities(const std::vector<std::string>& names);
    [[nodiscard]] bool contain(std::string_view authority) const;
    [[nodiscard]] const std::vector<std::string>& names() const { return m_names; } // normalised

private:
    std::vector<std::string> m_names;
};

// PUT of an envelope: label env, tag "envelope-v1". No window of freshness: it may have waited weeks for a network.
// It may have been signed for any of the server's names: a change of domain, or handing it in elsewhere, strands none.
[[nodiscard]] Result<VerifiedRequest, SignatureRefusal> verify_envelope_request(const IncomingRequest& request,
                                                                                const Authorities& authorities);

// Any other signed call: label api, tag "api-v1", created within 300 seconds of `now`, a nonce never seen before.
// With `requires_body` the body's digest and type must be signed, else there must be no body.
enum class CallBody { none, sealed };
[[nodiscard]] Result<VerifiedRequest, SignatureRefusal> verify_call(const IncomingRequest& request, CallBody body,
                                                                    const Authorities& authorities, NonceCache& nonces,
                                                                    UnixSeconds now);

} // namespace foyer::server::security
