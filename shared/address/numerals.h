// Numbers in words and in Roman digits: "huit mai", "8 mai", "Louis XIV", "dix-neuf mars mille neuf cent
// soixante-deux".
#pragma once

#include "address/words.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::address {

// "huit" is 8, "vingt" 20, "cent" 100, "mille" and "mil" 1000. One word only.
[[nodiscard]] std::optional<unsigned> number_word(std::string_view word);

// Canonical Roman digits, 2 to 39, at least two letters ("ii", "xiv"): one letter is an initial.
[[nodiscard]] std::optional<unsigned> roman_number(std::string_view word);

// Replaces each run of two or more number words that is a number ("quatre-vingt-dix-sept") by its digits.
void join_number_words(std::vector<Word>& words);

// Every other way to write the number that the word is: "8" gives huit, viii; "xiv" gives 14, quatorze; "1er" premier…
void add_number_spellings(std::string_view word, std::vector<std::string>& spellings);

} // namespace foyer::address
