#include "address/dictionary.h"

#include "address/format.h"
#include "address/words.h"

#include <algorithm>
#include <array>

namespace foyer::address {

namespace {

// One word of a front-coded block: how many letters it shares with the word before, how many follow, those.
struct Coded {
    std::size_t shared = 0;
    std::string_view rest;
    std::size_t size = 2; // bytes taken
};

Coded coded_at(Bytes bytes, std::size_t offset) {
    const std::size_t length = byte_at(bytes, offset + 1);
    const Bytes rest = part_of(bytes, offset + 2, offset + 2 + length);
    return {byte_at(bytes, offset), as_text(rest), 2 + length};
}

// Walks through words one after the other, from the beginning of a block.
class Walk {
public:
    Walk(Bytes bytes, std::size_t offset) : m_bytes(bytes), m_offset(offset) {}

    std::string_view next() {
        const Coded coded = coded_at(m_bytes, m_offset);
        m_offset += coded.size;
        m_length = std::min(coded.shared, m_length);
        const std::size_t taken = std::min(coded.rest.size(), m_word.size() - m_length);
        std::copy_n(coded.rest.begin(), taken, m_word.begin() + static_cast<std::ptrdiff_t>(m_length));
        m_length += taken;
        return {m_word.data(), m_length};
    }

private:
    Bytes m_bytes;
    std::size_t m_offset;
    std::array<char, MAXIMUM_WORD> m_word{};
    std::size_t m_length = 0;
};

} // namespace

std::string_view Dictionary::first_of_block(std::size_t block) const {
    return coded_at(m_bytes, u32_at(m_blocks, block)).rest;
}

std::string Dictionary::word(WordId id) const {
    if (id >= m_count)
        return {};
    Walk walk(m_bytes, u32_at(m_blocks, id / WORDS_A_BLOCK));
    std::string_view word;
    for (std::size_t step = 0; step <= id % WORDS_A_BLOCK; ++step)
        word = walk.next();
    return std::string(word);
}

WordId Dictionary::lower_bound(std::string_view word) const {
    std::size_t low = 0; // blocks before it begin with a smaller word
    std::size_t high = (m_count + WORDS_A_BLOCK - 1) / WORDS_A_BLOCK;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (first_of_block(middle) < word)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return 0;
    auto id = static_cast<WordId>((low - 1) * WORDS_A_BLOCK);
    Walk walk(m_bytes, u32_at(m_blocks, low - 1));
    for (std::size_t step = 0; step < WORDS_A_BLOCK && id < m_count; ++step, ++id)
        if (walk.next() >= word)
            return id;
    return id;
}

std::optional<WordId> Dictionary::find(std::string_view wanted) const {
    const WordId id = lower_bound(wanted);
    if (id < m_count && word(id) == wanted)
        return id;
    return std::nullopt;
}

WordRange Dictionary::beginning_with(std::string_view beginning) const {
    std::string after(beginning);
    after.push_back('\xFF'); // no byte of UTF-8 is as great
    return {lower_bound(beginning), lower_bound(after)};
}

void Dictionary::near(std::string_view wanted, unsigned maximum, bool beginnings, std::size_t room,
                      std::vector<NearWord>& found) const {
    // One row of the table of distances per letter of the word at hand; words that share letters share rows, and once
    // a row holds nothing but too many mistakes every word with that beginning is passed over.
    constexpr unsigned char TOO_FAR = 100;
    using Row = std::array<unsigned char, MAXIMUM_WORD + 1>;
    std::array<Row, MAXIMUM_WORD + 1> rows{};
    std::array<unsigned char, MAXIMUM_WORD + 1> nearest_beginning{}; // fewest mistakes of a beginning so far
    std::array<char, MAXIMUM_WORD> letters{};
    const std::size_t width = std::min(wanted.size(), MAXIMUM_WORD);
    for (std::size_t column = 0; column <= width; ++column)
        rows[0][column] = static_cast<unsigned char>(std::min<std::size_t>(column, TOO_FAR));
    nearest_beginning[0] = TOO_FAR;

    std::size_t rows_ready = 0;              // rows up to here belong to `letters`
    std::size_t hopeless = MAXIMUM_WORD + 1; // the depth from which the word at hand is too far
    std::size_t offset = 0;
    const std::size_t end_of_room = found.size() + room;
    for (WordId id = 0; id < m_count && found.size() < end_of_room; ++id) {
        const Coded coded = coded_at(m_bytes, offset);
        offset += coded.size;
        // A block's first word is written whole; what it shares is seen by looking.
        std::size_t shared = std::min(coded.shared, rows_ready);
        std::size_t skipped = 0;
        if (coded.shared == 0)
            while (shared < std::min(rows_ready, coded.rest.size()) && letters[shared] == coded.rest[shared])
                skipped = ++shared;
        if (shared >= hopeless)
            continue;
        hopeless = MAXIMUM_WORD + 1;
        const std::size_t length = std::min(shared + coded.rest.size() - skipped, MAXIMUM_WORD);
        rows_ready = shared;
        for (std::size_t depth = shared + 1; depth <= length; ++depth) {
            const char letter = coded.rest[depth - 1 - shared + skipped];
            letters[depth - 1] = letter;
            const Row& above = rows[depth - 1];
            Row& row = rows[depth];
            const std::size_t first = depth > maximum ? depth - maximum : 0;
            const std::size_t last = std::min(width, depth + maximum);
            unsigned fewest = TOO_FAR;
            if (first > 0)
                row[first - 1] = TOO_FAR;
            else
                row[0] = static_cast<unsigned char>(depth);
            if (first == 0)
                fewest = row[0];
            for (std::size_t column = std::max<std::size_t>(first, 1); column <= last; ++column) {
                unsigned cost = above[column - 1] + (wanted[column - 1] == letter ? 0U : 1U);
                if (column < depth + maximum) // the cell above is within its row's band
                    cost = std::min(cost, above[column] + 1U);
                cost = std::min(cost, row[column - 1] + 1U);
                if (depth > 1 && column > 1 && wanted[column - 1] == letters[depth - 2] && wanted[column - 2] == letter)
                    cost = std::min(cost, rows[depth - 2][column - 2] + 1U);
                row[column] = static_cast<unsigned char>(std::min<unsigned>(cost, TOO_FAR));
                fewest = std::min(fewest, cost);
            }
            rows_ready = depth;
            nearest_beginning[depth] = nearest_beginning[depth - 1];
            if (last == width && first <= width)
                nearest_beginning[depth] = std::min(nearest_beginning[depth], row[width]);
            const bool by_beginning = beginnings && nearest_beginning[depth] <= maximum;
            if (fewest > maximum && !by_beginning) {
                hopeless = depth;
                break;
            }
        }
        if (hopeless <= MAXIMUM_WORD)
            continue;
        const bool whole = length + maximum >= width && length <= width + maximum && rows[length][width] <= maximum;
        const bool by_beginning = beginnings && nearest_beginning[length] <= maximum;
        if (!whole && !by_beginning)
            continue;
        if (std::any_of(letters.begin(), letters.begin() + static_cast<std::ptrdiff_t>(length),
                        [](char letter) { return letter >= '0' && letter <= '9'; }))
            continue;
        const unsigned mistakes = whole && (!by_beginning || rows[length][width] <= nearest_beginning[length])
                                      ? rows[length][width]
                                      : nearest_beginning[length];
        found.push_back({id, mistakes, !whole || rows[length][width] > mistakes, length > 0 ? letters[0] : '\0'});
    }
}

} // namespace foyer::address
