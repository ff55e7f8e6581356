#include "security/request_signature.h"

#include "security/envelope_opening.h"
#include "security/receipt_signature.h"
#include "security/seal.h"
#include "wire/digest_field.h"
#include "wire/encoding.h"
#include "wire/envelope.h"
#include "wire/stamp.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::server::security;

namespace {

constexpr UnixSeconds NOW = 1'795'000'000;
const std::string UUID_BYTES("\x01\x92\xf0\xa1\xb2\xc3\x7d\x4e\x8f\x50\x01\x23\x45\x67\x89\xab", 16);
const Authorities TOWN({"portal.example", "127.0.0.1:8080"});

// Another device: everything that a client does, with a knob for each thing that can be wrong.
struct Device {
    PrivateKey key = PrivateKey::generate();
    std::string thumbprint = server::security::thumbprint(key.public_point()).value();

    std::string sealed_body(const ServerKeys& keys, std::string_view context, std::string_view plaintext) const {
        wire::Envelope envelope;
        envelope.server_key_id = keys.sealing_key().id;
        envelope.revision = std::string(16, 'r');
        envelope.procedure = 1;
        const auto sealed = seal(keys.sealing_key().key.public_point(), plaintext, wire::HPKE_INFO,
                                 wire::seal_additional_data(envelope, context, thumbprint));
        envelope.enc = sealed->enc;
        envelope.ciphertext = sealed->ciphertext;
        return wire::build_envelope(envelope);
    }

    struct Wish {
        std::string label = "env";
        std::string tag = "envelope-v1";
        std::string type{wire::ENVELOPE_MEDIA_TYPE};
        std::string algorithm = "ecdsa-p256-sha256";
        std::vector<std::string> components = {"@method",      "@authority",     "@path",
                                               "content-type", "content-digest", "device-key"};
        std::optional<std::string> nonce;
        std::optional<std::string> keyid;
        UnixSeconds created = NOW;
    };

    void sign(IncomingRequest& request, const Wish& wish) const {
        request.headers.push_back({"Device-Key", ":" + wire::encode_base64(key.public_point()) + ":"});
        if (!request.body.empty()) {
            request.headers.push_back({"Content-Type", wish.type});
            request.headers.push_back({"Content-Digest", wire::write_content_digest(sha256(request.body))});
        }
        wire::MessageSignature signature;
        signature.label = wish.label;
        for (const std::string& component : wish.components)
            signature.covered.items.push_back(wire::component(component));
        signature.covered.parameters.set("created", wish.created);
        if (wish.nonce)
            signature.covered.parameters.set("nonce", wire::encode_base64url(*wish.nonce));
        signature.covered.parameters.set("keyid", wish.keyid.value_or(wire::encode_base64url(thumbprint)))
            .set("alg", wish.algorithm)
            .set("tag", wish.tag);
        wire::HttpMessage message;
        message.method = request.method;
        message.authority = request.authority;
        message.path = request.path;
        message.query = request.query;
        message.headers = request.headers;
        signature.signature = key.sign(wire::signature_base(message, signature.covered).value());
        for (wire::Header& header : wire::write_signature(signature))
            request.headers.push_back(std::move(header));
    }
};

IncomingRequest put(std::string_view body) {
    IncomingRequest request;
    request.method = "PUT";
    request.path = "/api/v1/envelopes/0192f0a1-b2c3-7d4e-8f50-0123456789ab";
    request.authority = "portal.example";
    request.body = body;
    return request;
}

IncomingRequest signed_put(const Device& device, std::string_view body, const Device::Wish& wish = {}) {
    IncomingRequest request = put(body);
    device.sign(request, wish);
    return request;
}

Device::Wish call_wish(std::string nonce, bool body = false) {
    Device::Wish wish;
    wish.label = "api";
    wish.tag = "api-v1";
    wish.nonce = std::move(nonce);
    wish.type = wire::SEALED_MEDIA_TYPE;
    if (!body)
        wish.components = {"@method", "@authority", "@path", "device-key"};
    return wish;
}

IncomingRequest signed_get(const Device& device, const Device::Wish& wish) {
    IncomingRequest request;
    request.method = "GET";
    request.path = "/api/v1/oudon/me";
    request.authority = "127.0.0.1:8080";
    device.sign(request, wish);
    return request;
}

wire::Header& header(IncomingRequest& request, std::string_view name) {
    for (wire::Header& candidate : request.headers)
        if (candidate.name == name)
            return candidate;
    FAIL("no such header");
    return request.headers.front();
}

SignatureRefusal refusal(const IncomingRequest& request) {
    const auto verified = verify_envelope_request(request, TOWN);
    REQUIRE_FALSE(verified);
    return verified.error();
}

} // namespace

