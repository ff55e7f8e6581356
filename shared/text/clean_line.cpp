#include "text/clean_line.h"

#include "text/character.h"
#include "text/normalise.h"
#include "text/utf8.h"

#include <algorithm>

namespace foyer::text {

namespace {

constexpr std::size_t NAMED_AT_MOST = 10;

bool is_line_breaking_hint(char32_t code_point) { return code_point == 0xAD || code_point == 0x200B; }

void remember(std::vector<char32_t>& seen, char32_t code_point) {
    if (seen.size() < NAMED_AT_MOST && std::find(seen.begin(), seen.end(), code_point) == seen.end())
        seen.push_back(code_point);
}

} // namespace

CleanLine clean_line(std::string_view typed) {
    CleanLine line;
    if (!is_valid(typed)) {
        line.is_utf8 = false;
        return line;
    }
    std::string text;
    text.reserve(typed.size());
    bool space_pending = false;
    for (const char32_t code_point : CodePoints(typed)) {
        if (is_white_space(code_point)) {
            space_pending = true;
            continue;
        }
        if (is_line_breaking_hint(code_point))
            continue;
        if (is_forbidden(code_point))
            remember(line.forbidden, code_point);
        if (space_pending && !text.empty())
            text.push_back(' ');
        space_pending = false;
        append(text, code_point);
    }
    line.text = to_nfc(text);
    return line;
}

std::string code_point_names(const std::vector<char32_t>& code_points) {
    std::string names;
    for (const char32_t code_point : code_points) {
        if (!names.empty())
            names.push_back(' ');
        names += code_point_name(code_point);
    }
    return names;
}

} // namespace foyer::text
