#include "http/compression.h"

#include "support/gzip.h"

#include <utility>

namespace foyer::server::http {

namespace {

constexpr std::size_t SMALLEST = 600; // below, a packet is a packet

bool takes_gzip(const Request& request) { return accepts_encoding(request.header("accept-encoding"), "gzip"); }

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

Reply revalidated(const Request& request, const std::string& etag, std::string type, std::string body) {
    const std::string own = etag_of_compressed(request, etag);
    Reply reply(200);
    reply.headers = {{"Cache-Control", "no-cache"}, {"ETag", own}};
    if (request.header("if-none-match") == own) {
        reply.status = 304;
        return std::move(reply).with("Vary", "Accept-Encoding");
    }
    reply.headers.push_back({"Content-Type", std::move(type)});
    reply.body = std::move(body);
    return compressed(request, std::move(reply));
}

} // namespace foyer::server::http
