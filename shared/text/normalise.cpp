#include "text/normalise.h"

#include "tables.h"
#include "text/utf8.h"

#include <algorithm>
#include <array>
#include <vector>

namespace foyer::text {

namespace {

// Hangul is composed by arithmetic (The Unicode Standard, section 3.12).
constexpr char32_t HANGUL_SYLLABLES = 0xAC00;
constexpr char32_t HANGUL_LEADS = 0x1100;
constexpr char32_t HANGUL_VOWELS = 0x1161;
constexpr char32_t HANGUL_TAILS = 0x11A7; // one before the first: tail 0 is no tail
constexpr char32_t LEAD_COUNT = 19;
constexpr char32_t VOWEL_COUNT = 21;
constexpr char32_t TAIL_COUNT = 28;
constexpr char32_t SYLLABLE_COUNT = LEAD_COUNT * VOWEL_COUNT * TAIL_COUNT;

// Below the first combining mark nothing decomposes into more than Latin-1 and its marks, and all of it is composed.
constexpr char32_t FIRST_MARK = 0x300;

bool is_in(char32_t code_point, char32_t first, char32_t count) {
    return code_point >= first && code_point - first < count;
}

// A code point with its combining class in the upper byte: the class is looked up once, then sorted and compared by.
using Classed = std::uint32_t;
Classed classed(char32_t code_point) {
    return (static_cast<Classed>(combining_class(code_point)) << 24U) | static_cast<Classed>(code_point);
}
Classed class_of(Classed one) { return one >> 24U; }
char32_t code_point_of(Classed one) { return static_cast<char32_t>(one & 0xFFFFFFU); }

void decompose_into(std::vector<Classed>& out, char32_t code_point) {
    if (code_point < 0xC0) {
        out.push_back(code_point);
        return;
    }
    if (is_in(code_point, HANGUL_SYLLABLES, SYLLABLE_COUNT)) {
        const char32_t index = code_point - HANGUL_SYLLABLES;
        out.push_back(HANGUL_LEADS + index / (VOWEL_COUNT * TAIL_COUNT));
        out.push_back(HANGUL_VOWELS + index / TAIL_COUNT % VOWEL_COUNT);
        if (index % TAIL_COUNT != 0)
            out.push_back(HANGUL_TAILS + index % TAIL_COUNT);
        return;
    }
    // Decompositions nest (ǖ is ü with a macron); each goes through its first part.
    std::vector<char32_t> seconds;
    const auto& all = tables::decompositions();
    while (true) {
        const auto place =
            std::lower_bound(all.begin(), all.end(), code_point,
                             [](const tables::Decomposition& one, char32_t wanted) { return one.code_point < wanted; });
        if (place == all.end() || place->code_point != code_point)
            break;
        if (place->second != 0)
            seconds.push_back(place->second);
        code_point = place->first;
    }
    out.push_back(classed(code_point));
    for (auto second = seconds.rbegin(); second != seconds.rend(); ++second)
        out.push_back(classed(*second));
}

// Puts the marks of each cluster in the order of their classes, keeping the order within one class. By counting:
// however many marks somebody piles up, each is moved once; and it is half the code of std::stable_sort.
void order_marks(std::vector<Classed>& text) {
    std::vector<Classed> sorted;
    std::size_t end = 0;
    for (std::size_t start = 0; start < text.size(); start = end) {
        for (end = start; end < text.size() && class_of(text[end]) != 0;)
            ++end;
        if (end - start > 1) {
            std::array<std::size_t, 257> places{}; // where the next mark of a class goes
            for (std::size_t i = start; i < end; ++i)
                ++places[class_of(text[i]) + std::size_t{1}];
            for (std::size_t i = 1; i < places.size(); ++i)
                places[i] += places[i - 1];
            sorted.resize(end - start);
            for (std::size_t i = start; i < end; ++i)
                sorted[places[class_of(text[i])]++] = text[i];
            std::copy(sorted.begin(), sorted.end(), text.begin() + static_cast<std::ptrdiff_t>(start));
        }
        end += end == start ? 1 : 0;
    }
}

// The composite of the two, or 0.
char32_t compose_pair(char32_t first, char32_t second) {
    if (is_in(first, HANGUL_LEADS, LEAD_COUNT) && is_in(second, HANGUL_VOWELS, VOWEL_COUNT))
        return HANGUL_SYLLABLES + ((first - HANGUL_LEADS) * VOWEL_COUNT + (second - HANGUL_VOWELS)) * TAIL_COUNT;
    if (is_in(first, HANGUL_SYLLABLES, SYLLABLE_COUNT) && (first - HANGUL_SYLLABLES) % TAIL_COUNT == 0 &&
        is_in(second, HANGUL_TAILS + 1, TAIL_COUNT - 1))
        return first + (second - HANGUL_TAILS);
    const auto& all = tables::decompositions();
    const auto& order = tables::compositions();
    const auto place = std::lower_bound(order.begin(), order.end(), 0, [&](std::uint16_t index, int) {
        return all[index].first != first ? all[index].first < first : all[index].second < second;
    });
    if (place == order.end() || all[*place].first != first || all[*place].second != second)
        return 0;
    return all[*place].code_point;
}

void compose(std::vector<Classed>& text) {
    constexpr std::size_t NONE = static_cast<std::size_t>(-1);
    std::size_t starter = NONE; // where in `text` the last starter went
    std::size_t written = 0;
    Classed class_before = 0;
    for (const Classed one : text) {
        // Blocked when something of the same or a higher class stands between the starter and this one.
        const bool adjacent = starter != NONE && written == starter + 1;
        if (starter != NONE && (adjacent || class_before < class_of(one))) {
            // A composite is a starter, so its class is 0 and need not be looked up.
            if (const char32_t composite = compose_pair(code_point_of(text[starter]), code_point_of(one))) {
                text[starter] = composite;
                continue;
            }
        }
        if (class_of(one) == 0)
            starter = written;
        class_before = class_of(one);
        text[written++] = one;
    }
    text.resize(written);
}

bool needs_no_work(std::string_view text, char32_t limit) {
    for (std::size_t offset = 0; offset < text.size();) {
        const Decoded decoded = decode_at(text, offset);
        if (!decoded.valid || decoded.code_point >= limit)
            return false;
        offset += decoded.size;
    }
    return true;
}

std::vector<Classed> decompose(std::string_view text) {
    std::vector<Classed> out;
    out.reserve(text.size());
    for (const char32_t code_point : CodePoints(text))
        decompose_into(out, code_point);
    order_marks(out);
    return out;
}

std::string encode(const std::vector<Classed>& code_points) {
    std::string out;
    out.reserve(code_points.size());
    for (const Classed one : code_points)
        append(out, code_point_of(one));
    return out;
}

} // namespace

std::uint8_t combining_class(char32_t code_point) {
    if (code_point < FIRST_MARK)
        return 0;
    const tables::Run* run = tables::find(tables::combining_classes(), code_point);
    return run ? static_cast<std::uint8_t>(run->value) : std::uint8_t{0};
}

std::string to_nfc(std::string_view text) {
    if (needs_no_work(text, FIRST_MARK))
        return std::string(text);
    std::vector<Classed> code_points = decompose(text);
    compose(code_points);
    return encode(code_points);
}

std::string to_nfd(std::string_view text) {
    if (needs_no_work(text, 0xC0))
        return std::string(text);
    return encode(decompose(text));
}

} // namespace foyer::text
