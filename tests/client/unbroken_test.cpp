#include "wizard/unbroken.h"

#include <catch2/catch_test_macros.hpp>

namespace foyer::wizard {

TEST_CASE("a telephone number never breaks across lines") {
    CHECK(unbroken("Téléphone : 02 61 91 44 15.") == "Téléphone : 02\u00A061\u00A091\u00A044\u00A015.");
}

TEST_CASE("an hour keeps its h, and a stretch of hours stays together") {
    CHECK(unbroken("ouvert de 9 h à 12 h et de 14 h 30 à 17 h") ==
          "ouvert de\u00A09\u00A0h\u00A0à\u00A012\u00A0h et de\u00A014\u00A0h\u00A030 à 17\u00A0h");
    CHECK(unbroken("9 am to 12 noon") == "9\u00A0am to 12\u00A0noon");
    CHECK(unbroken("9 h") == "9\u00A0h");
}

TEST_CASE("a day stays with its month, and a house's number with its bis") {
    CHECK(unbroken("le 20 novembre 2026 à 9 h") == "le 20\u00A0novembre 2026 à 9\u00A0h");
    CHECK(unbroken("le 1er août") == "le 1er\u00A0août");
    CHECK(unbroken("12 bis rue de la Loire") == "12\u00A0bis rue de la Loire");
}

TEST_CASE("words beside a number may go to the next line") {
    CHECK(unbroken("Étape 2 sur 5") == "Étape 2 sur 5");
    CHECK(unbroken("3 ampoules") == "3 ampoules");
    CHECK(unbroken("3 maisons, 12 biscuits") == "3 maisons, 12 biscuits");
    CHECK(unbroken("de 3 hommes") == "de 3 hommes");
    CHECK(unbroken("3 habitants") == "3 habitants");
    CHECK(unbroken("de 3 à 6 jours") == "de 3 à 6 jours");
    CHECK(unbroken("").empty());
    CHECK(unbroken("9 ") == "9 ");
}

TEST_CASE("every sentence of a node keeps its numbers whole, what people typed stays as it is") {
    scene::Node node;
    node.label = "06 12";
    node.hint = "06 12";
    node.value = "06 12";
    node.rows.push_back({"06 12", "06 12", {}, {}, {}});
    keep_numbers_whole(node);
    CHECK(node.label == "06\u00A012");
    CHECK(node.hint == "06\u00A012");
    CHECK(node.value == "06 12");
    CHECK(node.rows.front().value == "06\u00A012");
}

} // namespace foyer::wizard
