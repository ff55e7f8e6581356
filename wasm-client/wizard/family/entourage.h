// ENTOURAGE: the people of a family, declared one by one and sent together. Internal to the wizard.
#pragma once

#include "household/check.h"
#include "wizard/action.h"
#include "wizard/sheet.h"
#include "wizard/turn.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::wizard::family {

// ---- whom the rules and the pages know ----

// Everybody whom the town knows, oneself included.
[[nodiscard]] household::Known known_of(const Snapshot& snapshot);
[[nodiscard]] bool may_be_changed(const household::KnownPerson& person);
// Those, and everybody in the draft.
[[nodiscard]] std::vector<form::PersonChoice> people_of(const wizard::State& state, const Environment& environment);
// "Léa Martin", "Enfant à naître 2".
[[nodiscard]] std::string name_of(const std::vector<form::PersonChoice>& people, std::string_view list, unsigned number,
                                  const i18n::Texts& texts);
// Everything wrong with the draft as it is, the server's findings included: "children.0.birth_date", "children".
[[nodiscard]] std::vector<Problem> problems_of_draft(const wizard::State& state, const Environment& environment);
// A list's numbers in the order shown: contacts as they are called.
[[nodiscard]] std::vector<unsigned> shown_order(const form::Answers& draft, std::string_view list);
[[nodiscard]] unsigned rank_of(const form::Answers& contact); // in the order of calling, from 1; 0: none
[[nodiscard]] bool is_called(const form::Answers& contact);   // in an emergency
[[nodiscard]] bool is_empty(const Entourage& entourage);      // nobody has been declared

// Somebody's page: "children-0".
struct PersonRoute {
    std::string_view list; // of form/list.h: lives for ever
    unsigned number = 0;
};
[[nodiscard]] std::optional<PersonRoute> person_of(std::string_view step);
[[nodiscard]] std::string step_of(std::string_view list, unsigned number);

// An address or a name that has been given already and can be taken over into the form on the screen.
struct Given {
    std::string id;        // of the suggestion's option
    std::string text;      // the address in one line, or the name
    std::string whose;     // of an address
    form::Answers answers; // what taking it writes
};
[[nodiscard]] std::vector<Given> given_addresses(const wizard::State& state, const Environment& environment,
                                                 const i18n::Texts& texts);
[[nodiscard]] std::vector<Given> given_names(const wizard::State& state);

inline constexpr std::string_view GIVEN_ADDRESSES = "copy-address";
inline constexpr std::string_view GIVEN_NAMES = "copy-name";

// ---- what a person does ----

[[nodiscard]] std::optional<OpenForm> open_person(const wizard::State& state, const Environment& environment);
void add_people_problems(const wizard::State& state, const Environment& environment, std::vector<Problem>& problems);
[[nodiscard]] Route resolved_entourage(const wizard::State& state, const Environment& environment, const Route& wanted);
void enter_entourage(const Turn& turn);
bool press_entourage(const Turn& turn, std::string_view node);
bool choose_in_entourage(const Turn& turn, const Choose& choice);
// Everybody declared and not sent, with whoever is being written down; and the same taken up again, unless another
// declaration has been begun or sent.
[[nodiscard]] form::Answers unsent_people(const wizard::State& state, const Environment& environment);
bool resume_people(const Turn& turn, const form::Answers& people);
void settle_entourage(const Turn& turn);

// Somebody whom the town knows has changed.
void change_known(const Turn& turn, std::string_view reference);

} // namespace foyer::wizard::family
