// A town's portal as plain data. It is read from portal.json by wire/portal_json.h, which reports every mistake; this
// room only says what a portal is, checks what can be checked without JSON, and makes its forms.
#pragma once

#include "base/result.h"
#include "form/list.h"
#include "household/check.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::portal {

using form::LocalText;

// 0xRRGGBB
using Colour = std::uint32_t;
// "#1b4f8a" in any case; nothing else.
[[nodiscard]] std::optional<Colour> colour_from(std::string_view text);
[[nodiscard]] std::string text_of(Colour colour); // "#1b4f8a"
// WCAG 2.2's contrast ratio, 1 to 21.
[[nodiscard]] double contrast(Colour a, Colour b);

struct Theme {
    Colour background = 0xffffff; // of the page
    Colour surface = 0xffffff;    // of cards and fields
    Colour text = 0x1b1b1b;
    Colour muted_text = 0x555555; // hints
    Colour primary = 0x1b4f8a;    // headings, links, the town's band
    Colour primary_text = 0xffffff;
    Colour button = 0x1b4f8a; // SUIVANT, VALIDER
    Colour button_text = 0xffffff;
    Colour border = 0x767676; // frames of fields
    Colour focus = 0x0a58ca;
    Colour error = 0xb3261e;
    Colour success = 0x1b6e3c;
    Colour warning = 0x8a5300;
};

struct Mail {
    std::string from;         // "nepasrepondre_oudon@espace-citoyens.net"
    std::string from_name;    // "Mairie de Oudon"
    LocalText subject_prefix; // "Mairie de Oudon - "
};

struct Contact {
    std::string name; // "Mairie de Oudon"; a service's own name is in Service
    std::string address;
    std::string phone; // as people there write it
    std::string email;
    LocalText hours;
};

enum class KeyEntry : std::uint8_t {
    none,      // this service gives no keys
    automatic, // the same for everybody, filled in and shown
    typed,     // given to the family by the service
};

struct Service {
    std::string key; // "enfance"
    LocalText name;  // "Enfance"
    KeyEntry key_entry = KeyEntry::none;
    std::string automatic_key;
    std::string phone;
    std::string email;
};

enum class SecurityCheck : std::uint8_t { icons, question };

struct ProcessingDays { // working days
    int minimum = 3;
    int maximum = 6;
};

// Alsace and Moselle keep two holidays more.
enum class Holidays : std::uint8_t { by_department, france, alsace_moselle };

struct ProcedureDefinition {
    form::Procedure procedure = form::Procedure::registration;
    std::vector<form::StepDefinition> steps; // registration; profile, when the town orders it its own way
    std::vector<form::ListDefinition> lists; // entourage
    std::string service;                     // entourage: for which service, or empty
    std::vector<LocalText> introduction;     // entourage
    std::vector<form::TownOption> schools;   // entourage: the town's, or none when families write the name
    ProcessingDays processing_days;
    std::vector<SecurityCheck> security_checks; // kinds offered, the first is shown first
};

// Why a request may be refused, in the town's words; an agent chooses one and may add more.
struct RefusalReason {
    std::string key; // "outside_town"
    LocalText text;  // a sentence the family reads
};

struct Privacy {
    std::vector<LocalText> paragraphs; // how the data is used, in plain words
    std::string contact;               // e-mail address of whoever answers about personal data
};

struct Portal {
    std::string slug;      // first segment of its address: "saint-maur-des-fosses"
    std::string name;      // "Saint-Maur-des-Fossés"
    std::string town_hall; // "Mairie de Saint-Maur-des-Fossés"; signs the mails
    std::string insee;     // "94068"
    std::vector<std::string> postal_codes;
    // Whose addresses the portal finds by itself; empty: the town's own and its neighbours' (docs/address-index.md).
    std::vector<std::string> address_communes;
    std::vector<std::string> languages; // the first is the default
    std::string number_prefix;          // "OUDON" in OUDON-2026-000001
    LocalText space_name;               // "Espace Famille", "Espace Citoyen"
    Theme theme;
    std::string logo; // file beside portal.json: "logo.svg"
    LocalText logo_label;
    Mail mail;
    Contact contact;
    std::vector<Service> services;
    std::vector<ProcedureDefinition> procedures;
    Privacy privacy;
    int stamp_bits = 16;
    int activation_link_hours = 72;
    std::vector<std::string> authorities; // hosts under which envelopes are accepted besides the server's own
    std::string website;                  // the town's own site, or empty
    household::Rules rules;               // of the entourage
    std::vector<RefusalReason> refusal_reasons;
    Holidays holidays = Holidays::by_department;

    [[nodiscard]] const ProcedureDefinition* find(form::Procedure procedure) const;
    [[nodiscard]] const Service* find_service(std::string_view key) const;
};

// The form of a procedure on this portal. Registration: the town's steps, with the hidden answer "invitation" when
// there is an entourage. Entourage: the town's lists, none when it does not offer it. Profile: registration's steps
// without what concerns the account itself, then a step "services" for typed keys and an invitation's code; or the
// town's own steps. account_form() for the others.
[[nodiscard]] form::FormDefinition form_of(const Portal& portal, form::Procedure procedure);

// A mistake in a portal.json: where ("theme.button", "services[0].key") and why, in English, for the town's IT person.
struct PortalMistake {
    std::string path;
    std::string reason;
    friend bool operator==(const PortalMistake& a, const PortalMistake& b) {
        return a.path == b.path && a.reason == b.reason;
    }
};

// What can be wrong with a portal whose members all have the right type: formats, contrasts, translations, duplicates,
// fields that are missing or do not go together.
[[nodiscard]] std::vector<PortalMistake> mistakes_of(const Portal& portal);

} // namespace foyer::portal
