// Time is handed in: nothing in shared/, the wizard or the use cases reads a clock of its own (decision 10).
#pragma once

#include <cstdint>

namespace foyer {

// Seconds since 1970-01-01T00:00:00Z.
using UnixSeconds = std::int64_t;

class Clock {
public:
    virtual ~Clock() = default;
    // May be called from any thread; never fails.
    [[nodiscard]] virtual UnixSeconds now() const = 0;
};

} // namespace foyer