TEST_CASE("an envelope is accepted from the device that sealed and signed it, however old it is") {
    const ServerKeys keys = ServerKeys::generate();
    const Device device;
    const std::string body = device.sealed_body(keys, UUID_BYTES, "plaintext");
    Device::Wish wish;
    wish.created = NOW - 400LL * 24 * 3600;
    const IncomingRequest request = signed_put(device, body, wish);
    const auto verified = verify_envelope_request(request, TOWN);
    REQUIRE(verified);
    CHECK(verified->thumbprint == device.thumbprint);
    CHECK(verified->public_key == device.key.public_point());
    CHECK(verified->digest == sha256(body));
    CHECK(verified->created == wish.created);
    const auto opened = open_envelope(keys, body, UUID_BYTES, verified->thumbprint);
    REQUIRE(opened);
    CHECK(opened->plaintext == "plaintext");
    CHECK(opened->procedure == 1);
    CHECK(opened->revision == std::string(16, 'r'));
}

TEST_CASE("a flipped bit in any byte of an envelope is refused") {
    const ServerKeys keys = ServerKeys::generate();
    const Device device;
    const std::string body = device.sealed_body(keys, UUID_BYTES, std::string(300, 'p'));
    const IncomingRequest request = signed_put(device, body);
    for (std::size_t at = 0; at < body.size(); ++at) {
        std::string flipped = body;
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
        // On the way: the digest catches it.
        IncomingRequest altered = request;
        altered.body = flipped;
        REQUIRE(refusal(altered) == SignatureRefusal::digest_mismatch);
        // By the one who signs: the seal catches it.
        const auto verified = verify_envelope_request(signed_put(device, flipped), TOWN);
        REQUIRE(verified);
        REQUIRE_FALSE(open_envelope(keys, flipped, UUID_BYTES, verified->thumbprint));
    }
}

TEST_CASE("a flipped bit in any byte of what is signed is refused") {
    const ServerKeys keys = ServerKeys::generate();
    const Device device;
    const std::string body = device.sealed_body(keys, UUID_BYTES, "p");
    const IncomingRequest request = signed_put(device, body);
    for (const char* name : {"Device-Key", "Content-Digest", "Signature-Input", "Signature", "Content-Type"}) {
        const std::string value = header(const_cast<IncomingRequest&>(request), name).value;
        for (std::size_t at = 0; at < value.size(); ++at) {
            IncomingRequest altered = request;
            header(altered, name).value[at] = static_cast<char>(value[at] ^ 2);
            INFO(name << " byte " << at);
            REQUIRE_FALSE(verify_envelope_request(altered, TOWN));
        }
    }
    IncomingRequest altered = request;
    altered.path.back() = 'c';
    CHECK(refusal(altered) == SignatureRefusal::wrong);
    altered = request;
    altered.method = "POST";
    CHECK(refusal(altered) == SignatureRefusal::wrong);
}

TEST_CASE("nobody can sign somebody else's envelope as their own") {
    const ServerKeys keys = ServerKeys::generate();
    const Device owner;
    const Device thief;
    const std::string body = owner.sealed_body(keys, UUID_BYTES, "plaintext");
    const auto verified = verify_envelope_request(signed_put(thief, body), TOWN);
    REQUIRE(verified);
    CHECK(open_envelope(keys, body, UUID_BYTES, verified->thumbprint).error() == OpenRefusal::not_opened);
}

