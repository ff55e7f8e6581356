#include "sample.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer::address;

namespace {

void check(std::string_view typed, std::string_view expected) {
    test::Opened opened(test::sample_file());
    INFO(typed);
    CHECK(test::first(opened, typed) == expected);
}

} // namespace

TEST_CASE("an address is matched by its own text, in any case and order, with or without articles") {
    const char* const JAURES = "18 Rue Jean Jaurès 44521 Oudon | matched";
    check("18 Rue Jean Jaurès 44521 Oudon", JAURES);
    check("18 RUE JEAN JAURES OUDON", JAURES);
    check("oudon 44521, rue jean-jaures 18", JAURES);
    check("18 rue jean jaures", JAURES);
    check("3 place 8 mai 1945 oudon", "3 Place du 8 Mai 1945 44521 Oudon | matched");
}

TEST_CASE("abbreviations, acronyms and numbers in words are the words they stand for") {
    check("21 av du gal leclerc st maur des fosses",
          "21 Avenue du Général Leclerc 94210 Saint-Maur-des-Fossés | matched");
    check("21 bld general giraud 94100", "21 Boulevard du Général Giraud 94100 Saint-Maur-des-Fossés | matched");
    check("4 rd pt europe 94100", "4 Rond-Point de l'Europe 94100 Saint-Maur-des-Fossés | matched");
    check("4 r ND des victoires 94100", "4 Rue Notre-Dame des Victoires 94100 Saint-Maur-des-Fossés | matched");
    check("7 zone artisanale de la pommeraie couffe", "7 ZA de la Pommeraie 44521 Couffé | matched");
    check("11 rue du 11 novembre oudon", "11 Rue du Onze Novembre 44521 Oudon | matched");
    check("2 rue louis 14 couffe", "2 Rue Louis XIV 44521 Couffé | matched");
    check("2 rue francois premier couffe", "2 Rue François Ier 44521 Couffé | matched");
    check("45 rue du 19 mars mille neuf cent soixante deux", "45 Rue du Dix-Neuf Mars 1962 44521 Oudon | matched");
    check("8 pl du huit mai 1945 oudon", "8 Place du 8 Mai 1945 44521 Oudon | matched");
}

TEST_CASE("a repetition is found however it is written, and one that does not exist is not claimed") {
    check("12bis rue de l'eglise champtoceaux", "12 bis Rue de l'Église 49270 Orée d'Anjou | matched");
    check("12 B rue de l'eglise champtoceaux", "12 bis Rue de l'Église 49270 Orée d'Anjou | matched");
    check("7E rue des vignes couffe", "7 e Rue des Vignes 44521 Couffé | matched");
    check("7 rue des vignes couffe", "7 e Rue des Vignes 44521 Couffé | probable");
    check("12 ter rue de l'eglise champtoceaux", "12 Rue de l'Église 49270 Orée d'Anjou | probable");
}

TEST_CASE("a merged commune is found by its old name and by its new one") {
    check("12 rue de l'eglise drain", "12 Rue de l'Église 49530 Orée d'Anjou | matched");
    check("12 rue de l'eglise champtoceaux oree d'anjou", "12 Rue de l'Église 49270 Orée d'Anjou | matched");
    check("12 rue de l'eglise 49530 oree d anjou", "12 Rue de l'Église 49530 Orée d'Anjou | matched");
}

TEST_CASE("what fits two addresses equally is matched to neither") {
    check("12 rue de l'eglise oree d'anjou", "12 Rue de l'Église 49270 Orée d'Anjou | probable");
    check("12 rue de la gare 44521", "12 Rue de la Gare 44521 Couffé | probable");
    check("12 rue de la gare couffe", "12 Rue de la Gare 44521 Couffé | matched");
}

TEST_CASE("typing mistakes are forgiven and said to be guesses") {
    check("18 rue jean jaurse oudn", "18 Rue Jean Jaurès 44521 Oudon | probable");
    check("21 avneue du generl lecler saint maur des fosses",
          "21 Avenue du Général Leclerc 94210 Saint-Maur-des-Fossés | probable");
    check("12 rue de la gaer couffe", "12 Rue de la Gare 44521 Couffé | probable");
}

