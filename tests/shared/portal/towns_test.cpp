// What the two guides say of the two portals.
#include "portals.h"
#include "texts_file.h"
#include "wire/json.h"

#include <catch2/catch_test_macros.hpp>

#include <set>

using namespace foyer;

namespace {

void check_without_mistakes(const char* slug) {
    const auto portal = wire::read_portal(portal_text(slug));
    if (!portal)
        for (const portal::PortalMistake& mistake : portal.error())
            FAIL_CHECK(mistake.path << ": " << mistake.reason);
    REQUIRE(portal);
    CHECK(portal->slug == slug);
}

} // namespace

TEST_CASE("both towns' files are without mistake") {
    check_without_mistakes("oudon");
    check_without_mistakes("saint-maur-des-fosses");
}

TEST_CASE("Oudon writes from the guide's address under the guide's subject") {
    const portal::Portal portal = portal_of("oudon");
    CHECK(portal.mail.from == "nepasrepondre_oudon@espace-citoyens.net");
    CHECK(form::in_language(portal.mail.subject_prefix, "fr") == "Mairie de Oudon - ");
    CHECK(portal.find(form::Procedure::registration)->processing_days.minimum == 3);
    CHECK(portal.find(form::Procedure::registration)->processing_days.maximum == 6);
}

TEST_CASE("Oudon fills the key Enfance in by itself") {
    const auto form = portal::form_of(portal_of("oudon"), form::Procedure::registration);
    const form::FormField* const key = form.find("service_key.enfance");
    REQUIRE(key);
    CHECK_FALSE(key->preset.empty());
    CHECK(form::hint(*key, texts_in("fr")) ==
          "La Clé Enfance sera renseignée automatiquement. Il n’est pas nécessaire de la saisir.");
    CHECK(form.find_step("services") == nullptr);
}

TEST_CASE("Saint-Maur has families type the key on a screen SERVICES, the last one") {
    const auto form = portal::form_of(portal_of("saint-maur-des-fosses"), form::Procedure::registration);
    REQUIRE(form.steps.size() == 5);
    const form::StepDefinition& services = form.steps.back();
    CHECK(services.key == "services");
    CHECK(services.fields[0].key == "service_key.enfance");
    CHECK(services.fields[0].preset.empty());
    CHECK_FALSE(services.fields[0].required);
    CHECK(form::in_language(services.introduction[0], "fr") ==
          "Vous avez la possibilité de saisir les clés d’accès à différents services proposés sur le portail.");
}

TEST_CASE("Saint-Maur's button is pink, and its services can be reached") {
    const portal::Portal portal = portal_of("saint-maur-des-fosses");
    const auto channel = [&](int shift) { return (portal.theme.button >> shift) & 255U; };
    CHECK(channel(16) > 150); // red
    CHECK(channel(0) > channel(8));
    for (const char* service : {"seniors", "jeunesse", "animation"}) {
        REQUIRE(portal.find_service(service));
        CHECK_FALSE(portal.find_service(service)->phone.empty());
        CHECK_FALSE(portal.find_service(service)->email.empty());
    }
}

TEST_CASE("both towns ask for identity, address, phones and access in the guides' order") {
    for (const char* slug : {"oudon", "saint-maur-des-fosses"}) {
        const auto form = portal::form_of(portal_of(slug), form::Procedure::registration);
        REQUIRE(form.steps.size() >= 4);
        CHECK(form.steps[0].key == "identity");
        CHECK(form.steps[1].key == "address");
        CHECK(form.steps[2].key == "contact");
        CHECK(form.steps[3].key == "access");
    }
}

TEST_CASE("login and lost password are the same on every portal") {
    const auto form = portal::form_of(portal_of("oudon"), form::Procedure::login);
    REQUIRE(form.steps.size() == 1);
    CHECK(form.find("identifier"));
    CHECK(form.find("password"));
}

TEST_CASE("a service that is not there is not found") { CHECK_FALSE(portal_of("oudon").find_service("seniors")); }

TEST_CASE("the schema for editors knows the catalogue's fields and no other, and every member of both portals") {
    const auto schema =
        wire::parse_json(file_text(std::string(FOYER_SOURCE_DIR) + "/shared/portals/portal.schema.json"));
    REQUIRE(schema);
    std::set<std::string> fields;
    for (const wire::Json& key :
         schema->find("$defs")->find("field_key")->find("anyOf")->elements()[0].find("enum")->elements())
        fields.insert(key.text());
    for (const form::FieldDefinition& field : form::catalogue()) {
        INFO(field.key);
        CHECK((field.kind == form::FieldKind::service_key || fields.erase(std::string(field.key)) == 1));
    }
    CHECK(fields.empty());
    for (const auto& [list, name] :
         {std::pair(form::REPRESENTATIVES, "representative_field_key"), std::pair(form::CHILDREN, "child_field_key"),
          std::pair(form::CONTACTS, "contact_field_key")}) {
        for (const wire::Json& key : schema->find("$defs")->find(name)->find("enum")->elements())
            fields.insert(key.text());
        for (const form::FieldDefinition& field : form::list_catalogue(list)) {
            INFO(list << " " << field.key);
            CHECK((field.parts[0].entry == form::Entry::hidden || fields.erase(std::string(field.key)) == 1));
        }
        CHECK(fields.empty());
    }
    for (const char* slug : {"oudon", "saint-maur-des-fosses"}) {
        const auto portal = wire::parse_json(portal_text(slug));
        REQUIRE(portal);
        for (const wire::Json::Member& member : portal->members())
            CHECK(schema->find("properties")->find(member.name) != nullptr);
    }
}

TEST_CASE("both towns let a family declare representatives, children and contacts for the service Enfance") {
    for (const char* slug : {"oudon", "saint-maur-des-fosses"}) {
        const portal::Portal portal = portal_of(slug);
        const portal::ProcedureDefinition* const entourage = portal.find(form::Procedure::entourage);
        REQUIRE(entourage);
        CHECK(entourage->service == "enfance");
        CHECK(entourage->processing_days.minimum == 3);
        CHECK(entourage->processing_days.maximum == 6);
        const auto form = portal::form_of(portal, form::Procedure::entourage);
        CHECK(form.steps.empty());
        REQUIRE(form.lists.size() == 3);
        CHECK(form.lists[0].key == form::REPRESENTATIVES);
        CHECK(form.lists[1].key == form::CHILDREN);
        CHECK(form.lists[2].key == form::CONTACTS);
    }
}

TEST_CASE("the profile is registration's steps, then the screen SERVICES") {
    const auto oudon = portal::form_of(portal_of("oudon"), form::Procedure::profile);
    REQUIRE(oudon.steps.size() == 4);
    CHECK(oudon.steps.back().key == "services");
    CHECK(oudon.find("invitation"));
    CHECK_FALSE(oudon.find("service_key.enfance")); // everybody has the same: there is nothing to type
    const auto saint_maur = portal::form_of(portal_of("saint-maur-des-fosses"), form::Procedure::profile);
    REQUIRE(saint_maur.steps.size() == 4);
    REQUIRE(saint_maur.find("service_key.enfance"));
    CHECK(form::label(*saint_maur.find("service_key.enfance"), texts_in("fr")) == "Clé Enfance");
    for (const auto& form : {oudon, saint_maur})
        for (const char* key : {"identifier", "password", "consent", "security_check"})
            CHECK_FALSE(form.find(key));
}
