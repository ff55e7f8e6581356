#include "form/extract.h"
#include "portals.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::form;

TEST_CASE("a registration is read as typed data") {
    const auto registration = registration_from(registration_of("oudon"), good_answers(), on_the_day());
    REQUIRE(registration);
    CHECK(registration->civility == domain::Civility::madame);
    CHECK(registration->birth_name->text() == "Le Goff");
    CHECK(registration->full_name() == "Anne-Lise Le Goff");
    CHECK(registration->birth_date.iso() == "1985-11-03");
    CHECK(registration->address->line.text() == "12 bis rue de la Loire");
    CHECK(registration->address->state == domain::AddressState::entered_by_hand);
    CHECK(registration->mobile->e164() == "+33612345678");
    CHECK_FALSE(registration->home_phone);
    CHECK(registration->email.text() == "anne-lise.legoff@exemple.fr");
    CHECK(registration->identifier.text() == "annelise44");
    CHECK(registration->password.bytes() == "Cheval-blanc-1985!");
    REQUIRE(registration->service_keys.size() == 1);
    CHECK(registration->service_keys[0].service == "enfance");
    CHECK(registration->service_keys[0].key == "OUDON-ENFANCE");
    CHECK(registration->service_keys[0].automatic);
    CHECK(registration->warnings.empty());
}

TEST_CASE("an automatic key cannot be sent otherwise") {
    Answers answers = good_answers();
    answers["service_key.enfance"] = "AUTRE-CLE";
    const auto registration = registration_from(registration_of("oudon"), answers, on_the_day());
    REQUIRE(registration);
    CHECK(registration->service_keys[0].key == "OUDON-ENFANCE");
}

TEST_CASE("a typed key and a doubt about it reach the staff") {
    Answers answers = good_answers();
    answers["service_key.enfance"] = "ENF_2041?";
    const auto registration = registration_from(registration_of("saint-maur-des-fosses"), answers, on_the_day());
    REQUIRE(registration);
    CHECK(registration->service_keys[0].key == "ENF_2041?");
    CHECK_FALSE(registration->service_keys[0].automatic);
    REQUIRE(registration->warnings.size() == 1);
    CHECK(registration->warnings[0].code == ProblemCode::service_key_format);
}

TEST_CASE("somebody without a family name registers under the first names") {
    Answers answers = good_answers();
    answers.erase("birth_name");
    answers["no_birth_name"] = "yes";
    const auto registration = registration_from(registration_of("oudon"), answers, on_the_day());
    REQUIRE(registration);
    CHECK_FALSE(registration->birth_name);
    CHECK(registration->full_name() == "Anne-Lise");
}

TEST_CASE("a place of birth abroad has its country") {
    Answers answers = good_answers();
    answers["birth_place.commune"] = "Hanoï";
    answers["birth_place.country"] = "VN";
    const auto registration = registration_from(registration_of("saint-maur-des-fosses"), answers, on_the_day());
    REQUIRE(registration);
    CHECK(registration->birth_place->commune == "Hanoï");
    CHECK(registration->birth_place->country == "VN");
    CHECK_FALSE(registration->birth_place->insee);
}

TEST_CASE("answers with an error give every problem instead") {
    Answers answers = good_answers();
    answers["postal_code"] = "1";
    answers["email"] = "anne@gmial.com";
    const auto registration = registration_from(registration_of("oudon"), answers, on_the_day());
    REQUIRE_FALSE(registration);
    REQUIRE(registration.error().size() == 2);
    CHECK(registration.error()[0].field == "postal_code");
    CHECK(registration.error()[1].severity == Severity::warning);
}

TEST_CASE("a form that asks for nothing gives no registration") {
    CHECK_FALSE(registration_from({}, {}, on_the_day()));
}

TEST_CASE("a login is read as it was typed, its name cleaned") {
    const auto login = login_from({{"identifier", " annelise44 "}, {"password", " p "}}, on_the_day());
    REQUIRE(login);
    CHECK(login->identifier == "annelise44");
    CHECK(login->password == " p ");
    CHECK_FALSE(login_from({{"identifier", "annelise44"}}, on_the_day()));
}

TEST_CASE("who has lost something is found by name or address") {
    const auto found =
        account_name_from(Procedure::password_reset, {{"identifier_or_email", " a@exemple.fr "}}, on_the_day());
    REQUIRE(found);
    CHECK(found->identifier_or_email == "a@exemple.fr");
}

TEST_CASE("a new password comes with the parts of its link") {
    const auto chosen =
        new_password_from({{"reset_id", "12"}, {"reset_key", "c0ffee"}, {"password", "Qz7!mnpr-Wxk"}}, on_the_day());
    REQUIRE(chosen);
    CHECK(chosen->reset_id == "12");
    CHECK(chosen->reset_key == "c0ffee");
    CHECK(chosen->password.bytes() == "Qz7!mnpr-Wxk");
}
