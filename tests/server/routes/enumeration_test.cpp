// Whether an account exists is told to nobody but its owner: the answers are the same, byte for byte. That they take
// the same time is measured by ./dev bench.
#include "loopback.h"

#include <catch2/catch_test_macros.hpp>
#include <chrono>

using namespace foyer;
using namespace foyer::test;

namespace {

wire::Payload asking(form::Procedure procedure, const std::string& whom) {
    wire::Payload payload;
    payload.procedure = procedure;
    payload.language = "fr";
    payload.filled_at = "2026-11-21T12:00:00Z";
    payload.answers = {{"identifier_or_email", whom}};
    return payload;
}

} // namespace

TEST_CASE("login, mail again and lost password answer the same whether there is such an account or not") {
    const Loopback server([](server::Settings& settings) { settings.limits.logins_per_hour = 3; });
    const ServerFacts facts = facts_of(server.port(), "oudon");
    const Device device;
    const auto put = [&](const std::string& name) {
        REQUIRE(send(server.port(),
                     device.envelope(facts, Device::new_envelope_id(), registration(name, name + "@example.org")))
                    .status == 201);
    };
    const auto log_in = [&](const std::string& name, const std::string& password) {
        return said(send(server.port(), device.sealed_call(facts, "/api/v1/oudon/sessions", login(name, password))));
    };
    put("waiting");
    put("active");
    const std::string link = server.link_mailed_to("active@example.org");
    REQUIRE(post_form(server.port(), link.substr(0, link.find('?')), link.substr(link.find('?') + 1)).status == 200);

    const std::string unknown = log_in("nobody", PASSWORD);
    CHECK(unknown.find("401\n") == 0);
    CHECK(log_in("active", "Not-the-password-1") == unknown);
    CHECK(log_in("waiting", PASSWORD) == unknown);
    CHECK(log_in("waiting", "Not-the-password-1") == unknown);

    // The limit per account counts names that are nobody's as well.
    const auto limited = [&](const std::string& name) {
        std::string last;
        for (int i = 0; i < 4; ++i)
            last = log_in(name, "Not-the-password-1");
        return last.substr(0, 3);
    };
    CHECK(limited("active") == "429");
    CHECK(limited("nobody") == "429");

    struct Row {
        const char* path;
        form::Procedure procedure;
    };
    for (const Row& row : {Row{"/api/v1/oudon/activation-mails", form::Procedure::resend_activation},
                           Row{"/api/v1/oudon/password-resets", form::Procedure::password_reset}}) {
        const auto ask = [&](const std::string& whom) {
            return said(send(server.port(), device.sealed_call(facts, row.path, asking(row.procedure, whom))));
        };
        const std::string of_nobody = ask("nobody");
        INFO(row.path);
        CHECK(of_nobody.find("202\n") == 0);
        for (const char* whom : {"active", "waiting", "active@example.org", "nobody@example.org"})
            CHECK(ask(whom) == of_nobody);
        // Also when an account has had all the mails it may ask for.
        for (int i = 0; i < 6; ++i)
            CHECK(ask("waiting") == of_nobody);
    }
}

TEST_CASE("an activation link tells a wrong key from an unknown id, and ids are nobody's names") {
    const Loopback server;
    const std::string path = "/oudon/espace-citoyens/CompteCitoyen/Validation";
    // The same page for every id that was never given, and nobody's name on any of them.
    const Answer first = get(server.port(), path + "?id=999&key=x");
    CHECK(first.status == 404);
    CHECK(get(server.port(), path + "?id=abc&key=x").body == first.body);
    CHECK(get(server.port(), path).body == first.body);
}
