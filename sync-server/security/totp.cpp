#include "security/totp.h"

#include "security/crypto.h"

#include <algorithm>

namespace foyer::server::security {

namespace {

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view DIGITS = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (UNRESERVED.find(c) != std::string_view::npos)
            out += c;
        else
            out.append({'%', DIGITS[byte >> 4U], DIGITS[byte & 15U]});
    }
    return out;
}

} // namespace

std::string totp_code(std::string_view secret, std::int64_t step, int digits) {
    std::string counter(8, '\0');
    for (std::size_t i = 0; i < 8; ++i)
        counter[7 - i] = static_cast<char>((static_cast<std::uint64_t>(step) >> (8 * i)) & 0xFFU);
    const std::string mac = hmac_sha1(secret, counter);
    // RFC 4226, section 5.3: four bytes from where the last one points, without their sign.
    const auto byte = [&](std::size_t at) { return static_cast<std::uint32_t>(static_cast<unsigned char>(mac[at])); };
    const std::size_t offset = byte(mac.size() - 1) & 0xFU;
    std::uint64_t number =
        ((byte(offset) & 0x7FU) << 24U) | (byte(offset + 1) << 16U) | (byte(offset + 2) << 8U) | byte(offset + 3);
    std::string code(static_cast<std::size_t>(digits), '0');
    for (auto digit = code.rbegin(); digit != code.rend(); ++digit, number /= 10)
        *digit = static_cast<char>('0' + number % 10);
    return code;
}

std::optional<std::int64_t> totp_step_of(std::string_view secret, std::string_view typed, UnixSeconds now,
                                         std::int64_t last_step) {
    std::string code;
    std::copy_if(typed.begin(), typed.end(), std::back_inserter(code), [](char c) { return c != ' '; });
    const std::int64_t present = now / TOTP_STEP_SECONDS;
    std::optional<std::int64_t> found;
    for (std::int64_t step = present - 1; step <= present + 1; ++step)
        if (constant_time_equal(code, totp_code(secret, step)) && step > last_step && !found)
            found = step;
    return found;
}

std::string encode_base32(std::string_view bytes) {
    constexpr std::string_view ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : bytes) {
        bits = (bits << 8U) | static_cast<unsigned char>(c);
        for (count += 8; count >= 5; count -= 5)
            out += ALPHABET[(bits >> (count - 5)) & 31U];
    }
    if (count > 0)
        out += ALPHABET[(bits << (5 - count)) & 31U];
    return out;
}

std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view account) {
    const std::string name = percent_encoded(issuer);
    return "otpauth://totp/" + name + ":" + percent_encoded(account) + "?secret=" + encode_base32(secret) +
           "&issuer=" + name + "&algorithm=SHA1&digits=6&period=30";
}

} // namespace foyer::server::security
