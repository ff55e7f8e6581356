// Another e-mail address counts once its link was used, and the old one is told.
#include "parent.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::test;

namespace {

// The registration's answers without those of the access, as the profile asks for them.
wire::Payload profile(const Loopback& server, const ServerFacts& facts, const Parent& parent,
                      const std::string& email) {
    auto payload = registration(parent.name, email);
    payload.procedure = form::Procedure::profile;
    for (const char* of_access : {"identifier", "password", "consent", "security_check.asked", "security_check.chosen"})
        payload.answers.erase(of_access);
    payload.answers["first_names"] = "Prénom de " + parent.name;
    payload.answers["mobile"] = parent.mobile;
    payload.answers["address"] = parent.street();
    const auto json = wire::parse_json(sync(server, facts, parent.device).body);
    REQUIRE(json);
    payload.account = json->find("account")->find("reference")->text();
    return payload;
}

std::string path_of(const std::string& link) { return link.substr(0, link.find('?')); }

} // namespace

TEST_CASE("a new address counts once its link was used, once, and the old one is told twice") {
    const Loopback server([](server::Settings& settings) { settings.limits.logins_per_hour = 100000; });
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    const auto send_profile = [&](const std::string& email) {
        const Answer stored = send(
            server.port(), anne.device.envelope(facts, Device::new_envelope_id(), profile(server, facts, anne, email)));
        INFO(stored.body);
        CHECK(stored.status == 201);
    };
    send_profile("first@example.org");
    const std::string first = server.link_mailed_to("first@example.org");
    REQUIRE(holds(first, "/oudon/espace-citoyens/CompteCitoyen/Courriel?id="));
    // The activation mail, then the notice.
    CHECK(holds(server.link_mailed_to(anne.email, 2), "/oudon/profil/mot-de-passe"));
    std::string seen = sync(server, facts, anne.device).body;
    CHECK(holds(seen, "\"email\":\"" + anne.email));
    CHECK(holds(seen, "\"email_pending\":\"first@example.org"));

    // Asked for again: the newest counts.
    send_profile("second@example.org");
    const std::string second = server.link_mailed_to("second@example.org");
    CHECK(get(server.port(), first).status == 410);
    CHECK(post_form(server.port(), first, "").status == 410);

    // Opening it, even often, changes nothing.
    for (int i = 0; i < 3; ++i) {
        const Answer page = get(server.port(), second);
        CHECK(page.status == 200);
        CHECK(holds(page.body, "Confirmer mon adresse"));
        CHECK(holds(page.body, "second@example.org"));
        CHECK_FALSE(holds(page.body, "<script"));
        CHECK_FALSE(holds(page.body, anne.email));
    }
    CHECK(holds(sync(server, facts, anne.device).body, "\"email\":\"" + anne.email));

    const std::string wrong_key = second.substr(0, second.find("key=")) + "key=00000000000000000000000000000000";
    const std::string elsewhere = "/saint-maur-des-fosses" + second.substr(std::string("/oudon").size());
    const std::string nobody = path_of(second) + "?id=4711&key=00000000000000000000000000000000";
    const std::string unknown = get(server.port(), nobody).body;
    for (const std::string& link : {wrong_key, nobody, path_of(second), path_of(second) + "?id=%3Cscript%3E&key=x"}) {
        INFO(link);
        CHECK(get(server.port(), link).status == 404);
        CHECK(get(server.port(), link).body == unknown);
        CHECK(post_form(server.port(), link, "").body == unknown);
    }
    CHECK(post_form(server.port(), elsewhere, "").status == 404);

    const Answer pressed = post_form(server.port(), second, "");
    CHECK(pressed.status == 200);
    CHECK(holds(pressed.body, "Votre adresse est confirmée"));
    CHECK(post_form(server.port(), second, "").status == 410);
    seen = sync(server, facts, anne.device).body;
    CHECK(holds(seen, "\"email\":\"second@example.org"));
    CHECK_FALSE(holds(seen, "email_pending"));
    // Activation, a notice for each of the two, and that it is done.
    CHECK_FALSE(server.link_mailed_to(anne.email, 4).empty());
    CHECK_FALSE(holds(server.log(), "example.org"));
}
