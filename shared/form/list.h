// Lists of people in a form's answers: "children.0.first_names". Everything that is done with one person (a rule, a
// text field) works on that person's own answers, with the list's item as the form.
#pragma once

#include "form/form.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::form {

// The lists there are, in the order in which a family meets them.
inline constexpr std::string_view REPRESENTATIVES = "representatives";
inline constexpr std::string_view CHILDREN = "children";
inline constexpr std::string_view CONTACTS = "contacts";
// "Autres représentants", "Enfants", "Contacts"; the key itself when there is no such list.
[[nodiscard]] std::string list_label(std::string_view list, const i18n::Texts& texts);

// A list whose item asks for these fields, with the hidden ones ("known", "rank") that every item has. The fields come
// from make_list_field, perhaps with a town's own words.
[[nodiscard]] ListDefinition make_list(std::string_view list, std::vector<FormField> fields);
// A field as the list's catalogue has it, with the conditions that belong to it: a birth date is asked of a born child.
[[nodiscard]] FormField make_list_field(std::string_view list, const FieldDefinition& definition);
// Makes the field "school" of a child, a line of text, a choice among the town's schools.
void offer_schools(FormField& school, std::vector<TownOption> schools);

// "children.0.birth_date" taken apart. The views live as long as the key.
struct ItemKey {
    std::string_view list;
    unsigned number = 0;
    std::string_view key; // relative to the person: "birth_date"
};
// Nothing unless it is a name, a number without leading zeros (at most 4 digits) and a rest.
[[nodiscard]] std::optional<ItemKey> split_item_key(std::string_view key);
[[nodiscard]] std::string item_key(std::string_view list, unsigned number, std::string_view key);

// The numbers that have an answer, ascending. A number names a person for as long as a draft lives; gaps are normal.
[[nodiscard]] std::vector<unsigned> item_numbers(const Answers& answers, std::string_view list);
// One more than the greatest in use.
[[nodiscard]] unsigned next_item_number(const Answers& answers, std::string_view list);
// One person's answers, with keys relative to the person: "birth_date.day". Empty when there is no such number.
[[nodiscard]] Answers item_answers(const Answers& answers, std::string_view list, unsigned number);
// Replaces that person's answers by these; an item without answers is no item.
void put_item(Answers& answers, std::string_view list, unsigned number, const Answers& item);
void remove_item(Answers& answers, std::string_view list, unsigned number);

// ---- references: how the answers of one person name another ----
// "self" (the account's own person), "r0" (new representative 0), "c1" (new child 1), "p2" (new contact 2), "k12" (the
// person that the town knows as 12).

inline constexpr std::string_view SELF = "self";
// In shape; whether there is such a person is another question.
[[nodiscard]] bool is_reference(std::string_view text);
// "r0" for the representative number 0.
[[nodiscard]] std::string reference_to(std::string_view list, unsigned number);

// Somebody who can be chosen in a field of kind people or person.
struct PersonChoice {
    std::string reference;
    std::string name; // "Léa Martin"; empty: an expected child without a name, or oneself while one's name is unknown
    PersonKind kind = PersonKind::representative;
    std::string also;     // another reference to the same person that answers may hold, or empty
    unsigned ordinal = 0; // from 1, when there are several expected children without a name
};
// What to call somebody: the name, else "Enfant à naître 2", "Vous".
[[nodiscard]] std::string name_of(const PersonChoice& person, const i18n::Texts& texts);
[[nodiscard]] const PersonChoice* find_person(const std::vector<PersonChoice>& people, std::string_view reference);
[[nodiscard]] bool may_be_chosen(const FieldDefinition& field, const PersonChoice& person);

// The references ticked in a field of kind people, in the order of the answers' keys.
[[nodiscard]] std::vector<std::string> people_chosen(const Answers& answers, std::string_view field_key);
// What can be chosen in a field of kind choice, person or people, in the order in which to show it.
struct Choice {
    std::string id;
    std::string label;
};
[[nodiscard]] std::vector<Choice> choices(const FormField& field, const i18n::Texts& texts,
                                          const std::vector<PersonChoice>* people = nullptr);

// One person's answers with every reference replaced by what `replacement` says for it; empty: that answer goes.
// Two answers that come to mean the same person become one.
[[nodiscard]] Answers with_references(const FormDefinition& item, const Answers& answers,
                                      const std::function<std::string(std::string_view)>& replacement);

} // namespace foyer::form
