#include "households/family_import.h"

#include "households/accepted_entourage.h"
#include "households/visibility.h"
#include "security/crypto.h"
#include "store/person_key.h"
#include "wire/encoding.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

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

// "birth_place.code" is the column birth_place_code.
std::string column_of(std::string_view key) {
    if (key == "birth_place.country")
        return "birth_country";
    if (key == "birth_place.code")
        return "birth_place_code";
    if (key == "commune.code")
        return "commune_code";
    return std::string(key.substr(0, key.find('.')));
}

std::string two_digits(const std::string& text) {
    return text.size() < 2 ? std::string(2 - text.size(), '0') + text : text;
}

// The answers as a line would say them, by column. `named`: from a reference to the file's own id.
std::map<std::string, std::string> columns_of(const Answers& answers, const std::map<std::string, std::string>& named) {
    const auto person = [&](const std::string& reference) {
        const auto found = named.find(reference);
        return found == named.end() ? reference : found->second;
    };
    std::map<std::string, std::string> columns;
    for (const auto& [key, value] : answers) {
        const std::string column = column_of(key);
        if (std::find(IMPLIED_FIELDS.begin(), IMPLIED_FIELDS.end(), column) != IMPLIED_FIELDS.end())
            continue;
        const std::string rest = key.size() > column.size() ? key.substr(key.find('.') + 1) : std::string();
        if (rest == "day" || rest == "month" || rest == "year")
            columns[column] = store::answer_in(answers, column + ".year") + "-" +
                              two_digits(store::answer_in(answers, column + ".month")) + "-" +
                              two_digits(store::answer_in(answers, column + ".day"));
        else if (form::is_reference(rest) && value == "yes")
            columns[column] += (columns[column].empty() ? "" : " ") + person(rest);
        else if (column == LIVING_WITH)
            columns[column] = person(value);
        else if (rest.empty() || rest == "commune" || column != key.substr(0, key.find('.')))
            columns[column] = value;
        // Other parts are what the server found out of an address: no column says them.
    }
    return columns;
}

std::string name_of(const Answers& answers) {
    const std::string first = store::answer_in(answers, "first_names");
    const std::string last = store::last_name_of(answers);
    return first.empty() || last.empty() ? first + last : first + " " + last;
}

bool may_become(PersonKind before, PersonKind now) {
    return before == now || (before == PersonKind::expected_child && now == PersonKind::child);
}

// One family of the file beside the one there is.
class FamilyPlan {
public:
    FamilyPlan(std::vector<const ImportRow*> rows, const std::vector<std::string>& columns, const Household* before,
               ImportPlan& plan, PersonId& next, const i18n::Texts& texts)
        : m_rows(std::move(rows)), m_columns(columns), m_before(before), m_plan(plan), m_next(next), m_texts(texts) {}