TEST_CASE("an envelope opens under its own id only") {
    const ServerKeys keys = ServerKeys::generate();
    const Device device;
    const std::string body = device.sealed_body(keys, UUID_BYTES, "plaintext");
    std::string other = UUID_BYTES;
    other.back() = 'x';
    CHECK(open_envelope(keys, body, other, device.thumbprint).error() == OpenRefusal::not_opened);
    CHECK(open_envelope(keys, body, "", device.thumbprint).error() == OpenRefusal::not_an_envelope);
    CHECK(open_envelope(keys, "ENV1", UUID_BYTES, device.thumbprint).error() == OpenRefusal::not_an_envelope);
    CHECK(open_envelope(ServerKeys::generate(), body, UUID_BYTES, device.thumbprint).error() ==
          OpenRefusal::unknown_key);
}

TEST_CASE("each thing that can be wrong with a signature has its own refusal") {
    const Device device;
    const std::string body = "body";
    const auto wished = [&](const auto& change) {
        Device::Wish wish;
        change(wish);
        return refusal(signed_put(device, body, wish));
    };
    CHECK(refusal(put(body)) == SignatureRefusal::missing);
    CHECK(wished([](auto& wish) { wish.label = "api"; }) == SignatureRefusal::missing);
    CHECK(wished([](auto& wish) { wish.tag = "api-v1"; }) == SignatureRefusal::missing);
    CHECK(wished([](auto& wish) { wish.type = "application/json"; }) == SignatureRefusal::media_type);
    CHECK(wished([](auto& wish) { wish.algorithm = "ed25519"; }) == SignatureRefusal::algorithm_unknown);
    CHECK(wished([](auto& wish) { wish.algorithm = "none"; }) == SignatureRefusal::algorithm_unknown);
    CHECK(wished([](auto& wish) { wish.keyid = "somebody"; }) == SignatureRefusal::key_mismatch);
    for (std::size_t left_out = 0; left_out < Device::Wish{}.components.size(); ++left_out)
        CHECK(wished([&](auto& wish) {
                  wish.components.erase(wish.components.begin() + static_cast<std::ptrdiff_t>(left_out));
              }) == SignatureRefusal::not_covered);

    IncomingRequest request = signed_put(device, body);
    request.authority = "elsewhere.example";
    CHECK(refusal(request) == SignatureRefusal::authority_unknown);
    request = signed_put(device, body);
    request.query = "added=1";
    CHECK(refusal(request) == SignatureRefusal::not_covered);
    request = signed_put(device, body);
    header(request, "Content-Digest").value = "sha-512=:AA==:";
    CHECK(refusal(request) == SignatureRefusal::digest_missing);
    request = signed_put(device, body);
    header(request, "Device-Key").value = ":AAEC:";
    CHECK(refusal(request) == SignatureRefusal::key_missing);
    request = signed_put(device, body);
    header(request, "Signature-Input").value += std::string(5000, ' ');
    CHECK(refusal(request) == SignatureRefusal::malformed);
    request = signed_put(device, body);
    header(request, "Signature-Input").value = "env=(";
    CHECK(refusal(request) == SignatureRefusal::malformed);
    request = signed_put(device, body);
    header(request, "Device-Key").value = ":" + wire::encode_base64("\x04" + std::string(64, '\x01')) + ":";
    CHECK(refusal(request) == SignatureRefusal::key_mismatch);
}

TEST_CASE("the town answers under each of its names, whatever case and standard port they are written with") {
    const Device device;
    for (const char* authority : {"portal.example", "PORTAL.example", "portal.example:443", "127.0.0.1:8080"}) {
        IncomingRequest request = put("body");
        request.authority = authority;
        device.sign(request, {});
        CHECK(verify_envelope_request(request, TOWN));
    }
}

