// How wide text is, and where its lines break. Layout knows fonts only through this, so that it is tested without any.
#pragma once

#include "view/theme.h"

#include <string_view>
#include <vector>

namespace foyer::view {

class TextMeasure {
public:
    virtual ~TextMeasure() = default;
    // The advance of one character in CSS pixels.
    [[nodiscard]] virtual float advance(const TextStyle& style, char32_t character) const = 0;
};

// Reads the character that starts at `position` and moves past it. Bytes that are not UTF-8 count as U+FFFD, one each:
// the wizard only holds valid text, the view must merely not run away.
[[nodiscard]] char32_t next_character(std::string_view text, std::size_t& position);

[[nodiscard]] float text_width(const TextMeasure& measure, const TextStyle& style, std::string_view text);

// Breaks at spaces and after hyphens, at every newline, and inside a word only when the word alone is wider
// than the line. A no-break space never breaks. The lines are views into `text`; spaces at a break belong to no line.
[[nodiscard]] std::vector<std::string_view> break_lines(const TextMeasure& measure, const TextStyle& style,
                                                        std::string_view text, float width);

// `width`, or a little less where the last line would otherwise be one word alone: nobody's eye should have to look for
// it. Never more lines than with `width`.
[[nodiscard]] float width_without_orphan(const TextMeasure& measure, const TextStyle& style, std::string_view text,
                                         float width);

// No line may be made narrower than this, or a word would break that had room before.
[[nodiscard]] float widest_word(const TextMeasure& measure, const TextStyle& style, std::string_view text);

// The least width that takes no more lines than `width`: the lines of a heading or a button are about as long as each
// other.
[[nodiscard]] float balanced_width(const TextMeasure& measure, const TextStyle& style, std::string_view text,
                                   float width);

} // namespace foyer::view
