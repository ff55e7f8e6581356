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
    const std::string request = declare(server, facts, anne).text("id");
    CHECK(holds(sync(server, facts, anne.device).body, "\"can_withdraw\":true"));
    CHECK(withdraw(server, facts, anne.device, request).status == 204);
    CHECK(withdraw(server, facts, anne.device, request).status == 204);
    const std::string seen = sync(server, facts, anne.device).body;
    CHECK(holds(seen, "\"state\":\"withdrawn\""));
    CHECK(holds(seen, "\"event\":\"withdrawn\""));
    CHECK(holds(seen, "Vous avez retiré votre demande"));
    CHECK_FALSE(holds(seen, "\"can_withdraw\":true"));
    // One effect, however often it was asked for.
    CHECK(seen.find("\"event\":\"withdrawn\"") == seen.rfind("\"event\":\"withdrawn\""));
    CHECK(seen.find("Vous avez retiré") == seen.rfind("Vous avez retiré"));
}

TEST_CASE("a request that an agent has taken is not withdrawn, and the answer says where it stands") {
    const Loopback server = patient_server();
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    const Answer declared = declare(server, facts, anne);
    struct Row {
        std::vector<std::string> command;
        const char* state;
    };
    const Row rows[] = {
        {{"take"}, "processing"},
        {{"ask", "--fields", "children.0.birth_date", "--message", "L’acte dit autre chose."}, "waiting"},
        {{"refuse", "--reason", "Hors commune."}, "refused"},
    };
    for (const Row& row : rows) {
        INFO(row.state);
        std::vector<std::string> command = {"submissions", row.command.front()};
        command.insert(command.end(), row.command.begin() + 1, row.command.end());
        command.insert(command.end(), {"--portal", "oudon", declared.text("number")});
        REQUIRE(town_hall_runs(server, command) == 0);
        const Answer answer = withdraw(server, facts, anne.device, declared.text("id"));
        CHECK(answer.status == 409);
        CHECK(answer.text("code") == "already_taken");
        CHECK(answer.text("state") == row.state);
    }
    const std::string seen = sync(server, facts, anne.device).body;
    CHECK(holds(seen, "Hors commune."));
    CHECK_FALSE(holds(server.log(), "Hors commune"));
    // Its own registration is decided too.
    CHECK(withdraw(server, facts, anne.device, anne.registration_id).text("state") == "accepted");
}

TEST_CASE("a correction is asked for in the agent's words, with the answers it is about") {
    const Loopback server = patient_server();
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    const Answer declared = declare(server, facts, anne);
    REQUIRE(town_hall_runs(server, {"submissions", "ask", "--fields", "children.0.birth_date", "--message",
                                    "L’acte dit autre chose.", "--portal", "oudon", declared.text("number")}) == 0);
    const std::string seen = sync(server, facts, anne.device).body;
    INFO(seen);
    CHECK(holds(seen, "\"fields\":[\"children.0.birth_date\"]"));
    CHECK(holds(seen, "\"children.0.birth_date.year\":\"2019\""));
    CHECK(holds(seen, "L’acte dit autre chose."));
    CHECK_FALSE(holds(seen, "chemin caché")); // no answer that is not asked for
    const std::string link = server.link_mailed_to(anne.email, 2);
    CHECK(holds(link, "/oudon/correction/" + declared.text("number")));
}

TEST_CASE(
    "one parent declares and invites, the other opens an account: both see the child, neither how to reach the other") {
    const Loopback server = patient_server();
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    const Answer declared = declare(server, facts, anne);
    REQUIRE(town_hall_runs(server, {"submissions", "accept", "--portal", "oudon", declared.text("number")}) == 0);
    const auto family = town.store().household_of(anne.account);
    REQUIRE(family);
    REQUIRE(*family);
    std::string herself;
    std::string jean;
    std::string lea;
    for (const auto& person : (*family)->people) {
        std::string& name = person.kind == server::store::PersonKind::child ? lea : person.account ? herself : jean;
        name = "k" + std::to_string(person.id.number());
    }
    const auto invite = [&](const std::string& person, const std::string& email) {
        return send(server.port(), anne.device.sealed_call(
                                       facts, "/api/v1/oudon/invitations",
                                       asking(form::Procedure::invitation, {{"person", person}, {"email", email}})));
    };
    CHECK(invite(jean, "not an address").status == 422);
    CHECK(invite(herself, "x@example.org").text("code") == "has_account");
    for (const std::string& nobody : {lea, std::string("k999999"), std::string("self"), std::string("k")})
        CHECK(invite(nobody, "x@example.org").status == 404);

    CHECK(invite(jean, "wrong@example.org").status == 202);
    const Answer sent = invite(jean, "jean@example.org");
    INFO(sent.body);
    CHECK(sent.status == 202);
    const std::string link = server.link_mailed_to("jean@example.org");
    REQUIRE(holds(link, "/oudon/inscription?invitation="));
    const std::string code = link.substr(link.find('=') + 1);
    std::string seen = sync(server, facts, anne.device).body;
    INFO(seen);
    CHECK(holds(seen, "\"email\":\"jean@example.org\",\"person\":\"" + jean + "\",\"state\":\"sent\""));
    CHECK_FALSE(holds(sent.body + seen + server.log(), code)); // only the mail has it

    // The first code counts no more: it blocks nobody, and goes to the staff.
    const auto open_account = [&](const std::string& name, int number, const std::string& with) {
        return move_in(server, facts, town, name, number, {{"invitation", with}});
    };
    const std::string first = server.link_mailed_to("wrong@example.org");
    const Parent wrong = open_account("wrong", 2, first.substr(first.find('=') + 1));
    CHECK_FALSE(holds(sync(server, facts, wrong.device).body, "Léa"));
    CHECK(holds(sync(server, facts, wrong.device).body, "\"queued\""));

    const Parent second = open_account("jean", 3, code);
    const std::string his = sync(server, facts, second.device).body;
    INFO(his);
    CHECK(holds(his, "Léa"));
    CHECK(holds(his, second.mobile));
    CHECK(holds(his, "Prénom de anne"));
    for (const std::string& hidden : {anne.email, anne.mobile, anne.street(), declared.text("number"), code})
        CHECK_FALSE(holds(his, hidden));
    seen = sync(server, facts, anne.device).body;
    CHECK(holds(seen, "\"state\":\"used\""));
    for (const std::string& hidden : {second.mobile, second.street()})
        CHECK_FALSE(holds(seen, hidden));
    CHECK(invite(jean, "again@example.org").text("code") == "has_account");
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
