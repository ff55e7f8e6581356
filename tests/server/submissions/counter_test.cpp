// What an agent has a hand in: marked as such, told in the audit log in the same transaction, once.
#include "../households/town.h"
#include "security/tokens.h"
#include "sqlite/audit_rows.h"

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;
using households::Decision;

namespace {

store::Reception by_luc(const std::string& origin) {
    store::Reception reception;
    reception.origin = origin;
    reception.by = store::Colleague{store::StaffId(7), "Luc"};
    reception.make_line = [](const std::string& number) {
        return store::NewAuditLine{"oudon", 1, "staff:7", "submission.hand_in", "submission:" + number};
    };
    return reception;
}

struct Brought {
    Town town;
    Resident anne = town.move_in("anne");
    std::string id = Device::new_envelope_id();
    SignedRequest request;

    explicit Brought(store::Answers answers = {})
        : request((put(answers, "children.0", child_named("Léa")),
                   town.seal(anne.device, town.payload_of(form::Procedure::entourage, answers, anne.reference), id))) {}

    [[nodiscard]] security::VerifiedRequest sender() const {
        security::VerifiedRequest verified;
        verified.thumbprint = anne.device.thumbprint();
        verified.digest = security::sha256(request.body);
        return verified;
    }
    [[nodiscard]] Town::Received hand_in(const std::string& where = "oudon") const {
        return town.intake().hand_in(*wire::Uuid::parse(id), request.body, sender(), {where, by_luc("file")});
    }
};

std::optional<IntakeObstacle> obstacle(const Town::Received& received) {
    const auto* found = received ? nullptr : std::get_if<IntakeObstacle>(&received.error());
    return found ? std::optional(*found) : std::nullopt;
}

} // namespace

TEST_CASE("a file handed in says so, and whose hand it was, in the request, its history and the audit log") {
    Brought brought;
    const auto received = brought.hand_in();
    REQUIRE(received);
    CHECK(received->fresh);
    const store::SubmissionRecord record = brought.town.record(brought.town.latest(brought.anne).number);
    CHECK(record.origin == "file");
    REQUIRE(record.history.size() == 1);
    CHECK(record.history.front().event == "received");
    CHECK(record.history.front().code == "file");
    CHECK(record.history.front().by == store::Colleague{store::StaffId(7), "Luc"});
    const auto lines = brought.town.store().latest_audit_lines("oudon", 0, 10);
    REQUIRE(lines);
    REQUIRE(lines->size() == 1);
    CHECK(lines->front().action == "submission.hand_in");
    CHECK(lines->front().object == "submission:" + record.number);
    CHECK(lines->front().actor == "staff:7");
}

TEST_CASE("what a device sends itself names nobody of the town hall") {
    Town town;
    const Resident anne = town.move_in("anne");
    const store::SubmissionRecord record = town.record(town.latest(anne).number);
    CHECK(record.origin == "online");
    CHECK(record.history.front().code.empty());
    CHECK_FALSE(record.history.front().by);
    CHECK(town.count("SELECT count(*) FROM audit_log") == 0);
}

TEST_CASE("a file is stored once, whether the device or an agent comes first, and keeps the mark of the first") {
    Brought agent_first;
    const auto handed = agent_first.hand_in();
    REQUIRE(handed);
    const auto sent = agent_first.town.receive_again(agent_first.anne.device, agent_first.request, agent_first.id);
    REQUIRE(sent);
    CHECK_FALSE(sent->fresh);
    CHECK(sent->receipt == handed->receipt);
    CHECK_FALSE(agent_first.hand_in()->fresh);
    CHECK(agent_first.town.count("SELECT count(*) FROM submissions WHERE procedure = 2 AND origin = 'file'") == 1);
    CHECK(agent_first.town.count("SELECT count(*) FROM audit_log") == 1);

    Brought device_first;
    REQUIRE(device_first.town.receive_again(device_first.anne.device, device_first.request, device_first.id));
    const auto again = device_first.hand_in();
    REQUIRE(again);
    CHECK_FALSE(again->fresh);
    CHECK(device_first.town.count("SELECT count(*) FROM submissions WHERE procedure = 2 AND origin = 'online'") == 1);
    CHECK(device_first.town.count("SELECT count(*) FROM audit_log") == 0);
}

TEST_CASE("another town's file is not taken, and its receipt is told to nobody there") {
    Brought brought;
    CHECK(obstacle(brought.hand_in("saint-maur-des-fosses")) == IntakeObstacle::other_town);
    REQUIRE(brought.hand_in());
    CHECK(obstacle(brought.hand_in("saint-maur-des-fosses")) == IntakeObstacle::other_town);
    CHECK(brought.town.count("SELECT count(*) FROM submissions WHERE procedure = 2") == 1);
}

TEST_CASE("a file needs no stamp at the counter, and the public way still asks for one") {
    Brought brought;
    const auto id = *wire::Uuid::parse(brought.id);
    const auto refused = brought.town.intake().receive(id, brought.request.body, brought.sender(), std::nullopt);
    REQUIRE_FALSE(refused);
    CHECK(std::get<SealedRefusal>(refused.error()).kind == SealedRefusal::Kind::stamp);
    CHECK(brought.hand_in());
}

