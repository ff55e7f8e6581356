// The ids of nodes that stand for answers, written by describe and read by update. Internal to the wizard.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace foyer::wizard {

inline constexpr std::string_view FIELD_PREFIX = "field-";
inline constexpr std::string_view USE_PREFIX = "use-";       // the button that takes a suggestion
inline constexpr std::string_view REVEAL_PREFIX = "reveal-"; // the button beside a password
inline constexpr std::string_view GO_PREFIX = "go-";         // a link to another screen: "go-login"
// "language-0": by position, so that the link stays the same element, with the focus, when its language changes
inline constexpr std::string_view LANGUAGE_PREFIX = "language-";
inline constexpr std::string_view COMMUNE_SUGGESTIONS = "suggest-commune";
inline constexpr std::string_view SUMMARY = "errors";
inline constexpr std::string_view TITLE = "title";

[[nodiscard]] inline std::string join(std::string_view prefix, std::string_view rest) {
    return std::string(prefix).append(rest);
}
[[nodiscard]] inline std::string field_id(std::string_view answer_key) { return join(FIELD_PREFIX, answer_key); }
[[nodiscard]] inline std::string option_id(std::string_view answer_key, std::string_view option) {
    return field_id(answer_key).append("--").append(option);
}
// What follows the prefix; nothing when the id does not begin with it.
[[nodiscard]] inline std::optional<std::string_view> after(std::string_view id, std::string_view prefix) {
    if (id.substr(0, prefix.size()) != prefix)
        return std::nullopt;
    return id.substr(prefix.size());
}

} // namespace foyer::wizard
