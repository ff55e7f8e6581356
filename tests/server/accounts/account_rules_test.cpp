// What design calls the people's data: an account is not a person, and an e-mail address is nobody's identity.
#include "../households/town.h"
#include "accounts/account_service.h"
#include "domain/password.h"

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;

namespace {

constexpr const char* PASSWORD = "Crêpes-au-beurre-29";
constexpr UnixSeconds YEAR = UnixSeconds{365} * 86400;

// Opens the account as its activation and the hashing of its password do.
void open_account(Town& town, const Resident& resident, security::PasswordHasher& hasher) {
    const auto hash = hasher.hash(domain::bytes_to_hash(PASSWORD));
    REQUIRE(hash);
    REQUIRE(town.database().write([&](sqlite::Connection& db) {
        db.run("UPDATE accounts SET state = 'active', activated_at = ?, password_hash = ? WHERE id = ?", town.clock.at,
               *hash, resident.account.number());
        return true;
    }));
}

class Desk {
public:
    explicit Desk(Town& town)
        : hasher(town.random, 1, {64, 1, 1}),
          service({town.store(), town.store(), town.store(), town.store(), town.store(), town.clock, town.random,
                   hasher, m_background, m_log, nullptr,
                   [this](std::string_view) -> const i18n::Texts& { return m_texts; }, "https://t.example"}) {}

    security::PasswordHasher hasher;

private:
    i18n::Texts m_texts = texts_in("fr");
    Background m_background;
    Log m_log{[](std::string_view) {}};

public:
    AccountService service;
};

} // namespace

TEST_CASE("a password is good however old it is: nobody has to renew one") {
    Town town;
    Desk desk(town);
    const Resident anne = town.move_in("anne");
    open_account(town, anne, desk.hasher);
    const Device phone;
    const auto log_in = [&] {
        return desk.service.log_in(town.portal(), {"anne", PASSWORD}, {phone.thumbprint(), "key", "Firefox"});
    };
    CHECK(log_in());
    town.clock.at += 10 * YEAR;
    CHECK(log_in());
}

TEST_CASE("spouses may share an e-mail address: each has an account, and each account its own mail") {
    Town town;
    Desk desk(town);
    const Resident anne = town.move_in("anne", {{"email", "famille@example.org"}});
    const Resident paul = town.move_in("paul", {{"email", "famille@example.org"}});
    CHECK_FALSE(anne.account == paul.account);
    for (const Resident* resident : {&anne, &paul})
        open_account(town, *resident, desk.hasher);
    const Device phone;
    for (const auto& [identifier, resident] : {std::pair{"anne", &anne}, std::pair{"paul", &paul}}) {
        const auto session =
            desk.service.log_in(town.portal(), {identifier, PASSWORD}, {phone.thumbprint(), "key", "Firefox"});
        REQUIRE(session);
        CHECK(session->account.id == resident->account);
        CHECK(session->account.email == "famille@example.org");
    }
    // An address opens nothing where it names two.
    CHECK_FALSE(
        desk.service.log_in(town.portal(), {"famille@example.org", PASSWORD}, {phone.thumbprint(), "key", "Firefox"}));
}

TEST_CASE(
    "the same person registering twice is a mark for the staff, not a wall; a namesake of another day is neither") {
    Town town;
    const Resident first = town.move_in("anne");
    const Resident again =
        town.move_in("anne.2", {{"first_names", "ANNÉ"}, {"birth_name", "martin"}, {"email", "other@example.org"}});
    const Resident namesake = town.move_in("anne.3", {{"first_names", "Anne"}, {"birth_date.day", "4"}});
    const auto is_marked = [&](const Resident& resident) {
        const auto marks = town.database().read([&](sqlite::Connection& db) {
            return db.first(
                "SELECT marks FROM submissions WHERE account_id = ? AND procedure = 1",
                [](sqlite::Row row) { return row.text(0); }, resident.account.number());
        });
        REQUIRE(marks);
        REQUIRE(*marks);
        return (*marks)->find("possible_duplicate") != std::string::npos;
    };
    CHECK_FALSE(is_marked(first));
    CHECK(is_marked(again));
    CHECK_FALSE(is_marked(namesake));
}