    void add() {
        leave_out_bad_lines();
        if (m_rows.empty())
            return;
        for (const ImportRow* row : m_rows)
            if (!somebody(row->person_id) && !is_merged_away(row->person_id))
                m_ids[row->person_id] = take_id();
        name_references();
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

    // A colleague has said who this is by now: the file, which does not know of it, neither brings them back nor makes
    // them a second time.
    [[nodiscard]] bool is_merged_away(const std::string& person_id) const {
        return m_before && std::find(m_before->merged_away.begin(), m_before->merged_away.end(), person_id) !=
                               m_before->merged_away.end();
    }

    // Whom the file names there is somebody else by now, as the merge has written it: that stays.
    [[nodiscard]] bool names_merged_away(const ImportRow& row, const std::string& field) const {
        const auto named = row.people.find(field);
        return named != row.people.end() &&
               std::any_of(named->second.begin(), named->second.end(),
                           [this](const std::string& person) { return is_merged_away(person); });
    }

    // Everybody has left for another family: it is there that somebody new belongs.
    [[nodiscard]] bool is_united_with_another() const {
        return m_before && !m_before->merged_away.empty() &&
               std::none_of(m_before->people.begin(), m_before->people.end(),
                            [](const HouseholdPerson& person) { return person.active; });
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
                auto mistake = why_bad(**row);
                if (!mistake) {
                    ++row;
                    continue;
                }
                m_plan.mistakes.push_back(std::move(*mistake));
                row = m_rows.erase(row);
                changed = true;
            }
        }
    }

    [[nodiscard]] LineMistake mistake(const ImportRow& row, std::string column, std::string code, std::string value,
                                      TextKey reason) const {
        std::string told = m_texts.format(reason, {{"value", value}});
        return {row.line, std::move(column), std::move(code), std::move(value), std::move(told)};
    }

    [[nodiscard]] std::optional<LineMistake> why_bad(const ImportRow& row) const {
        if (is_merged_away(row.person_id))
            return std::nullopt;
        if (is_united_with_another() && !somebody(row.person_id))
            return mistake(row, "person_id", "nobody", row.person_id, TextKey::server_import_nobody);
        if (const HouseholdPerson* before = somebody(row.person_id); before && !may_become(before->kind, row.kind))
            return mistake(row, "kind", "kind_changed", row.person_id, TextKey::server_import_kind_changed);
        for (const auto& [field, people] : row.people) {
            const bool of_children = field == CONTACT_CHILDREN;
            for (const std::string& person : people) {
                if (field == LIVING_WITH && std::find(HOMES.begin(), HOMES.end(), person) != HOMES.end())
                    continue;
                if (is_merged_away(person))
                    continue;
                const auto kind = kind_of(person);
                if (!kind)
                    return mistake(row, field, "nobody", person, TextKey::server_import_nobody);
                if (of_children && !is_child(*kind))
                    return mistake(row, field, "not_a_child", person, TextKey::server_import_not_a_child);
                if (!of_children && *kind != PersonKind::representative)
                    return mistake(row, field, "not_a_representative", person,
                                   TextKey::server_import_not_a_representative);
            }
        }
        return std::nullopt;
    }

    void name_references() {
        if (m_before)
            for (const HouseholdPerson& person : m_before->people)
                m_named[reference_of(person.id)] =
                    person.external_id.empty() ? "#" + std::to_string(person.id.number()) : person.external_id;
        for (const auto& [person_id, id] : m_ids)
            m_named[reference_of(id)] = person_id;
    }

    void plan_row(const ImportRow& row, RowOutcome outcome, const Answers& answers,
                  std::vector<FieldChange> changes = {}) {
        m_plan.rows.push_back({row.line, row.family_id, row.person_id, name_of(answers), row.kind, outcome, !m_before,
                               std::move(changes)});
    }

    [[nodiscard]] std::vector<FieldChange> changes_between(const HouseholdPerson& before,
                                                           const HouseholdPerson& now) const {
        std::vector<FieldChange> changes;
        if (before.kind != now.kind)
            changes.push_back({"kind", std::string(store::name(before.kind)), std::string(store::name(now.kind))});
        if (before.active != now.active)
            changes.push_back({"state", "removed", "active"});
        const auto old_columns = columns_of(before.answers, m_named);
        auto new_columns = columns_of(now.answers, m_named);
        for (const auto& [column, value] : old_columns) {
            const auto found = new_columns.find(column);
            const std::string after = found == new_columns.end() ? std::string() : found->second;
            if (after != value)
                changes.push_back({column, value, after});
            new_columns.erase(column);
        }
        for (const auto& [column, value] : new_columns)
            changes.push_back({column, {}, value});
        return changes;
    }

    [[nodiscard]] std::string reference_to(const std::string& person_id) const {
        const HouseholdPerson* person = somebody(person_id);
        return reference_of(person ? person->id : m_ids.at(person_id));
    }

    [[nodiscard]] Answers answers_with_people(const ImportRow& row) const {
        Answers answers = row.answers;
        for (const auto& [field, people] : row.people) {
            if (names_merged_away(row, field))
                continue;
            for (const std::string& person : people) {
                const bool home = field == LIVING_WITH && std::find(HOMES.begin(), HOMES.end(), person) != HOMES.end();
                if (field == LIVING_WITH)
                    answers[field] = home ? person : reference_to(person);
                else
                    answers[field + "." + reference_to(person)] = "yes";
            }
        }
        return answers;
    }

    // Whether the file has a column for this answer: then what it says counts, also when it says nothing.
    [[nodiscard]] bool file_speaks_of(const std::string& key) const {
        const std::string field = key.substr(0, key.find('.'));
        return std::find(m_columns.begin(), m_columns.end(), field) != m_columns.end();
    }

    // What was found out of an address stays true while the address does.
    static bool still_belongs(const std::string& key, const Answers& before, const Answers& said) {
        const std::string field = key.substr(0, key.find('.'));
        const std::string text = store::answer_in(said, field);
        return field != key && column_of(key) == field && !text.empty() && text == store::answer_in(before, field);
    }

    void add_person(const ImportRow& row, store::HouseholdWrite& write) {
        if (is_merged_away(row.person_id)) {
            plan_row(row, RowOutcome::unchanged, row.answers);
            ++m_plan.unchanged_people;
            return;
        }
        const Answers said = answers_with_people(row);
        const HouseholdPerson* before = somebody(row.person_id);
        if (!before) {
            store::PersonWrite one;
            one.fresh = true;
            one.person.id = m_ids.at(row.person_id);
            one.person.kind = row.kind;
            one.person.answers = said;
            one.person.external_id = row.person_id;
            plan_row(row, RowOutcome::fresh, said);
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
                if (file_speaks_of(key) && !still_belongs(key, before->answers, said) &&
                    !names_merged_away(row, key.substr(0, key.find('.'))))
                    now.answers.erase(key);
            for (const auto& [key, value] : said)
                now.answers[key] = value;
        } else {
            now.answers.insert(said.begin(), said.end());
        }
        if (now.answers == before->answers && now.kind == before->kind && now.active == before->active) {
            plan_row(row, RowOutcome::unchanged, now.answers);
            ++m_plan.unchanged_people;
            return;
        }
        plan_row(row, RowOutcome::changed, now.answers, changes_between(*before, now));
        write.people.push_back({std::move(now), false});
        ++m_plan.changed_people;
    }

    std::vector<const ImportRow*> m_rows;
    const std::vector<std::string>& m_columns;
    const Household* m_before;
    ImportPlan& m_plan;
    PersonId& m_next;
    const i18n::Texts& m_texts;
    std::map<std::string, PersonId> m_ids;      // of new people
    std::map<std::string, std::string> m_named; // reference -> the file's own id
};

