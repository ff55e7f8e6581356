#include "routes/staff_routes.h"

#include "routes/staff_handlers.h"

namespace foyer::server::routes {

const std::vector<StaffRoute>& staff_routes() {
    static const std::vector<StaffRoute> ROUTES = {
        {"POST", "/api/v1/admin/{slug}/session", staff_log_in},
        {"GET", "/api/v1/admin/{slug}/session", show_staff_session},
        {"DELETE", "/api/v1/admin/{slug}/session", staff_log_out},
        {"POST", "/api/v1/admin/{slug}/session/password", change_staff_password},
        {"POST", "/api/v1/admin/{slug}/session/totp", propose_totp},
        {"PUT", "/api/v1/admin/{slug}/session/totp", confirm_totp},
        {"DELETE", "/api/v1/admin/{slug}/session/totp", remove_totp},
        {"GET", "/api/v1/admin/{slug}/staff", list_staff},
        {"POST", "/api/v1/admin/{slug}/staff", add_staff},
        {"PATCH", "/api/v1/admin/{slug}/staff/{id}", change_staff},
        {"POST", "/api/v1/admin/{slug}/staff/{id}/reset", reset_staff},
        {"GET", "/api/v1/admin/{slug}/tokens", list_staff_tokens},
        {"POST", "/api/v1/admin/{slug}/tokens", make_staff_token},
        {"DELETE", "/api/v1/admin/{slug}/tokens/{id}", revoke_staff_token},
        {"GET", "/api/v1/admin/{slug}/audit", list_audit},
        {"GET", "/api/v1/admin/{slug}/counters", show_counters},
        {"GET", "/api/v1/admin/{slug}/submissions", list_queue},
        {"GET", "/api/v1/admin/{slug}/submissions/{number}", show_request},
        {"PUT", "/api/v1/admin/{slug}/submissions/{number}/viewing", view_request},
        {"POST", "/api/v1/admin/{slug}/submissions/{number}/take", take_request},
        {"POST", "/api/v1/admin/{slug}/submissions/{number}/release", release_request},
        {"POST", "/api/v1/admin/{slug}/submissions/{number}/decision", decide_request},
        {"POST", "/api/v1/admin/{slug}/submissions/{number}/notes", add_note},
        {"POST", "/api/v1/admin/{slug}/bulk", decide_many},
        {"GET", "/api/v1/admin/{slug}/bulk/{id}", show_batch},
        {"POST", "/api/v1/admin/{slug}/undo/{id}", undo_batch},
        {"GET", "/api/v1/admin/{slug}/exports/submissions", export_submissions},
        {"GET", "/api/v1/admin/{slug}/calendar.ics", show_calendar},
        {"POST", "/api/v1/admin/{slug}/calendar", make_calendar},
        {"DELETE", "/api/v1/admin/{slug}/calendar", end_calendar},
        {"GET", "/api/v1/admin/{slug}/webhooks", list_webhooks},
        {"POST", "/api/v1/admin/{slug}/webhooks", add_webhook},
        {"DELETE", "/api/v1/admin/{slug}/webhooks/{id}", remove_webhook},
        {"POST", "/api/v1/admin/{slug}/webhooks/{id}/test", test_webhook},
        {"GET", "/api/v1/admin/{slug}/deliveries", list_deliveries},
        {"POST", "/api/v1/admin/{slug}/deliveries/{id}/resend", deliver_again},
        {"GET", "/api/v1/admin/{slug}/mails", list_mail_log},
        {"POST", "/api/v1/admin/{slug}/mails/{id}/resend", resend_mail},
        {"POST", "/api/v1/admin/{slug}/accounts/{id}/merge", merge_accounts},
        {"POST", "/api/v1/admin/{slug}/merges/{id}/undo", undo_merge},
    };
    return ROUTES;
}

} // namespace foyer::server::routes
