#include "domain/email_address.h"

#include "rejected.h"

#include <string>

using namespace foyer;
using namespace foyer::domain;

namespace {

std::string suggestion(std::string_view typed) { return EmailAddress::parse(typed)->suggestion().value_or("none"); }

} // namespace

TEST_CASE("ordinary addresses are accepted") {
    for (const char* address : {"marie.dupont@orange.fr", "a@b.fr", "prenom.nom+famille@gmail.com",
                                "o'neil@laposte.net", "x_y-z@sub.domain.co.uk", "1234@free.fr", "élodie@exemple.fr",
                                "marie@écoles.fr", "user@xn--coles-9ra.fr", "a@b.museum", "josé.muñoz@correo.es"}) {
        CAPTURE(address);
        CHECK(EmailAddress::parse(address)->text() == address);
    }
}

TEST_CASE("an address is trimmed and its domain made small, its local part is not") {
    CHECK(EmailAddress::parse("  Marie.Dupont@Orange.FR ")->text() == "Marie.Dupont@orange.fr");
    CHECK(EmailAddress::parse("<a@b.fr>")->text() == "a@b.fr");
    CHECK(EmailAddress::parse("mailto:a@b.fr")->text() == "a@b.fr");
    CHECK(EmailAddress::parse("Marie@Orange.fr")->folded() == "marie@orange.fr");
    CHECK(EmailAddress::parse("a@b.fr")->local_part() == "a");
    CHECK(EmailAddress::parse("a@b.fr")->domain() == "b.fr");
}

TEST_CASE("an address has one @") {
    CHECK(detail(EmailAddress::parse("marie.orange.fr"), "part") == "at");
    CHECK(detail(EmailAddress::parse("a@b@c.fr"), "part") == "at");
    CHECK(reason(EmailAddress::parse("@")) == ProblemCode::email_format);
}

TEST_CASE("what stands before the @ is a dot-atom of at most 64 bytes") {
    for (const char* address : {"@b.fr", ".a@b.fr", "a.@b.fr", "a..b@c.fr", "a b@c.fr", "a,b@c.fr", "\"a b\"@c.fr",
                                "a(b)@c.fr", "a<script>@c.fr", "a;b@c.fr", "a:b@c.fr"}) {
        CAPTURE(address);
        CHECK(detail(EmailAddress::parse(address), "part") == "local");
    }
    CHECK(EmailAddress::parse(std::string(64, 'a') + "@b.fr").has_value());
    CHECK(detail(EmailAddress::parse(std::string(65, 'a') + "@b.fr"), "part") == "local");
}

TEST_CASE("a domain has at least two labels") {
    for (const char* address : {"a@", "a@localhost", "a@b.", "a@.fr", "a@b..fr", "a@-b.fr", "a@b-.fr", "a@b_c.fr",
                                "a@b c.fr", "a@127.0.0.1", "a@[127.0.0.1]", "a@b.f", "a@b.fr/x", "a@b.fr,"}) {
        CAPTURE(address);
        CHECK(detail(EmailAddress::parse(address), "part") == "domain");
    }
    CHECK(detail(EmailAddress::parse("a@" + std::string(64, 'b') + ".fr"), "part") == "domain");
    CHECK(EmailAddress::parse("a@" + std::string(63, 'b') + ".fr").has_value());
}

TEST_CASE("an address has at most 254 bytes") {
    const std::string label(60, 'b');
    const std::string domain = label + "." + label + "." + label + ".fr"; // 185
    CHECK(EmailAddress::parse(std::string(64, 'a') + "@" + domain).has_value());
    CHECK(reason(EmailAddress::parse(std::string(64, 'a') + "@x.y." + domain + ".com")) == ProblemCode::too_long);
    CHECK(detail(EmailAddress::parse(std::string(100'000, 'a') + "@b.fr"), "maximum") == "254");
}

TEST_CASE("an empty address is missing, a hidden character is told") {
    CHECK(reason(EmailAddress::parse(" ")) == ProblemCode::required);
    CHECK(reason(EmailAddress::parse("a\u202E@b.fr")) == ProblemCode::forbidden_characters);
    CHECK(reason(EmailAddress::parse("a\r\nBcc: x@y.fr")) == ProblemCode::email_format);
    CHECK(reason(EmailAddress::parse("\xE9@b.fr")) == ProblemCode::not_text);
}

TEST_CASE("a slip in a provider's name gives a suggestion") {
    CHECK(suggestion("a@gmial.com") == "a@gmail.com");
    CHECK(suggestion("a@gamil.com") == "a@gmail.com");
    CHECK(suggestion("a@gmai.com") == "a@gmail.com");
    CHECK(suggestion("a@gmail.con") == "a@gmail.com");
    CHECK(suggestion("a@gmail.co") == "a@gmail.com");
    CHECK(suggestion("a@gmail.fr") == "a@gmail.com");
    CHECK(suggestion("a@hotmial.fr") == "a@hotmail.fr");
    CHECK(suggestion("a@hotmal.com") == "a@hotmail.com");
    CHECK(suggestion("Marie@orange.ft") == "Marie@orange.fr");
    CHECK(suggestion("a@orage.fr") == "a@orange.fr");
    CHECK(suggestion("a@wanado.fr") == "a@wanadoo.fr");
    CHECK(suggestion("a@wanadoo.com") == "a@wanadoo.fr");
    CHECK(suggestion("a@laposte.fr.net") == "none");
    CHECK(suggestion("a@lapost.net") == "a@laposte.net");
    CHECK(suggestion("a@yaho.fr") == "a@yahoo.fr");
    CHECK(suggestion("a@iclould.com") == "a@icloud.com");
    CHECK(suggestion("a@outlok.fr") == "a@outlook.fr");
}

TEST_CASE("a real domain is not doubted") {
    for (const char* address :
         {"a@gmail.com",      "a@orange.fr",    "a@free.fr",    "a@sfr.fr",     "a@laposte.net", "a@yahoo.de",
          "a@yahoo.co.uk",    "a@hotmail.es",   "a@hotmail.it", "a@live.be",    "a@outlook.de",  "a@gmx.net",
          "a@gmx.de",         "a@email.com",    "a@mail.com",   "a@orange.com", "a@laposte.fr",  "a@mairie-oudon.fr",
          "a@saint-maur.com", "a@ac-nantes.fr", "a@me.fr",      "a@exemple.org"}) {
        CAPTURE(address);
        CHECK(suggestion(address) == "none");
    }
}
