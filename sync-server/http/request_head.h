// The head of an HTTP/1 request, judged before the library sees it: what is ambiguous there (a bare line feed, two
// lengths, a missing Host) is where one program reads another request than the one in front of it (RFC 9112 §11.2).
// Pure.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace foyer::server::http {

struct HeadLimits {
    std::size_t bytes = std::size_t{16} * 1024; // the whole head
    std::size_t fields = 64;
    std::size_t target_bytes = 4096;
    std::size_t body_bytes = std::size_t{64} * 1024;
    // An entourage of two hundred people is larger, and so is a part of a file; only what is put under these may be.
    std::array<std::string_view, 2> large_paths = {"/api/v1/envelopes/", "/api/v1/admin/"};
    std::size_t large_body_bytes = std::size_t{1024} * 1024;
};

struct HeadVerdict {
    int refused_with = 0; // 0: good; else 400, 411, 413, 414, 431
    std::size_t body_bytes = 0;
};

// `head`: from the request line to the empty line, both included.
[[nodiscard]] HeadVerdict judge_head(std::string_view head, const HeadLimits& limits);

} // namespace foyer::server::http
