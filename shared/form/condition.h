// When a field is asked for: a pure function of the other answers, written as data.
#pragma once

#include "form/answers.h"

#include <string>
#include <vector>

namespace foyer::form {

struct Condition {
    enum class Kind { always, is_set, equals, not_, all, any };

    Kind kind = Kind::always;
    std::string key;                 // is_set, equals: the answer looked at
    std::string value;               // equals
    std::vector<Condition> children; // not_ (exactly one), all, any

    static Condition is_set(std::string key);
    static Condition equals(std::string key, std::string value);
    static Condition negation(Condition condition);
};

// An absent answer is the empty text. `all` of nothing holds, `any` of nothing does not.
[[nodiscard]] bool holds(const Condition& condition, const Answers& answers);

} // namespace foyer::form
