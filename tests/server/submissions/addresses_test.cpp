// Every address that arrives is searched for again: no device's word is taken for it.
#include "submissions/addresses.h"

#include "../households/town.h"
#include "address/builder.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;
using households::Decision;
using store::Answers;

namespace {

struct House {
    const char* street;
    unsigned number;
    const char* repetition;
    const char* insee;
    const char* city;
};
constexpr std::array<House, 5> HOUSES = {{{"Rue d'Alsace", 12, "", "44115", "Oudon"},
                                          {"Rue d'Alsace", 12, "bis", "44115", "Oudon"},
                                          {"Chemin du Port", 3, "", "44115", "Oudon"},
                                          {"Rue de la Gare", 7, "", "44115", "Oudon"},
                                          {"Rue de la Gare", 7, "", "44048", "Couffé"}}};

std::string index_file() {
    address::Builder builder;
    for (const House& house : HOUSES) {
        address::Record record;
        record.street = house.street;
        record.number = house.number;
        record.repetition = house.repetition;
        record.postal_code = "44521";
        record.insee = house.insee;
        record.city = house.city;
        record.position = address::Position{-128'004, 4'734'512};
        (void)builder.add(record);
    }
    return builder.finish();
}

struct Indexed {
    ScratchFolder folder;
    std::shared_ptr<const addresses::TownIndex> index;
    Indexed() {
        REQUIRE(write_file_atomically(folder.file("a.idx"), index_file(), FileMode::readable));
        auto opened = addresses::TownIndex::open(folder.file("a.idx"));
        REQUIRE(opened);
        index = std::move(opened).value();
    }
};

void give_index(Town& town) {
    std::filesystem::create_directories(town.data_folder() + "/addresses");
    REQUIRE(
        write_file_atomically(addresses::index_path(town.data_folder(), "oudon"), index_file(), FileMode::readable));
    town.clock.at += addresses::TownIndexes::LOOK_AFTER;
}

const Answers INVENTED = {{"address", "99 avenue du Roi-Soleil"},
                          {"postal_code", "44521"},
                          {"commune", "Oudon"},
                          {"commune.code", "44115"},
                          {"address.state", "matched"},
                          {"address.number", "99"},
                          {"address.street", "Avenue du Roi-Soleil"},
                          {"address.position", "-1.28,47.34"}};

bool has_mark(const std::vector<store::Mark>& marks, const std::string& field) {
    return std::any_of(marks.begin(), marks.end(),
                       [&](const store::Mark& mark) { return mark.code == ADDRESS_UNVERIFIED && mark.field == field; });
}

const domain::ReferenceData& communes() {
    static const std::string bytes = *read_file(FOYER_REFERENCE);
    static const domain::ReferenceData data = *domain::ReferenceData::read(std::as_bytes(std::span(bytes)));
    return data;
}

std::string said_of(const Answers& answers, const std::string& key) {
    const auto found = answers.find(key);
    return found == answers.end() ? "–" : found->second;
}

} // namespace

TEST_CASE("a device that claims a match for an invented address has it kept as written by hand, with a mark") {
    const Indexed town;
    Answers answers = INVENTED;
    std::vector<store::Mark> marks;
    settle_addresses(town.index.get(), &communes(), answers, marks);
    CHECK(said_of(answers, "address") == "99 avenue du Roi-Soleil");
    CHECK(said_of(answers, "address.state") == "entered_by_hand");
    for (const char* part : {"address.number", "address.repetition", "address.street", "address.position"})
        CHECK(answers.count(part) == 0);
    CHECK(has_mark(marks, "address"));
    CHECK(marks.size() == 1);
}

TEST_CASE("a device that claims nothing for a real address has it matched, with all that is known of it") {
    const Indexed town;
    Answers answers = {{"address", "12bis r. d'alsace, appt 3"}, {"postal_code", "44521"}, {"commune", "OUDON"}};
    std::vector<store::Mark> marks;
    settle_addresses(town.index.get(), &communes(), answers, marks);
    CHECK(answers == Answers{{"address", "12bis r. d'alsace, appt 3"},
                             {"address.state", "matched"},
                             {"address.number", "12"},
                             {"address.repetition", "bis"},
                             {"address.street", "Rue d'Alsace"},
                             {"address.position", "-1.28004,47.34512"},
                             {"postal_code", "44521"},
                             {"commune", "OUDON"},
                             {"commune.code", "44115"}});
    CHECK(marks.empty());
}

TEST_CASE("a match of another address than the one that is written does not pass") {
    const Indexed town;
    Answers answers = {{"address", "12 rue d'Alsace"},      {"postal_code", "44521"},     {"commune", "Oudon"},
                       {"commune.code", "44048"},           {"address.state", "matched"}, {"address.number", "3"},
                       {"address.street", "Chemin du Port"}};
    std::vector<store::Mark> marks;
    settle_addresses(town.index.get(), &communes(), answers, marks);
    CHECK(said_of(answers, "address.number") == "12");
    CHECK(said_of(answers, "address.street") == "Rue d'Alsace");
    CHECK(said_of(answers, "commune.code") == "44115");
}

TEST_CASE("a typing mistake and a house that does not exist are probable, for the staff to look at") {
    const Indexed town;
    for (const char* line : {"12 rue d'Alscae", "14 rue d'Alsace"}) {
        INFO(line);
        Answers answers = {{"address", line}, {"postal_code", "44521"}, {"commune", "Oudon"}};
        std::vector<store::Mark> marks;
        settle_addresses(town.index.get(), &communes(), answers, marks);
        CHECK(said_of(answers, "address.state") == "probable");
        CHECK(answers.count("address.street") == 0);
        CHECK(has_mark(marks, "address"));
    }
}

TEST_CASE("every person's address is settled for itself, and a claim without an address goes") {
    const Indexed town;
    Answers answers = {{"representatives.0.address", "3 chemin du port"},
                       {"representatives.0.postal_code", "44521"},
                       {"representatives.0.commune", "Oudon"},
                       {"representatives.0.address.state", "entered_by_hand"},
                       {"representatives.0.address_choice", "own"},
                       {"representatives.0.address_extra", "au fond"},
                       {"representatives.1.address.state", "matched"},
                       {"contacts.0.address", "7 rue de la gare"},
                       {"contacts.0.postal_code", "44521"},
                       {"contacts.0.commune", "Couffé"},
                       {"contacts.1.address", "1 rue inventée"},
                       {"contacts.1.address.state", "matched"}};
    std::vector<store::Mark> marks;
    settle_addresses(town.index.get(), &communes(), answers, marks);
    CHECK(said_of(answers, "representatives.0.address.state") == "matched");
    CHECK(said_of(answers, "representatives.0.address_choice") == "own");
    CHECK(said_of(answers, "representatives.0.address_extra") == "au fond");
    CHECK(answers.count("representatives.1.address.state") == 0);
    CHECK(said_of(answers, "contacts.0.commune.code") == "44048");
    CHECK(said_of(answers, "contacts.1.address.state") == "entered_by_hand");
    CHECK(marks.size() == 1);
    CHECK(has_mark(marks, "contacts.1.address"));
}

TEST_CASE("without an index nothing is known, whatever a device says") {
    Answers answers = INVENTED;
    std::vector<store::Mark> marks;
    settle_addresses(nullptr, &communes(), answers, marks);
    CHECK(answers.count("address.state") == 0);
    CHECK(answers.count("address.street") == 0);
    CHECK(said_of(answers, "commune.code") == "44115"); // of the table of communes, not of the index
    CHECK(marks.empty());
}

TEST_CASE("a registration, a profile, an entourage and a correction are settled as they arrive") {
    Town town;
    give_index(town);
    // Registration: claimed and invented; the account's profile says what the town found.
    const Resident anne = town.move_in("anne", INVENTED);
    auto snapshot = town.snapshot(anne);
    CHECK(said_of(snapshot.profile, "address.state") == "entered_by_hand");
    CHECK(said_of(snapshot.submissions.front().answers, "address.state") == "entered_by_hand");
    CHECK(has_mark(town.record(town.latest(anne).number).marks, "address"));
    // Profile: real, and nothing claimed.
    Answers profile = snapshot.profile;
    for (const auto& [key, value] : INVENTED)
        profile.erase(key);
    profile["address"] = "12 RUE D ALSACE";
    profile["postal_code"] = "44521";
    profile["commune"] = "Oudon";
    REQUIRE(town.receive(anne.device, town.payload_of(form::Procedure::profile, profile, anne.reference)));
    snapshot = town.snapshot(anne);
    CHECK(said_of(snapshot.profile, "address.state") == "matched");
    CHECK(said_of(snapshot.profile, "address.street") == "Rue d'Alsace");
    CHECK_FALSE(has_mark(town.record(town.latest(anne).number).marks, "address"));
    // Entourage: of the people in it.
    Answers people;
    put(people, "children.0", child_named("Léa"));
    put(people, "representatives.0", representative_named("Jean"));
    put(people, "representatives.0", {{"address.state", "matched"}, {"address.street", "Chemin caché"}});
    const std::string number = town.declare(anne, people);
    CHECK(said_of(town.record(number).answers, "representatives.0.address.state") != "matched");
    CHECK(has_mark(town.record(number).marks, "representatives.0.address"));
    // Correction: the line alone is named, its town is asked with it, and the parts of a claim come with them.
    REQUIRE(town.decide(number, {Decision::Kind::ask, {}, {"representatives.0.address"}, "Merci de vérifier."}));
    wire::Payload correction = town.payload_of(form::Procedure::entourage,
                                               {{"representatives.0.address", "3 chemin du port"},
                                                {"representatives.0.address.state", "probable"},
                                                {"representatives.0.postal_code", "44521"},
                                                {"representatives.0.commune", "Oudon"}},
                                               anne.reference);
    correction.corrects = wire::Uuid::from_bytes(town.latest(anne).envelope_id)->text();
    REQUIRE(town.receive(anne.device, correction));
    CHECK(said_of(town.record(number).answers, "representatives.0.address.state") == "matched");
    CHECK(said_of(town.record(number).answers, "representatives.0.address.street") == "Chemin du Port");
    CHECK_FALSE(has_mark(town.record(number).marks, "representatives.0.address"));
}

TEST_CASE("an address in a commune that the index does not have is not checked, and no doubt") {
    const Indexed town;
    const Answers elsewhere[] = {
        {{"address", "8 rue de Rivoli"}, {"postal_code", "75004"}, {"commune", "Paris"}},
        {{"address", "12 rue d'Alsace"}, {"postal_code", "35000"}, {"commune", "Rennes"}},
        // The postal code of Oudon and Couffé, and of nobody else in the index.
        {{"address", "1 rue du Bourg"}, {"postal_code", "44150"}, {"commune", "Saint-Géréon"}},
        {{"address", "1 rue du Bourg"}, {"postal_code", "44009"}, {"commune", "Nantes Cedex 1"}},
    };
    for (const Answers& one : elsewhere) {
        Answers answers = one;
        INFO(answers["commune"]);
        answers["address.state"] = "matched";
        answers["address.street"] = "Rue de Rivoli";
        std::vector<store::Mark> marks;
        settle_addresses(town.index.get(), &communes(), answers, marks);
        CHECK(marks.empty());
        CHECK(answers.count("address.state") == 0);
        CHECK(answers.count("address.street") == 0);
    }
}

TEST_CASE("an address in a commune that the index has is doubtful when it is not in it, however its town is written") {
    const Indexed town;
    const Answers here[] = {
        {{"address", "1 rue inventée"}, {"postal_code", "44521"}, {"commune", "Oudon"}},
        {{"address", "1 rue inventée"}, {"postal_code", "44521"}, {"commune", "Oudn"}},
        {{"address", "1 rue inventée"}, {"postal_code", "44512"}, {"commune", "OUDON"}},
    };
    for (const Answers& one : here) {
        Answers answers = one;
        INFO(answers["commune"]);
        std::vector<store::Mark> marks;
        settle_addresses(town.index.get(), &communes(), answers, marks);
        CHECK(has_mark(marks, "address"));
        CHECK(said_of(answers, "address.state") != "matched");
    }
}

TEST_CASE("a commune's code that a device claims stays only where it is that commune's") {
    for (const auto& [claimed, kept] :
         {std::pair("75056", "44115"), std::pair("44115", "44115"), std::pair("", "44115")}) {
        Answers answers = {
            {"address", "3 rue Neuve"}, {"postal_code", "44521"}, {"commune", "oudon"}, {"commune.code", claimed}};
        std::vector<store::Mark> marks;
        settle_addresses(nullptr, &communes(), answers, marks);
        CHECK(said_of(answers, "commune.code") == kept);
    }
    Answers answers = {
        {"address", "3 rue Neuve"}, {"postal_code", "44521"}, {"commune", "Paris"}, {"commune.code", "75056"}};
    std::vector<store::Mark> marks;
    settle_addresses(nullptr, &communes(), answers, marks);
    CHECK(answers.count("commune.code") == 0);
}

TEST_CASE("a birth place's code stays where its commune is called what was typed, old communes too") {
    struct Case {
        const char* typed;
        const char* country;
        const char* claimed;
        const char* kept; // "–": none
    };
    constexpr Case CASES[] = {
        {"Saint-Denis", "FR", "93066", "93066"}, // chosen among several of that name
        {"Saint-Denis", "", "97411", "97411"},   // the one of La Réunion
        {"SAINT DENIS", "FR", "", "–"},          // which one cannot be known
        {"Saint-Denis", "FR", "75056", "–"},     // a claim of another commune
        {"oudon", "FR", "", "44115"},            // there is one only
        {"Oudon", "FR", "44109", "44115"},       // a claim of another commune, and there is one only
        {"Arbignieu", "FR", "", "01015"},        // part of Arboys en Bugey today
        {"ARBIGNIEU", "", "01015", "01015"},
        {"Nulle-Part-les-Eaux", "FR", "44115", "–"},
        {"Oudon", "PT", "44115", "–"}, // not in France
    };
    for (const Case& one : CASES) {
        INFO(one.typed << " " << one.claimed);
        Answers answers = {
            {"children.0.birth_place.commune", one.typed}, {"children.0.birth_place.country", one.country},
            {"children.0.birth_place.code", one.claimed},  {"birth_place.commune", one.typed},
            {"birth_place.country", one.country},          {"birth_place.code", one.claimed}};
        settle_birth_places(&communes(), answers);
        CHECK(said_of(answers, "birth_place.code") == one.kept);
        CHECK(said_of(answers, "children.0.birth_place.code") == one.kept);
        CHECK(said_of(answers, "birth_place.commune") == one.typed);
    }
    Answers answers = {{"birth_place.commune", "Oudon"}, {"birth_place.code", "44115"}};
    settle_birth_places(nullptr, answers);
    CHECK(answers.count("birth_place.code") == 0);
    CHECK(said_of(answers, "birth_place.commune") == "Oudon");
}

TEST_CASE("a contact's address arrives like a representative's: settled, kept, known, asked again whole") {
    Town town("saint-maur-des-fosses");
    std::filesystem::create_directories(town.data_folder() + "/addresses");
    address::Builder builder;
    for (const unsigned number : {4U, 6U}) {
        address::Record record;
        record.street = "Avenue du Bac";
        record.number = number;
        record.postal_code = "94210";
        record.insee = "94068";
        record.city = "Saint-Maur-des-Fossés";
        (void)builder.add(record);
    }
    REQUIRE(write_file_atomically(addresses::index_path(town.data_folder(), "saint-maur-des-fosses"), builder.finish(),
                                  FileMode::readable));
    town.clock.at += addresses::TownIndexes::LOOK_AFTER;
    const Resident anne = town.move_in("anne");
    Answers people;
    put(people, "children.0", child_named("Léa"));
    put(people, "children.0", {{"birth_place.commune", "Créteil"}, {"birth_place.code", "75056"}});
    put(people, "contacts.0", contact_named("Rose", "c0"));
    put(people, "contacts.0",
        {{"address", "5 avenue du bac"},
         {"postal_code", "94210"},
         {"commune", "Saint-Maur-des-Fossés"},
         {"address_extra", "au fond de la cour"},
         {"address.state", "matched"},
         {"address.street", "Avenue du Bac"}});
    const std::string number = town.declare(anne, people);
    CHECK(said_of(town.record(number).answers, "contacts.0.address.state") == "probable");
    CHECK(has_mark(town.record(number).marks, "contacts.0.address"));
    CHECK(town.record(number).answers.count("children.0.birth_place.code") == 0); // this town has no table of communes
    REQUIRE(town.decide(number, {Decision::Kind::ask, {}, {"contacts.0.address"}, "Quel numéro ?"}));
    CHECK(town.record(number).correction->fields ==
          std::vector<std::string>{"contacts.0.address", "contacts.0.postal_code", "contacts.0.commune"});
    wire::Payload correction = town.payload_of(form::Procedure::entourage,
                                               {{"contacts.0.address", "4 avenue du bac"},
                                                {"contacts.0.postal_code", "94210"},
                                                {"contacts.0.commune", "Saint-Maur-des-Fossés"}},
                                               anne.reference);
    correction.corrects = wire::Uuid::from_bytes(town.latest(anne).envelope_id)->text();
    REQUIRE(town.receive(anne.device, correction));
    CHECK(said_of(town.record(number).answers, "contacts.0.address.state") == "matched");
    CHECK(said_of(town.record(number).answers, "contacts.0.address_extra") == "au fond de la cour");
    CHECK(town.record(number).marks.empty());
    town.accept(number);
    const auto household = town.store().household_of(anne.account);
    REQUIRE(household);
    REQUIRE(*household);
    const auto rose = std::find_if((*household)->people.begin(), (*household)->people.end(),
                                   [](const auto& person) { return said_of(person.answers, "first_names") == "Rose"; });
    REQUIRE(rose != (*household)->people.end());
    CHECK(said_of(rose->answers, "address") == "4 avenue du bac");
    CHECK(said_of(rose->answers, "address.street") == "Avenue du Bac");
    CHECK(said_of(rose->answers, "commune.code") == "94068");
}
