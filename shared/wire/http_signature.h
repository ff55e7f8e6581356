// HTTP Message Signatures (RFC 9421): what exactly is signed. The signing itself is the caller's (OpenSSL, WebCrypto).
// Covered components known here: @method @target-uri @authority @scheme @request-target @path @query @status and
// header fields, each also of the request that a response answers (;req). A component with any other parameter, or
// another derived component, is refused rather than guessed.
#pragma once

#include "base/result.h"
#include "wire/structured_field.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::wire {

struct Header {
    std::string name; // any case
    std::string value;
};
// In the order in which they were sent; the same name may come several times.
using Headers = std::vector<Header>;

// The field's value as RFC 9421 §2.1 wants it: each line trimmed, folded lines unfolded, several joined by ", ".
// Nothing when there is no such field.
[[nodiscard]] std::optional<std::string> field_value(const Headers& headers, std::string_view name);

struct HttpMessage {
    std::string method;               // as sent; empty for a response
    std::string scheme = "https";     // lower case
    std::string authority;            // Host; normalised here: lower case, the scheme's own port left out
    std::string path;                 // as sent, without query; empty means "/"
    std::optional<std::string> query; // without "?"; nothing: the target had no "?"
    std::optional<int> status;        // of a response
    Headers headers;
    const HttpMessage* request = nullptr; // which a response answers; must outlive this
};

// Lower case; the default port of http and https is left out ("example.com:443" → "example.com").
[[nodiscard]] std::string normalise_authority(std::string_view authority, std::string_view scheme);

// One signature of a message: what it covers, its parameters, and the signature's bytes.
struct MessageSignature {
    std::string label;
    SfInnerList covered; // the components, each an item with a string; the list's parameters are the signature's
    std::string signature;
};

enum class SignatureError {
    missing,           // no Signature-Input or no Signature
    malformed,         // not structured fields, or not what RFC 9421 puts there
    unsupported,       // a component or parameter unknown here
    component_missing, // it covers a field the message does not have
    component_twice,   // a component may be covered only once (§2)
};

// Every signature of a message, by label. A label without its counterpart is malformed.
[[nodiscard]] Result<std::vector<MessageSignature>, SignatureError> read_signatures(const Headers& headers);

// The text whose signature is meant (§2.5).
[[nodiscard]] Result<std::string, SignatureError> signature_base(const HttpMessage& message,
                                                                 const SfInnerList& covered);

// The two header fields of a finished signature.
[[nodiscard]] Headers write_signature(const MessageSignature& signature);

// Components by their identifiers as written in the RFC: component("@path"), component("@path", true) for ;req.
[[nodiscard]] SfItem component(std::string_view name, bool of_request = false);

} // namespace foyer::wire