TEST_CASE("a wrong postal code is no match, but the commune's name still finds the street") {
    check("18 rue jean jaures 44512 oudon", "18 Rue Jean Jaurès 44521 Oudon | probable");
    check("21 avenue du general leclerc 94100 saint maur des fosses",
          "21 Avenue du Général Leclerc 94210 Saint-Maur-des-Fossés | probable");
    check("18 rue jean jaures 44036 oudon cedex 1", "18 Rue Jean Jaurès 44521 Oudon | matched");
}

TEST_CASE("words about the building, a box or the country do not disturb") {
    check("appt 3 bat B 18 rue jean jaures oudon", "18 Rue Jean Jaurès 44521 Oudon | matched");
    check("18 rue jean jaures 2e etage droite bp 20 44521 oudon france", "18 Rue Jean Jaurès 44521 Oudon | matched");
}

TEST_CASE("a number that is not there is not claimed") {
    check("19 rue jean jaures oudon", "Rue Jean Jaurès 44521 Oudon | probable");
    check("rue jean jaures oudon", "Rue Jean Jaurès 44521 Oudon | probable");
    check("la pommeraie couffe", "La Pommeraie 44521 Couffé | matched");
}

TEST_CASE("another street and another town are not called probable") {
    check("18 rue jean moulin oudon", "18 Rue Jean Jaurès 44521 Oudon | entered_by_hand");
    check("18 rue jean jaures 75001 paris", "18 Rue Jean Jaurès 44521 Oudon | entered_by_hand");
    check("18 rue jean jaures couffe", "18 Rue Jean Jaurès 44521 Oudon | entered_by_hand");
    check("bonjour madame", "nothing");
    check("", "nothing");
    check("   ", "nothing");
}

TEST_CASE("words written together or apart are found") {
    check("18 granderue oudon", "18 Grande Rue 44521 Oudon | matched");
    check("18 rue jeanjaures oudon", "18 Rue Jean Jaurès 44521 Oudon | matched");
    check("12 rue leglise champtoceaux", "12 Rue de l'Église 49270 Orée d'Anjou | matched");
}

TEST_CASE("while somebody types, every beginning from the first letters of the name finds the address") {
    test::Opened opened(test::sample_file());
    const std::string text = "21 boulevard du general giraud";
    for (std::size_t size = 6; size <= text.size(); ++size) {
        INFO(text.substr(0, size));
        const auto list = opened.searcher.search(text.substr(0, size), 5);
        REQUIRE_FALSE(list.empty());
        CHECK(list.front().street == "Boulevard du Général Giraud");
    }
}

TEST_CASE("the same text gives the same list, whatever was searched before") {
    test::Opened opened(test::sample_file());
    const auto labels = [&](std::string_view typed) {
        std::string line;
        for (const Found& found : opened.searcher.search(typed, 10))
            line += found.label + std::to_string(found.score) + std::string(foyer::domain::id(found.state)) + "\n";
        return line;
    };
    const std::string before = labels("12 rue de la gare");
    for (const char* other : {"", "r", "av gal", "12", "44521", "zzzz", "rue rue rue rue"})
        (void)labels(other);
    CHECK(labels("12 rue de la gare") == before);
    CHECK_FALSE(before.empty());
}

TEST_CASE("scores never rise down the list, and only the first may be matched") {
    test::Opened opened(test::sample_file());
    for (const char* typed : {"12 rue de la gare couffe", "21 general 94100", "rue", "8 mai", "oudon 18"}) {
        const auto list = opened.searcher.search(typed, 10);
        for (std::size_t at = 1; at < list.size(); ++at) {
            CHECK(list[at].score <= list[at - 1].score);
            CHECK(list[at].state != foyer::domain::AddressState::matched);
        }
    }
}
