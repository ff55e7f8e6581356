#include "address/searcher.h"
#include "fuzz.h"

#include <string>

using namespace foyer;

namespace {

// What a forger would do after changing an index: put its length and checksum right, so that reading goes on.
std::string forged(std::string_view bytes) {
    std::string file(bytes);
    if (file.size() < address::HEADER_SIZE)
        return file;
    const auto put = [&file](std::size_t at, std::uint32_t value) {
        for (std::size_t byte = 0; byte < 4; ++byte)
            file[at + byte] = static_cast<char>(value >> (8 * byte) & 0xFF);
    };
    file.replace(0, address::MAGIC.size(), address::MAGIC);
    put(address::AT_VERSION, address::FORMAT_VERSION);
    put(address::AT_LENGTH, static_cast<std::uint32_t>(file.size()));
    const std::uint64_t checksum = address::checksum_of(std::as_bytes(std::span(file)).subspan(address::AT_COUNTS));
    put(address::AT_CHECKSUM, static_cast<std::uint32_t>(checksum & 0xFFFFFFFFU));
    put(address::AT_CHECKSUM + 4, static_cast<std::uint32_t>(checksum >> 32));
    return file;
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::text(data, size);
    (void)address::Index::read(std::as_bytes(std::span(bytes))).has_value();
    // A forged file may give wrong answers; it must not make the search read what is not its own.
    const std::string file = forged(bytes);
    const auto index = address::Index::read(std::as_bytes(std::span(file)));
    if (!index)
        return 0;
    address::Searcher searcher(*index);
    for (const char* typed : {"12 rue de la gare oudon", "18 bis av gal leclerc 94100", "r", "oudn"})
        for (const address::Found& found : searcher.search(typed, 5))
            fuzz::expect(found.score <= 1000);
    return 0;
}
