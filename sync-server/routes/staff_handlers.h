// The handlers behind routes/staff_routes.cpp.
#pragma once

#include "http/message.h"
#include "routes/surroundings.h"

namespace foyer::server::routes {

// staff_session.cpp
http::Reply staff_log_in(const Surroundings& around, const http::Request& request);
http::Reply show_staff_session(const Surroundings& around, const http::Request& request);
http::Reply staff_log_out(const Surroundings& around, const http::Request& request);
http::Reply change_staff_password(const Surroundings& around, const http::Request& request);
http::Reply propose_totp(const Surroundings& around, const http::Request& request);
http::Reply confirm_totp(const Surroundings& around, const http::Request& request);
http::Reply remove_totp(const Surroundings& around, const http::Request& request);
// staff_members.cpp
http::Reply list_staff(const Surroundings& around, const http::Request& request);
http::Reply add_staff(const Surroundings& around, const http::Request& request);
http::Reply change_staff(const Surroundings& around, const http::Request& request);
http::Reply reset_staff(const Surroundings& around, const http::Request& request);
// staff_tokens.cpp
http::Reply list_staff_tokens(const Surroundings& around, const http::Request& request);
http::Reply make_staff_token(const Surroundings& around, const http::Request& request);
http::Reply revoke_staff_token(const Surroundings& around, const http::Request& request);
// staff_queue.cpp
http::Reply show_counters(const Surroundings& around, const http::Request& request);
http::Reply list_queue(const Surroundings& around, const http::Request& request);
http::Reply show_request(const Surroundings& around, const http::Request& request);
http::Reply view_request(const Surroundings& around, const http::Request& request);
http::Reply add_note(const Surroundings& around, const http::Request& request);
// staff_decisions.cpp
http::Reply take_request(const Surroundings& around, const http::Request& request);
http::Reply release_request(const Surroundings& around, const http::Request& request);
http::Reply decide_request(const Surroundings& around, const http::Request& request);
http::Reply decide_many(const Surroundings& around, const http::Request& request);
http::Reply show_batch(const Surroundings& around, const http::Request& request);
http::Reply undo_batch(const Surroundings& around, const http::Request& request);
// staff_mails.cpp
http::Reply list_mail_log(const Surroundings& around, const http::Request& request);
http::Reply resend_mail(const Surroundings& around, const http::Request& request);
http::Reply merge_accounts(const Surroundings& around, const http::Request& request);
http::Reply undo_merge(const Surroundings& around, const http::Request& request);
// staff_counter.cpp
http::Reply hand_in_envelope(const Surroundings& around, const http::Request& request);
http::Reply open_counter(const Surroundings& around, const http::Request& request);
// staff_exports.cpp
http::Reply export_submissions(const Surroundings& around, const http::Request& request);
http::Reply show_calendar(const Surroundings& around, const http::Request& request);
http::Reply make_calendar(const Surroundings& around, const http::Request& request);
http::Reply end_calendar(const Surroundings& around, const http::Request& request);
// staff_families.cpp
http::Reply list_families(const Surroundings& around, const http::Request& request);
http::Reply show_family(const Surroundings& around, const http::Request& request);
http::Reply issue_family_keys(const Surroundings& around, const http::Request& request);
http::Reply list_keys(const Surroundings& around, const http::Request& request);
http::Reply issue_many_keys(const Surroundings& around, const http::Request& request);
http::Reply revoke_many_keys(const Surroundings& around, const http::Request& request);
http::Reply revoke_key(const Surroundings& around, const http::Request& request);
// staff_imports.cpp
http::Reply begin_import(const Surroundings& around, const http::Request& request);
http::Reply add_import_part(const Surroundings& around, const http::Request& request);
http::Reply check_import(const Surroundings& around, const http::Request& request);
http::Reply list_import_rows(const Surroundings& around, const http::Request& request);
http::Reply show_import_mistakes(const Surroundings& around, const http::Request& request);
http::Reply write_import(const Surroundings& around, const http::Request& request);
http::Reply give_up_import(const Surroundings& around, const http::Request& request);
// staff_privacy.cpp
http::Reply show_retention(const Surroundings& around, const http::Request& request);
http::Reply show_person(const Surroundings& around, const http::Request& request);
http::Reply export_person(const Surroundings& around, const http::Request& request);
http::Reply export_family_person(const Surroundings& around, const http::Request& request);
http::Reply erase_person(const Surroundings& around, const http::Request& request);
http::Reply list_erasures(const Surroundings& around, const http::Request& request);
http::Reply show_statistics(const Surroundings& around, const http::Request& request);
// staff_webhooks.cpp
http::Reply list_webhooks(const Surroundings& around, const http::Request& request);
http::Reply add_webhook(const Surroundings& around, const http::Request& request);
http::Reply remove_webhook(const Surroundings& around, const http::Request& request);
http::Reply test_webhook(const Surroundings& around, const http::Request& request);
http::Reply list_deliveries(const Surroundings& around, const http::Request& request);
http::Reply deliver_again(const Surroundings& around, const http::Request& request);
// staff_audit.cpp
http::Reply list_audit(const Surroundings& around, const http::Request& request);

} // namespace foyer::server::routes
