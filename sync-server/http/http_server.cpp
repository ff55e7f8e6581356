#include "http/http_server.h"

#include "security/rate_limiter.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <deque>
#include <exception>
#include <httplib.h>
#include <mutex>
#include <random>
#include <sys/socket.h>
#include <thread>

namespace foyer::server::http {

namespace {

// The page runs our own WebAssembly and nothing of anybody else's. 'wasm-unsafe-eval' allows compiling WebAssembly and
// no JavaScript evaluation.
constexpr const char* CONTENT_SECURITY_POLICY =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; "
    "frame-src 'self'; frame-ancestors 'none'; base-uri 'none'";

constexpr int REQUESTS_PER_CONNECTION = 200;

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

// As bytes, for what is refused before the library has seen it. The connection ends with it.
std::string written(Reply reply, const std::string& request_id) {
    secure(reply.headers);
    std::string text =
        "HTTP/1.1 " + std::to_string(reply.status) + " " + httplib::status_message(reply.status) + "\r\n";
    for (const Header& header : reply.headers)
        text.append(header.name).append(": ").append(header.value).append("\r\n");
    text.append("Request-Id: ").append(request_id).append("\r\nConnection: close\r\nContent-Length: ");
    return text.append(std::to_string(reply.body.size())).append("\r\n\r\n").append(reply.body);
}

// Each part leaves as one chunk (RFC 9112 §7.1). A stream that breaks ends the connection without the last one.
void stream_chunks(BodyStream stream, const std::string& content_type, const std::atomic<bool>& stopping,
                   httplib::Response& to) {
    to.set_chunked_content_provider(content_type,
                                    [stream = std::move(stream), &stopping](std::size_t, httplib::DataSink& sink) {
                                        std::string part;
                                        const BodyStep step = stopping ? BodyStep::broken : stream(part);
                                        if (step == BodyStep::broken)
                                            return false;
                                        // The library takes an empty chunk for the end.
                                        if (!part.empty() && !sink.write(part.data(), part.size()))
                                            return false;
                                        if (step == BodyStep::end)
                                            sink.done();
                                        return true;
                                    });
}

void hand_over(Reply reply, const std::string& request_id, const std::atomic<bool>& stopping, httplib::Response& to) {
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
    if (reply.stream)
        stream_chunks(std::move(reply.stream), content_type, stopping, to);
    else if (!content_type.empty())
        to.set_content(std::move(reply.body), content_type);
}

// The library's own options include SO_REUSEPORT, with which two servers share a port without a word.
void set_own_socket_options(int socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

// What a thread knows of the connection it serves, where the library hands nothing through.
thread_local bool turning_away = false; // there is no room: it is only told so
thread_local bool last_answer = false;  // the one being given ends the connection

// A fixed number of threads and a bounded number of connections that wait for one.
class Workers final : public httplib::TaskQueue {
public:
    // `on_crowded`: a connection waits, and no thread is free.
    Workers(std::size_t count, std::size_t limit, std::atomic<std::size_t>& waiting, std::function<void()> on_crowded)
        : m_limit(limit), m_waiting(waiting), m_on_crowded(std::move(on_crowded)), m_free(count) {
        for (std::size_t i = 0; i < count; ++i)
            m_threads.emplace_back([this] { work(); });
    }

    bool enqueue(std::function<void()> task) override {
        {
            const std::lock_guard lock(m_mutex);
            if (m_tasks.size() < m_limit) {
                m_tasks.push_back(std::move(task));
                count_waiting();
                if (m_waiting > 0)
                    m_on_crowded();
                m_work.notify_one();
                return true;
            }
        }
        turning_away = true;
        task();
        turning_away = false;
        return true;
    }

    void shutdown() override {
        {
            const std::lock_guard lock(m_mutex);
            m_closing = true;
        }
        m_work.notify_all();
        for (std::thread& thread : m_threads)
            thread.join();
    }

private:
    void work() {
        std::unique_lock lock(m_mutex);
        while (true) {
            m_work.wait(lock, [&] { return m_closing || !m_tasks.empty(); });
            if (m_tasks.empty())
                return;
            const std::function<void()> task = std::move(m_tasks.front());
            m_tasks.pop_front();
            --m_free;
            count_waiting();
            lock.unlock();
            task();
            lock.lock();
            ++m_free;
        }
    }

    // What a free thread is about to take does not wait.
    void count_waiting() { m_waiting = m_tasks.size() > m_free ? m_tasks.size() - m_free : 0; }

    std::size_t m_limit;
    std::atomic<std::size_t>& m_waiting;
    std::function<void()> m_on_crowded;
    std::mutex m_mutex;
    std::condition_variable m_work;
    std::size_t m_free; // threads that wait for a task
    std::deque<std::function<void()>> m_tasks;
    bool m_closing = false;
    std::vector<std::thread> m_threads;
};

// Our connection as the library wants to see it.
class Stream final : public httplib::Stream {
public:
    explicit Stream(Connection& connection) : m_connection(connection) {}
    [[nodiscard]] bool is_readable() const override { return true; }
    [[nodiscard]] bool wait_readable() const override { return true; }
    [[nodiscard]] bool wait_writable() const override { return true; }
    ssize_t read(char* to, std::size_t size) override { return m_connection.read(to, size); }
    ssize_t write(const char* bytes, std::size_t size) override { return m_connection.write(bytes, size); }
    void get_remote_ip_and_port(std::string& address, int& port) const override {
        httplib::detail::get_remote_ip_and_port(m_connection.socket(), address, port);
    }
    void get_local_ip_and_port(std::string& address, int& port) const override {
        httplib::detail::get_local_ip_and_port(m_connection.socket(), address, port);
    }
    [[nodiscard]] socket_t socket() const override { return m_connection.socket(); }
    [[nodiscard]] time_t duration() const override { return 0; }

private:
    Connection& m_connection;
};

std::string why_not_bound(const HttpOptions& options, int error) {
    const std::string place = "port " + std::to_string(options.port) + " of " + options.host;
    if (error == EADDRINUSE)
        return place + " is taken by another program. Stop that one, or choose another port with --port.";
    if (error == EACCES)
        return place + " may not be used by this user: ports below 1024 are root's. Choose another with --port, and "
                       "let nginx answer on 80 and 443.";
    return place + " cannot be listened on (" +
           (error != 0 ? std::strerror(error) : "this host is not an address of this machine") +
           "). Give --host an address of this machine, or 0.0.0.0 for all of them.";
}

} // namespace

struct HttpServer::Impl {
    // Takes the place of the library's own loop over a connection's requests: that one waits for each byte anew, keeps
    // a connection open after a request it did not understand, and polls a hundred times a second while nothing comes.
    class Library final : public httplib::Server {
    public:
        explicit Library(Impl& impl) : m_impl(impl) {}

