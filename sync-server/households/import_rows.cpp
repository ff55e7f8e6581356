#include "households/import_rows.h"

#include "form/list.h"
#include "household/people.h"
#include "households/visibility.h"
#include "security/crypto.h"
#include "support/csv.h"
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
// Columns beside the fields' own keys: parts that a column of its own can say.
constexpr std::array<std::string_view, 3> PART_COLUMNS = {"birth_country", "birth_place_code", "commune_code"};
constexpr std::size_t LONGEST_ID = 64;
// Whoever mends a line sees these first; the next import tells the rest.
constexpr int MOST_MISTAKES_OF_A_LINE = 5;
constexpr std::size_t LONGEST_QUOTATION = 60; // letters of a wrong value

template <typename List> bool holds(const List& list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
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
    const std::string_view list = household::list_of(kind);
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

// Nothing that is cut within a letter.
std::string quotation(const std::string& value) {
    std::size_t letters = 0;
    for (std::size_t at = 0; at < value.size(); ++at)
        if ((static_cast<unsigned char>(value[at]) & 0xC0U) != 0x80U && letters++ == LONGEST_QUOTATION)
            return value.substr(0, at) + "…";
    return value;
}

// What spreadsheets call “Unicode text”.
bool is_utf16(std::string_view bytes) {
    const std::string_view mark = bytes.substr(0, 2);
    return mark == "\xFF\xFE" || mark == "\xFE\xFF";
}

class RowReader {
    static constexpr std::size_t KINDS = static_cast<std::size_t>(PersonKind::contact) + 1; // it is the last

public:
    RowReader(std::string_view bytes, const RowRules& rules)
        : m_bytes(bytes), m_rules(rules), m_texts(*rules.texts.front()), m_reader(bytes) {
        for (std::size_t kind = 0; kind < m_forms.size(); ++kind)
            m_forms[kind] = item_form(static_cast<PersonKind>(kind), rules.schools);
    }

    ImportRows read() {
        m_read.digest = security::sha256(m_bytes);
        if (!judge_file() || !judge_header())
            return std::move(m_read);
        CsvRecord record;
        while (m_reader.next(record)) {
            if (++m_read.lines > MOST_IMPORT_LINES) {
                m_read.rows.clear();
                m_read.mistakes.clear();
                mistake(1, "", "too_many_lines", "", told(TextKey::server_import_too_many_lines, MOST_IMPORT_LINES));
                break;
            }
            read_record(record);
        }
        return std::move(m_read);
    }

private:
    void mistake(int line, std::string column, std::string code, const std::string& value, std::string reason) {
        m_mistakes_here = line == m_mistaken_line ? m_mistakes_here + 1 : 1;
        m_mistaken_line = line;
        if (line == 1 || m_mistakes_here <= MOST_MISTAKES_OF_A_LINE)
            m_read.mistakes.push_back({line, std::move(column), std::move(code), quotation(value), std::move(reason)});
    }

    [[nodiscard]] std::string told(TextKey key) const { return std::string(m_texts.get(key)); }
    [[nodiscard]] std::string told(TextKey key, int number) const {
        return m_texts.format(key, {{"count", std::to_string(number)}});
    }
    [[nodiscard]] std::string told(TextKey key, const std::string& value) const {
        return m_texts.format(key, {{"value", quotation(value)}});
    }

    bool judge_file() {
        if (m_bytes.size() > LARGEST_IMPORT)
            mistake(1, "", "too_large", "", told(TextKey::server_import_too_large, int{LARGEST_IMPORT >> 20U}));
        else if (is_utf16(m_bytes))
            mistake(1, "", "encoding", "", told(TextKey::server_import_encoding));
        else if (m_reader.header().empty())
            mistake(1, "", "no_columns", "", told(TextKey::server_import_no_columns));
        return m_read.mistakes.empty();
    }

    bool judge_header() {
        const std::vector<std::string> known = import_columns();
        std::set<std::string> seen;
        for (const std::string& column : m_reader.header()) {
            if (!text::clean_line(column).is_utf8)
                mistake(1, "", "encoding", "", told(TextKey::server_import_encoding));
            else if (!holds(known, column))
                mistake(1, quotation(column), "column_unknown", "", told(TextKey::server_import_column_unknown));
            else if (!seen.insert(column).second)
                mistake(1, column, "column_twice", "", told(TextKey::server_import_column_twice));
        }
        for (const std::string_view needed : ABOUT_THE_LINE)
            if (seen.count(std::string(needed)) == 0)
                mistake(1, std::string(needed), "column_missing", "", told(TextKey::server_import_column_missing));
        m_read.columns = m_reader.header();
        return m_read.mistakes.empty();
    }

    [[nodiscard]] std::string value(std::string_view column) const {
        for (std::size_t i = 0; i < m_read.columns.size(); ++i)
            if (m_read.columns[i] == column)
                return m_values[i];
        return {};
    }

    [[nodiscard]] std::string told(const CsvRecord& record) const {
        switch (record.fault) {
        case CsvFault::text_after_quote:
            return told(TextKey::server_import_text_after_quote);
        case CsvFault::quote_not_closed:
            return told(TextKey::server_import_quote_not_closed);
        case CsvFault::value_too_long:
            return told(TextKey::server_import_value_too_long, int{LONGEST_CSV_VALUE});
        case CsvFault::too_many_values:
            return told(TextKey::server_import_too_many_values, int{MOST_CSV_VALUES});
        default:
            return m_texts.format(
                TextKey::server_import_wrong_count,
                {{"values", std::to_string(record.values.size())}, {"columns", std::to_string(m_read.columns.size())}});
        }
    }

    // The values as the rules want them; false: the line cannot be read.
    bool take_values(const CsvRecord& record) {
        static constexpr std::array CODES = {
            "", "text_after_quote", "quote_not_closed", "value_too_long", "too_many_values", "wrong_count"};
        if (record.fault != CsvFault::none) {
            mistake(record.line, "", CODES[static_cast<std::size_t>(record.fault)], "", told(record));
            return false;
        }
        m_values.clear();
        for (const std::string& typed : record.values) {
            text::CleanLine clean = text::clean_line(typed);
            if (!clean.is_utf8) {
                mistake(record.line, m_read.columns[m_values.size()], "encoding", "",
                        told(TextKey::server_import_encoding));
                return false;
            }
            m_values.push_back(std::move(clean.text));
        }
        return true;
    }

    void read_record(const CsvRecord& record) {
        if (!take_values(record))
            return;
        const std::size_t before = m_read.mistakes.size();
        ImportRow row;
        row.line = record.line;
        row.family_id = value("family_id");
        row.person_id = value("person_id");
        judge_id(record.line, "family_id", row.family_id);
        judge_id(record.line, "person_id", row.person_id);
        const std::string kind = value("kind");
        const auto known = store::person_kind_from(kind);
        if (!known)
            return mistake(record.line, "kind", "kind", kind, told(TextKey::server_import_kind, kind));
        row.kind = *known;
        const auto [earlier, first] = m_people.emplace(row.family_id + "\n" + row.person_id, record.line);
        if (!first)
            mistake(record.line, "person_id", "person_twice", row.person_id,
                    m_texts.format(TextKey::server_import_person_twice,
                                   {{"value", quotation(row.person_id)}, {"line", std::to_string(earlier->second)}}));
        read_fields(row);
        if (m_read.mistakes.size() == before)
            m_read.rows.push_back(std::move(row));
    }

    void judge_id(int line, const char* column, const std::string& id) {
        if (id.empty())
            mistake(line, column, "missing", "", told(TextKey::server_import_missing));
        else if (id.size() > LONGEST_ID || id.find_first_of(" |,") != std::string::npos || id[0] == '#' ||
                 !text::clean_line(id).acceptable())
            mistake(line, column, "id", id, told(TextKey::server_import_id, id));
    }

    void read_fields(ImportRow& row) {
        const form::FormDefinition& form = m_forms[static_cast<std::size_t>(row.kind)];
        const std::size_t before = m_read.mistakes.size();
        store::Answers answers;
        for (std::size_t i = 0; i < m_read.columns.size(); ++i) {
            const std::string& column = m_read.columns[i];
            const std::string& text = m_values[i];
            if (text.empty() || holds(ABOUT_THE_LINE, column) || holds(PART_COLUMNS, column))
                continue;
            const form::FormField* field = form.find(column);
            if (!field)
                mistake(
                    row.line, column, "not_of_kind", text,
                    m_texts.format(TextKey::server_import_not_of_kind, {{"kind", std::string(store::name(row.kind))}}));
            else
                read_field(row, answers, *field, text);
        }
        if (const std::string country = value("birth_country"); !country.empty())
            answers["birth_place.country"] = country;
        else if (answers.count("birth_place.commune") != 0)
            answers["birth_place.country"] = "FR";
        if (const std::string code = value("birth_place_code"); !code.empty())
            answers["birth_place.code"] = code;
        if (const std::string code = value("commune_code"); !code.empty())
            answers["commune.code"] = code;
        add_what_is_implied(row, answers);
        if (m_read.mistakes.size() == before) // what could not be read is not also missing
            judge(row.line, form, answers);
        row.answers = form::submitted(form, answers);
    }

    // The option by its id, or by its label as the page shows it.
    [[nodiscard]] std::string option_for(const form::FormField& field, const std::string& text) const {
        const std::string folded = text::fold_for_comparison(text);
        for (const form::TownOption& option : field.options)
            if (option.id == text || text::fold_for_comparison(form::in_language(option.label, "fr")) == folded)
                return option.id;
        for (const form::OptionDefinition& option : field.definition->options) {
            if (option.id == text || text::fold_for_comparison(option.id) == folded)
                return std::string(option.id);
            for (const i18n::Texts* texts : m_rules.texts)
                if (text::fold_for_comparison(texts->get(option.label)) == folded)
                    return std::string(option.id);
        }
        return text;
    }

    void read_field(ImportRow& row, store::Answers& answers, const form::FormField& field, const std::string& text) {
        const std::string& key = field.key;
        switch (field.definition->kind) {
        case FieldKind::people:
            row.people[key] = words_of(text);
            return;
        case FieldKind::person:
            row.people[key] = {option_for(field, text)};
            return;
        case FieldKind::choice:
            answers[key] = option_for(field, text);
            return;
        case FieldKind::birth_place:
            answers[key + ".commune"] = text;
            return;
        case FieldKind::birth_date:
        case FieldKind::child_birth_date:
        case FieldKind::any_birth_date:
        case FieldKind::expected_date:
            if (!put_date(answers, key, text))
                mistake(row.line, key, "date", text, told(TextKey::server_import_date, text));
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
        for (const Problem& problem : form::validate(form, answers, m_rules.context))
            if (problem.severity == Severity::error && problem.code != ProblemCode::one_of_required &&
                told.insert(problem.field).second)
                mistake(line, problem.field, std::string(name(problem.code)), value(problem.field),
                        form::sentence(form, problem, m_texts));
    }

    std::string_view m_bytes;
    const RowRules& m_rules;
    const i18n::Texts& m_texts;
    CsvReader m_reader;
    std::array<form::FormDefinition, KINDS> m_forms; // in the order of PersonKind
    std::vector<std::string> m_values;               // of the line being read, by column
    std::map<std::string, int> m_people;             // on which line
    int m_mistaken_line = 0;
    int m_mistakes_here = 0;
    ImportRows m_read;
};

} // namespace

std::vector<std::string> import_columns() {
    std::vector<std::string> columns(ABOUT_THE_LINE.begin(), ABOUT_THE_LINE.end());
    for (const std::string_view list : {form::REPRESENTATIVES, form::CHILDREN, form::CONTACTS})
        for (const form::FieldDefinition& field : form::list_catalogue(list))
            if (!holds(IMPLIED_FIELDS, field.key) && !holds(columns, field.key))
                columns.emplace_back(field.key);
    columns.insert(columns.end(), PART_COLUMNS.begin(), PART_COLUMNS.end());
    return columns;
}

ImportRows read_rows(std::string_view bytes, const RowRules& rules) { return RowReader(bytes, rules).read(); }

} // namespace foyer::server::households
