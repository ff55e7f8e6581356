// What every typed line goes through before any rule looks at it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace foyer::text {

struct CleanLine {
    // NFC, trimmed, each run of white space one space; soft hyphens and zero-width spaces (line-breaking hints that
    // come along when one pastes from a page, invisible and meaningless here) removed. Joiners are kept: some scripts
    // need them.
    std::string text;
    bool is_utf8 = true; // when false `text` is empty: ProblemCode::not_text
    // Distinct forbidden characters met, in order, at most 10: ProblemCode::forbidden_characters. They are still in
    // `text`: the person decides, nothing is dropped in silence.
    std::vector<char32_t> forbidden;

    [[nodiscard]] bool acceptable() const { return is_utf8 && forbidden.empty(); }
};

[[nodiscard]] CleanLine clean_line(std::string_view typed);

// "U+0000 U+202E": the detail "characters" of ProblemCode::forbidden_characters.
[[nodiscard]] std::string code_point_names(const std::vector<char32_t>& code_points);

} // namespace foyer::text