TEST_CASE("an envelope signed for one of the town's names is accepted under another, a call is not") {
    const Device device;
    IncomingRequest request = signed_put(device, "body");
    request.authority = "127.0.0.1:8080";
    CHECK(verify_envelope_request(request, TOWN));
    CHECK(verify_envelope_request(request, Authorities({"127.0.0.1:8080"})).error() == SignatureRefusal::wrong);
    NonceCache nonces;
    IncomingRequest call = signed_get(device, call_wish(std::string(16, 'n')));
    call.authority = "portal.example";
    CHECK(verify_call(call, CallBody::none, TOWN, nonces, NOW).error() == SignatureRefusal::wrong);
}

TEST_CASE("a call is accepted once, within five minutes of the server's clock") {
    const Device device;
    NonceCache nonces;
    const auto verify = [&](UnixSeconds created, const std::string& nonce, UnixSeconds now) {
        Device::Wish wish = call_wish(nonce);
        wish.created = created;
        return verify_call(signed_get(device, wish), CallBody::none, TOWN, nonces, now);
    };
    const std::string nonce(16, 'n');
    const auto good = verify(NOW, nonce, NOW);
    REQUIRE(good);
    CHECK(good->nonce == nonce);
    CHECK(good->digest.empty());
    CHECK(verify(NOW, nonce, NOW).error() == SignatureRefusal::replayed);
    CHECK(verify(NOW, nonce, NOW + 300).error() == SignatureRefusal::replayed);
    CHECK(verify(NOW, nonce, NOW + 301).error() == SignatureRefusal::clock);
    CHECK(verify(NOW + 301, std::string(16, 'o'), NOW).error() == SignatureRefusal::clock);
    CHECK(verify(NOW + 300, std::string(16, 'p'), NOW));
    // Its `created` is still good ten minutes later: so is the memory of its nonce.
    CHECK(verify(NOW + 300, std::string(16, 'p'), NOW + 600).error() == SignatureRefusal::replayed);
    CHECK(verify(NOW, std::string(15, 'q'), NOW).error() == SignatureRefusal::malformed);
    // Another device may choose the same nonce.
    const Device other;
    CHECK(verify_call(signed_get(other, call_wish(nonce)), CallBody::none, TOWN, nonces, NOW));
}

TEST_CASE("a call with a body signs it, one without has none") {
    const ServerKeys keys = ServerKeys::generate();
    const Device device;
    NonceCache nonces;
    const std::string nonce(16, 'n');
    const std::string body = device.sealed_body(keys, nonce, "login");
    IncomingRequest request = put(body);
    request.method = "POST";
    device.sign(request, call_wish(nonce, true));
    CHECK(verify_call(request, CallBody::none, TOWN, nonces, NOW).error() == SignatureRefusal::not_covered);
    const auto verified = verify_call(request, CallBody::sealed, TOWN, nonces, NOW);
    REQUIRE(verified);
    CHECK(open_envelope(keys, body, verified->nonce, verified->thumbprint)->plaintext == "login");
    CHECK(verify_call(signed_get(device, call_wish(nonce)), CallBody::sealed, TOWN, nonces, NOW).error() ==
          SignatureRefusal::not_covered);
    // An envelope is no call, and a call no envelope.
    CHECK(refusal(request) == SignatureRefusal::missing);
    CHECK(verify_call(signed_put(device, body), CallBody::sealed, TOWN, nonces, NOW).error() ==
          SignatureRefusal::missing);
}

TEST_CASE("a call with a query signs it") {
    const Device device;
    NonceCache nonces;
    IncomingRequest request;
    request.method = "GET";
    request.path = "/api/v1/oudon/me";
    request.query = "page=2";
    request.authority = "portal.example";
    Device::Wish wish = call_wish(std::string(16, 'n'));
    IncomingRequest without = request;
    device.sign(without, wish);
    CHECK(verify_call(without, CallBody::none, TOWN, nonces, NOW).error() == SignatureRefusal::not_covered);
    wish.components.emplace_back("@query");
    device.sign(request, wish);
    CHECK(verify_call(request, CallBody::none, TOWN, nonces, NOW));
}

