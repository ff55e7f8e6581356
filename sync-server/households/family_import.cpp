#include "households/family_import.h"

#include "households/accepted_entourage.h"
#include "households/visibility.h"
#include "store/person_key.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace foyer::server::households {

using store::Answers;
using store::Household;
using store::HouseholdPerson;
using store::PersonId;
using store::PersonKind;

namespace {

constexpr std::array<std::string_view, 2> HOMES = {"alternating", "other"};
// Nobody has these: a dry run gives no ids away.
constexpr PersonId DRY_RUN_IDS(1'000'000'000'000);

bool is_child(PersonKind kind) { return kind == PersonKind::child || kind == PersonKind::expected_child; }

bool may_become(PersonKind before, PersonKind now) {
    return before == now || (before == PersonKind::expected_child && now == PersonKind::child);
}

// One family of the file beside the one there is.
class FamilyPlan {
public:
    FamilyPlan(std::vector<const ImportRow*> rows, const std::vector<std::string>& columns, const Household* before,
               ImportPlan& plan, PersonId& next)
        : m_rows(std::move(rows)), m_columns(columns), m_before(before), m_plan(plan), m_next(next) {}

    void add() {
        leave_out_bad_lines();
        if (m_rows.empty())
            return;
        for (const ImportRow* row : m_rows)
            if (!somebody(row->person_id))
                m_ids[row->person_id] = take_id();
        store::HouseholdWrite write;
        for (const ImportRow* row : m_rows)
            add_person(*row, write);
        if (!m_before)
            ++m_plan.new_families;
        else if (write.people.empty())
            ++m_plan.unchanged_families;
        else
            ++m_plan.changed_families;
        if (write.people.empty())
            return;
        if (m_before) {
            write.household = m_before->id;
            const Household after_it = after(*m_before, write);
            write.changed = who_sees_the_change(*m_before, after_it);
        } else {
            write.family_id = m_rows.front()->family_id;
        }
        m_plan.writes.push_back(std::move(write));
    }

private:
    PersonId take_id() {
        const PersonId id = m_next;
        m_next = PersonId(id.number() + 1);
        return id;
    }

    [[nodiscard]] const HouseholdPerson* somebody(const std::string& person_id) const {
        if (m_before)
            for (const HouseholdPerson& person : m_before->people)
                if (person.external_id == person_id)
                    return &person;
        return nullptr;
    }

    // Of a person of this family, in the file or already there.
    [[nodiscard]] std::optional<PersonKind> kind_of(const std::string& person_id) const {
        for (const ImportRow* row : m_rows)
            if (row->person_id == person_id)
                return row->kind;
        const HouseholdPerson* person = somebody(person_id);
        return person ? std::optional(person->kind) : std::nullopt;
    }

    // A line that names somebody who is nobody is bad; leaving it out may make another one bad.
    void leave_out_bad_lines() {
        for (bool changed = true; changed;) {
            changed = false;
            for (auto row = m_rows.begin(); row != m_rows.end();) {
                const std::string reason = why_bad(**row);
                if (reason.empty()) {
                    ++row;
                    continue;
                }
                m_plan.mistakes.push_back({(*row)->line, reason});
                row = m_rows.erase(row);
                changed = true;
            }
        }
    }

    [[nodiscard]] std::string why_bad(const ImportRow& row) const {
        if (const HouseholdPerson* before = somebody(row.person_id); before && !may_become(before->kind, row.kind))
            return "kind: “" + row.person_id + "” is already there as somebody of another kind";
        for (const auto& [field, people] : row.people) {
            const bool of_children = field == CONTACT_CHILDREN;
            for (const std::string& person : people) {
                if (field == LIVING_WITH && std::find(HOMES.begin(), HOMES.end(), person) != HOMES.end())
                    continue;
                const auto kind = kind_of(person);
                if (!kind)
                    return field + ": “" + person + "” is nobody of this family";
                if (of_children ? !is_child(*kind) : *kind != PersonKind::representative)
                    return field + ": “" + person + "” is not a " + (of_children ? "child" : "representative");
            }
        }
        return {};
    }

    [[nodiscard]] std::string reference_to(const std::string& person_id) const {
        const HouseholdPerson* person = somebody(person_id);
        return reference_of(person ? person->id : m_ids.at(person_id));
    }

