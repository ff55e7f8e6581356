#include "fuzz.h"
#include "security/envelope_opening.h"
#include "security/request_signature.h"
#include "wire/envelope.h"

using namespace foyer;
using namespace foyer::server;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const security::ServerKeys KEYS = security::ServerKeys::generate();
    static const security::Authorities TOWN({"portal.example"});
    static const std::string CONTEXT(16, 'c');
    static const std::string DEVICE(32, 'd');
    const std::string_view bytes = fuzz::text(data, size);

    if (const auto envelope = wire::parse_envelope(bytes)) {
        fuzz::expect(wire::build_envelope(*envelope) == bytes);
        // Past the unknown key, which would stop every input here.
        wire::Envelope known = *envelope;
        known.server_key_id = KEYS.sealing_key().id;
        fuzz::expect(!security::open_envelope(KEYS, wire::build_envelope(known), CONTEXT, DEVICE));
    }

    // The bytes as each header in turn.
    const std::string text(bytes);
    for (const char* name : {"Signature-Input", "Signature", "Device-Key", "Content-Digest", "Content-Type"}) {
        security::IncomingRequest request;
        request.method = "PUT";
        request.path = "/api/v1/envelopes/x";
        request.authority = "portal.example";
        request.body = bytes;
        request.headers = {{"Signature-Input",
                            R"(env=("@method" "@authority" "@path" "content-type" "content-digest" "device-key");)"
                            R"(created=1;keyid="k";alg="ecdsa-p256-sha256";tag="envelope-v1")"},
                           {"Signature", "env=:AAAA:"},
                           {"Content-Type", "application/vnd.foyer.envelope"},
                           {"Content-Digest", "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:"},
                           {"Device-Key", ":BAAA:"}};
        for (wire::Header& header : request.headers)
            if (header.name == name)
                header.value = text;
        fuzz::expect(!security::verify_envelope_request(request, TOWN));
    }
    (void)security::check_stamp(text, CONTEXT, DEVICE, 200);
    return 0;
}
