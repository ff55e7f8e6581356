// GET /courrier, in demonstration mode only: the mails that would have left.
#pragma once

#include "pages/layout.h"
#include "store/mails.h"

#include <string>
#include <vector>

namespace foyer::server::pages {

[[nodiscard]] std::string mails_page(const Frame& frame, const std::vector<store::MailSummary>& mails);
// One mail: its text; its HTML is a page of its own that may run and load nothing (/courrier/{id}/html).
[[nodiscard]] std::string mail_page(const Frame& frame, const store::QueuedMail& mail);

} // namespace foyer::server::pages