TEST_CASE("a file whose bytes are not as they were sealed leaves nothing, not even a line") {
    Brought brought;
    brought.request.body.back() = static_cast<char>(brought.request.body.back() ^ 1);
    const auto refused = brought.hand_in();
    REQUIRE_FALSE(refused);
    CHECK(std::get<SealedRefusal>(refused.error()).kind == SealedRefusal::Kind::not_opened);
    brought.request.body = "ENV1 and then nothing";
    CHECK(std::get<SealedRefusal>(brought.hand_in().error()).kind == SealedRefusal::Kind::malformed);
    CHECK(brought.town.count("SELECT count(*) FROM submissions WHERE procedure = 2") == 0);
    CHECK(brought.town.count("SELECT count(*) FROM audit_log") == 0);
}

TEST_CASE("a file of somebody who has not logged in on its device waits for that, and is good afterwards") {
    Brought brought;
    REQUIRE(brought.town.store().unbind_device("oudon", brought.anne.device.thumbprint()));
    CHECK(obstacle(brought.hand_in()) == IntakeObstacle::not_logged_in);
    REQUIRE(brought.town.store().bind_device("oudon", brought.anne.device.thumbprint(), "key", brought.anne.account,
                                             brought.town.clock.at, {}));
    CHECK(brought.hand_in());
}

TEST_CASE("a correction handed in is told in the history; the request stays what it was") {
    Town town;
    const Resident anne = town.move_in("anne");
    store::Answers answers;
    put(answers, "children.0", child_named("Léa"));
    const std::string number = town.declare(anne, answers);
    REQUIRE(town.decide(number, {Decision::Kind::ask, {}, {"children.0.birth_date"}, "Merci de vérifier."}));
    wire::Payload correction = town.payload_of(form::Procedure::entourage,
                                               {{"children.0.birth_date.day", "8"},
                                                {"children.0.birth_date.month", "3"},
                                                {"children.0.birth_date.year", "2019"}},
                                               anne.reference);
    correction.corrects = wire::Uuid::from_bytes(town.latest(anne).envelope_id)->text();
    const std::string id = Device::new_envelope_id();
    const SignedRequest request = town.seal(anne.device, correction, id);
    security::VerifiedRequest sender;
    sender.thumbprint = anne.device.thumbprint();
    sender.digest = security::sha256(request.body);
    REQUIRE(town.intake().hand_in(*wire::Uuid::parse(id), request.body, sender, {"oudon", by_luc("file")}));
    const store::SubmissionRecord record = town.record(number);
    CHECK(record.origin == "online");
    CHECK(record.history.back().event == "corrected");
    CHECK(record.history.back().code == "file");
    CHECK(record.history.back().by == store::Colleague{store::StaffId(7), "Luc"});
    CHECK(town.count("SELECT count(*) FROM audit_log WHERE action = 'submission.hand_in'") == 1);
}

namespace {

// An agent of the town with a ticket that is good until 2,000.
struct AtTheCounter {
    Town town;
    store::StaffId luc;
    std::string ticket = security::hash_token("ticket");

    AtTheCounter() {
        const auto made = town.store().add_staff({"oudon", "luc@oudon.fr", "luc@oudon.fr", "Luc", {}, {}, "hash", 0, 1},
                                                 {"oudon", 1, "terminal", "staff.add", {}});
        REQUIRE(made);
        REQUIRE(*made);
        luc = **made;
        REQUIRE(town.store().add_counter_ticket({"oudon", luc, ticket, 1'000, 2'000},
                                                {"oudon", 1'000, "staff:1", "counter.open", {}}));
    }
    [[nodiscard]] std::string agent(const std::string& device, UnixSeconds now = 1'500,
                                    const std::string& portal = "oudon") {
        const auto found = town.store().use_counter_ticket({portal, ticket, std::string(32, device[0]), now});
        REQUIRE(found);
        return *found ? (*found)->name : "nobody";
    }
};

} // namespace

TEST_CASE("a ticket of the counter is good for its town, until its end, and for the first device that shows it") {
    AtTheCounter counter;
    CHECK(counter.agent("a", 1'500, "saint-maur-des-fosses") == "nobody");
    CHECK(counter.agent("a", 2'000) == "nobody");
    CHECK(counter.agent("a") == "Luc");
    CHECK(counter.agent("a") == "Luc");
    CHECK(counter.agent("b") == "nobody");
    CHECK(counter.agent("a", 1'999) == "Luc");
    counter.ticket = security::hash_token("another");
    CHECK(counter.agent("a") == "nobody");
}

TEST_CASE("a ticket of an agent who is disabled marks nothing") {
    AtTheCounter counter;
    store::StaffChange change;
    change.portal = "oudon";
    change.staff = counter.luc;
    change.disabled = true;
    change.keeps_an_administrator = false;
    REQUIRE(counter.town.store().change_staff(change, {"oudon", 1'400, "terminal", "staff.change", {}}));
    CHECK(counter.agent("a") == "nobody");
}

TEST_CASE("tickets that are over are forgotten when the next one is made, and each is a line of the audit log") {
    AtTheCounter counter;
    REQUIRE(counter.town.store().add_counter_ticket({"oudon", counter.luc, security::hash_token("next"), 2'000, 3'000},
                                                    {"oudon", 2'000, "staff:1", "counter.open", {}}));
    CHECK(counter.town.count("SELECT count(*) FROM counter_tickets") == 1);
    CHECK(counter.town.count("SELECT count(*) FROM audit_log WHERE action = 'counter.open'") == 2);
}
