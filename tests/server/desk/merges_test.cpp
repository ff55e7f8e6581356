// Two accounts of one person, or two families of one household, made one; and exactly as before when it is undone.
#include "office.h"

#include "households/visibility.h"

#include <algorithm>
#include <catch2/generators/catch_generators.hpp>

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;
using store::MergeOutcome;

namespace {

// Every value of the tables a merge touches, but for versions, which only grow.
std::string everything(Town& town) {
    std::string all;
    const auto read = town.database().read([&](sqlite::Connection& db) {
        for (const char* sql :
             {"SELECT 'p' || group_concat(id || ':' || household_id || ':' || ifnull(account_id, '') || ':' ||"
              " ifnull(declared_by, '') || ':' || ifnull(external_id, '') || ':' || state || ':' || answers) FROM "
              "(SELECT * FROM household_people"
              " ORDER BY id)",
              "SELECT 's' || group_concat(id || ':' || account_id || ':' || ifnull(household_id, '')) FROM"
              " (SELECT * FROM submissions ORDER BY id)",
              "SELECT 'm' || group_concat(id || ':' || account_id) FROM (SELECT * FROM messages ORDER BY id)",
              "SELECT 'a' || group_concat(id || ':' || ifnull(merged_into, '')) FROM (SELECT * FROM accounts"
              " ORDER BY id)"})
            db.each(sql, [&](sqlite::Row row) { all += row.text(0) + "\n"; });
        return 0;
    });
    REQUIRE(read);
    return all;
}

store::NewMerge merge_of(const Town& town, const Resident& kept, const Resident& other, bool accounts_too = true) {
    return {
        "oudon", kept.reference, other.reference, accounts_too, JEANNE, town.clock.at, line_of(town, "account.merge")};
}

std::vector<std::string> names(const store::Household& household, store::AccountId account) {
    std::vector<std::string> names;
    for (const auto& person : households::visible_people(household, account))
        names.push_back(person.answers.at("first_names"));
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

TEST_CASE("two accounts of one person become one: requests, messages and family; undone, all is as before") {
    Town town;
    const Resident anne = town.move_in("anne");
    const Resident again = town.move_in("anne2", {{"first_names", "anne"}});
    store::Answers first;
    put(first, "children.0", child_named("Léa"));
    town.accept(town.declare(anne, first));
    store::Answers second;
    put(second, "children.0", child_named("Léa"));
    put(second, "children.1", child_named("Tom", "2021"));
    town.accept(town.declare(again, second));
    const std::string before = everything(town);

    const auto merged = town.store().merge(merge_of(town, anne, again));
    REQUIRE(merged);
    REQUIRE(merged->outcome == MergeOutcome::done);
    const auto snapshot = town.snapshot(anne);
    CHECK(snapshot.submissions.size() == 4);
    REQUIRE(snapshot.household);
    CHECK(names(*snapshot.household, anne.account) == std::vector<std::string>{"Léa", "Tom", "anne"});
    // The other account is nobody's way in any more.
    CHECK_FALSE(town.store().account_of_device("oudon", again.device.thumbprint()).value());
    CHECK_FALSE(town.store().credentials("oudon", "anne2").value());
    CHECK(town.store().find_by_contact("oudon", "anne2", "anne2@example.org")->empty());
    CHECK(town.store().merge(merge_of(town, anne, again))->outcome == MergeOutcome::merged_already);
    CHECK(town.store().merges_of(anne.account)->size() == 1);

    const auto undone =
        town.store().undo_merge("oudon", merged->id, JEANNE, town.clock.at, line_of(town, "merge.undo"));
    REQUIRE(undone);
    CHECK(undone->outcome == MergeOutcome::done);
    CHECK(everything(town) == before);
    CHECK(town.store().account_of_device("oudon", again.device.thumbprint()).value());
    CHECK(town.store().undo_merge("oudon", merged->id, JEANNE, town.clock.at, line_of(town, "merge.undo"))->outcome ==
          MergeOutcome::merged_already);
    CHECK(town.store().verify_audit("oudon")->lines == 2);
}

TEST_CASE("an account without a family gets the other's, and gives it back") {
    Town town;
    const Resident anne = town.move_in("anne");
    const Resident again = town.move_in("anne2", {{"first_names", "anne"}});
    town.accept(one_child(town, again));
    const std::string before = everything(town);
    const auto merged = town.store().merge(merge_of(town, anne, again));
    REQUIRE(merged->outcome == MergeOutcome::done);
    CHECK(names(*town.snapshot(anne).household, anne.account).size() == 2);
    REQUIRE(town.store().undo_merge("oudon", merged->id, JEANNE, town.clock.at, line_of(town, "merge.undo"))->outcome ==
            MergeOutcome::done);
    CHECK(everything(town) == before);
}

TEST_CASE("two parents' families become one household; the parents stay two, with their accounts") {
    Town town;
    const Resident anne = town.move_in("anne");
    const Resident jean = town.move_in("jean", {{"birth_name", "Durand"}});
    town.accept(one_child(town, anne));
    town.accept(one_child(town, jean));
    const std::string before = everything(town);
    const auto merged = town.store().merge(merge_of(town, anne, jean, false));
    REQUIRE(merged->outcome == MergeOutcome::done);
    CHECK(town.snapshot(anne).household->id == town.snapshot(jean).household->id);
    CHECK(town.snapshot(jean).account.id == jean.account);
    CHECK(town.count("SELECT count(*) FROM household_people WHERE kind = 'child' AND state = 'active'") == 1);
    CHECK(town.store().merge(merge_of(town, anne, jean, false))->outcome == MergeOutcome::nothing);
    REQUIRE(town.store().undo_merge("oudon", merged->id, JEANNE, town.clock.at, line_of(town, "merge.undo"))->outcome ==
            MergeOutcome::done);
    CHECK(everything(town) == before);
}

TEST_CASE("imported ids are each family's own: two people with one id stay two, who was there first keeps it") {
    const char* state = GENERATE("active", "removed");
    INFO(state);
    Town town;
    const Resident anne = town.move_in("anne");
    const Resident jean = town.move_in("jean", {{"birth_name", "Durand"}});
    town.accept(one_child(town, anne));
    town.accept(one_child(town, jean, "Tom"));
    REQUIRE(town.database().write([&](sqlite::Connection& db) {
        db.run("UPDATE household_people SET external_id = iif(kind = 'child', 'P2', 'P1')");
        return db.run("UPDATE household_people SET state = ? WHERE first_names = 'Léa'", std::string(state));
    }));
    const std::string before = everything(town);
    const auto merged = town.store().merge(merge_of(town, anne, jean, false));
    REQUIRE(merged);
    REQUIRE(merged->outcome == MergeOutcome::done);
    const auto household = town.snapshot(anne).household;
    REQUIRE(household);
    CHECK(household->id == town.snapshot(jean).household->id);
    CHECK(town.count("SELECT count(*) FROM household_people WHERE first_names = 'Tom' AND state = 'active'"
                     " AND external_id IS NULL") == 1);
    CHECK(town.count("SELECT count(*) FROM household_people WHERE first_names = 'Léa' AND external_id = 'P2'") == 1);
    REQUIRE(town.store().undo_merge("oudon", merged->id, JEANNE, town.clock.at, line_of(town, "merge.undo"))->outcome ==
            MergeOutcome::done);
    CHECK(everything(town) == before);
}

TEST_CASE("one imported id and the same names are one person, whatever day of birth each was given") {
    Town town;
    const Resident anne = town.move_in("anne");
    const Resident jean = town.move_in("jean", {{"birth_name", "Durand"}});
    town.accept(one_child(town, anne));
    store::Answers corrected;
    put(corrected, "children.0", child_named("Léa", "2021"));
    town.accept(town.declare(jean, corrected));
    REQUIRE(town.database().write([&](sqlite::Connection& db) {
        return db.run("UPDATE household_people SET external_id = 'P2' WHERE kind = 'child'");
    }));
    REQUIRE(town.store().merge(merge_of(town, anne, jean, false))->outcome == MergeOutcome::done);
    CHECK(town.count("SELECT count(*) FROM household_people WHERE kind = 'child' AND state = 'active'") == 1);
}

TEST_CASE("a merge whose values were changed since is not undone, and nothing of it is") {
    Town town;
    const Resident anne = town.move_in("anne");
    const Resident jean = town.move_in("jean", {{"birth_name", "Durand"}});
    town.accept(one_child(town, anne));
    town.accept(one_child(town, jean, "Tom"));
    const auto merged = town.store().merge(merge_of(town, anne, jean, false));
    REQUIRE(merged->outcome == MergeOutcome::done);
    REQUIRE(town.database().write([&](sqlite::Connection& db) {
        return db.run("UPDATE household_people SET state = 'removed', household_id = (SELECT max(id) FROM households)"
                      " WHERE first_names = 'Tom'");
    }));
    const std::string before = everything(town);
    const auto undone =
        town.store().undo_merge("oudon", merged->id, JEANNE, town.clock.at, line_of(town, "merge.undo"));
    CHECK(undone->outcome == MergeOutcome::changed);
    CHECK(undone->where == "person");
    CHECK(everything(town) == before);
}

TEST_CASE("nobody is merged with oneself, with a stranger or with another town's") {
    Town town;
    const Resident anne = town.move_in("anne");
    const Resident jean = town.move_in("jean");
    CHECK(town.store().merge(merge_of(town, anne, anne))->outcome == MergeOutcome::same);
    store::NewMerge asked = merge_of(town, anne, jean);
    asked.other = "0000000000000000";
    CHECK(town.store().merge(asked)->outcome == MergeOutcome::unknown);
    asked = merge_of(town, anne, jean);
    asked.portal = "saint-maur-des-fosses";
    CHECK(town.store().merge(asked)->outcome == MergeOutcome::unknown);
    CHECK(town.store().merge(merge_of(town, anne, jean, false))->outcome == MergeOutcome::nothing);
    CHECK(town.store().undo_merge("oudon", 1, JEANNE, town.clock.at, line_of(town, "merge.undo"))->outcome ==
          MergeOutcome::unknown);
    CHECK(town.count("SELECT count(*) FROM audit_log") == 0);
}
