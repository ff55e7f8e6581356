// Events and their deliveries: written with what they tell, signed, tried again, given up, sent once more.
#include "security/crypto.h"
#include "town.h"
#include "webhooks/webhook_worker.h"
#include "wire/digest_field.h"
#include "wire/json.h"

#include <algorithm>

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;
using store::WebhookId;
using webhooks::OutgoingEvent;
using webhooks::Response;
using webhooks::WebhookWorker;

namespace {

class Receivers final : public webhooks::Transport {
public:
    Response post(const OutgoingEvent& event) override {
        posted.push_back(event);
        const auto found = answers.find(event.to.host);
        return found == answers.end() ? Response{204, {}} : found->second;
    }
    void stop() override {}
    std::vector<OutgoingEvent> posted;
    std::map<std::string, Response> answers;
};

class Office {
public:
    Office() { worker = std::make_unique<WebhookWorker>(town.store(), receivers, keys, rules, town.clock, log); }

    WebhookId subscribe(const std::string& url, std::vector<std::string> events, const std::string& portal = "oudon") {
        const auto id = town.store().add_webhook({portal, url, std::move(events), town.clock.at}, line(portal));
        REQUIRE(id);
        REQUIRE(*id);
        return **id;
    }
    store::NewAuditLine line(const std::string& portal = "oudon") {
        return {portal, town.clock.at, "staff:1", "webhook.test", {}, {}};
    }
    void send_all() {
        while (worker->send_some()) {
        }
    }
    std::vector<std::string> events() {
        std::vector<std::string> names;
        for (const OutgoingEvent& event : receivers.posted)
            names.push_back(wire::parse_json(event.body)->find("event")->text());
        return names;
    }
    std::vector<store::LoggedDelivery> logged(const std::string& state = {}) {
        return *town.store().deliveries("oudon", state, 0, 100);
    }
    std::string declare(const std::string& name) {
        store::Answers answers;
        put(answers, "children.0", child_named(name));
        return town.declare(anne, answers);
    }

    Town town;
    security::ServerKeys keys = security::ServerKeys::generate();
    webhooks::DestinationRules rules;
    Receivers receivers;
    Log log{[](std::string_view) {}};
    std::unique_ptr<WebhookWorker> worker;
    Resident anne = town.move_in("anne");
};

const std::vector<std::string> ALL = {store::WEBHOOK_EVENTS.begin(), store::WEBHOOK_EVENTS.end()};

households::Decision decision(households::Decision::Kind kind) {
    households::Decision wanted;
    wanted.kind = kind;
    wanted.reason = "Motif.";
    return wanted;
}

} // namespace

TEST_CASE("what happens to a request is told once, in the transaction in which it happens, with nobody's name") {
    Office office;
    (void)office.subscribe("https://hook.example/oudon", ALL);
    const std::string lea = office.declare("Léa");
    const std::string tom = office.declare("Tom");
    using Kind = households::Decision::Kind;
    for (const Kind kind : {Kind::take, Kind::release, Kind::accept})
        REQUIRE(office.town.decisions().decide("oudon", lea, decision(kind)));
    REQUIRE(office.town.decisions().decide("oudon", tom, decision(Kind::refuse)));
    CHECK_FALSE(office.town.decisions().decide("oudon", tom, decision(Kind::accept)));
    office.send_all();
    CHECK(office.events() == std::vector<std::string>{"submission.received", "submission.received", "submission.taken",
                                                      "submission.released", "submission.decided",
                                                      "submission.decided"});
    const auto last = wire::parse_json(office.receivers.posted.back().body);
    CHECK(last->find("number")->text() == tom);
    CHECK(last->find("state")->text() == "refused");
    CHECK(last->find("procedure")->text() == "entourage");
    for (const OutgoingEvent& event : office.receivers.posted)
        for (const char* personal : {"Léa", "Tom", "anne", "Martin", "Motif", "@example.org"})
            CHECK(event.body.find(personal) == std::string::npos);
    for (const store::LoggedDelivery& delivery : office.logged())
        CHECK(delivery.state == "delivered");
}

TEST_CASE("a receiver is told what it asked for, of its own town") {
    Office office;
    (void)office.subscribe("https://decided.example/", {"submission.decided"});
    (void)office.subscribe("https://elsewhere.example/", ALL, "saint-maur-des-fosses");
    const std::string lea = office.declare("Léa");
    REQUIRE(office.town.decisions().decide("oudon", lea, decision(households::Decision::Kind::accept)));
    office.send_all();
    CHECK(office.events() == std::vector<std::string>{"submission.decided"});
    CHECK(office.town.store().deliveries("saint-maur-des-fosses", {}, 0, 10)->empty());
}

