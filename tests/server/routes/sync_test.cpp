// What a family is shown, and how soon.
#include "parent.h"
#include "wire/encoding.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <chrono>

using namespace foyer;
using namespace foyer::test;

namespace {

Loopback quiet_server(int workers = 16) {
    return Loopback([workers](server::Settings& settings) {
        settings.limits.logins_per_hour = 100000;
        settings.workers = workers;
    });
}

wire::Json json_of(const Answer& answer) {
    INFO(answer.body);
    REQUIRE(answer.status == 200);
    auto json = wire::parse_json(answer.body);
    REQUIRE(json);
    return std::move(json).value();
}

const wire::Json& member(const wire::Json& json, const char* name) {
    const wire::Json* found = json.find(name);
    INFO(name);
    REQUIRE(found);
    return *found;
}

std::string cursor_of(const Answer& answer) { return json_of(answer).find("cursor")->text(); }

// Asks until it is held, on a thread of its own; `other` finds out that it is by being told that there is no room. The
// server has four workers, so one request may be held.
class HeldSync {
public:
    HeldSync(const Loopback& server, const ServerFacts& facts, const Device& device, const std::string& cursor,
             const Device& other, const std::string& others_cursor)
        // By the port: a test may start the server anew, on another one, meanwhile.
        : m_thread([this, port = server.port(), &facts, &device, cursor] {
              do
                  m_answer = send(port, device.call(facts, "GET", "/api/v1/oudon/sync?cursor=" + cursor + "&wait=25"));
              while (is_no_room(m_answer));
          }) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        Answer probe;
        while (!is_no_room(probe) && std::chrono::steady_clock::now() < deadline)
            probe = sync(server, facts, other, "?cursor=" + others_cursor + "&wait=1");
        m_held = is_no_room(probe);
    }
    ~HeldSync() {
        if (m_thread.joinable())
            m_thread.join();
    }
    [[nodiscard]] bool held() const { return m_held; }
    [[nodiscard]] Answer answer() {
        m_thread.join();
        return m_answer;
    }

private:
    static bool is_no_room(const Answer& answer) {
        const auto found = answer.headers.find("poll-after");
        return answer.status == 204 && found != answer.headers.end() && found->second == "20";
    }
    Answer m_answer;
    bool m_held = false;
    std::thread m_thread;
};

} // namespace

TEST_CASE("sync tells an account all about itself, and then only what is new") {
    const Loopback server = quiet_server();
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);

    const Answer first = sync(server, facts, anne.device);
    const wire::Json json = json_of(first);
    const wire::Json& account = member(json, "account");
    CHECK(member(account, "identifier").text() == "anne");
    CHECK(member(account, "email").text() == anne.email);
    CHECK(account.find("email_pending") == nullptr);
    CHECK(member(account, "reference").text().size() == 16);
    CHECK(member(member(account, "person"), "first_names").text() == "Prénom de anne");
    CHECK(member(member(json, "profile"), "address").text() == anne.street());
    CHECK(json.find("household") == nullptr);
    CHECK(member(json, "as_of").text().back() == 'Z');

    REQUIRE(member(json, "submissions").elements().size() == 1);
    const wire::Json& submission = member(json, "submissions").elements()[0];
    CHECK(member(submission, "id").text() == anne.registration_id);
    CHECK(member(submission, "procedure").text() == "registration");
    CHECK(member(submission, "state").text() == "accepted"); // by the activation
    CHECK_FALSE(member(submission, "can_withdraw").boolean());
    CHECK(member(submission, "history").elements().size() == 2);
    CHECK(submission.find("correction") == nullptr);

    REQUIRE(member(json, "devices").elements().size() == 1);
    const wire::Json& device = member(json, "devices").elements()[0];
    CHECK(member(device, "label").text() == "Firefox, Android");
    CHECK(member(device, "this").boolean());

    // Never: what was typed as a secret, what the database keeps of it, what belongs to the server.
    for (const char* secret : {"Crêpes", "argon2", "password", "key_hash", "thumbprint", "security_check", "consent"})
        CHECK_FALSE(holds(first.body, secret));

    const std::string cursor = member(json, "cursor").text();
    const Answer nothing = sync(server, facts, anne.device, "?cursor=" + cursor);
    CHECK(nothing.status == 204);
    CHECK(nothing.body.empty());
    CHECK(nothing.headers.at("poll-after") == "20");
    // What is no cursor of ours is answered with everything.
    for (const char* other : {"?cursor=0", "?cursor=-1", "?cursor=x", "?cursor=", "?cursor=99999999999999999999999"}) {
        INFO(other);
        CHECK(json_of(sync(server, facts, anne.device, other)).find("cursor")->text() == cursor);
    }
}

TEST_CASE("each of two parents sees the shared child, and of the other parent the name alone") {
    const Loopback server = quiet_server();
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    const Parent paul = move_in(server, facts, town, "paul", 2);
    const Parent zoe = move_in(server, facts, town, "zoe", 3);
    let_town_know(town, {&anne, &paul});
    let_town_know(town, {&zoe});

    const auto sees_only_own = [&](const Parent& own, const Parent& other) {
        const std::string seen = sync(server, facts, own.device).body;
        INFO(own.name << " sees " << seen);
        CHECK(holds(seen, "Léa"));
        CHECK(holds(seen, "Prénom de " + own.name));
        CHECK(holds(seen, own.mobile));
        CHECK(holds(seen, "Voisine d’" + own.name));
        CHECK(holds(seen, "Prénom de " + other.name));
        for (const std::string& hidden : {other.email, other.mobile, other.street(), "Voisine d’" + other.name,
                                          other.registration_id, "\"identifier\":\"" + other.name})
            CHECK_FALSE(holds(seen, hidden));
        CHECK_FALSE(holds(seen, "zoe"));
    };
    sees_only_own(anne, paul);
    sees_only_own(paul, anne);

    const std::string of_zoe = sync(server, facts, zoe.device).body;
    CHECK_FALSE(holds(of_zoe, "anne"));
    CHECK_FALSE(holds(of_zoe, "paul"));
}

