#include "http/connection.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>

namespace foyer::server::http {

namespace {

constexpr std::size_t RECEIVED_AT_ONCE = 16384;
constexpr std::size_t LINGERING_BYTES = std::size_t{16} << 20U; // read and dropped
constexpr std::chrono::milliseconds LINGERING{1000};
constexpr std::string_view END_OF_HEAD = "\r\n\r\n";

} // namespace

Connection::Connection(int socket, const HeadLimits& limits, const Patience& patience)
    : m_socket(socket), m_limits(limits), m_patience(patience) {}

bool Connection::wait(short events, Instant deadline) const {
    while (true) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        pollfd entry{m_socket, events, 0};
        const int ready = ::poll(&entry, 1, static_cast<int>(std::max<std::int64_t>(left, 0)));
        if (ready > 0)
            return true;
        if (ready == 0 || errno != EINTR)
            return false;
    }
}

bool Connection::receive(Instant deadline) {
    char part[RECEIVED_AT_ONCE];
    if (!wait(POLLIN, deadline)) {
        m_timed_out = true;
        return false;
    }
    const ssize_t got = ::recv(m_socket, part, sizeof part, MSG_DONTWAIT);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    if (got <= 0)
        return false;
    m_received.erase(0, m_at);
    m_at = 0;
    m_received.append(part, static_cast<std::size_t>(got));
    return true;
}

// Some clients send an empty line after a body (RFC 9112 §2.2).
void Connection::skip_empty_lines() {
    while (unread().substr(0, 2) == "\r\n")
        m_at += 2;
}

Connection::Arrival Connection::refuse_with(int status) {
    m_refused_with = status;
    return Arrival::refused;
}

bool Connection::await_first_byte() {
    // What the request before this one left unread of its body.
    char unwanted[RECEIVED_AT_ONCE];
    while (m_left > 0)
        if (read(unwanted, sizeof unwanted) <= 0)
            return false;
    const Instant idle_until = std::chrono::steady_clock::now() + m_patience.idle;
    while (unread().empty())
        if (!receive(idle_until))
            return false;
    return true;
}

Connection::Arrival Connection::await_request() {
    m_answered = m_answered_error = m_timed_out = false;
    m_refused_with = 0;
    const Instant deadline = std::chrono::steady_clock::now() + m_patience.head;
    skip_empty_lines();
    std::size_t end = unread().find(END_OF_HEAD);
    while (end == std::string_view::npos && unread().size() <= m_limits.bytes) {
        if (!receive(deadline))
            return m_timed_out ? refuse_with(408) : Arrival::nothing;
        skip_empty_lines();
        end = unread().find(END_OF_HEAD);
    }
    if (end == std::string_view::npos || end > m_limits.bytes)
        // A first line without an end is an address that is too long, or no HTTP at all.
        return refuse_with(unread().find("\r\n") < m_limits.bytes ? 431 : 414);
    const HeadVerdict verdict = judge_head(unread().substr(0, end + END_OF_HEAD.size()), m_limits);
    if (verdict.refused_with != 0)
        return refuse_with(verdict.refused_with);
    m_left = end + END_OF_HEAD.size() + verdict.body_bytes;
    m_body_deadline = std::chrono::steady_clock::now() + m_patience.body;
    return Arrival::request;
}

long Connection::read(char* to, std::size_t size) {
    while (unread().empty() && m_left > 0)
        if (!receive(m_body_deadline))
            return -1;
    const std::size_t given = std::min({size, m_left, unread().size()});
    std::memcpy(to, m_received.data() + m_at, given);
    m_at += given;
    m_left -= given;
    return static_cast<long>(given);
}

long Connection::write(const char* bytes, std::size_t size) {
    // "HTTP/1.1 404 …"; the provisional "100 Continue" is not an answer.
    constexpr std::size_t STATUS_AT = 9;
    if (!m_answered && size > STATUS_AT && bytes[STATUS_AT] != '1') {
        m_answered = true;
        m_answered_error = bytes[STATUS_AT] >= '4';
    }
    const Instant deadline = std::chrono::steady_clock::now() + m_patience.answer;
    std::size_t sent = 0;
    while (sent < size) {
        const ssize_t done = ::send(m_socket, bytes + sent, size - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (done > 0)
            sent += static_cast<std::size_t>(done);
        else if (done < 0 && errno == EAGAIN ? !wait(POLLOUT, deadline) : errno != EINTR)
            return -1;
        if (std::chrono::steady_clock::now() > deadline)
            return -1;
    }
    return static_cast<long>(size);
}

void Connection::linger() {
    ::shutdown(m_socket, SHUT_WR);
    const Instant deadline = std::chrono::steady_clock::now() + LINGERING;
    for (std::size_t dropped = 0; dropped < LINGERING_BYTES; dropped += unread().size()) {
        m_at = m_received.size();
        if (std::chrono::steady_clock::now() >= deadline || !receive(deadline))
            return;
    }
}

bool OpenConnections::enter(int socket, const std::string& address) {
    const std::lock_guard lock(m_mutex);
    if (!address.empty()) {
        std::size_t& open = m_by_address[address];
        if (open >= m_per_address) {
            const auto resting = std::find_if(m_resting.begin(), m_resting.end(),
                                              [&](const Resting& each) { return each.address == address; });
            if (resting == m_resting.end())
                return false;
            end_rest(resting);
        }
        ++open;
    }
    m_sockets.insert(socket);
    if (m_closing)
        ::shutdown(socket, SHUT_RD);
    return true;
}

void OpenConnections::leave(int socket, const std::string& address) {
    const std::lock_guard lock(m_mutex);
    m_sockets.erase(socket);
    const auto found = m_by_address.find(address);
    if (found != m_by_address.end() && --found->second == 0)
        m_by_address.erase(found);
}

void OpenConnections::rest(int socket, const std::string& address) {
    const std::lock_guard lock(m_mutex);
    m_resting.push_back({socket, address});
}

void OpenConnections::resume(int socket) {
    const std::lock_guard lock(m_mutex);
    m_resting.remove_if([&](const Resting& each) { return each.socket == socket; });
}

void OpenConnections::end_longest_rest() {
    const std::lock_guard lock(m_mutex);
    if (!m_resting.empty())
        end_rest(m_resting.begin());
}

// What the other side has already sent stays readable, so no request is lost by this.
void OpenConnections::end_rest(std::list<Resting>::iterator which) {
    ::shutdown(which->socket, SHUT_RD);
    m_resting.erase(which);
}

void OpenConnections::wake_all() {
    const std::lock_guard lock(m_mutex);
    m_closing = true;
    for (const int socket : m_sockets)
        ::shutdown(socket, SHUT_RD);
}

} // namespace foyer::server::http
