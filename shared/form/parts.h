// How the catalogue of fields and that of people describe what is filled in, and what both ask alike. Only for those
// two.
#pragma once

#include "form/field.h"

namespace foyer::form::parts {

using enum i18n::TextKey;

constexpr std::string_view OFF = "off"; // the browser fills nothing in

constexpr PartDefinition line(i18n::TextKey label, std::uint16_t maximum, std::string_view autocomplete,
                              std::uint8_t width = 0) {
    return {"", Entry::line, label, maximum, width, "text", autocomplete, "text", "sentences", false};
}
constexpr PartDefinition words(i18n::TextKey label, std::uint16_t maximum, std::string_view autocomplete) {
    return {"", Entry::line, label, maximum, 0, "text", autocomplete, "text", "words", false};
}
constexpr PartDefinition digits(std::string_view suffix, i18n::TextKey label, std::uint16_t maximum,
                                std::string_view autocomplete, std::uint8_t width) {
    return {suffix, Entry::line, label, maximum, width, "text", autocomplete, "numeric", "none", false};
}
constexpr PartDefinition phone(i18n::TextKey label, std::string_view autocomplete) {
    return {"", Entry::line, label, 40, 20, "tel", autocomplete, "tel", "none", false};
}
constexpr PartDefinition code(i18n::TextKey label, std::uint16_t maximum, std::string_view autocomplete,
                              std::string_view capitals, std::uint8_t width = 0) {
    return {"", Entry::line, label, maximum, width, "text", autocomplete, "text", capitals, false};
}
constexpr PartDefinition email(i18n::TextKey label, std::string_view autocomplete) {
    return {"", Entry::line, label, 320, 0, "email", autocomplete, "email", "none", false};
}
constexpr PartDefinition picked(std::string_view suffix, Entry entry, i18n::TextKey label,
                                std::string_view autocomplete) {
    return {suffix, entry, label, 0, 0, "", autocomplete, "", "", false};
}
constexpr PartDefinition hidden(std::string_view suffix, i18n::TextKey label) {
    return {suffix, Entry::hidden, label, 200, 0, "", OFF, "", "", false};
}

inline constexpr PartDefinition BIRTH_PLACE[] = {
    {".commune", Entry::line, fields_birth_place_commune, 200, 0, "text", OFF, "text", "words", false},
    hidden(".code", fields_birth_place_code),
    picked(".country", Entry::select, fields_birth_place_country, OFF)};
inline constexpr PartDefinition APARTMENT[] = {line(fields_apartment, 200, OFF, 10)};
inline constexpr PartDefinition BUILDING[] = {line(fields_building, 200, OFF, 10)};
inline constexpr PartDefinition STAIRCASE[] = {line(fields_staircase, 200, OFF, 10)};
inline constexpr PartDefinition FLOOR[] = {line(fields_floor, 200, OFF, 10)};
inline constexpr PartDefinition RESIDENCE[] = {line(fields_residence, 200, OFF)};

// The ids are stored and exported, so they never change.
inline constexpr OptionDefinition CIVILITIES[] = {{"madame", fields_civility_madame},
                                                  {"monsieur", fields_civility_monsieur},
                                                  {"unspecified", fields_civility_unspecified}};

constexpr auto OPTIONAL = Requirement::optional;
constexpr auto REQUIRED = Requirement::required;
constexpr auto INDISPENSABLE = Requirement::indispensable;
constexpr Span<OptionDefinition> NO_OPTIONS;

} // namespace foyer::form::parts
