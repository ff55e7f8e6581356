#include "http/http_server.h"

#include <arpa/inet.h>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace foyer::server;
using namespace foyer::server::http;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

// A server whose only answer is the length of what it was sent; with little patience.
class Small {
public:
    explicit Small(const std::function<void(HttpOptions&)>& change = [](HttpOptions&) {}) {
        HttpOptions options;
        options.port = 0;
        options.workers = 4;
        options.patience.idle = 400ms;
        options.patience.head = 400ms;
        options.patience.body = 400ms;
        change(options);
        Callbacks callbacks;
        callbacks.answer = [this](const Request& request) {
            if (request.path == "/hold") {
                ++held;
                held.notify_all();
                may_go.wait(false);
            }
            return Answer{Reply(200, "text/plain", "got " + std::to_string(request.body.size())), "test"};
        };
        callbacks.refuse = [](const Request&, int status) {
            return Reply(status, "application/problem+json", "{\"status\":" + std::to_string(status) + "}");
        };
        m_server.emplace(options, callbacks, m_log);
        const auto port = m_server->bind();
        REQUIRE(port);
        m_port = *port;
        m_thread = std::thread([this] { m_server->run(); });
    }
    ~Small() {
        may_go = true;
        may_go.notify_all();
        m_server->stop();
        m_thread.join();
    }
    [[nodiscard]] int port() const { return m_port; }
    std::atomic<int> held{0};
    std::atomic<bool> may_go{false};

private:
    Log m_log{[](std::string_view) {}};
    std::optional<HttpServer> m_server;
    std::thread m_thread;
    int m_port = 0;
};

class Client {
public:
    explicit Client(const Small& server) : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(server.port()));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    }
    ~Client() { ::close(m_socket); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // False: the other side has gone.
    bool say(const std::string& bytes) const {
        return ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
    }
    // Until the server closes; "still open" after ten seconds.
    [[nodiscard]] std::string hear_to_the_end() const { return hear("\x01"); }
    [[nodiscard]] std::string hear(const std::string& until) const {
        std::string heard;
        char part[4096];
        while (heard.find(until) == std::string::npos) {
            if (!readable(10s))
                return "still open: " + heard;
            const ssize_t got = ::recv(m_socket, part, sizeof part, 0);
            if (got <= 0)
                return heard;
            heard.append(part, static_cast<std::size_t>(got));
        }
        return heard;
    }
    [[nodiscard]] bool readable(std::chrono::milliseconds within) const {
        pollfd entry{m_socket, POLLIN, 0};
        return ::poll(&entry, 1, static_cast<int>(within.count())) > 0;
    }

private:
    int m_socket;
};

constexpr const char* GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

bool begins(const std::string& text, const std::string& with) { return text.rfind(with, 0) == 0; }
bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// Says a byte at a time, often enough never to be idle, until the server has had enough. How long that took.
Clock::duration drip(const Client& client, const std::string& bytes) {
    const auto begin = Clock::now();
    for (std::size_t i = 0; Clock::now() - begin < 20s && !client.readable(50ms); ++i)
        if (!client.say(bytes.substr(std::min(i, bytes.size() - 1), 1)))
            break;
    return Clock::now() - begin;
}

long resident_kilobytes() {
    long pages = 0;
    long resident = 0;
    FILE* file = std::fopen("/proc/self/statm", "r");
    REQUIRE(file);
    REQUIRE(std::fscanf(file, "%ld %ld", &pages, &resident) == 2);
    std::fclose(file);
    return resident * (::sysconf(_SC_PAGESIZE) / 1024);
}

} // namespace

TEST_CASE("several requests on one connection are answered in turn, also when they come at once") {
    const Small server;
    const Client client(server);
    client.say(GET);
    CHECK(holds(client.hear("got 0"), "HTTP/1.1 200"));
    client.say("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcPOST / HTTP/1.1\r\nHost: a\r\nContent-Length: "
               "2\r\n\r\nde");
    const std::string both = client.hear("got 2");
    CHECK(holds(both, "got 3"));
    CHECK(holds(both, "got 2"));
}

TEST_CASE("who says nothing is closed, without a word") {
    const Small server;
    const Client client(server);
    CHECK(client.hear_to_the_end().empty());
}

