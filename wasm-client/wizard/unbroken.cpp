#include "wizard/unbroken.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace foyer::wizard {

namespace {

constexpr std::string_view NO_BREAK_SPACE = "\xC2\xA0";

bool is_digit(char character) { return character >= '0' && character <= '9'; }

// "h" alone, behind a digit and a space of either kind.
bool ends_with_hour(std::string_view text) {
    if (text.empty() || text.back() != 'h')
        return false;
    text.remove_suffix(1);
    if (text.size() >= NO_BREAK_SPACE.size() && text.substr(text.size() - NO_BREAK_SPACE.size()) == NO_BREAK_SPACE)
        text.remove_suffix(NO_BREAK_SPACE.size());
    return !text.empty() && is_digit(text.back());
}

bool starts_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

bool starts_with_word(std::string_view text, std::string_view word) {
    return starts_with(text, word) &&
           (text.size() == word.size() || text[word.size()] < 'a' || text[word.size()] > 'z');
}

// "8 h", as in "de 8 h 30".
bool starts_with_hour(std::string_view text) {
    const std::size_t digits = text.find_first_not_of("0123456789");
    if (digits == 0 || digits == std::string_view::npos)
        return false;
    text.remove_prefix(digits);
    return starts_with_word(text, " h") || starts_with_word(text, "\u00A0h");
}

bool starts_with_month(std::string_view text) {
    constexpr std::string_view MONTHS[] = {"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                           "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
    return std::any_of(std::begin(MONTHS), std::end(MONTHS),
                       [text](std::string_view month) { return starts_with_word(text, month); });
}

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// Whether the space between what has been written and what follows belongs to one number or one stretch of hours.
bool inside_number(std::string_view before, std::string_view after) {
    constexpr std::string_view TO = "à ";
    if (after.empty())
        return false;
    if (!before.empty() && is_digit(before.back()))
        return is_digit(after.front()) || (after.front() == 'h' && (after.size() == 1 || after[1] == ' ')) ||
               starts_with_word(after, "am") || starts_with_word(after, "pm") || starts_with_word(after, "noon") ||
               starts_with_word(after, "bis") || starts_with_month(after);
    if (ends_with(before, " de"))
        return starts_with_hour(after);
    if (ends_with(before, "1er"))
        return starts_with_month(after);
    if (ends_with_hour(before))
        return is_digit(after.front()) ||
               (starts_with(after, TO) && after.size() > TO.size() && is_digit(after[TO.size()]));
    constexpr std::string_view WRITTEN_TO = "à";
    if (before.size() > WRITTEN_TO.size() + NO_BREAK_SPACE.size() &&
        before.substr(before.size() - WRITTEN_TO.size()) == WRITTEN_TO) {
        const std::string_view earlier = before.substr(0, before.size() - WRITTEN_TO.size());
        return is_digit(after.front()) && earlier.substr(earlier.size() - NO_BREAK_SPACE.size()) == NO_BREAK_SPACE;
    }
    return false;
}

} // namespace

std::string unbroken(std::string text) {
    std::string result;
    result.reserve(text.size() + 8);
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == ' ' && inside_number(result, std::string_view(text).substr(i + 1)))
            result += NO_BREAK_SPACE;
        else
            result += text[i];
    return result;
}

void keep_numbers_whole(scene::Node& node) {
    for (std::string* text : {&node.label, &node.hint, &node.error, &node.warning})
        *text = unbroken(std::move(*text));
    for (scene::Row& row : node.rows) {
        row.term = unbroken(std::move(row.term));
        row.value = unbroken(std::move(row.value));
    }
}

} // namespace foyer::wizard
