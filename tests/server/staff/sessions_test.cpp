#include "town_hall.h"

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;
using staff::CodeRefusal;
using staff::LoginRefusal;
using staff::PasswordRefusal;
using Presence = staff::Sessions::Presence;

namespace {

// Switches codes on and gives the secret.
std::string with_codes(TownHall& hall, const store::StaffMember& member) {
    const auto secret = hall.sessions->propose_totp(member);
    REQUIRE(secret);
    REQUIRE(hall.sessions->confirm_totp(member, security::totp_code(*secret, hall.clock.at / 30)));
    return *secret;
}

} // namespace

TEST_CASE("a session ends after half an hour without a person, however often the page itself asks") {
    TownHall hall;
    hall.hire("anne@oudon.fr");
    const auto session = hall.log_in("anne@oudon.fr", OWN_PASSWORD);
    REQUIRE(session);
    CHECK(session->expires_at == hall.clock.at + 1800);
    CHECK(session->token.size() == 43);
    for (int i = 0; i < 5; ++i) {
        hall.clock.at += 25 * 60;
        CHECK(hall.is_alive(session->token));
    }
    hall.clock.at += 29 * 60;
    CHECK(hall.is_alive(session->token, Presence::page));
    hall.clock.at += 60;
    CHECK_FALSE(hall.is_alive(session->token, Presence::page));
    CHECK_FALSE(hall.is_alive(session->token));
}

TEST_CASE("a session ends after ten hours, however busy") {
    TownHall hall;
    hall.hire("anne@oudon.fr");
    const auto session = hall.log_in("anne@oudon.fr", OWN_PASSWORD);
    REQUIRE(session);
    for (int i = 0; i < 29; ++i) {
        hall.clock.at += 20 * 60;
        CHECK(hall.is_alive(session->token));
    }
    hall.clock.at += 20 * 60;
    CHECK_FALSE(hall.is_alive(session->token));
}

TEST_CASE("each login is a session of its own; the one this browser had before is over") {
    TownHall hall;
    hall.hire("anne@oudon.fr");
    const auto office = hall.log_in("anne@oudon.fr", OWN_PASSWORD);
    const auto home = hall.log_in("anne@oudon.fr", OWN_PASSWORD);
    REQUIRE(office);
    REQUIRE(home);
    const auto again =
        hall.sessions->log_in({"oudon", "anne@oudon.fr", OWN_PASSWORD, std::nullopt, "192.0.2.1", office->token});
    REQUIRE(again);
    CHECK(again->token != office->token);
    CHECK_FALSE(hall.is_alive(office->token));
    CHECK(hall.is_alive(home->token));
    const auto active = hall.sessions->find(again->token, Presence::person);
    REQUIRE(active);
    REQUIRE(*active);
    REQUIRE(hall.sessions->log_out(**active));
    CHECK_FALSE(hall.is_alive(again->token));
    CHECK(hall.is_alive(home->token));
    CHECK_FALSE(hall.is_alive(""));
    CHECK_FALSE(hall.is_alive(home->token + "x"));
}

TEST_CASE("a wrong password, an unknown address, a disabled member and an old temporary password are answered alike") {
    TownHall hall;
    const auto anne = hall.hire("anne@oudon.fr");
    const auto luc =
        hall.members->add(hall.oudon, staff::TERMINAL, {"luc@oudon.fr", "Luc", store::StaffRole::agent, {}});
    REQUIRE(luc);
    const auto wrong = [&](const std::string& email, const std::string& password) {
        const auto session = hall.log_in(email, password);
        return !session && session.error().why == LoginRefusal::wrong && session.error().retry_after_seconds == 0;
    };
    CHECK(wrong("anne@oudon.fr", "no"));
    CHECK(wrong("nobody@oudon.fr", OWN_PASSWORD));
    CHECK(wrong("not an address", OWN_PASSWORD));
    REQUIRE(hall.members->change(hall.oudon, staff::TERMINAL, anne.id, {.disabled = true}));
    CHECK(wrong("anne@oudon.fr", OWN_PASSWORD));
    hall.clock.at += staff::TEMPORARY_PASSWORD_SECONDS;
    CHECK(wrong("luc@oudon.fr", luc->password));
    // Each is a line, so that the log grows alike; only the log says why.
    std::vector<std::string> reasons;
    for (const store::AuditLine& line : hall.lines())
        if (line.action == "session.refused")
            reasons.push_back(line.object + line.details);
    CHECK(reasons == std::vector<std::string>{R"(staff:1{"why":"password"})", R"({"why":"unknown"})",
                                              R"({"why":"unknown"})", R"(staff:1{"why":"disabled"})",
                                              R"(staff:2{"why":"password_too_old"})"});
}

