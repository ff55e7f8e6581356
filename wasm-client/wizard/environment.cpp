#include "wizard/environment.h"

#include "domain/calendar.h"
#include "domain/reference_data.h"
#include "text/fold.h"

#include <algorithm>

namespace foyer::wizard {

using form::Procedure;

Environment environment_of(const portal::Portal& portal, const i18n::Texts& texts, UnixSeconds now) {
    Environment environment;
    environment.portal = &portal;
    environment.prefix = "/" + portal.slug;
    environment.texts = {&texts};
    environment.now = now;
    environment.registration = portal::form_of(portal, Procedure::registration);
    environment.login = portal::form_of(portal, Procedure::login);
    environment.resend_activation = portal::form_of(portal, Procedure::resend_activation);
    environment.password_reset = portal::form_of(portal, Procedure::password_reset);
    environment.new_password = portal::form_of(portal, Procedure::new_password);
    environment.entourage = portal::form_of(portal, Procedure::entourage);
    environment.profile = portal::form_of(portal, Procedure::profile);
    environment.change_password = portal::form_of(portal, Procedure::change_password);
    environment.invitation = portal::form_of(portal, Procedure::invitation);
    return environment;
}

void adopt(Environment& environment, const domain::ReferenceData& reference) {
    environment.reference = &reference;
    environment.countries.clear();
    for (const std::string& language : environment.portal->languages) {
        struct Entry {
            std::string folded;
            Environment::CountryName name;
        };
        std::vector<Entry> entries;
        for (const domain::Country& country : reference.countries()) {
            const std::string_view name = language == "fr" ? country.french : country.english;
            entries.push_back({text::fold_for_place_search(name), {std::string(country.code), std::string(name)}});
        }
        // France first, where most were born; then as in a dictionary
        std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
            const bool a_is_france = a.name.code == "FR";
            const bool b_is_france = b.name.code == "FR";
            return a_is_france != b_is_france ? a_is_france : a.folded < b.folded;
        });
        auto& names = environment.countries[language];
        for (Entry& entry : entries)
            names.push_back(std::move(entry.name));
    }
}

const i18n::Texts& texts_in(const Environment& environment, std::string_view language) {
    for (const i18n::Texts* texts : environment.texts)
        if (texts->language() == language)
            return *texts;
    return *environment.texts.front();
}

bool has_texts(const Environment& environment, std::string_view language) {
    for (const i18n::Texts* texts : environment.texts)
        if (texts->language() == language)
            return true;
    return false;
}

form::Context context_of(const Environment& environment) {
    form::Context context;
    context.today = domain::date_in_paris(environment.now);
    context.reference = environment.reference;
    return context;
}

std::string_view default_language(const Environment& environment) {
    return environment.portal->languages.empty() ? std::string_view("fr") : environment.portal->languages.front();
}

} // namespace foyer::wizard