    [[nodiscard]] Answers answers_with_people(const ImportRow& row) const {
        Answers answers = row.answers;
        for (const auto& [field, people] : row.people)
            for (const std::string& person : people) {
                const bool home = field == LIVING_WITH && std::find(HOMES.begin(), HOMES.end(), person) != HOMES.end();
                if (field == LIVING_WITH)
                    answers[field] = home ? person : reference_to(person);
                else
                    answers[field + "." + reference_to(person)] = "yes";
            }
        return answers;
    }

    // Whether the file has a column for this answer: then what it says counts, also when it says nothing.
    [[nodiscard]] bool file_speaks_of(const std::string& key) const {
        const std::string field = key.substr(0, key.find('.'));
        return std::find(m_columns.begin(), m_columns.end(), field) != m_columns.end();
    }

    void add_person(const ImportRow& row, store::HouseholdWrite& write) {
        const Answers said = answers_with_people(row);
        const HouseholdPerson* before = somebody(row.person_id);
        if (!before) {
            store::PersonWrite one;
            one.fresh = true;
            one.person.id = m_ids.at(row.person_id);
            one.person.kind = row.kind;
            one.person.answers = said;
            one.person.external_id = row.person_id;
            write.people.push_back(std::move(one));
            ++m_plan.new_people;
            return;
        }
        HouseholdPerson now = *before;
        now.kind = row.kind;
        now.active = true;
        // What somebody says of themselves through their account is newer than what an office once wrote down.
        if (!before->account) {
            for (const auto& [key, value] : before->answers)
                if (file_speaks_of(key))
                    now.answers.erase(key);
            for (const auto& [key, value] : said)
                now.answers[key] = value;
        } else {
            now.answers.insert(said.begin(), said.end());
        }
        if (now.answers == before->answers && now.kind == before->kind && now.active == before->active) {
            ++m_plan.unchanged_people;
            return;
        }
        write.people.push_back({std::move(now), false});
        ++m_plan.changed_people;
    }

    std::vector<const ImportRow*> m_rows;
    const std::vector<std::string>& m_columns;
    const Household* m_before;
    ImportPlan& m_plan;
    PersonId& m_next;
    std::map<std::string, PersonId> m_ids; // of new people
};

} // namespace

ImportPlan plan_import(const ImportRows& rows, const std::vector<Household>& families, PersonId next_person) {
    ImportPlan plan;
    plan.mistakes = rows.mistakes;
    std::map<std::string, const Household*> there;
    for (const Household& family : families)
        if (!family.family_id.empty())
            there[family.family_id] = &family;
    // In the order of the file, so that ids follow it.
    std::vector<std::string> order;
    std::map<std::string, std::vector<const ImportRow*>> by_family;
    for (const ImportRow& row : rows.rows) {
        auto& lines = by_family[row.family_id];
        if (lines.empty())
            order.push_back(row.family_id);
        lines.push_back(&row);
    }
    for (const std::string& family : order) {
        const auto before = there.find(family);
        FamilyPlan(by_family[family], rows.columns, before == there.end() ? nullptr : before->second, plan, next_person)
            .add();
    }
    std::stable_sort(plan.mistakes.begin(), plan.mistakes.end(),
                     [](const LineMistake& left, const LineMistake& right) { return left.line < right.line; });
    return plan;
}

Result<ImportOutcome, store::StoreError> import_families(store::HouseholdStore& households, const std::string& portal,
                                                         const ImportRows& rows, OnBadLines bad_lines, ImportMode mode,
                                                         UnixSeconds now) {
    ImportOutcome outcome;
    // The first line names the columns: without them nothing is known of the others.
    const bool no_header = rows.rows.empty() && !rows.mistakes.empty() && rows.mistakes.front().line <= 1;
    const auto may_write = [&] {
        return mode == ImportMode::write && !no_header &&
               (outcome.plan.mistakes.empty() || bad_lines == OnBadLines::skip);
    };
    if (mode == ImportMode::dry_run) {
        const auto families = households.households_of(portal);
        if (!families)
            return Failure{families.error()};
        outcome.plan = plan_import(rows, *families, DRY_RUN_IDS);
        return outcome;
    }
    const auto written = households.import(
        portal,
        [&](const std::vector<Household>& families,
            PersonId next_person) -> std::optional<std::vector<store::HouseholdWrite>> {
            outcome.plan = plan_import(rows, families, next_person);
            return may_write() ? std::optional(outcome.plan.writes) : std::nullopt;
        },
        now);
    if (!written)
        return Failure{written.error()};
    outcome.written = may_write();
    return outcome;
}

} // namespace foyer::server::households
