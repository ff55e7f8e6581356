// The ways in which people write one and the same address.
#include "address/builder.h"
#include "sample.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

using namespace foyer::address;

namespace {

struct House {
    unsigned number; // 0: the lieu-dit itself
    const char* repetition;
    const char* street;
    const char* postal_code = "94100";
    const char* insee = "94068";
    const char* city = "Saint-Maur-des-Fossés";
};

const std::vector<House>& houses() {
    static const std::vector<House> HOUSES = {
        {8, "", "Rue du 8 Mai 1945"},
        {45, "", "Rue du 8 Mai 1945"},
        {3, "", "Avenue du 11 Novembre 1918"},
        {4, "", "Rue du Quatre Septembre"},
        {2, "", "Rue Jean XXIII"},
        {2, "", "Rue Henri IV"},
        {9, "", "Place du XXe Corps"},
        {23, "", "Rue du 2e Régiment de Dragons"},
        {12, "", "Rue d'Alsace-Lorraine"},
        {12, "bis", "Rue d'Alsace-Lorraine"},
        {12, "ter", "Rue d'Alsace-Lorraine"},
        {12, "a", "Rue d'Alsace-Lorraine"},
        {1, "b", "Impasse des Œillets"},
        {5, "", "Impasse des Œillets"},
        {9, "", "Avenue du Maréchal Foch"},
        {9, "", "Boulevard du Président Kennedy"},
        {9, "", "Rue du Docteur Schweitzer"},
        {9, "", "Rue Monseigneur Gouraud"},
        {9, "", "Faubourg Saint-Antoine"},
        {9, "", "Allée Sainte-Catherine"},
        {9, "", "Square de la Résistance"},
        {6, "", "Lotissement les Acacias"},
        {3, "", "Résidence les Lilas"},
        {2, "", "ZA du Bois"},
        {2, "", "Zone Artisanale de la Roche"},
        {4, "", "ZI Nord"},
        {7, "", "RN 23"},
        {7, "", "Route Départementale 723"},
        {9, "", "Avenue de la 2e DB"},
        {8, "", "Rue J.-B. Clément"},
        {10, "", "Rue de l'Hôpital"},
        {7, "", "Rue Derc'hen"},
        {7, "", "Rue Lætitia"},
        {5, "", "Rue Anatole France"},
        {30, "", "Rue Victor Hugo"},
        {0, "", "Chez Boutaud"},
        {3, "", "Rue de Lyon", "69003", "69383", "Lyon 3e Arrondissement"},
        {9, "", "Rue du Général Leclerc", "94210"},
    };
    return HOUSES;
}

const std::string& file() {
    static const std::string FILE = [] {
        Builder builder;
        for (const House& house : houses()) {
            Record record;
            record.street = house.street;
            if (house.number != 0)
                record.number = house.number;
            record.repetition = house.repetition;
            record.postal_code = house.postal_code;
            record.insee = house.insee;
            record.city = house.city;
            (void)builder.add(record);
        }
        return builder.finish();
    }();
    return FILE;
}

// What is found first, as far as its town, and whether it is matched: "12 bis Rue d'Alsace-Lorraine | matched".
struct Typed {
    const char* text;
    const char* found;
    bool matched = true;
};

void check(const std::vector<Typed>& list) {
    test::Opened opened(file());
    for (const Typed& typed : list) {
        INFO(typed.text);
        const auto found = opened.searcher.search(typed.text, 5);
        REQUIRE_FALSE(found.empty());
        std::string line = found.front().number;
        for (const std::string* part : {&found.front().repetition, &found.front().street})
            if (!part->empty())
                line += (line.empty() ? "" : " ") + *part;
        CHECK(line == typed.found);
        CHECK((found.front().state == foyer::domain::AddressState::matched) == typed.matched);
    }
}

} // namespace

TEST_CASE("dates and ordinals are found in digits, words and Roman digits") {
    check({{"8 rue du huit mai 1945", "8 Rue du 8 Mai 1945"},
           {"rue du 8 mai 1945 8", "8 Rue du 8 Mai 1945"},
           {"rue huit mai mille neuf cent quarante cinq, 45", "45 Rue du 8 Mai 1945"},
           {"45 r 8 mai 45", "45 Rue du 8 Mai 1945", false},
           {"3 av onze nov 1918", "3 Avenue du 11 Novembre 1918"},
           {"4 rue 4 septembre", "4 Rue du Quatre Septembre"},
           {"2 rue jean 23", "2 Rue Jean XXIII"},
           {"2 rue henri quatre", "2 Rue Henri IV"},
           {"9 place du 20eme corps", "9 Place du XXe Corps"},
           {"9 place du vingtième corps", "9 Place du XXe Corps"},
           {"23 rue du deuxième régiment de dragons", "23 Rue du 2e Régiment de Dragons"},
           {"23 rue du 2 eme regiment de dragons", "23 Rue du 2e Régiment de Dragons"},
           {"9 av 2eme division blindée", "9 Avenue de la 2e DB"}});
}

