// Accounts, their changes and their profiles inside somebody else's transaction.
#pragma once

#include "sqlite/connection.h"
#include "store/accounts.h"

#include <optional>
#include <string>
#include <vector>

namespace foyer::server::sqlite {

#define FOYER_ACCOUNT_COLUMNS                                                                                          \
    "a.id, a.portal, a.state, a.wanted_identifier, a.identifier, a.civility, a.first_names, a.last_name, a.email, "    \
    "a.language, a.password_hash IS NOT NULL, a.reference"

[[nodiscard]] store::AccountState account_state_from(const std::string& text);
[[nodiscard]] store::Account account_of(Row row); // of FOYER_ACCOUNT_COLUMNS
[[nodiscard]] std::optional<store::Account> find_account(Connection& db, store::AccountId account);

// The account's cursor grows: something it is shown is another.
void note_change(Connection& db, store::AccountId account);

[[nodiscard]] store::Answers profile_of_account(Connection& db, store::AccountId account);
// A new version of what the account says of itself. In its household its own person is another then, too; whoever sees
// that person is told. `submission`: where it comes from, if from one.
void write_profile(Connection& db, store::AccountId account, const store::Answers& profile,
                   const std::optional<store::Person>& person, std::optional<std::int64_t> submission, UnixSeconds now);

[[nodiscard]] std::vector<store::Device> devices_in(Connection& db, store::AccountId account); // last seen first

// Compares all bytes whatever they are, so that time tells nothing about a stored hash.
[[nodiscard]] bool same_bytes(const std::string& a, const std::string& b);

} // namespace foyer::server::sqlite
