// Anne Le Goff's family, for tests: she has the account; the others are declared.
#pragma once

#include "household/check.h"
#include "portals.h"

#include <string>

namespace family {

using foyer::form::Answers;

inline foyer::form::FormDefinition entourage_form(const std::string& slug = "oudon") {
    return foyer::portal::form_of(portal_of(slug), foyer::form::Procedure::entourage);
}

inline Answers dated(Answers answers, const std::string& key, const std::string& day, const std::string& month,
                     const std::string& year) {
    answers[key + ".day"] = day;
    answers[key + ".month"] = month;
    answers[key + ".year"] = year;
    return answers;
}

inline Answers paul() {
    return dated({{"civility", "monsieur"},
                  {"birth_name", "Martin"},
                  {"first_names", "Paul"},
                  {"link_to_children", "father"},
                  {"mobile", "06 98 76 54 32"},
                  {"address_choice", "same"}},
                 "birth_date", "7", "5", "1984");
}
inline Answers lea() {
    return dated({{"born", "born"},
                  {"first_names", "Léa"},
                  {"birth_name", "Martin"},
                  {"authority.self", "yes"},
                  {"authority.r0", "yes"},
                  {"living_with", "alternating"},
                  {"collectors.r0", "yes"}},
                 "birth_date", "3", "11", "2020");
}
inline Answers expected() {
    return dated({{"born", "expected"}, {"authority.self", "yes"}, {"living_with", "self"}}, "expected_date", "15", "2",
                 "2027");
}
inline Answers jeanne() {
    return dated({{"first_names", "Jeanne"},
                  {"birth_name", "Le Goff"},
                  {"relation", "grandparent"},
                  {"role", "both"},
                  {"contact_phone", "02 40 12 34 56"},
                  {"contact_children.c0", "yes"},
                  {"rank", "1"}},
                 "birth_date", "1", "2", "1955");
}

// Paul, Léa, a child to be born, their grandmother.
inline Answers family() {
    Answers answers;
    foyer::form::put_item(answers, "representatives", 0, paul());
    foyer::form::put_item(answers, "children", 0, lea());
    foyer::form::put_item(answers, "children", 1, expected());
    foyer::form::put_item(answers, "contacts", 0, jeanne());
    return answers;
}

// What the town knows while it knows no family: the account's own person.
inline foyer::household::Known only_self() {
    return {{"self", foyer::form::PersonKind::representative, true,
             dated({{"first_names", "Anne-Lise"}, {"birth_name", "Le Goff"}}, "birth_date", "3", "11", "1985")}};
}

// A validated family: Anne is k1, Paul k2, Léa k3, a child to be born k4, Jeanne k5.
inline foyer::household::Known known_family() {
    using foyer::form::PersonKind;
    foyer::household::Known known = only_self();
    known[0].reference = "k1";
    Answers known_lea = dated({{"first_names", "Léa"},
                               {"birth_name", "Martin"},
                               {"authority.k1", "yes"},
                               {"authority.k2", "yes"},
                               {"living_with", "k1"}},
                              "birth_date", "3", "11", "2020");
    Answers known_expected = dated({{"birth_name", "Martin"}, {"authority.k1", "yes"}, {"living_with", "k1"}},
                                   "expected_date", "20", "11", "2026");
    Answers known_jeanne = jeanne();
    known_jeanne.erase("contact_children.c0");
    known_jeanne["contact_children.k3"] = "yes";
    known.push_back({"k2", PersonKind::representative, false, paul()});
    known.push_back({"k3", PersonKind::child, false, known_lea});
    known.push_back({"k4", PersonKind::expected_child, false, known_expected});
    known.push_back({"k5", PersonKind::contact, false, known_jeanne});
    return known;
}

// "children.0.birth_date: generation_gap (warning)\n", one problem a line.
inline std::string described(const std::vector<foyer::Problem>& problems) {
    std::string text;
    for (const foyer::Problem& problem : problems)
        text += problem.field + ": " + std::string(name(problem.code)) +
                (problem.severity == foyer::Severity::warning ? " (warning)\n" : "\n");
    return text;
}

inline std::string problems_of(const Answers& answers, const foyer::household::Known& known = only_self(),
                               const foyer::household::Rules& rules = {}, const std::string& slug = "oudon") {
    return described(check_entourage(entourage_form(slug), answers, known, rules, on_the_day()));
}

inline std::string_view detail(const foyer::Problem& problem, std::string_view key) {
    for (const foyer::Problem::Detail& each : problem.details)
        if (each.key == key)
            return each.value;
    return {};
}

} // namespace family
