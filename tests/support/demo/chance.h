// Chance that can be repeated: the same seed gives the same sequence on every machine and with every standard library
// (std::uniform_int_distribution does not promise that).
#pragma once

#include <cstddef>
#include <cstdint>

namespace foyer::demo {

class Chance {
public:
    explicit Chance(std::uint64_t seed) : m_state(seed) {}

    // SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
    std::uint64_t next() {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31U);
    }
    // 0 to count - 1; the tiny bias of the remainder does not matter here. count > 0.
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
    // Both ends are possible.
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(below(static_cast<std::size_t>(high - low + 1)));
    }
    bool percent(int share) { return below(100) < static_cast<std::size_t>(share); }
    bool in_thousand(int share) { return below(1000) < static_cast<std::size_t>(share); }
    template <typename List> const auto& pick(const List& list) { return list[below(list.size())]; }

private:
    std::uint64_t m_state;
};

} // namespace foyer::demo
