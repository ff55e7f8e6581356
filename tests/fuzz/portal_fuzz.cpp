#include "fuzz.h"
#include "wire/portal_json.h"

using namespace foyer;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::text(data, size);
    const auto portal = wire::read_portal(bytes);
    // A refused file has at least one mistake to show.
    if (!portal)
        fuzz::expect(!portal.error().empty());
    return 0;
}
