// Strong identifiers: an AccountId cannot be passed where a SubmissionId is wanted.
//   using AccountId = Id<struct AccountTag>;
#pragma once

#include <compare>
#include <cstdint>

namespace foyer {

template <typename Tag> class Id {
public:
    constexpr Id() = default;
    constexpr explicit Id(std::int64_t number) : m_number(number) {}
    [[nodiscard]] constexpr std::int64_t number() const { return m_number; }
    friend constexpr bool operator==(Id, Id) = default;
    friend constexpr auto operator<=>(Id, Id) = default;

private:
    std::int64_t m_number = 0;
};

} // namespace foyer