// Everything that is shown of a plan, without the ids a writing one gives away and without any language.
std::string digest_of(const ImportPlan& plan, const std::string& file_digest) {
    std::string all = file_digest;
    const auto add = [&](const std::string& text) { all += std::to_string(text.size()) + ":" + text; };
    for (const PlannedRow& row : plan.rows) {
        add(std::to_string(row.line));
        add(std::to_string(static_cast<int>(row.outcome)) + (row.new_family ? "n" : "k"));
        for (const FieldChange& change : row.changes) {
            add(change.column);
            add(change.before);
            add(change.after);
        }
    }
    for (const LineMistake& mistake : plan.mistakes) {
        add(std::to_string(mistake.line));
        add(mistake.column + "/" + mistake.code);
    }
    return wire::encode_hex(security::sha256(all));
}

} // namespace

ImportPlan plan_import(const ImportRows& rows, const std::vector<Household>& families, PersonId next_person,
                       const i18n::Texts& texts) {
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
        FamilyPlan(by_family[family], rows.columns, before == there.end() ? nullptr : before->second, plan, next_person,
                   texts)
            .add();
    }
    const auto by_line = [](const auto& left, const auto& right) { return left.line < right.line; };
    std::stable_sort(plan.rows.begin(), plan.rows.end(), by_line);
    std::stable_sort(plan.mistakes.begin(), plan.mistakes.end(), by_line);
    int last = 0;
    for (const LineMistake& mistake : plan.mistakes)
        plan.bad_lines += std::exchange(last, mistake.line) == mistake.line ? 0 : 1;
    plan.digest = digest_of(plan, rows.digest);
    return plan;
}

Result<ImportOutcome, store::StoreError> import_families(store::HouseholdStore& households, const ImportRows& rows,
                                                         const ImportWish& wish, const store::NewAuditLine& line,
                                                         const i18n::Texts& texts) {
    ImportOutcome outcome;
    // The first line names the columns: without them nothing is known of the others.
    const bool no_header = rows.rows.empty() && !rows.mistakes.empty() && rows.mistakes.front().line <= 1;
    const auto may_write = [&] {
        return wish.mode == ImportMode::write && !no_header &&
               (outcome.plan.mistakes.empty() || wish.bad_lines == OnBadLines::skip) &&
               (wish.digest.empty() || wish.digest == outcome.plan.digest);
    };
    if (wish.mode == ImportMode::dry_run) {
        const auto families = households.households_of(line.portal);
        if (!families)
            return Failure{families.error()};
        outcome.plan = plan_import(rows, *families, DRY_RUN_IDS, texts);
        return outcome;
    }
    const auto written = households.import(
        line.portal,
        [&](const std::vector<Household>& families, PersonId next_person) -> std::optional<store::ImportedFamilies> {
            outcome.plan = plan_import(rows, families, next_person, texts);
            if (!may_write())
                return std::nullopt;
            store::NewAuditLine told = line;
            told.details["new"] = std::to_string(outcome.plan.new_people);
            told.details["changed"] = std::to_string(outcome.plan.changed_people);
            told.details["left_out"] = std::to_string(outcome.plan.bad_lines);
            return store::ImportedFamilies{outcome.plan.writes, std::move(told)};
        },
        line.at);
    if (!written)
        return Failure{written.error()};
    outcome.written = may_write();
    return outcome;
}

} // namespace foyer::server::households
