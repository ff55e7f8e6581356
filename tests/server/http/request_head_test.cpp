#include "http/request_head.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

using foyer::server::http::HeadLimits;
using foyer::server::http::judge_head;

namespace {

int refused_with(const std::string& head) { return judge_head(head, HeadLimits()).refused_with; }
std::string get_with(const std::string& fields) { return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n"; }

} // namespace

TEST_CASE("a usual head is good, and tells how long the body is") {
    CHECK(refused_with(get_with("")) == 0);
    CHECK(refused_with("GET / HTTP/1.0\r\n\r\n") == 0);
    CHECK(refused_with(get_with("Accept-Language: fr\r\nX-Name: \xc3\xa9t\xc3\xa9\r\nEmpty:\r\n")) == 0);
    const auto verdict = judge_head("PUT /a HTTP/1.1\r\ncontent-LENGTH: \t3072 \r\nhost: a:8080\r\n\r\n", HeadLimits());
    CHECK(verdict.refused_with == 0);
    CHECK(verdict.body_bytes == 3072);
}

TEST_CASE("a request line is a method, a path and a version") {
    for (const char* line :
         {"", "GET", "GET /", "GET / HTTP/2.0", "GET / HTTP/1.1 ", " GET / HTTP/1.1", "GET  / HTTP/1.1",
          "GET /a b HTTP/1.1", "G(T / HTTP/1.1", "GET http://other/ HTTP/1.1", "GET * HTTP/1.1", "GET /# HTTP/1.1",
          "GET /\xc3\xa9 HTTP/1.1", "GET /\x01 HTTP/1.1", "GET / http/1.1", "HELO foyer", "\x16\x03\x01\x02"}) {
        INFO(line);
        CHECK(refused_with(std::string(line) + "\r\nHost: a\r\n\r\n") == 400);
    }
    CHECK(refused_with("GET /" + std::string(4096, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n") == 414);
}

TEST_CASE("exactly one Host is named") {
    CHECK(refused_with("GET / HTTP/1.1\r\n\r\n") == 400);
    CHECK(refused_with(get_with("host: b\r\n")) == 400);
}

TEST_CASE("a header field is a name, a colon and a value on one line") {
    for (const char* field : {"no colon\r\n", ": nameless\r\n", "Name : value\r\n", " folded: value\r\n",
                              "A: b\r\n continued\r\n", "A: b\nB: c\r\n", "A: b\rB: c\r\n", "A: b\x7f\r\n"}) {
        INFO(field);
        CHECK(refused_with(get_with(field)) == 400);
    }
    CHECK(refused_with(get_with(std::string("A: b\0c\r\n", 8))) == 400);
}

TEST_CASE("there are at most 64 header fields") {
    std::string fields;
    for (int i = 0; i < 63; ++i)
        fields += "A: b\r\n";
    CHECK(refused_with(get_with(fields)) == 0);
    CHECK(refused_with(get_with(fields + "A: b\r\n")) == 431);
}

TEST_CASE("a body has one length, in digits, that is not too large") {
    for (const char* length : {"", "-1", "+1", "1 2", "0x10", "1,1", "abc", "1.0"}) {
        INFO(length);
        CHECK(refused_with(get_with("Content-Length: " + std::string(length) + "\r\n")) == 400);
    }
    CHECK(refused_with(get_with("Content-Length: 1\r\nContent-Length: 1\r\n")) == 400);
    CHECK(refused_with(get_with("Content-Length: 65536\r\n")) == 0);
    CHECK(refused_with(get_with("Content-Length: 65537\r\n")) == 413);
    CHECK(refused_with(get_with("Content-Length: 99999999999999999999999\r\n")) == 413);
}

TEST_CASE("an envelope may be a mebibyte long: an entourage of two hundred people is large") {
    const auto put = [](const std::string& path, const std::string& length) {
        return refused_with("PUT " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n");
    };
    CHECK(put("/api/v1/envelopes/x", "1048576") == 0);
    CHECK(put("/api/v1/envelopes/x", "1048577") == 413);
    CHECK(put("/api/v1/oudon/sessions", "65537") == 413);
    CHECK(refused_with("POST /api/v1/envelopes/x HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n") == 413);
}

TEST_CASE("a body in chunks is asked for with its length, and never believed beside one") {
    CHECK(refused_with(get_with("Transfer-Encoding: chunked\r\n")) == 411);
    CHECK(refused_with(get_with("Transfer-Encoding: xchunked\r\n")) == 411);
    CHECK(refused_with(get_with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")) == 400);
}
