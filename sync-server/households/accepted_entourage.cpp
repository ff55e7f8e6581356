#include "households/accepted_entourage.h"

#include "form/list.h"
#include "households/known.h"
#include "store/person_key.h"

#include <algorithm>
#include <map>
#include <set>

namespace foyer::server::households {

using store::Answers;
using store::Household;
using store::HouseholdPerson;
using store::HouseholdWrite;
using store::PersonId;
using store::PersonKind;

namespace {

PersonKind kind_in(std::string_view list, const Answers& item) {
    if (list == form::REPRESENTATIVES)
        return PersonKind::representative;
    if (list == form::CONTACTS)
        return PersonKind::contact;
    return store::answer_in(item, "born") == "expected" ? PersonKind::expected_child : PersonKind::child;
}

bool of_the_same_list(PersonKind left, PersonKind right) {
    const auto list = [](PersonKind kind) { return kind == PersonKind::expected_child ? PersonKind::child : kind; };
    return list(left) == list(right);
}

// Without a birth date (most contacts), the phone tells people of one name apart.
bool is_same_person(const HouseholdPerson& person, PersonKind kind, const Answers& item) {
    if (person.kind != kind || kind == PersonKind::expected_child)
        return false;
    const std::string name = store::name_key_of(item);
    if (name.empty() || store::name_key_of(person.answers) != name)
        return false;
    if (kind == PersonKind::contact)
        return store::answer_in(person.answers, "contact_phone") == store::answer_in(item, "contact_phone");
    const std::string birth_date = store::birth_date_of(item);
    return !birth_date.empty() && store::birth_date_of(person.answers) == birth_date;
}

class Accepting {
public:
    Accepting(const store::DecisionView& view, const form::FormDefinition& form)
        : m_view(view), m_form(form), m_account(view.submission.account.id), m_next(view.next_person) {
        if (view.household)
            for (const VisiblePerson& person : visible_people(*view.household, m_account))
                m_visible.insert(person.reference);
    }

    HouseholdWrite write() {
        HouseholdWrite write;
        if (m_view.household)
            write.household = m_view.household->id;
        find_oneself(write);
        // Everybody has an id before anybody's references are written.
        for (const form::ListDefinition& list : m_form.lists)
            for (const unsigned number : form::item_numbers(m_view.submission.answers, list.key))
                place(list, number);
        for (const Placed& placed : m_placed)
            write.people.push_back(written(placed));
        // A person's own data is that person's: what somebody else says of it is left out.
        write.people.erase(std::remove_if(write.people.begin(), write.people.end(),
                                          [&](const store::PersonWrite& one) {
                                              return one.person.account && one.person.account != m_account;
                                          }),
                           write.people.end());
        return write;
    }

private:
    struct Placed {
        const form::ListDefinition* list = nullptr;
        unsigned number = 0;
        PersonId id;
        const HouseholdPerson* before = nullptr; // null: a new person
        Answers item;
    };

    void find_oneself(HouseholdWrite& write) {
        if (m_view.household)
            for (const HouseholdPerson& person : m_view.household->people)
                if (person.account == m_account) {
                    m_references[std::string(form::SELF)] = reference_of(person.id);
                    return;
                }
        HouseholdPerson oneself;
        oneself.id = take_id();
        oneself.kind = PersonKind::representative;
        oneself.answers = m_view.profile;
        oneself.account = m_account;
        oneself.declared_by = m_account;
        m_references[std::string(form::SELF)] = reference_of(oneself.id);
        write.people.push_back({std::move(oneself), true});
    }

    PersonId take_id() {
        const PersonId id = m_next;
        m_next = PersonId(id.number() + 1);
        return id;
    }

    void place(const form::ListDefinition& list, unsigned number) {
        Placed placed;
        placed.list = &list;
        placed.number = number;
        placed.item = form::item_answers(m_view.submission.answers, list.key, number);
        placed.before = somebody_there(list, placed.item);
        placed.id = placed.before ? placed.before->id : take_id();
        if (placed.before)
            m_taken.insert(placed.id);
        m_references[form::reference_to(list.key, number)] = reference_of(placed.id);
        m_placed.push_back(std::move(placed));
    }

    // Only somebody whom the account sees, and nobody twice: twins without a day of birth are two.
    const HouseholdPerson* somebody_there(const form::ListDefinition& list, const Answers& item) const {
        if (!m_view.household)
            return nullptr;
        const PersonKind kind = kind_in(list.key, item);
        const std::string known = store::answer_in(item, "known");
        const HouseholdPerson* found = nullptr;
        for (const HouseholdPerson& person : m_view.household->people) {
            const std::string reference = reference_of(person.id);
            if (!person.active || m_visible.count(reference) == 0 || m_taken.count(person.id) != 0 ||
                person.account == m_account)
                continue;
            if (reference == known && of_the_same_list(person.kind, kind))
                return &person;
            if (!found && is_same_person(person, kind, item))
                found = &person;
        }
        return found;
    }

    [[nodiscard]] std::string replacement(std::string_view reference) const {
        if (const auto found = m_references.find(reference); found != m_references.end())
            return found->second;
        return m_visible.count(std::string(reference)) != 0 ? std::string(reference) : std::string();
    }

    [[nodiscard]] store::PersonWrite written(const Placed& placed) const {
        const form::FormDefinition& item_form = placed.list->item;
        Answers said = form::with_references(item_form, placed.item,
                                             [&](std::string_view reference) { return replacement(reference); });
        said.erase("known");
        store::PersonWrite write;
        if (!placed.before) {
            write.fresh = true;
            write.person.id = placed.id;
            write.person.declared_by = m_account;
            write.person.answers = std::move(said);
        } else {
            write.person = *placed.before;
            // What the form asks and the family left empty goes; what it does not ask stays. Of a representative the
            // family has seen the name only, so nothing that was not said anew is taken away.
            if (placed.before->kind != PersonKind::representative)
                for (const auto& [key, value] : placed.before->answers)
                    if (form::locate(item_form, key))
                        write.person.answers.erase(key);
            for (auto& [key, value] : said)
                write.person.answers[key] = std::move(value);
        }
        write.person.kind = kind_in(placed.list->key, placed.item);
        return write;
    }

    const store::DecisionView& m_view;
    const form::FormDefinition& m_form;
    store::AccountId m_account;
    PersonId m_next;
    std::set<std::string> m_visible;
    std::set<PersonId> m_taken;
    std::vector<Placed> m_placed;
    std::map<std::string, std::string, std::less<>> m_references;
};

} // namespace

HouseholdWrite accepted_entourage(const store::DecisionView& view, const form::FormDefinition& form) {
    return Accepting(view, form).write();
}

Household after(const std::optional<Household>& before, const HouseholdWrite& write) {
    Household household = before.value_or(Household());
    for (const store::PersonWrite& one : write.people) {
        const auto place = std::find_if(household.people.begin(), household.people.end(),
                                        [&](const HouseholdPerson& person) { return person.id == one.person.id; });
        if (place == household.people.end())
            household.people.push_back(one.person);
        else
            *place = one.person;
    }
    return household;
}

std::vector<store::AccountId> who_sees_the_change(const std::optional<Household>& before, const Household& after) {
    std::set<store::AccountId> accounts;
    for (const Household* household : {before ? &*before : nullptr, &after})
        if (household)
            for (const HouseholdPerson& person : household->people)
                if (person.account)
                    accounts.insert(*person.account);
    std::vector<store::AccountId> changed;
    for (const store::AccountId account : accounts)
        if (!before || visible_people(*before, account) != visible_people(after, account))
            changed.push_back(account);
    return changed;
}

} // namespace foyer::server::households
