// The routes' functions; bound to methods and paths in routes.cpp. Plain: from a request to a reply.
#pragma once

#include "pages/layout.h"
#include "pages/shell_page.h"
#include "routes/surroundings.h"

namespace foyer::server::routes {

using http::Reply;
using http::Request;

// server.cpp
Reply health(const Surroundings& around, const Request& request);
Reply server_keys(const Surroundings& around, const Request& request);
// portals.cpp
Reply list_portals(const Surroundings& around, const Request& request);
Reply show_portal(const Surroundings& around, const Request& request);
Reply portal_logo(const Surroundings& around, const Request& request);
Reply portal_theme(const Surroundings& around, const Request& request);
// envelopes.cpp
Reply put_envelope(const Surroundings& around, const Request& request);
Reply show_receipt(const Surroundings& around, const Request& request);
// The answer to an envelope: its receipt, signed for the request that the device has signed (`path`, `content_digest`).
Reply receipt_reply(const Surroundings& around, const std::string& path, int status, const std::string& receipt,
                    const std::string& content_digest);
// accounts.cpp
Reply resend_activation(const Surroundings& around, const Request& request);
Reply log_in(const Surroundings& around, const Request& request);
Reply log_out(const Surroundings& around, const Request& request);
Reply request_reset(const Surroundings& around, const Request& request);
Reply choose_password(const Surroundings& around, const Request& request);
Reply show_me(const Surroundings& around, const Request& request);
// sync.cpp
Reply sync_account(const Surroundings& around, const Request& request);
// own_account.cpp
Reply withdraw_submission(const Surroundings& around, const Request& request);
Reply change_password(const Surroundings& around, const Request& request);
Reply unbind_device(const Surroundings& around, const Request& request);
Reply invite(const Surroundings& around, const Request& request);
// email_confirmation.cpp
Reply show_email_confirmation(const Surroundings& around, const Request& request);
Reply confirm_email(const Surroundings& around, const Request& request);
// activation.cpp
Reply show_activation(const Surroundings& around, const Request& request);
Reply activate(const Surroundings& around, const Request& request);
// pages.cpp
Reply show_towns(const Surroundings& around, const Request& request);
Reply show_screen(const Surroundings& around, const Request& request);
Reply show_accessibility(const Surroundings& around, const Request& request);
Reply show_legal(const Surroundings& around, const Request& request);
Reply asset(const Surroundings& around, const Request& request);
// console.cpp
Reply show_console(const Surroundings& around, const Request& request);
// installable.cpp
Reply service_worker(const Surroundings& around, const Request& request);
Reply web_app_manifest(const Surroundings& around, const Request& request);
Reply touch_icon(const Surroundings& around, const Request& request);
Reply offline_list(const Surroundings& around, const Request& request);
Reply bare_shell(const Surroundings& around, const Request& request);
Reply address_index(const Surroundings& around, const Request& request);
pages::Edition edition_of(const Surroundings& around, const portals::Published& town);
// demonstration_mails.cpp
Reply list_mails(const Surroundings& around, const Request& request);
Reply show_mail(const Surroundings& around, const Request& request);
Reply show_mail_html(const Surroundings& around, const Request& request);
Reply download_mail(const Surroundings& around, const Request& request);

// Shared by them.
Reply problem(const Surroundings& around, const Request& request, const http::Refusal& refusal); // as problem+json
Reply not_found(const Surroundings& around, const Request& request);
Reply answers_refused(const Surroundings& around, const Request& request, std::vector<Problem> problems);
Reply slow_down(const Surroundings& around, const Request& request, int retry_after_seconds);
Reply not_found_page(const Surroundings& around, const Request& request, const portal::Portal* portal);
Reply html_reply(int status, std::string html);
Reply storage_refused(const Surroundings& around, const Request& request, store::StoreError error);
Reply not_logged_in(const Surroundings& around, const Request& request);
// For the pages behind mailed links: whether this address has opened too many, and what they say when they cannot work.
bool too_many_links(const Surroundings& around, const Request& request);
Reply slow_down_page(const Surroundings& around, const Request& request, const portal::Portal& portal);
Reply storage_page(const Surroundings& around, const Request& request, const portal::Portal& portal);
// What the rules need to know of today; the town's own lists are the use cases' matter.
form::Context context_of(const Surroundings& around);
// The frame of a page of our own, in the reader's language; no town when `portal` is null.
// What the town says of its portal's accessibility.
portals::Accessibility accessibility_of(const Surroundings& around, const std::string& slug);
pages::Frame frame_of(const Surroundings& around, const Request& request, const portal::Portal* portal);
// By ?lang=, then Accept-Language.
const i18n::Texts& page_texts(const Surroundings& around, const Request& request);

} // namespace foyer::server::routes
