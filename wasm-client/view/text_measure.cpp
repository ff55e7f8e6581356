#include "view/text_measure.h"

#include <algorithm>

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

// "n° 12" is one thing.
bool ends_with_degree(std::string_view text) { return text.size() >= 2 && text.substr(text.size() - 2) == "\u00B0"; }

// Where what begins here may end: at a space that separates.
std::size_t end_of_word(std::string_view text, std::size_t from) {
    std::size_t end = text.find_first_of(" \n", from);
    while (end < text.size() && text[end] == ' ' && ends_with_degree(text.substr(0, end)))
        end = text.find_first_of(" \n", end + 1);
    return std::min(end, text.size());
}

bool is_space(char32_t character) { return character == ' ' || character == 0x200B; }

// Not between a hyphen and a figure (UAX #14, LB25): a request's number, "OUDON-2026-000002", stays whole.
bool is_breaking_hyphen(char32_t character, std::string_view rest) {
    return character == '-' && (rest.empty() || rest.front() < '0' || rest.front() > '9');
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
    std::size_t after_space = 0;  // where the next line would start if this one ended at its last space,
    std::size_t after_hyphen = 0; // or within its last word
    float line_width = 0;
    const auto end_line = [&](std::size_t end, std::size_t next) {
        lines.push_back(without_trailing_spaces(text.substr(line_start, end - line_start)));
        line_start = after_space = after_hyphen = next;
        line_width = 0;
    };
    for (std::size_t position = 0; position < text.size();) {
        const std::size_t start = position;
        const char32_t character = next_character(text, position);
        if (character == '\n') {
            end_line(start, position);
            continue;
        }
        const float advance = measure.advance(style, character);
        // A space may hang over the edge: it is not painted there.
        if (character != ' ' && line_width + advance > width && start > line_start) {
            // "Saint-Maur" and "co-représentant" stay whole wherever they have room on a line of their own.
            const std::string_view word = text.substr(after_space, end_of_word(text, after_space) - after_space);
            const bool splits =
                after_hyphen > after_space && (after_space == line_start || text_width(measure, style, word) > width);
            position = splits ? after_hyphen : after_space > line_start ? after_space : start;
            end_line(position, position);
            continue;
        }
        line_width += advance;
        const bool joins = character == ' ' && ends_with_degree(text.substr(0, start));
        if (is_space(character) && !joins)
            after_space = position;
        else if (joins || is_breaking_hyphen(character, text.substr(position)))
            after_hyphen = position;
    }
    if (line_start < text.size() || lines.empty())
        lines.push_back(without_trailing_spaces(text.substr(line_start)));
    return lines;
}

float widest_word(const TextMeasure& measure, const TextStyle& style, std::string_view text) {
    float widest = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" \n"), text.size() - 1) + 1;
        widest = std::max(widest, text_width(measure, style, without_trailing_spaces(text.substr(0, end))));
        text.remove_prefix(end);
    }
    return widest;
}

float width_without_orphan(const TextMeasure& measure, const TextStyle& style, std::string_view text, float width) {
    const auto is_word = [](std::string_view line) { return line.find(' ') == std::string_view::npos; };
    const std::size_t count = break_lines(measure, style, text, width).size();
    const float least = count > 1 ? widest_word(measure, style, text) : width;
    float narrower = width;
    for (int tries = 0; count > 1 && tries < 12 && narrower >= least; ++tries, narrower *= 0.98F) {
        const std::vector<std::string_view> lines = break_lines(measure, style, text, narrower);
        if (lines.size() != count)
            return width;
        if (!is_word(lines.back()))
            return narrower;
    }
    return width;
}

float balanced_width(const TextMeasure& measure, const TextStyle& style, std::string_view text, float width) {
    const std::size_t count = break_lines(measure, style, text, width).size();
    float narrow = count > 1 ? std::max(width / 2, widest_word(measure, style, text)) : width;
    for (int tries = 0; narrow < width && tries < 6; ++tries) {
        const float middle = (narrow + width) / 2;
        (break_lines(measure, style, text, middle).size() == count ? width : narrow) = middle;
    }
    return width;
}

} // namespace foyer::view
