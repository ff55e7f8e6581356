#include "household/check.h"

#include "domain/partial_date.h"
#include "domain/person_name.h"
#include "text/fold.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

namespace foyer::household {

namespace {

using form::Answers;
using form::PersonKind;

std::optional<domain::PartialDate> date_of(const Answers& item, const std::string& key) {
    const auto date =
        domain::PartialDate::from_parts(form::answer(item, key + ".day"), form::answer(item, key + ".month"),
                                        form::answer(item, key + ".year"), domain::UnknownParts::allowed);
    if (!date)
        return std::nullopt;
    return *date;
}

// Somebody as the rules see them: declared by the form, or known and left as is.
struct Person {
    std::string list;
    std::optional<unsigned> number; // declared
    std::string reference;          // as people_of gives it
    PersonKind kind = PersonKind::representative;
    std::string name;   // to read
    std::string folded; // first names and family name, to compare; empty: without a first name
    std::optional<domain::PartialDate> birth;
    Answers answers;

    [[nodiscard]] bool is_child() const { return kind == PersonKind::child || kind == PersonKind::expected_child; }
};

std::string folded_name(const Answers& item) {
    std::string first = text::fold_for_comparison(form::answer(item, "first_names"));
    if (first.empty())
        return first;
    const bool has_none = form::answer(item, "no_birth_name") == form::YES;
    return first + "|" + (has_none ? std::string() : text::fold_for_comparison(form::answer(item, "birth_name")));
}

class Family {
public:
    Family(const form::FormDefinition& form, const Answers& answers, const Known& known, const Rules& rules,
           const std::vector<form::PersonChoice>& people, const domain::CalendarDate& today);

    void check(std::vector<Problem>& problems) const;

private:
    void add(std::vector<Problem>& problems, const Person& person, std::string_view key, ProblemCode code,
             Severity severity, std::vector<Problem::Detail> details = {}) const {
        problems.push_back({form::item_key(person.list, *person.number, key), code, severity, std::move(details)});
    }
    void known_once(std::vector<Problem>& problems) const;
    void generation(std::vector<Problem>& problems, const Person& child) const;
    void same_child(std::vector<Problem>& problems, const Person& child) const;
    void contact(std::vector<Problem>& problems, const Person& contact) const;

