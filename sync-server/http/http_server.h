// The adapter to the HTTP library (cpp-httplib): the only room that knows it, so that it can be changed.
// It sets every limit, gives each request an id, adds the security headers, logs one line per request, and turns
// whatever goes wrong into an answer that says nothing about the inside.
#pragma once

#include "base/result.h"
#include "http/connection.h"
#include "http/message.h"
#include "support/log.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace foyer::server::http {

struct HttpOptions {
    std::string host = "127.0.0.1";
    int port = 8080; // 0: any free one
    std::size_t workers = 64;
    std::size_t waiting_connections = 1024;   // accepted and not yet being answered; more are told 503 at once
    std::size_t connections_per_address = 48; // not counted behind a proxy, which does it itself
    HeadLimits limits;
    Patience patience;
    // "X-Forwarded-For", "X-Real-IP"…: the header in which a trusted proxy says who is calling. Empty: none is trusted.
    std::string client_address_header;
};

// A reply and the name of the route that gave it, for the log.
struct Answer {
    Reply reply;
    std::string route;
};

struct Callbacks {
    std::function<Answer(const Request&)> answer;
    // The answer when there is no route to ask: too large (413), malformed (400), an unexpected failure (500)…
    std::function<Reply(const Request&, int status)> refuse;
};

class HttpServer {
public:
    HttpServer(HttpOptions options, Callbacks callbacks, Log& log);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    // Takes the port. The error is a sentence ("port 8080 on 127.0.0.1 is taken…"). Gives the port.
    Result<int, std::string> bind();
    // Answers until stop(); call it after bind(). What was being answered is answered before it returns.
    void run();
    // From any thread, also before run().
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace foyer::server::http
