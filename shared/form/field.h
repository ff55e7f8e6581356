// A field as the catalogue knows it: its kind, what it consists of, what the page must tell the browser about it.
// Which fields a town asks for, in which order and under which label, is said in its portal.json (room portal).
#pragma once

#include "i18n/texts.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace foyer::form {

// A kind is a rule. The rules themselves are in shared/domain; form/validate.cpp calls them.
enum class FieldKind : std::uint8_t {
    text,             // one line of free text
    name,             // a person's name: any Latin letters, marks, space, hyphen, apostrophes
    birth_date,       // parts day, month, year; day and month may be unknown ("0") for an adult
    birth_place,      // parts commune, code (INSEE, hidden), country (ISO, hidden-able select)
    choice,           // one of `options`
    checkbox,         // "yes" or nothing
    address_line,     // number and street; hidden parts of a known address (form/address.h)
    postal_code,      // five digits
    commune,          // the town's name; part code: its INSEE code when chosen from the list (hidden)
    phone,            // kept E.164, shown the national way
    email,            //
    identifier,       // the login name a person makes up
    password,         // a new password, by the CNIL's rule
    known_identifier, // login: whatever was chosen once
    known_password,   // login: whatever was chosen once
    account_name,     // lost password, mail not received: identifier or e-mail address
    service_key,      // a code given by a service of the town
    consent,          // a box that must be ticked
    security_check,   // parts asked, chosen (icons) or question, answer (no picture needed)
    link_part,        // what a mailed link carries: an id or a key; hidden
    child_birth_date, // a whole date, today at the latest
    any_birth_date,   // of a person of any age; day and month may be unknown ("0")
    expected_date,    // when a child is expected: a whole date, today at the earliest
    people,           // any number of people of the family: the answers "<key>.<reference>" are "yes"
    person,           // one of the people of the family by reference, or one of `options`
    caf_number,       // a number of the family allowances fund; leading zeros count
    family_quotient,  // whole euros; 0 is a question, since it may mean that nobody could compute it
};
// Of three parts: .day, .month, .year.
[[nodiscard]] constexpr bool is_date(FieldKind kind) {
    return kind == FieldKind::birth_date || kind == FieldKind::child_birth_date || kind == FieldKind::any_birth_date ||
           kind == FieldKind::expected_date;
}

// What somebody is in a family. An expected child becomes a child when it is born.
enum class PersonKind : std::uint8_t { representative, child, expected_child, contact };
// As stored and sent: "expected_child".
[[nodiscard]] std::string_view name(PersonKind kind);
[[nodiscard]] std::optional<PersonKind> person_kind_from(std::string_view name);
// Among whom a field of kind people or person chooses.
enum class People : std::uint8_t { none, representatives, children };

// How a part is answered; the wizard makes one scene node for each part that is not hidden.
enum class Entry : std::uint8_t {
    line,     // typed
    secret,   // typed, dots; never logged, never drafted
    select,   // one of the options in a drop-down list
    radio,    // one of the options, all visible
    checkbox, //
    hidden,   // filled by the program
};

struct OptionDefinition {
    std::string_view id; // the answer
    i18n::TextKey label;
};

// Most fields are one part with an empty suffix; a birth date is three: "birth_date" + ".day".
struct PartDefinition {
    std::string_view suffix; // "" or ".day"
    Entry entry = Entry::line;
    i18n::TextKey label;           // of the part; for a single part it is the field's label
    std::uint16_t maximum = 0;     // characters; 0: nothing is typed
    std::uint8_t width = 0;        // in characters when shorter than the column, else 0
    std::string_view type;         // HTML's: "text", "email", "tel", "password"
    std::string_view autocomplete; // HTML's token: "family-name"; "off" where browsers must not fill
    std::string_view inputmode;
    std::string_view autocapitalize;
    bool spellcheck = false;
};

template <typename T> struct Span { // std::span without its weight in headers
    const T* first = nullptr;
    std::size_t count = 0;
    constexpr Span() = default;
    template <std::size_t N> constexpr Span(const T (&array)[N]) : first(array), count(N) {}
    [[nodiscard]] constexpr const T* begin() const { return first; }
    [[nodiscard]] constexpr const T* end() const { return first + count; }
    [[nodiscard]] constexpr std::size_t size() const { return count; }
    [[nodiscard]] constexpr const T& operator[](std::size_t i) const { return first[i]; }
};

enum class Requirement : std::uint8_t {
    optional,      // a portal.json may make it required
    required,      // a portal.json may make it optional
    indispensable, // the account cannot be made without it: always required, and a portal.json must ask for it
};

struct FieldDefinition {
    std::string_view key; // as in portal.json and in the answers; services' keys are "service_key.<service>"
    FieldKind kind = FieldKind::text;
    Requirement requirement = Requirement::optional;
    i18n::TextKey label;
    i18n::TextKey hint;    // TextKey::fields_no_hint: none
    i18n::TextKey missing; // what to say when it is not filled in
    Span<PartDefinition> parts;
    Span<OptionDefinition> options;                       // choice: shared by the select or radio part
    People people = People::none;                         // people, person
    i18n::TextKey nobody = i18n::TextKey::fields_no_hint; // people: instead of the hint, while nobody can be chosen

    [[nodiscard]] bool is_composite() const { return parts.size() > 1; }
};

// Fields that stand together. one_of: at least one of those shown must be filled.
struct GroupDefinition {
    enum class Rule : std::uint8_t { none, one_of };
    std::string_view key;
    Rule rule = Rule::none;
    i18n::TextKey legend;
    i18n::TextKey hint;
    Span<std::string_view> members;
};

// ---- catalogue.cpp ----

// By key as written in portal.json ("birth_name", "service_key.enfance"); null when there is no such field.
[[nodiscard]] const FieldDefinition* find_field(std::string_view key);
// Fields of login, lost password and the like: "identifier", "password", "identifier_or_email", "reset_id",
// "reset_key", "old_password", "person", "invitation" (typed), "invitation_link" (hidden, from a mailed link).
[[nodiscard]] const FieldDefinition* find_account_field(std::string_view key);
// Every field a portal.json may ask for, in the order of the design's table.
[[nodiscard]] Span<FieldDefinition> catalogue();
[[nodiscard]] Span<GroupDefinition> groups();
// Fields of the people in a list: "representatives", "children", "contacts". The same key may stand for another rule
// than in catalogue(): the family answers for somebody else. Null: no such field. Hidden ones ("known", "rank") are no
// town's choice and always there (form/list.h).
[[nodiscard]] const FieldDefinition* find_list_field(std::string_view list, std::string_view key);
[[nodiscard]] Span<FieldDefinition> list_catalogue(std::string_view list);
// The group a field stands in, or null.
[[nodiscard]] const GroupDefinition* group_of(std::string_view key);
// The ids of the security check's icons; they are scene::Icon's names.
[[nodiscard]] Span<std::string_view> security_check_icons();

} // namespace foyer::form