TEST_CASE("a repetition is found in all its spellings, before or after the street") {
    check({{"12bis rue d'alsace lorraine", "12 bis Rue d'Alsace-Lorraine"},
           {"12 B rue alsace lorraine", "12 bis Rue d'Alsace-Lorraine"},
           {"rue d'alsace lorraine 12 bis", "12 bis Rue d'Alsace-Lorraine"},
           {"n°12 bis, rue d’Alsace‑Lorraine", "12 bis Rue d'Alsace-Lorraine"},
           {"12-bis rue d'alsace-lorraine", "12 bis Rue d'Alsace-Lorraine"},
           {"12 T rue d'alsace lorraine", "12 ter Rue d'Alsace-Lorraine"},
           {"12A RUE D ALSACE LORRAINE", "12 a Rue d'Alsace-Lorraine"},
           {"1b imp oeillets", "1 b Impasse des Œillets"},
           {"12 quater rue d'alsace lorraine", "12 Rue d'Alsace-Lorraine", false}});
}

TEST_CASE("abbreviations of streets, titles and saints are found, short or long") {
    check({{"9 av. mal foch", "9 Avenue du Maréchal Foch"},
           {"9 boul pdt kennedy", "9 Boulevard du Président Kennedy"},
           {"9 bld du pt kennedy", "9 Boulevard du Président Kennedy"},
           {"9 r dr schweitzer", "9 Rue du Docteur Schweitzer"},
           {"9 rue mgr gouraud", "9 Rue Monseigneur Gouraud"},
           {"9 fbg st antoine", "9 Faubourg Saint-Antoine"},
           {"9 all ste catherine", "9 Allée Sainte-Catherine"},
           {"9 sq resistance", "9 Square de la Résistance"},
           {"6 lot acacias", "6 Lotissement les Acacias"},
           {"3 rés. les lilas", "3 Résidence les Lilas"},
           {"2 zone artisanale du bois", "2 ZA du Bois"},
           {"2 z.a. de la roche", "2 Zone Artisanale de la Roche"},
           {"4 zone industrielle nord", "4 ZI Nord"},
           {"7 route nationale 23", "7 RN 23"},
           {"7 rd 723", "7 Route Départementale 723"},
           {"7 rd723", "7 Route Départementale 723"},
           {"8 rue jb clement", "8 Rue J.-B. Clément"},
           {"8 rue jean baptiste clement", "8 Rue J.-B. Clément", false}});
}

TEST_CASE("apostrophes, ligatures and articles may be missing or too many") {
    check({{"10 rue de lhopital", "10 Rue de l'Hôpital"},
           {"10 RUE DE L HOPITAL", "10 Rue de l'Hôpital"},
           {"7 rue derchen", "7 Rue Derc'hen"},
           {"7 rue derc hen", "7 Rue Derc'hen"},
           {"7 rue laetitia", "7 Rue Lætitia"},
           {"5 imp. des œillets", "5 Impasse des Œillets"},
           {"30 rue de victor hugo", "30 Rue Victor Hugo"},
           {"boutaud st maur", "Chez Boutaud"},
           {"chez boutaud", "Chez Boutaud"}});
}

TEST_CASE("boxes, CEDEX, floors and countries stand beside an address and change nothing") {
    check({{"9 rue du general leclerc 94214 saint maur des fosses cedex", "9 Rue du Général Leclerc"},
           {"BP 12 9 rue du general leclerc 94210 saint-maur cedex 9", "9 Rue du Général Leclerc"},
           {"cs 20012 9 rue gal leclerc 94210 st maur", "9 Rue du Général Leclerc"},
           {"9 rue gal leclerc tsa 10001 94210 st maur", "9 Rue du Général Leclerc"},
           {"appt 4, 30 rue victor hugo, 94100", "30 Rue Victor Hugo"},
           {"30 rue victor hugo escalier b", "30 Rue Victor Hugo"},
           {"30, rue victor hugo - 94 100 - ST MAUR DES FOSSES (FRANCE)", "30 Rue Victor Hugo"},
           {"5 rue anatole france", "5 Rue Anatole France"}});
}

TEST_CASE("the only number is the house's, though the town has one in its name") {
    check({{"3 rue de lyon 69003 lyon", "3 Rue de Lyon"}});
}
