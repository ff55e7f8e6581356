// What a person has answered: flat, from an answer's key to its text. "first_names" -> "Anne-Lise",
// "birth_date.day" -> "3", "consent" -> "yes". An answer that is absent and one that is empty mean the same.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace foyer::form {

using Answers = std::map<std::string, std::string, std::less<>>;

// What a ticked box answers.
inline constexpr std::string_view YES = "yes";

// The answer, or the empty text. Lives as long as `answers` is unchanged.
[[nodiscard]] inline std::string_view answer(const Answers& answers, std::string_view key) {
    const auto found = answers.find(key);
    return found == answers.end() ? std::string_view() : std::string_view(found->second);
}

} // namespace foyer::form
