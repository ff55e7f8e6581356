// The two towns' portals and a family's good answers, for tests.
#pragma once

#include "form/validate.h"
#include "portal/portal.h"
#include "wire/portal_json.h"

#include <fstream>
#include <sstream>
#include <string>

inline std::string file_text(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

inline std::string portal_text(const std::string& slug) {
    return file_text(std::string(FOYER_SOURCE_DIR) + "/shared/portals/" + slug + "/portal.json");
}

inline foyer::portal::Portal portal_of(const std::string& slug) { return *foyer::wire::read_portal(portal_text(slug)); }

inline foyer::form::FormDefinition registration_of(const std::string& slug) {
    return foyer::portal::form_of(portal_of(slug), foyer::form::Procedure::registration);
}

inline foyer::form::Context on_the_day() { return {{2026, 11, 22}, nullptr}; }

inline foyer::form::Answers good_answers() {
    return {{"civility", "madame"},
            {"birth_name", "Le Goff"},
            {"first_names", "Anne-Lise"},
            {"birth_date.day", "3"},
            {"birth_date.month", "11"},
            {"birth_date.year", "1985"},
            {"address", "12 bis rue de la Loire"},
            {"postal_code", "44521"},
            {"commune", "Oudon"},
            {"mobile", "06 12 34 56 78"},
            {"email", "anne-lise.legoff@exemple.fr"},
            {"identifier", "annelise44"},
            {"password", "Cheval-blanc-1985!"},
            {"consent", "yes"},
            {"security_check.asked", "house"},
            {"security_check.chosen", "house"}};
}
