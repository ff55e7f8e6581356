#include "view/text_measure.h"

namespace foyer::view {

namespace {

constexpr char32_t REPLACEMENT = 0xFFFD;

bool is_continuation(std::string_view text, std::size_t position) {
    return position < text.size() && (static_cast<unsigned char>(text[position]) & 0xC0) == 0x80;
}

std::string_view without_trailing_spaces(std::string_view line) {
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r'))
        line.remove_suffix(1);
    return line;
}

// After a space and after a hyphen, but not between a hyphen and a figure (UAX #14, LB25): a request's number,
// "OUDON-2026-000002", stays whole.
bool breaks_after(char32_t character, std::string_view rest) {
    if (character == '-')
        return rest.empty() || rest.front() < '0' || rest.front() > '9';
    return character == ' ' || character == 0x200B;
}

} // namespace

char32_t next_character(std::string_view text, std::size_t& position) {
    const auto first = static_cast<unsigned char>(text[position++]);
    if (first < 0x80)
        return first;
    const int following = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
    if (following == 0)
        return REPLACEMENT;
    char32_t character = first & (0x3F >> following);
    for (int i = 0; i < following; ++i) {
        if (!is_continuation(text, position))
            return REPLACEMENT;
        character = (character << 6) | (static_cast<unsigned char>(text[position++]) & 0x3F);
    }
    return character;
}

float text_width(const TextMeasure& measure, const TextStyle& style, std::string_view text) {
    float width = 0;
    for (std::size_t position = 0; position < text.size();)
        width += measure.advance(style, next_character(text, position));
    return width;
}

std::vector<std::string_view> break_lines(const TextMeasure& measure, const TextStyle& style, std::string_view text,
                                          float width) {
    std::vector<std::string_view> lines;
    std::size_t line_start = 0;
    std::size_t last_break = 0; // where the next line would start if this one ended at its last opportunity
    float line_width = 0;
    float width_at_break = 0;
    const auto end_line = [&](std::size_t end, std::size_t next) {
        lines.push_back(without_trailing_spaces(text.substr(line_start, end - line_start)));
        line_start = last_break = next;
    };
    for (std::size_t position = 0; position < text.size();) {
        const std::size_t start = position;
        const char32_t character = next_character(text, position);
        if (character == '\n') {
            end_line(start, position);
            line_width = width_at_break = 0;
            continue;
        }
        const float advance = measure.advance(style, character);
        // A space may hang over the edge: it is not painted there.
        if (character != ' ' && line_width + advance > width && start > line_start) {
            if (last_break > line_start) {
                end_line(last_break, last_break);
                line_width -= width_at_break;
            } else {
                end_line(start, start);
                line_width = 0;
            }
            width_at_break = 0;
        }
        line_width += advance;
        if (breaks_after(character, text.substr(position))) {
            last_break = position;
            width_at_break = line_width;
        }
    }
    if (line_start < text.size() || lines.empty())
        lines.push_back(without_trailing_spaces(text.substr(line_start)));
    return lines;
}

float width_without_orphan(const TextMeasure& measure, const TextStyle& style, std::string_view text, float width) {
    const auto is_word = [](std::string_view line) { return line.find(' ') == std::string_view::npos; };
    const std::size_t count = break_lines(measure, style, text, width).size();
    float narrower = width;
    for (int tries = 0; count > 1 && tries < 6; ++tries, narrower *= 0.95F) {
        const std::vector<std::string_view> lines = break_lines(measure, style, text, narrower);
        if (lines.size() != count)
            return width;
        if (!is_word(lines.back()))
            return narrower;
    }
    return width;
}

} // namespace foyer::view
