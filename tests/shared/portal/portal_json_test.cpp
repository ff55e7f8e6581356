#include "portals.h"
#include "wire/json.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace foyer;
using portal::PortalMistake;

namespace {

// Every place of `from` in a part of a text replaced. There must be one.
std::string with(std::string text, std::size_t begin, std::size_t end, std::string_view from, std::string_view to) {
    std::string part = text.substr(begin, end - begin);
    std::size_t at = part.find(from);
    REQUIRE(at != std::string::npos);
    for (; at != std::string::npos; at = part.find(from, at + to.size()))
        part.replace(at, from.size(), to);
    return text.replace(begin, end - begin, part);
}

// Oudon's file with one piece of text replaced, everywhere but in the entourage, which has fields of the same names.
std::string oudon_with(std::string_view from, std::string_view to) {
    std::string text = portal_text("oudon");
    const std::size_t begin = text.find("\"entourage\"");
    const std::size_t end = text.find("\"privacy\"");
    const std::size_t size = text.size();
    const bool is_after = text.find(from) > begin;
    return with(std::move(text), is_after ? end : 0, is_after ? size : begin, from, to);
}

// A town's file with one piece of its entourage replaced.
std::string entourage_with(std::string_view from, std::string_view to, const char* slug = "oudon") {
    std::string text = portal_text(slug);
    const std::size_t begin = text.find("\"entourage\"");
    const std::size_t end = text.find("\"privacy\"");
    return with(std::move(text), begin, end, from, to);
}

std::vector<PortalMistake> mistakes(const std::string& json) {
    const auto portal = wire::read_portal(json);
    return portal ? std::vector<PortalMistake>{} : portal.error();
}

// The paths of the mistakes, in order.
std::vector<std::string> paths(const std::string& json) {
    std::vector<std::string> paths;
    for (const PortalMistake& mistake : mistakes(json))
        paths.push_back(mistake.path);
    return paths;
}

using Paths = std::vector<std::string>;

} // namespace

TEST_CASE("bytes that are not JSON are one mistake with their place") {
    const auto found = mistakes("{\n  \"slug\": oudon\n}");
    REQUIRE(found.size() == 1);
    CHECK(found[0].path.empty());
    CHECK(found[0].reason.find('2') != std::string::npos);
    CHECK(mistakes("").size() == 1);
    CHECK(mistakes("\xff\xfe").size() == 1);
    CHECK(mistakes(std::string(100000, '[')).size() == 1);
}

TEST_CASE("an empty object lacks every member, each named") {
    const auto found = paths("{}");
    for (const char* member : {"slug", "name", "insee", "theme", "mail", "procedures", "privacy"})
        CHECK(std::find_if(found.begin(), found.end(),
                           [&](const std::string& path) { return path.find(member) == 0; }) != found.end());
    CHECK_FALSE(mistakes("[]").empty());
    CHECK_FALSE(mistakes("null").empty());
}

TEST_CASE("an unknown member is named") {
    CHECK(paths(oudon_with("\"slug\":", "\"colour\": 1, \"slug\":")) == Paths{"colour"});
    CHECK(paths(oudon_with("\"from\":", "\"form\": \"x\", \"from\":")) == Paths{"mail.form"});
}

TEST_CASE("a member of the wrong type is named once") {
    CHECK(paths(oudon_with("\"slug\": \"oudon\"", "\"slug\": 12")) == Paths{"slug"});
    CHECK(paths(oudon_with("\"stamp_bits\": 16", "\"stamp_bits\": \"16\"")) == Paths{"stamp_bits"});
    CHECK(paths(oudon_with("\"stamp_bits\": 16", "\"stamp_bits\": 99")) == Paths{"stamp_bits"});
    CHECK(paths(oudon_with("\"key\": \"identity\"", "\"key\": null")) == Paths{"procedures.registration.steps[0].key"});
}

