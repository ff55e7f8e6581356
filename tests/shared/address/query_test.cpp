#include "address/query.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer::address;

namespace {

// "12=number rue=word …", what lies aside in brackets.
std::string read(std::string_view typed) {
    std::string line;
    for (const Token& token : read_query(typed).tokens) {
        line += line.empty() ? "" : " ";
        switch (token.role) {
        case Token::Role::aside:
            line += "[" + token.text + "]";
            break;
        case Token::Role::number:
            line += "#" + token.text;
            break;
        case Token::Role::postal_code:
            line += "@" + token.text;
            break;
        case Token::Role::article:
            line += "_" + token.text;
            break;
        case Token::Role::word:
            line += token.text;
            break;
        }
        line += token.may_repeat ? "?" : "";
    }
    return line;
}

} // namespace

TEST_CASE("what says where within the building lies aside") {
    CHECK(read("Appt 3 bât B, 12 rue X") == "[appt] [3] [bat] [b] #12 rue x");
    CHECK(read("12 rue X 2e étage gauche") == "#12 rue x [2e] [etage] [gauche]");
    CHECK(read("apt n°4 esc A2 12 rue X") == "[apt] [n] [4] [esc] [a] [2] #12 rue x");
    CHECK(read("12 rue X BP 30 44521 Oudon CEDEX 9") == "#12 rue x [bp] [30] @44521 oudon [cedex] [9]");
    CHECK(read_query("44521 Oudon cedex").cedex);
}

TEST_CASE("a street may be named after a door, a floor or an entry") {
    CHECK(read("4 rue de la porte Dorée") == "#4 rue _de _la porte doree");
    CHECK(read("4 rue de l'Escalier 2") == "#4 rue _de _l escalier #2");
}

TEST_CASE("a repetition is what follows a number, attached or not") {
    CHECK(read("12bis rue X") == "#12 bis? rue x");
    CHECK(read("12 B rue X") == "#12 b? rue x");
    CHECK(read("12 d'Alsace") == "#12 _d alsace");
}

TEST_CASE("a postal code may be cut in two, or stand behind F-") {
    CHECK(read("18 rue X 44 521 Oudon") == "#18 rue x @44521 oudon");
    CHECK(read("F-44521 Oudon") == "[f] @44521 oudon");
    CHECK(read("n° 18 rue X") == "[n] #18 rue x");
}
