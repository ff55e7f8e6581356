// The entry libFuzzer calls; regression.cpp calls it too. Whatever the bytes are, it must come back: a crash, a hang or
// a broken promise (see expect) is a finding.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace foyer::fuzz {

inline std::string_view text(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

// A promise about any input: ends the program when it is broken, so that the fuzzer keeps the input.
inline void expect(bool promise) {
    if (!promise)
        std::abort();
}

} // namespace foyer::fuzz