TEST_CASE("a published portal is read without looking at its rules again, but never in a wrong shape") {
    const auto portal = wire::read_published_portal(portal_text("oudon"));
    REQUIRE(portal);
    CHECK(portal->procedures.size() == wire::read_portal(portal_text("oudon"))->procedures.size());
    CHECK(wire::read_published_portal(oudon_with("\"44115\"", "\"4411X\"")));
    CHECK_FALSE(wire::read_published_portal(oudon_with("\"slug\": \"oudon\"", "\"slug\": 12")));
    CHECK_FALSE(wire::read_published_portal(oudon_with("\"slug\":", "\"colour\": 1, \"slug\":")));
    CHECK_FALSE(wire::read_published_portal("{}"));
    CHECK_FALSE(wire::read_published_portal(""));
}

TEST_CASE("the communes of the address index are codes, each once, the town's own among them") {
    CHECK(portal_of("oudon").address_communes.front() == "44115");
    const auto with_communes = [](const std::string& value) {
        const std::string text = portal_text("oudon");
        const std::size_t begin = text.find("\"addresses\"");
        const std::size_t end = text.find("\"languages\"");
        return std::string(text).replace(begin, end - begin, value);
    };
    CHECK(paths(with_communes("")).empty());
    CHECK(paths(with_communes("\"addresses\": {\"communes\": [\"2A004\", \"44115\"]},")).empty());
    CHECK(paths(with_communes("\"addresses\": {},")) == Paths{"addresses.communes"});
    CHECK(paths(with_communes("\"addresses\": [],")) == Paths{"addresses"});
    CHECK(paths(with_communes("\"addresses\": {\"communes\": []},")) == Paths{"addresses.communes"});
    CHECK(paths(with_communes("\"addresses\": {\"communes\": [\"44048\"]},")) == Paths{"addresses.communes"});
    CHECK(paths(with_communes("\"addresses\": {\"communes\": [44115]},")) == Paths{"addresses.communes[0]"});
    CHECK(paths(with_communes("\"addresses\": {\"communes\": [\"44115\"], \"radius\": 3},")) ==
          Paths{"addresses.radius"});
    // The town by its postal code, one twice, and a name: each is told, and the lack of the town's own.
    CHECK(paths(with_communes("\"addresses\": {\"communes\": [\"445210\", \"44048\", \"44048\", \"Oudon\"]},")) ==
          Paths{"addresses.communes[0]", "addresses.communes[2]", "addresses.communes[3]", "addresses.communes"});
    std::string many = "\"44115\"";
    for (int code = 1; code <= 400; ++code)
        many += ", \"4" + std::to_string(5000 + code) + "\"";
    CHECK(paths(with_communes("\"addresses\": {\"communes\": [" + many + "]},")) == Paths{"addresses.communes"});
}

TEST_CASE("all mistakes are reported, not only the first") {
    std::string text = oudon_with("\"slug\": \"oudon\"", "\"slug\": \"Oudon!\"");
    text.replace(text.find("44115"), 5, "4411X");
    text.replace(text.find("#14505c"), 7, "#14505");
    text.replace(text.find("\"civility\""), 10, "\"shoe_size\"");
    const auto found = paths(text);
    for (const char* path : {"slug", "insee", "theme.primary", "procedures.registration.steps[0].fields[0]"})
        CHECK(std::count(found.begin(), found.end(), path) == 1);
    CHECK(found.size() == 4);
}

TEST_CASE("text needs a contrast of 4.5, parts of the interface one of 3") {
    auto found = mistakes(oudon_with("\"button_text\": \"#ffffff\"", "\"button_text\": \"#6b8087\""));
    REQUIRE(found.size() == 1);
    CHECK(found[0].path == "theme.button_text");
    CHECK(found[0].reason == "its contrast with button is 2.1, and must be 4.5 at least");
    found = mistakes(oudon_with("\"border\": \"#6b8087\"", "\"border\": \"#c0c8cc\""));
    REQUIRE(found.size() == 2); // against the page and against the surface
    CHECK(found[0].path == "theme.border");
    CHECK(found[0].reason.find("must be 3.0 at least") != std::string::npos);
}

TEST_CASE("a colour is a hash and six digits") {
    CHECK(paths(oudon_with("\"focus\": \"#0b5fc4\"", "\"focus\": \"blue\"")) == Paths{"theme.focus"});
}

