#include "address/index.h"
#include "addresses/address_file.h"
#include "fuzz.h"

#include <algorithm>

using namespace foyer;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::text(data, size);
    address::Builder builder;
    std::uint64_t reports = 0;
    server::addresses::AddressFile file(builder, nullptr, [&](std::uint64_t, const std::string& reason) {
        fuzz::expect(!reason.empty());
        ++reports;
    });
    for (std::size_t at = 0; at <= bytes.size();) {
        const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
        if (!file.line(bytes.substr(at, end - at)))
            break;
        at = end + 1;
    }
    const auto& counts = file.counts();
    fuzz::expect(counts.lines == counts.used + counts.repeated + counts.left_out);
    fuzz::expect(reports == counts.left_out + counts.without_position);
    // Whatever was used makes an index that can be read, with as many addresses; a lieu-dit beside a street may be one
    // more.
    const std::string built = builder.finish();
    const auto index = address::Index::read(std::as_bytes(std::span(built)));
    fuzz::expect(index.has_value() && index->count(address::Count::addresses) >= counts.used &&
                 index->count(address::Count::addresses) <= 2 * counts.used + counts.repeated);
    return 0;
}
