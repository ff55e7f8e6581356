#include "domain/rejection.h"

#include "text/clean_line.h"
#include "text/utf8.h"

namespace foyer::domain {

std::string_view Rejection::detail(std::string_view key) const {
    for (const Problem::Detail& one : details)
        if (one.key == key)
            return one.value;
    return {};
}

Parsed<std::string> parse_line(std::string_view typed, std::size_t maximum) {
    if (!text::is_valid(typed))
        return reject(ProblemCode::not_text);
    // Composing a letter merges at most a handful of code points of four bytes: what is longer than this cannot become
    // short enough, and ten megabytes need not be composed to know it.
    constexpr std::size_t BYTES_PER_CHARACTER = 64;
    const auto too_long = [maximum] { return reject(ProblemCode::too_long, {{"maximum", std::to_string(maximum)}}); };
    if (typed.size() > maximum * BYTES_PER_CHARACTER)
        return too_long();
    text::CleanLine line = text::clean_line(typed);
    if (!line.forbidden.empty())
        return reject(ProblemCode::forbidden_characters, {{"characters", text::code_point_names(line.forbidden)}});
    if (line.text.empty())
        return reject(ProblemCode::required);
    if (text::count_characters(line.text) > maximum)
        return too_long();
    return std::move(line.text);
}

} // namespace foyer::domain
