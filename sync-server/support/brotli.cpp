#include "support/brotli.h"

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <cstdint>

namespace foyer::server {

namespace {

const std::uint8_t* octets(std::string_view bytes) { return reinterpret_cast<const std::uint8_t*>(bytes.data()); }

} // namespace

std::optional<std::string> brotli(std::string_view bytes) {
    std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
    std::string packed(size, '\0');
    // The largest window that every browser takes.
    if (BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_GENERIC, bytes.size(),
                              octets(bytes), &size, reinterpret_cast<std::uint8_t*>(packed.data())) == BROTLI_FALSE)
        return std::nullopt;
    packed.resize(size);
    return packed;
}

bool unpacks_to(std::string_view packed, std::string_view bytes) {
    std::string unpacked(bytes.size() + 1, '\0');
    std::size_t size = unpacked.size();
    const BrotliDecoderResult result =
        BrotliDecoderDecompress(packed.size(), octets(packed), &size, reinterpret_cast<std::uint8_t*>(unpacked.data()));
    return result == BROTLI_DECODER_RESULT_SUCCESS && std::string_view(unpacked).substr(0, size) == bytes;
}

} // namespace foyer::server
