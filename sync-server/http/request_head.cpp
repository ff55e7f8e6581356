#include "http/request_head.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace foyer::server::http {

namespace {

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
    });
}

bool is_name(std::string_view text, std::string_view lower) {
    return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b; });
}

std::string_view trimmed(std::string_view text) {
    constexpr const char* BLANKS = " \t";
    const std::size_t begin = text.find_first_not_of(BLANKS);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(BLANKS) - begin + 1);
}

// "PUT /api/v1/envelopes/… HTTP/1.1"; only the origin form of a target: nobody is a proxy here.
int judge_request_line(std::string_view line, const HeadLimits& limits, bool& names_a_host) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return 400;
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    names_a_host = version == "HTTP/1.1";
    if (!is_token(line.substr(0, first)) || (version != "HTTP/1.1" && version != "HTTP/1.0"))
        return 400;
    if (target.size() > limits.target_bytes)
        return 414;
    const bool plain =
        std::all_of(target.begin(), target.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f && c != '#'; });
    return target.front() == '/' && plain ? 0 : 400;
}

} // namespace

HeadVerdict judge_head(std::string_view head, const HeadLimits& limits) {
    std::optional<std::string_view> length;
    bool host_wanted = false;
    std::size_t hosts = 0;
    std::size_t fields = 0;
    bool chunked = false;
    std::size_t body_limit = limits.body_bytes;
    for (bool request_line = true;; request_line = false) {
        const std::size_t end = head.find("\r\n");
        if (end == std::string_view::npos)
            return {400};
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(end + 2);
        if (std::any_of(line.begin(), line.end(), [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; }))
            return {400};
        if (request_line) {
            if (const int status = judge_request_line(line, limits, host_wanted); status != 0)
                return {status};
            const std::string_view put = "PUT ";
            for (const std::string_view path : limits.large_paths)
                if (line.substr(0, put.size()) == put && line.substr(put.size(), path.size()) == path)
                    body_limit = limits.large_body_bytes;
            continue;
        }
        if (line.empty())
            break;
        if (++fields > limits.fields)
            return {431};
        const std::size_t colon = line.find(':');
        // No blank before the colon, and no line that continues the one before it (RFC 9112 §5.1, §5.2).
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
            return {400};
        const std::string_view name = line.substr(0, colon);
        if (is_name(name, "host"))
            ++hosts;
        if (is_name(name, "transfer-encoding"))
            chunked = true;
        if (is_name(name, "content-length")) {
            if (length)
                return {400};
            length = trimmed(line.substr(colon + 1));
        }
    }
    if (hosts > 1 || (host_wanted && hosts == 0) || (chunked && length))
        return {400};
    // Browsers, proxies and every client we know say how long a body is.
    if (chunked)
        return {411};
    std::size_t bytes = 0;
    if (length) {
        const auto [end, error] = std::from_chars(length->data(), length->data() + length->size(), bytes);
        const bool digits = std::all_of(length->begin(), length->end(), [](char c) { return c >= '0' && c <= '9'; });
        if (length->empty() || !digits)
            return {400};
        if (error == std::errc::result_out_of_range || bytes > body_limit)
            return {413};
    }
    return {0, bytes};
}

} // namespace foyer::server::http
