#include "fuzz.h"
#include "wire/digest_field.h"
#include "wire/http_signature.h"
#include "wire/structured_field.h"

using namespace foyer;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text(data, size);
    // What was read can be written, and means the same when it is read again.
    if (const auto dictionary = wire::parse_sf_dictionary(text)) {
        const auto written = wire::write_sf_dictionary(*dictionary);
        fuzz::expect(written.has_value());
        fuzz::expect(wire::parse_sf_dictionary(*written) == dictionary);
    }
    if (const auto list = wire::parse_sf_list(text)) {
        const auto written = wire::write_sf_list(*list);
        fuzz::expect(written.has_value());
        fuzz::expect(wire::parse_sf_list(*written) == list);
    }
    if (const auto item = wire::parse_sf_item(text)) {
        const auto written = wire::write_sf_item(*item);
        fuzz::expect(written.has_value());
        fuzz::expect(wire::parse_sf_item(*written) == item);
    }
    if (const auto digest = wire::read_content_digest(text))
        fuzz::expect(digest->size() == 32);

    wire::HttpMessage message;
    message.method = "PUT";
    message.authority = "portal.example";
    message.path = "/";
    message.headers = {
        {"Signature-Input", std::string(text)}, {"Signature", "a=:AA==:"}, {"Device-Key", std::string(text)}};
    if (const auto signatures = wire::read_signatures(message.headers))
        for (const wire::MessageSignature& signature : *signatures)
            (void)wire::signature_base(message, signature.covered).has_value();
    return 0;
}
