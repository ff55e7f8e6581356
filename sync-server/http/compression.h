// Text that is written for one request, made small on its way. Built files are compressed when they are built
// (static_files.h); answers that hold a secret are never compressed.
#pragma once

#include "http/message.h"

#include <string>
#include <string_view>

namespace foyer::server::http {

// Whether an Accept-Encoding field allows this coding: "br, gzip;q=0.8".
[[nodiscard]] bool accepts_encoding(std::string_view accept_encoding, std::string_view coding);

// The reply with its body gzipped, when the request takes that and it saves something; else as it was. Says
// `Vary: Accept-Encoding` in both cases.
[[nodiscard]] Reply compressed(const Request& request, Reply reply);

// The ETag for the form this request gets: each coding is a representation of its own (RFC 9110 §8.8.3).
[[nodiscard]] std::string etag_of_compressed(const Request& request, const std::string& etag);

// 200 with the body, compressed where that helps, or 304 for a browser that has it: asked again each time, so that a
// change is seen at once and an unchanged file is not sent again. `etag`: of the plain body, in its quotation marks.
[[nodiscard]] Reply revalidated(const Request& request, const std::string& etag, std::string type, std::string body);

} // namespace foyer::server::http
