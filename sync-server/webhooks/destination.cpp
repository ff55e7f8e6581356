#include "webhooks/destination.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace foyer::server::webhooks {

namespace {

constexpr std::size_t LONGEST_URL = 500;

struct Block {
    std::uint32_t address;
    int bits;
};
// IANA's special-purpose registry (RFC 6890 and its updates), multicast and the rest of 240/4.
constexpr std::array<Block, 16> NOT_PUBLIC = {{{0x00000000, 8},
                                               {0x0a000000, 8},
                                               {0x64400000, 10},
                                               {0x7f000000, 8},
                                               {0xa9fe0000, 16},
                                               {0xac100000, 12},
                                               {0xc0000000, 24},
                                               {0xc0000200, 24},
                                               {0xc01fc400, 24},
                                               {0xc034c100, 24},
                                               {0xc0586300, 24},
                                               {0xc0a80000, 16},
                                               {0xc6120000, 15},
                                               {0xc6336400, 24},
                                               {0xcb007100, 24},
                                               {0xe0000000, 3}}};

bool is_public_v4(std::uint32_t address) {
    return std::none_of(NOT_PUBLIC.begin(), NOT_PUBLIC.end(), [&](const Block& block) {
        return address >> (32 - block.bits) == block.address >> (32 - block.bits);
    });
}

// Of 2000::/3, which is all that is given out, without what stands for something else: Teredo, ORCHID and the like in
// 2001::/23, documentation in 2001:db8::/32 and 3fff::/20, 6to4 in 2002::/16.
bool is_public_v6(const std::uint8_t* bytes) {
    if ((bytes[0] & 0xe0U) != 0x20)
        return false;
    if (bytes[0] == 0x20 && bytes[1] == 0x01)
        return !(bytes[2] < 0x02) && !(bytes[2] == 0x0d && bytes[3] == 0xb8);
    if (bytes[0] == 0x20 && bytes[1] == 0x02)
        return false;
    return !(bytes[0] == 0x3f && bytes[1] == 0xff && bytes[2] < 0x10);
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

} // namespace

std::optional<Destination> parse_destination(std::string_view url, const DestinationRules& rules) {
    if (url.size() > LONGEST_URL ||
        std::any_of(url.begin(), url.end(), [](char c) { return c <= ' ' || c == 0x7f || c < 0 || c == '\\'; }))
        return std::nullopt;
    Destination to;
    const std::size_t colon = url.find("://");
    if (colon == std::string_view::npos || url.find('#') != std::string_view::npos)
        return std::nullopt;
    to.scheme = lower(std::string(url.substr(0, colon)));
    std::string_view rest = url.substr(colon + 3);
    const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
    std::string authority = lower(std::string(rest.substr(0, end)));
    rest = rest.substr(end);
    to.target = rest.empty() || rest.front() == '?' ? "/" + std::string(rest) : std::string(rest);
    std::size_t port_at = authority.rfind(':');
    if (!authority.empty() && authority.front() == '[') {
        const std::size_t close = authority.find(']');
        if (close == std::string::npos)
            return std::nullopt;
        to.host = authority.substr(1, close - 1);
        if (to.host.empty() || to.host.find_first_not_of("0123456789abcdef:.") != std::string::npos)
            return std::nullopt;
        port_at = close + 1 < authority.size() ? close + 1 : std::string::npos;
        if (port_at != std::string::npos && authority[port_at] != ':')
            return std::nullopt;
    } else {
        to.host = authority.substr(0, port_at);
        if (to.host.empty() || !std::all_of(to.host.begin(), to.host.end(), is_name_character))
            return std::nullopt;
    }
    const int own_port = to.scheme == "https" ? 443 : 80;
    if (port_at != std::string::npos) {
        int port = 0;
        const char* begin = authority.data() + port_at + 1;
        const auto [stop, error] = std::from_chars(begin, authority.data() + authority.size(), port);
        if (error != std::errc() || stop != authority.data() + authority.size() || port < 1 || port > 65535)
            return std::nullopt;
        authority = authority.substr(0, port_at) + (port == own_port ? "" : ":" + std::to_string(port));
    }
    to.authority = authority;
    const bool here = to.host == "localhost" || to.host == "127.0.0.1" || to.host == "::1";
    to.may_be_private = std::find(rules.inside.begin(), rules.inside.end(), to.host) != rules.inside.end() ||
                        (rules.demonstration && here);
    if (to.scheme == "http" ? !(rules.demonstration && here) : to.scheme != "https")
        return std::nullopt;
    return to;
}

bool is_public(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, &address, sizeof four);
        return is_public_v4(ntohl(four.sin_addr.s_addr));
    }
    if (address.sa_family != AF_INET6)
        return false;
    sockaddr_in6 six{};
    std::memcpy(&six, &address, sizeof six);
    return is_public_v6(six.sin6_addr.s6_addr);
}

bool is_loopback(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in four{};
        std::memcpy(&four, &address, sizeof four);
        return ntohl(four.sin_addr.s_addr) >> 24U == 127;
    }
    if (address.sa_family != AF_INET6)
        return false;
    sockaddr_in6 six{};
    std::memcpy(&six, &address, sizeof six);
    return IN6_IS_ADDR_LOOPBACK(&six.sin6_addr);
}

} // namespace foyer::server::webhooks
