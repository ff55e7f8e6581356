// A form's answers as they are stored: flat, from key to text. The same type as form::Answers, named here because the
// stores see nothing of the forms.
#pragma once

#include <functional>
#include <map>
#include <string>

namespace foyer::server::store {

using Answers = std::map<std::string, std::string, std::less<>>;

} // namespace foyer::server::store
