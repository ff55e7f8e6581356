// The people of a family: those that the town knows and those that a form declares, as one list in which each has one
// reference. Linked by the portal, the wizard and the server.
#pragma once

#include "form/list.h"

#include <string>
#include <string_view>
#include <vector>

namespace foyer::household {

// Somebody the town knows, as the sync snapshot tells it.
struct KnownPerson {
    std::string reference; // "k12"
    form::PersonKind kind = form::PersonKind::representative;
    bool self = false; // the account's own person. There should be one: while the town knows no family it is made of
                       // the account's profile, with the reference "self"
    form::Answers answers; // with the keys of the list's item
};
using Known = std::vector<KnownPerson>;

// "Léa Martin": the usage name before the birth name. "" for an expected child without a name: form::name_of knows what
// to call it.
[[nodiscard]] std::string full_name(const form::Answers& item);

// Everybody who can be chosen, oneself first (always as "self"), then each list's new people, then those known.
// Somebody known whom the form declares anew (`known`) is there once, under the known reference with the new name, and
// is found under the new one too. An expected child without a name is called by its number: "2".
[[nodiscard]] std::vector<form::PersonChoice> people_of(const form::FormDefinition& form, const form::Answers& answers,
                                                        const Known& known);

// The list somebody of that kind is declared in: "children".
[[nodiscard]] std::string_view list_of(form::PersonKind kind);
// The answers with which a known person's form opens: what is known, references to oneself as "self", and `known`.
[[nodiscard]] form::Answers to_change(const KnownPerson& person, const form::FormDefinition& form, const Known& known);
// The same for an expected child that is born now: everything once typed is kept, only the birth date is asked for.
[[nodiscard]] form::Answers to_announce_birth(const KnownPerson& expected, const form::FormDefinition& form,
                                              const Known& known);

} // namespace foyer::household
