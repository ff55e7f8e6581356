// By what the same person is found again: folded names and the day of birth. Pure.
#pragma once

#include "store/answers.h"
#include "text/fold.h"

#include <string>

namespace foyer::server::store {

[[nodiscard]] inline std::string answer_in(const Answers& answers, std::string_view key) {
    const auto found = answers.find(key);
    return found == answers.end() ? std::string() : found->second;
}

// "anne-lise muñoz" as a key; the birth name, else the usage name. Empty for a child that has no name yet.
[[nodiscard]] inline std::string name_key_of(const Answers& answers) {
    std::string last_name = answer_in(answers, "birth_name");
    if (last_name.empty())
        last_name = answer_in(answers, "usage_name");
    return text::fold_for_comparison(answer_in(answers, "first_names") + " " + last_name);
}

// The name people use: the usage name before the birth name.
[[nodiscard]] inline std::string last_name_of(const Answers& answers) {
    const std::string usage_name = answer_in(answers, "usage_name");
    return usage_name.empty() ? answer_in(answers, "birth_name") : usage_name;
}

// YYYY-MM-DD; empty unless the day is known.
[[nodiscard]] inline std::string birth_date_of(const Answers& answers) {
    const auto padded = [&](std::string_view key, std::size_t width) {
        std::string digits = answer_in(answers, key);
        const std::size_t first = digits.find_first_not_of('0');
        digits = first == std::string::npos ? std::string() : digits.substr(first);
        if (digits.empty() || digits.size() > width)
            return std::string();
        return std::string(width - digits.size(), '0') + digits;
    };
    const std::string year = padded("birth_date.year", 4);
    const std::string month = padded("birth_date.month", 2);
    const std::string day = padded("birth_date.day", 2);
    return year.empty() || month.empty() || day.empty() ? std::string() : year + "-" + month + "-" + day;
}

} // namespace foyer::server::store
