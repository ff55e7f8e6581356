// An opened envelope on its way into the store, and what the procedures share. For this room only.
#pragma once

#include "form/extract.h"
#include "submissions/envelope_intake.h"

#include <optional>
#include <string>
#include <vector>

namespace foyer::server {

struct Arrival {
    const wire::Uuid& id;
    const std::string& body;
    const security::VerifiedRequest& sender;
    SealedForm form;
    UnixSeconds now = 0;
    domain::CalendarDate today; // in the town
    const store::Reception& reception;
};

// One file each. Nothing is kept on a refusal.
[[nodiscard]] Result<store::Accepted, IntakeRefusal> receive_registration(const IntakeSurroundings& around,
                                                                          const Arrival& arrival);
[[nodiscard]] Result<store::Accepted, IntakeRefusal> receive_entourage(const IntakeSurroundings& around,
                                                                       const Arrival& arrival);
[[nodiscard]] Result<store::Accepted, IntakeRefusal> receive_profile(const IntakeSurroundings& around,
                                                                     const Arrival& arrival);
[[nodiscard]] Result<store::Accepted, IntakeRefusal> receive_correction(const IntakeSurroundings& around,
                                                                        const Arrival& arrival);

// ---- what they share ----

// Everything a submission has whatever its procedure. `arrival` and `around` must outlive it.
void fill(store::NewSubmission& submission, const Arrival& arrival);

// The account on whose device it was filled in and sent; not_logged_in when it is not that of the payload.
[[nodiscard]] Result<store::Account, IntakeRefusal> sender_account(const IntakeSurroundings& around,
                                                                   const Arrival& arrival);

// What the device could know: the day on which the form was filled in, unless that lies in the future. A child that was
// to be born when an envelope was sealed may be born when it arrives.
[[nodiscard]] form::Context context_of(const IntakeSurroundings& around, const Arrival& arrival);

[[nodiscard]] form::Answers answers_of(const Arrival& arrival);
// The same as they are kept: only what the form asks for, and of its places what the town's own index and the table of
// communes say.
[[nodiscard]] form::Answers settled(const IntakeSurroundings& around, const Arrival& arrival,
                                    const form::FormDefinition& form, const form::Answers& answers,
                                    std::vector<store::Mark>& marks);
[[nodiscard]] IntakeRefusal answers_refused(std::vector<Problem> problems);

// What the town keeps of the answers, as canonical JSON: all but passwords, the security check and typed keys.
[[nodiscard]] std::string kept_answers(const form::FormDefinition& form, const form::Answers& answers);
// What an account says of itself, from a form that asks for more: the fields of the profile, without keys.
[[nodiscard]] store::Answers profile_answers(const form::FormDefinition& profile, const form::Answers& submitted);

// Warnings as marks for the staff, without those that say something about a password or that a key's own mark says.
[[nodiscard]] std::vector<store::Mark> marks_of(const std::vector<Problem>& warnings);

// The codes somebody has typed, hashed. An automatic key proves nothing and is left out.
[[nodiscard]] std::vector<store::TypedKey> typed_keys(const std::vector<form::ServiceKeyAnswer>& keys,
                                                      const std::string& invitation);

[[nodiscard]] store::Person person_from(domain::Civility civility, const domain::PersonName& first_names,
                                        const std::optional<domain::PersonName>& usage_name,
                                        const std::optional<domain::PersonName>& birth_name);

// The form of a procedure in one revision of a town's portal.
[[nodiscard]] const form::FormDefinition& form_in(const portals::Published& published, form::Procedure procedure);

// A new address for the account, with the mails to the new one and to the old one. `account` and `around` must outlive
// it.
[[nodiscard]] store::NewAddress new_address(const IntakeSurroundings& around, const portal::Portal& portal,
                                            const store::Account& account, const domain::EmailAddress& email);

} // namespace foyer::server
