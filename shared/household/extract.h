// An entourage or a profile without an error, as typed data for the use cases. To hold one is to have validated it.
#pragma once

#include "form/extract.h"
#include "household/check.h"

#include <optional>
#include <string>
#include <vector>

namespace foyer::household {

// What every declared person has. `answers` is what is stored: normalised, references as they were sent.
struct Declared {
    std::string reference; // under which other people's answers name this one: "c0", or "k12" when it is known
    std::optional<std::string> known; // "k12": a change to somebody the town knows
    form::PersonKind kind = form::PersonKind::representative;
    std::optional<domain::PersonName> first_names; // an expected child may have none
    std::optional<domain::PersonName> birth_name;
    std::optional<domain::PersonName> usage_name;
    std::optional<domain::PartialDate> birth_date; // for an expected child the day it is expected
    form::Answers answers;
};

struct Representative : Declared {
    domain::Civility civility = domain::Civility::unspecified;
    std::string link_to_children; // an option's id or empty
    std::optional<domain::PhoneNumber> mobile;
    std::optional<domain::PhoneNumber> home_phone;
    std::optional<domain::PhoneNumber> work_phone;
    std::optional<domain::EmailAddress> email;
    bool same_address = true; // as the account's
    std::optional<domain::PostalAddress> address;
};
struct Child : Declared {
    std::optional<form::BirthPlace> birth_place;
    std::string school;                 // an option's id, or as typed
    std::string school_level;           // an option's id or empty
    std::vector<std::string> authority; // references
    std::string living_with;            // a reference, an option's id or empty
    std::vector<std::string> collectors;
};
struct Contact : Declared {
    std::string relation; // an option's id or empty
    bool may_collect = false;
    bool in_an_emergency = false;
    std::optional<domain::PhoneNumber> phone;
    std::optional<domain::PhoneNumber> other_phone;
    std::vector<std::string> children; // references
    std::optional<domain::PostalAddress> address;
    unsigned rank = 0; // order of calling from 1; 0: not said
};

struct Entourage {
    std::vector<Representative> representatives;
    std::vector<Child> children;   // born and expected
    std::vector<Contact> contacts; // in the order of calling
    std::vector<Problem> warnings; // marks for the staff's queue, never shown as a refusal
};

// Registration's data that may change; no identifier and no password.
struct Profile {
    domain::Civility civility = domain::Civility::unspecified;
    std::optional<domain::PersonName> birth_name;
    std::optional<domain::PersonName> usage_name;
    domain::PersonName first_names;
    domain::PartialDate birth_date;
    std::optional<form::BirthPlace> birth_place;
    std::string family_situation;
    std::optional<domain::PostalAddress> address;
    std::optional<domain::PhoneNumber> mobile;
    std::optional<domain::PhoneNumber> home_phone;
    std::optional<domain::PhoneNumber> work_phone;
    domain::EmailAddress email;
    std::string preferred_channel;
    std::vector<form::ServiceKeyAnswer> service_keys; // typed ones only
    std::string invitation;                           // as domain::ServiceKey writes it, or empty
    form::Answers answers;                            // what is stored as a version: without keys and invitation
    std::vector<Problem> warnings;
};

// Each validates first and fails with every problem, warnings included, when at least one is an error.
[[nodiscard]] Result<Entourage, std::vector<Problem>> entourage_from(const form::FormDefinition& form,
                                                                     const form::Answers& answers, const Known& known,
                                                                     const Rules& rules, const form::Context& context);
[[nodiscard]] Result<Profile, std::vector<Problem>>
profile_from(const form::FormDefinition& form, const form::Answers& answers, const form::Context& context);

} // namespace foyer::household
