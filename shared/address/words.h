// What is typed and what is in the index become the same words: folded (case, accents, ligatures, apostrophes,
// hyphens), cut where letters and digits meet, acronyms and numbers in words written one way.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::address {

// Longer words are cut: nobody types them, and the dictionary counts lengths in six bits.
inline constexpr std::size_t MAXIMUM_WORD = 40;

struct Word {
    enum class Kind : std::uint8_t { letters, digits, ordinal }; // "rue"; "1945"; "1er", "2e"
    std::string text;
    Kind kind = Kind::letters;
    bool attached = false; // nothing between it and the word before: the b of "12b"
    bool elided = false;   // an apostrophe follows: the d of "d'Alsace"
    bool ended = false;    // something follows it, so it is not being typed any more

    friend bool operator==(const Word&, const Word&) = default;
};

// At most `maximum` words. Acronyms are opened ("ZA" is zone artisanale), numbers written in several words become
// digits ("dix-neuf" is 19; a single word stays, numerals.h knows what it means).
[[nodiscard]] std::vector<Word> words_of(std::string_view text, std::size_t maximum = 32);

// le, de, du, à, chez… which people leave out or add.
[[nodiscard]] bool is_article(std::string_view word);

} // namespace foyer::address