TEST_CASE("a language this version does not speak is named") {
    const auto found = paths(oudon_with("\"fr\",\n    \"en\"", "\"fr\",\n    \"br\""));
    CHECK(std::count(found.begin(), found.end(), "languages[1]") == 1);
}

TEST_CASE("a missing translation is named with its language") {
    const auto found = mistakes(oudon_with("\"en\": \"Family Space\"", "\"de\": \"Familie\""));
    REQUIRE(found.size() == 2);
    CHECK(found[0].path == "space_name.en");
    CHECK(found[0].reason.find("translation is missing") != std::string::npos);
    CHECK(found[1].path == "space_name.de");
}

TEST_CASE("the sender is an e-mail address") {
    CHECK(paths(oudon_with("nepasrepondre_oudon@espace-citoyens.net", "nepasrepondre_oudon")) == Paths{"mail.from"});
}

TEST_CASE("a slug is lower-case letters, digits and hyphens, and no address of the server's") {
    for (const char* wrong : {"Oudon", "oudon!", "-oudon", "ou--don", "oudon/..", "api", "assets"})
        CHECK(paths(oudon_with("\"slug\": \"oudon\"", "\"slug\": \"" + std::string(wrong) + "\"")) == Paths{"slug"});
}

TEST_CASE("postal codes and INSEE codes have their form") {
    CHECK(paths(oudon_with("\"44521\"", "\"4452\"")) == Paths{"postal_codes[0]"});
    CHECK(paths(oudon_with("\"44521\"", "\"44521\", \"44521\"")) == Paths{"postal_codes[1]"});
    CHECK(paths(oudon_with("\"insee\": \"44115\"", "\"insee\": \"oudon\"")) == Paths{"insee"});
}

TEST_CASE("a field is asked for once, and exists") {
    CHECK(paths(oudon_with("\"usage_name\"", "\"first_names\"")) ==
          Paths{"procedures.registration.steps[0].fields[4]"});
    const auto found = mistakes(oudon_with("\"usage_name\"", "\"nom_usage\""));
    REQUIRE(found.size() == 1);
    CHECK(found[0].path == "procedures.registration.steps[0].fields[3]");
    CHECK(found[0].reason == "there is no field \"nom_usage\"");
}

TEST_CASE("an account cannot be made without its indispensable fields") {
    const auto found = mistakes(oudon_with("\"email\",", ""));
    REQUIRE_FALSE(found.empty());
    CHECK(found[0].path == "procedures.registration.steps");
    CHECK(found[0].reason.find("\"email\"") != std::string::npos);
    CHECK(paths(oudon_with("\"first_names\"", "{\"key\": \"first_names\", \"required\": false}")) ==
          Paths{"procedures.registration.steps[0].fields[4].required"});
}

TEST_CASE("people without a family name are thought of") {
    const auto found = mistakes(oudon_with("\"no_birth_name\",", ""));
    REQUIRE(found.size() == 1);
    CHECK(found[0].reason.find("no_birth_name") != std::string::npos);
}

TEST_CASE("consent and security check stand beside the button that sends") {
    std::string text = oudon_with("\"consent\",", "");
    text.replace(text.find("\"civility\""), 10, "\"consent\"");
    CHECK(paths(text) == Paths{"procedures.registration.steps[0].fields[0]"});
}

TEST_CASE("a service's key is asked for when the service gives keys, and only then") {
    CHECK(paths(oudon_with("\"key_entry\": \"automatic\",", "\"key_entry\": \"none\",")) ==
          Paths{"services[0].automatic_key", "procedures.registration.steps[3].fields[2]"});
    CHECK(paths(oudon_with("\"automatic_key\": \"OUDON-ENFANCE\"", "\"automatic_key\": \"\"")) ==
          Paths{"services[0].automatic_key"});
    CHECK(paths(oudon_with("\"key\": \"service_key.enfance\"", "\"key\": \"service_key.jeunesse\"")) ==
          Paths{"services[0].key_entry", "procedures.registration.steps[3].fields[2]"});
}

