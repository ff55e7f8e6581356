// Every field there is. To add one, see docs/add-a-field.md.
#include "form/address.h"
#include "form/field.h"
#include "form/parts.h"

namespace foyer::form {

namespace {

using enum i18n::TextKey;
using namespace parts;

constexpr PartDefinition secret(i18n::TextKey label, std::string_view autocomplete) {
    return {"", Entry::secret, label, 1024, 0, "password", autocomplete, "text", "none", false};
}

// ---- parts ----

constexpr PartDefinition CIVILITY[] = {picked("", Entry::select, fields_civility, "honorific-prefix")};
constexpr PartDefinition BIRTH_NAME[] = {words(fields_birth_name, 1000, "family-name")};
constexpr PartDefinition NO_BIRTH_NAME[] = {picked("", Entry::checkbox, fields_no_birth_name, OFF)};
constexpr PartDefinition USAGE_NAME[] = {words(fields_usage_name, 1000, "family-name")};
constexpr PartDefinition FIRST_NAMES[] = {words(fields_first_names, 1000, "given-name")};
constexpr PartDefinition BIRTH_DATE[] = {digits(".day", fields_birth_date_day, 2, "bday-day", 3),
                                         digits(".month", fields_birth_date_month, 2, "bday-month", 3),
                                         digits(".year", fields_birth_date_year, 4, "bday-year", 5)};
constexpr PartDefinition FAMILY_SITUATION[] = {picked("", Entry::select, fields_family_situation, OFF)};
constexpr PartDefinition CAF_NUMBER[] = {code(fields_caf_number, 20, OFF, "characters", 12)};
constexpr PartDefinition FAMILY_QUOTIENT[] = {digits("", fields_family_quotient, 20, OFF, 8)};
constexpr PartDefinition ADDRESS[] = {
    line(fields_address, 200, "address-line1"), hidden(ADDRESS_STATE, fields_address),
    hidden(ADDRESS_NUMBER, fields_address),     hidden(ADDRESS_REPETITION, fields_address),
    hidden(ADDRESS_STREET, fields_address),     hidden(ADDRESS_POSITION, fields_address)};
constexpr PartDefinition ADDRESS_EXTRA[] = {line(fields_address_extra, 200, "address-line2")};
constexpr PartDefinition POSTAL_CODE[] = {digits("", fields_postal_code, 12, "postal-code", 8)};
constexpr PartDefinition COMMUNE[] = {words(fields_commune, 200, "address-level2"),
                                      hidden(".code", fields_commune_code)};
constexpr PartDefinition MOBILE[] = {phone(fields_mobile, "tel")};
constexpr PartDefinition HOME_PHONE[] = {phone(fields_home_phone, "home tel")};
constexpr PartDefinition WORK_PHONE[] = {phone(fields_work_phone, "work tel")};
constexpr PartDefinition EMAIL[] = {email(fields_email, "email")};
constexpr PartDefinition PREFERRED_CHANNEL[] = {picked("", Entry::radio, fields_preferred_channel, OFF)};
constexpr PartDefinition IDENTIFIER[] = {code(fields_identifier, 254, "username", "none")};
constexpr PartDefinition PASSWORD[] = {secret(fields_password, "new-password")};
constexpr PartDefinition KNOWN_PASSWORD[] = {secret(fields_known_password, "current-password")};
constexpr PartDefinition ACCOUNT_NAME[] = {code(fields_account_name, 320, "username", "none")};
constexpr PartDefinition SERVICE_KEY[] = {code(fields_service_key, 60, OFF, "characters", 20)};
constexpr PartDefinition CONSENT[] = {picked("", Entry::checkbox, fields_consent, OFF)};
constexpr PartDefinition SECURITY_CHECK[] = {
    hidden(".asked", fields_security_check_asked), picked(".chosen", Entry::radio, fields_security_check_chosen, OFF),
    hidden(".question", fields_security_check_question), digits(".answer", fields_security_check_answer, 10, OFF, 5)};
constexpr PartDefinition RESET_ID[] = {hidden("", fields_reset_id)};
constexpr PartDefinition RESET_KEY[] = {hidden("", fields_reset_key)};
constexpr PartDefinition PERSON[] = {hidden("", fields_person)};
constexpr PartDefinition OLD_PASSWORD[] = {secret(fields_old_password, "current-password")};
constexpr PartDefinition INVITATION[] = {code(fields_invitation, 60, OFF, "characters", 20)};
constexpr PartDefinition INVITATION_LINK[] = {hidden("", fields_invitation)};

// ---- options: the ids are stored and exported, so they never change ----

constexpr OptionDefinition FAMILY_SITUATIONS[] = {
    {"single", fields_family_situation_single},           {"married", fields_family_situation_married},
    {"civil_union", fields_family_situation_civil_union}, {"cohabiting", fields_family_situation_cohabiting},
    {"separated", fields_family_situation_separated},     {"divorced", fields_family_situation_divorced},
    {"widowed", fields_family_situation_widowed},         {"unspecified", fields_family_situation_unspecified}};
constexpr OptionDefinition CHANNELS[] = {{"email", fields_preferred_channel_email},
                                         {"sms", fields_preferred_channel_sms},
                                         {"phone", fields_preferred_channel_phone},
                                         {"letter", fields_preferred_channel_letter}};

// ---- fields ----

constexpr FieldDefinition CATALOGUE[] = {
    {"civility", FieldKind::choice, OPTIONAL, fields_civility, fields_civility_hint, problems_required_choice, CIVILITY,
     CIVILITIES},
    {"birth_name", FieldKind::name, INDISPENSABLE, fields_birth_name, fields_birth_name_hint,
     problems_required_birth_name, BIRTH_NAME, NO_OPTIONS},
    {"no_birth_name", FieldKind::checkbox, OPTIONAL, fields_no_birth_name, fields_no_hint, problems_required,
     NO_BIRTH_NAME, NO_OPTIONS},
    {"usage_name", FieldKind::name, OPTIONAL, fields_usage_name, fields_usage_name_hint, problems_required_usage_name,
     USAGE_NAME, NO_OPTIONS},
    {"first_names", FieldKind::name, INDISPENSABLE, fields_first_names, fields_first_names_hint,
     problems_required_first_names, FIRST_NAMES, NO_OPTIONS},
    {"birth_date", FieldKind::birth_date, INDISPENSABLE, fields_birth_date, fields_birth_date_hint,
     problems_required_birth_date, BIRTH_DATE, NO_OPTIONS},
    {"birth_place", FieldKind::birth_place, OPTIONAL, fields_birth_place, fields_no_hint, problems_required_birth_place,
     BIRTH_PLACE, NO_OPTIONS},
    {"family_situation", FieldKind::choice, OPTIONAL, fields_family_situation, fields_no_hint, problems_required_choice,
     FAMILY_SITUATION, FAMILY_SITUATIONS},
    {"caf_number", FieldKind::caf_number, OPTIONAL, fields_caf_number, fields_caf_number_hint,
     problems_required_caf_number, CAF_NUMBER, NO_OPTIONS},
    {"family_quotient", FieldKind::family_quotient, OPTIONAL, fields_family_quotient, fields_family_quotient_hint,
     problems_family_quotient_format, FAMILY_QUOTIENT, NO_OPTIONS},
    {"address", FieldKind::address_line, REQUIRED, fields_address, fields_address_hint, problems_required_address,
     ADDRESS, NO_OPTIONS},
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
     problems_required_postal_code, POSTAL_CODE, NO_OPTIONS},
    {"commune", FieldKind::commune, REQUIRED, fields_commune, fields_no_hint, problems_required_commune, COMMUNE,
     NO_OPTIONS},
    {"mobile", FieldKind::phone, OPTIONAL, fields_mobile, fields_mobile_hint, problems_required_phone, MOBILE,
     NO_OPTIONS},
    {"home_phone", FieldKind::phone, OPTIONAL, fields_home_phone, fields_no_hint, problems_required_phone, HOME_PHONE,
     NO_OPTIONS},
    {"work_phone", FieldKind::phone, OPTIONAL, fields_work_phone, fields_no_hint, problems_required_phone, WORK_PHONE,
     NO_OPTIONS},
    {"email", FieldKind::email, INDISPENSABLE, fields_email, fields_email_hint, problems_required_email, EMAIL,
     NO_OPTIONS},
    {"preferred_channel", FieldKind::choice, OPTIONAL, fields_preferred_channel, fields_no_hint,
     problems_required_choice, PREFERRED_CHANNEL, CHANNELS},
    {"identifier", FieldKind::identifier, INDISPENSABLE, fields_identifier, fields_identifier_hint,
     problems_required_identifier, IDENTIFIER, NO_OPTIONS},
    {"password", FieldKind::password, INDISPENSABLE, fields_password, fields_password_hint, problems_required_password,
     PASSWORD, NO_OPTIONS},
    {"service_key", FieldKind::service_key, OPTIONAL, fields_service_key, fields_service_key_hint,
     problems_required_service_key, SERVICE_KEY, NO_OPTIONS},
    {"consent", FieldKind::consent, INDISPENSABLE, fields_consent, fields_no_hint, problems_consent_missing, CONSENT,
     NO_OPTIONS},
    {"security_check", FieldKind::security_check, INDISPENSABLE, fields_security_check, fields_no_hint,
     problems_required_security_check, SECURITY_CHECK, NO_OPTIONS},
};

// Fields of the account forms. Two share their key with a field above, under another rule: what one chooses must be
// strong, what one has chosen must only be there.
constexpr FieldDefinition ACCOUNT_FIELDS[] = {
    {"identifier", FieldKind::known_identifier, INDISPENSABLE, fields_known_identifier, fields_no_hint,
     problems_required_known_identifier, IDENTIFIER, NO_OPTIONS},
    {"password", FieldKind::known_password, INDISPENSABLE, fields_known_password, fields_no_hint,
     problems_required_known_password, KNOWN_PASSWORD, NO_OPTIONS},
    {"identifier_or_email", FieldKind::account_name, INDISPENSABLE, fields_account_name, fields_no_hint,
     problems_required_account_name, ACCOUNT_NAME, NO_OPTIONS},
    {"reset_id", FieldKind::link_part, INDISPENSABLE, fields_reset_id, fields_no_hint, problems_required_link, RESET_ID,
     NO_OPTIONS},
    {"reset_key", FieldKind::link_part, INDISPENSABLE, fields_reset_key, fields_no_hint, problems_required_link,
     RESET_KEY, NO_OPTIONS},
    {"old_password", FieldKind::known_password, INDISPENSABLE, fields_old_password, fields_no_hint,
     problems_required_known_password, OLD_PASSWORD, NO_OPTIONS},
    {"person", FieldKind::link_part, INDISPENSABLE, fields_person, fields_no_hint, problems_required_link, PERSON,
     NO_OPTIONS},
    {"email", FieldKind::email, INDISPENSABLE, fields_email, fields_person_email_hint, problems_required_email, EMAIL,
     NO_OPTIONS},
    {"invitation", FieldKind::service_key, OPTIONAL, fields_invitation, fields_invitation_hint,
     problems_required_service_key, INVITATION, NO_OPTIONS},
    {"invitation_link", FieldKind::link_part, OPTIONAL, fields_invitation, fields_no_hint, problems_required_link,
     INVITATION_LINK, NO_OPTIONS},
};

constexpr std::string_view PHONES[] = {"mobile", "home_phone", "work_phone"};

constexpr GroupDefinition GROUPS[] = {
    {"phones", GroupDefinition::Rule::one_of, fields_phones, fields_phones_hint, PHONES},
};

constexpr std::string_view ICONS[] = {"house", "tree", "bicycle", "boat", "sun", "umbrella", "key", "book"};

constexpr std::string_view SERVICE_KEY_PREFIX = "service_key.";

} // namespace

const FieldDefinition* find_field(std::string_view key) {
    const bool is_service_key =
        key.size() > SERVICE_KEY_PREFIX.size() && key.substr(0, SERVICE_KEY_PREFIX.size()) == SERVICE_KEY_PREFIX;
    for (const FieldDefinition& field : CATALOGUE)
        if (is_service_key ? field.kind == FieldKind::service_key
                           : field.key == key && field.kind != FieldKind::service_key)
            return &field;
    return nullptr;
}

const FieldDefinition* find_account_field(std::string_view key) {
    for (const FieldDefinition& field : ACCOUNT_FIELDS)
        if (field.key == key)
            return &field;
    return nullptr;
}

Span<FieldDefinition> catalogue() { return CATALOGUE; }
Span<GroupDefinition> groups() { return GROUPS; }

const GroupDefinition* group_of(std::string_view key) {
    for (const GroupDefinition& group : GROUPS)
        for (const std::string_view member : group.members)
            if (member == key)
                return &group;
    return nullptr;
}

Span<std::string_view> security_check_icons() { return ICONS; }

} // namespace foyer::form
