// What somebody who is logged in does with the account, and what nobody else can do with it.
#include "parent.h"
#include "wire/encoding.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::test;

namespace {

const std::string NEW_PASSWORD = "Galettes-de-sarrasin-31";

Loopback patient_server() {
    return Loopback([](server::Settings& settings) {
        settings.limits.logins_per_hour = 100000;
        settings.limits.mails_per_hour = 100000;
    });
}

wire::Payload change(const std::string& old_password, const std::string& password) {
    return asking(form::Procedure::change_password, {{"old_password", old_password}, {"password", password}});
}

std::string device_path(const Device& device) {
    return "/api/v1/oudon/devices/" + wire::encode_base64url(device.thumbprint());
}

Answer withdraw(const Loopback& server, const ServerFacts& facts, const Device& device, const std::string& id) {
    return send(server.port(), device.call(facts, "DELETE", "/api/v1/oudon/submissions/" + id));
}

} // namespace

TEST_CASE("whoever knows the old password changes it, and every other device is unbound") {
    const Loopback server = patient_server();
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    const Device tablet;
    REQUIRE(send(server.port(), log_in(anne, facts, tablet)).status == 201);
    const auto ask = [&](const std::string& old_password, const std::string& password) {
        return send(server.port(),
                    anne.device.sealed_call(facts, "/api/v1/oudon/password", change(old_password, password)));
    };
    struct Row {
        const char* what;
        std::string old_password;
        std::string password;
        int status;
        const char* code;
    };
    const Row rows[] = {
        {"a wrong old one", "Not-the-password-1", NEW_PASSWORD, 403, "old_password_wrong"},
        {"no old one", "", NEW_PASSWORD, 422, "answers_refused"},
        {"a weak new one", PASSWORD, "short", 422, "answers_refused"},
        {"a new one that holds the identifier", PASSWORD, "anne-Anne-anne-29", 422, "answers_refused"},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        const Answer answer = ask(row.old_password, row.password);
        INFO(answer.body);
        CHECK(answer.status == row.status);
        CHECK(answer.text("code") == row.code);
        CHECK_FALSE(holds(answer.body, "Crêpes"));
        CHECK_FALSE(holds(answer.body, "Galettes"));
    }
    CHECK(sync(server, facts, tablet).status == 200); // nothing has changed yet

    CHECK(ask(PASSWORD, NEW_PASSWORD).status == 204);
    CHECK(sync(server, facts, anne.device).status == 200);
    CHECK(sync(server, facts, tablet).status == 401);
    CHECK(send(server.port(), log_in(anne, facts, tablet)).status == 401);
    CHECK(send(server.port(), log_in(anne, facts, tablet, NEW_PASSWORD)).status == 201);
    CHECK(send(server.port(), Device().sealed_call(facts, "/api/v1/oudon/password", change(PASSWORD, NEW_PASSWORD)))
              .text("code") == "not_logged_in");
    for (const char* secret : {"Crêpes", "Galettes", "anne"})
        CHECK_FALSE(holds(server.log(), secret));
}

TEST_CASE("a device left open is no place to guess at the old password") {
    const Loopback server([](server::Settings& settings) { settings.limits.logins_per_hour = 20; });
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    Answer answer;
    for (int i = 0; i < 21 && answer.status != 429; ++i)
        answer =
            send(server.port(), anne.device.sealed_call(facts, "/api/v1/oudon/password",
                                                        change("Guess-number-" + std::to_string(i), NEW_PASSWORD)));
    CHECK(answer.status == 429);
    CHECK(answer.headers.count("retry-after") == 1);
    // The right one neither: whoever guesses must not learn that it was.
    CHECK(send(server.port(), anne.device.sealed_call(facts, "/api/v1/oudon/password", change(PASSWORD, NEW_PASSWORD)))
              .status == 429);
}

TEST_CASE("devices are unbound one by one, the present one too") {
    const Loopback server = patient_server();
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    const Device tablet;
    const Device phone;
    REQUIRE(send(server.port(), log_in(anne, facts, tablet)).status == 201);
    REQUIRE(send(server.port(), log_in(anne, facts, phone)).status == 201);
    CHECK(send(server.port(), anne.device.call(facts, "DELETE", device_path(tablet))).status == 204);
    CHECK(sync(server, facts, tablet).status == 401);
    CHECK(sync(server, facts, phone).status == 200);
    CHECK(send(server.port(), anne.device.call(facts, "DELETE", device_path(tablet))).status == 404);
    CHECK(send(server.port(), anne.device.call(facts, "DELETE", device_path(anne.device))).status == 204);
    CHECK(sync(server, facts, anne.device).status == 401);
}

TEST_CASE("a request is withdrawn while nobody has taken it, and a lost answer is given again") {
    const Loopback server = patient_server();
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    CHECK(holds(sync(server, facts, anne.device).body, "\"can_withdraw\":true"));
    CHECK(withdraw(server, facts, anne.device, anne.registration_id).status == 204);
    CHECK(withdraw(server, facts, anne.device, anne.registration_id).status == 204);
    const std::string seen = sync(server, facts, anne.device).body;
    CHECK(holds(seen, "\"state\":\"withdrawn\""));
    CHECK(holds(seen, "\"event\":\"withdrawn\""));
    CHECK(holds(seen, "Vous avez retiré votre demande"));
    CHECK(holds(seen, "\"can_withdraw\":false"));
    // One effect, however often it was asked for.
    CHECK(seen.find("\"event\":\"withdrawn\"") == seen.rfind("\"event\":\"withdrawn\""));
    CHECK(seen.find("Vous avez retiré") == seen.rfind("Vous avez retiré"));
}

