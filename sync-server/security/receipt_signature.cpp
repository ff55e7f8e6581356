#include "security/receipt_signature.h"

#include "wire/digest_field.h"
#include "wire/encoding.h"

namespace foyer::server::security {

wire::Headers sign_receipt(const ServerKeys& keys, const ReceiptResponse& response, UnixSeconds now) {
    wire::HttpMessage request;
    request.method = "PUT"; // not covered; a request has one
    request.path = response.request_path;
    if (!response.request_content_digest.empty())
        request.headers.push_back({"Content-Digest", response.request_content_digest});

    const std::string digest = wire::write_content_digest(sha256(response.body));
    wire::HttpMessage message;
    message.status = response.status;
    message.headers.push_back({"Content-Digest", digest});
    message.request = &request;

    wire::MessageSignature signature;
    signature.label = "receipt";
    signature.covered.items = {wire::component("@status"), wire::component("content-digest"),
                               wire::component("@path", true)};
    if (!response.request_content_digest.empty())
        signature.covered.items.push_back(wire::component("content-digest", true));
    signature.covered.parameters.set("created", now)
        .set("keyid", wire::encode_base64(keys.signing_key().id))
        .set("alg", std::string("ecdsa-p256-sha256"))
        .set("tag", std::string("receipt-v1"));
    const Result<std::string, wire::SignatureError> base = wire::signature_base(message, signature.covered);
    signature.signature = keys.signing_key().key.sign(base.value());

    wire::Headers out = wire::write_signature(signature);
    out.insert(out.begin(), {"Content-Digest", digest});
    return out;
}

} // namespace foyer::server::security
