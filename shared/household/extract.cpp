#include "household/extract.h"

#include <algorithm>

namespace foyer::household {

namespace {

using form::Answers;

template <typename T> std::optional<T> given(const domain::Parsed<T>& parsed) {
    if (parsed)
        return *parsed;
    return std::nullopt;
}

std::optional<domain::PartialDate> date_of(const Answers& item, const std::string& key) {
    return given(domain::PartialDate::from_parts(form::answer(item, key + ".day"), form::answer(item, key + ".month"),
                                                 form::answer(item, key + ".year"), domain::UnknownParts::allowed));
}

std::optional<domain::PhoneNumber> phone_of(const Answers& item, std::string_view key) {
    return given(domain::PhoneNumber::parse(form::answer(item, key)));
}

domain::Civility civility_of(const Answers& item) {
    return domain::parse_civility(form::answer(item, "civility")).value_or(domain::Civility::unspecified);
}

void fill(Declared& person, std::string_view list, unsigned number, Answers item) {
    person.reference = form::reference_to(list, number);
    if (const std::string_view known = form::answer(item, "known"); !known.empty()) {
        person.known = std::string(known);
        person.reference = known;
    }
    person.first_names = given(domain::PersonName::parse(form::answer(item, "first_names")));
    person.birth_name = given(domain::PersonName::parse(form::answer(item, "birth_name")));
    person.usage_name = given(domain::PersonName::parse(form::answer(item, "usage_name")));
    person.birth_date = date_of(item, "birth_date");
    person.answers = std::move(item);
}

Representative representative_of(unsigned number, Answers item, const form::Context& context) {
    Representative person;
    person.kind = form::PersonKind::representative;
    person.civility = civility_of(item);
    person.link_to_children = form::answer(item, "link_to_children");
    person.mobile = phone_of(item, "mobile");
    person.home_phone = phone_of(item, "home_phone");
    person.work_phone = phone_of(item, "work_phone");
    person.email = given(domain::EmailAddress::parse(form::answer(item, "email")));
    person.same_address = form::answer(item, "address_choice") != "own";
    person.address = form::postal_address_from(item, context);
    fill(person, form::REPRESENTATIVES, number, std::move(item));
    return person;
}

Child child_of(unsigned number, Answers item) {
    Child child;
    const bool expected = form::answer(item, "born") == "expected";
    child.kind = expected ? form::PersonKind::expected_child : form::PersonKind::child;
    child.birth_place = form::birth_place_from(item);
    child.school = form::answer(item, "school");
    child.school_level = form::answer(item, "school_level");
    child.authority = form::people_chosen(item, "authority");
    child.living_with = form::answer(item, "living_with");
    child.collectors = form::people_chosen(item, "collectors");
    fill(child, form::CHILDREN, number, std::move(item));
    if (expected)
        child.birth_date = date_of(child.answers, "expected_date");
    return child;
}

Contact contact_of(unsigned number, Answers item, const form::Context& context) {
    Contact contact;
    contact.kind = form::PersonKind::contact;
    const std::string_view role = form::answer(item, "role");
    contact.relation = form::answer(item, "relation");
    contact.may_collect = role == "collect" || role == "both";
    contact.in_an_emergency = role == "emergency" || role == "both";
    contact.phone = phone_of(item, "contact_phone");
    contact.other_phone = phone_of(item, "other_phone");
    contact.children = form::people_chosen(item, "contact_children");
    contact.address = form::postal_address_from(item, context);
    for (const char digit : form::answer(item, "rank"))
        contact.rank = contact.rank * 10 + static_cast<unsigned>(digit - '0');
    fill(contact, form::CONTACTS, number, std::move(item));
    return contact;
}

} // namespace

Result<Entourage, std::vector<Problem>> entourage_from(const form::FormDefinition& form, const Answers& raw,
                                                       const Known& known, const Rules& rules,
                                                       const form::Context& context) {
    std::vector<Problem> problems = check_entourage(form, raw, known, rules, context);
    if (form::has_errors(problems))
        return Failure{std::move(problems)};
    const Answers answers = form::submitted(form, raw);
    Entourage entourage;
    for (const unsigned number : form::item_numbers(answers, form::REPRESENTATIVES))
        entourage.representatives.push_back(
            representative_of(number, form::item_answers(answers, form::REPRESENTATIVES, number), context));
    for (const unsigned number : form::item_numbers(answers, form::CHILDREN))
        entourage.children.push_back(child_of(number, form::item_answers(answers, form::CHILDREN, number)));
    for (const unsigned number : form::item_numbers(answers, form::CONTACTS))
        entourage.contacts.push_back(contact_of(number, form::item_answers(answers, form::CONTACTS, number), context));
    // Without a rank the order of the form stands, after those that have one.
    std::stable_sort(entourage.contacts.begin(), entourage.contacts.end(),
                     [](const Contact& a, const Contact& b) { return a.rank - 1 < b.rank - 1; });
    entourage.warnings = std::move(problems);
    return entourage;
}

Result<Profile, std::vector<Problem>> profile_from(const form::FormDefinition& form, const Answers& raw,
                                                   const form::Context& context) {
    std::vector<Problem> problems = form::validate(form, raw, context);
    if (form::has_errors(problems))
        return Failure{std::move(problems)};
    Answers answers = form::submitted(form, raw);
    const auto text = [&](std::string_view key) { return form::answer(answers, key); };
    const auto missing = [&](std::string_view key) {
        problems.push_back({std::string(key), ProblemCode::required, Severity::error, {}});
        return Failure{std::move(problems)};
    };
    auto first_names = domain::PersonName::parse(text("first_names"));
    auto birth_date = date_of(answers, "birth_date");
    auto email = domain::EmailAddress::parse(text("email"));
    if (!first_names)
        return missing("first_names");
    if (!birth_date)
        return missing("birth_date");
    if (!email)
        return missing("email");
    Profile profile{civility_of(answers),
                    given(domain::PersonName::parse(text("birth_name"))),
                    given(domain::PersonName::parse(text("usage_name"))),
                    std::move(*first_names),
                    *birth_date,
                    form::birth_place_from(answers),
                    std::string(text("family_situation")),
                    form::postal_address_from(answers, context),
                    phone_of(answers, "mobile"),
                    phone_of(answers, "home_phone"),
                    phone_of(answers, "work_phone"),
                    std::move(*email),
                    std::string(text("preferred_channel")),
                    form::service_keys_from(form, answers),
                    std::string(text("invitation")),
                    {},
                    std::move(problems)};
    // Keys are used once; what is kept as a version of the profile does not hold them.
    for (auto at = answers.begin(); at != answers.end();) {
        const auto located = form::locate(form, at->first);
        at = located && located->field->definition->kind == form::FieldKind::service_key ? answers.erase(at)
                                                                                         : std::next(at);
    }
    profile.answers = std::move(answers);
    return profile;
}

} // namespace foyer::household
