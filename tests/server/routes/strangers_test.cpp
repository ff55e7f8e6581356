// Another family's things are, to the byte, things that do not exist; and every call of a family is refused to whoever
// is not it.
#include "parent.h"
#include "wire/encoding.h"

#include <catch2/catch_test_macros.hpp>
#include <functional>

using namespace foyer;
using namespace foyer::test;

namespace {

Loopback open_server() {
    return Loopback([](server::Settings& settings) {
        settings.limits.logins_per_hour = 100000;
        settings.limits.mails_per_hour = 100000;
    });
}

// Every call that needs an account, as this device makes it.
struct Call {
    const char* what;
    std::function<SignedRequest(const Device&, const ServerFacts&)> make;
};

std::vector<Call> every_call(const Parent& about, const std::string& request) {
    const std::string submission = "/api/v1/oudon/submissions/" + request;
    const std::string device = "/api/v1/oudon/devices/" + wire::encode_base64url(about.device.thumbprint());
    return {
        {"me", [](const Device& d, const ServerFacts& f) { return d.call(f, "GET", "/api/v1/oudon/me"); }},
        {"sync", [](const Device& d, const ServerFacts& f) { return d.call(f, "GET", "/api/v1/oudon/sync?cursor=1"); }},
        {"submissions", [=](const Device& d, const ServerFacts& f) { return d.call(f, "DELETE", submission); }},
        {"devices", [=](const Device& d, const ServerFacts& f) { return d.call(f, "DELETE", device); }},
        {"password",
         [](const Device& d, const ServerFacts& f) {
             return d.sealed_call(f, "/api/v1/oudon/password",
                                  asking(form::Procedure::change_password,
                                         {{"old_password", PASSWORD}, {"password", "Galettes-de-sarrasin-31"}}));
         }},
        {"invitations",
         [](const Device& d, const ServerFacts& f) {
             return d.sealed_call(f, "/api/v1/oudon/invitations",
                                  asking(form::Procedure::invitation, {{"person", "k1"}, {"email", "x@example.org"}}));
         }},
    };
}

} // namespace

TEST_CASE("another family's things answer to the byte like things that do not exist") {
    const Loopback server = open_server();
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    const Parent zoe = move_in(server, facts, town, "zoe", 2);
    let_town_know(town, {&anne});
    const std::string zoe_herself = let_town_know(town, {&zoe});
    const std::string request = declare(server, facts, zoe).text("id");

    struct Row {
        const char* what;
        std::string theirs;
        std::string nobodys;
        std::string nonsense;
        std::function<SignedRequest(const std::string&)> make;
    };
    const auto on = [&](const char* method, const char* path) {
        return [&, method, path](const std::string& id) { return anne.device.call(facts, method, path + id); };
    };
    const Row rows[] = {
        {"a submission", request, Device::new_envelope_id(), "not-an-id", on("DELETE", "/api/v1/oudon/submissions/")},
        {"a device", wire::encode_base64url(zoe.device.thumbprint()), wire::encode_base64url(Device().thumbprint()),
         "not-a-device", on("DELETE", "/api/v1/oudon/devices/")},
        {"a receipt", zoe.registration_id, Device::new_envelope_id(), "not-an-id", on("GET", "/api/v1/receipts/")},
        {"a person", zoe_herself, "k999999", "nobody",
         [&](const std::string& id) {
             return anne.device.sealed_call(
                 facts, "/api/v1/oudon/invitations",
                 asking(form::Procedure::invitation, {{"person", id}, {"email", "x@example.org"}}));
         }},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        const std::string nobodys = said(send(server.port(), row.make(row.nobodys)));
        CHECK(nobodys.substr(0, 4) == "404\n");
        CHECK(said(send(server.port(), row.make(row.theirs))) == nobodys);
        CHECK(said(send(server.port(), row.make(row.nonsense))) == nobodys);
        CHECK_FALSE(holds(nobodys, "zoe"));
    }
    // And nothing has happened to her.
    const Answer hers = sync(server, facts, zoe.device);
    CHECK(hers.status == 200);
    CHECK(holds(hers.body, "\"state\":\"received\""));
    CHECK(holds(hers.body, "\"invitations\":[]"));
}

