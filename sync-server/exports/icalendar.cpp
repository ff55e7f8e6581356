#include "exports/icalendar.h"

#include "support/time_text.h"

#include <algorithm>

namespace foyer::server::exports {

std::string calendar_line(std::string_view name, std::string_view value) {
    constexpr std::size_t LONGEST = 75; // bytes, without the line's end
    std::string line;
    std::size_t in_line = 0;
    const std::string whole = std::string(name) + ":" + std::string(value);
    for (std::size_t at = 0; at < whole.size();) {
        std::size_t next = at + 1;
        while (next < whole.size() && (static_cast<unsigned char>(whole[next]) & 0xc0U) == 0x80)
            ++next;
        if (in_line + next - at > LONGEST) {
            line += "\r\n ";
            in_line = 1;
        }
        line.append(whole, at, next - at);
        in_line += next - at;
        at = next;
    }
    return line + "\r\n";
}

std::string calendar_text(std::string_view value) {
    std::string text;
    for (const char c : value) {
        if (c == '\\' || c == ';' || c == ',')
            text += '\\';
        if (c == '\n')
            text += "\\n";
        else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f)
            text += c;
    }
    return text;
}

std::string calendar_date(std::string_view day) {
    std::string digits(day);
    digits.erase(std::remove(digits.begin(), digits.end(), '-'), digits.end());
    return digits;
}

std::string calendar_moment(UnixSeconds at) {
    std::string text = calendar_date(rfc3339(at));
    text.erase(std::remove(text.begin(), text.end(), ':'), text.end());
    return text;
}

} // namespace foyer::server::exports
