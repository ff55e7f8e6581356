#include "fuzz.h"
#include "wire/json.h"
#include "wire/payload.h"
#include "wire/problem_document.h"
#include "wire/receipt.h"

using namespace foyer;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::text(data, size);
    if (const auto json = wire::parse_json(bytes)) {
        // What was read can be written, and the canonical text stays as it is when it is read and written again.
        const std::string written = wire::write_json(*json);
        const auto again = wire::parse_json(written);
        fuzz::expect(again.has_value());
        fuzz::expect(wire::write_json(*again) == written);
    } else {
        (void)wire::describe(json.error());
    }
    if (const auto payload = wire::read_payload(bytes)) {
        const auto again = wire::read_payload(wire::write_payload(*payload));
        fuzz::expect(again.has_value() && *again == *payload);
    }
    if (const auto receipt = wire::read_receipt(bytes))
        fuzz::expect(wire::read_receipt(wire::write_receipt(*receipt)).has_value());
    (void)wire::read_problem_document(bytes).has_value();
    return 0;
}
