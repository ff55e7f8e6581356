// What the town's facts are called: requests, their states, people, and how old what we know is. Internal to the
// wizard.
#pragma once

#include "form/list.h"
#include "scene/node.h"
#include "wizard/describe_form.h"
#include "wizard/family/snapshot.h"

#include <string>
#include <string_view>
#include <vector>

namespace foyer::wizard::family {

// "Ajout à mon entourage".
[[nodiscard]] std::string procedure_text(std::string_view procedure, const i18n::Texts& texts);

// A state in words, with a picture and a colour that say the same.
struct StateLook {
    TextKey text;
    scene::Icon icon;
    scene::Emphasis emphasis;
};
[[nodiscard]] StateLook look_of_state(std::string_view state);
void describe_state(const Page& page, std::string id, std::string_view state);
[[nodiscard]] std::string event_text(std::string_view event, const i18n::Texts& texts);

// "Léa Martin"; "Enfant à naître" for a child without a name.
[[nodiscard]] std::string name_of(const FamilyPerson& person, const i18n::Texts& texts);
// All of them, as the fields that choose among people want them.
[[nodiscard]] std::vector<form::PersonChoice> people_of(const Snapshot& snapshot, const i18n::Texts& texts);
[[nodiscard]] std::string joined(const std::vector<std::string>& parts, const i18n::Texts& texts);

// "Dernière mise à jour il y a 3 minutes".
[[nodiscard]] std::string age_text(UnixSeconds seconds, const i18n::Texts& texts);
// What somebody who knows `before` should be told; empty at the first snapshot and when nothing that they would notice
// has changed.
[[nodiscard]] std::string news_between(const Snapshot& before, const Snapshot& after, const i18n::Texts& texts);

} // namespace foyer::wizard::family