TEST_CASE("a head that comes a byte at a time is cut off in time, and others are served meanwhile") {
    const Small server;
    std::vector<std::thread> slow;
    std::atomic<int> cut{0};
    for (int i = 0; i < 3; ++i)
        slow.emplace_back([&] {
            const Client client(server);
            const auto spent = drip(client, "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(1000, 'x'));
            if (spent < 5s && begins(client.hear_to_the_end(), "HTTP/1.1 408 "))
                ++cut;
        });
    const Client quick(server);
    quick.say(GET);
    CHECK(begins(quick.hear("got 0"), "HTTP/1.1 200 "));
    for (std::thread& thread : slow)
        thread.join();
    CHECK(cut == 3);
}

TEST_CASE("a body that comes a byte at a time is cut off in time") {
    const Small server;
    const Client client(server);
    client.say("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n");
    CHECK(drip(client, std::string(5000, 'x')) < 5s);
    CHECK(begins(client.hear_to_the_end(), "HTTP/1.1 400 "));
}

TEST_CASE("what is not HTTP gets one refusal and a closed connection") {
    const Small server;
    struct Row {
        std::string bytes;
        const char* answer;
    };
    const std::string host = "Host: a\r\n";
    const Row rows[] = {
        {"hello\r\n\r\n", "HTTP/1.1 400 "},
        {"GET /\r\n\r\n", "HTTP/1.1 400 "},
        {"GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400 "},
        {"GET / HTTP/1.1\r\n" + host + std::string("A: \0\r\n\r\n", 8), "HTTP/1.1 400 "},
        {"GET / HTTP/1.1\r\n" + host + "A: " + std::string(20000, 'a') + "\r\n\r\n", "HTTP/1.1 431 "},
        {"GET /" + std::string(20000, 'a') + " HTTP/1.1\r\n" + host + "\r\n", "HTTP/1.1 414 "},
        {std::string(20000, '\n'), "HTTP/1.1 414 "},
        {"PUT / HTTP/1.1\r\n" + host + "Content-Length: 10000000\r\n\r\n", "HTTP/1.1 413 "},
        {"PUT / HTTP/1.1\r\n" + host + "Content-Length: -5\r\n\r\n", "HTTP/1.1 400 "},
        {"PUT / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", "HTTP/1.1 411 "},
        {"BREW / HTTP/1.1\r\n" + host + "\r\n", "HTTP/1.1 400 "},
    };
    for (const Row& row : rows) {
        INFO(row.bytes.substr(0, 60));
        const Client client(server);
        client.say(row.bytes + GET);
        const std::string answer = client.hear_to_the_end();
        CHECK(begins(answer, row.answer));
        CHECK(holds(answer, "Connection: close"));
        CHECK(holds(answer, "application/problem+json"));
        CHECK_FALSE(holds(answer, "got")); // what follows it is not another request
        CHECK(answer.find("HTTP/1.1", 8) == std::string::npos);
    }
}

TEST_CASE("a body shorter than announced is refused, one longer begins the next request") {
    const Small server;
    {
        const Client client(server);
        client.say("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
        CHECK(begins(client.hear_to_the_end(), "HTTP/1.1 400 "));
    }
    const Client client(server);
    client.say("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nabcdef\r\n\r\n");
    const std::string answer = client.hear_to_the_end();
    CHECK(holds(answer, "got 2"));
    CHECK(holds(answer, "HTTP/1.1 400 "));
}

TEST_CASE("ten megabytes are refused without being kept") {
    const Small server;
    long before = 0;
    for (int i = 0; i < 4; ++i) {
        if (i == 1) // the first has the allocator take what it keeps
            before = resident_kilobytes();
        const Client client(server);
        client.say("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n");
        const std::string part(100'000, 'x');
        for (int sent = 0; sent < 100 && client.say(part); ++sent) {
        }
        CHECK(begins(client.hear_to_the_end(), "HTTP/1.1 413 "));
    }
    CHECK(resident_kilobytes() - before < 8192);
}

TEST_CASE("an address has so many connections at work and no more; one that rests gives way") {
    Small server([](HttpOptions& options) {
        options.connections_per_address = 2;
        options.patience.idle = 20s;
    });
    const Client resting(server);
    resting.say(GET);
    REQUIRE(holds(resting.hear("got 0"), "200"));
    const std::string hold = "GET /hold HTTP/1.1\r\nHost: a\r\n\r\n";
    const Client first(server);
    first.say(hold);
    server.held.wait(0);
    const Client second(server);
    second.say(hold);
    CHECK(resting.hear_to_the_end().empty());
    server.held.wait(1);
    const Client third(server);
    CHECK(begins(third.hear_to_the_end(), "HTTP/1.1 429 "));
    server.may_go = true;
    server.may_go.notify_all();
    CHECK(begins(first.hear("got 0"), "HTTP/1.1 200 "));
    CHECK(begins(second.hear("got 0"), "HTTP/1.1 200 "));
}

TEST_CASE("when all are busy and the queue is full, the next is told so at once") {
    Small server([](HttpOptions& options) {
        options.workers = 1;
        options.waiting_connections = 1;
    });
    const Client busy(server);
    busy.say("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n");
    server.held.wait(0);
    const Client waiting(server);
    waiting.say(GET);
    const Client refused(server);
    CHECK(begins(refused.hear_to_the_end(), "HTTP/1.1 503 "));
    server.may_go = true;
    server.may_go.notify_all();
    // Others wait, so the connection is not kept for a next request.
    CHECK(holds(busy.hear_to_the_end(), "Connection: close"));
    CHECK(begins(waiting.hear("got 0"), "HTTP/1.1 200 "));
}

TEST_CASE("who rests between two requests gives way when a worker is wanted") {
    const Small server([](HttpOptions& options) {
        options.workers = 2;
        options.patience.idle = 60s;
    });
    const Client first(server);
    first.say(GET);
    REQUIRE(holds(first.hear("got 0"), "200"));
    const Client second(server);
    second.say(GET);
    REQUIRE(holds(second.hear("got 0"), "200"));
    const Client third(server);
    third.say(GET);
    CHECK(begins(third.hear("got 0"), "HTTP/1.1 200 "));
    // Usually the first one; the second where it came to rest before.
    CHECK((first.readable(0ms) || second.readable(0ms)));
    CHECK((first.hear_to_the_end().empty() || second.hear_to_the_end().empty()));
}

TEST_CASE("stopping does not wait for those who say nothing") {
    std::optional<Client> silent;
    const auto begin = Clock::now();
    {
        const Small server([](HttpOptions& options) { options.patience.idle = 60s; });
        silent.emplace(server);
        silent->say(GET);
        REQUIRE(holds(silent->hear("got 0"), "200"));
    }
    CHECK(Clock::now() - begin < 10s);
}
