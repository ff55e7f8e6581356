#include "address/words.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer::address;

namespace {

std::string texts(std::string_view typed) {
    std::string line;
    for (const Word& word : words_of(typed))
        line += (line.empty() ? "" : " ") + word.text;
    return line;
}

} // namespace

TEST_CASE("case, accents, apostrophes, hyphens and ligatures do not tell words apart") {
    CHECK(texts("Rue de l’ÉGLISE") == "rue de l eglise");
    CHECK(texts("rue du Cœur–Joyeux") == "rue du coeur joyeux");
}

TEST_CASE("letters and digits are words apart, ordinals one") {
    CHECK(texts("12bis rue X") == "12 bis rue x");
    CHECK(texts("RD723") == "route departementale 723");
    CHECK(texts("2 ème DB, 17 e") == "2e division blindee 17 e");
    CHECK(texts("1er 1ère 2ème 3e") == "1er 1er 2e 3e");
}

TEST_CASE("an acronym is the words it stands for") {
    CHECK(texts("Z.A. Nord") == "zone artisanale nord");
    CHECK(texts("ND de la Paix") == "notre dame de la paix");
    CHECK(texts("J. Jaurès") == "j jaures");
}

TEST_CASE("a number in several words is its digits") {
    CHECK(texts("dix-neuf mars mille neuf cent soixante-deux") == "19 mars 1962");
    CHECK(texts("quatre-vingt-dix-sept") == "97");
    CHECK(texts("vingt et un") == "21");
    CHECK(texts("soixante et onze") == "71");
    CHECK(texts("deux cents") == "200");
    CHECK(texts("huit mai") == "huit mai");
    CHECK(texts("Pont Neuf") == "pont neuf");
    CHECK(texts("cinq six") == "cinq six");
}

TEST_CASE("the last word may go on until something follows it") {
    CHECK_FALSE(words_of("rue de la ga").back().ended);
    CHECK(words_of("rue de la gare ").back().ended);
    CHECK(words_of("rue de la gare,").back().ended);
}

TEST_CASE("no text makes more or longer words than there is room for") {
    std::string endless;
    for (int count = 0; count < 500; ++count)
        endless += "mot" + std::to_string(count) + " ";
    CHECK(words_of(endless, 20).size() <= 20);
    for (const Word& word : words_of(std::string(5'000, 'a')))
        CHECK(word.text.size() <= MAXIMUM_WORD);
    for (const Word& word : words_of("\xFF\xFE \xD0\x96\xD0\xB8\xD0\xB2 \xE2\x80\xAE"))
        CHECK(word.text.size() <= MAXIMUM_WORD);
}
