#include "routes/handlers.h"
#include "wire/encoding.h"
#include "wire/json.h"

namespace foyer::server::routes {

namespace {

wire::Json key_json(const security::ServerKey& key) {
    return wire::Json::object()
        .set("id", wire::encode_base64(key.id))
        .set("public_key", wire::encode_base64(key.key.public_point()));
}

} // namespace

Reply health(const Surroundings& around, const Request&) {
    return Reply(200, "application/json",
                 wire::write_json(wire::Json::object().set("status", "ok").set("version", around.version)));
}

// What a device needs before it can send anything, and the clock by which it corrects its own.
Reply server_keys(const Surroundings& around, const Request&) {
    int bits = 0;
    for (const portals::Published* town : around.catalogue.towns())
        bits = std::max(bits, town->portal.stamp_bits);
    return Reply(200, "application/json",
                 wire::write_json(wire::Json::object()
                                      .set("sealing_key", key_json(around.keys.sealing_key()))
                                      .set("signing_key", key_json(around.keys.signing_key()))
                                      .set("stamp_bits", bits)
                                      .set("time", around.clock.now())));
}

} // namespace foyer::server::routes
