// A mail as the bytes that leave: RFC 5322 headers, a text and an HTML part (RFC 2046 multipart/alternative),
// everything in UTF-8 as quoted-printable, header texts as RFC 2047 encoded words. The same mail always gives the same
// bytes, so a retry sends what was sent before. Pure.
#pragma once

#include "store/mails.h"

#include <optional>
#include <string>
#include <string_view>

namespace foyer::server::mail {

// Printable, without white space, angle brackets, quotes, commas or control characters: nothing that could end the
// address in a header or an SMTP command.
[[nodiscard]] bool is_safe_address(std::string_view address);

// One header text. Plain ASCII stays; everything else becomes encoded words of at most 75 characters. Line feeds and
// other control characters become spaces, so no text can start a header of its own.
[[nodiscard]] std::string encode_header_text(std::string_view text);

// RFC 2045 §6.7, lines of at most 76 characters ended by CR LF.
[[nodiscard]] std::string encode_quoted_printable(std::string_view text);

// The whole message, lines ended by CR LF. Nothing when an address or the message id is not safe to write.
[[nodiscard]] std::optional<std::string> write_message(const store::NewMail& mail, UnixSeconds date);

} // namespace foyer::server::mail
