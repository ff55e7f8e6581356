#include "loopback.h"

#include <catch2/catch_test_macros.hpp>
#include <chrono>

using namespace foyer;
using namespace foyer::test;

namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string query_of(const std::string& link) { return link.substr(link.find('?') + 1); }
std::string path_of(const std::string& link) { return link.substr(0, link.find('?')); }

// The password is hashed after the answer; until then a login fails like any other.
Answer log_in_when_hashed(const Loopback& server, const ServerFacts& facts, const Device& device,
                          const std::string& identifier, const std::string& password) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    Answer answer;
    while (std::chrono::steady_clock::now() < deadline) {
        answer =
            send(server.port(), device.sealed_call(facts, "/api/v1/oudon/sessions", test::login(identifier, password)));
        if (answer.status != 401)
            break;
    }
    return answer;
}

wire::Payload named(form::Procedure procedure, std::map<std::string, std::string, std::less<>> answers) {
    wire::Payload payload;
    payload.procedure = procedure;
    payload.language = "fr";
    payload.filled_at = "2026-11-21T12:00:00Z";
    payload.answers = std::move(answers);
    return payload;
}

} // namespace

TEST_CASE("a family registers, activates, logs in, sees its request and logs out") {
    const Loopback server([](server::Settings& settings) { settings.limits.logins_per_hour = 100000; });
    const ServerFacts facts = facts_of(server.port(), "oudon");
    const Device device;
    const SignedRequest envelope =
        device.envelope(facts, Device::new_envelope_id(), registration("fanch.bzh", "fanch@example.org"));

    const Answer stored = send(server.port(), envelope);
    INFO(stored.body);
    REQUIRE(stored.status == 201);
    CHECK(stored.text("portal") == "oudon");
    CHECK(holds(stored.text("number"), "OUDON-"));
    CHECK(holds(stored.text("number"), "-000001"));
    CHECK(stored.headers.count("signature") == 1);
    CHECK_FALSE(holds(stored.body, "Fañch"));

    const Answer replayed = send(server.port(), envelope);
    CHECK(replayed.status == 200);
    CHECK(replayed.body == stored.body);

    const std::string id = stored.text("id");
    CHECK(send(server.port(), device.call(facts, "GET", "/api/v1/receipts/" + id)).body == stored.body);
    CHECK(send(server.port(), Device().call(facts, "GET", "/api/v1/receipts/" + id)).status == 404);

    const std::string link = server.link_mailed_to("fanch@example.org");
    CHECK(holds(link, "/oudon/espace-citoyens/CompteCitoyen/Validation?id=1&datecreat=20"));
    CHECK(send(server.port(), device.call(facts, "GET", "/api/v1/oudon/me")).status == 401);

    // Opening it, even often, changes nothing.
    for (int i = 0; i < 3; ++i) {
        const Answer page = get(server.port(), link);
        REQUIRE(page.status == 200);
        CHECK(holds(page.body, "Activer mon espace"));
        CHECK_FALSE(holds(page.body, "<script"));
        CHECK(holds(page.body, "9\u00A0h\u00A0à\u00A012\u00A0h"));
    }
    const Answer activated = post_form(server.port(), path_of(link), query_of(link));
    CHECK(activated.status == 200);
    CHECK(holds(activated.body, "Votre espace est activé"));
    // The help stands beside what the page is about, not in its row of buttons.
    CHECK(activated.body.find("</main>") < activated.body.find("id=\"page-help\""));
    CHECK(holds(post_form(server.port(), path_of(link), query_of(link)).body, "déjà activé"));

    const Answer session = log_in_when_hashed(server, facts, device, "Fanch.BZH", PASSWORD);
    INFO(session.body);
    REQUIRE(session.status == 201);
    CHECK(session.text("identifier") == "fanch.bzh");
    const Answer me = send(server.port(), device.call(facts, "GET", "/api/v1/oudon/me"));
    REQUIRE(me.status == 200);
    CHECK(holds(me.body, "Fañch"));
    CHECK(holds(me.body, stored.text("number")));
    CHECK(send(server.port(), device.call(facts, "DELETE", "/api/v1/oudon/sessions")).status == 204);
    CHECK(send(server.port(), device.call(facts, "GET", "/api/v1/oudon/me")).status == 401);

    // What must not be in the log.
    for (const char* secret : {"Fañch", "fanch", "Derc", "127.0.0.1", "key=", "Crêpes"})
        CHECK_FALSE(holds(server.log(), secret));
}

