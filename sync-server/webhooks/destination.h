// Where a town may have its events sent. An administrator types an address, and this server, which stands inside the
// town's network, calls it: so it is https to a public machine, and nothing that only this server could reach
// (OWASP, “Server Side Request Forgery Prevention”). The name is judged here, the machine behind it when it is called.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sockaddr;

namespace foyer::server::webhooks {

struct DestinationRules {
    // Machines of the town's own network that the person who runs the server has named (webhooks.inside).
    std::vector<std::string> inside;
    bool demonstration = false; // http://127.0.0.1 and http://localhost too
};

struct Destination {
    std::string scheme;    // "https"; "http" to this machine in a demonstration
    std::string host;      // lower case; an IPv6 address without its brackets
    std::string authority; // as it is signed: with the port unless it is the scheme's own
    std::string target;    // path and query: "/hook?town=oudon"
    bool may_be_private = false;
};

// Nothing: not an absolute URL of a machine this may be, with user name or fragment, or longer than 500 bytes.
[[nodiscard]] std::optional<Destination> parse_destination(std::string_view url, const DestinationRules& rules);

// Whether a machine on the Internet has this address: neither private, nor local, nor reserved, nor one of those that
// stand for an IPv4 address of such a kind.
[[nodiscard]] bool is_public(const sockaddr& address);
[[nodiscard]] bool is_loopback(const sockaddr& address);

} // namespace foyer::server::webhooks
