// The fuzz targets without a fuzzer: each seed, every beginning of it, and mutations that are the same on every machine
// and in every run.
#include "fuzz.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

namespace {

constexpr int MUTATIONS = 3'000;
constexpr std::size_t BEGINNINGS = 2'000;

// Xorshift: the standard library's generators give different numbers in different libraries' distributions.
class Numbers {
public:
    std::size_t below(std::size_t bound) {
        m_state ^= m_state << 13;
        m_state ^= m_state >> 7;
        m_state ^= m_state << 17;
        return static_cast<std::size_t>(m_state % bound);
    }

private:
    std::uint64_t m_state = 0x9E3779B97F4A7C15ULL;
};

void run(const std::string& input) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

std::string mutated(std::string input, Numbers& numbers) {
    static constexpr std::array<std::string_view, 16> PIECES = {
        "\"",      "\\", "{", "}", "[", "]", ":", ",", ";", "(", ")", "\xFF", "\xED\xA0\x80", "999999999999999999",
        "\\ud800", "="};
    for (std::size_t count = 1 + numbers.below(4); count > 0; --count) {
        const std::size_t at = numbers.below(input.size() + 1);
        switch (numbers.below(4)) {
        case 0:
            input.insert(at, PIECES[numbers.below(PIECES.size())]);
            break;
        case 1:
            input.erase(at, 1 + numbers.below(8));
            break;
        case 2:
            input.insert(at, input.substr(numbers.below(input.size() + 1), numbers.below(40)));
            break;
        default:
            if (at < input.size())
                input[at] = static_cast<char>(numbers.below(256));
        }
    }
    return input;
}

} // namespace

int main(int count, char** names) {
    Numbers numbers;
    std::size_t runs = 0;
    run("");
    for (int index = 1; index < count; ++index) {
        std::ifstream file(names[index], std::ios::binary);
        if (!file) {
            std::fprintf(stderr, "cannot read %s\n", names[index]);
            return 1;
        }
        const std::string seed{std::istreambuf_iterator<char>(file), {}};
        run(seed);
        for (std::size_t length = 0; length < seed.size() && length < BEGINNINGS; ++length, ++runs)
            run(seed.substr(0, length));
        for (int mutation = 0; mutation < MUTATIONS; ++mutation, ++runs)
            run(mutated(seed, numbers));
    }
    std::printf("%zu inputs\n", runs);
    return 0;
}
