#include "form/condition.h"

#include <algorithm>
#include <utility>

namespace foyer::form {

Condition Condition::is_set(std::string key) { return {Kind::is_set, std::move(key), {}, {}}; }

Condition Condition::equals(std::string key, std::string value) {
    return {Kind::equals, std::move(key), std::move(value), {}};
}

Condition Condition::negation(Condition condition) { return {Kind::not_, {}, {}, {std::move(condition)}}; }

bool holds(const Condition& condition, const Answers& answers) {
    const auto child_holds = [&](const Condition& child) { return holds(child, answers); };
    const std::vector<Condition>& children = condition.children;
    switch (condition.kind) {
    case Condition::Kind::always:
        return true;
    case Condition::Kind::is_set:
        return !answer(answers, condition.key).empty();
    case Condition::Kind::equals:
        return answer(answers, condition.key) == condition.value;
    case Condition::Kind::not_:
        return std::none_of(children.begin(), children.end(), child_holds);
    case Condition::Kind::all:
        return std::all_of(children.begin(), children.end(), child_holds);
    case Condition::Kind::any:
        return std::any_of(children.begin(), children.end(), child_holds);
    }
    return true;
}

} // namespace foyer::form
