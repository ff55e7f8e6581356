// By what a request is found again: the names of everybody in it, folded; e-mail addresses, folded; phones as E.164;
// and each person by folded names and birth date, for finding the same person elsewhere.
#pragma once

#include "store/answers.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace foyer::server::sqlite {

// The kinds, as stored.
inline constexpr const char* KEY_NAME = "name";     // "martin anne lise": from every word on, so any word is a prefix
inline constexpr const char* KEY_EMAIL = "email";   // "anne@example.org"
inline constexpr const char* KEY_PHONE = "phone";   // "+33612345678"
inline constexpr const char* KEY_PERSON = "person"; // "anne lise martin|1985-11-03"

using SearchKey = std::pair<std::string, std::string>; // kind, key

// `profile`: what the account says of itself, whose person an entourage does not repeat. Pure.
[[nodiscard]] std::set<SearchKey> search_keys_of(const store::Answers& answers, const store::Answers& profile,
                                                 const std::string& account_email);

// Everybody in a form's answers, as their own relative answers; the first is the one who has no list ("" below).
struct PersonInAnswers {
    std::string place; // "", "children.0"
    store::Answers answers;
};
[[nodiscard]] std::vector<PersonInAnswers> people_in(const store::Answers& answers);

// Empty unless both names and the whole birth date are known.
[[nodiscard]] std::string person_key_of(const store::Answers& person);

// A name as it is looked for: folded, hyphens and apostrophes as spaces.
[[nodiscard]] std::string folded_words(std::string_view text);
// What an agent typed of a phone number as the beginning of an E.164 one: "06 12 3" -> "+336123". Empty: it is none.
[[nodiscard]] std::string phone_prefix(std::string_view typed);

} // namespace foyer::server::sqlite
