// The machine's clock behind the injected interface. Only main.cpp makes one.
#pragma once

#include "base/clock.h"

#include <ctime>

namespace foyer::server {

class SystemClock final : public Clock {
public:
    [[nodiscard]] UnixSeconds now() const override { return std::time(nullptr); }
};

} // namespace foyer::server
