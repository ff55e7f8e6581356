#include "webhooks/signed_event.h"

#include "form/form.h"
#include "security/crypto.h"
#include "support/time_text.h"
#include "wire/digest_field.h"
#include "wire/encoding.h"
#include "wire/json.h"

namespace foyer::server::webhooks {

namespace {

std::string body_of(const store::Delivery& delivery) {
    wire::Json body = wire::Json::object();
    body.set("id", delivery.event_id)
        .set("event", delivery.event)
        .set("at", rfc3339(delivery.at))
        .set("portal", delivery.portal);
    if (!delivery.number.empty()) {
        const auto procedure = form::procedure_from(delivery.procedure);
        body.set("number", delivery.number)
            .set("procedure", procedure ? std::string(form::name(*procedure)) : std::to_string(delivery.procedure))
            .set("service", delivery.service)
            .set("state", delivery.state);
    }
    return wire::write_json(body);
}

} // namespace

OutgoingEvent signed_event(const store::Delivery& delivery, Destination to, const security::ServerKeys& keys,
                           UnixSeconds now) {
    OutgoingEvent event{std::move(to), {}, body_of(delivery)};
    event.headers = {{"Content-Type", "application/json"},
                     {"Content-Digest", wire::write_content_digest(security::sha256(event.body))}};
    wire::HttpMessage message;
    message.method = "POST";
    message.scheme = event.to.scheme;
    message.authority = event.to.authority;
    const std::size_t mark = event.to.target.find('?');
    message.path = event.to.target.substr(0, mark);
    if (mark != std::string::npos)
        message.query = event.to.target.substr(mark + 1);
    message.headers = event.headers;
    wire::MessageSignature signature;
    signature.label = "foyer";
    signature.covered.items = {wire::component("@method"), wire::component("@target-uri"),
                               wire::component("content-type"), wire::component("content-digest")};
    signature.covered.parameters.set("created", now)
        .set("keyid", wire::encode_base64(keys.signing_key().id))
        .set("alg", std::string("ecdsa-p256-sha256"))
        .set("tag", std::string("webhook-v1"));
    const auto base = wire::signature_base(message, signature.covered);
    signature.signature = keys.signing_key().key.sign(base.value());
    for (wire::Header& header : wire::write_signature(signature))
        event.headers.push_back(std::move(header));
    return event;
}

} // namespace foyer::server::webhooks
