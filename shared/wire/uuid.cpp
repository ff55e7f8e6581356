#include "wire/uuid.h"

#include "wire/encoding.h"

namespace foyer::wire {

std::optional<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
        return std::nullopt;
    std::string digits;
    for (std::size_t at = 0; at < text.size(); ++at)
        if (at != 8 && at != 13 && at != 18 && at != 23)
            digits += text[at];
    const std::optional<std::string> bytes = decode_hex(digits);
    return bytes ? from_bytes(*bytes) : std::nullopt;
}

std::optional<Uuid> Uuid::from_bytes(std::string_view bytes) {
    if (bytes.size() != 16)
        return std::nullopt;
    const auto version = static_cast<unsigned char>(bytes[6]) >> 4;
    const auto variant = static_cast<unsigned char>(bytes[8]) >> 6;
    if (version != 7 || variant != 2)
        return std::nullopt;
    return Uuid(std::string(bytes));
}

std::string Uuid::text() const {
    std::string out = encode_hex(m_bytes);
    for (const std::size_t at : {8U, 13U, 18U, 23U})
        out.insert(at, 1, '-');
    return out;
}

} // namespace foyer::wire
