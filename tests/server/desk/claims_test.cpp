// Two agents on one request: who has taken it, what was looked at, and that nothing is decided twice.
#include "office.h"

#include <algorithm>
#include <array>
#include <thread>

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;

TEST_CASE("what one agent has taken, another neither takes, decides nor gives back; a manager gives it back") {
    Town town;
    const std::string number = one_child(town, town.move_in("anne"));
    const auto taken = town.decide(number, by(town, JEANNE, DecisionKind::take));
    REQUIRE(taken);
    CHECK(taken->state == "processing");
    REQUIRE(town.record(number).claimed_by);
    CHECK(*town.record(number).claimed_by == JEANNE);
    // A lost answer is given again.
    REQUIRE(town.decide(number, by(town, JEANNE, DecisionKind::take)));
    CHECK(town.record(number).moves() == taken->version);
    for (const DecisionKind kind : {DecisionKind::take, DecisionKind::accept, DecisionKind::release}) {
        const auto refused = town.decide(number, by(town, PAUL, kind));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == RefusalKind::claimed);
        CHECK(refused.error().state == "processing");
        CHECK(*refused.error().claimed_by == JEANNE);
    }
    auto manager = by(town, PAUL, DecisionKind::release);
    manager.over_claims = true;
    REQUIRE(town.decide(number, manager));
    CHECK_FALSE(town.record(number).claimed_by);
    REQUIRE(town.decide(number, by(town, PAUL, DecisionKind::take)));
    REQUIRE(town.decide(number, by(town, PAUL, DecisionKind::accept)));
    CHECK_FALSE(town.record(number).claimed_by);
    CHECK(*town.record(number).history.back().by == PAUL);
}

TEST_CASE("a decision about what is no longer so is refused, and says how it is") {
    Town town;
    const std::string number = one_child(town, town.move_in("anne"));
    auto late = by(town, JEANNE, DecisionKind::accept);
    late.version = town.record(number).moves();
    REQUIRE(town.decide(number, by(town, JEANNE, DecisionKind::take)));
    const auto refused = town.decide(number, late);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == RefusalKind::changed);
    CHECK(refused.error().version == 2);
    late.version = refused.error().version;
    REQUIRE(town.decide(number, late));
    const auto again = town.decide(number, late);
    REQUIRE_FALSE(again);
    CHECK(again.error().kind == RefusalKind::changed);
    CHECK(again.error().state == "accepted");
}

TEST_CASE("ten agents decide one request at once: one decision, one mail, one line") {
    Town town;
    const std::string number = one_child(town, town.move_in("anne"));
    const std::int64_t version = town.record(number).moves();
    const std::int64_t mails = town.count("SELECT count(*) FROM mails");
    std::array<bool, 10> made{};
    std::vector<std::thread> agents;
    for (std::size_t i = 0; i < made.size(); ++i)
        agents.emplace_back([&, i] {
            households::Decision decision =
                by(town, {store::StaffId(static_cast<std::int64_t>(i) + 1), "agent"}, DecisionKind::accept);
            decision.version = version;
            made[i] = town.decide(number, decision).has_value();
        });
    for (std::thread& agent : agents)
        agent.join();
    CHECK(std::count(made.begin(), made.end(), true) == 1);
    CHECK(town.count("SELECT count(*) FROM mails") == mails + 1);
    CHECK(town.count("SELECT count(*) FROM audit_log WHERE action = 'submission.accept'") == 1);
    CHECK(town.count("SELECT count(*) FROM households") == 1);
    CHECK(town.store().verify_audit("oudon")->lines == 1);
}

TEST_CASE("a refusal gives the town's reason in the family's words, then the agent's, and keeps its key") {
    Town town;
    const Resident anne = town.move_in("anne");
    const std::string number = one_child(town, anne);
    auto refusal = by(town, JEANNE, DecisionKind::refuse);
    refusal.reason_code = "no_such_reason";
    auto refused = town.decide(number, refusal);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == RefusalKind::reason_unknown);
    refusal.reason_code = "outside_town";
    refusal.reason = "Adressez-vous à Couffé.";
    REQUIRE(town.decide(number, refusal));
    const auto event = town.record(number).history.back();
    CHECK(event.note == "Votre adresse n’est pas dans la commune.\nAdressez-vous à Couffé.");
    CHECK(event.code == "outside_town");
    CHECK(town.snapshot(anne).messages.front().parameters.at("reason") == event.note);
}

TEST_CASE("the clock stands still while the family is asked, and goes on when it has answered") {
    Town town;
    const Resident anne = town.move_in("anne");
    const std::string number = one_child(town, anne);
    const store::SubmissionRecord before = town.record(number);
    auto ask = by(town, JEANNE, DecisionKind::ask);
    ask.fields = {"children.0.first_names"};
    ask.message = "Quel est le prénom usuel ?";
    REQUIRE(town.decide(number, ask));
    town.clock.at += UnixSeconds{14} * 24 * 3600; // two weeks: ten working days
    store::QueueQuestion late;
    late.scope.portal = "oudon";
    late.view = store::QueueView::late;
    late.today = "2027-06-01";
    late.procedure = static_cast<std::uint16_t>(form::Procedure::entourage); // her registration is late by then, too
    CHECK(town.store().queue_page(late)->items.empty());                     // it waits for the family
    wire::Payload payload =
        town.payload_of(form::Procedure::entourage, {{"children.0.first_names", "Léa Rose"}}, anne.reference);
    payload.corrects = wire::Uuid::from_bytes(before.envelope_id)->text();
    REQUIRE(town.receive(anne.device, payload));
    const store::SubmissionRecord after = town.record(number);
    CHECK(after.state == "received");
    CHECK_FALSE(after.waiting_since);
    CHECK(before.due_by == "2026-12-01");
    CHECK(after.due_by == "2026-12-15");
    CHECK(town.store().queue_page(late)->items.size() == 1);
}