TEST_CASE("every call of a family is refused unsigned, replayed, unbound, in another town and by another method") {
    const Loopback server = open_server();
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    const std::string declared = declare(server, facts, anne).text("id");
    const Device stranger;
    std::string unbound;
    for (const Call& call : every_call(anne, declared)) {
        INFO(call.what);
        // Nobody is logged in on this device: the same words everywhere.
        const Answer refused = send(server.port(), call.make(stranger, facts));
        CHECK(refused.status == 401);
        CHECK(refused.text("code") == "not_logged_in");
        if (unbound.empty())
            unbound = refused.body;
        CHECK(refused.body == unbound);

        // Without a signature, and with one over something else.
        SignedRequest request = call.make(anne.device, facts);
        request.headers.erase(
            std::remove_if(request.headers.begin(), request.headers.end(),
                           [](const wire::Header& header) { return header.name.rfind("Signature", 0) == 0; }),
            request.headers.end());
        CHECK(send(server.port(), request).status == 401);
        request = call.make(anne.device, facts);
        request.path.replace(request.path.find("oudon"), 5, "saint-maur-des-fosses");
        CHECK(send(server.port(), request).status == 401);

        // The account is Oudon's: at Saint-Maur nobody is logged in on this device.
        ServerFacts late = facts;
        late.now -= 400;
        CHECK(send(server.port(), call.make(anne.device, late)).text("code") == "clock");

        // Used once before, by whomever.
        const SignedRequest once = call.make(stranger, facts);
        (void)send(server.port(), once);
        const Answer again = send(server.port(), once);
        CHECK(again.status == 401);
        CHECK(again.text("code") == "replayed");

        for (const char* method : {"GET", "POST", "PUT", "DELETE", "PATCH"}) {
            if (request.method == method)
                continue;
            INFO(method);
            const Answer wrong = send(server.port(), {method, request.path, {}, {}});
            CHECK((wrong.status == 405 || wrong.status == 404));
            CHECK(wrong.headers.at("content-type") == "application/problem+json");
        }
    }
    // Nothing of all this had an effect.
    const Answer hers = sync(server, facts, anne.device);
    CHECK(hers.status == 200);
    CHECK(holds(hers.body, "\"state\":\"received\""));
    CHECK(holds(hers.body, "\"this\":true"));
}

TEST_CASE("a device that is logged in at one town is a stranger at another") {
    const Loopback server = open_server();
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    const Answer elsewhere = send(server.port(), anne.device.call(facts, "GET", "/api/v1/saint-maur-des-fosses/sync"));
    CHECK(elsewhere.status == 401);
    CHECK(elsewhere.text("code") == "not_logged_in");
    CHECK(send(server.port(),
               anne.device.call(facts, "DELETE", "/api/v1/saint-maur-des-fosses/submissions/" + anne.registration_id))
              .text("code") == "not_logged_in");
    CHECK(send(server.port(), anne.device.call(facts, "GET", "/api/v1/nowhere/sync")).text("code") == "portal_unknown");
}

TEST_CASE("an envelope of a family is taken from its own device only, and nobody learns whether the account exists") {
    const Loopback server = open_server();
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    const Parent zoe = move_in(server, facts, town, "zoe", 2);
    const std::string annes = reference_of(server, facts, anne.device);
    const auto put = [&](const Device& device, const std::string& reference, const std::string& id) {
        return said(send(server.port(), device.envelope(facts, id, entourage(reference))));
    };
    const Device stranger;
    const std::string id = Device::new_envelope_id();
    const std::string of_nobody = put(stranger, "0123456789abcdef", id);
    CHECK(of_nobody.substr(0, 4) == "401\n");
    CHECK(holds(of_nobody, "not_logged_in"));
    CHECK(put(stranger, annes, id) == of_nobody);
    CHECK(put(zoe.device, annes, id) == of_nobody);
    CHECK(put(zoe.device, "0123456789abcdef", id) == of_nobody);
    CHECK(put(zoe.device, "", id) == of_nobody);
    // Nothing of it was kept: after the next login the same envelope is taken.
    CHECK(put(anne.device, annes, id).substr(0, 4) == "201\n");
    CHECK_FALSE(holds(sync(server, facts, zoe.device).body, "entourage"));

    // A correction of somebody else's request is a correction of nothing.
    const auto correct = [&](const Device& device, const std::string& reference, const std::string& request) {
        auto payload = asking(form::Procedure::entourage, {{"children.0.first_names", "Zoé"}});
        payload.account = reference;
        payload.corrects = request;
        return said(send(server.port(), device.envelope(facts, Device::new_envelope_id(), payload)));
    };
    const std::string zoes = reference_of(server, facts, zoe.device);
    const std::string nothing = correct(zoe.device, zoes, Device::new_envelope_id());
    CHECK(nothing.substr(0, 4) == "404\n");
    CHECK(correct(zoe.device, zoes, id) == nothing);
}