TEST_CASE("a security check without pictures is always offered, and each kind once") {
    const std::string path = "procedures.registration.security_checks";
    CHECK(paths(oudon_with("\"question\"", "\"icons\"")) == Paths{path, path});
    CHECK(paths(oudon_with("\"question\"", "\"riddle\""))[0] == path + "[1]");
}

TEST_CASE("processing days have an order") {
    CHECK(paths(oudon_with("\"min\": 3", "\"min\": 30")) == Paths{"procedures.registration.processing_days"});
}

TEST_CASE("a step the house does not know needs a title") {
    CHECK(paths(oudon_with("\"key\": \"contact\"", "\"key\": \"telephones\"")) ==
          Paths{"procedures.registration.steps[2].title"});
}

TEST_CASE("a town's own label, requirement and condition reach the form") {
    const auto portal = wire::read_portal(
        oudon_with("\"family_situation\"", "{\"key\": \"family_situation\", \"required\": true, \"label\": "
                                           "\"Situation\", \"shown_if\": {\"not\": {\"answer\": \"civility\", "
                                           "\"equals\": \"unspecified\"}}}"));
    REQUIRE(portal);
    const auto form = portal::form_of(*portal, form::Procedure::registration);
    const form::FormField* const field = form.find("family_situation");
    REQUIRE(field);
    CHECK(field->required);
    CHECK(form::in_language(field->label, "en") == "Situation");
    CHECK(form::is_shown(*field, {}));
    CHECK_FALSE(form::is_shown(*field, {{"civility", "unspecified"}}));
}

TEST_CASE("a condition looks at an answer that exists, in a form that exists") {
    const auto with = [](std::string_view condition) {
        return paths(oudon_with("\"family_situation\"",
                                "{\"key\": \"family_situation\", \"shown_if\": " + std::string(condition) + "}"));
    };
    const Paths expected = {"procedures.registration.steps[0].fields[6].shown_if"};
    CHECK(with("{\"answer\": \"shoe_size\", \"is_set\": true}") == expected);
    CHECK(with("{}") == expected);
    CHECK(with("{\"any\": [{\"answer\": \"civility\", \"is_set\": false}]}").empty());
    CHECK(with("{\"all\": [{\"answer\": \"shoe_size\", \"is_set\": false}]}") == expected);
}

TEST_CASE("the canonical text is the same whatever the file looks like") {
    const std::string text = portal_text("oudon");
    const std::string canonical = wire::canonical_portal(text);
    CHECK(canonical.find('\n') == std::string::npos);
    CHECK(canonical.find("$schema") == std::string::npos);
    CHECK(canonical.find("\"legal\"") == std::string::npos); // for the server alone
    CHECK(wire::canonical_portal(canonical) == canonical);
    CHECK(wire::read_portal(canonical));
    CHECK(wire::canonical_portal("{\"b\":1,  \"a\":2}") == "{\"a\":2,\"b\":1}");
    CHECK(wire::canonical_portal("not json").empty());
}

TEST_CASE("every member of a portal that is taken away or made a number is noticed, or was optional") {
    const auto whole = wire::parse_json(portal_text("oudon"));
    REQUIRE(whole);
    for (const wire::Json::Member& member : whole->members()) {
        if (member.name == "legal") // the server's alone, which judges it itself: tests/server/portals
            continue;
        wire::Json without = wire::Json::object();
        wire::Json wrong = wire::Json::object();
        for (const wire::Json::Member& other : whole->members()) {
            if (other.name != member.name)
                without.set(other.name, other.value);
            wrong.set(other.name, other.name == member.name ? wire::Json(-1) : other.value);
        }
        INFO(member.name);
        const bool optional =
            member.name == "$schema" || member.name == "addresses" || member.name == "refusal_reasons";
        CHECK((optional || !mistakes(wire::write_json(without)).empty()));
        CHECK_FALSE(mistakes(wire::write_json(wrong)).empty());
    }
}

