// Numbers in the index's byte order (little endian whatever the machine), read so that no offset, however wrong, leaves
// the bytes: what lies outside is 0 and the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace foyer::address {

using Bytes = std::span<const std::byte>;

[[nodiscard]] inline std::uint32_t byte_at(Bytes bytes, std::size_t position) {
    return position < bytes.size() ? std::to_integer<std::uint32_t>(bytes[position]) : 0;
}

// The number that begins at `offset`; compilers make one load of it on little endian machines.
[[nodiscard]] inline std::uint32_t u32_at_offset(Bytes bytes, std::size_t offset) {
    if (bytes.size() < 4 || offset > bytes.size() - 4)
        return 0;
    const std::byte* at = bytes.data() + offset;
    return std::to_integer<std::uint32_t>(at[0]) | std::to_integer<std::uint32_t>(at[1]) << 8 |
           std::to_integer<std::uint32_t>(at[2]) << 16 | std::to_integer<std::uint32_t>(at[3]) << 24;
}

// A section that is an array of u32.
[[nodiscard]] inline std::uint32_t u32_at(Bytes array, std::size_t index) { return u32_at_offset(array, index * 4); }

[[nodiscard]] inline std::string_view as_text(Bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// The part from `begin` to `end`; empty when there is no such part.
[[nodiscard]] inline Bytes part_of(Bytes bytes, std::size_t begin, std::size_t end) {
    if (begin > end || end > bytes.size())
        return {};
    return bytes.subspan(begin, end - begin);
}

// Walks over variable-length numbers: seven bits a byte, lowest first, the high bit says that more follow.
class Cursor {
public:
    explicit Cursor(Bytes bytes) : m_at(bytes.data()), m_end(bytes.data() + bytes.size()) {}

    [[nodiscard]] bool at_end() const { return m_at == m_end; }

    std::uint32_t byte() { return m_at == m_end ? 0 : std::to_integer<std::uint32_t>(*m_at++); }

    std::uint32_t number() {
        if (m_at == m_end)
            return 0;
        std::uint32_t last = std::to_integer<std::uint32_t>(*m_at++);
        if (last < 0x80) // nearly always
            return last;
        std::uint32_t value = last & 0x7F;
        for (std::uint32_t shift = 7; shift < 32 && m_at != m_end; shift += 7) {
            last = std::to_integer<std::uint32_t>(*m_at++);
            value |= (last & 0x7F) << shift;
            if (last < 0x80)
                break;
        }
        return value;
    }

    std::int32_t signed_number() {
        const std::uint32_t folded = number();
        return static_cast<std::int32_t>((folded >> 1) ^ (0U - (folded & 1)));
    }

private:
    const std::byte* m_at;
    const std::byte* m_end;
};

inline void append_u32(std::string& out, std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8)
        out.push_back(static_cast<char>(value >> shift & 0xFF));
}

inline void append_number(std::string& out, std::uint32_t value) {
    for (; value >= 0x80; value >>= 7)
        out.push_back(static_cast<char>((value & 0x7F) | 0x80));
    out.push_back(static_cast<char>(value));
}

inline void append_signed_number(std::string& out, std::int32_t value) {
    const auto bits = static_cast<std::uint32_t>(value);
    append_number(out, (bits << 1) ^ (value < 0 ? 0xFFFFFFFFU : 0U));
}

} // namespace foyer::address