    private:
        bool process_and_close_socket(socket_t socket) override {
            std::string address;
            int port = 0;
            httplib::detail::get_remote_ip_and_port(socket, address, port);
            m_impl.serve(socket, address, [&](Connection& connection, bool last) {
                Stream stream(connection);
                bool closed = false;
                return process_request(stream, address, port, std::string(), 0, last, closed, nullptr) && !closed;
            });
            httplib::detail::shutdown_socket(socket);
            httplib::detail::close_socket(socket);
            return true;
        }
        Impl& m_impl;
    };

    Impl(HttpOptions http_options, Callbacks http_callbacks, Log& http_log)
        : options(std::move(http_options)), callbacks(std::move(http_callbacks)), log(http_log),
          open(options.connections_per_address), server(*this) {}

    HttpOptions options;
    Callbacks callbacks;
    Log& log;
    OpenConnections open;
    std::atomic<std::size_t> waiting{0};
    std::atomic<bool> stopping{false};
    Library server;

    // One connection from its first byte to its last.
    void serve(int socket, const std::string& address, const std::function<bool(Connection&, bool last)>& process) {
        Connection connection(socket, options.limits, options.patience);
        if (turning_away) {
            refuse(connection, 503);
            return;
        }
        const std::string counted =
            options.client_address_header.empty() ? security::rate_key_of_address(address) : std::string();
        if (!open.enter(socket, counted)) {
            refuse(connection, 429);
            connection.linger();
            return;
        }
        for (int left = REQUESTS_PER_CONNECTION; left > 0; --left) {
            open.rest(socket, counted);
            // Whoever came while this one was being answered found nobody at rest. Who has not said anything yet is
            // not sent away for that.
            if (waiting > 0 && left < REQUESTS_PER_CONNECTION)
                open.end_longest_rest();
            const bool comes = connection.await_first_byte();
            open.resume(socket);
            if (!comes)
                break;
            const Connection::Arrival arrival = connection.await_request();
            if (arrival == Connection::Arrival::nothing)
                break;
            if (arrival == Connection::Arrival::refused) {
                refuse(connection, connection.refused_with());
                connection.linger();
                break;
            }
            last_answer = left == 1 || stopping;
            const bool more = process(connection, last_answer);
            if (connection.was_refused())
                connection.linger();
            if (!more || last_answer || connection.was_refused())
                break;
        }
        open.leave(socket, counted);
    }

    void refuse(Connection& connection, int status) {
        Request request;
        request.id = next_request_id();
        log.info("refused", {{"id", request.id}, {"status", std::to_string(status)}});
        const std::string bytes = written(callbacks.refuse(request, status), request.id);
        if (connection.write(bytes.data(), bytes.size()) < 0)
            log.info("refusal_not_taken", {{"id", request.id}});
    }

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
        hand_over(std::move(given.reply), request.id, stopping, to);
        // While others wait for a worker, nobody keeps one to himself.
        if (waiting > 0)
            last_answer = true;
        if (last_answer && to.status < 400) // the library itself says so after an error
            to.set_header("Connection", "close");
    }

    // For what the library refuses before any of our handlers has seen it.
    void refuse(const httplib::Request& from, httplib::Response& to) {
        const Request request = request_from(from, options);
        const int status = to.status < 400 ? 400 : to.status;
        log.info("refused", {{"id", request.id}, {"status", std::to_string(status)}});
        hand_over(callbacks.refuse(request, status), request.id, stopping, to);
    }
};

HttpServer::HttpServer(HttpOptions options, Callbacks callbacks, Log& log)
    : m_impl(new Impl(std::move(options), std::move(callbacks), log)) {
    Impl& impl = *m_impl;
    httplib::Server& server = impl.server;
    server.new_task_queue = [&impl] {
        return new Workers(impl.options.workers, impl.options.waiting_connections, impl.waiting,
                           [&impl] { impl.open.end_longest_rest(); });
    };
    server.set_tcp_nodelay(true);
    server.set_socket_options([](int socket) { set_own_socket_options(socket); });
    server.set_payload_max_length(std::max(impl.options.limits.body_bytes, impl.options.limits.large_body_bytes));

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
        return Failure{why_not_bound(options, errno)};
    return port;
}

void HttpServer::run() {
    if (!m_impl->stopping)
        m_impl->server.listen_after_bind();
}

void HttpServer::stop() {
    m_impl->stopping = true;
    m_impl->open.wake_all();
    m_impl->server.stop();
}

} // namespace foyer::server::http
