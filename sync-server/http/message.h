// A request and a reply as plain data. Routes are functions from one to the other; only http_server.cpp knows the
// library that reads and writes them on a socket.
#pragma once

#include "wire/http_signature.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace foyer::server::http {

using wire::Header;
using wire::Headers;

struct Request {
    std::string method;               // "GET"
    std::string path;                 // as sent: percent-encoded, without query
    std::optional<std::string> query; // without "?"
    Headers headers;
    std::string body;
    std::string client_address; // after the trusted proxy's header, when one is configured
    std::string id;             // of this request, for the log and the answer
    std::map<std::string, std::string, std::less<>> path_values; // {slug} -> "oudon"; still percent-encoded

    [[nodiscard]] std::string header(std::string_view name) const {
        return wire::field_value(headers, name).value_or(std::string());
    }
    [[nodiscard]] std::string path_value(std::string_view name) const {
        const auto found = path_values.find(name);
        return found == path_values.end() ? std::string() : found->second;
    }
};

// What a stream says after each part.
enum class BodyStep : std::uint8_t {
    more,
    end,    // this part, which may be empty, was the last
    broken, // the whole cannot be given: the connection is cut, so that nobody takes what came for all of it
};
// The next part of a body that is never held as a whole; puts it into `part`, which is empty. Called by one thread, as
// fast as the other side reads; when that one goes away it is destroyed without having ended.
using BodyStream = std::function<BodyStep(std::string& part)>;

struct Reply {
    int status = 200;
    Headers headers;
    std::string body;
    BodyStream stream = {}; // in place of a body

    Reply() = default;
    explicit Reply(int reply_status) : status(reply_status) {}
    Reply(int reply_status, std::string content_type, std::string reply_body)
        : status(reply_status), body(std::move(reply_body)) {
        headers.push_back({"Content-Type", std::move(content_type)});
    }
    Reply&& with(std::string name, std::string value) && {
        headers.push_back({std::move(name), std::move(value)});
        return std::move(*this);
    }
};

} // namespace foyer::server::http
