#include "wire/problem_document.h"

#include "wire/json.h"

namespace foyer::wire {

std::string write_problem_document(const ProblemDocument& document) {
    Json out = Json::object()
                   .set("type", document.type)
                   .set("title", document.title)
                   .set("status", document.status)
                   .set("detail", document.detail)
                   .set("code", document.code);
    if (!document.problems.empty()) {
        Json problems = Json::array();
        for (const Problem& problem : document.problems) {
            Json details = Json::object();
            for (const Problem::Detail& detail : problem.details)
                details.set(detail.key, detail.value);
            problems.push(Json::object()
                              .set("field", problem.field)
                              .set("code", name(problem.code))
                              .set("severity", problem.severity == Severity::warning ? "warning" : "error")
                              .set("details", std::move(details)));
        }
        out.set("problems", std::move(problems));
    }
    return write_json(out);
}

Result<ProblemDocument, ProblemDocumentError> read_problem_document(std::string_view bytes) {
    const Result<Json, JsonError> json = parse_json(bytes, {256 * 1024, 8});
    if (!json)
        return Failure{ProblemDocumentError::not_json};
    std::vector<JsonMistake> mistakes;
    JsonReader root(*json, mistakes);
    ProblemDocument document;
    document.type = root.optional_member("type").text_or("about:blank");
    document.title = root.optional_member("title").text_or("");
    document.status = static_cast<int>(root.optional_member("status").integer_or(0, 100, 599));
    document.detail = root.optional_member("detail").text_or("");
    document.code = root.optional_member("code").text_or("");
    if (JsonReader problems = root.optional_member("problems"); problems.present())
        for (JsonReader& reader : problems.elements()) {
            Problem problem;
            problem.field = reader.member("field").text();
            const std::optional<ProblemCode> code = problem_code_from(reader.member("code").text());
            problem.severity =
                reader.optional_member("severity").text_or("error") == "warning" ? Severity::warning : Severity::error;
            if (JsonReader details = reader.optional_member("details"); details.present())
                for (auto& [key, value] : details.members())
                    problem.details.push_back({key, value.text()});
            if (!code)
                continue;
            problem.code = *code;
            document.problems.push_back(std::move(problem));
        }
    if (!mistakes.empty())
        return Failure{ProblemDocumentError::wrong_shape};
    return document;
}

} // namespace foyer::wire
