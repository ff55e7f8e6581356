// Why a text is not what a field asks for: a Problem that does not know its field yet.
#pragma once

#include "base/problem.h"
#include "base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace foyer::domain {

struct Rejection {
    ProblemCode code = ProblemCode::required;
    std::vector<Problem::Detail> details;

    // The first detail of that name, or "".
    [[nodiscard]] std::string_view detail(std::string_view key) const;
    friend bool operator==(const Rejection&, const Rejection&) = default;
};

// What every parse() of this room returns. Empty text is always ProblemCode::required: whether that is a problem is
// the form's business.
template <typename T> using Parsed = Result<T, Rejection>;

[[nodiscard]] inline Failure<Rejection> reject(ProblemCode code, std::vector<Problem::Detail> details = {}) {
    return Failure<Rejection>{Rejection{code, std::move(details)}};
}

// The checks that come before any rule of a field: UTF-8 (not_text), forbidden characters, not empty (required), at
// most `maximum` characters (too_long, detail "maximum"). The value is the cleaned line (text/clean_line.h).
[[nodiscard]] Parsed<std::string> parse_line(std::string_view typed, std::size_t maximum);

} // namespace foyer::domain
