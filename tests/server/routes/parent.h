// Parents who are logged in, and the family the town knows of them.
#pragma once

#include "loopback.h"
#include "sqlite/sqlite_store.h"

#include <memory>
#include <string>

namespace foyer::test {

// A second connection to a running server's data, as the town's command line has one.
class TownHall {
public:
    explicit TownHall(const Loopback& server);
    [[nodiscard]] server::sqlite::SqliteStore& store() { return *m_store; }

private:
    std::unique_ptr<server::sqlite::Database> m_database;
    std::unique_ptr<server::sqlite::SqliteStore> m_store;
};

// What is known of one parent alone: it may stand in no answer to anybody else.
struct Parent {
    Device device;
    std::string name;   // "anne": the identifier, and a part of everything below
    std::string email;  // "anne@example.org"
    std::string mobile; // "+33611111111"
    std::string registration_id;
    server::store::AccountId account;

    [[nodiscard]] std::string street() const { return "7 rue de " + name; }
};

// Registers, activates and logs in. `number` makes the phone and tells parents apart.
[[nodiscard]] Parent move_in(const Loopback& server, const ServerFacts& facts, TownHall& town, const std::string& name,
                             int number, const std::map<std::string, std::string>& more_answers = {});
[[nodiscard]] SignedRequest log_in(const Parent& parent, const ServerFacts& facts, const Device& device,
                                   const std::string& password = PASSWORD);

// The town knows the family: the parents are its representatives, Léa is the child of both, and each of them has
// declared a contact called after them ("Voisine d'anne"). Gives the reference of the last parent's own person.
std::string let_town_know(TownHall& town, const std::vector<const Parent*>& parents);

// A sealed call's plaintext.
[[nodiscard]] wire::Payload asking(form::Procedure procedure, std::map<std::string, std::string, std::less<>> answers);

// An entourage of this account with one child, Léa, and a second representative called Jean; `reference` is the
// account's, from sync.
[[nodiscard]] wire::Payload entourage(const std::string& reference);
// Sends it: the town has a request that waits for an agent. Gives the receipt.
Answer declare(const Loopback& server, const ServerFacts& facts, const Parent& parent);
[[nodiscard]] std::string reference_of(const Loopback& server, const ServerFacts& facts, const Device& device);

// foyer-server as the town's IT person runs it on the data of this server, while it runs. Gives the exit code.
[[nodiscard]] int town_hall_runs(const Loopback& server, const std::vector<std::string>& arguments);

// GET …/sync, and the member of its answer.
[[nodiscard]] Answer sync(const Loopback& server, const ServerFacts& facts, const Device& device,
                          const std::string& query = "");

[[nodiscard]] inline bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace foyer::test
