#include "domain/phone_number.h"

#include "rejected.h"

#include <string>

using namespace foyer;
using namespace foyer::domain;

namespace {

struct PhoneCase {
    const char* typed;
    const char* e164;  // "" when libphonenumber-js refuses it
    const char* shown; // their national format, for France and the territories dialled alike
};

#include "generated/domain/phone_cases.inc"

std::string e164(std::string_view typed, unsigned default_calling_code = 33) {
    const auto parsed = PhoneNumber::parse(typed, default_calling_code);
    return parsed ? parsed->e164() : std::string(name(parsed.error().code));
}

std::string shown(std::string_view typed) { return PhoneNumber::parse(typed)->shown(); }

} // namespace

TEST_CASE("a French number is understood however it is typed") {
    for (const char* typed : {"0612345678",
                              "06 12 34 56 78",
                              "06.12.34.56.78",
                              "06-12-34-56-78",
                              "06/12/34/56/78",
                              "+33612345678",
                              "+33 6 12 34 56 78",
                              "+33 (0)6 12 34 56 78",
                              "+33 (0) 6 12 34 56 78",
                              "+33 06 12 34 56 78",
                              "0033612345678",
                              "0033 (0)6 12 34 56 78",
                              "00 33 6 12 34 56 78",
                              "33 6 12 34 56 78",
                              "612345678",
                              " 06\u00A012\u202F34 56 78 ",
                              "(06) 12 34 56 78",
                              "\u202A+33 6 12 34 56 78\u202C",
                              "＋33 6 12 34 56 78",
                              "٠٦١٢٣٤٥٦٧٨",
                              "06 12 34 56‑78"}) {
        CAPTURE(typed);
        CHECK(e164(typed) == "+33612345678");
    }
}

TEST_CASE("numbers are shown the national way") {
    CHECK(shown("+33612345678") == "06 12 34 56 78");
    CHECK(shown("0145670000") == "01 45 67 00 00");
    CHECK(shown("0800123456") == "0 800 12 34 56");
    CHECK(shown("+262692123456") == "0692 12 34 56");
    CHECK(shown("+590690000000") == "0690 00 00 00");
}

TEST_CASE("numbers of other countries are shown with their calling code") {
    CHECK(shown("+442079460018") == "+44 207 946 0018");
    CHECK(shown("+12125550123") == "+1 212 555 0123");
    CHECK(shown("+3225556677") == "+32 255 566 77");
    CHECK(shown("+687751234") == "+687 75 12 34");
    CHECK(PhoneNumber::parse("751234", 687)->shown(687) == "75 12 34");
    CHECK(PhoneNumber::parse("0612345678")->shown(687) == "+33 6 12 34 56 78");
}

TEST_CASE("a territory's freephone number keeps its calling code, for 0800 is France's") {
    CHECK(shown("+262800640501") == "+262 800 64 05 01");
    CHECK(PhoneNumber::parse("+262800640501")->shown(262) == "0800 64 05 01");
}

TEST_CASE("what is shown reads back as the same number") {
    for (const PhoneCase& one : PHONE_CASES) {
        const auto number = PhoneNumber::parse(one.typed);
        if (number && PhoneNumber::parse(number->shown())->e164() != number->e164())
            FAIL(one.typed << " " << number->shown());
    }
}

TEST_CASE("the territories' numbers are understood as they are dialled from France") {
    CHECK(e164("0692 12 34 56") == "+262692123456");
    CHECK(e164("0262 20 00 00") == "+262262200000");
    CHECK(e164("0590 21 00 00") == "+590590210000");
    CHECK(e164("0694 21 00 00") == "+594694210000");
    CHECK(e164("0696 21 00 00") == "+596696210000");
    CHECK(e164("0639 01 00 00") == "+262639010000");
}

