// The rules of a form, the same in the browser and on the server. Pure: today and the list of communes are handed in.
#pragma once

#include "base/problem.h"
#include "domain/calendar.h"
#include "form/list.h"

#include <string>
#include <string_view>
#include <vector>

namespace foyer::domain {
class ReferenceData;
}

namespace foyer::form {

struct Context {
    domain::CalendarDate today;                       // domain::date_in_paris(now)
    const domain::ReferenceData* reference = nullptr; // null while it has not been fetched: its rules are skipped
    // Everybody who can be chosen (household::people_of). Null: whether a reference leads to somebody is not asked.
    const std::vector<PersonChoice>* people = nullptr;
};

// Everything that is wrong with these answers, in the order of the fields, then answers that no field of the form has
// (code unknown_field). Answers to fields that are not shown are ignored. The answers need not be normalised.
// A problem's `field` is the field's key ("birth_date", "children.0.birth_date"), never a part's. Rules across people
// are household::check_entourage's.
[[nodiscard]] std::vector<Problem> validate(const FormDefinition& form, const Answers& answers, const Context& context);

// The same for one step or one field of it: what the wizard asks on SUIVANT and on leaving a field.
[[nodiscard]] std::vector<Problem> validate_step(const FormDefinition& form, const StepDefinition& step,
                                                 const Answers& answers, const Context& context);
[[nodiscard]] std::vector<Problem> validate_field(const FormDefinition& form, const FormField& field,
                                                  const Answers& answers, const Context& context);

[[nodiscard]] bool has_errors(const std::vector<Problem>& problems); // warnings do not count

// What a typed text becomes when the person leaves the field: NFC, trimmed, inner spaces made one; a phone the way it
// is written in its country; a postal code without spaces. What cannot be understood is only trimmed, so that the
// person finds their own text again. A password comes back byte for byte. Applying it twice changes nothing more.
[[nodiscard]] std::string normalise(const FieldDefinition& field, const PartDefinition& part, std::string_view text);

// The answers as they are sent and stored: those of shown fields, normalised, presets filled in, without empty ones and
// without those of unknown fields. `validate` gives the same problems (unknown_field excepted) before and after.
[[nodiscard]] Answers submitted(const FormDefinition& form, const Answers& answers);

// A field's answer for reading: a choice's label, a date in words, a phone the national way, "••••••••" for a secret.
// Empty when there is no answer. Without `reference` a country is shown by its code; without `people` nobody is named.
[[nodiscard]] std::string displayed(const FormField& field, const Answers& answers, const i18n::Texts& texts,
                                    const domain::ReferenceData* reference = nullptr,
                                    const std::vector<PersonChoice>* people = nullptr);

// ---- corrections: a request whose named fields are answered anew ----

// True when the answer belongs to one of these fields: "children.0.birth_date.day" to "children.0.birth_date".
[[nodiscard]] bool belongs_to(const FormDefinition& form, std::string_view answer_key,
                              const std::vector<std::string>& fields);
// The original answers with those of the named fields replaced by the correction's; other answers of the correction
// do not count.
[[nodiscard]] Answers corrected(const FormDefinition& form, const Answers& original, const Answers& correction,
                                const std::vector<std::string>& fields);
// The problems of the named fields, and unknown_field for each answer of the correction that belongs to none of them.
[[nodiscard]] std::vector<Problem> validate_correction(const FormDefinition& form, const Answers& original,
                                                       const Answers& correction,
                                                       const std::vector<std::string>& fields, const Context& context);

} // namespace foyer::form
