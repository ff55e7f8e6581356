#include "loopback.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::test;

namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

void is_problem(const Answer& answer, int status) {
    INFO(answer.body);
    CHECK(answer.status == status);
    CHECK(answer.headers.at("content-type") == "application/problem+json");
    CHECK_FALSE(answer.text("code").empty());
    CHECK_FALSE(answer.text("detail").empty());
    // Nothing of the inside.
    for (const char* inside : {"exception", "std::", "SQL", "sqlite", ".cpp", "Crêpes", "Fañch"})
        CHECK_FALSE(holds(answer.body, inside));
}

void replace_header(SignedRequest& request, const std::string& name, const std::string& value) {
    for (wire::Header& header : request.headers)
        if (header.name == name)
            header.value = value;
}

} // namespace

TEST_CASE("an envelope that is not right is refused with a problem and nothing is stored") {
    const Loopback server;
    const ServerFacts facts = facts_of(server.port(), "oudon");
    const Device device;
    const auto good = [&] {
        return device.envelope(facts, Device::new_envelope_id(), registration("anne", "anne@example.org"));
    };
    SignedRequest request = good();
    request.body[request.body.size() / 2] ^= 1;
    is_problem(send(server.port(), request), 400); // digest

    request = good();
    request.path = "/api/v1/envelopes/" + Device::new_envelope_id();
    is_problem(send(server.port(), request), 401); // signed for another id

    request = good();
    request.path = "/api/v1/envelopes/not-a-uuid";
    is_problem(send(server.port(), request), 400);

    request = good();
    replace_header(request, "Stamp", "pow1:x");
    is_problem(send(server.port(), request), 428);

    request = good();
    request.headers.pop_back(); // Signature
    CHECK(send(server.port(), request).status >= 400);

    auto answers = registration("anne", "anne@example.org");
    answers.answers["email"] = "not an address";
    answers.answers.erase("first_names");
    const Answer refused = send(server.port(), device.envelope(facts, Device::new_envelope_id(), answers));
    is_problem(refused, 422);
    CHECK(holds(refused.body, "\"email\""));
    CHECK(holds(refused.body, "\"first_names\""));

    ServerFacts stranger = facts;
    stranger.revision = std::string(16, 'x');
    is_problem(send(server.port(), device.envelope(stranger, Device::new_envelope_id(), registration("a", "b"))), 422);

    ServerFacts elsewhere = facts;
    elsewhere.authority = "famille.example.org";
    is_problem(send(server.port(),
                    device.envelope(elsewhere, Device::new_envelope_id(), registration("anne", "anne@example.org"))),
               401);

    is_problem(
        send(server.port(), {"PUT", "/api/v1/envelopes/" + Device::new_envelope_id(), {}, std::string(70000, 'x')}),
        413);

    CHECK_FALSE(holds(get(server.port(), "/courrier").body, "example.org"));
    const Answer stored = send(server.port(), good());
    CHECK(holds(stored.text("number"), "-000001"));
}

TEST_CASE("two devices with one id: the second is told so, and learns nothing") {
    const Loopback server;
    const ServerFacts facts = facts_of(server.port(), "oudon");
    const std::string id = Device::new_envelope_id();
    REQUIRE(send(server.port(), Device().envelope(facts, id, registration("anne", "anne@example.org"))).status == 201);
    const Answer second = send(server.port(), Device().envelope(facts, id, registration("jean", "jean@example.org")));
    is_problem(second, 409);
    CHECK_FALSE(holds(second.body, "OUDON-"));
}

TEST_CASE("a call with a clock years off, a used nonce or no signature is refused") {
    const Loopback server;
    const ServerFacts facts = facts_of(server.port(), "oudon");
    const Device device;
    ServerFacts late = facts;
    late.now -= 400;
    is_problem(send(server.port(), device.call(late, "GET", "/api/v1/oudon/me")), 401);
    const SignedRequest once = device.call(facts, "GET", "/api/v1/oudon/me");
    const Answer first = send(server.port(), once);
    CHECK(first.text("code") == "not_logged_in");
    const Answer again = send(server.port(), once);
    is_problem(again, 401);
    CHECK(again.text("code") != "not_logged_in");
    is_problem(get(server.port(), "/api/v1/oudon/me"), 401);
}

TEST_CASE("every page and answer carries the headers that keep it safe") {
    const Loopback server;
    for (const char* path :
         {"/", "/oudon/", "/oudon/inscription", "/nowhere", "/api/v1/health", "/api/v1/nowhere", "/courrier"}) {
        INFO(path);
        const Answer answer = get(server.port(), path);
        CHECK(holds(answer.headers.at("content-security-policy"), "default-src 'none'"));
        CHECK_FALSE(holds(answer.headers.at("content-security-policy"), "unsafe-inline"));
        CHECK(answer.headers.at("x-content-type-options") == "nosniff");
        CHECK(answer.headers.at("referrer-policy") == "no-referrer");
        CHECK(answer.headers.count("request-id") == 1);
        CHECK(answer.headers.count("server") == 0);
    }
}