TEST_CASE("a town's reasons for a refusal have a key each and a text in every language") {
    const auto with_reasons = [](const std::string& reasons) {
        std::string text = portal_text("oudon");
        const std::size_t begin = text.find("\"refusal_reasons\"");
        return text.replace(begin, text.find("\"stamp_bits\"") - begin, "\"refusal_reasons\": " + reasons + ", ");
    };
    CHECK(paths(with_reasons("[]")).empty());
    CHECK(paths(with_reasons(R"([{"key": "late", "text": {"fr": "Trop tard.", "en": "Too late."}}])")).empty());
    CHECK(paths(with_reasons(R"([{"key": "late", "text": {"fr": "Trop tard."}}])")) ==
          Paths{"refusal_reasons[0].text.en"});
    CHECK(paths(with_reasons(R"([{"key": "Too late", "text": "Trop tard."}, {"key": "a", "text": "b"},
                                 {"key": "a", "text": "c"}])")) ==
          Paths{"refusal_reasons[0].key", "refusal_reasons[2].key"});
    CHECK(paths(with_reasons(R"([{"key": "late", "text": "Trop tard.", "colour": 3}])")) ==
          Paths{"refusal_reasons[0].colour"});
}

// ---- the entourage ----

TEST_CASE("a town that does not offer the entourage has no form for it, and no code of invitation") {
    std::string text = portal_text("oudon");
    const std::size_t begin = text.find("\"entourage\"");
    text.replace(begin, text.find("\"privacy\"") - begin, "\"profile\": {\"steps\": []}}, ");
    CHECK(paths(text).front() == "procedures.profile.steps"); // steps that are there must hold something
    text.erase(text.find(", ", text.find("\"profile\"") - 20), 0);
    std::string without = portal_text("oudon");
    const std::size_t comma = without.rfind(',', without.find("\"entourage\""));
    without.replace(comma, without.find("\"privacy\"") - comma, "}, ");
    const auto portal = wire::read_portal(without);
    REQUIRE(portal);
    CHECK(portal::form_of(*portal, form::Procedure::entourage).lists.empty());
    CHECK_FALSE(portal::form_of(*portal, form::Procedure::registration).find("invitation"));
    CHECK_FALSE(portal::form_of(*portal, form::Procedure::profile).find("invitation"));
    CHECK(portal::form_of(portal_of("oudon"), form::Procedure::registration).find("invitation"));
}

TEST_CASE("a field belongs to its list") {
    const auto found = mistakes(entourage_with("\"living_with\"", "\"identifier\""));
    REQUIRE(found.size() == 1);
    CHECK(found[0].path == "procedures.entourage.child.fields[7]");
    CHECK(found[0].reason == "there is no field \"identifier\" of a child");
    CHECK(paths(entourage_with("\"collectors\"", "\"contact_phone\"")) ==
          Paths{"procedures.entourage.child.fields[8]"});
    CHECK(paths(entourage_with("\"collectors\"", "\"known\"")) == Paths{"procedures.entourage.child.fields[8]"});
}

TEST_CASE("what a person cannot be declared without is asked for and is not optional") {
    CHECK(paths(entourage_with("\"contact_phone\",", "")) == Paths{"procedures.entourage.contact.fields"});
    CHECK(paths(entourage_with("\"born\"", "{\"key\": \"born\", \"required\": false}")) ==
          Paths{"procedures.entourage.child.fields[0].required"});
    CHECK(paths(entourage_with("\"no_birth_name\",", "")).size() == 3); // once for each list
    CHECK(paths(entourage_with("\"mobile\",", "").replace(0, 0, "")).empty());
}

TEST_CASE("a field of a person is asked for once") {
    CHECK(paths(entourage_with("\"relation\"", "\"role\"")) == Paths{"procedures.entourage.contact.fields[4]"});
}

TEST_CASE("a representative's address is one, and is asked for when it is not the same") {
    CHECK(paths(entourage_with("\"postal_code\",", "")) == Paths{"procedures.entourage.representative.fields"});
    CHECK(paths(entourage_with("\"address_choice\",", "")) == Paths{"procedures.entourage.representative.fields"});
}

TEST_CASE("an entourage is for a service that there is") {
    CHECK(paths(entourage_with("\"service\": \"enfance\"", "\"service\": \"seniors\"")) ==
          Paths{"procedures.entourage.service"});
}

