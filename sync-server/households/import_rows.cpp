#include "households/import_rows.h"

#include "form/list.h"
#include "households/visibility.h"
#include "text/clean_line.h"
#include "text/fold.h"

#include <algorithm>
#include <array>
#include <set>

namespace foyer::server::households {

using form::FieldKind;
using store::PersonKind;

namespace {

constexpr std::array<std::string_view, 3> ABOUT_THE_LINE = {"family_id", "person_id", "kind"};
constexpr std::array<std::string_view, 4> KINDS = {"representative", "child", "expected_child", "contact"};
// Columns beside the fields' own keys: parts that a column of its own can say.
constexpr std::array<std::string_view, 3> PART_COLUMNS = {"birth_country", "birth_place_code", "commune_code"};
// Said by the kind and by whether there is an address.
constexpr std::array<std::string_view, 4> NOT_COLUMNS = {"known", "born", "address_choice", "no_birth_name"};
constexpr std::size_t LONGEST_ID = 64;

template <typename List> bool holds(const List& list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

std::string_view list_of(PersonKind kind) {
    switch (kind) {
    case PersonKind::representative:
        return form::REPRESENTATIVES;
    case PersonKind::child:
    case PersonKind::expected_child:
        return form::CHILDREN;
    case PersonKind::contact:
        break;
    }
    return form::CONTACTS;
}

// What an old system may not know is not asked of it; what finds the person again is.
bool is_needed(PersonKind kind, std::string_view key) {
    if (key == "first_names")
        return kind != PersonKind::expected_child;
    if (key == "birth_name")
        return kind == PersonKind::representative;
    if (key == "birth_date")
        return kind == PersonKind::child;
    return key == "expected_date" && kind == PersonKind::expected_child;
}

form::FormDefinition item_form(PersonKind kind, const std::vector<form::TownOption>& schools) {
    const std::string_view list = list_of(kind);
    std::vector<form::FormField> fields;
    for (const form::FieldDefinition& definition : form::list_catalogue(list)) {
        if (definition.parts.size() > 0 && definition.parts[0].entry == form::Entry::hidden)
            continue; // make_list adds them
        form::FormField field = form::make_list_field(list, definition);
        field.required = is_needed(kind, definition.key);
        field.required_if = {};
        form::offer_schools(field, definition.key == "school" ? schools : std::vector<form::TownOption>());
        fields.push_back(std::move(field));
    }
    return form::make_list(list, std::move(fields)).item;
}

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : text + " ") {
        if (c != ' ' && c != '|' && c != ',') {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    return words;
}

// "2019-03-07" or "07/03/2019"; parts that are 0 or missing are unknown.
bool put_date(store::Answers& answers, const std::string& key, const std::string& text) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c >= '0' && c <= '9')
            parts.back() += c;
        else if (c == '-' || c == '/' || c == '.')
            parts.emplace_back();
        else
            return false;
    }
    if (parts.size() != 3)
        return false;
    if (parts[0].size() == 4)
        std::swap(parts[0], parts[2]);
    if (parts[2].size() != 4 || parts[0].empty() || parts[0].size() > 2 || parts[1].empty() || parts[1].size() > 2)
        return false;
    const auto without_zero = [](const std::string& part) {
        return part.size() == 2 && part[0] == '0' ? part.substr(1) : part; // as people type it
    };
    answers[key + ".day"] = without_zero(parts[0]);
    answers[key + ".month"] = without_zero(parts[1]);
    answers[key + ".year"] = parts[2];
    return true;
}

// The option by its id, or by its label as the page shows it.
std::string option_for(const form::FormField& field, const std::string& text, const i18n::Texts& texts) {
    const std::string folded = text::fold_for_comparison(text);
    for (const form::TownOption& option : field.options)
        if (option.id == text || text::fold_for_comparison(form::in_language(option.label, "fr")) == folded)
            return option.id;
    for (const form::OptionDefinition& option : field.definition->options)
        if (option.id == text || text::fold_for_comparison(option.id) == folded ||
            text::fold_for_comparison(texts.get(option.label)) == folded)
            return std::string(option.id);
    return text;
}

class RowReader {
public:
    RowReader(const CsvTable& table, const form::Context& context, const std::vector<form::TownOption>& schools,
              const i18n::Texts& texts)
        : m_table(table), m_context(context), m_schools(schools), m_texts(texts) {}

    ImportRows read() {
        if (!judge_header())
            return std::move(m_read);
        for (const CsvRecord& record : m_table.records)
            read_record(record);
        return std::move(m_read);
    }

private:
    void mistake(int line, std::string reason) { m_read.mistakes.push_back({line, std::move(reason)}); }

    bool judge_header() {
        const std::vector<std::string> known = import_columns();
        std::set<std::string> seen;
        for (const std::string& column : m_table.header) {
            if (!holds(known, column))
                mistake(1, "“" + column + "” is not a column that can be imported");
            else if (!seen.insert(column).second)
                mistake(1, "the column “" + column + "” is there twice");
        }
        for (const std::string_view needed : ABOUT_THE_LINE)
            if (seen.count(std::string(needed)) == 0)
                mistake(1, "the column “" + std::string(needed) + "” is missing");
        m_read.columns = m_table.header;
        return m_read.mistakes.empty();
    }

    [[nodiscard]] std::string value(const CsvRecord& record, std::string_view column) const {
        for (std::size_t i = 0; i < m_table.header.size(); ++i)
            if (m_table.header[i] == column)
                return text::clean_line(record.values[i]).text;
        return {};
    }