    const Known& m_known;
    const Rules& m_rules;
    const std::vector<form::PersonChoice>& m_people;
    const domain::CalendarDate m_today;
    std::vector<Person> m_persons; // declared ones in the order of the form, then those known
};

Family::Family(const form::FormDefinition& form, const Answers& answers, const Known& known, const Rules& rules,
               const std::vector<form::PersonChoice>& people, const domain::CalendarDate& today)
    : m_known(known), m_rules(rules), m_people(people), m_today(today) {
    const auto fill = [&](Person person) {
        const form::PersonChoice* const choice = form::find_person(people, person.reference);
        if (choice) {
            person.reference = choice->reference;
            person.kind = choice->kind;
            person.name = choice->name;
        }
        person.folded = folded_name(person.answers);
        person.birth =
            date_of(person.answers, person.kind == PersonKind::expected_child ? "expected_date" : "birth_date");
        m_persons.push_back(std::move(person));
    };
    for (const form::ListDefinition& list : form.lists)
        for (const unsigned number : form::item_numbers(answers, list.key)) {
            Person person;
            person.list = list.key;
            person.number = number;
            person.reference = form::reference_to(list.key, number);
            person.answers = form::item_answers(answers, list.key, number);
            fill(std::move(person));
        }
    const std::size_t declared = m_persons.size();
    for (const KnownPerson& somebody : known) {
        const form::PersonChoice* const choice = form::find_person(people, somebody.reference);
        const bool is_replaced =
            choice && std::any_of(m_persons.begin(), m_persons.begin() + static_cast<std::ptrdiff_t>(declared),
                                  [&](const Person& person) { return person.reference == choice->reference; });
        if (is_replaced)
            continue;
        Person person;
        person.list = list_of(somebody.kind);
        person.reference = somebody.reference;
        person.kind = somebody.kind;
        person.answers = somebody.answers;
        fill(std::move(person));
    }
}

void Family::check(std::vector<Problem>& problems) const {
    known_once(problems);
    if (m_rules.child_required &&
        std::none_of(m_persons.begin(), m_persons.end(), [](const Person& person) { return person.is_child(); }))
        problems.push_back({std::string(form::CHILDREN), ProblemCode::child_missing, Severity::error, {}});
    for (const Person& person : m_persons) {
        if (!person.number)
            continue;
        if (person.is_child()) {
            generation(problems, person);
            same_child(problems, person);
        } else if (person.kind == PersonKind::contact) {
            contact(problems, person);
        }
    }
}

// `known` names somebody of this family, of this list, whom nobody else in the form changes.
void Family::known_once(std::vector<Problem>& problems) const {
    std::set<std::string_view> changed;
    for (const Person& person : m_persons) {
        const std::string_view changes = form::answer(person.answers, "known");
        if (!person.number || changes.empty())
            continue;
        const bool exists = std::any_of(m_known.begin(), m_known.end(), [&](const KnownPerson& somebody) {
            return !somebody.self && somebody.reference == changes && list_of(somebody.kind) == person.list;
        });
        if (!exists || !changed.insert(changes).second)
            add(problems, person, "known", ProblemCode::person_unknown, Severity::error);
    }
}

// A child is younger than whoever has authority over it by a plausible span: neither a playmate nor a mistyped century.
// Said once for a child.
void Family::generation(std::vector<Problem>& problems, const Person& child) const {
    if (!child.birth)
        return;
    const std::vector<std::string> authority = form::people_chosen(child.answers, "authority");
    for (const Person& person : m_persons) {
        if (person.kind != PersonKind::representative || !person.birth)
            continue;
        const bool has_authority =
            authority.empty() || std::any_of(authority.begin(), authority.end(), [&](const std::string& reference) {
                const form::PersonChoice* const chosen = form::find_person(m_people, reference);
                return chosen && chosen->reference == person.reference;
            });
        if (!has_authority)
            continue;
        if (domain::greatest_age(*person.birth, child.birth->latest()) >= m_rules.generation_minimum &&
            domain::smallest_age(*person.birth, child.birth->earliest()) <= m_rules.generation_maximum)
            continue;
        add(problems, child, child.kind == PersonKind::expected_child ? "expected_date" : "birth_date",
            ProblemCode::generation_gap, Severity::warning, {{"person", person.name}});
        return;
    }
}

// Twins share a birth date, cousins a name; who shares both is probably there twice. Said at the later one.
void Family::same_child(std::vector<Problem>& problems, const Person& child) const {
    if (child.kind != PersonKind::child || !child.birth || child.folded.empty())
        return;
    for (const Person& other : m_persons) {
        const bool is_later = other.number && *other.number >= *child.number && other.list == child.list;
        if (other.kind == PersonKind::child && !is_later && other.birth == child.birth &&
            other.folded == child.folded) {
            add(problems, child, "first_names", ProblemCode::same_child, Severity::warning, {{"person", other.name}});
            return;
        }
    }
}

void Family::contact(std::vector<Problem>& problems, const Person& contact) const {
    // Its birth date is asked of those only who come for a child.
    if (contact.birth && !domain::is_in_the_future(*contact.birth, m_today) &&
        domain::greatest_age(*contact.birth, m_today) < m_rules.collector_minimum_age)
        add(problems, contact, "birth_date", ProblemCode::collector_too_young, Severity::error,
            {{"minimum", std::to_string(m_rules.collector_minimum_age)}});
    const std::string_view rank = form::answer(contact.answers, "rank");
    const auto is_digit = [](char digit) { return digit >= '0' && digit <= '9'; };
    if (!rank.empty() && (rank.size() > 4 || rank[0] == '0' || !std::all_of(rank.begin(), rank.end(), is_digit)))
        add(problems, contact, "rank", ProblemCode::unknown_choice, Severity::error);

    // Families name a child after its grandfather or aunt; then, and only without a birth date, it is a question.
    const std::string_view relation = form::answer(contact.answers, "relation");
    const bool may_share_name = relation == "grandparent" || relation == "uncle_aunt";
    for (const Person& child : m_persons) {
        if (!child.is_child() || child.folded.empty() || child.folded != contact.folded ||
            (contact.birth && child.birth && child.birth != contact.birth))
            continue;
        add(problems, contact, "first_names", ProblemCode::contact_is_child,
            may_share_name && !contact.birth ? Severity::warning : Severity::error, {{"person", child.name}});
        break;
    }
}

} // namespace

std::vector<Problem> check_entourage(const form::FormDefinition& form, const Answers& answers, const Known& known,
                                     const Rules& rules, const form::Context& context) {
    std::size_t count = 0;
    for (const form::ListDefinition& list : form.lists) {
        count += form::item_numbers(answers, list.key).size();
        if (count > rules.maximum_people)
            return {{list.key,
                     ProblemCode::too_many_people,
                     Severity::error,
                     {{"maximum", std::to_string(rules.maximum_people)}}}};
    }
    // Across people only what would be sent counts: a birth date that is not asked for any more is no birth date.
    const Answers sent = form::submitted(form, answers);
    const std::vector<form::PersonChoice> people = people_of(form, sent, known);
    form::Context with_people = context;
    with_people.people = &people;
    std::vector<Problem> problems = form::validate(form, answers, with_people);
    Family(form, sent, known, rules, people, context.today).check(problems);
    return problems;
}

} // namespace foyer::household
