#include "text/normalise.h"
#include "text/utf8.h"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace foyer;

namespace {

// "0044 0307" as text.
std::string from_hexadecimal(const std::string& column) {
    std::istringstream stream(column);
    std::string text;
    unsigned code_point = 0;
    while (stream >> std::hex >> code_point)
        text::append(text, code_point);
    return text;
}

std::vector<std::string> columns_of(const std::string& line) {
    std::vector<std::string> columns;
    std::istringstream stream(line);
    for (std::string column; columns.size() < 5 && std::getline(stream, column, ';');)
        columns.push_back(from_hexadecimal(column));
    return columns;
}

} // namespace

TEST_CASE("every line of Unicode's NormalizationTest.txt holds") {
    std::ifstream file(FOYER_NORMALIZATION_TEST);
    REQUIRE(file);
    std::set<std::string> in_part_one;
    std::size_t count = 0;
    std::string part;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#')
            continue;
        if (line[0] == '@') {
            part = line.substr(0, 6);
            continue;
        }
        const std::vector<std::string> column = columns_of(line);
        REQUIRE(column.size() == 5);
        if (part == "@Part1")
            in_part_one.insert(column[0]);
        // The invariants at the head of the file; NFC and NFD of its first, second and third column are its second and
        // third, of its fourth and fifth column its fourth and fifth.
        bool holds = true;
        for (std::size_t index = 0; index < column.size(); ++index) {
            const std::size_t form = index < 3 ? 1 : 3;
            holds = holds && text::to_nfc(column[index]) == column[form];
            holds = holds && text::to_nfd(column[index]) == column[form + 1];
        }
        if (!holds)
            FAIL(line);
        ++count;
    }
    CHECK(count > 18000);
    // Characters that Part 1 does not list are their own normal forms.
    for (char32_t code_point = 0; code_point <= 0x10FFFF; ++code_point) {
        if (code_point >= 0xD800 && code_point <= 0xDFFF)
            continue;
        std::string alone;
        text::append(alone, code_point);
        if (in_part_one.count(alone) == 0 && (text::to_nfc(alone) != alone || text::to_nfd(alone) != alone))
            FAIL("U+" << std::hex << static_cast<unsigned>(code_point));
    }
}

TEST_CASE("an accent typed after its letter is one with it") {
    CHECK(text::to_nfc("Fan\u0303ch") == "Fañch");
    CHECK(text::to_nfd("Fañch") == "Fan\u0303ch");
}

TEST_CASE("bytes that are no text become U+FFFD") { CHECK(text::to_nfc("\xFFé") == "\uFFFDé"); }

TEST_CASE("ten megabytes of marks are normalised in bounded time") {
    std::string hostile = "e";
    while (hostile.size() < 10'000'000)
        hostile += "\u0323\u0301\u0327";
    const auto start = std::chrono::steady_clock::now();
    const std::string composed = text::to_nfc(hostile);
    const auto elapsed = std::chrono::steady_clock::now() - start;
    CHECK(composed.size() <= hostile.size());
    // Sorting is n log n; what would be quadratic takes hours, so a generous limit tells the two apart.
    CHECK(elapsed < std::chrono::seconds(60));
}
