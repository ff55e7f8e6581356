#include "routes/routes.h"

#include "routes/handlers.h"
#include "routes/staff_routes.h"
#include "support/time_text.h"

namespace foyer::server::routes {

namespace {

// Whoever has a clock says when (RFC 9110 §6.6.1). The page corrects a device's clock by it.
Reply dated(const Surroundings& around, Reply reply) {
    return std::move(reply).with("Date", http_date(around.clock.now()));
}

} // namespace

http::Router all_routes(const Surroundings& around) {
    http::Router router;
    const auto bind = [&](const char* method, const char* pattern,
                          Reply (*handler)(const Surroundings&, const Request&)) {
        router.add(method, pattern, [&around, handler](const Request& request) { return handler(around, request); });
    };
    for (const StaffRoute& route : staff_routes())
        bind(route.method, route.pattern, route.handler);
    bind("GET", "/api/v1/health", health);
    bind("GET", "/api/v1/server", server_keys);
    bind("GET", "/api/v1/portals", list_portals);
    bind("GET", "/api/v1/portals/{slug}", show_portal);
    bind("PUT", "/api/v1/envelopes/{id}", put_envelope);
    bind("GET", "/api/v1/receipts/{id}", show_receipt);
    bind("POST", "/api/v1/{slug}/activation-mails", resend_activation);
    bind("POST", "/api/v1/{slug}/sessions", log_in);
    bind("DELETE", "/api/v1/{slug}/sessions", log_out);
    bind("POST", "/api/v1/{slug}/password-resets", request_reset);
    bind("POST", "/api/v1/{slug}/passwords", choose_password);
    bind("GET", "/api/v1/{slug}/me", show_me);
    bind("GET", "/api/v1/{slug}/sync", sync_account);
    bind("DELETE", "/api/v1/{slug}/submissions/{id}", withdraw_submission);
    bind("POST", "/api/v1/{slug}/password", change_password);
    bind("DELETE", "/api/v1/{slug}/devices/{reference}", unbind_device);
    bind("POST", "/api/v1/{slug}/invitations", invite);
    bind("GET", "/api/{rest...}", not_found);

    bind("GET", "/", show_towns);
    bind("GET", "/assets/{path...}", asset);
    if (around.demonstration) {
        bind("GET", "/courrier", list_mails);
        bind("GET", "/courrier/{id}", show_mail);
        bind("GET", "/courrier/{id}/html", show_mail_html);
        bind("GET", "/courrier/{id}/eml", download_mail);
    }
    bind("GET", "/service-worker.js", service_worker);
    bind("GET", "/{slug}/manifest.webmanifest", web_app_manifest);
    bind("GET", "/{slug}/icon.png", touch_icon);
    bind("GET", "/{slug}/offline.json", offline_list);
    bind("GET", "/{slug}/shell.html", bare_shell);
    bind("GET", "/{slug}/addresses-{file}", address_index);
    bind("GET", "/{slug}/logo.svg", portal_logo);
    bind("GET", "/{slug}/theme.css", portal_theme);
    bind("GET", "/{slug}/espace-citoyens/CompteCitoyen/Validation", show_activation);
    bind("POST", "/{slug}/espace-citoyens/CompteCitoyen/Validation", activate);
    bind("GET", "/{slug}/espace-citoyens/CompteCitoyen/Courriel", show_email_confirmation);
    bind("POST", "/{slug}/espace-citoyens/CompteCitoyen/Courriel", confirm_email);
    bind("GET", "/{slug}/accessibilite", show_accessibility);
    bind("GET", "/{slug}/mentions-legales", show_legal);
    bind("GET", "/{slug}/mairie", show_console);
    bind("GET", "/{slug}/mairie/{path...}", show_console);
    bind("GET", "/{slug}", show_screen);
    bind("GET", "/{slug}/{path...}", show_screen);
    return router;
}

Reply answer(const http::Router& router, const Surroundings& around, Request request, std::string& route) {
    auto match = router.match(request.method, request.path);
    route = match.handler ? match.pattern : "none";
    const bool api = request.path.rfind("/api/", 0) == 0;
    // Built files come from memory and are kept by browsers: counting them would punish the first visit of many
    // families behind one address.
    security::RateDecision decision;
    if (request.path.rfind("/assets/", 0) != 0)
        decision =
            around.requests_per_address.take(security::rate_key_of_address(request.client_address), around.clock.now());
    Reply reply;
    if (!decision.allowed) {
        reply = http::problem_reply(
            request, {429, "slow_down", TextKey::server_error_slow_down, {}, decision.retry_after_seconds},
            around.languages);
    } else if (match.handler) {
        request.path_values = std::move(match.values);
        reply = (*match.handler)(request);
    } else if (!match.allowed.empty()) {
        reply = http::problem_reply(request, http::refusal_of_status(405), around.languages);
        reply.headers.push_back({"Allow", match.allowed});
    } else {
        reply = api ? not_found(around, request) : not_found_page(around, request, nullptr);
    }
    // Told only where the way here was protected: on plain http browsers must ignore it (RFC 6797 §7.2).
    if (around.keeps_https)
        reply.headers.push_back({"Strict-Transport-Security", "max-age=31536000"});
    return dated(around, std::move(reply));
}

Reply refuse(const Surroundings& around, const Request& request, int status) {
    return dated(around, http::problem_reply(request, http::refusal_of_status(status), around.languages));
}

} // namespace foyer::server::routes
