#include "tables.h"

#include <algorithm>
#include <span>

namespace foyer::text::tables {

namespace {

#include "generated/text/unicode_tables.inc"

// Reads one column of variable-length numbers. The columns are constants of this program, so there is nothing to
// refuse; past its end a column gives zeros.
class Column {
public:
    explicit Column(std::span<const std::uint8_t> bytes) : m_bytes(bytes) {}

    [[nodiscard]] bool at_end() const { return m_position >= m_bytes.size(); }

    std::uint32_t number() {
        std::uint32_t value = 0;
        for (unsigned shift = 0; !at_end() && shift < 32; shift += 7) {
            const std::uint32_t byte = m_bytes[m_position++];
            value |= (byte & 0x7FU) << shift;
            if (byte < 0x80)
                break;
        }
        return value;
    }

    std::int32_t signed_number() {
        const std::uint32_t value = number();
        const auto half = static_cast<std::int32_t>(value / 2);
        return (value & 1U) != 0 ? -half - 1 : half;
    }

private:
    std::span<const std::uint8_t> m_bytes;
    std::size_t m_position = 0;
};

std::vector<Decomposition> unpack_decompositions() {
    std::vector<Decomposition> all;
    Column steps(DECOMPOSED_STEPS);
    Column firsts(DECOMPOSED_FIRST);
    Column seconds(DECOMPOSED_SECOND);
    Decomposition entry{0, 0, 0, true};
    while (!steps.at_end()) {
        entry.code_point += steps.number();
        entry.first = static_cast<char32_t>(static_cast<std::int32_t>(entry.first) + firsts.signed_number());
        entry.second = static_cast<char32_t>(static_cast<std::int32_t>(entry.second) + seconds.signed_number());
        // UAX #15: one-part and non-starter decompositions are never composed again.
        entry.may_compose = entry.second != 0 && find(combining_classes(), entry.code_point) == nullptr &&
                            find(combining_classes(), entry.first) == nullptr;
        all.push_back(entry);
    }
    Column exclusions(NEVER_COMPOSED);
    char32_t excluded = 0;
    while (!exclusions.at_end()) {
        excluded += exclusions.number();
        const auto place =
            std::lower_bound(all.begin(), all.end(), excluded,
                             [](const Decomposition& one, char32_t code_point) { return one.code_point < code_point; });
        if (place != all.end() && place->code_point == excluded)
            place->may_compose = false;
    }
    return all;
}

std::vector<std::uint16_t> sort_compositions() {
    const std::vector<Decomposition>& all = decompositions();
    std::vector<std::uint16_t> order;
    for (std::size_t index = 0; index < all.size(); ++index)
        if (all[index].may_compose)
            order.push_back(static_cast<std::uint16_t>(index));
    std::sort(order.begin(), order.end(), [&all](std::uint16_t left, std::uint16_t right) {
        return all[left].first != all[right].first ? all[left].first < all[right].first
                                                   : all[left].second < all[right].second;
    });
    return order;
}

std::vector<Run> unpack_classes() {
    std::vector<Run> runs;
    Column gaps(CLASS_GAPS);
    Column lengths(CLASS_LENGTHS);
    char32_t next = 0;
    while (!gaps.at_end()) {
        const char32_t first = next + gaps.number();
        next = first + lengths.number();
        runs.push_back({first, next - 1, 1, 0});
    }
    // Classes reach 240 and are plain bytes, not numbers of seven bits.
    std::size_t index = 0;
    for (const std::uint8_t value : CLASS_VALUES)
        runs[index++].value = value;
    return runs;
}

std::vector<Run> unpack_lower_case() {
    std::vector<Run> runs;
    Column gaps(LOWER_GAPS);
    Column shapes(LOWER_SHAPES);
    Column distances(LOWER_DISTANCES);
    char32_t previous = 0;
    while (!gaps.at_end()) {
        const char32_t first = previous + gaps.number();
        const std::uint32_t shape = shapes.number();
        const std::uint32_t step = (shape & 1U) + 1;
        previous = first + (shape / 2 - 1) * step;
        runs.push_back({first, previous, static_cast<std::uint8_t>(step), distances.signed_number()});
    }
    return runs;
}

std::vector<char32_t> unpack_boundaries(std::span<const std::uint8_t> bytes) {
    std::vector<char32_t> boundaries;
    Column lengths(bytes);
    char32_t boundary = 0;
    while (!lengths.at_end()) {
        boundary += lengths.number();
        boundaries.push_back(boundary);
    }
    return boundaries;
}

} // namespace

const std::vector<Decomposition>& decompositions() {
    static const std::vector<Decomposition> all = unpack_decompositions();
    return all;
}

const std::vector<std::uint16_t>& compositions() {
    static const std::vector<std::uint16_t> order = sort_compositions();
    return order;
}

const std::vector<Run>& combining_classes() {
    static const std::vector<Run> runs = unpack_classes();
    return runs;
}

const std::vector<Run>& lower_case_distances() {
    static const std::vector<Run> runs = unpack_lower_case();
    return runs;
}

const Run* find(const std::vector<Run>& runs, char32_t code_point) {
    const auto after = std::upper_bound(runs.begin(), runs.end(), code_point,
                                        [](char32_t wanted, const Run& run) { return wanted < run.first; });
    // Runs of every second code point interleave with others ("Ā ā Ă ă" lies between runs), so a few may hold it.
    for (auto run = after; run != runs.begin() && after - run < 3;) {
        --run;
        if (code_point <= run->last && (code_point - run->first) % run->step == 0)
            return &*run;
    }
    return nullptr;
}

const std::vector<char32_t>& letter_boundaries() {
    static const std::vector<char32_t> boundaries = unpack_boundaries(LETTERS);
    return boundaries;
}

const std::vector<char32_t>& mark_boundaries() {
    static const std::vector<char32_t> boundaries = unpack_boundaries(MARKS);
    return boundaries;
}

bool is_member(const std::vector<char32_t>& boundaries, char32_t code_point) {
    const auto after = std::upper_bound(boundaries.begin(), boundaries.end(), code_point);
    return (after - boundaries.begin()) % 2 == 1;
}

} // namespace foyer::text::tables
