// Families of another system: what is taken, what is refused with its line, and what a second import changes.
#include "households/family_import.h"
#include "town.h"

#include "households/visibility.h"
#include "store/person_key.h"

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

const i18n::Texts& english() {
    static const i18n::Texts texts = foyer::test::texts_in("en");
    return texts;
}
const i18n::Texts& french() {
    static const i18n::Texts texts = foyer::test::texts_in("fr");
    return texts;
}

ImportRows rows_of(const std::string& csv, const std::vector<form::TownOption>& schools = {}) {
    const form::Context context{{2026, 11, 23}};
    return read_rows(csv, {context, schools, {&english(), &french()}});
}

ImportOutcome import_rows(Town& town, const ImportRows& rows, const ImportWish& wish) {
    const auto outcome = import_families(town.store(), rows, wish,
                                         {"oudon", town.clock.at, "staff:1", "families.import", "families"}, english());
    REQUIRE(outcome);
    return *outcome;
}

ImportOutcome import(Town& town, const std::string& csv, OnBadLines bad = OnBadLines::stop,
                     ImportMode mode = ImportMode::write) {
    return import_rows(town, rows_of(csv), {bad, mode, {}});
}

std::string told(const std::vector<LineMistake>& mistakes) {
    std::string text;
    for (const LineMistake& mistake : mistakes)
        text += std::to_string(mistake.line) + ": " + mistake.column + ": " + mistake.reason + "\n";
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
        CHECK((rows.mistakes.front().column + rows.mistakes.front().reason).find(word) != std::string::npos);
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

TEST_CASE("a plan says of each line what becomes of it, and of a changed one each answer before and after") {
    Town town;
    import(town, FAMILY);
    std::string csv = replaced(FAMILY, "06 12 34 56 78", "06 98 76 54 32");
    csv = replaced(csv, ";P1 P2;;;;alternating", ";P1;;;;P2");
    csv = replaced(csv, "07/03/2019", "17/03/2019") + "F1;P9;child;Zoé;Martin;01/02/2021;;;;;;;;;\n";
    const ImportPlan plan = import(town, csv, OnBadLines::stop, ImportMode::dry_run).plan;
    REQUIRE(plan.rows.size() == 6);
    const auto& anne = plan.rows[0];
    CHECK(anne.line == 2);
    CHECK(anne.name == "Anne Martin");
    CHECK(anne.outcome == RowOutcome::changed);
    REQUIRE(anne.changes.size() == 1);
    CHECK(anne.changes[0].column == "mobile");
    CHECK(anne.changes[0].before == "+33612345678");
    CHECK(anne.changes[0].after == "+33698765432");
    CHECK(plan.rows[1].outcome == RowOutcome::unchanged);
    std::string lea;
    for (const FieldChange& change : plan.rows[2].changes)
        lea += change.column + ": " + change.before + " -> " + change.after + "\n";
    CHECK(lea == "authority: P1 P2 -> P1\nbirth_date: 2019-03-07 -> 2019-03-17\nliving_with: alternating -> P2\n");
    CHECK(plan.rows[5].outcome == RowOutcome::fresh);
    CHECK_FALSE(plan.rows[5].new_family);
    CHECK(town.count("SELECT count(*) FROM household_people") == 5); // nothing was written
}

TEST_CASE("only the plan that was agreed to is written, and its line of the audit log with it") {
    Town town;
    import(town, FAMILY);
    const std::string csv = replaced(FAMILY, "06 12 34 56 78", "06 98 76 54 32");
    const std::string agreed = import(town, csv, OnBadLines::stop, ImportMode::dry_run).plan.digest;
    const auto with = [&](const std::string& digest) {
        return import_rows(town, rows_of(csv), {OnBadLines::stop, ImportMode::write, digest});
    };
    CHECK_FALSE(with(std::string(64, '0')).written);
    // A household changes in between: what would be changed is no longer what was shown.
    import(town, replaced(FAMILY, "06 12 34 56 78", "06 11 11 11 11"));
    CHECK_FALSE(with(agreed).written);
    CHECK((*town.store().find_family("oudon", "F1"))->people[0].answers.at("mobile") == "+33611111111");
    CHECK(town.count("SELECT count(*) FROM audit_log") == 2);
    CHECK(with(import(town, csv, OnBadLines::stop, ImportMode::dry_run).plan.digest).written);
    CHECK(town.count("SELECT count(*) FROM audit_log WHERE action = 'families.import'"
                     " AND details LIKE '%\"changed\":\"1\"%'") == 2);
}

TEST_CASE("a plan is the same whoever makes it, whether it gives ids away or not") {
    Town town;
    const auto dry = import(town, FAMILY, OnBadLines::stop, ImportMode::dry_run).plan.digest;
    CHECK(dry.size() == 64);
    CHECK(import(town, FAMILY).plan.digest == dry);
    CHECK(import(town, FAMILY).plan.digest != dry); // now nothing would change
}

TEST_CASE("choices may be written as the page shows them, in French and in English") {
    Town town;
    const std::string header = "family_id;person_id;kind;first_names;birth_name;civility;link_to_children\n";
    const auto outcome = import(town, header + "F1;P1;representative;Anne;Martin;Madame;Mère\n"
                                               "F1;P2;representative;Jean;Martin;monsieur;father\n");
    INFO(told(outcome.plan.mistakes));
    REQUIRE(outcome.written);
    CHECK((*town.store().find_family("oudon", "F1"))->people[0].answers.at("link_to_children") == "mother");
}

TEST_CASE("every kind of broken line is told for its line and column, and none of them stops the others") {
    Town town;
    std::string csv = "\xEF\xBB\xBF"
                      "family_id;person_id;kind;first_names;birth_name;birth_date;school\r\n";
    const std::vector<std::pair<std::string, std::string>> lines = {
        {"G1;P1;representative;Mu\xF1oz;Martin;1985-11-03;", "encoding"},       // Windows-1252
        {"G2;P1;representative;\"Anne;Martin;1985-11-03;", "text_after_quote"}, // closed by the line after it
        {"G3;P1;representative;\"Anne\"x;Martin;1985-11-03;", "text_after_quote"},
        {"G4;P1;representative;Anne;Martin;1985-11-03;;;", "wrong_count"},
        {"G5;P1;representative;Anne", "wrong_count"},
        {"G6;P1;representative;=HYPERLINK(\"\"x\"\");Martin;1985-11-03;", "name_characters"},
        {"G7;P1;representative;<b>Anne</b>;Martin;1985-11-03;", "name_characters"},
        {std::string("G8;P1;representative;An") + '\0' + "ne;Martin;1985-11-03;", "forbidden_characters"},
        {"G9;P1;representative;" + std::string(20'000, 'A') + ";Martin;1985-11-03;", "value_too_long"},
        {"G10;P1;representative;" + std::string(1200, 'A') + ";Martin;1985-11-03;", "too_long"},
        {"G11;P1;child;Tom;Martin;31/02/2019;", "date_impossible"},
        {"G12;P1;child;Tom;Martin;2019-13-01;", "date_impossible"},
        {"G13;P1;child;Tom;Martin;demain;", "date"},
        {"G14;P1;child;Tom;Martin;;", "required"},
        {";P1;child;Tom;Martin;2019-01-01;", "missing"},
        {"#G15;P1;child;Tom;Martin;2019-01-01;", "id"},
        {"G16;P1;dog;Rex;Martin;2019-01-01;", "kind"},
        {"G17;P1;representative;Anne;Martin;1985-11-03;Prévert", "not_of_kind"},
        {"GOOD;P1;child;Tom;Martin;2019-01-01;", "person_twice"}};
    csv += "GOOD;P1;child;Léa;Martin;2019-03-07;=1+1\r\n";
    for (const auto& [line, code] : lines)
        csv += line + "\r\n";
    csv += "GOOD;P2;child;Zoé;Martin;2019-03-07;<script>\r\n";
    const ImportPlan plan = import(town, csv, OnBadLines::skip).plan;
    INFO(told(plan.mistakes));
    CHECK(plan.bad_lines == static_cast<int>(lines.size()));
    for (std::size_t i = 0; i < lines.size(); ++i) {
        INFO(lines[i].first.substr(0, 60));
        const auto found = std::find_if(plan.mistakes.begin(), plan.mistakes.end(), [&](const LineMistake& mistake) {
            return mistake.line == static_cast<int>(i) + 3;
        });
        REQUIRE(found != plan.mistakes.end());
        CHECK(found->code == lines[i].second);
        CHECK_FALSE(found->reason.empty());
        CHECK(found->value.size() < 300);
    }
    CHECK(plan.new_people == 2); // text stays text
    CHECK((*town.store().find_family("oudon", "GOOD"))->people[1].answers.at("school") == "<script>");
}

TEST_CASE("a file as a whole that cannot be one is told in one sentence") {
    const auto code_of = [](const std::string& bytes) {
        const ImportRows rows = rows_of(bytes);
        return rows.mistakes.size() == 1 && rows.rows.empty() ? rows.mistakes.front().code : "?";
    };
    CHECK(code_of("") == "no_columns");
    CHECK(code_of(std::string("\xFF\xFE"
                              "f\0a\0",
                              6)) == "encoding");
    CHECK(code_of(std::string(LARGEST_IMPORT + 1, 'x')) == "too_large");
    std::string many = "family_id;person_id;kind\n";
    for (int i = 0; i <= MOST_IMPORT_LINES; ++i)
        many += "a\n";
    CHECK(code_of(many) == "too_many_lines");
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

namespace {

// Two parents whose families the other system holds apart, each with an account; a colleague unites the families.
constexpr const char* APART = "family_id;person_id;kind;first_names;birth_name;birth_date;mobile;authority\n"
                              "F1;P1;representative;Anne;Martin;03/11/1985;06 12 34 56 78;\n"
                              "F1;P2;child;Léa;Martin;07/03/2019;;P1\n"
                              "F2;P1;representative;Jean;Durand;09/04/1984;06 98 76 54 32;\n"
                              "F2;P2;child;Léa;Martin;07/03/2019;;P1\n"
                              "F2;P3;child;Tom;Martin;01/02/2021;;P1\n"
                              "F3;P1;representative;Zoé;Morel;01/01/1990;;\n";

std::int64_t unite(Town& town) {
    const auto anne = town.move_in("anne");
    const auto jean = town.move_in("jean", {{"birth_name", "Durand"}});
    REQUIRE(town.database().write([&](sqlite::Connection& db) {
        db.run("UPDATE household_people SET account_id = ? WHERE first_names = 'Anne'", anne.account.number());
        return db.run("UPDATE household_people SET account_id = ? WHERE first_names = 'Jean'", jean.account.number());
    }));
    const auto merged = town.store().merge({"oudon",
                                            anne.reference,
                                            jean.reference,
                                            false,
                                            {store::StaffId(1), "Jeanne"},
                                            town.clock.at,
                                            {"oudon", town.clock.at, "staff:1", "family.merge", "", {}}});
    REQUIRE(merged);
    REQUIRE(merged->outcome == store::MergeOutcome::done);
    return merged->id;
}

// Everybody who is of a family now: "F1 Anne, F1 Léa, …".
std::string everybody(Town& town) {
    std::string all;
    const auto households = town.store().households_of("oudon");
    REQUIRE(households);
    for (const store::Household& household : *households)
        for (const store::HouseholdPerson& person : household.people)
            if (person.active)
                all += household.family_id + " " + store::answer_in(person.answers, "first_names") + ", ";
    return all;
}

} // namespace

TEST_CASE("the file that two families came from neither parts them again nor doubles anybody after they are united") {
    Town town;
    import(town, APART);
    const std::int64_t merge = unite(town);
    const std::string united = everybody(town);
    CHECK(united == "F1 Anne, F1 Léa, F1 Jean, F1 Tom, F3 Zoé, ");
    const auto outcome = import(town, APART);
    CHECK(outcome.written);
    CHECK(outcome.plan.unchanged_people == 6);
    CHECK(outcome.plan.new_people + outcome.plan.changed_people == 0);
    CHECK(everybody(town) == united);
    // The others of the file, and whoever stayed, are brought up to date as ever.
    const auto changed = import(town, replaced(APART, "07/03/2019", "08/03/2019"));
    CHECK(changed.plan.changed_people == 1);
    CHECK(everybody(town) == united);
    // Somebody new of the family that left is told, and does not found it anew.
    const auto fresh = import(town, std::string(APART) + "F2;P9;child;Ida;Martin;01/02/2024;;P1\n", OnBadLines::skip);
    REQUIRE(fresh.plan.mistakes.size() == 1);
    CHECK(fresh.plan.mistakes.front().value == "P9");
    CHECK(everybody(town) == united);
    // Nothing of that keeps the merge from being undone; from then on the file speaks for both again.
    REQUIRE(town.store()
                .undo_merge("oudon", merge, {store::StaffId(1), "Jeanne"}, town.clock.at,
                            {"oudon", town.clock.at, "staff:1", "merge.undo", "", {}})
                ->outcome == store::MergeOutcome::done);
    CHECK(import(town, std::string(APART) + "F2;P9;child;Ida;Martin;01/02/2024;;P1\n").plan.new_people == 1);
}

TEST_CASE("an import over a family of which somebody gave way leaves the references that the merge has made") {
    Town town;
    const std::string csv = "family_id;person_id;kind;first_names;birth_name;birth_date;authority\n"
                            "F1;P1;representative;Anne;Martin;03/11/1985;\n"
                            "F1;P2;representative;Anne;Martin;03/11/1985;\n"
                            "F1;P3;child;Léa;Martin;07/03/2019;P1 P2\n";
    import(town, csv);
    const auto anne = town.move_in("anne");
    const auto again = town.move_in("annick");
    REQUIRE(town.database().write([&](sqlite::Connection& db) {
        db.run("UPDATE household_people SET account_id = ? WHERE external_id = 'P1'", anne.account.number());
        return db.run("UPDATE household_people SET account_id = ? WHERE external_id = 'P2'", again.account.number());
    }));
    REQUIRE(town.store()
                .merge({"oudon",
                        anne.reference,
                        again.reference,
                        true,
                        {store::StaffId(1), "Jeanne"},
                        town.clock.at,
                        {"oudon", town.clock.at, "staff:1", "account.merge", "", {}}})
                ->outcome == store::MergeOutcome::done);
    const auto before = (*town.store().find_family("oudon", "F1"))->people;
    const auto outcome = import(town, csv);
    CHECK(outcome.plan.unchanged_people == 3);
    const auto after = (*town.store().find_family("oudon", "F1"))->people;
    REQUIRE(after.size() == 3);
    CHECK_FALSE(after[1].active);
    CHECK(after[2].answers == before[2].answers);
    CHECK(after[2].answers.count("authority.k1") == 1);
    CHECK(after[2].answers.count("authority.k2") == 0);
}

TEST_CASE("a plan is thought out anew when a family has changed before it was written") {
    Town town;
    import(town, FAMILY);
    int thoughts = 0;
    std::vector<std::int64_t> versions;
    const auto written = town.store().import(
        "oudon",
        [&](const std::vector<store::Household>& families, store::PersonId) -> std::optional<store::ImportedFamilies> {
            versions.push_back(families.front().version);
            if (++thoughts == 1)
                import(town, replaced(FAMILY, "06 12 34 56 78", "06 98 76 54 32"));
            store::HouseholdWrite write;
            write.household = families.front().id;
            write.people.push_back({families.front().people.front(), false});
            return store::ImportedFamilies{{write}};
        },
        town.clock.at);
    REQUIRE(written);
    CHECK(*written == 1);
    CHECK(thoughts == 2);
    CHECK(versions == std::vector<std::int64_t>{1, 2});
    CHECK((*town.store().find_family("oudon", "F1"))->people[0].answers.at("mobile") == "+33698765432");
}

TEST_CASE("families that never stand still are imported all the same, at last within the transaction") {
    Town town;
    import(town, FAMILY);
    int thoughts = 0;
    const auto written = town.store().import(
        "oudon",
        [&](const std::vector<store::Household>& families, store::PersonId) -> std::optional<store::ImportedFamilies> {
            if (++thoughts < 4) // the fourth time nobody else can write
                REQUIRE(town.database().write([](sqlite::Connection& db) {
                    return db.run("UPDATE households SET changed_at = changed_at + 1");
                }));
            store::HouseholdWrite write;
            write.household = families.front().id;
            return store::ImportedFamilies{{write}};
        },
        town.clock.at);
    REQUIRE(written);
    CHECK(*written == 1);
    CHECK(thoughts == 4);
}