TEST_CASE("a link that cannot be used says why, each in its own words") {
    const Loopback server;
    const ServerFacts facts = facts_of(server.port(), "oudon");
    const Device device;
    REQUIRE(
        send(server.port(), device.envelope(facts, Device::new_envelope_id(), registration("anne", "anne@example.org")))
            .status == 201);
    const std::string first = server.link_mailed_to("anne@example.org");
    REQUIRE(send(server.port(), device.sealed_call(facts, "/api/v1/oudon/activation-mails",
                                                   named(form::Procedure::resend_activation,
                                                         {{"identifier_or_email", "anne@example.org"}})))
                .status == 202);
    const std::string second = server.link_mailed_to("anne@example.org", 2);
    REQUIRE(first != second);
    const std::string path = path_of(first);
    struct Row {
        const char* what;
        std::string query;
        int status;
        const char* says;
    };
    const Row rows[] = {
        {"an old link", query_of(first), 410, "Un lien plus récent"},
        {"a wrong key", "id=1&key=00000000000000000000000000000000", 403, "La clé du lien"},
        {"an unknown id", "id=4711&key=00000000000000000000000000000000", 404, "Aucune demande"},
        {"no id at all", "", 404, "Aucune demande"},
        {"an id that is no number", "id=%3Cscript%3E&key=x", 404, "Aucune demande"},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        const Answer opened = get(server.port(), path + "?" + row.query);
        const Answer pressed = post_form(server.port(), path, row.query);
        CHECK(opened.status == row.status);
        CHECK(pressed.status == row.status);
        CHECK(holds(opened.body, row.says));
        CHECK(holds(pressed.body, row.says));
        CHECK_FALSE(holds(opened.body, "<script"));
        CHECK_FALSE(holds(opened.body, "anne"));
    }
    // Another town's address does not know it.
    CHECK(get(server.port(), "/saint-maur-des-fosses" + second.substr(std::string("/oudon").size())).status == 404);
    CHECK(post_form(server.port(), path, query_of(second)).status == 200);
}

TEST_CASE("whoever comes second with an identifier chooses another when activating") {
    const Loopback server;
    const ServerFacts facts = facts_of(server.port(), "oudon");
    for (const char* email : {"one@example.org", "two@example.org"})
        REQUIRE(send(server.port(), Device().envelope(facts, Device::new_envelope_id(), registration("le.gall", email)))
                    .status == 201);
    const std::string link = server.link_mailed_to("two@example.org");
    const Answer page = get(server.port(), link);
    CHECK(holds(page.body, "name=\"identifier\""));
    CHECK(post_form(server.port(), path_of(link), query_of(link)).status == 422);
    CHECK(holds(post_form(server.port(), path_of(link), query_of(link) + "&identifier=Le.Gall").body, "déjà pris"));
    CHECK(post_form(server.port(), path_of(link), query_of(link) + "&identifier=%20%3C").status == 422);
    CHECK(holds(post_form(server.port(), path_of(link), query_of(link) + "&identifier=le.gall2").body, "le.gall2"));
}