TEST_CASE("a wrong signature does not use up a nonce") {
    const Device device;
    NonceCache nonces;
    IncomingRequest request = signed_get(device, call_wish(std::string(16, 'n')));
    IncomingRequest forged = request;
    forged.path = "/api/v1/oudon/sessions";
    CHECK(verify_call(forged, CallBody::none, TOWN, nonces, NOW).error() == SignatureRefusal::wrong);
    CHECK(verify_call(request, CallBody::none, TOWN, nonces, NOW));
}

TEST_CASE("the memory of nonces is bounded: it turns new calls away rather than forget") {
    NonceCache nonces(3, 300);
    using Outcome = NonceCache::Outcome;
    for (const char* nonce : {"a", "b", "c"})
        CHECK(nonces.remember("device", nonce, NOW) == Outcome::fresh);
    CHECK(nonces.remember("device", "d", NOW) == Outcome::full);
    CHECK(nonces.remember("device", "a", NOW + 600) == Outcome::replayed);
    CHECK(nonces.remember("device", "d", NOW + 601) == Outcome::fresh);
    CHECK(nonces.remember("device", "a", NOW + 601) == Outcome::fresh);
}

TEST_CASE("a stamp must be there, be well formed, belong to this body and be dear enough") {
    const std::string digest = sha256("body");
    std::string good;
    for (int count = 0; good.empty(); ++count) {
        const std::string nonce = std::to_string(count);
        if (wire::leading_zero_bits(sha256(wire::stamp_text(UUID_BYTES, digest, nonce))) >= 10)
            good = "pow1:" + nonce;
    }
    CHECK_FALSE(check_stamp(good, UUID_BYTES, digest, 10));
    CHECK_FALSE(check_stamp(std::nullopt, UUID_BYTES, digest, 0));
    CHECK(check_stamp(std::nullopt, UUID_BYTES, digest, 10) == StampRefusal::missing);
    CHECK(check_stamp("pow9:1", UUID_BYTES, digest, 10) == StampRefusal::malformed);
    CHECK(check_stamp(good, UUID_BYTES, digest, 60) == StampRefusal::too_cheap);
    CHECK(check_stamp(good, std::string(16, 'x'), digest, 24) == StampRefusal::too_cheap);
}

TEST_CASE("a receipt is signed over its status, its content and the request it answers") {
    const ServerKeys keys = ServerKeys::generate();
    ReceiptResponse response{201, R"({"id":"x"})", "/api/v1/envelopes/x", "sha-256=:AA==:"};
    wire::HttpMessage request;
    request.method = "PUT";
    request.path = response.request_path;
    request.headers = {{"Content-Digest", response.request_content_digest}};
    wire::HttpMessage message;
    message.status = 201;
    message.headers = sign_receipt(keys, response, NOW);
    message.request = &request;
    const auto verifies = [&] {
        const auto signatures = wire::read_signatures(message.headers);
        REQUIRE(signatures);
        const auto base = wire::signature_base(message, signatures->front().covered);
        REQUIRE(base);
        return verify_p256(keys.signing_key().key.public_point(), *base, signatures->front().signature);
    };
    CHECK(wire::read_content_digest(*wire::field_value(message.headers, "content-digest")) == sha256(response.body));
    CHECK(wire::field_value(message.headers, "signature-input") ==
          "receipt=(\"@status\" \"content-digest\" \"@path\";req \"content-digest\";req);created=1795000000;keyid=\"" +
              wire::encode_base64(keys.signing_key().id) + "\";alg=\"ecdsa-p256-sha256\";tag=\"receipt-v1\"");
    CHECK(verifies());
    message.status = 200;
    CHECK_FALSE(verifies());
    message.status = 201;
    request.path += "y";
    CHECK_FALSE(verifies());
}
