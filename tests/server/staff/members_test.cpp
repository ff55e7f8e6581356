#include "town_hall.h"

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;
using staff::MemberRefusal;
using store::StaffRole;

namespace {

std::vector<std::string> fields(const staff::MemberFailure& failure) {
    std::vector<std::string> names;
    for (const Problem& problem : std::get<std::vector<Problem>>(failure))
        names.push_back(problem.field);
    return names;
}

MemberRefusal why(const staff::MemberFailure& failure) { return std::get<MemberRefusal>(failure); }

} // namespace

TEST_CASE("a new member gets a temporary password that must be replaced, good for seven days") {
    TownHall hall;
    const auto made = hall.members->add(hall.oudon, staff::TERMINAL,
                                        {"Anne@Oudon.FR", "  Anne   Le Goff ", StaffRole::agent, {"enfance"}});
    REQUIRE(made);
    CHECK(made->member.email == "Anne@oudon.fr");
    CHECK(made->member.name == "Anne Le Goff");
    CHECK(made->member.services == std::vector<std::string>{"enfance"});
    CHECK(made->member.password_is_temporary);
    CHECK(made->password.size() == 23);
    const auto session = hall.log_in("anne@oudon.fr", made->password);
    REQUIRE(session);
    CHECK(session->member.password_is_temporary);
    const auto changed = hall.sessions->change_password(session->member, made->password, OWN_PASSWORD);
    REQUIRE(changed);
    CHECK_FALSE(changed->member.password_is_temporary);
    hall.clock.at += 2 * staff::TEMPORARY_PASSWORD_SECONDS;
    CHECK(hall.log_in("anne@oudon.fr", OWN_PASSWORD));
}

TEST_CASE("what is wrong with a new member is named field by field, and an address is one member's") {
    TownHall hall;
    const auto wrong =
        hall.members->add(hall.oudon, staff::TERMINAL, {"no address", "\x01", StaffRole::agent, {"plumbing"}});
    REQUIRE_FALSE(wrong);
    CHECK(fields(wrong.error()) == std::vector<std::string>{"email", "name", "services"});
    CHECK(hall.lines().empty());
    REQUIRE(hall.members->add(hall.oudon, staff::TERMINAL, {"anne@oudon.fr", "Anne", store::StaffRole::agent, {}}));
    const auto again =
        hall.members->add(hall.oudon, staff::TERMINAL, {"ANNE@oudon.fr", "Another", store::StaffRole::agent, {}});
    REQUIRE_FALSE(again);
    CHECK(why(again.error()) == MemberRefusal::email_taken);
    // In another town it is somebody else.
    CHECK(hall.members->add(hall.elsewhere, staff::TERMINAL, {"anne@oudon.fr", "Anne", store::StaffRole::agent, {}}));
    CHECK(hall.lines().size() == 1);
}

TEST_CASE("HTML in a name is text like any other") {
    TownHall hall;
    const std::string name = "<script>alert(1)</script> & \"Anne\"";
    const auto made =
        hall.members->add(hall.oudon, staff::TERMINAL, {"anne@oudon.fr", name, store::StaffRole::agent, {}});
    REQUIRE(made);
    CHECK(made->member.name == name);
}

TEST_CASE("disabling ends the sessions and stops the tokens at once; enabling brings no session back") {
    TownHall hall;
    const auto anne = hall.hire("anne@oudon.fr", StaffRole::administrator);
    hall.hire("luc@oudon.fr", StaffRole::administrator);
    const auto session = hall.log_in("anne@oudon.fr", OWN_PASSWORD);
    const auto token = hall.tokens->make({anne, {}}, {"export", {store::TokenScope::exporting}, hall.clock.at + 86400});
    REQUIRE(session);
    REQUIRE(token);
    const auto works = [&] {
        const auto found = hall.tokens->find(token->text);
        REQUIRE(found);
        return found->has_value();
    };
    CHECK(works());
    REQUIRE(hall.members->change(hall.oudon, staff::TERMINAL, anne.id, {.disabled = true}));
    CHECK_FALSE(works());
    CHECK_FALSE(hall.is_alive(session->token));
    REQUIRE(hall.members->change(hall.oudon, staff::TERMINAL, anne.id, {.disabled = false}));
    CHECK(works());
    CHECK_FALSE(hall.is_alive(session->token));
    CHECK(hall.log_in("anne@oudon.fr", OWN_PASSWORD));
}

