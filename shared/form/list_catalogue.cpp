// Every field of the people a family declares. To add one, see docs/add-a-field.md.
#include "form/address.h"
#include "form/list.h"
#include "form/parts.h"

namespace foyer::form {

namespace {

using enum i18n::TextKey;
using namespace parts;

// Nothing here is the browser's own user, so that it must not fill anything in: autocomplete is OFF throughout.

// ---- parts ----

constexpr PartDefinition CIVILITY[] = {picked("", Entry::select, fields_civility, OFF)};
constexpr PartDefinition BIRTH_NAME[] = {words(fields_birth_name, 1000, OFF)};
constexpr PartDefinition NO_BIRTH_NAME[] = {picked("", Entry::checkbox, fields_person_no_birth_name, OFF)};
constexpr PartDefinition USAGE_NAME[] = {words(fields_usage_name, 1000, OFF)};
constexpr PartDefinition FIRST_NAMES[] = {words(fields_first_names, 1000, OFF)};
constexpr PartDefinition DATE[] = {digits(".day", fields_birth_date_day, 2, OFF, 3),
                                   digits(".month", fields_birth_date_month, 2, OFF, 3),
                                   digits(".year", fields_birth_date_year, 4, OFF, 5)};
constexpr PartDefinition LINK[] = {picked("", Entry::select, fields_link_to_children, OFF)};
constexpr PartDefinition MOBILE[] = {phone(fields_mobile, OFF)};
constexpr PartDefinition HOME_PHONE[] = {phone(fields_home_phone, OFF)};
constexpr PartDefinition WORK_PHONE[] = {phone(fields_work_phone, OFF)};
constexpr PartDefinition EMAIL[] = {email(fields_email, OFF)};
constexpr PartDefinition ADDRESS_CHOICE[] = {picked("", Entry::radio, fields_address_choice, OFF)};
constexpr PartDefinition ADDRESS[] = {
    line(fields_address, 200, OFF),         hidden(ADDRESS_STATE, fields_address),
    hidden(ADDRESS_NUMBER, fields_address), hidden(ADDRESS_REPETITION, fields_address),
    hidden(ADDRESS_STREET, fields_address), hidden(ADDRESS_POSITION, fields_address)};
constexpr PartDefinition ADDRESS_EXTRA[] = {line(fields_address_extra, 200, OFF)};
constexpr PartDefinition POSTAL_CODE[] = {digits("", fields_postal_code, 12, OFF, 8)};
constexpr PartDefinition COMMUNE[] = {words(fields_commune, 200, OFF), hidden(".code", fields_commune_code)};
constexpr PartDefinition BORN[] = {picked("", Entry::radio, fields_born, OFF)};
constexpr PartDefinition SCHOOL[] = {words(fields_school, 200, OFF)};
constexpr PartDefinition SCHOOL_OF_TOWN[] = {picked("", Entry::select, fields_school, OFF)};
constexpr PartDefinition SCHOOL_LEVEL[] = {picked("", Entry::select, fields_school_level, OFF)};
constexpr PartDefinition MEALS[] = {picked("", Entry::select, fields_meals, OFF)};
constexpr PartDefinition CARE_PLAN[] = {picked("", Entry::radio, fields_care_plan, OFF)};
constexpr PartDefinition AUTHORITY[] = {picked("", Entry::checkbox, fields_authority, OFF)};
constexpr PartDefinition LIVING_WITH[] = {picked("", Entry::radio, fields_living_with, OFF)};
constexpr PartDefinition COLLECTORS[] = {picked("", Entry::checkbox, fields_collectors, OFF)};
constexpr PartDefinition RELATION[] = {picked("", Entry::select, fields_relation, OFF)};
constexpr PartDefinition ROLE[] = {picked("", Entry::radio, fields_role, OFF)};
constexpr PartDefinition CONTACT_PHONE[] = {phone(fields_contact_phone, OFF)};
constexpr PartDefinition OTHER_PHONE[] = {phone(fields_other_phone, OFF)};
constexpr PartDefinition CONTACT_CHILDREN[] = {picked("", Entry::checkbox, fields_contact_children, OFF)};
constexpr PartDefinition KNOWN[] = {hidden("", fields_known)};
constexpr PartDefinition RANK[] = {hidden("", fields_rank)};

// ---- options: the ids are stored and exported, so they never change ----

constexpr OptionDefinition LINKS[] = {{"mother", fields_link_mother},     {"father", fields_link_father},
                                      {"parent", fields_link_parent},     {"step_parent", fields_link_step_parent},
                                      {"guardian", fields_link_guardian}, {"other", fields_link_other}};
constexpr OptionDefinition ADDRESS_CHOICES[] = {{"same", fields_address_choice_same},
                                                {"own", fields_address_choice_own}};
constexpr OptionDefinition BORN_CHOICES[] = {{"born", fields_born_born}, {"expected", fields_born_expected}};
constexpr OptionDefinition LEVELS[] = {{"none", fields_school_level_none},
                                       {"tps", fields_school_level_tps},
                                       {"ps", fields_school_level_ps},
                                       {"ms", fields_school_level_ms},
                                       {"gs", fields_school_level_gs},
                                       {"cp", fields_school_level_cp},
                                       {"ce1", fields_school_level_ce1},
                                       {"ce2", fields_school_level_ce2},
                                       {"cm1", fields_school_level_cm1},
                                       {"cm2", fields_school_level_cm2},
                                       {"sixieme", fields_school_level_sixieme},
                                       {"cinquieme", fields_school_level_cinquieme},
                                       {"quatrieme", fields_school_level_quatrieme},
                                       {"troisieme", fields_school_level_troisieme},
                                       {"lycee", fields_school_level_lycee},
                                       {"other", fields_school_level_other}};
// What the kitchen and the staff have to do, never why: no religion, no illness.
constexpr OptionDefinition MEAL_CHOICES[] = {{"any", fields_meals_any},
                                             {"without_pork", fields_meals_without_pork},
                                             {"without_meat", fields_meals_without_meat}};
constexpr OptionDefinition YES_OR_NO[] = {{"yes", fields_care_plan_yes}, {"no", fields_care_plan_no}};
// After the representatives.
constexpr OptionDefinition HOMES[] = {{"alternating", fields_living_with_alternating},
                                      {"other", fields_living_with_other}};
constexpr OptionDefinition RELATIONS[] = {{"grandparent", fields_relation_grandparent},
                                          {"uncle_aunt", fields_relation_uncle_aunt},
                                          {"sibling", fields_relation_sibling},
                                          {"childminder", fields_relation_childminder},
                                          {"neighbour", fields_relation_neighbour},
                                          {"friend", fields_relation_friend},
                                          {"other", fields_relation_other}};
constexpr OptionDefinition ROLES[] = {
    {"collect", fields_role_collect}, {"emergency", fields_role_emergency}, {"both", fields_role_both}};

// ---- fields ----

constexpr FieldDefinition REPRESENTATIVE_FIELDS[] = {
    {"civility", FieldKind::choice, OPTIONAL, fields_civility, fields_no_hint, problems_required_choice, CIVILITY,
     CIVILITIES},
    {"birth_name", FieldKind::name, INDISPENSABLE, fields_birth_name, fields_no_hint, problems_required_name_person,
     BIRTH_NAME, NO_OPTIONS},
    {"no_birth_name", FieldKind::checkbox, OPTIONAL, fields_person_no_birth_name, fields_no_hint, problems_required,
     NO_BIRTH_NAME, NO_OPTIONS},
    {"usage_name", FieldKind::name, OPTIONAL, fields_usage_name, fields_person_usage_name_hint,
     problems_required_name_person, USAGE_NAME, NO_OPTIONS},
    {"first_names", FieldKind::name, INDISPENSABLE, fields_first_names, fields_first_names_hint,
     problems_required_first_names_person, FIRST_NAMES, NO_OPTIONS},
    {"birth_date", FieldKind::birth_date, REQUIRED, fields_birth_date, fields_birth_date_hint,
     problems_required_date_adult, DATE, NO_OPTIONS},
    {"link_to_children", FieldKind::choice, REQUIRED, fields_link_to_children, fields_no_hint, problems_required_choice,
     LINK, LINKS},
    {"mobile", FieldKind::phone, OPTIONAL, fields_mobile, fields_mobile_hint, problems_required_phone, MOBILE,
     NO_OPTIONS},
    {"home_phone", FieldKind::phone, OPTIONAL, fields_home_phone, fields_no_hint, problems_required_phone, HOME_PHONE,
     NO_OPTIONS},
    {"work_phone", FieldKind::phone, OPTIONAL, fields_work_phone, fields_no_hint, problems_required_phone, WORK_PHONE,
     NO_OPTIONS},
    {"email", FieldKind::email, OPTIONAL, fields_email, fields_person_email_hint, problems_email_format_person, EMAIL,
     NO_OPTIONS},
    {"address_choice", FieldKind::choice, REQUIRED, fields_address_choice, fields_no_hint, problems_required_choice,
     ADDRESS_CHOICE, ADDRESS_CHOICES},
    {"address", FieldKind::address_line, REQUIRED, fields_address, fields_address_hint,
     problems_required_address_person, ADDRESS, NO_OPTIONS},
    {"apartment", FieldKind::text, OPTIONAL, fields_apartment, fields_no_hint, problems_required_door, APARTMENT,
     NO_OPTIONS},
    {"building", FieldKind::text, OPTIONAL, fields_building, fields_no_hint, problems_required_door, BUILDING,
     NO_OPTIONS},
    {"staircase", FieldKind::text, OPTIONAL, fields_staircase, fields_no_hint, problems_required_door, STAIRCASE,
     NO_OPTIONS},
    {"floor", FieldKind::text, OPTIONAL, fields_floor, fields_no_hint, problems_required_door, FLOOR, NO_OPTIONS},
    {"residence", FieldKind::text, OPTIONAL, fields_residence, fields_no_hint, problems_required_residence, RESIDENCE,
     NO_OPTIONS},
    {"address_extra", FieldKind::text, OPTIONAL, fields_address_extra, fields_address_extra_hint,
     problems_required_address_extra, ADDRESS_EXTRA, NO_OPTIONS},
    {"postal_code", FieldKind::postal_code, REQUIRED, fields_postal_code, fields_postal_code_hint,
     problems_postal_code_format_person, POSTAL_CODE, NO_OPTIONS},
    {"commune", FieldKind::commune, REQUIRED, fields_commune, fields_no_hint, problems_required_commune_person, COMMUNE,
     NO_OPTIONS},
    {"known", FieldKind::link_part, OPTIONAL, fields_known, fields_no_hint, problems_required, KNOWN, NO_OPTIONS},
};

constexpr FieldDefinition CHILD_FIELDS[] = {
    {"born", FieldKind::choice, INDISPENSABLE, fields_born, fields_no_hint, problems_required_choice, BORN,
     BORN_CHOICES},
    {"first_names", FieldKind::name, INDISPENSABLE, fields_first_names, fields_first_names_hint,
     problems_required_first_names_person, FIRST_NAMES, NO_OPTIONS},
    {"birth_name", FieldKind::name, REQUIRED, fields_birth_name, fields_no_hint, problems_required_name_person,
     BIRTH_NAME, NO_OPTIONS},
    {"no_birth_name", FieldKind::checkbox, OPTIONAL, fields_person_no_birth_name, fields_no_hint, problems_required,
     NO_BIRTH_NAME, NO_OPTIONS},
    {"birth_date", FieldKind::child_birth_date, INDISPENSABLE, fields_birth_date, fields_child_birth_date_hint,
     problems_required_date_child, DATE, NO_OPTIONS},
    {"expected_date", FieldKind::expected_date, INDISPENSABLE, fields_expected_date, fields_expected_date_hint,
     problems_required_date_expected, DATE, NO_OPTIONS},
    {"birth_place", FieldKind::birth_place, OPTIONAL, fields_birth_place, fields_no_hint,
     problems_required_birth_place_person, BIRTH_PLACE, NO_OPTIONS},
    {"school", FieldKind::text, OPTIONAL, fields_school, fields_no_hint, problems_required_school, SCHOOL, NO_OPTIONS},
    {"school_level", FieldKind::choice, OPTIONAL, fields_school_level, fields_no_hint, problems_required_choice,
     SCHOOL_LEVEL, LEVELS},
    {"meals", FieldKind::choice, OPTIONAL, fields_meals, fields_no_hint, problems_required_choice, MEALS, MEAL_CHOICES},
    {"care_plan", FieldKind::choice, OPTIONAL, fields_care_plan, fields_care_plan_hint, problems_required_choice,
     CARE_PLAN, YES_OR_NO},
    {"authority", FieldKind::people, REQUIRED, fields_authority, fields_authority_hint, problems_required_choice,
     AUTHORITY, NO_OPTIONS, People::representatives},
    {"living_with", FieldKind::person, REQUIRED, fields_living_with, fields_no_hint, problems_required_choice,
     LIVING_WITH, HOMES, People::representatives},
    {"collectors", FieldKind::people, OPTIONAL, fields_collectors, fields_collectors_hint, problems_required_choice,
     COLLECTORS, NO_OPTIONS, People::representatives},
    {"known", FieldKind::link_part, OPTIONAL, fields_known, fields_no_hint, problems_required, KNOWN, NO_OPTIONS},
};

constexpr FieldDefinition CONTACT_FIELDS[] = {
    {"civility", FieldKind::choice, OPTIONAL, fields_civility, fields_no_hint, problems_required_choice, CIVILITY,
     CIVILITIES},
    {"first_names", FieldKind::name, INDISPENSABLE, fields_first_names, fields_no_hint,
     problems_required_first_names_person, FIRST_NAMES, NO_OPTIONS},
    {"birth_name", FieldKind::name, REQUIRED, fields_last_name, fields_no_hint, problems_required_name_person,
     BIRTH_NAME, NO_OPTIONS},
    {"no_birth_name", FieldKind::checkbox, OPTIONAL, fields_person_no_birth_name, fields_no_hint, problems_required,
     NO_BIRTH_NAME, NO_OPTIONS},
    {"relation", FieldKind::choice, REQUIRED, fields_relation, fields_no_hint, problems_required_choice, RELATION,
     RELATIONS},
    {"role", FieldKind::choice, INDISPENSABLE, fields_role, fields_no_hint, problems_required_choice, ROLE, ROLES},
    {"birth_date", FieldKind::any_birth_date, REQUIRED, fields_birth_date, fields_contact_birth_date_hint,
     problems_required_date_adult, DATE, NO_OPTIONS},
    {"contact_phone", FieldKind::phone, INDISPENSABLE, fields_contact_phone, fields_mobile_hint,
     problems_required_phone, CONTACT_PHONE, NO_OPTIONS},
    {"other_phone", FieldKind::phone, OPTIONAL, fields_other_phone, fields_no_hint, problems_required_phone,
     OTHER_PHONE, NO_OPTIONS},
    {"contact_children", FieldKind::people, REQUIRED, fields_contact_children, fields_no_hint,
     problems_required_contact_children, CONTACT_CHILDREN, NO_OPTIONS, People::children,
     fields_contact_children_nobody},
    {"address", FieldKind::address_line, OPTIONAL, fields_address, fields_address_hint,
     problems_required_address_person, ADDRESS, NO_OPTIONS},
    {"postal_code", FieldKind::postal_code, OPTIONAL, fields_postal_code, fields_postal_code_hint,
     problems_postal_code_format_person, POSTAL_CODE, NO_OPTIONS},
    {"commune", FieldKind::commune, OPTIONAL, fields_commune, fields_no_hint, problems_required_commune_person, COMMUNE,
     NO_OPTIONS},
    {"address_extra", FieldKind::text, OPTIONAL, fields_address_extra, fields_address_extra_hint,
     problems_required_address_extra, ADDRESS_EXTRA, NO_OPTIONS},
    {"known", FieldKind::link_part, OPTIONAL, fields_known, fields_no_hint, problems_required, KNOWN, NO_OPTIONS},
    {"rank", FieldKind::link_part, OPTIONAL, fields_rank, fields_no_hint, problems_required, RANK, NO_OPTIONS},
};

constexpr FieldDefinition TOWN_SCHOOL = {"school",       FieldKind::choice,        OPTIONAL,       fields_school,
                                         fields_no_hint, problems_required_choice, SCHOOL_OF_TOWN, NO_OPTIONS};

} // namespace

Span<FieldDefinition> list_catalogue(std::string_view list) {
    if (list == REPRESENTATIVES)
        return REPRESENTATIVE_FIELDS;
    if (list == CHILDREN)
        return CHILD_FIELDS;
    if (list == CONTACTS)
        return CONTACT_FIELDS;
    return {};
}

const FieldDefinition* find_list_field(std::string_view list, std::string_view key) {
    for (const FieldDefinition& field : list_catalogue(list))
        if (field.key == key)
            return &field;
    return nullptr;
}

void offer_schools(FormField& school, std::vector<TownOption> schools) {
    if (school.definition != find_list_field(CHILDREN, "school") || schools.empty())
        return;
    school.definition = &TOWN_SCHOOL;
    school.options = std::move(schools);
}

} // namespace foyer::form
