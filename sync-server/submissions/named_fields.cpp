#include "submissions/named_fields.h"

#include <algorithm>

namespace foyer::server {

bool is_named(std::string_view key, const std::vector<std::string>& fields) {
    return std::any_of(fields.begin(), fields.end(), [&](const std::string& field) {
        return key == field || (key.size() > field.size() && key.substr(0, field.size()) == field &&
                                key[field.size()] == '.' && !field.empty());
    });
}

form::Answers with_named_fields(const form::Answers& before, const form::Answers& correction,
                                const std::vector<std::string>& fields) {
    form::Answers merged;
    for (const auto& [key, value] : before)
        if (!is_named(key, fields))
            merged.emplace(key, value);
    for (const auto& [key, value] : correction)
        if (is_named(key, fields))
            merged.emplace(key, value);
    return merged;
}

} // namespace foyer::server
