#include "mail/message.h"

#include "security/crypto.h"
#include "support/time_text.h"
#include "wire/encoding.h"

namespace foyer::server::mail {

namespace {

constexpr std::size_t MAXIMUM_ENCODED_BYTES =
    42; // of text in one encoded word: =?UTF-8?B?…?= stays below 75 characters
constexpr std::size_t MAXIMUM_LINE = 76;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

std::string without_controls(std::string_view text) {
    std::string clean(text);
    for (char& c : clean)
        if (is_control(c))
            c = ' ';
    return clean;
}

bool is_plain_header(std::string_view text) {
    if (text.size() > 60 || text.find("=?") != std::string_view::npos)
        return false;
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x7f || is_control(c))
            return false;
    return true;
}

// A name beside an address: in quotes when it is plain, because it may hold a comma or a dot.
std::string encode_display_name(std::string_view name) {
    const std::string encoded = encode_header_text(name);
    if (encoded.rfind("=?", 0) == 0)
        return encoded;
    std::string quoted = "\"";
    for (const char c : encoded) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

void append_part(std::string& message, const std::string& boundary, const char* type, const std::string& text) {
    message += "--" + boundary + "\r\nContent-Type: " + type +
               "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
               encode_quoted_printable(text) + "\r\n";
}

} // namespace

bool is_safe_address(std::string_view address) {
    if (address.empty() || address.size() > 254 || address.find('@') == std::string_view::npos)
        return false;
    for (const char c : address)
        if (is_control(c) || std::string_view(" <>\"(),:;\\[]").find(c) != std::string_view::npos)
            return false;
    return true;
}

std::string encode_header_text(std::string_view text) {
    const std::string clean = without_controls(text);
    if (is_plain_header(clean))
        return clean;
    std::string encoded;
    std::size_t start = 0;
    while (start < clean.size()) {
        std::size_t end = std::min(clean.size(), start + MAXIMUM_ENCODED_BYTES);
        while (end < clean.size() && end > start + 1 && is_continuation(clean[end]))
            --end; // a character is never cut in two
        if (!encoded.empty())
            encoded += "\r\n ";
        encoded += "=?UTF-8?B?" + wire::encode_base64(clean.substr(start, end - start)) + "?=";
        start = end;
    }
    return encoded;
}

std::string encode_quoted_printable(std::string_view text) {
    constexpr const char* HEX = "0123456789ABCDEF";
    std::string encoded;
    std::size_t line = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\r')
            continue;
        if (c == '\n') {
            encoded += "\r\n";
            line = 0;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        const bool at_end = i + 1 == text.size() || text[i + 1] == '\n' || text[i + 1] == '\r';
        // A dot that begins a line is written out too: no relay can then take it for the end of the message.
        const bool plain = byte > 0x20 && byte < 0x7f && c != '=' && !(c == '.' && line == 0);
        const bool plain_space = c == ' ' && !at_end;
        const std::size_t length = plain || plain_space ? 1 : 3;
        if (line + length > MAXIMUM_LINE - 1) {
            encoded += "=\r\n";
            line = 0;
        }
        if (length == 1)
            encoded += c;
        else
            encoded.append(1, '=').append(1, HEX[byte >> 4U]).append(1, HEX[byte & 15U]);
        line += length;
    }
    return encoded;
}

std::optional<std::string> write_message(const store::NewMail& mail, UnixSeconds date) {
    if (!is_safe_address(mail.sender) || !is_safe_address(mail.recipient) || !is_safe_address(mail.message_id))
        return std::nullopt;
    const std::string boundary = "foyer-" + wire::encode_hex(security::sha256(mail.message_id)).substr(0, 32);
    std::string message = "Date: " + mail_date(date) + "\r\n";
    message += "From: " + encode_display_name(mail.sender_name) + " <" + mail.sender + ">\r\n";
    message += "To: <" + mail.recipient + ">\r\n";
    message += "Subject: " + encode_header_text(mail.subject) + "\r\n";
    message += "Message-ID: <" + mail.message_id + ">\r\n";
    message += "Content-Language: " + std::string(mail.language == "en" ? "en" : "fr") + "\r\n";
    // RFC 3834: an absence notice must not answer a machine.
    message += "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n";
    message += "Content-Type: multipart/alternative; boundary=\"" + boundary + "\"\r\n\r\n";
    append_part(message, boundary, "text/plain", mail.text);
    append_part(message, boundary, "text/html", mail.html);
    message += "--" + boundary + "--\r\n";
    return message;
}

} // namespace foyer::server::mail
