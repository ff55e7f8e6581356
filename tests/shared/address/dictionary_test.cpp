#include "address/dictionary.h"
#include "sample.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

using namespace foyer::address;

namespace {

// What near() must say, found the slow way: optimal string alignment over whole tables.
unsigned distance(const std::string& left, const std::string& right) {
    std::vector<std::vector<unsigned>> table(left.size() + 1, std::vector<unsigned>(right.size() + 1));
    for (unsigned row = 0; row <= left.size(); ++row)
        for (unsigned column = 0; column <= right.size(); ++column) {
            if (row == 0 || column == 0) {
                table[row][column] = row + column;
                continue;
            }
            unsigned cost = table[row - 1][column - 1] + (left[row - 1] == right[column - 1] ? 0U : 1U);
            cost = std::min({cost, table[row - 1][column] + 1, table[row][column - 1] + 1});
            if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                cost = std::min(cost, table[row - 2][column - 2] + 1);
            table[row][column] = cost;
        }
    return table[left.size()][right.size()];
}

} // namespace

TEST_CASE("every word is found, and its beginnings lead to it") {
    const test::Opened opened(test::sample_file());
    const Dictionary& dictionary = opened.index.dictionary();
    REQUIRE(dictionary.size() > 40);
    std::string before;
    for (WordId id = 0; id < dictionary.size(); ++id) {
        const std::string word = dictionary.word(id);
        CHECK(before < word);
        before = word;
        CHECK(dictionary.find(word) == id);
        for (std::size_t size = 1; size <= word.size(); ++size) {
            const WordRange range = dictionary.beginning_with(word.substr(0, size));
            CHECK((range.first <= id && id < range.end));
        }
    }
    CHECK_FALSE(dictionary.find("nulle"));
    CHECK_FALSE(dictionary.find(""));
}

TEST_CASE("near words are exactly those within so many mistakes") {
    const test::Opened opened(test::sample_file());
    const Dictionary& dictionary = opened.index.dictionary();
    for (const std::string wanted : {"general", "genreal", "eglise", "leclrec", "pomeraie", "xfosses", "avenu",
                                     "jaures", "victoirez", "saintt", "rue", "zzzzzz"})
        for (unsigned maximum = 1; maximum <= 3; ++maximum) {
            std::vector<NearWord> found;
            dictionary.near(wanted, maximum, false, 1'000, found);
            std::size_t expected = 0;
            for (WordId id = 0; id < dictionary.size(); ++id) {
                const std::string word = dictionary.word(id);
                const bool has_digit = word.find_first_of("0123456789") != std::string::npos;
                const unsigned mistakes = distance(wanted, word);
                if (has_digit || mistakes > maximum)
                    continue;
                ++expected;
                INFO(wanted << " and " << word);
                const auto at =
                    std::find_if(found.begin(), found.end(), [id](const NearWord& one) { return one.word == id; });
                REQUIRE(at != found.end());
                CHECK(at->mistakes == mistakes);
            }
            CHECK(found.size() == expected);
        }
}

TEST_CASE("a word that is being typed is near to what begins nearly so") {
    const test::Opened opened(test::sample_file());
    std::vector<NearWord> found;
    opened.index.dictionary().near("gnera", 1, true, 100, found);
    CHECK(std::any_of(found.begin(), found.end(), [&](const NearWord& one) {
        return opened.index.dictionary().word(one.word) == "general" && one.beginning;
    }));
}
