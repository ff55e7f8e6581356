#include "keys/letter.h"

#include "store/person_key.h"
#include "text/fold.h"

namespace foyer::server {

using store::answer_in;
using store::Answers;

namespace {

std::string joined(const std::string& left, const std::string& right) {
    return left.empty() || right.empty() ? left + right : left + " " + right;
}

// "Madame Anne Martin".
std::string recipient(const Answers& answers) {
    const std::string civility = answer_in(answers, "civility");
    const std::string title = civility == "madame" ? "Madame" : civility == "monsieur" ? "Monsieur" : "";
    return joined(joined(title, answer_in(answers, "first_names")), store::last_name_of(answers));
}

// "appartement 12", unless that is said already.
std::string named(const Answers& answers, std::string_view key, const char* what) {
    const std::string text = answer_in(answers, key);
    const bool is_number = !text.empty() && text.size() <= 4;
    return is_number ? std::string(what) + " " + text : text;
}

std::string in_capitals(const std::string& text) {
    std::string capitals = text::fold_for_comparison(text);
    for (char& c : capitals)
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    return capitals;
}

const Answers* whose_address(const store::Household& household, const store::HouseholdPerson& person) {
    if (!answer_in(person.answers, "address").empty())
        return &person.answers;
    if (answer_in(person.answers, "address_choice") == "same")
        for (const store::HouseholdPerson& other : household.people)
            if (other.active && other.kind == store::PersonKind::representative &&
                !answer_in(other.answers, "address").empty())
                return &other.answers;
    return nullptr;
}

} // namespace

std::vector<std::string> address_lines(const store::Household& household, const store::HouseholdPerson& person) {
    std::vector<std::string> lines;
    const auto add = [&](std::string line) {
        if (!line.empty())
            lines.push_back(std::move(line));
    };
    add(recipient(person.answers));
    const Answers* address = whose_address(household, person);
    if (!address)
        return lines;
    add(joined(joined(named(*address, "apartment", "Appartement"), named(*address, "staircase", "Escalier")),
               named(*address, "floor", "Étage")));
    add(joined(answer_in(*address, "residence"), named(*address, "building", "Bâtiment")));
    add(answer_in(*address, "address"));
    add(answer_in(*address, "address_extra"));
    add(joined(answer_in(*address, "postal_code"), in_capitals(answer_in(*address, "commune"))));
    return lines;
}

} // namespace foyer::server