TEST_CASE("a member of one town is nobody in another") {
    TownHall hall;
    hall.hire("anne@oudon.fr");
    const auto session =
        hall.sessions->log_in({"saint-maur-des-fosses", "anne@oudon.fr", OWN_PASSWORD, std::nullopt, "192.0.2.1", {}});
    REQUIRE_FALSE(session);
    CHECK(session.error().why == LoginRefusal::wrong);
    const auto other = hall.store().staff_of("saint-maur-des-fosses");
    REQUIRE(other);
    CHECK(other->empty());
}

TEST_CASE("after five failures an address waits, whether there is such a member or not; the right password too") {
    TownHall hall;
    hall.hire("anne@oudon.fr");
    for (const std::string email : {"anne@oudon.fr", "nobody@oudon.fr"}) {
        for (int i = 0; i < 5; ++i)
            CHECK(hall.log_in(email, "no").error().why == LoginRefusal::wrong);
        const auto waits = hall.log_in(email, OWN_PASSWORD);
        REQUIRE_FALSE(waits);
        CHECK(waits.error().why == LoginRefusal::slow_down);
        CHECK(waits.error().retry_after_seconds == 30);
    }
    // Capitals are no second account.
    CHECK(hall.log_in("ANNE@Oudon.fr", OWN_PASSWORD).error().why == LoginRefusal::slow_down);
    hall.clock.at += 30;
    REQUIRE(hall.log_in("anne@oudon.fr", OWN_PASSWORD));
    CHECK(hall.log_in("anne@oudon.fr", "no").error().why == LoginRefusal::wrong);
}

TEST_CASE("one machine that tries many names waits as well, and its successes do not pay for its failures") {
    TownHall hall;
    hall.hire("anne@oudon.fr");
    for (int i = 0; i < 20; ++i) {
        CHECK(hall.log_in("name" + std::to_string(i) + "@oudon.fr", "no").error().why == LoginRefusal::wrong);
        if (i < 19)
            CHECK(hall.log_in("anne@oudon.fr", OWN_PASSWORD));
    }
    CHECK(hall.log_in("one@more.fr", "no").error().why == LoginRefusal::slow_down);
    CHECK(hall.log_in("anne@oudon.fr", OWN_PASSWORD, std::nullopt, "198.51.100.7"));
}

TEST_CASE("with codes switched on, a login wants one, in its half minute, and takes none twice") {
    TownHall hall;
    auto anne = hall.hire("anne@oudon.fr");
    const std::string secret = with_codes(hall, anne);
    const auto code = [&](int away = 0) { return security::totp_code(secret, hall.clock.at / 30 + away); };
    CHECK(hall.log_in("anne@oudon.fr", OWN_PASSWORD).error().why == LoginRefusal::code_needed);
    CHECK(hall.log_in("anne@oudon.fr", "no", code(1)).error().why == LoginRefusal::wrong);
    // The one with which it was switched on is used.
    CHECK(hall.log_in("anne@oudon.fr", OWN_PASSWORD, code()).error().why == LoginRefusal::wrong);
    CHECK(hall.log_in("anne@oudon.fr", OWN_PASSWORD, "000000").error().why == LoginRefusal::wrong);
    CHECK(hall.log_in("anne@oudon.fr", OWN_PASSWORD, code(1)));
    CHECK(hall.log_in("anne@oudon.fr", OWN_PASSWORD, code(1)).error().why == LoginRefusal::wrong);
    hall.clock.at += 60;
    CHECK(hall.log_in("anne@oudon.fr", OWN_PASSWORD, code()));
    // A copy of the database does not give the secret.
    const auto stored = hall.store().staff_credentials("oudon", "anne@oudon.fr");
    REQUIRE(stored);
    REQUIRE(*stored);
    CHECK((*stored)->totp_secret.find(secret) == std::string::npos);

    anne.has_totp = true;
    CHECK(hall.sessions->propose_totp(anne).error().why == CodeRefusal::on_already);
    hall.clock.at += 60;
    CHECK(hall.sessions->remove_totp(anne, "000000").error().why == CodeRefusal::wrong);
    CHECK(hall.sessions->remove_totp(anne, code()));
    CHECK(hall.log_in("anne@oudon.fr", OWN_PASSWORD));
}