    void read_record(const CsvRecord& record) {
        if (!record.wrong.empty())
            return mistake(record.line, record.wrong);
        for (const std::string& text : record.values)
            if (!text::clean_line(text).is_utf8)
                return mistake(record.line, "it is not in UTF-8; save the file as “CSV UTF-8”");
        const std::size_t before = m_read.mistakes.size();
        ImportRow row;
        row.line = record.line;
        row.family_id = value(record, "family_id");
        row.person_id = value(record, "person_id");
        judge_id(record.line, "family_id", row.family_id);
        judge_id(record.line, "person_id", row.person_id);
        const std::string kind = value(record, "kind");
        const auto place = std::find(KINDS.begin(), KINDS.end(), kind);
        if (place == KINDS.end())
            return mistake(record.line,
                           "kind: “" + kind + "” is none of representative, child, expected_child, contact");
        row.kind = static_cast<PersonKind>(place - KINDS.begin());
        if (!m_people.insert(row.family_id + "\n" + row.person_id).second)
            mistake(record.line, "person_id: this family has “" + row.person_id + "” on an earlier line");
        read_fields(record, row);
        if (m_read.mistakes.size() == before)
            m_read.rows.push_back(std::move(row));
    }

    void judge_id(int line, const char* column, const std::string& id) {
        if (id.empty())
            mistake(line, std::string(column) + ": is missing");
        else if (id.size() > LONGEST_ID || id.find_first_of(" |,") != std::string::npos || id[0] == '#')
            mistake(line, std::string(column) + ": must be at most 64 characters without spaces, “,” and “|”, and must "
                                                "not begin with “#”");
    }

    void read_fields(const CsvRecord& record, ImportRow& row) {
        const form::FormDefinition form = item_form(row.kind, m_schools);
        const std::size_t before = m_read.mistakes.size();
        store::Answers answers;
        for (const std::string& column : m_table.header) {
            const std::string text = value(record, column);
            if (text.empty() || holds(ABOUT_THE_LINE, column) || holds(PART_COLUMNS, column))
                continue;
            const form::FormField* field = form.find(column);
            if (!field)
                mistake(record.line,
                        column + ": is not said of a " + std::string(KINDS[static_cast<std::size_t>(row.kind)]));
            else
                read_field(record.line, row, answers, *field, text);
        }
        if (const std::string country = value(record, "birth_country"); !country.empty())
            answers["birth_place.country"] = country;
        else if (answers.count("birth_place.commune") != 0)
            answers["birth_place.country"] = "FR";
        if (const std::string code = value(record, "birth_place_code"); !code.empty())
            answers["birth_place.code"] = code;
        if (const std::string code = value(record, "commune_code"); !code.empty())
            answers["commune.code"] = code;
        add_what_is_implied(row, answers);
        if (m_read.mistakes.size() == before) // what could not be read is not also missing
            judge(record.line, form, answers);
        row.answers = form::submitted(form, answers);
    }

    void read_field(int line, ImportRow& row, store::Answers& answers, const form::FormField& field,
                    const std::string& text) {
        const std::string& key = field.key;
        switch (field.definition->kind) {
        case FieldKind::people:
            row.people[key] = words_of(text);
            return;
        case FieldKind::person:
            row.people[key] = {option_for(field, text, m_texts)};
            return;
        case FieldKind::choice:
            answers[key] = option_for(field, text, m_texts);
            return;
        case FieldKind::birth_place:
            answers[key + ".commune"] = text;
            return;
        case FieldKind::birth_date:
        case FieldKind::child_birth_date:
        case FieldKind::any_birth_date:
        case FieldKind::expected_date:
            if (!put_date(answers, key, text))
                mistake(line, key + ": “" + text + "” is not a date as 2019-03-07 or 07/03/2019");
            return;
        default:
            answers[key] = text;
        }
    }

    static void add_what_is_implied(const ImportRow& row, store::Answers& answers) {
        if (row.kind == PersonKind::child)
            answers["born"] = "born";
        if (row.kind == PersonKind::expected_child)
            answers["born"] = "expected";
        if (row.kind == PersonKind::representative && answers.count("address") != 0)
            answers["address_choice"] = "own";
        // A person may have no birth name; then the name in use tells who it is.
        if (answers.count("birth_name") == 0 && answers.count("usage_name") != 0)
            answers["no_birth_name"] = "yes";
    }

    void judge(int line, const form::FormDefinition& form, const store::Answers& answers) {
        std::set<std::string> told;
        for (const Problem& problem : form::validate(form, answers, m_context))
            if (problem.severity == Severity::error && problem.code != ProblemCode::one_of_required &&
                told.insert(problem.field).second)
                mistake(line, problem.field + ": " + form::sentence(form, problem, m_texts));
    }

    const CsvTable& m_table;
    const form::Context& m_context;
    const std::vector<form::TownOption>& m_schools;
    const i18n::Texts& m_texts;
    std::set<std::string> m_people;
    ImportRows m_read;
};

} // namespace

std::vector<std::string> import_columns() {
    std::vector<std::string> columns(ABOUT_THE_LINE.begin(), ABOUT_THE_LINE.end());
    for (const std::string_view list : {form::REPRESENTATIVES, form::CHILDREN, form::CONTACTS})
        for (const form::FieldDefinition& field : form::list_catalogue(list))
            if (!holds(NOT_COLUMNS, field.key) && !holds(columns, field.key))
                columns.emplace_back(field.key);
    columns.insert(columns.end(), PART_COLUMNS.begin(), PART_COLUMNS.end());
    return columns;
}

ImportRows read_rows(const CsvTable& table, const form::Context& context, const std::vector<form::TownOption>& schools,
                     const i18n::Texts& texts) {
    return RowReader(table, context, schools, texts).read();
}

} // namespace foyer::server::households