TEST_CASE("a request that an agent has taken is not withdrawn, and the answer says where it stands") {
    const Loopback server = patient_server();
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    const auto submissions = town.store().list_submissions({"oudon", "received", 10, 0});
    REQUIRE(submissions);
    REQUIRE(submissions->size() == 1);
    for (const char* state : {"processing", "waiting", "accepted", "refused"}) {
        INFO(state);
        REQUIRE(town.store().decide(submissions->front().id, [&](const server::store::DecisionView&) {
            server::store::DecisionEffects effects;
            effects.state = state;
            effects.event = {1'790'000'000, state, {}};
            return std::optional(std::move(effects));
        }));
        const Answer answer = withdraw(server, facts, anne.device, anne.registration_id);
        CHECK(answer.status == 409);
        CHECK(answer.text("code") == "already_taken");
        CHECK(answer.text("state") == state);
    }
}

TEST_CASE("one parent invites the other by a code that only the mail has") {
    const Loopback server = patient_server();
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    // The second representative has no account yet.
    std::string paul;
    REQUIRE(town.store().import(
        "oudon",
        [&](const std::vector<server::store::Household>&, server::store::PersonId next) {
            using server::store::PersonKind;
            const auto id = [&](int at) { return server::store::PersonId(next.number() + at); };
            const auto name = [&](int at) { return "k" + std::to_string(id(at).number()); };
            const auto person = [&](int at, PersonKind kind, server::store::Answers answers) {
                server::store::PersonWrite write;
                write.fresh = true;
                write.person.id = id(at);
                write.person.kind = kind;
                write.person.answers = std::move(answers);
                return write;
            };
            paul = name(1);
            server::store::HouseholdWrite household;
            household.people.push_back(person(0, PersonKind::representative, {{"first_names", "Anne"}}));
            household.people.back().person.account = anne.account;
            household.people.push_back(person(1, PersonKind::representative,
                                              {{"first_names", "Paul"},
                                               {"birth_name", "Derc’hen"},
                                               {"email", "known@example.org"},
                                               {"mobile", "+33600000000"}}));
            household.people.push_back(
                person(2, PersonKind::child,
                       {{"first_names", "Léa"}, {"authority." + name(0), "yes"}, {"authority." + paul, "yes"}}));
            return std::optional(std::vector{household});
        },
        1'790'000'000));
    const auto invite = [&](const std::string& person, const std::string& email) {
        return send(server.port(), anne.device.sealed_call(
                                       facts, "/api/v1/oudon/invitations",
                                       asking(form::Procedure::invitation, {{"person", person}, {"email", email}})));
    };
    CHECK(invite(paul, "not an address").status == 422);
    const Answer sent = invite(paul, "paul@example.org");
    INFO(sent.body);
    CHECK(sent.status == 202);
    const std::string link = server.link_mailed_to("paul@example.org");
    REQUIRE(holds(link, "/oudon/inscription?invitation="));
    const std::string code = link.substr(link.find('=') + 1);
    CHECK(code.size() == std::string("XXXX-XXXX-XXXX").size());
    const std::string seen = sync(server, facts, anne.device).body;
    CHECK(holds(seen,
                "\"invitations\":[{\"email\":\"paul@example.org\",\"person\":\"" + paul + "\",\"state\":\"sent\"}]"));
    for (const std::string& hidden : {code, std::string("known@example.org"), std::string("+33600000000")}) {
        CHECK_FALSE(holds(sent.body, hidden));
        CHECK_FALSE(holds(seen, hidden));
        CHECK_FALSE(holds(server.log(), hidden));
    }
    // Sent again: another code, and the first counts no more (tests/server/store).
    CHECK(invite(paul, "paul@example.org").status == 202);
    CHECK(server.link_mailed_to("paul@example.org", 2) != link);
    // Nobody who is there already, nobody who is not.
    const std::string me = "k" + std::to_string(std::stoll(paul.substr(1)) - 1);
    const std::string child = "k" + std::to_string(std::stoll(paul.substr(1)) + 1);
    CHECK(invite(me, "anne2@example.org").text("code") == "has_account");
    for (const std::string& nobody : {child, std::string("k999999"), std::string("self"), std::string("k")})
        CHECK(invite(nobody, "x@example.org").status == 404);
}

TEST_CASE("invitations are limited, so that nobody floods a mailbox with them") {
    const Loopback server([](server::Settings& settings) {
        settings.limits.logins_per_hour = 100000;
        settings.limits.mails_per_hour = 2;
    });
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    Answer answer;
    for (int i = 0; i < 3; ++i)
        answer = send(server.port(), anne.device.sealed_call(facts, "/api/v1/oudon/invitations",
                                                             asking(form::Procedure::invitation,
                                                                    {{"person", "k1"}, {"email", "x@example.org"}})));
    CHECK(answer.status == 429);
    CHECK(answer.headers.count("retry-after") == 1);
}
