// Who sees what of a household. The only way from a stored household to anything a family is shown. Pure.
//
// An account sees its own person whole; the children it shares whole; of another representative of those children the
// name and the link, never an address, a phone or an e-mail; the contacts it has declared itself or that were imported
// for those children. Nobody else exists for it.
#pragma once

#include "store/households.h"

#include <string>
#include <string_view>
#include <vector>

namespace foyer::server::households {

struct VisiblePerson {
    std::string reference; // "k12"
    store::PersonKind kind = store::PersonKind::representative;
    bool self = false; // the account's own person
    store::Answers answers;

    friend bool operator==(const VisiblePerson&, const VisiblePerson&) = default;
};

// Oneself first, then by kind and age of the entry. Empty for an account that is nobody's own in this household.
[[nodiscard]] std::vector<VisiblePerson> visible_people(const store::Household& household, store::AccountId account);

[[nodiscard]] std::string reference_of(store::PersonId person); // "k12"

// The same for somebody who has no account, when they ask the town hall for what it holds about them (RGPD, article
// 15). Of a child or a contact: themselves alone. Empty for whoever has an account, has left, or is of another
// household.
[[nodiscard]] std::vector<VisiblePerson> visible_people(const store::Household& household, store::PersonId person);

// The answers that name other people.
inline constexpr std::string_view AUTHORITY = "authority";               // of a child: "authority.k3" -> "yes"
inline constexpr std::string_view COLLECTORS = "collectors";             // of a child
inline constexpr std::string_view LIVING_WITH = "living_with";           // of a child: "k3" or an option
inline constexpr std::string_view CONTACT_CHILDREN = "contact_children"; // of a contact

} // namespace foyer::server::households
