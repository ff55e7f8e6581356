// The pages on which a family declares its people. Internal to the wizard.
#pragma once

#include "wizard/describe_form.h"

#include <string>

namespace foyer::wizard::family {

[[nodiscard]] std::string title_of_entourage(const Page& page);
void describe_entourage(const Page& page);
void describe_new_people(const Page& page);
void describe_people(const Page& page);
void describe_person(const Page& page);
void describe_recap(const Page& page);
void describe_entourage_confirmation(const Page& page);
// Addresses and names already given, beside the fields they belong to.
void describe_given(const Page& page, const form::FormField& field);

} // namespace foyer::wizard::family
