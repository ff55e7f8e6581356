#include "http/http_server.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <exception>
#include <httplib.h>
#include <random>
#include <sys/socket.h>

namespace foyer::server::http {

namespace {

// The page runs our own WebAssembly and nothing of anybody else's. 'wasm-unsafe-eval' allows compiling WebAssembly and
// no JavaScript evaluation.
constexpr const char* CONTENT_SECURITY_POLICY =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; "
    "frame-src 'self'; frame-ancestors 'none'; base-uri 'none'";

// One process-wide counter behind a random start: ids do not repeat and do not say how busy the server is.
std::string next_request_id() {
    static const std::uint64_t start = [] {
        std::random_device device;
        return (std::uint64_t{device()} << 32U) | device();
    }();
    static std::atomic<std::uint64_t> counter{0};
    std::uint64_t mixed = start + counter.fetch_add(1) * 0x9e3779b97f4a7c15U;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(mixed ^ (mixed >> 31U)));
    return text;
}

bool has(const Headers& headers, std::string_view name) {
    return std::any_of(headers.begin(), headers.end(), [&](const Header& header) { return header.name == name; });
}

void secure(Headers& headers) {
    const auto add_missing = [&](const char* name, const char* value) {
        if (!has(headers, name))
            headers.push_back({name, value});
    };
    add_missing("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    add_missing("X-Content-Type-Options", "nosniff");
    add_missing("Referrer-Policy", "no-referrer");
    add_missing("Cross-Origin-Opener-Policy", "same-origin");
    add_missing("Cross-Origin-Resource-Policy", "same-origin");
    add_missing("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
    add_missing("Cache-Control", "no-store");
}

// The last address of the proxy's header: the ones before it were written by whoever called the proxy.
std::string client_of(const httplib::Request& from, const std::string& proxy_header) {
    if (!proxy_header.empty()) {
        const std::string list = from.get_header_value(proxy_header);
        const std::size_t comma = list.rfind(',');
        std::string last = comma == std::string::npos ? list : list.substr(comma + 1);
        last.erase(std::remove(last.begin(), last.end(), ' '), last.end());
        if (!last.empty() && last.size() <= 64)
            return last;
    }
    return from.remote_addr;
}

Request request_from(const httplib::Request& from, const HttpOptions& options) {
    Request request;
    request.method = from.method;
    const std::size_t mark = from.target.find('?');
    request.path = from.target.substr(0, mark);
    if (mark != std::string::npos)
        request.query = from.target.substr(mark + 1);
    for (const auto& [name, value] : from.headers)
        request.headers.push_back({name, value});
    request.body = from.body;
    request.client_address = client_of(from, options.client_address_header);
    request.id = next_request_id();
    return request;
}

void hand_over(Reply reply, const std::string& request_id, httplib::Response& to) {
    secure(reply.headers);
    to.status = reply.status;
    to.headers.clear();
    std::string content_type;
    for (Header& header : reply.headers) {
        if (header.name == "Content-Type")
            content_type = header.value;
        else
            to.headers.emplace(std::move(header.name), std::move(header.value));
    }
    to.headers.emplace("Request-Id", request_id);
    if (!content_type.empty())
        to.set_content(std::move(reply.body), content_type);
}

// The library's own options include SO_REUSEPORT, with which two servers share a port without a word.
void set_own_socket_options(int socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

} // namespace

struct HttpServer::Impl {
    HttpOptions options;
    Callbacks callbacks;
    Log& log;
    httplib::Server server;
    std::atomic<bool> stopping{false};

    void answer(const httplib::Request& from, httplib::Response& to) {
        const auto begin = std::chrono::steady_clock::now();
        const Request request = request_from(from, options);
        Answer given;
        try {
            given = callbacks.answer(request);
        } catch (const std::exception& error) {
            // Our own sentence for the log and none for the client: an exception's text may quote what was sent.
            log.error("request_failed", {{"id", request.id}, {"kind", typeid(error).name()}});
            given = {callbacks.refuse(request, 500), "failed"};
        }
        const auto spent =
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
        log.info("request", {{"id", request.id},
                             {"method", request.method},
                             {"route", given.route},
                             {"status", std::to_string(given.reply.status)},
                             {"microseconds", std::to_string(spent.count())}});
        hand_over(std::move(given.reply), request.id, to);
    }

    // For what the library refuses before any of our handlers has seen it.
    void refuse(const httplib::Request& from, httplib::Response& to) {
        const Request request = request_from(from, options);
        const int status = to.status < 400 ? 400 : to.status;
        log.info("refused", {{"id", request.id}, {"status", std::to_string(status)}});
        hand_over(callbacks.refuse(request, status), request.id, to);
        to.headers.emplace("Connection", "close");
    }
};

HttpServer::HttpServer(HttpOptions options, Callbacks callbacks, Log& log)
    : m_impl(new Impl{std::move(options), std::move(callbacks), log, {}, {}}) {
    Impl& impl = *m_impl;
    httplib::Server& server = impl.server;
    const HttpOptions& set = impl.options;
    server.new_task_queue = [&set] {
        return new httplib::ThreadPool(set.workers, set.workers, set.waiting_connections);
    };
    server.set_tcp_nodelay(true);
    server.set_socket_options([](int socket) { set_own_socket_options(socket); });
    server.set_read_timeout(set.read_timeout_seconds, 0);
    server.set_write_timeout(set.write_timeout_seconds, 0);
    server.set_keep_alive_timeout(set.keep_alive_seconds);
    server.set_keep_alive_max_count(200);
    server.set_payload_max_length(set.maximum_body_bytes);

    const auto answer = [&impl](const httplib::Request& from, httplib::Response& to) { impl.answer(from, to); };
    server.Get(".*", answer).Put(".*", answer).Post(".*", answer).Patch(".*", answer);
    server.Delete(".*", answer).Options(".*", answer);

    // Called for every status from 400 on: an answer of ours has a body already.
    server.set_error_handler([&impl](const httplib::Request& from, httplib::Response& to) {
        if (!to.has_header("Request-Id"))
            impl.refuse(from, to);
        return httplib::Server::HandlerResponse::Handled;
    });
    server.set_exception_handler(
        [&impl](const httplib::Request& from, httplib::Response& to, const std::exception_ptr&) {
            to.status = 500;
            impl.refuse(from, to);
        });
}

HttpServer::~HttpServer() = default;

Result<int, std::string> HttpServer::bind() {
    const HttpOptions& options = m_impl->options;
    errno = 0;
    int port = options.port;
    bool bound = false;
    if (port == 0) {
        port = m_impl->server.bind_to_any_port(options.host);
        bound = port > 0;
    } else {
        bound = m_impl->server.bind_to_port(options.host, port);
    }
    if (!bound)
        return Failure{"cannot listen on " + options.host + " port " + std::to_string(options.port) + ": " +
                       (errno != 0 ? std::strerror(errno) : "no such address on this machine") +
                       ". Is another program using it? Choose another with --port or --host."};
    return port;
}

void HttpServer::run() {
    if (!m_impl->stopping)
        m_impl->server.listen_after_bind();
}

void HttpServer::stop() {
    m_impl->stopping = true;
    m_impl->server.stop();
}

} // namespace foyer::server::http