TEST_CASE("a held request is answered when the town changes something in another process") {
    const Loopback server = quiet_server(4);
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    const Parent paul = move_in(server, facts, town, "paul", 2);
    const std::string number = declare(server, facts, anne).text("number");
    const std::string cursor = cursor_of(sync(server, facts, anne.device));
    HeldSync held(server, facts, anne.device, cursor, paul.device, cursor_of(sync(server, facts, paul.device)));
    REQUIRE(held.held());
    REQUIRE(town_hall_runs(server, {"submissions", "take", "--portal", "oudon", number}) == 0);
    const Answer answer = held.answer();
    CHECK(holds(answer.body, "\"processing\""));
    CHECK(cursor_of(answer) != cursor);
}

TEST_CASE("a held request is answered when the same account changes on another device") {
    const Loopback server = quiet_server(4);
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    const Parent paul = move_in(server, facts, town, "paul", 2);
    const std::string cursor = cursor_of(sync(server, facts, anne.device));
    HeldSync held(server, facts, anne.device, cursor, paul.device, cursor_of(sync(server, facts, paul.device)));
    REQUIRE(held.held());
    const Device tablet;
    REQUIRE(send(server.port(), log_in(anne, facts, tablet)).status == 201);
    const wire::Json json = json_of(held.answer());
    CHECK(member(json, "devices").elements().size() == 2);
}

TEST_CASE("a device that is unbound while its request is held is told that it is logged out") {
    const Loopback server = quiet_server(4);
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    const Parent paul = move_in(server, facts, town, "paul", 2);
    const Device tablet;
    REQUIRE(send(server.port(), log_in(anne, facts, tablet)).status == 201);
    const std::string cursor = cursor_of(sync(server, facts, anne.device));
    HeldSync held(server, facts, anne.device, cursor, paul.device, cursor_of(sync(server, facts, paul.device)));
    REQUIRE(held.held());
    const std::string reference = wire::encode_base64url(anne.device.thumbprint());
    REQUIRE(send(server.port(), tablet.call(facts, "DELETE", "/api/v1/oudon/devices/" + reference)).status == 204);
    const Answer answer = held.answer();
    CHECK(answer.status == 401);
    CHECK(answer.text("code") == "not_logged_in");
}

TEST_CASE("a held request is let go when its time is over, and told to come back soon") {
    const Loopback server = quiet_server();
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    const std::string cursor = cursor_of(sync(server, facts, anne.device));
    const Answer answer = sync(server, facts, anne.device, "?cursor=" + cursor + "&wait=1");
    CHECK(answer.status == 204);
    CHECK(answer.headers.at("poll-after") == "1");
}

TEST_CASE("a server that stops lets held requests go") {
    auto server = std::make_unique<Loopback>([](server::Settings& settings) {
        settings.limits.logins_per_hour = 100000;
        settings.workers = 4;
    });
    const ServerFacts facts = facts_of(server->port(), "oudon");
    TownHall town(*server);
    const Parent anne = move_in(*server, facts, town, "anne", 1);
    const Parent paul = move_in(*server, facts, town, "paul", 2);
    const std::string cursor = cursor_of(sync(*server, facts, anne.device));
    HeldSync held(*server, facts, anne.device, cursor, paul.device, cursor_of(sync(*server, facts, paul.device)));
    REQUIRE(held.held());
    const auto begin = std::chrono::steady_clock::now();
    server->restart();
    const Answer answer = held.answer();
    CHECK(answer.status == 204);
    CHECK(answer.headers.at("poll-after") == "5");
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}

TEST_CASE("a device that nobody is logged in on is told so, whatever it asks for") {
    const Loopback server = quiet_server();
    const ServerFacts facts = facts_of(server.port(), "oudon");
    for (const char* query : {"", "?cursor=1", "?cursor=1&wait=25"}) {
        const Answer answer = sync(server, facts, Device(), query);
        CHECK(answer.status == 401);
        CHECK(answer.text("code") == "not_logged_in");
    }
    // The query is part of what is signed.
    SignedRequest request = Device().call(facts, "GET", "/api/v1/oudon/sync");
    request.path += "?wait=25";
    CHECK(send(server.port(), request).status == 401);
}

TEST_CASE("a device's visit is noted once an hour, and is no news") {
    const Loopback server = quiet_server();
    const ServerFacts facts = facts_of(server.port(), "oudon");
    TownHall town(server);
    const Parent anne = move_in(server, facts, town, "anne", 1);
    const auto last_seen = [&] {
        const auto devices = town.store().devices_of(anne.account);
        REQUIRE(devices);
        REQUIRE(devices->size() == 1);
        return devices->front().last_seen_at;
    };
    const std::string cursor = cursor_of(sync(server, facts, anne.device));
    const UnixSeconds login = last_seen();
    const auto seen_at = [&](UnixSeconds now) {
        REQUIRE(town.store().device_seen("oudon", anne.device.thumbprint(), now));
        return last_seen();
    };
    CHECK(seen_at(login + 3599) == login);
    CHECK(seen_at(login + 3600) == login + 3600);
    CHECK(seen_at(login + 3700) == login + 3600);
    CHECK(sync(server, facts, anne.device, "?cursor=" + cursor).status == 204);
}
