// One connection as a stream of requests, each within its time: the head by a deadline, the body by another, the answer
// by a third, however few bytes come at a time. Only http_server.cpp uses it.
#pragma once

#include "http/request_head.h"

#include <chrono>
#include <cstddef>
#include <list>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace foyer::server::http {

struct Patience {
    std::chrono::milliseconds idle{5000};     // between two requests
    std::chrono::milliseconds head{10000};    // from its first byte to its last
    std::chrono::milliseconds body{15000};    // the same
    std::chrono::milliseconds answer{120000}; // a slow telephone may take that long to read one
};

class Connection {
public:
    Connection(int socket, const HeadLimits& limits, const Patience& patience);

    // Waits for the first byte of the next request. False: the other side closed, or said nothing for too long.
    [[nodiscard]] bool await_first_byte();

    enum class Arrival {
        request, // its head is here and good; body and nothing else may now be read
        nothing, // the other side closed
        refused, // see refused_with()
    };
    [[nodiscard]] Arrival await_request();
    [[nodiscard]] int refused_with() const { return m_refused_with; }

    // The request's bytes, head first; 0 at its end, -1 when it does not come in time.
    [[nodiscard]] long read(char* to, std::size_t size);
    // All of it or -1.
    [[nodiscard]] long write(const char* bytes, std::size_t size);
    [[nodiscard]] bool was_answered() const { return m_answered; }
    // True when the answer was an error, after which nothing more is read here.
    [[nodiscard]] bool was_refused() const { return m_answered_error; }
    [[nodiscard]] int socket() const { return m_socket; }
    // Says goodbye: reads past what the other side is still sending, for a moment, since closing on unread bytes would
    // destroy the answer on its way.
    void linger();

private:
    using Instant = std::chrono::steady_clock::time_point;
    // Waits for bytes and appends them. False: closed, broken, or the deadline came first.
    bool receive(Instant deadline);
    bool wait(short events, Instant deadline) const;
    [[nodiscard]] std::string_view unread() const { return std::string_view(m_received).substr(m_at); }
    void skip_empty_lines();
    Arrival refuse_with(int status);

    int m_socket;
    const HeadLimits& m_limits;
    const Patience& m_patience;
    std::string m_received;
    std::size_t m_at = 0;   // in it: what is behind is unread and may be the beginning of the next request
    std::size_t m_left = 0; // of the current request, received or not
    Instant m_body_deadline;
    int m_refused_with = 0;
    bool m_timed_out = false;
    bool m_answered = false;
    bool m_answered_error = false;
};

// The connections being served: how many each address has, and a way to wake those that wait when the server stops.
class OpenConnections {
public:
    explicit OpenConnections(std::size_t per_address) : m_per_address(per_address) {}
    // False: this address has enough, all of them at work; one that rests gives way. An empty address is not counted.
    [[nodiscard]] bool enter(int socket, const std::string& address);
    void leave(int socket, const std::string& address);
    // Between two requests a connection rests; the one that has rested longest gives way when a worker is wanted.
    void rest(int socket, const std::string& address);
    void resume(int socket);
    void end_longest_rest();
    // Ends the wait of all, now and from now on; answers that are being written still leave.
    void wake_all();

private:
    std::size_t m_per_address;
    std::mutex m_mutex;
    std::map<std::string, std::size_t> m_by_address;
    std::set<int> m_sockets;
    struct Resting {
        int socket;
        std::string address;
    };
    std::list<Resting> m_resting; // the longest first
    void end_rest(std::list<Resting>::iterator which);
    bool m_closing = false;
};

} // namespace foyer::server::http
