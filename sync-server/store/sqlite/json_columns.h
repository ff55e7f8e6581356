// What stands in columns as JSON: answers and marks. A column that cannot be read is damage, and throws SqliteError.
#pragma once

#include "store/answers.h"
#include "store/submissions.h"

#include <string>
#include <vector>

namespace foyer::server::sqlite {

[[nodiscard]] std::string json_of(const store::Answers& answers);
[[nodiscard]] std::string json_of(const std::vector<store::Mark>& marks);
[[nodiscard]] std::string json_of(const std::vector<std::string>& texts);

[[nodiscard]] store::Answers answers_from(const std::string& column);
[[nodiscard]] std::vector<store::Mark> marks_from(const std::string& column);
[[nodiscard]] std::vector<std::string> texts_from(const std::string& column);

} // namespace foyer::server::sqlite