TEST_CASE("the body's digest and the request's signature are those of what is sent") {
    Office office;
    (void)office.subscribe("https://hook.example:8443/a?b=c", ALL);
    (void)office.declare("Léa");
    office.send_all();
    REQUIRE(office.receivers.posted.size() == 1);
    const OutgoingEvent& event = office.receivers.posted[0];
    CHECK(*wire::field_value(event.headers, "content-digest") ==
          wire::write_content_digest(security::sha256(event.body)));
    const auto signatures = wire::read_signatures(event.headers);
    REQUIRE(signatures);
    REQUIRE(signatures->size() == 1);
    wire::HttpMessage message;
    message.method = "POST";
    message.authority = "hook.example:8443";
    message.path = "/a";
    message.query = "b=c";
    message.headers = event.headers;
    const auto base = wire::signature_base(message, signatures->front().covered);
    REQUIRE(base);
    CHECK(base->find("\"@target-uri\": https://hook.example:8443/a?b=c\n") != std::string::npos);
    CHECK(security::verify_p256(office.keys.signing_key().key.public_point(), *base, signatures->front().signature));
}

TEST_CASE("an answer that is none is tried again with growing waits, the same event each time, and then taken") {
    Office office;
    (void)office.subscribe("https://hook.example/", ALL);
    (void)office.declare("Léa");
    for (const Response& answer : {Response{500, {}}, Response{302, {}}, Response{404, {}}, Response{0, "Timeout"}}) {
        office.receivers.answers["hook.example"] = answer;
        const std::size_t before = office.receivers.posted.size();
        office.send_all();
        CHECK(office.receivers.posted.size() == before + 1);
        office.send_all();
        CHECK(office.receivers.posted.size() == before + 1); // it rests
        const auto delivery = office.logged()[0];
        CHECK(delivery.state == "queued");
        CHECK(delivery.status == answer.status);
        CHECK_FALSE(delivery.reason.empty());
        office.town.clock.at += 3600;
    }
    office.receivers.answers.clear();
    office.send_all();
    CHECK(office.logged()[0].state == "delivered");
    CHECK(office.logged()[0].attempts == 5);
    for (const OutgoingEvent& event : office.receivers.posted)
        CHECK(event.body == office.receivers.posted[0].body);
    CHECK(office.town.store().webhooks("oudon")->front().failures == 0);
}

TEST_CASE("waits double up to an hour, and chance takes away up to half") {
    CHECK(webhooks::delivery_delay(1, 0) == 60);
    CHECK(webhooks::delivery_delay(2, 0) == 120);
    CHECK(webhooks::delivery_delay(2, 1) == 60);
    CHECK(webhooks::delivery_delay(40, 0) == 3600);
}

TEST_CASE("a receiver that hangs keeps no other waiting, and loses nothing") {
    Office office;
    (void)office.subscribe("https://hangs.example/", ALL);
    (void)office.subscribe("https://good.example/", ALL);
    office.receivers.answers["hangs.example"] = {0, "Timeout was reached"};
    for (int i = 0; i < 5; ++i)
        (void)office.declare("Léa");
    office.send_all();
    const auto to = [&](const char* host) {
        return std::count_if(office.receivers.posted.begin(), office.receivers.posted.end(),
                             [&](const OutgoingEvent& event) { return event.to.host == host; });
    };
    CHECK(to("good.example") == 5);
    CHECK(to("hangs.example") == 1);
    office.receivers.answers.clear();
    office.town.clock.at += 3600;
    office.send_all();
    CHECK(to("hangs.example") == 6);
    CHECK(office.logged("queued").empty());
}

TEST_CASE("an event that only it refuses does not hold up the others for long") {
    Office office;
    (void)office.subscribe("https://hook.example/", ALL);
    (void)office.declare("Léa");
    office.receivers.answers["hook.example"] = {500, {}};
    office.send_all();
    office.receivers.answers.clear();
    (void)office.declare("Tom");
    office.town.clock.at += 61;
    office.send_all();
    CHECK(office.logged("queued").size() <= 1);
    CHECK(office.logged("delivered").size() >= 1);
}