TEST_CASE("the age from which one comes for a child is 0 to 21, and can be checked") {
    const char* const days = "\"processing_days\"";
    const auto with_rules = [&](const std::string& rules) {
        return entourage_with(days, "\"rules\": {" + rules + "}, " + days);
    };
    CHECK(paths(with_rules("\"collector_minimum_age\": 0")).empty());
    CHECK(paths(with_rules("\"collector_minimum_age\": 21")).empty());
    for (const char* wrong : {"-1", "22", "\"16\"", "16.5", "null"}) {
        INFO(wrong);
        CHECK(paths(with_rules("\"collector_minimum_age\": " + std::string(wrong))) ==
              Paths{"procedures.entourage.rules.collector_minimum_age"});
    }
    const auto unchecked =
        mistakes(entourage_with("\"birth_date\",\n          \"contact_phone\",", "\"contact_phone\","));
    REQUIRE(unchecked.size() == 1);
    CHECK(unchecked[0].path == "procedures.entourage.rules.collector_minimum_age");
}

TEST_CASE("the rules' other numbers have their order and their limits") {
    const char* const days = "\"processing_days\"";
    const auto with_rules = [&](const std::string& rules) {
        return paths(entourage_with(days, "\"rules\": {" + rules + "}, " + days));
    };
    CHECK(with_rules("\"generation_minimum\": 80") == Paths{"procedures.entourage.rules.generation_minimum"});
    CHECK(with_rules("\"maximum_people\": 201") == Paths{"procedures.entourage.rules.maximum_people"});
    CHECK(with_rules("\"maximum_people\": 0") == Paths{"procedures.entourage.rules.maximum_people"});
    CHECK(with_rules("\"collector_age\": 16") == Paths{"procedures.entourage.rules.collector_age"});
    CHECK(with_rules("\"child_required\": false, \"generation_minimum\": 14, \"generation_maximum\": 60").empty());
}

TEST_CASE("a school's key is there once, and its name in every language") {
    const char* const town = "saint-maur-des-fosses";
    CHECK(paths(entourage_with("\"varenne\"", "\"pie\"", town)) == Paths{"procedures.entourage.schools[3].key"});
    CHECK(paths(entourage_with("\"varenne\"", "\"La Varenne\"", town)) == Paths{"procedures.entourage.schools[3].key"});
    CHECK(paths(entourage_with("\"en\": \"School in another town\"", "\"de\": \"Andere Schule\"", town)) ==
          Paths{"procedures.entourage.schools[6].name.en", "procedures.entourage.schools[6].name.de"});
    CHECK(paths(entourage_with("\"school_level\",", "", town)).empty());
    CHECK(paths(entourage_with("\"key\": \"school\",", "\"key\": \"birth_name\",", town)).back() ==
          "procedures.entourage.schools");
}

TEST_CASE("holidays are France's or those of Alsace and Moselle") {
    CHECK(portal_of("oudon").holidays == portal::Holidays::by_department);
    const auto alsace =
        wire::read_portal(oudon_with("\"stamp_bits\"", "\"holidays\": \"alsace_moselle\", \"stamp_bits\""));
    REQUIRE(alsace);
    CHECK(alsace->holidays == portal::Holidays::alsace_moselle);
    CHECK(paths(oudon_with("\"stamp_bits\"", "\"holidays\": \"breton\", \"stamp_bits\"")) == Paths{"holidays"});
}

TEST_CASE("a town may order the profile its own way, without what makes the account") {
    const auto with_profile = [](const std::string& fields) {
        return oudon_with("\"procedures\": {",
                          "\"procedures\": {\"profile\": {\"steps\": [{\"key\": \"identity\", \"fields\": [" + fields +
                              "]}]},");
    };
    const std::string all = "\"birth_name\", \"no_birth_name\", \"first_names\", \"birth_date\", \"mobile\", \"email\"";
    const auto portal = wire::read_portal(with_profile(all));
    REQUIRE(portal);
    CHECK(portal::form_of(*portal, form::Procedure::profile).steps.size() == 1);
    CHECK(paths(with_profile(all + ", \"password\"")) == Paths{"procedures.profile.steps[0].fields[6]"});
}
