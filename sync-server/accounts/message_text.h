// A message to an account as a sentence in its language. Messages are stored as a kind with its parameters, so that a
// better wording reaches the old ones too:
//
//   accepted {number}            refused {number, reason}      waiting {number, message}
//   withdrawn {number}           key_known {service}           email_changed {}
#pragma once

#include "i18n/texts.h"
#include "store/snapshots.h"

#include <string>

namespace foyer::server {

// A kind unknown to this program, written by a newer one, still says that there is something new.
[[nodiscard]] std::string message_text(const store::Message& message, const i18n::Texts& texts);

} // namespace foyer::server
