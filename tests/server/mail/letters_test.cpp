// What the letters of a household say, to whom, and what they must not say.
#include "mail/letters.h"

#include "support/files.h"
#include "wire/portal_json.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::server;

namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

struct Office {
    portal::Portal portal;
    i18n::Texts french;
    i18n::Texts english;

    Office() {
        const auto document = read_file(std::string(FOYER_SOURCE_DIR) + "/shared/portals/oudon/portal.json");
        REQUIRE(document);
        auto read = wire::read_portal(*document);
        REQUIRE(read);
        portal = std::move(read).value();
        french = texts("fr");
        english = texts("en");
    }
    static i18n::Texts texts(const std::string& language) {
        const auto bytes = read_file(std::string(FOYER_GENERATED_TEXTS) + "/texts-" + language + ".bin");
        REQUIRE(bytes);
        auto loaded = i18n::Texts::load(*bytes);
        REQUIRE(loaded);
        return std::move(loaded).value();
    }
    [[nodiscard]] mail::Letterhead head(bool in_english = false) const {
        return {portal, in_english ? english : french, "https://famille.example.org"};
    }
};

const store::Person ANNE{"madame", "Anne", "Le Goff"};

mail::RequestLetter request(mail::RequestNews news) {
    mail::RequestLetter letter;
    letter.recipient = "anne@example.org";
    letter.person = ANNE;
    letter.news = news;
    letter.procedure = form::Procedure::entourage;
    letter.number = "OUDON-2026-000042";
    letter.reason = "L’acte de naissance manque.";
    letter.message_id_token = "token";
    return letter;
}

} // namespace

TEST_CASE("each letter has the town's name before its subject, and one text in two forms") {
    const Office office;
    for (const bool english : {false, true}) {
        const mail::Letterhead head = office.head(english);
        const store::NewMail letters[] = {
            mail::request_mail(head, request(mail::RequestNews::accepted)),
            mail::request_mail(head, request(mail::RequestNews::refused)),
            mail::request_mail(head, request(mail::RequestNews::correction_asked)),
            mail::email_change_mail(head, {"new@example.org", store::EmailChangeId(7), "abc", "token", 48}),
            mail::email_notice_mail(head, {"old@example.org", ANNE, mail::EmailNews::change_asked, "token"}),
            mail::email_notice_mail(head, {"old@example.org", ANNE, mail::EmailNews::changed, "token"}),
            mail::invitation_mail(
                head, {"paul@example.org", {"", "Paul", ""}, "Anne Le Goff", "7K3M-9QX2-T4W8", "token", 14}),
        };
        for (const store::NewMail& letter : letters) {
            INFO(letter.kind << "\n" << letter.text);
            CHECK(letter.subject.rfind("Mairie de Oudon - ", 0) == 0);
            CHECK(letter.language == (english ? "en" : "fr"));
            CHECK_FALSE(letter.link.empty());
            CHECK(holds(letter.text, letter.link));
            CHECK(letter.link.rfind("https://famille.example.org/oudon/", 0) == 0);
            CHECK_FALSE(holds(letter.text, "{"));
            CHECK_FALSE(holds(letter.html, "{{"));
            CHECK_FALSE(holds(letter.html, "<script"));
            CHECK_FALSE(holds(letter.html, "<img"));
        }
    }
}

TEST_CASE("a decision's letter says which request, a refusal why, a correction where") {
    const Office office;
    const auto accepted = mail::request_mail(office.head(), request(mail::RequestNews::accepted));
    CHECK(holds(accepted.text, "OUDON-2026-000042"));
    CHECK(holds(accepted.text, "Ma famille"));
    CHECK_FALSE(holds(accepted.text, "acte de naissance"));
    CHECK(holds(accepted.link, "/tableau-de-bord"));

    const auto refused = mail::request_mail(office.head(), request(mail::RequestNews::refused));
    CHECK(holds(refused.text, "L’acte de naissance manque."));
    CHECK(holds(refused.text, office.portal.contact.phone));
    CHECK(refused.recipient == "anne@example.org");

    // What is asked may name a child: it is read after login.
    const auto correction = mail::request_mail(office.head(), request(mail::RequestNews::correction_asked));
    CHECK(holds(correction.link, "/correction/OUDON-2026-000042"));
    CHECK_FALSE(holds(correction.text, "acte de naissance"));
}

TEST_CASE("an agent's words are text in a letter, never markup") {
    const Office office;
    auto letter = request(mail::RequestNews::refused);
    letter.reason = "<b onclick=\"x\">non</b> & {number}";
    const auto mail = mail::request_mail(office.head(), letter);
    CHECK(holds(mail.text, letter.reason));
    CHECK(holds(mail.html, "&lt;b onclick=&quot;x&quot;&gt;non&lt;/b&gt; &amp; {number}"));
}

TEST_CASE("the letter to a new address names nobody, and the ones to the old address do not tell the new one") {
    const Office office;
    const auto change =
        mail::email_change_mail(office.head(), {"new@example.org", store::EmailChangeId(7), "abc", "token", 48});
    CHECK(holds(change.link, "/espace-citoyens/CompteCitoyen/Courriel?id=7&key=abc"));
    CHECK_FALSE(holds(change.text, "Anne"));
    CHECK_FALSE(holds(change.text, "Le Goff"));
    for (const mail::EmailNews news : {mail::EmailNews::change_asked, mail::EmailNews::changed}) {
        const auto notice = mail::email_notice_mail(office.head(), {"old@example.org", ANNE, news, "token"});
        CHECK_FALSE(holds(notice.text, "new@example.org"));
        CHECK(holds(notice.link, "/profil/mot-de-passe"));
    }
}

TEST_CASE("an invitation has the code in its link and in words, for those who have an account already") {
    const Office office;
    const auto mail = mail::invitation_mail(
        office.head(), {"paul@example.org", {"", "Paul", "Martin"}, "Anne Le Goff", "7K3M-9QX2-T4W8", "token", 14});
    CHECK(mail.link == "https://famille.example.org/oudon/inscription?invitation=7K3M-9QX2-T4W8");
    CHECK(holds(mail.text, "Anne Le Goff"));
    CHECK(holds(mail.text, "7K3M-9QX2-T4W8\n"));
}