TEST_CASE("the last administrator stays one, except by the terminal; another town's are no help") {
    TownHall hall;
    const auto anne = hall.hire("anne@oudon.fr", StaffRole::administrator);
    REQUIRE(hall.members->add(hall.elsewhere, staff::TERMINAL, {"a@b.fr", "A", StaffRole::administrator, {}}));
    for (const staff::MemberChange& change :
         {staff::MemberChange{.disabled = true}, staff::MemberChange{.role = StaffRole::manager}}) {
        const auto refused = hall.members->change(hall.oudon, "staff:1", anne.id, change);
        REQUIRE_FALSE(refused);
        CHECK(why(refused.error()) == MemberRefusal::last_administrator);
    }
    const auto luc = hall.hire("luc@oudon.fr", StaffRole::administrator);
    CHECK(hall.members->change(hall.oudon, "staff:2", anne.id, {.role = StaffRole::agent}));
    CHECK_FALSE(hall.members->change(hall.oudon, "staff:2", luc.id, {.disabled = true}));
    CHECK(hall.members->change(hall.oudon, staff::TERMINAL, luc.id, {.disabled = true}));
}

TEST_CASE("another town's member cannot be changed nor reset") {
    TownHall hall;
    const auto anne = hall.hire("anne@oudon.fr");
    const auto changed = hall.members->change(hall.elsewhere, "staff:9", anne.id, {.name = "Somebody"});
    REQUIRE_FALSE(changed);
    CHECK(why(changed.error()) == MemberRefusal::unknown);
    const auto reset = hall.members->reset(hall.elsewhere, "staff:9", anne.id);
    REQUIRE_FALSE(reset);
    CHECK(why(reset.error()) == MemberRefusal::unknown);
    CHECK(hall.log_in("anne@oudon.fr", OWN_PASSWORD));
}

TEST_CASE("a reset gives a temporary password, forgets the authenticator and ends the sessions") {
    TownHall hall;
    const auto anne = hall.hire("anne@oudon.fr");
    const auto session = hall.log_in("anne@oudon.fr", OWN_PASSWORD);
    REQUIRE(session);
    const auto secret = hall.sessions->propose_totp(anne);
    REQUIRE(secret);
    REQUIRE(hall.sessions->confirm_totp(anne, security::totp_code(*secret, hall.clock.at / 30)));
    const auto made = hall.members->reset(hall.oudon, staff::TERMINAL, anne.id);
    REQUIRE(made);
    CHECK_FALSE(hall.is_alive(session->token));
    CHECK_FALSE(hall.log_in("anne@oudon.fr", OWN_PASSWORD));
    const auto again = hall.log_in("anne@oudon.fr", made->password);
    REQUIRE(again);
    CHECK(again->member.password_is_temporary);
    CHECK_FALSE(again->member.has_totp);
}

TEST_CASE("a token has a name, a purpose and an end within a year; it works until then or until it is revoked") {
    TownHall hall;
    const auto anne = hall.hire("anne@oudon.fr", StaffRole::administrator);
    const staff::Caller caller{anne, {}};
    const auto wrong = hall.tokens->make(caller, {"", {}, hall.clock.at});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().problems.size() == 3);
    CHECK_FALSE(hall.tokens->make(caller, {"a", {store::TokenScope::reading}, hall.clock.at + 367 * 86400}));
    const auto made = hall.tokens->make(caller, {"a", {store::TokenScope::reading}, hall.clock.at + 86400});
    const auto other = hall.tokens->make(caller, {"b", {store::TokenScope::reading}, hall.clock.at + 86400});
    REQUIRE(made);
    REQUIRE(other);
    CHECK(made->text.rfind("foyer_", 0) == 0);
    CHECK(made->text.size() == 6 + 43);
    const auto works = [&](const std::string& text) {
        const auto found = hall.tokens->find(text);
        REQUIRE(found);
        return found->has_value();
    };
    CHECK(works(made->text));
    CHECK_FALSE(works(made->text + "x"));
    CHECK_FALSE(works(""));
    const auto listed = hall.store().staff_tokens("oudon");
    REQUIRE(listed);
    CHECK(listed->front().last_used_at == hall.clock.at);
    const auto revoked = hall.tokens->revoke(caller, made->token.id);
    REQUIRE(revoked);
    CHECK(*revoked);
    CHECK_FALSE(works(made->text));
    CHECK_FALSE(*hall.tokens->revoke(caller, made->token.id));
    staff::Caller stranger = caller;
    stranger.member.portal = "saint-maur-des-fosses";
    CHECK_FALSE(*hall.tokens->revoke(stranger, other->token.id));
    hall.clock.at += 86399;
    CHECK(works(other->text));
    hall.clock.at += 1;
    CHECK_FALSE(works(other->text));
}
