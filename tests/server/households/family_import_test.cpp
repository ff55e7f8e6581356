// Families of another system: what is taken, what is refused with its line, and what a second import changes.
#include "households/family_import.h"
#include "town.h"

#include "households/visibility.h"

using namespace foyer;
using namespace foyer::server;
using namespace foyer::server::households;
using foyer::test::Town;

namespace {

constexpr const char* FAMILY =
    "family_id;person_id;kind;first_names;birth_name;birth_date;mobile;address;postal_code;commune;authority;"
    "contact_phone;contact_children;role;living_with\r\n"
    "F1;P1;representative;Anne;Martin;03/11/1985;06 12 34 56 78;\"1; rue \"\"Haute\"\"\";44521;Oudon;;;;;\r\n"
    "F1;P2;representative;Jean;Durand;1984-04-09;;;;;;;;;\r\n"
    "F1;P3;child;Léa;Martin;07/03/2019;;;;;P1 P2;;;;alternating\r\n"
    "F1;P4;contact;Rose;Voisin;;;;;;;0611223344;P3;both;\r\n"
    "F2;P1;representative;Muñoz;Søren;1990-00-00;;;;;;;;;\r\n";

ImportRows rows_of(const std::string& csv) {
    const auto table = read_csv(csv);
    REQUIRE(table);
    return read_rows(*table, {{2026, 11, 23}}, {}, foyer::test::texts_in("en"));
}

ImportOutcome import(Town& town, const std::string& csv, OnBadLines bad = OnBadLines::stop,
                     ImportMode mode = ImportMode::write) {
    const auto outcome = import_families(town.store(), "oudon", rows_of(csv), bad, mode, town.clock.at);
    REQUIRE(outcome);
    return *outcome;
}

std::string told(const std::vector<LineMistake>& mistakes) {
    std::string text;
    for (const LineMistake& mistake : mistakes)
        text += std::to_string(mistake.line) + ": " + mistake.reason + "\n";
    return text;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("families are imported with their people and the references between them") {
    Town town;
    const auto outcome = import(town, FAMILY);
    INFO(told(outcome.plan.mistakes));
    CHECK(outcome.written);
    CHECK(outcome.plan.new_families == 2);
    CHECK(outcome.plan.new_people == 5);
    const auto family = town.store().find_family("oudon", "F1");
    REQUIRE(family);
    REQUIRE(*family);
    REQUIRE((*family)->people.size() == 4);
    const auto& people = (*family)->people;
    CHECK(people[0].answers.at("address") == "1; rue \"Haute\"");
    CHECK(people[0].answers.at("mobile") == "+33612345678");
    CHECK(people[0].answers.at("birth_date.day") == "3");
    CHECK(people[2].answers.at("authority." + reference_of(people[0].id)) == "yes");
    CHECK(people[2].answers.at("authority." + reference_of(people[1].id)) == "yes");
    CHECK(people[2].answers.at("living_with") == "alternating");
    CHECK(people[3].answers.at("contact_children." + reference_of(people[2].id)) == "yes");
    CHECK(people[3].answers.at("role") == "both");
}

TEST_CASE("the same file imported again changes nothing; another answer changes one person") {
    Town town;
    import(town, FAMILY);
    const auto again = import(town, FAMILY);
    CHECK(again.plan.writes.empty());
    CHECK(again.plan.unchanged_families == 2);
    CHECK(again.plan.unchanged_people == 5);
    const auto changed = import(town, replaced(FAMILY, "06 12 34 56 78", "06 98 76 54 32"));
    CHECK(changed.plan.changed_families == 1);
    CHECK(changed.plan.changed_people == 1);
    CHECK(changed.plan.unchanged_people == 4);
    CHECK(town.count("SELECT count(*) FROM household_people") == 5);
    CHECK(town.count("SELECT count(*) FROM household_person_versions") == 6);
}

TEST_CASE("commas and a byte order mark are read as well") {
    Town town;
    const auto outcome = import(town, "\xEF\xBB\xBF"
                                      "family_id,person_id,kind,first_names,birth_name,birth_date\n"
                                      "F1,P1,representative,\"Anne, Lise\",Martin,1985-11-03");
    INFO(told(outcome.plan.mistakes));
    CHECK(outcome.plan.new_people == 1);
}

TEST_CASE("every bad line is told with its number and reason, and nothing is imported") {
    Town town;
    const std::string csv = std::string(FAMILY) + "F3;P1;representative;Ann3;Martin;1985-11-03;;;;;;;;;\n"
                                                  "F3;P2;child;Tom;Martin;31/02/2019;;;;;;;;;\n"
                                                  "F3;P3;child;Tim;Martin;01/02/2019;;;;;P9;;;;\n"
                                                  "F3;P4;dog;Rex;Martin;01/02/2019;;;;;;;;;\n"
                                                  ";P5;child;Tam;Martin;01/02/2019;;;;;;;;;\n"
                                                  "F3;P6;child;Tum;Martin\n"
                                                  "F1;P3;child;Léa;Martin;07/03/2019;;;;;;;;;\n"
                                                  "F3;P7;child;Ten;Martin;hier;;;;;;;;;\n"
                                                  "F3;P8;child;T\xff;Martin;01/02/2019;;;;;;;;;\n"
                                                  "F3;P9x;contact;Rex;Martin;;;;;;;1;;both;\n";
    const auto outcome = import(town, csv);
    const std::string text = told(outcome.plan.mistakes);
    INFO(text);
    CHECK_FALSE(outcome.written);
    CHECK(outcome.plan.mistakes.size() == 10);
    for (int line = 7; line <= 16; ++line)
        CHECK(text.find(std::to_string(line) + ": ") != std::string::npos);
    CHECK(text.find("“P9” is nobody of this family") != std::string::npos);
    CHECK(text.find("UTF-8") != std::string::npos);
    CHECK(town.count("SELECT count(*) FROM household_people") == 0);

    const auto skipped = import(town, csv, OnBadLines::skip);
    CHECK(skipped.written);
    CHECK(skipped.plan.new_people == 5);
    CHECK(town.count("SELECT count(*) FROM household_people") == 5);
}

TEST_CASE("leaving out a bad line leaves out whoever needs it") {
    Town town;
    const auto outcome =
        import(town,
               "family_id;person_id;kind;first_names;birth_name;birth_date;authority;contact_children\n"
               "F1;P1;representative;Anne;Martin;1985-99-03;;\n"
               "F1;P2;child;Léa;Martin;2019-03-07;P1;\n"
               "F1;P3;contact;Rose;Voisin;;;P2\n"
               "F1;P4;contact;Luc;Voisin;;;\n",
               OnBadLines::skip);
    INFO(told(outcome.plan.mistakes));
    CHECK(outcome.plan.mistakes.size() == 3);
    CHECK(outcome.plan.new_people == 1);
}

TEST_CASE("columns that nobody knows, twice the same one, or a needed one missing stop at the first line") {
    for (const auto& [header, word] :
         {std::pair("family_id;person_id;kind;colour", "colour"), std::pair("family_id;person_id;kind;kind", "twice"),
          std::pair("family_id;kind", "person_id")}) {
        const ImportRows rows = rows_of(std::string(header) + "\n");
        REQUIRE(rows.mistakes.size() == 1);
        CHECK(rows.mistakes.front().line == 1);
        CHECK(rows.mistakes.front().reason.find(word) != std::string::npos);
    }
    Town town;
    CHECK_FALSE(import(town, "family_id;person_id;kind;colour\nF1;P1;child;red\n", OnBadLines::skip).written);
}

TEST_CASE("a dry run says what would change and changes nothing") {
    Town town;
    const auto outcome = import(town, FAMILY, OnBadLines::stop, ImportMode::dry_run);
    CHECK_FALSE(outcome.written);
    CHECK(outcome.plan.new_people == 5);
    CHECK(town.count("SELECT count(*) FROM households") == 0);
}

TEST_CASE("what a person has said through the account stays; a column the file lacks stays") {
    Town town;
    import(town, FAMILY);
    const auto anne = town.move_in("anne");
    REQUIRE(town.database().write([&](sqlite::Connection& db) {
        return db.run("UPDATE household_people SET account_id = ? WHERE first_names = 'Anne'", anne.account.number());
    }));
    import(town, replaced(FAMILY, "06 12 34 56 78", "06 98 76 54 32"));
    CHECK((*town.store().find_family("oudon", "F1"))->people[0].answers.at("mobile") == "+33612345678");
    import(town, "family_id;person_id;kind;first_names;birth_name;birth_date\nF1;P3;child;Léa;Martin;08/03/2019\n");
    const auto people = (*town.store().find_family("oudon", "F1"))->people;
    CHECK(people[2].answers.at("birth_date.day") == "8");
    CHECK(people[2].answers.at("living_with") == "alternating");
    CHECK(town.count("SELECT count(*) FROM account_changes WHERE account_id = 1") == 1);
}

TEST_CASE("a birth is imported over the expected child; other changes of kind are refused") {
    Town town;
    const std::string header = "family_id;person_id;kind;first_names;birth_name;birth_date;expected_date\n";
    import(town, header + "F1;P1;expected_child;;Martin;;2027-03-01\n");
    const auto born = import(town, header + "F1;P1;child;Zoé;Martin;2026-11-20;\n");
    CHECK(born.plan.changed_people == 1);
    CHECK(town.count("SELECT count(*) FROM household_people WHERE kind = 'child'") == 1);
    const auto refused = import(town, header + "F1;P1;representative;Zoé;Martin;1980-11-20;\n");
    CHECK_FALSE(refused.written);
    CHECK(refused.plan.mistakes.size() == 1);
}

TEST_CASE("the document names every column there is, and its example is imported") {
    const auto document = read_file(std::string(FOYER_SOURCE_DIR) + "/docs/families-csv.md");
    REQUIRE(document);
    for (const std::string& column : import_columns()) {
        INFO(column);
        CHECK(document->find("`" + column + "`") != std::string::npos);
    }
    const std::size_t start = document->find("```\n") + 4;
    Town town;
    const auto outcome = import(town, document->substr(start, document->find("```", start) - start));
    INFO(told(outcome.plan.mistakes));
    CHECK(outcome.plan.new_people == 3);
}
