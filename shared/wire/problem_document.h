// An error as application/problem+json (RFC 9457), with the problems of single fields when there are any.
#pragma once

#include "base/problem.h"
#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace foyer::wire {

constexpr std::string_view PROBLEM_MEDIA_TYPE = "application/problem+json";

struct ProblemDocument {
    std::string type = "about:blank";
    std::string title;
    int status = 0;
    std::string detail; // a sentence that says what to do
    std::string code;   // stable, for programs: "stamp_missing"
    std::vector<Problem> problems;
    friend bool operator==(const ProblemDocument&, const ProblemDocument&) = default;
};

enum class ProblemDocumentError { not_json, wrong_shape };

[[nodiscard]] std::string write_problem_document(const ProblemDocument& document);
// Members nobody here knows are passed over, as the RFC asks; so are problems with a code unknown to this version.
[[nodiscard]] Result<ProblemDocument, ProblemDocumentError> read_problem_document(std::string_view bytes);

} // namespace foyer::wire
