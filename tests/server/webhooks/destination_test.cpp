// Where events may go: the address as it is typed, and the machine it leads to.
#include "webhooks/destination.h"

#include <arpa/inet.h>
#include <catch2/catch_test_macros.hpp>
#include <cstring>
#include <netinet/in.h>
#include <string>

using namespace foyer::server::webhooks;

namespace {

struct Address {
    explicit Address(const std::string& text) {
        auto* four = reinterpret_cast<sockaddr_in*>(&storage);
        auto* six = reinterpret_cast<sockaddr_in6*>(&storage);
        if (inet_pton(AF_INET, text.c_str(), &four->sin_addr) == 1)
            storage.ss_family = AF_INET;
        else if (inet_pton(AF_INET6, text.c_str(), &six->sin6_addr) == 1)
            storage.ss_family = AF_INET6;
    }
    [[nodiscard]] const sockaddr& any() const { return *reinterpret_cast<const sockaddr*>(&storage); }
    sockaddr_storage storage{};
};

} // namespace

TEST_CASE("an event goes to https, by an address without user, fragment or tricks") {
    const auto to = parse_destination("https://Hooks.Example.fr:443/a/b?town=oudon", {});
    REQUIRE(to);
    CHECK(to->host == "hooks.example.fr");
    CHECK(to->authority == "hooks.example.fr");
    CHECK(to->target == "/a/b?town=oudon");
    CHECK_FALSE(to->may_be_private);
    CHECK(parse_destination("https://a.fr", {})->target == "/");
    CHECK(parse_destination("https://a.fr?x", {})->target == "/?x");
    CHECK(parse_destination("https://a.fr:8443/", {})->authority == "a.fr:8443");
    CHECK(parse_destination("https://[2A00::1]:8443/", {})->host == "2a00::1");
    for (const char* wrong : {"",
                              "a.fr",
                              "http://a.fr/",
                              "ftp://a.fr/",
                              "file:///etc/passwd",
                              "https://",
                              "https:///x",
                              "https://u:p@a.fr/",
                              "https://a.fr/#x",
                              "https://a.fr:0/",
                              "https://a.fr:70000/",
                              "https://a.fr:/",
                              "https://a.fr:8x/",
                              "https://a .fr/",
                              "https://a.fr/\r\nX: y",
                              "https://a.fr\\@b.fr/",
                              "https://[::1/",
                              "https://[x]/",
                              "https://[::1]x/",
                              "https://é.fr/",
                              "http://127.0.0.1/",
                              "http://localhost/",
                              "gopher://a.fr/"})
        CHECK_FALSE(parse_destination(wrong, {}));
    CHECK_FALSE(parse_destination("https://a.fr/" + std::string(500, 'x'), {}));
}

TEST_CASE("this machine in a demonstration, the town's own machines by name, nothing else that is private") {
    const DestinationRules demonstration{{}, true};
    CHECK(parse_destination("http://127.0.0.1:9000/hook", demonstration)->may_be_private);
    CHECK(parse_destination("http://localhost/", demonstration));
    CHECK_FALSE(parse_destination("http://10.0.0.1/", demonstration));
    CHECK_FALSE(parse_destination("https://10.0.0.1/", demonstration)->may_be_private);
    const DestinationRules inside{{"gru.oudon.local"}, false};
    CHECK(parse_destination("https://GRU.oudon.local/", inside)->may_be_private);
    CHECK_FALSE(parse_destination("http://gru.oudon.local/", inside));
    CHECK_FALSE(parse_destination("https://x.gru.oudon.local/", inside)->may_be_private);
}

TEST_CASE("a public address is one that a machine on the Internet has") {
    for (const char* address : {"8.8.8.8", "192.0.1.1", "172.15.0.1", "172.32.0.1", "100.63.0.1", "2a00:1450::1",
                                "2001:4860::8888", "2606:4700::1111"})
        CHECK(is_public(Address(address).any()));
    for (const char* address :
         {"0.0.0.0",         "10.1.2.3",   "100.64.0.1",   "127.0.0.1",       "127.9.9.9",      "169.254.169.254",
          "172.16.0.1",      "172.31.9.9", "192.0.0.1",    "192.0.2.1",       "192.88.99.1",    "192.168.1.1",
          "198.18.0.1",      "198.19.1.1", "198.51.100.1", "203.0.113.1",     "224.0.0.1",      "240.0.0.1",
          "255.255.255.255", "::",         "::1",          "::ffff:10.0.0.1", "::ffff:8.8.8.8", "64:ff9b::a00:1",
          "fc00::1",         "fd12::1",    "fe80::1",      "ff02::1",         "2001:db8::1",    "2001::1",
          "2002:a00:1::1",   "3fff::1",    "100::1"})
        CHECK_FALSE(is_public(Address(address).any()));
}