TEST_CASE("a town overseas has its own national way") {
    CHECK(e164("0692 12 34 56", 262) == "+262692123456");
    CHECK(e164("06 12 34 56 78", 262) == "+33612345678");
    CHECK(e164("75.12.34", 687) == "+687751234");
    CHECK(e164("40 41 23 45", 689) == "+68940412345");
    CHECK(e164("41 12 34", 508) == "+508411234");
}

TEST_CASE("France's numbering plan is known, not only its length") {
    CHECK(e164("00 12 34 56 78 9") == "phone_length");
    CHECK(e164("+33712345678") == "phone_format"); // 071… is not given out
    CHECK(e164("0632345678") != "phone_format");
    CHECK(PhoneNumber::parse("0612345678")->kind() == PhoneKind::mobile);
    CHECK(PhoneNumber::parse("0240830000")->kind() == PhoneKind::fixed);
    CHECK(PhoneNumber::parse("0800123456")->kind() == PhoneKind::other);
    CHECK(PhoneNumber::parse("+442079460018")->kind() == PhoneKind::other);
}

TEST_CASE("too few or too many digits are told with the country") {
    CHECK(e164("06 12 34 56") == "phone_length");
    CHECK(e164("06 12 34 56 78 9") == "phone_length");
    CHECK(detail(PhoneNumber::parse("06 12 34 56"), "country") == "FR");
    CHECK(detail(PhoneNumber::parse("+44 20 79"), "country") == "GB");
    CHECK(detail(PhoneNumber::parse("+44 20 79"), "calling_code") == "44");
    CHECK(e164(std::string(300, '1')) == "phone_length");
    CHECK(e164(std::string(100'000, '1')) == "phone_length");
    CHECK(e164("0") == "phone_length");
    CHECK(e164("00") == "phone_length");
    CHECK(e164("+33") == "phone_length");
}

TEST_CASE("a calling code that no country has is told") {
    CHECK(e164("+999 123456") == "phone_country");
    CHECK(e164("+0 612345678") == "phone_country");
    CHECK(e164("00 999 123456") == "phone_country");
}

TEST_CASE("letters and signs in a number are named") {
    CHECK(detail(PhoneNumber::parse("06 12 34 56 7B"), "characters") == "B");
    CHECK(detail(PhoneNumber::parse("06+12345678"), "characters") == "+");
    CHECK(reason(PhoneNumber::parse("appelez-moi")) == ProblemCode::phone_format);
    CHECK(reason(PhoneNumber::parse("+")) == ProblemCode::phone_format);
    CHECK(reason(PhoneNumber::parse("++33612345678")) == ProblemCode::phone_format);
}

TEST_CASE("an empty number is missing") {
    CHECK(reason(PhoneNumber::parse("")) == ProblemCode::required);
    CHECK(reason(PhoneNumber::parse(" - ")) == ProblemCode::required);
    CHECK(reason(PhoneNumber::parse("\xFF")) == ProblemCode::not_text);
    CHECK(detail(PhoneNumber::parse(std::string_view("06\0", 3)), "characters") == "U+0000");
}

TEST_CASE("a 0 that belongs to the number is kept where numbers begin with one") {
    CHECK(e164("+39 06 1234 5678") == "+390612345678"); // Rome
    CHECK(e164("+44 (0)20 7946 0018") == "+442079460018");
    CHECK(e164("+49 (0) 30 123456") == "+4930123456");
}

TEST_CASE("we and libphonenumber-js agree on thousands of numbers") {
    std::size_t count = 0;
    for (const PhoneCase& one : PHONE_CASES) {
        const auto number = PhoneNumber::parse(one.typed);
        const std::string ours = number ? number->e164() : "";
        if (ours != one.e164) {
            CAPTURE(one.typed, ours, one.e164);
            CHECK(false);
        }
        const std::string at_home = number ? number->shown(number->calling_code()) : "";
        if (number && *one.shown != '\0' && at_home != one.shown) {
            CAPTURE(one.typed, at_home, one.shown);
            CHECK(false);
        }
        ++count;
    }
    CHECK(count > 500);
}
