#include "portals.h"
#include "texts_file.h"

#include <catch2/catch_test_macros.hpp>

#include <set>

using namespace foyer;
using namespace foyer::form;

TEST_CASE("every field of the catalogue is found by its key, has a label and at least one part") {
    const i18n::Texts texts = texts_in("fr");
    std::set<std::string_view> keys;
    for (const FieldDefinition& field : catalogue()) {
        INFO(field.key);
        CHECK(keys.insert(field.key).second);
        CHECK(field.parts.size() >= 1);
        CHECK_FALSE(texts.get(field.label).empty());
        const bool is_service_key = field.kind == FieldKind::service_key;
        CHECK(find_field(is_service_key ? "service_key.enfance" : field.key) == &field);
        CHECK((field.kind == FieldKind::choice) == (field.options.size() > 0));
    }
    CHECK(find_field("service_key") == nullptr);
    CHECK(find_field("service_key.") == nullptr);
    CHECK(find_field("shoe_size") == nullptr);
}

TEST_CASE("the catalogue has every field of registration's table") {
    for (const char* key :
         {"civility",         "birth_name",    "usage_name",        "first_names", "birth_date", "birth_place",
          "family_situation", "address",       "apartment",         "building",    "staircase",  "floor",
          "residence",        "address_extra", "postal_code",       "commune",     "mobile",     "home_phone",
          "work_phone",       "email",         "preferred_channel", "identifier",  "password",   "service_key.enfance",
          "consent"})
        CHECK(find_field(key) != nullptr);
}

TEST_CASE("personal fields carry HTML's autocomplete tokens") {
    const FormDefinition form = registration_of("oudon");
    const auto token = [&](std::string_view key) {
        const Located located = *locate(form, key);
        return autocomplete(form, *located.field, *located.part);
    };
    CHECK(token("civility") == "honorific-prefix");
    CHECK(token("usage_name") == "family-name");
    CHECK(token("birth_name") == "section-birth family-name");
    CHECK(token("first_names") == "given-name");
    CHECK(token("birth_date.day") == "bday-day");
    CHECK(token("birth_date.month") == "bday-month");
    CHECK(token("birth_date.year") == "bday-year");
    CHECK(token("address") == "address-line1");
    CHECK(token("address_extra") == "address-line2");
    CHECK(token("postal_code") == "postal-code");
    CHECK(token("commune") == "address-level2");
    CHECK(token("mobile") == "tel");
    CHECK(token("email") == "email");
    CHECK(token("identifier") == "username");
    CHECK(token("password") == "new-password");
    CHECK(token("service_key.enfance") == "off");

    FormDefinition without_usage_name;
    without_usage_name.steps = {{"identity", {}, {}, {make_field(*find_field("birth_name"), "birth_name")}}};
    const FormField& field = without_usage_name.steps[0].fields[0];
    CHECK(autocomplete(without_usage_name, field, field.definition->parts[0]) == "family-name");
}

TEST_CASE("a login's password is the current one") {
    const FormDefinition form = account_form(Procedure::login);
    const Located located = *locate(form, "password");
    CHECK(autocomplete(form, *located.field, *located.part) == "current-password");
}

TEST_CASE("an answer's key leads to its field and part") {
    const FormDefinition form = registration_of("oudon");
    const auto day = locate(form, "birth_date.day");
    REQUIRE(day);
    CHECK(day->field->key == "birth_date");
    CHECK(answer_key(*day->field, *day->part) == "birth_date.day");
    CHECK_FALSE(locate(form, "birth_date"));
    CHECK_FALSE(locate(form, "birth_date.hour"));
    CHECK_FALSE(locate(form, ""));
}

TEST_CASE("procedures have the number and the name that stand in envelopes for ever") {
    const std::pair<std::uint16_t, std::string_view> known[] = {{1, "registration"},
                                                                {100, "login"},
                                                                {101, "resend_activation"},
                                                                {102, "password_reset"},
                                                                {103, "new_password"}};
    for (const auto& [number, text] : known) {
        REQUIRE(procedure_from(number));
        CHECK(name(*procedure_from(number)) == text);
    }
    for (const auto procedure : {Procedure::registration, Procedure::login, Procedure::resend_activation,
                                 Procedure::password_reset, Procedure::new_password}) {
        CHECK(procedure_from(name(procedure)) == procedure);
        CHECK(procedure_from(static_cast<std::uint16_t>(procedure)) == procedure);
    }
    CHECK_FALSE(procedure_from("erase_everything"));
    CHECK_FALSE(procedure_from(std::uint16_t{7}));
}

TEST_CASE("a label is the town's own word, else the house's") {
    FormField field = make_field(*find_field("residence"), "residence");
    CHECK(label(field, texts_in("fr")) == "Résidence");
    field.label = {{"fr", "Résidence ou lotissement"}};
    CHECK(label(field, texts_in("fr")) == "Résidence ou lotissement");
    CHECK(label(field, texts_in("en")) == "Résidence ou lotissement");
    CHECK(hint(field, texts_in("fr")).empty());
}

TEST_CASE("a service's key is named after the service") {
    const FormDefinition form = registration_of("saint-maur-des-fosses");
    CHECK(label(*form.find("service_key.enfance"), texts_in("fr")) == "Clé Enfance");
    CHECK(label(*form.find("service_key.enfance"), texts_in("en")) == "Childhood key");
}

TEST_CASE("a problem's sentence is the field's own when something is missing") {
    const FormDefinition form = registration_of("oudon");
    const auto french = [&](std::string_view field, ProblemCode code) {
        return sentence(form, {std::string(field), code, Severity::error, {}}, texts_in("fr"));
    };
    CHECK(french("postal_code", ProblemCode::required) ==
          "Écrivez votre code postal en 5 chiffres, par exemple 44521.");
    CHECK(french("floor", ProblemCode::required) == "Remplissez «\u00a0Étage\u00a0», par exemple 12 ou B.");
    CHECK(french("consent", ProblemCode::consent_missing).find("Cochez la case") == 0);
    CHECK(french("shoe_size", ProblemCode::unknown_field).find("shoe_size") != std::string::npos);
}