TEST_CASE("a lost password is chosen anew through a link that works once") {
    const Loopback server([](server::Settings& settings) { settings.limits.logins_per_hour = 100000; });
    const ServerFacts facts = facts_of(server.port(), "oudon");
    const Device device;
    REQUIRE(
        send(server.port(), device.envelope(facts, Device::new_envelope_id(), registration("anne", "anne@example.org")))
            .status == 201);
    const std::string link = server.link_mailed_to("anne@example.org");
    REQUIRE(post_form(server.port(), path_of(link), query_of(link)).status == 200);
    REQUIRE(log_in_when_hashed(server, facts, device, "anne", PASSWORD).status == 201);

    // The same answer for an account that does not exist.
    const auto ask = [&](const std::string& name) {
        return send(server.port(),
                    device.sealed_call(facts, "/api/v1/oudon/password-resets",
                                       named(form::Procedure::password_reset, {{"identifier_or_email", name}})));
    };
    const Answer known = ask("anne@example.org");
    const Answer unknown = ask("nobody@example.org");
    CHECK(known.status == 202);
    CHECK(unknown.status == 202);
    CHECK(known.body == unknown.body);

    const std::string reset = server.link_mailed_to("anne@example.org", 2);
    REQUIRE(holds(reset, "/oudon/mot-de-passe?id="));
    const std::string id = reset.substr(reset.find("id=") + 3, reset.find('&') - reset.find("id=") - 3);
    const std::string key = reset.substr(reset.find("key=") + 4);
    const auto choose = [&](const std::string& with_key, const std::string& password) {
        return send(server.port(),
                    device.sealed_call(facts, "/api/v1/oudon/passwords",
                                       named(form::Procedure::new_password,
                                             {{"reset_id", id}, {"reset_key", with_key}, {"password", password}})));
    };
    CHECK(choose(key, "short").status == 422);
    CHECK(choose("00000000000000000000000000000000", "Galettes-de-sarrasin-31").status == 410);
    CHECK(choose(key, "Galettes-de-sarrasin-31").status == 204);
    CHECK(choose(key, "Galettes-de-sarrasin-32").status == 410);
    CHECK(send(server.port(), device.call(facts, "GET", "/api/v1/oudon/me")).status == 401);
    CHECK(log_in_when_hashed(server, facts, device, "anne", "Galettes-de-sarrasin-31").status == 201);
}

TEST_CASE("a login says the same whatever is wrong, and is slowed down") {
    const Loopback server([](server::Settings& settings) { settings.limits.logins_per_hour = 3; });
    const ServerFacts facts = facts_of(server.port(), "oudon");
    const Device device;
    REQUIRE(
        send(server.port(), device.envelope(facts, Device::new_envelope_id(), registration("pending", "p@example.org")))
            .status == 201);
    const auto try_login = [&](const std::string& identifier) {
        return send(server.port(), device.sealed_call(facts, "/api/v1/oudon/sessions",
                                                      test::login(identifier, "Wrong-password-1234")));
    };
    const Answer pending = try_login("pending");
    const Answer nobody = try_login("nobody");
    CHECK(pending.status == 401);
    CHECK(nobody.status == 401);
    CHECK(pending.body == nobody.body);
    try_login("nobody");
    try_login("nobody");
    const Answer limited = try_login("nobody");
    CHECK(limited.status == 429);
    CHECK(limited.headers.count("retry-after") == 1);
}

TEST_CASE("what was stored is there after a restart, and the password that waited is hashed") {
    Loopback server([](server::Settings& settings) { settings.limits.logins_per_hour = 100000; });
    ServerFacts facts = facts_of(server.port(), "oudon");
    const Device device;
    const SignedRequest envelope =
        device.envelope(facts, Device::new_envelope_id(), registration("anne", "anne@example.org"));
    const Answer stored = send(server.port(), envelope);
    REQUIRE(stored.status == 201);
    const std::string link = server.link_mailed_to("anne@example.org");
    server.restart();
    facts = facts_of(server.port(), "oudon");
    REQUIRE(post_form(server.port(), path_of(link), query_of(link)).status == 200);
    CHECK(log_in_when_hashed(server, facts, device, "anne", PASSWORD).status == 201);
}
