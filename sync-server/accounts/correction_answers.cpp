#include "accounts/correction_answers.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace foyer::server {

namespace {

// What people are called by when they are chosen.
constexpr std::array<std::string_view, 4> NAMING = {"first_names", "birth_name", "usage_name", "born"};

bool begins_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

// "children.0." of "children.0.birth_date.day"; empty for an answer of no list. Composite answers of a form's own
// fields have no number: "birth_date.day".
std::string_view person_of(std::string_view key) {
    const std::size_t first = key.find('.');
    const std::size_t second = first == std::string_view::npos ? first : key.find('.', first + 1);
    if (second == std::string_view::npos || second == first + 1)
        return {};
    const std::string_view number = key.substr(first + 1, second - first - 1);
    const bool digits = std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digits ? key.substr(0, second + 1) : std::string_view();
}

bool is_wanted(std::string_view key, const std::string& field) {
    const std::string whole = field + ".";
    if (const std::string_view person = person_of(whole); !person.empty())
        return begins_with(key, person);
    return key == field || begins_with(key, whole);
}

bool is_name(std::string_view key) {
    const std::string_view person = person_of(key);
    if (person.empty())
        return false;
    return std::find(NAMING.begin(), NAMING.end(), key.substr(person.size())) != NAMING.end();
}

} // namespace

store::Answers correction_answers(const store::Answers& answers, const std::vector<std::string>& fields) {
    store::Answers wanted;
    for (const auto& [key, text] : answers) {
        const bool named = std::any_of(fields.begin(), fields.end(),
                                       [&, &key = key](const std::string& field) { return is_wanted(key, field); });
        if (named || is_name(key))
            wanted.emplace(key, text);
    }
    return wanted;
}

} // namespace foyer::server
