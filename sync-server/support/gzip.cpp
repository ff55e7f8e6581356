#include "support/gzip.h"

#include <zlib.h>

namespace foyer::server {

namespace {
constexpr int GZIP_WINDOW = 15 + 16; // zlib's way to ask for gzip's frame
constexpr int MEMORY_LEVEL = 8;
} // namespace

std::optional<std::string> gzip(std::string_view bytes) {
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        return std::nullopt;
    std::string packed(deflateBound(&stream, bytes.size()), '\0');
    // zlib reads through a pointer that is not const, and writes nothing there.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int result = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return result == Z_STREAM_END ? std::optional(std::move(packed)) : std::nullopt;
}

} // namespace foyer::server
