#include "sqlite/search_keys.h"

#include "domain/phone_number.h"
#include "store/person_key.h"
#include "text/fold.h"

#include <algorithm>
#include <array>

namespace foyer::server::sqlite {

using store::Answers;

namespace {

constexpr std::size_t LONGEST_KEY = 120; // bytes; more of a name tells nobody apart
constexpr std::size_t MOST_WORDS = 10;
constexpr std::array PHONES = {"mobile", "home_phone", "work_phone", "contact_phone", "other_phone"};

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words(1);
    for (const char c : folded_words(text)) {
        if (c == ' ')
            words.emplace_back();
        else
            words.back() += c;
    }
    words.erase(std::remove(words.begin(), words.end(), std::string()), words.end());
    return words;
}

void add_name(std::set<SearchKey>& keys, std::vector<std::string> words) {
    if (words.size() > MOST_WORDS)
        words.resize(MOST_WORDS);
    for (std::size_t start = 0; start < words.size(); ++start) {
        std::string key;
        for (std::size_t i = 0; i < words.size(); ++i)
            key += (i > 0 ? " " : "") + words[(start + i) % words.size()];
        keys.emplace(KEY_NAME, key.substr(0, LONGEST_KEY));
    }
}

void add_names(std::set<SearchKey>& keys, const Answers& person) {
    const std::vector<std::string> first = words_of(store::answer_in(person, "first_names"));
    for (const char* last_name : {"birth_name", "usage_name"}) {
        const std::vector<std::string> last = words_of(store::answer_in(person, last_name));
        if (last.empty() && std::string_view(last_name) == "usage_name")
            continue;
        std::vector<std::string> all = first;
        all.insert(all.end(), last.begin(), last.end());
        add_name(keys, all);
        // "Anne Martin" finds Anne Lise Martin.
        if (first.size() > 1 && !last.empty()) {
            std::vector<std::string> usual{first.front()};
            usual.insert(usual.end(), last.begin(), last.end());
            std::string key = usual.front();
            for (std::size_t i = 1; i < usual.size(); ++i)
                key += " " + usual[i];
            keys.emplace(KEY_NAME, key.substr(0, LONGEST_KEY));
        }
    }
}

void add_email(std::set<SearchKey>& keys, const std::string& email) {
    const std::string folded = text::fold_for_comparison(email);
    if (!folded.empty())
        keys.emplace(KEY_EMAIL, folded.substr(0, LONGEST_KEY));
}

void add_person(std::set<SearchKey>& keys, const Answers& person) {
    add_names(keys, person);
    add_email(keys, store::answer_in(person, "email"));
    for (const char* phone : PHONES)
        if (const auto number = domain::PhoneNumber::parse(store::answer_in(person, phone)))
            keys.emplace(KEY_PHONE, number->e164());
    if (const std::string key = person_key_of(person); !key.empty())
        keys.emplace(KEY_PERSON, key);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

} // namespace

std::vector<PersonInAnswers> people_in(const Answers& answers) {
    std::vector<PersonInAnswers> people(1);
    for (const auto& [key, value] : answers) {
        // "children.0.first_names": a list's name, a number, the rest.
        const std::size_t dot = key.find('.');
        const std::size_t second = dot == std::string::npos ? dot : key.find('.', dot + 1);
        const bool in_list = second != std::string::npos && second > dot + 1 &&
                             std::all_of(key.begin() + static_cast<std::ptrdiff_t>(dot) + 1,
                                         key.begin() + static_cast<std::ptrdiff_t>(second), is_digit);
        if (!in_list) {
            people.front().answers.emplace(key, value);
            continue;
        }
        const std::string place = key.substr(0, second);
        auto found =
            std::find_if(people.begin(), people.end(), [&](const PersonInAnswers& one) { return one.place == place; });
        if (found == people.end())
            found = people.insert(people.end(), PersonInAnswers{place, {}});
        found->answers.emplace(key.substr(second + 1), value);
    }
    return people;
}

std::string person_key_of(const Answers& person) {
    const std::string birth_date = store::birth_date_of(person);
    const std::string name = folded_words(store::name_key_of(person));
    return birth_date.empty() || name.empty() ? std::string() : name + "|" + birth_date;
}

std::set<SearchKey> search_keys_of(const Answers& answers, const Answers& profile, const std::string& account_email) {
    std::set<SearchKey> keys;
    for (const PersonInAnswers& person : people_in(answers))
        add_person(keys, person.answers);
    add_person(keys, profile);
    add_email(keys, account_email);
    return keys;
}

std::string folded_words(std::string_view text) {
    std::string folded = text::fold_for_comparison(text);
    std::replace_if(
        folded.begin(), folded.end(), [](char c) { return c == '-' || c == '\''; }, ' ');
    return text::fold_for_comparison(folded); // white space collapsed again
}

std::string phone_prefix(std::string_view typed) {
    std::string digits;
    bool international = false;
    for (const char c : typed) {
        if (is_digit(c))
            digits += c;
        else if (c == '+' && digits.empty())
            international = true;
        else if (std::string_view(" .-/()").find(c) == std::string_view::npos)
            return {};
    }
    if (digits.size() < 3)
        return {};
    if (international)
        return "+" + digits;
    if (digits.rfind("00", 0) == 0)
        return "+" + digits.substr(2);
    return digits.front() == '0' ? "+33" + digits.substr(1) : std::string();
}

} // namespace foyer::server::sqlite