TEST_CASE("the screens of both portals are in their pages before any script") {
    const Loopback server;
    struct Row {
        const char* path;
        int status;
        const char* says;
    };
    const Row rows[] = {
        {"/", 200, "Saint-Maur-des-Fossés"},
        {"/oudon/", 200, "Créer mon espace"},
        {"/oudon/?lang=en", 200, "lang=\"en\""},
        {"/saint-maur-des-fosses/", 200, "Créer mon espace"},
        {"/oudon/inscription", 200, "Bonjour et bienvenue"},
        {"/oudon/nowhere", 404, "Page introuvable"},
        {"/nowhere/", 404, "Page introuvable"},
        {"/oudon", 308, ""},
        {"/oudon/theme.css", 200, "--primary:#"},
        {"/oudon/logo.svg", 200, "<svg"},
        {"/api/v1/portals", 200, "\"slug\":\"oudon\""},
        {"/api/v1/portals/oudon", 200, "\"slug\":\"oudon\""},
        {"/api/v1/portals/oudon?revision=00", 404, "not_found"},
        {"/oudon/..%2f..%2fetc/passwd", 404, ""},
        {"/assets/../manifest.json", 404, ""},
    };
    for (const Row& row : rows) {
        INFO(row.path);
        const Answer answer = get(server.port(), row.path);
        CHECK(answer.status == row.status);
        CHECK(holds(answer.body, row.says));
        CHECK_FALSE(holds(answer.body, "{{"));
    }
}

TEST_CASE("built files are kept for ever and sent as compressed at build time") {
    const Loopback server;
    const Answer plain = get(server.port(), "/assets/shell.0123.js");
    CHECK(plain.body == "export {};");
    CHECK(holds(plain.headers.at("cache-control"), "immutable"));
    const Answer brotli = get(server.port(), "/assets/shell.0123.js", {{"Accept-Encoding", "gzip, br"}});
    CHECK(brotli.headers.at("content-encoding") == "br");
    CHECK(brotli.body == "brotli");
    CHECK(get(server.port(), "/assets/shell.0123.js",
              {{"Accept-Encoding", "gzip, br"}, {"If-None-Match", brotli.headers.at("etag")}})
              .status == 304);
}

TEST_CASE("pages and portals are sent small to whoever takes gzip, each form under its own tag") {
    const Loopback server;
    for (const char* path : {"/oudon/inscription/identite", "/api/v1/portals/oudon"}) {
        INFO(path);
        const Answer plain = get(server.port(), path);
        const Answer small = get(server.port(), path, {{"Accept-Encoding", "gzip, deflate, br"}});
        CHECK(plain.headers.count("content-encoding") == 0);
        CHECK(small.headers.at("content-encoding") == "gzip");
        CHECK(holds(small.headers.at("vary"), "Accept-Encoding"));
        CHECK(small.body.size() * 2 < plain.body.size());
        CHECK(get(server.port(), path, {{"Accept-Encoding", "gzip;q=0"}}).body == plain.body);
    }
    const Answer small = get(server.port(), "/api/v1/portals/oudon", {{"Accept-Encoding", "gzip"}});
    CHECK(get(server.port(), "/api/v1/portals/oudon",
              {{"Accept-Encoding", "gzip"}, {"If-None-Match", small.headers.at("etag")}})
              .status == 304);
    CHECK(get(server.port(), "/api/v1/portals/oudon").headers.at("etag") != small.headers.at("etag"));
}

TEST_CASE("the mails are shown in demonstration mode only") {
    const Loopback server([](server::Settings& settings) { settings.demonstration = false; });
    CHECK(get(server.port(), "/courrier").status == 404);
    CHECK(get(server.port(), "/courrier/1").status == 404);
}

TEST_CASE("an address that asks too often is told to slow down") {
    const Loopback server([](server::Settings& settings) { settings.limits.requests_per_minute = 5; });
    Answer answer;
    for (int i = 0; i < 10; ++i)
        answer = get(server.port(), "/api/v1/portals");
    is_problem(answer, 429);
    CHECK(answer.headers.count("retry-after") == 1);
}

TEST_CASE("every answer says when it was given, so that a device can set its clock right") {
    const Loopback server;
    for (const char* path : {"/api/v1/portals/oudon", "/oudon/", "/api/v1/nothing"}) {
        INFO(path);
        const Answer answer = get(server.port(), path);
        REQUIRE(answer.headers.count("date") == 1);
        CHECK(answer.headers.at("date").size() == std::string("Sun, 22 Nov 2026 00:03:54 GMT").size());
        CHECK(holds(answer.headers.at("date"), " GMT"));
    }
}
