// GET /courrier, in demonstration mode only: the mails that would have left.
#pragma once

#include "i18n/texts.h"
#include "store/mails.h"

#include <string>
#include <vector>

namespace foyer::server::pages {

[[nodiscard]] std::string mails_page(const std::vector<store::MailSummary>& mails, const i18n::Texts& texts);
// One mail: its text, and its HTML in a frame that may run nothing (/courrier/{id}/html).
[[nodiscard]] std::string mail_page(const store::QueuedMail& mail, const i18n::Texts& texts);

} // namespace foyer::server::pages
