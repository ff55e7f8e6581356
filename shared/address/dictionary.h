// The sorted words of an index, read where they lie: exact, by beginning, and nearly right.
#pragma once

#include "address/bytes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::address {

using WordId = std::uint32_t;

struct WordRange {
    WordId first = 0;
    WordId end = 0; // not in it
};

struct NearWord {
    WordId word = 0;
    unsigned mistakes = 0;
    bool beginning = false; // only its beginning is near
    char first = '\0';      // letter of it
};

class Dictionary {
public:
    Dictionary() = default;
    Dictionary(Bytes blocks, Bytes bytes, std::uint32_t count) : m_blocks(blocks), m_bytes(bytes), m_count(count) {}

    [[nodiscard]] std::uint32_t size() const { return m_count; }
    [[nodiscard]] std::string word(WordId id) const;
    [[nodiscard]] std::optional<WordId> find(std::string_view word) const;
    // The words that begin with it, itself too.
    [[nodiscard]] WordRange beginning_with(std::string_view beginning) const;

    // Calls act(word) for each, in order.
    template <typename Act> void visit(Act act) const {
        for (WordId id = 0; id < m_count; ++id)
            act(std::string_view(word(id)));
    }

    // Words that become the wanted one by at most `maximum` (1 to 3) mistakes: a letter too many, missing, replaced, or
    // two neighbours swapped (optimal string alignment). With `beginnings`, also words of which a beginning does.
    // Appends at most `room` of them, in the order of the words. Words with a digit are left out: a typing mistake in a
    // number is another number.
    void near(std::string_view wanted, unsigned maximum, bool beginnings, std::size_t room,
              std::vector<NearWord>& found) const;

private:
    [[nodiscard]] std::string_view first_of_block(std::size_t block) const;
    [[nodiscard]] WordId lower_bound(std::string_view word) const;

    Bytes m_blocks;
    Bytes m_bytes;
    std::uint32_t m_count = 0;
};

} // namespace foyer::address
