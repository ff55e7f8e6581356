// Decisions that wait: taken back, carried out once, also by a server that was killed in between.
#include "office.h"

#include "support/log.h"

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;

namespace {

class Bulk {
public:
    explicit Bulk(Town& town) : m_town(town) {}

    store::DecisionBatch make(const std::string& id, const std::vector<std::string>& numbers,
                              const households::Decision& decision) {
        store::DecisionBatch batch;
        batch.id = id;
        batch.portal = "oudon";
        batch.by = *decision.by;
        batch.actor = "staff:1";
        batch.action = desk::written(decision);
        batch.made_at = m_town.clock.at;
        batch.due_at = m_town.clock.at + desk::UNDO_SECONDS;
        for (const std::string& number : numbers) {
            const auto record = m_town.record(number);
            batch.entries.push_back({number, record.id, record.moves(), {}});
        }
        auto made = m_town.store().make_batch(batch, line_of(m_town, "bulk.accept"));
        REQUIRE(made);
        return std::move(*made);
    }
    // A server that has just started, as far as decisions are concerned.
    int work() { return desk::BulkWorker(m_town.store(), m_town.decisions(), m_town.clock, m_log).work_through(); }
    store::UndoOutcome undo(const std::string& id, const store::Colleague& who) {
        const auto undone =
            m_town.store().undo_batch("oudon", id, who.id, m_town.clock.at, line_of(m_town, "bulk.undo"));
        REQUIRE(undone);
        return *undone;
    }

private:
    Town& m_town;
    Log m_log{[](std::string_view) {}};
};

} // namespace

TEST_CASE("a decision that can be taken back is made when its time has come, by the server, once") {
    Town town;
    Bulk bulk(town);
    const std::string number = one_child(town, town.move_in("anne"));
    const std::int64_t mails = town.count("SELECT count(*) FROM mails");
    (void)bulk.make("b1", {number}, by(town, JEANNE, DecisionKind::accept));
    CHECK(town.record(number).pending == "b1");
    CHECK(bulk.work() == 0);
    const auto meanwhile = town.decide(number, by(town, PAUL, DecisionKind::refuse));
    REQUIRE_FALSE(meanwhile);
    town.clock.at += desk::UNDO_SECONDS;
    CHECK(bulk.undo("b1", JEANNE) == store::UndoOutcome::too_late);
    CHECK(bulk.work() == 1);
    CHECK(bulk.work() == 0);
    const auto record = town.record(number);
    CHECK(record.state == "accepted");
    CHECK(record.pending.empty());
    CHECK(*record.history.back().by == JEANNE);
    CHECK(town.count("SELECT count(*) FROM mails") == mails + 1);
    CHECK(town.store().find_batch("oudon", "b1").value()->state == "applied");
    CHECK(bulk.undo("b1", JEANNE) == store::UndoOutcome::too_late);
}

TEST_CASE("what is taken back is never made, and may be decided otherwise") {
    Town town;
    Bulk bulk(town);
    const std::string number = one_child(town, town.move_in("anne"));
    (void)bulk.make("b1", {number}, by(town, JEANNE, DecisionKind::accept));
    CHECK(bulk.undo("b1", PAUL) == store::UndoOutcome::unknown); // not Paul's
    CHECK(bulk.undo("b2", JEANNE) == store::UndoOutcome::unknown);
    CHECK(bulk.undo("b1", JEANNE) == store::UndoOutcome::undone);
    CHECK(bulk.undo("b1", JEANNE) == store::UndoOutcome::undone);
    town.clock.at += 3600;
    CHECK(bulk.work() == 0);
    CHECK(town.record(number).state == "received");
    REQUIRE(town.decide(number, by(town, PAUL, DecisionKind::accept)));
}

TEST_CASE("one request has one waiting decision, and the others of the bulk go on") {
    Town town;
    Bulk bulk(town);
    const std::string one = one_child(town, town.move_in("anne"));
    const std::string two = one_child(town, town.move_in("berthe"));
    (void)bulk.make("b1", {one}, by(town, JEANNE, DecisionKind::accept));
    const auto second = bulk.make("b2", {one, two}, by(town, PAUL, DecisionKind::accept));
    CHECK(second.entries[0].outcome == "decision_pending");
    CHECK(second.entries[1].outcome.empty());
    town.clock.at += desk::UNDO_SECONDS;
    CHECK(bulk.work() == 2);
    CHECK(town.record(one).state == "accepted");
    CHECK(town.record(two).state == "accepted");
}

TEST_CASE("a server killed between two decisions of a bulk makes the rest after its next start, none twice") {
    Town town;
    Bulk bulk(town);
    std::vector<std::string> numbers;
    for (const char* name : {"anne", "berthe", "carole", "denise"})
        numbers.push_back(one_child(town, town.move_in(name)));
    const std::int64_t mails = town.count("SELECT count(*) FROM mails");
    (void)bulk.make("b1", numbers, by(town, JEANNE, DecisionKind::accept));
    town.clock.at += desk::UNDO_SECONDS;
    // Killed after the first: it is durable with its mail, its line and its entry; the batch still waits.
    auto first = by(town, JEANNE, DecisionKind::accept);
    first.settles = "b1";
    first.version = town.record(numbers[0]).moves();
    REQUIRE(town.decide(numbers[0], first));
    // Meanwhile the family of the second has done something: it is not decided on what nobody has seen.
    REQUIRE(town.database().write([&](sqlite::Connection& db) {
        return db.run("INSERT INTO submission_events (submission_id, at, event, note)"
                      " SELECT id, 1, 'corrected', '' FROM submissions WHERE number = ?",
                      numbers[1]);
    }));
    CHECK(bulk.work() == 2);
    CHECK(town.record(numbers[0]).state == "accepted");
    CHECK(town.record(numbers[1]).state == "received");
    CHECK(town.record(numbers[2]).state == "accepted");
    CHECK(town.record(numbers[3]).state == "accepted");
    CHECK(town.count("SELECT count(*) FROM mails") == mails + 3);
    const auto batch = town.store().find_batch("oudon", "b1").value();
    CHECK(batch->state == "applied");
    CHECK(batch->entries[0].outcome == "done");
    CHECK(batch->entries[1].outcome == "changed");
}
