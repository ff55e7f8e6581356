// A file of families on its way from a screen: parts, what it would do, and that it does just that.
#include "households/import_desk.h"
#include "town.h"

using namespace foyer;
using namespace foyer::server;
using namespace foyer::server::households;
using foyer::test::Town;
using Kind = ImportRefusal::Kind;

namespace {

const std::string FILE_OF_ONE = "family_id;person_id;kind;first_names;birth_name\nF1;P1;representative;Anne;Martin\n";
const ImportDesk::Owner CLAIRE = {"oudon", store::StaffId(1)};
const ImportDesk::Owner YOUSSEF = {"oudon", store::StaffId(2)};

struct Desk {
    Town town;
    foyer::test::CountingRandom random;
    ImportDesk desk{town.store(), random, town.clock};
    i18n::Texts texts = foyer::test::texts_in("fr");
    form::Context context{{2026, 11, 23}};
    std::vector<form::TownOption> schools;

    [[nodiscard]] RowRules rules() const { return {context, schools, {&texts}}; }
    [[nodiscard]] store::NewAuditLine line() const {
        return {"oudon", town.clock.at, "staff:1", "families.import", "families"};
    }
    std::string send(const std::string& bytes, const ImportDesk::Owner& owner = CLAIRE) {
        const auto id = desk.begin(owner, bytes.size());
        REQUIRE(id);
        REQUIRE(desk.add(owner, *id, 0, bytes));
        return *id;
    }
    auto write(const std::string& id, const std::string& digest, OnBadLines bad = OnBadLines::stop) {
        return desk.write(CLAIRE, id, digest, bad, rules(), line());
    }
};

template <typename Answer> Kind refusal(const Answer& answer) {
    REQUIRE_FALSE(answer);
    return answer.error().kind;
}

} // namespace

TEST_CASE("what was shown is imported, once, however often somebody asks") {
    Desk desk;
    const std::string id = desk.send(FILE_OF_ONE);
    CHECK(refusal(desk.write(id, std::string(64, '0'))) == Kind::not_checked);
    const auto plan = desk.desk.check(CLAIRE, id, desk.rules());
    REQUIRE(plan);
    CHECK((*plan)->new_people == 1);
    CHECK((*desk.desk.shown(CLAIRE, id))->rows.size() == 1);
    CHECK(desk.town.count("SELECT count(*) FROM household_people") == 0);
    const std::string digest = (*plan)->digest;
    CHECK(refusal(desk.write(id, std::string(64, '0'))) == Kind::changed);
    REQUIRE(desk.write(id, digest));
    CHECK((*desk.write(id, digest))->new_people == 1); // an answer that was lost on its way
    CHECK(desk.town.count("SELECT count(*) FROM household_people") == 1);
    CHECK(desk.town.count("SELECT count(*) FROM audit_log") == 1);
}

TEST_CASE("a family that changes between the look and the import stops it, and can be looked at again") {
    Desk desk;
    const std::string first = desk.send(FILE_OF_ONE);
    REQUIRE(desk.write(first, (*desk.desk.check(CLAIRE, first, desk.rules()))->digest));
    std::string other = FILE_OF_ONE;
    other.replace(other.find("Anne"), 4, "Lise");
    const std::string id = desk.send(other);
    const std::string digest = (*desk.desk.check(CLAIRE, id, desk.rules()))->digest;
    REQUIRE(desk.town.database().write([](sqlite::Connection& db) {
        return db.run("UPDATE household_people SET answers = json_set(answers, '$.first_names', 'Rose')");
    }));
    CHECK(refusal(desk.write(id, digest)) == Kind::changed);
    CHECK((*desk.town.store().find_family("oudon", "F1"))->people[0].answers.at("first_names") == "Rose");
    CHECK(desk.write(id, (*desk.desk.check(CLAIRE, id, desk.rules()))->digest));
}

TEST_CASE("parts come in their order, one may come twice, and none beyond the size that was named") {
    Desk desk;
    const auto id = desk.desk.begin(CLAIRE, 10);
    REQUIRE(id);
    CHECK(*desk.desk.add(CLAIRE, *id, 0, "01234") == 5);
    CHECK(*desk.desk.add(CLAIRE, *id, 0, "01234") == 5);
    const auto other = desk.desk.add(CLAIRE, *id, 0, "xxxxx");
    CHECK(refusal(other) == Kind::place);
    CHECK(other.error().received == 5);
    CHECK(refusal(desk.desk.add(CLAIRE, *id, 6, "6789")) == Kind::place);
    CHECK(refusal(desk.desk.add(CLAIRE, *id, 5, "56789x")) == Kind::place);
    CHECK(refusal(desk.desk.add(CLAIRE, *id, SIZE_MAX, "5")) == Kind::place);
    CHECK(refusal(desk.desk.check(CLAIRE, *id, desk.rules())) == Kind::incomplete);
    CHECK(*desk.desk.add(CLAIRE, *id, 5, "56789") == 10);
    CHECK(desk.desk.check(CLAIRE, *id, desk.rules()));
    CHECK(refusal(desk.desk.begin(CLAIRE, LARGEST_IMPORT + 1)) == Kind::too_large);
}

TEST_CASE("a file is its sender's own, one at a time, and forgotten after half an hour") {
    Desk desk;
    const std::string id = desk.send(FILE_OF_ONE);
    CHECK(refusal(desk.desk.check(YOUSSEF, id, desk.rules())) == Kind::gone);
    CHECK(refusal(desk.desk.check({"saint-maur-des-fosses", CLAIRE.staff}, id, desk.rules())) == Kind::gone);
    desk.desk.give_up(YOUSSEF, id);
    CHECK(desk.desk.check(CLAIRE, id, desk.rules()));
    const std::string next = desk.send(FILE_OF_ONE);
    CHECK(refusal(desk.desk.check(CLAIRE, id, desk.rules())) == Kind::gone);
    desk.town.clock.at += ImportDesk::HELD_SECONDS + 1;
    CHECK(refusal(desk.desk.check(CLAIRE, next, desk.rules())) == Kind::gone);
}

TEST_CASE("no more than a few files are held") {
    Desk desk;
    for (std::size_t i = 0; i < ImportDesk::MOST_HELD; ++i)
        CHECK(desk.desk.begin({"oudon", store::StaffId(static_cast<std::int64_t>(i) + 1)}, 1));
    CHECK(refusal(desk.desk.begin({"oudon", store::StaffId(99)}, 1)) == Kind::busy);
    CHECK(desk.desk.begin(CLAIRE, 1)); // in place of her own
}

TEST_CASE("bad lines stop an import until somebody leaves them out") {
    Desk desk;
    const std::string id = desk.send(FILE_OF_ONE + "F2;P1;dog;Rex;Martin\n");
    const auto plan = desk.desk.check(CLAIRE, id, desk.rules());
    REQUIRE(plan);
    CHECK((*plan)->bad_lines == 1);
    CHECK(refusal(desk.write(id, (*plan)->digest)) == Kind::bad_lines);
    CHECK(desk.town.count("SELECT count(*) FROM households") == 0);
    CHECK(desk.write(id, (*plan)->digest, OnBadLines::skip));
    CHECK(desk.town.count("SELECT count(*) FROM households") == 1);
}
