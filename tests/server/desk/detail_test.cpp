// A request as an agent reads it, and who looks like whom.
#include "desk/detail.h"
#include "office.h"

#include <algorithm>

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;

namespace {

desk::Detail read(Town& town, const Resident& resident, const std::string& number) {
    const auto record = town.record(number);
    const auto profile = town.store().profile_before(resident.account, record.id);
    const auto household = town.store().household_of(resident.account);
    REQUIRE(profile);
    REQUIRE(household);
    return desk::detail_of(record, town.portal(), {*profile, *household}, town.texts());
}

const desk::Row* row_of(const desk::Detail& detail, const std::string& key) {
    for (const desk::Section& section : detail.sections)
        for (const desk::Row& row : section.rows)
            if (row.key == key)
                return &row;
    return nullptr;
}

bool has_reason(const store::LookAlike& one, const std::string& reason) {
    return std::find(one.reasons.begin(), one.reasons.end(), reason) != one.reasons.end();
}

} // namespace

TEST_CASE("answers stand in words, each beside what the town knew, and differences are told") {
    Town town;
    const Resident anne = town.move_in("anne");
    const std::string first = one_child(town, anne);
    desk::Detail detail = read(town, anne, first);
    const desk::Row* born = row_of(detail, "children.0.birth_date");
    REQUIRE(born);
    CHECK(born->value == "7 mars 2019");
    CHECK(born->known.empty());
    CHECK_FALSE(born->differs);
    town.accept(first);

    store::Answers answers;
    store::Answers lea = child_named("Léa");
    lea["birth_name"] = "Martin-Durand";
    lea["known"] = "k2";
    put(answers, "children.0", lea);
    detail = read(town, anne, town.declare(anne, answers));
    const desk::Row* name = row_of(detail, "children.0.birth_name");
    REQUIRE(name);
    CHECK(name->known == "Martin");
    CHECK(name->differs);
    CHECK_FALSE(row_of(detail, "children.0.birth_date")->differs);
    const bool correctable =
        std::any_of(detail.correctable.begin(), detail.correctable.end(),
                    [](const desk::Correctable& field) { return field.key == "children.0.birth_date"; });
    CHECK(correctable);
}

TEST_CASE("a registration shows nothing that proves anything, and marks beside their answers") {
    Town town;
    const Resident anne = town.move_in("anne", {{"birth_date.year", "2020"}});
    const std::string number = town.latest(anne).number;
    const desk::Detail detail = read(town, anne, number);
    const desk::Row* born = row_of(detail, "birth_date");
    REQUIRE(born);
    CHECK(born->mark == "age_unlikely");
    for (const desk::Section& section : detail.sections)
        for (const desk::Row& row : section.rows) {
            CHECK(row.key != "password");
            CHECK(row.value.find("Crêpes") == std::string::npos);
        }
    REQUIRE(row_of(detail, "mobile"));
    CHECK(row_of(detail, "mobile")->value == "06 12 34 56 78");
}

TEST_CASE("beside an address and a birth place stands how much is known of it") {
    Town town("saint-maur-des-fosses"); // which asks where somebody was born
    const Resident anne = town.move_in("anne");
    store::SubmissionRecord record = town.record(town.latest(anne).number);
    const auto note = [&](const char* field, const store::Answers& parts) {
        store::Answers answers;
        for (const auto& [part, value] : parts)
            answers[field + part] = value;
        record.answers = answers;
        const desk::Detail detail = desk::detail_of(record, town.portal(), {{}, {}}, town.texts());
        const desk::Row* row = row_of(detail, field);
        return row ? row->note : std::string("no row");
    };
    CHECK(note("address", {{"", "12 b rue d'Alsace"},
                           {".state", "matched"},
                           {".number", "12"},
                           {".repetition", "bis"},
                           {".street", "Rue d'Alsace"}}) == "Dans le fichier des adresses : 12 bis Rue d'Alsace");
    CHECK(note("address", {{"", "12 rue"}, {".state", "probable"}}) ==
          "Proche d’une adresse du fichier, mais pas la même");
    CHECK(note("address", {{"", "12 rue"}, {".state", "entered_by_hand"}}) ==
          "Saisie à la main : pas dans le fichier des adresses");
    CHECK(note("address", {{"", "12 rue"}}) == "Non vérifiée : aucun fichier d’adresses ne couvre cette commune");
    CHECK(note("birth_place", {{".commune", "Saint-Denis"}, {".code", "93066"}}) == "Commune reconnue (INSEE 93066)");
    CHECK(note("birth_place", {{".commune", "Saint-Denis"}, {".country", "FR"}}) == "Commune saisie à la main");
    CHECK(note("birth_place", {{".commune", "Braga"}, {".country", "PT"}}).empty());
}

TEST_CASE("who looks alike is told with the reasons; what ten families share tells them apart no more") {
    Town town;
    const Resident anne = town.move_in("anne");
    const Resident other = town.move_in("anne2", {{"first_names", "ANNE"}, {"email", "Anne@example.org"}});
    const auto record = town.record(town.latest(other).number);
    CHECK(std::any_of(record.marks.begin(), record.marks.end(),
                      [](const store::Mark& mark) { return mark.code == "possible_duplicate"; }));
    const auto found = town.store().look_alikes(record, 10);
    REQUIRE(found);
    REQUIRE(found->size() == 1);
    CHECK(found->front().account == anne.reference);
    CHECK(has_reason(found->front(), "same_person"));
    CHECK(has_reason(found->front(), "same_email"));
    CHECK(has_reason(found->front(), "same_phone"));

    // Two parents who each declare the child: the same family, not the same person.
    const Resident jean = town.move_in("jean", {{"mobile", "+33699999999"}, {"birth_name", "Durand"}});
    const std::string one = one_child(town, anne);
    const std::string two = one_child(town, jean);
    const auto family = town.store().look_alikes(town.record(two), 10);
    REQUIRE(family);
    REQUIRE(family->size() == 1);
    CHECK(family->front().account == anne.reference);
    CHECK(family->front().reasons == std::vector<std::string>{"same_family_member"});
    CHECK(town.store().look_alikes(town.record(two), 0)->empty());
}
