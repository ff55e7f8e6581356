// Signs the response that carries a receipt, so that a device can tell the town's word from anybody's on the way.
#pragma once

#include "base/clock.h"
#include "security/server_keys.h"
#include "wire/http_signature.h"

#include <string>
#include <string_view>

namespace foyer::server::security {

struct ReceiptResponse {
    int status = 201;
    std::string body;                   // the receipt's JSON, byte for byte what is sent
    std::string request_path;           // as sent: "/api/v1/envelopes/0192…" or "/api/v1/receipts/0192…"
    std::string request_content_digest; // the request's header as received; empty for a GET: then it is not covered
};

// The headers to add: Content-Digest, Signature-Input, Signature. Content-Type is the caller's.
[[nodiscard]] wire::Headers sign_receipt(const ServerKeys& keys, const ReceiptResponse& response, UnixSeconds now);

} // namespace foyer::server::security
