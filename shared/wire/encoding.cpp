#include "wire/encoding.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace foyer::wire {

namespace {

constexpr std::string_view BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view HEX = "0123456789abcdef";
constexpr std::uint8_t NO_VALUE = 0xFF;

std::array<std::uint8_t, 256> values_of(std::string_view alphabet) {
    std::array<std::uint8_t, 256> values{};
    values.fill(NO_VALUE);
    for (std::size_t index = 0; index < alphabet.size(); ++index)
        values[static_cast<std::uint8_t>(alphabet[index])] = static_cast<std::uint8_t>(index);
    return values;
}

std::string encode(std::string_view bytes, std::string_view alphabet, bool padded) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
        std::uint32_t group = 0;
        for (std::size_t index = 0; index < 3; ++index)
            group = group << 8 | (index < count ? static_cast<std::uint8_t>(bytes[at + index]) : 0U);
        for (std::size_t index = 0; index < 4; ++index) {
            if (index <= count)
                out += alphabet[group >> (18 - 6 * index) & 0x3F];
            else if (padded)
                out += '=';
        }
    }
    return out;
}

// `text` without padding.
std::optional<std::string> decode(std::string_view text, const std::array<std::uint8_t, 256>& values) {
    if (text.size() % 4 == 1)
        return std::nullopt;
    std::string out;
    out.reserve(text.size() * 3 / 4);
    std::uint32_t group = 0;
    int bits = 0;
    for (const char character : text) {
        const std::uint8_t value = values[static_cast<std::uint8_t>(character)];
        if (value == NO_VALUE)
            return std::nullopt;
        group = group << 6 | value;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out += static_cast<char>(group >> bits & 0xFF);
            group &= (1U << bits) - 1U;
        }
    }
    // What is left over must be zero: otherwise several texts would mean the same bytes.
    if (group != 0)
        return std::nullopt;
    return out;
}

} // namespace

std::string encode_base64(std::string_view bytes) { return encode(bytes, BASE64, true); }

std::optional<std::string> decode_base64(std::string_view text) {
    static const std::array<std::uint8_t, 256> VALUES = values_of(BASE64);
    if (text.size() % 4 != 0)
        return std::nullopt;
    for (int count = 0; count < 2 && !text.empty() && text.back() == '='; ++count)
        text.remove_suffix(1);
    return decode(text, VALUES);
}

std::string encode_base64url(std::string_view bytes) { return encode(bytes, BASE64URL, false); }

std::optional<std::string> decode_base64url(std::string_view text) {
    static const std::array<std::uint8_t, 256> VALUES = values_of(BASE64URL);
    return decode(text, VALUES);
}

std::string encode_hex(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char character : bytes) {
        const auto value = static_cast<std::uint8_t>(character);
        out += HEX[value >> 4];
        out += HEX[value & 0xF];
    }
    return out;
}

std::optional<std::string> decode_hex(std::string_view text) {
    static const std::array<std::uint8_t, 256> VALUES = values_of(HEX);
    if (text.size() % 2 != 0)
        return std::nullopt;
    std::string out;
    out.reserve(text.size() / 2);
    for (std::size_t at = 0; at < text.size(); at += 2) {
        const unsigned high = VALUES[static_cast<std::uint8_t>(text[at])];
        const unsigned low = VALUES[static_cast<std::uint8_t>(text[at + 1])];
        if (high == NO_VALUE || low == NO_VALUE)
            return std::nullopt;
        out += static_cast<char>(high << 4 | low);
    }
    return out;
}

} // namespace foyer::wire
