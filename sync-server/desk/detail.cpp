#include "desk/detail.h"

#include "domain/phone_number.h"
#include "form/address.h"
#include "form/list.h"
#include "household/people.h"
#include "households/decisions.h"
#include "households/known.h"
#include "households/visibility.h"
#include "store/person_key.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace foyer::server::desk {

using form::FieldKind;
using form::FormDefinition;
using form::FormField;
using store::Answers;

namespace {

int number_in(const std::string& text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string shown_date(const FormField& field, const Answers& answers, const i18n::Texts& texts) {
    const auto part = [&](const char* suffix) { return store::answer_in(answers, field.key + suffix); };
    if (part(".year").empty() && part(".month").empty() && part(".day").empty())
        return {};
    return texts.date(number_in(part(".year")), number_in(part(".month")), number_in(part(".day")));
}

class Words {
public:
    Words(const i18n::Texts& texts, const std::vector<form::PersonChoice>& people) : m_texts(texts), m_people(people) {}

    // An answer as somebody says it.
    [[nodiscard]] std::string shown(const FormField& field, const Answers& answers) const {
        const std::string text = store::answer_in(answers, field.key);
        switch (field.definition->kind) {
        case FieldKind::birth_date:
        case FieldKind::child_birth_date:
        case FieldKind::any_birth_date:
        case FieldKind::expected_date:
            return shown_date(field, answers, m_texts);
        case FieldKind::choice:
            return chosen(field, text);
        case FieldKind::person: {
            const std::string person = named(text);
            return person.empty() ? chosen(field, text) : person;
        }
        case FieldKind::people:
            return everybody(field, answers);
        case FieldKind::checkbox:
        case FieldKind::consent:
            return text.empty() ? std::string() : std::string(m_texts.get(TextKey::fields_yes));
        case FieldKind::phone: {
            const auto phone = domain::PhoneNumber::parse(text);
            return phone ? phone->shown() : text;
        }
        default:
            return parts(field, answers);
        }
    }

    // What the server found when the answer arrived: no device's word.
    [[nodiscard]] std::string note(const FormField& field, const Answers& answers) const {
        switch (field.definition->kind) {
        case FieldKind::address_line:
            return address_note(answers);
        case FieldKind::birth_place:
            return birth_place_note(field, answers);
        default:
            return {};
        }
    }

private:
    [[nodiscard]] std::string address_note(const Answers& answers) const {
        if (store::answer_in(answers, "address").empty())
            return {};
        if (store::answer_in(answers, "address.state").empty())
            return std::string(m_texts.get(TextKey::server_desk_address_unchecked));
        const form::AddressFinding found = form::address_finding(answers);
        if (found.state != domain::AddressState::matched)
            return std::string(m_texts.get(found.state == domain::AddressState::probable
                                               ? TextKey::server_desk_address_probable
                                               : TextKey::server_desk_address_by_hand));
        std::string address;
        for (const std::string& part : {found.number, found.repetition, found.street})
            if (!part.empty())
                address += (address.empty() ? "" : " ") + part;
        return m_texts.format(TextKey::server_desk_address_matched, {{"address", address}});
    }

    [[nodiscard]] std::string birth_place_note(const FormField& field, const Answers& answers) const {
        const std::string country = store::answer_in(answers, field.key + ".country");
        if (store::answer_in(answers, field.key + ".commune").empty() || (!country.empty() && country != "FR"))
            return {};
        const std::string code = store::answer_in(answers, field.key + ".code");
        return code.empty() ? std::string(m_texts.get(TextKey::server_desk_place_by_hand))
                            : m_texts.format(TextKey::server_desk_place_matched, {{"code", code}});
    }

    [[nodiscard]] std::string chosen(const FormField& field, const std::string& id) const {
        if (id.empty())
            return {};
        for (const form::Choice& choice : form::choices(field, m_texts))
            if (choice.id == id)
                return choice.label;
        return id;
    }

    [[nodiscard]] std::string named(const std::string& reference) const {
        const form::PersonChoice* person = form::find_person(m_people, reference);
        return person ? form::name_of(*person, m_texts) : std::string();
    }

    [[nodiscard]] std::string everybody(const FormField& field, const Answers& answers) const {
        std::string all;
        for (const std::string& reference : form::people_chosen(answers, field.key)) {
            const std::string name = named(reference);
            all += (all.empty() ? "" : ", ") + (name.empty() ? reference : name);
        }
        return all;
    }

    static std::string parts(const FormField& field, const Answers& answers) {
        std::string all;
        for (const form::PartDefinition& part : field.definition->parts) {
            if (part.entry == form::Entry::hidden || part.entry == form::Entry::secret)
                continue;
            const std::string text = store::answer_in(answers, form::answer_key(field, part));
            if (!text.empty())
                all += (all.empty() ? "" : " ") + text;
        }
        return all;
    }

    const i18n::Texts& m_texts;
    const std::vector<form::PersonChoice>& m_people;
};

// As an agent says it; the wizard's own titles speak to the family.
std::string title_of(const form::StepDefinition& step, const i18n::Texts& texts) {
    if (!step.title.empty())
        return std::string(form::in_language(step.title, texts.language()));
    if (step.key == "identity")
        return std::string(texts.get(TextKey::server_desk_section_identity));
    if (step.key == "address")
        return std::string(texts.get(TextKey::server_desk_section_address));
    if (step.key == "contact")
        return std::string(texts.get(TextKey::server_desk_section_contact_details));
    if (step.key == "access")
        return std::string(texts.get(TextKey::server_desk_section_access));
    return std::string(texts.get(TextKey::server_desk_section_services));
}

std::string title_of_one(std::string_view list, const i18n::Texts& texts) {
    return std::string(texts.get(list == "children"          ? TextKey::server_desk_section_child
                                 : list == "representatives" ? TextKey::server_desk_section_representative
                                                             : TextKey::server_desk_section_contact));
}

// Nothing that proves anything, and nothing the program notes for itself.
bool is_told(const FormField& field) {
    switch (field.definition->kind) {
    case FieldKind::password:
    case FieldKind::security_check:
    case FieldKind::link_part:
    case FieldKind::service_key:
        return false;
    default:
        return field.definition->parts.size() == 0 || field.definition->parts[0].entry != form::Entry::hidden;
    }
}

class Telling {
public:
    Telling(const store::SubmissionRecord& submission, const FormDefinition& form, const KnownBefore& before,
            const i18n::Texts& texts)
        : m_submission(submission), m_form(form), m_before(before), m_texts(texts),
          m_known(households::known_people(before.household, submission.account.id, before.profile)),
          m_people(household::people_of(form, submission.answers, m_known)), m_words(texts, m_people) {}

    Detail tell(const FormDefinition& profile_form) {
        Detail detail;
        if (!m_form.lists.empty()) // an entourage does not repeat who sends it
            for (const form::StepDefinition& step : profile_form.steps)
                add_section(detail, title_of(step, m_texts), step, m_before.profile, nullptr, {});
        const Answers* before = m_before.profile.empty() ? nullptr : &m_before.profile;
        for (const form::StepDefinition& step : m_form.steps)
            add_section(detail, title_of(step, m_texts), step, m_submission.answers, before, {});
        for (const form::ListDefinition& list : m_form.lists)
            for (const unsigned number : form::item_numbers(m_submission.answers, list.key))
                add_person(detail, list, number);
        for (const std::string& key : households::correctable_fields(m_form, m_submission.answers))
            detail.correctable.push_back({key, label_of(key)});
        return detail;
    }

private:
    void add_person(Detail& detail, const form::ListDefinition& list, unsigned number) {
        const Answers item = form::item_answers(m_submission.answers, list.key, number);
        const household::KnownPerson* known = person_known(list.key, item);
        std::string name = household::full_name(item);
        if (name.empty())
            name = std::to_string(number + 1);
        const std::string prefix = form::item_key(list.key, number, "");
        for (const form::StepDefinition& step : list.item.steps)
            add_section(detail, title_of_one(list.key, m_texts) + " : " + name, step, item,
                        known ? &known->answers : nullptr, prefix);
    }

    // The person of the family that this one is, as far as the town knows: named by the form, or the same by name and
    // birth date.
    [[nodiscard]] const household::KnownPerson* person_known(std::string_view list, const Answers& item) const {
        const std::string reference = store::answer_in(item, "known");
        const std::string name = store::name_key_of(item);
        const std::string birth_date = store::birth_date_of(item);
        for (const household::KnownPerson& person : m_known) {
            if (person.self || household::list_of(person.kind) != list)
                continue;
            const bool same = !name.empty() && store::name_key_of(person.answers) == name &&
                              store::birth_date_of(person.answers) == birth_date;
            if (person.reference == reference || same)
                return &person;
        }
        return nullptr;
    }

    void add_section(Detail& detail, std::string title, const form::StepDefinition& step, const Answers& answers,
                     const Answers* before, const std::string& prefix) {
        Section section{std::move(title), before != nullptr, {}};
        for (const FormField& field : step.fields) {
            if (!is_told(field))
                continue;
            Row row;
            row.key = prefix + field.key;
            row.label = form::label(field, m_texts);
            row.value = m_words.shown(field, answers);
            if (before)
                row.known = m_words.shown(field, *before);
            row.differs = before && row.value != row.known && field.definition->kind != FieldKind::consent;
            row.mark = mark_of(row.key);
            row.note = m_words.note(field, answers);
            if (!row.value.empty() || !row.known.empty() || !row.mark.empty())
                section.rows.push_back(std::move(row));
        }
        if (!section.rows.empty())
            detail.sections.push_back(std::move(section));
    }

    [[nodiscard]] std::string mark_of(const std::string& key) const {
        for (const store::Mark& mark : m_submission.marks)
            if (mark.field == key || mark.field.rfind(key + ".", 0) == 0)
                return mark.code;
        return {};
    }

    [[nodiscard]] std::string label_of(const std::string& key) const {
        const auto item = form::split_item_key(key);
        const form::ListDefinition* list = item ? m_form.find_list(item->list) : nullptr;
        const FormField* field = list ? list->item.find(item->key) : m_form.find(key);
        if (!field)
            return key;
        std::string label = form::label(*field, m_texts);
        if (list) {
            const std::string name =
                household::full_name(form::item_answers(m_submission.answers, list->key, item->number));
            label += " (" + (name.empty() ? form::list_label(list->key, m_texts) : name) + ")";
        }
        return label;
    }

    const store::SubmissionRecord& m_submission;
    const FormDefinition& m_form;
    const KnownBefore& m_before;
    const i18n::Texts& m_texts;
    household::Known m_known;
    std::vector<form::PersonChoice> m_people;
    Words m_words;
};

} // namespace

Detail detail_of(const store::SubmissionRecord& submission, const portals::Published& published,
                 const KnownBefore& known, const i18n::Texts& texts) {
    return Telling(submission, households::form_of(published, submission.procedure), known, texts)
        .tell(published.profile);
}

std::vector<Row> side_by_side(const store::Answers& left, const store::Answers& right, const FormDefinition& form,
                              const i18n::Texts& texts) {
    const std::vector<form::PersonChoice> nobody;
    const Words words(texts, nobody);
    std::vector<Row> rows;
    for (const form::StepDefinition& step : form.steps)
        for (const FormField& field : step.fields) {
            if (!is_told(field))
                continue;
            Row row{
                field.key, form::label(field, texts), words.shown(field, left), words.shown(field, right), false, {},
                {}};
            row.differs = row.value != row.known;
            if (!row.value.empty() || !row.known.empty())
                rows.push_back(std::move(row));
        }
    return rows;
}

} // namespace foyer::server::desk