TEST_CASE("a secret counts only once a code was shown, and the newest proposal is the one that can be confirmed") {
    TownHall hall;
    const auto anne = hall.hire("anne@oudon.fr");
    const auto code = [&](const std::string& secret) { return security::totp_code(secret, hall.clock.at / 30); };
    CHECK(hall.sessions->confirm_totp(anne, "123456").error().why == CodeRefusal::not_proposed);
    const auto first = hall.sessions->propose_totp(anne);
    const auto second = hall.sessions->propose_totp(anne);
    REQUIRE(first);
    REQUIRE(second);
    CHECK(*first != *second);
    CHECK(hall.log_in("anne@oudon.fr", OWN_PASSWORD));
    CHECK(hall.sessions->confirm_totp(anne, code(*first)).error().why == CodeRefusal::wrong);
    CHECK(hall.sessions->confirm_totp(anne, code(*second)));
    CHECK(hall.log_in("anne@oudon.fr", OWN_PASSWORD).error().why == LoginRefusal::code_needed);
}

TEST_CASE("a guess at a code counts like a guess at a password") {
    TownHall hall;
    const auto anne = hall.hire("anne@oudon.fr");
    with_codes(hall, anne);
    for (int i = 0; i < 5; ++i)
        CHECK(hall.log_in("anne@oudon.fr", OWN_PASSWORD, "000000").error().why == LoginRefusal::wrong);
    CHECK(hall.log_in("anne@oudon.fr", OWN_PASSWORD, "000000").error().why == LoginRefusal::slow_down);
}

TEST_CASE("changing the password ends every other session and follows the rule for passwords") {
    TownHall hall;
    const auto anne = hall.hire("anne@oudon.fr");
    const auto elsewhere = hall.log_in("anne@oudon.fr", OWN_PASSWORD);
    REQUIRE(elsewhere);
    const auto refused = [&](const std::string& current, const std::string& wanted) {
        return hall.sessions->change_password(anne, current, wanted).error().why;
    };
    CHECK(refused(OWN_PASSWORD, "short") == PasswordRefusal::weak);
    CHECK(refused(OWN_PASSWORD, "") == PasswordRefusal::weak);
    CHECK(refused("no", "Vents-du-large-2031!") == PasswordRefusal::wrong);
    CHECK(refused(OWN_PASSWORD, OWN_PASSWORD) == PasswordRefusal::same);
    CHECK(hall.is_alive(elsewhere->token));
    const auto session = hall.sessions->change_password(anne, OWN_PASSWORD, "Vents-du-large-2031!");
    REQUIRE(session);
    CHECK(hall.is_alive(session->token));
    CHECK_FALSE(hall.is_alive(elsewhere->token));
    CHECK(hall.log_in("anne@oudon.fr", OWN_PASSWORD).error().why == LoginRefusal::wrong);
    CHECK(hall.log_in("anne@oudon.fr", "Vents-du-large-2031!"));
    // An open screen is no place to guess at.
    for (int i = 0; i < 6; ++i)
        CHECK(refused("no", "Encore-un-autre-2032!") == (i < 5 ? PasswordRefusal::wrong : PasswordRefusal::slow_down));
}
