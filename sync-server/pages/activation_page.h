// The page behind the link of the activation mail, and what its button answers. Plain HTML, no script.
#pragma once

#include "accounts/account_service.h"
#include "i18n/texts.h"
#include "portal/portal.h"

#include <string>
#include <string_view>

namespace foyer::server::pages {

struct ActivationForm {
    std::string_view id;
    std::string_view key;
    std::string_view identifier; // typed before, to be shown again
    enum class Mistake { none, needed, wrong, taken } mistake = Mistake::none;
};

// The button, with a field for another identifier when the wanted one is taken.
[[nodiscard]] std::string activation_form_page(const portal::Portal& portal, const i18n::Texts& texts,
                                               const store::Account& account, const ActivationForm& form);
[[nodiscard]] std::string activated_page(const portal::Portal& portal, const i18n::Texts& texts,
                                         std::string_view identifier);
// Already active, revoked, expired, wrong key, unknown: each its own answer.
[[nodiscard]] std::string link_refused_page(const portal::Portal& portal, const i18n::Texts& texts, LinkState state);

} // namespace foyer::server::pages
