#include "http/compression.h"

#include <optional>
#include <utility>

#include <zlib.h>

namespace foyer::server::http {

namespace {

constexpr std::size_t SMALLEST = 600; // below, a packet is a packet
constexpr int GZIP_WINDOW = 15 + 16;  // zlib's way to ask for gzip's frame
constexpr int MEMORY_LEVEL = 8;

bool takes_gzip(const Request& request) { return accepts_encoding(request.header("accept-encoding"), "gzip"); }

std::optional<std::string> gzip(const std::string& text) {
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        return std::nullopt;
    std::string packed(deflateBound(&stream, text.size()), '\0');
    // zlib reads through a pointer that is not const, and writes nothing there.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int result = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return result == Z_STREAM_END ? std::optional(std::move(packed)) : std::nullopt;
}

} // namespace

bool accepts_encoding(std::string_view accept_encoding, std::string_view coding) {
    while (!accept_encoding.empty()) {
        const std::size_t comma = accept_encoding.find(',');
        std::string_view entry = accept_encoding.substr(0, comma);
        accept_encoding = comma == std::string_view::npos ? std::string_view() : accept_encoding.substr(comma + 1);
        while (!entry.empty() && entry.front() == ' ')
            entry.remove_prefix(1);
        const std::string_view name = entry.substr(0, entry.find_first_of("; "));
        const bool refused =
            entry.find("q=0") != std::string_view::npos && entry.find("q=0.") == std::string_view::npos;
        if (name == coding)
            return !refused;
    }
    return false;
}

std::string etag_of_compressed(const Request& request, const std::string& etag) {
    return takes_gzip(request) && !etag.empty() ? etag.substr(0, etag.size() - 1) + "-gz\"" : etag;
}

Reply compressed(const Request& request, Reply reply) {
    reply.headers.push_back({"Vary", "Accept-Encoding"});
    if (!takes_gzip(request) || reply.body.size() < SMALLEST)
        return reply;
    auto packed = gzip(reply.body);
    if (!packed || packed->size() >= reply.body.size())
        return reply;
    reply.body = std::move(*packed);
    reply.headers.push_back({"Content-Encoding", "gzip"});
    return reply;
}

} // namespace foyer::server::http
