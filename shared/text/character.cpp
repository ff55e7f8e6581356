#include "text/character.h"

#include "tables.h"

namespace foyer::text {

bool is_letter(char32_t code_point) {
    if (code_point < 0x80)
        return (code_point >= 'a' && code_point <= 'z') || (code_point >= 'A' && code_point <= 'Z');
    return tables::is_member(tables::letter_boundaries(), code_point);
}

bool is_mark(char32_t code_point) {
    return code_point >= 0x300 && tables::is_member(tables::mark_boundaries(), code_point);
}

bool is_white_space(char32_t code_point) {
    return code_point == ' ' || (code_point >= 0x09 && code_point <= 0x0D) || code_point == 0x85 ||
           code_point == 0xA0 || code_point == 0x1680 || (code_point >= 0x2000 && code_point <= 0x200A) ||
           code_point == 0x2028 || code_point == 0x2029 || code_point == 0x202F || code_point == 0x205F ||
           code_point == 0x3000;
}

bool is_apostrophe(char32_t code_point) {
    switch (code_point) {
    case '\'':
    case '`':
    case 0x00B4: // ´
    case 0x02B9: // ʹ
    case 0x02BB: // ʻ
    case 0x02BC: // ʼ
    case 0x02BD: // ʽ
    case 0x02C8: // ˈ
    case 0x2018: // ‘
    case 0x2019: // ’
    case 0x201B: // ‛
    case 0x2032: // ′
    case 0xFF07: // ＇
        return true;
    default:
        return false;
    }
}

bool is_hyphen(char32_t code_point) {
    return code_point == '-' || (code_point >= 0x2010 && code_point <= 0x2015) || code_point == 0x2212 ||
           code_point == 0xFE58 || code_point == 0xFE63 || code_point == 0xFF0D;
}

bool is_forbidden(char32_t code_point) {
    if (is_white_space(code_point))
        return false;
    if (code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0))
        return true; // controls, NUL among them
    if (code_point == 0x061C || code_point == 0x200E || code_point == 0x200F ||
        (code_point >= 0x202A && code_point <= 0x202E) || (code_point >= 0x2066 && code_point <= 0x206F))
        return true; // bidirectional controls and marks, deprecated format characters
    if (code_point == 0xFEFF || (code_point >= 0xFFF9 && code_point <= 0xFFFD))
        return true; // BOM, annotations, object replacement, what was not text before
    if ((code_point & 0xFFFEU) == 0xFFFEU || (code_point >= 0xFDD0 && code_point <= 0xFDEF))
        return true;                                       // noncharacters
    return code_point >= 0xE0000 && code_point <= 0xE007F; // tags: text nobody sees
}

char32_t to_lower(char32_t code_point) {
    if (code_point < 0x80)
        return code_point >= 'A' && code_point <= 'Z' ? code_point + ('a' - 'A') : code_point;
    const tables::Run* run = tables::find(tables::lower_case_distances(), code_point);
    return run ? static_cast<char32_t>(static_cast<std::int32_t>(code_point) + run->value) : code_point;
}

std::string code_point_name(char32_t code_point) {
    std::string digits;
    for (char32_t rest = code_point; rest != 0 || digits.size() < 4; rest >>= 4U)
        digits.insert(digits.begin(), "0123456789ABCDEF"[rest & 0xFU]);
    return "U+" + digits;
}

} // namespace foyer::text
