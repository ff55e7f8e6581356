// Answers without an error, as typed data for the use cases: what the server works with. To hold a Registration is to
// have validated it.
#pragma once

#include "domain/civility.h"
#include "domain/email_address.h"
#include "domain/identifier.h"
#include "domain/insee_code.h"
#include "domain/partial_date.h"
#include "domain/password.h"
#include "domain/person_name.h"
#include "domain/phone_number.h"
#include "domain/postal_address.h"
#include "domain/service_key.h"
#include "form/validate.h"

#include <optional>
#include <string>
#include <vector>

namespace foyer::form {

struct BirthPlace {
    std::string commune;                    // as typed or chosen; empty when unknown
    std::optional<domain::InseeCode> insee; // when chosen from the list
    std::string country = "FR";             // ISO 3166-1 alpha-2
};

struct ServiceKeyAnswer {
    std::string service;    // "enfance"
    std::string key;        // as domain::ServiceKey writes it; an automatic one as the portal has it
    bool automatic = false; // filled in by the town for everybody, so it proves nothing about the family
};

struct Registration {
    domain::Civility civility = domain::Civility::unspecified;
    std::optional<domain::PersonName> birth_name; // nothing: the person has stated to have none
    std::optional<domain::PersonName> usage_name;
    domain::PersonName first_names;
    domain::PartialDate birth_date;
    std::optional<BirthPlace> birth_place;
    std::string family_situation; // an option's id or empty
    std::optional<domain::PostalAddress> address;
    std::optional<domain::PhoneNumber> mobile;
    std::optional<domain::PhoneNumber> home_phone;
    std::optional<domain::PhoneNumber> work_phone;
    domain::EmailAddress email;
    std::string preferred_channel; // an option's id or empty
    domain::Identifier identifier;
    domain::Password password; // never to be logged; only its hash is stored
    std::vector<ServiceKeyAnswer> service_keys;
    std::string invitation;        // what the mailed link of another representative carried, or empty
    std::vector<Problem> warnings; // marks for the staff's queue, never shown as a refusal

    // The name on screens and in mails: "Madame" is not part of it. Usage name before birth name, as the person asks.
    [[nodiscard]] std::string full_name() const;
};

struct Login {
    std::string identifier; // fold it with domain::Identifier where it parses; any text that is one line gets here
    std::string password;   // never to be logged or stored; hash domain::bytes_to_hash(password)
};
// resend_activation and password_reset
struct AccountName {
    std::string identifier_or_email; // one line, trimmed, NFC
};
struct NewPassword {
    std::string reset_id;
    std::string reset_key;
    domain::Password password; // never to be logged; only its hash is stored
};

struct PasswordChange {
    std::string old_password;  // as Login::password
    domain::Password password; // never to be logged; only its hash is stored
};
struct InvitationWish {
    std::string person; // a reference, "k3"; any text
    domain::EmailAddress email;
};

// Each validates first and fails with every problem, warnings included, when at least one is an error.
//
// A registration may have waited for weeks and its author may be gone, so it is not refused for a rule the device may
// not have been able to check: password_common needs the reference file, and becomes a warning here.
[[nodiscard]] Result<Registration, std::vector<Problem>>
registration_from(const FormDefinition& form, const Answers& answers, const Context& context);
[[nodiscard]] Result<Login, std::vector<Problem>> login_from(const Answers& answers, const Context& context);
// `procedure`: resend_activation or password_reset.
[[nodiscard]] Result<AccountName, std::vector<Problem>> account_name_from(Procedure procedure, const Answers& answers,
                                                                          const Context& context);
[[nodiscard]] Result<NewPassword, std::vector<Problem>> new_password_from(const Answers& answers,
                                                                          const Context& context);
[[nodiscard]] Result<PasswordChange, std::vector<Problem>> password_change_from(const Answers& answers,
                                                                                const Context& context);
[[nodiscard]] Result<InvitationWish, std::vector<Problem>> invitation_from(const Answers& answers,
                                                                           const Context& context);

// ---- parts of the above, for forms that have them too; the answers have been validated and are as submitted ----

// Nothing unless line, postal code and commune are there.
[[nodiscard]] std::optional<domain::PostalAddress> postal_address_from(const Answers& answers, const Context& context);
[[nodiscard]] std::optional<BirthPlace> birth_place_from(const Answers& answers);
// Of the form's services only, not of an invitation.
[[nodiscard]] std::vector<ServiceKeyAnswer> service_keys_from(const FormDefinition& form, const Answers& answers);

} // namespace foyer::form
