#include "domain/service_key.h"

#include "rejected.h"

#include <string>

using namespace foyer;
using namespace foyer::domain;

TEST_CASE("a service key is 4 to 40 letters, digits and hyphens, in capitals") {
    CHECK(ServiceKey::parse("enf-2041-ab")->text() == "ENF-2041-AB");
    CHECK(ServiceKey::parse(" ENF 2041 AB ")->text() == "ENF2041AB");
    CHECK(ServiceKey::parse("ENF‑2041")->text() == "ENF-2041");
    CHECK(reason(ServiceKey::parse("A-B-C")) == ProblemCode::too_short);
    CHECK(reason(ServiceKey::parse(std::string(41, 'A'))) == ProblemCode::too_long);
    CHECK(reason(ServiceKey::parse(std::string(100'000, 'A'))) == ProblemCode::too_long);
    CHECK(reason(ServiceKey::parse("")) == ProblemCode::required);
}

TEST_CASE("the place of a wrong character in a service key is told") {
    CHECK(reason(ServiceKey::parse("ENF_2041")) == ProblemCode::service_key_format);
    CHECK(detail(ServiceKey::parse("ENF_2041"), "position") == "4");
    CHECK(detail(ServiceKey::parse("ENFÉ2041"), "position") == "4");
}

TEST_CASE("O and 0, I, L and 1 are one when keys are compared, and hyphens don't count") {
    CHECK(ServiceKey::parse("ENF-2O4I-AB")->comparable() == ServiceKey::parse("ENF2041AB")->comparable());
    CHECK(ServiceKey::parse("ENF-204l")->comparable() == ServiceKey::parse("ENF-2041")->comparable());
    CHECK(ServiceKey::parse("ENF-2042")->comparable() != ServiceKey::parse("ENF-2041")->comparable());
}

TEST_CASE("an issued key is ten symbols and two that check them, in groups of four") {
    const auto key = ServiceKey::make("7K3M9QX2T4");
    REQUIRE(key);
    CHECK(key->text().size() == 14);
    CHECK(key->text().substr(0, 12) == "7K3M-9QX2-T4");
    CHECK(key->has_check());
    CHECK(key->check_holds());
    CHECK_FALSE(key->looks_mistyped());
    CHECK(ServiceKey::parse(key->text())->check_holds());
    for (const char* wrong : {"", "7K3M9QX2T", "7K3M9QX2T45", "7K3M9QX2TU", "7k3m9qx2t4", "7K3M-9QX2T"})
        CHECK_FALSE(ServiceKey::make(wrong));
}

TEST_CASE("every single wrong symbol of an issued key is found") {
    const std::string key = ServiceKey::make("0Z9Y1X8W2V")->comparable();
    for (std::size_t place = 0; place < key.size(); ++place)
        for (const char symbol : ServiceKey::SYMBOLS) {
            std::string typed = key;
            typed[place] = symbol;
            INFO(typed);
            CHECK(ServiceKey::parse(typed)->check_holds() == (typed == key));
        }
}

TEST_CASE("every two neighbours of an issued key that changed places are found") {
    for (const char* ten : {"0123456789", "ZYXWVTSRQP", "7K3M9QX2T4"}) {
        const std::string key = ServiceKey::make(ten)->comparable();
        for (std::size_t place = 0; place + 1 < key.size(); ++place) {
            std::string typed = key;
            std::swap(typed[place], typed[place + 1]);
            INFO(typed);
            CHECK(ServiceKey::parse(typed)->check_holds() == (typed == key));
        }
    }
}

TEST_CASE("a symbol too few or too many of an issued key is noticed") {
    const std::string key = ServiceKey::make("7K3M9QX2T4")->comparable();
    CHECK(ServiceKey::parse(key.substr(1))->looks_mistyped());
    CHECK(ServiceKey::parse(key + "0")->looks_mistyped());
    CHECK_FALSE(ServiceKey::parse(key.substr(1))->has_check());
}

TEST_CASE("a service's own key of another length has nothing to check") {
    for (const char* own : {"ENF-2041-AB", "OUDON", "AB12", "A-VERY-LONG-KEY-OF-A-SERVICE"}) {
        CHECK_FALSE(ServiceKey::parse(own)->has_check());
        CHECK_FALSE(ServiceKey::parse(own)->looks_mistyped());
    }
}

TEST_CASE("an issued key typed in small letters, without hyphens and with O for 0 is the same key") {
    const auto key = ServiceKey::make("0110T4KQX2");
    std::string typed;
    for (const char symbol : key->comparable())
        typed += symbol == '0' ? 'o' : symbol == '1' ? 'l' : symbol;
    CHECK(ServiceKey::parse(typed)->check_holds());
    CHECK(ServiceKey::parse(typed)->shown() == key->text());
    CHECK(ServiceKey::parse("ENF-2041-AB")->shown() == "ENF-2041-AB");
}
