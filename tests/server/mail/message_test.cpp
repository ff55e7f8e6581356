#include "mail/mail_worker.h"
#include "mail/message.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer::server;

namespace {
store::NewMail example() {
    store::NewMail mail;
    mail.message_id = "abc@example.org";
    mail.sender_name = "Mairie de Oudon";
    mail.sender = "nepasrepondre_oudon@espace-citoyens.net";
    mail.recipient = "fanch@example.org";
    mail.language = "fr";
    mail.subject = "Mairie de Oudon - Création de votre espace personnel";
    mail.text = "Déjà\n.\nfin";
    mail.html = "<p>Déjà</p>";
    return mail;
}
} // namespace

TEST_CASE("the guide's subject survives its journey as an encoded word") {
    const auto message = mail::write_message(example(), 0);
    REQUIRE(message);
    CHECK(
        message->find("Subject: =?UTF-8?B?TWFpcmllIGRlIE91ZG9uIC0gQ3LDqWF0aW9uIGRlIHZvdHJlIGVzcGFj?=\r\n =?UTF-8?B?") !=
        std::string::npos);
    CHECK(message->find("From: \"Mairie de Oudon\" <nepasrepondre_oudon@espace-citoyens.net>\r\n") !=
          std::string::npos);
}

TEST_CASE("no text can start a header of its own") {
    auto mail = example();
    mail.subject = "a\r\nBcc: everybody@example.org";
    mail.sender_name = "x\nEvil: yes";
    const auto message = mail::write_message(mail, 0);
    REQUIRE(message);
    CHECK(message->find("\nBcc:") == std::string::npos);
    CHECK(message->find("\nEvil:") == std::string::npos);
}

TEST_CASE("an address that could end a command is not written at all") {
    for (const char* address : {"a@b>\r\nRCPT TO:<c@d", "a b@c.org", "a@b,c@d", "", "nobody", "a@b\x01.org"}) {
        auto mail = example();
        mail.recipient = address;
        CHECK_FALSE(mail::write_message(mail, 0));
    }
}

TEST_CASE("quoted-printable lines are short, and a lone dot is not a lone dot") {
    const std::string encoded = mail::encode_quoted_printable(std::string(500, 'a') + "\n.\né ");
    std::size_t start = 0;
    while (start < encoded.size()) {
        const std::size_t end = std::min(encoded.find("\r\n", start), encoded.size());
        CHECK(end - start <= 76);
        CHECK(encoded.substr(start, end - start) != ".");
        start = end + 2;
    }
    CHECK(encoded.find("=C3=A9=20") != std::string::npos);
}

TEST_CASE("a retry sends the same bytes") {
    CHECK(mail::write_message(example(), 5) == mail::write_message(example(), 5));
}

TEST_CASE("waits between attempts double up to an hour and lose up to half by chance") {
    CHECK(mail::retry_delay(1, 60, 0) == 60);
    CHECK(mail::retry_delay(2, 60, 0) == 120);
    CHECK(mail::retry_delay(50, 60, 0) == 3600);
    CHECK(mail::retry_delay(1, 60, 1) == 30);
    CHECK(mail::retry_delay(1, 1, 1) == 1);
}
