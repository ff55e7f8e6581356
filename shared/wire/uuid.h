// An envelope's id: a UUID of version 7 (RFC 9562 §5.7). Written one way only, in lower case with hyphens, so that two
// spellings cannot be two envelopes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace foyer::wire {

class Uuid {
public:
    // Nothing unless it is a version 7 UUID of the RFC's variant.
    [[nodiscard]] static std::optional<Uuid> parse(std::string_view text);
    [[nodiscard]] static std::optional<Uuid> from_bytes(std::string_view bytes);

    [[nodiscard]] const std::string& bytes() const { return m_bytes; } // 16
    [[nodiscard]] std::string text() const;

    friend bool operator==(const Uuid&, const Uuid&) = default;

private:
    explicit Uuid(std::string bytes) : m_bytes(std::move(bytes)) {}
    std::string m_bytes;
};

} // namespace foyer::wire
