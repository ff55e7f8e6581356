// What the wizard is surrounded by and does not own: the portal and its forms, the texts, today's date, the list of
// communes once it has been fetched. The platform makes one and keeps it; nothing in here changes by an action.
#pragma once

#include "base/clock.h"
#include "form/form.h"
#include "form/validate.h"
#include "i18n/texts.h"
#include "portal/portal.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::domain {
class ReferenceData;
}

namespace foyer::wizard {

// All pointers outlive the environment.
struct Environment {
    const portal::Portal* portal = nullptr;
    std::string prefix;                               // "/oudon": where the portal's addresses begin
    std::vector<const i18n::Texts*> texts;            // those fetched so far, one per language, at least one
    const domain::ReferenceData* reference = nullptr; // null until Loaded{"communes", true}
    UnixSeconds now = 0;                              // set anew before every action

    struct CountryName {
        std::string code, name;
    };
    std::map<std::string, std::vector<CountryName>, std::less<>> countries; // by language, in the order of a list

    // The forms of `portal`, made once by environment_of().
    form::FormDefinition registration;
    form::FormDefinition login;
    form::FormDefinition resend_activation;
    form::FormDefinition password_reset;
    form::FormDefinition new_password;
    form::FormDefinition entourage; // without lists on a portal that does not offer it
    form::FormDefinition profile;
    form::FormDefinition change_password;
    form::FormDefinition invitation;

    // The town has an index of its addresses: the page says so.
    bool addresses = false;

    // The code of wizard/family/ may be called. In the browser it is fetched when it is first needed: Load{"family"}.
    bool family_ready = true;
};

[[nodiscard]] Environment environment_of(const portal::Portal& portal, const i18n::Texts& texts, UnixSeconds now);

// The list of communes has been fetched: to be called before Loaded{"communes", true}.
void adopt(Environment& environment, const domain::ReferenceData& reference);

// The texts of this language if they are there, else the first ones.
[[nodiscard]] const i18n::Texts& texts_in(const Environment& environment, std::string_view language);
[[nodiscard]] bool has_texts(const Environment& environment, std::string_view language);
// What the rules need to know.
[[nodiscard]] form::Context context_of(const Environment& environment);
// The portal's first language: addresses do not name it.
[[nodiscard]] std::string_view default_language(const Environment& environment);

} // namespace foyer::wizard