TEST_CASE("after two days, or at 410, an event is given up, and sent again by a press") {
    Office office;
    (void)office.subscribe("https://hook.example/", ALL);
    (void)office.declare("Léa");
    office.receivers.answers["hook.example"] = {503, {}};
    office.send_all();
    office.town.clock.at += webhooks::GIVEN_UP_AFTER;
    office.send_all();
    REQUIRE(office.logged("dead").size() == 1);
    (void)office.declare("Tom");
    office.receivers.answers["hook.example"] = {410, {}};
    office.town.clock.at += 3600;
    office.send_all();
    CHECK(office.logged("dead").size() == 2);

    office.receivers.answers.clear();
    const auto dead = office.logged("dead").back();
    CHECK(*office.town.store().deliver_again("oudon", dead.id, office.town.clock.at, office.line()));
    CHECK_FALSE(*office.town.store().deliver_again("saint-maur-des-fosses", dead.id, 0, office.line()));
    office.send_all();
    CHECK(office.logged("delivered").size() == 1);
    const auto id = [&](std::size_t which) {
        return wire::parse_json(office.receivers.posted[which].body)->find("id")->text();
    };
    CHECK(id(office.receivers.posted.size() - 1) == id(0));
}

TEST_CASE("an address that is no longer allowed is called no more") {
    Office office;
    // As an earlier configuration allowed it.
    (void)office.subscribe("http://127.0.0.1:1/", ALL);
    (void)office.declare("Léa");
    office.send_all();
    CHECK(office.receivers.posted.empty());
    CHECK(office.logged()[0].reason == "its address is no longer allowed");
}

TEST_CASE("a removed receiver is told nothing more; a test reaches a receiver of anything, also one that rests") {
    Office office;
    const WebhookId hook = office.subscribe("https://hook.example/", {"submission.withdrawn"});
    office.receivers.answers["hook.example"] = {500, {}};
    CHECK(*office.town.store().test_webhook("oudon", hook, office.town.clock.at, office.line()));
    office.send_all();
    office.receivers.answers.clear();
    CHECK(*office.town.store().test_webhook("oudon", hook, office.town.clock.at, office.line()));
    office.send_all();
    CHECK(office.logged("delivered").size() == 1);
    CHECK(office.events().back() == "webhook.test");
    CHECK(wire::parse_json(office.receivers.posted.back().body)->find("number") == nullptr);
    CHECK_FALSE(*office.town.store().test_webhook("saint-maur-des-fosses", hook, 0, office.line()));
    CHECK_FALSE(*office.town.store().remove_webhook("saint-maur-des-fosses", hook, 0, office.line()));
    CHECK(*office.town.store().remove_webhook("oudon", hook, office.town.clock.at, office.line()));
    CHECK_FALSE(*office.town.store().remove_webhook("oudon", hook, office.town.clock.at, office.line()));
    CHECK(office.logged("queued").empty());
    CHECK_FALSE(
        *office.town.store().deliver_again("oudon", office.logged()[0].id, office.town.clock.at, office.line()));
    office.town.clock.at += 3600;
    office.send_all();
    CHECK(office.logged("delivered").size() == 1);
}

TEST_CASE("ten receivers a town, and each of them is told") {
    Office office;
    for (int i = 0; i < store::WebhookStore::MOST_WEBHOOKS; ++i)
        (void)office.subscribe("https://hook.example/" + std::to_string(i), {"submission.received"});
    const auto one_more =
        office.town.store().add_webhook({"oudon", "https://hook.example/", {"submission.received"}, 0}, office.line());
    REQUIRE(one_more);
    CHECK_FALSE(*one_more);
    (void)office.declare("Léa");
    office.send_all();
    CHECK(office.logged().size() == 10);
}

TEST_CASE("a lease ends with its time, or when the process that held it is known to be gone") {
    Office office;
    (void)office.subscribe("https://hook.example/", ALL);
    (void)office.declare("Léa");
    auto& store = office.town.store();
    const UnixSeconds now = office.town.clock.at;
    REQUIRE(store.lease_deliveries(now, now + 600)->size() == 1);
    CHECK(store.lease_deliveries(now + 599, now + 1200)->empty());
    CHECK(store.lease_deliveries(now + 600, now + 1200)->size() == 1);
    REQUIRE(store.end_delivery_leases());
    CHECK(store.lease_deliveries(now + 601, now + 1200)->size() == 1);
}
