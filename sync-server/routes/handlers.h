// The routes' functions; bound to methods and paths in routes.cpp. Plain: from a request to a reply.
#pragma once

#include "pages/layout.h"
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
// accounts.cpp
Reply resend_activation(const Surroundings& around, const Request& request);
Reply log_in(const Surroundings& around, const Request& request);
Reply log_out(const Surroundings& around, const Request& request);
Reply request_reset(const Surroundings& around, const Request& request);
Reply choose_password(const Surroundings& around, const Request& request);
Reply show_me(const Surroundings& around, const Request& request);
// activation.cpp
Reply show_activation(const Surroundings& around, const Request& request);
Reply activate(const Surroundings& around, const Request& request);
// pages.cpp
Reply show_towns(const Surroundings& around, const Request& request);
Reply show_screen(const Surroundings& around, const Request& request);
Reply asset(const Surroundings& around, const Request& request);
// demonstration_mails.cpp
Reply list_mails(const Surroundings& around, const Request& request);
Reply show_mail(const Surroundings& around, const Request& request);
Reply show_mail_html(const Surroundings& around, const Request& request);
Reply download_mail(const Surroundings& around, const Request& request);

// Shared by them.
Reply not_found(const Surroundings& around, const Request& request); // as problem+json
Reply not_found_page(const Surroundings& around, const Request& request, const portal::Portal* portal);
Reply html_reply(int status, std::string html);
Reply storage_refused(const Surroundings& around, const Request& request, store::StoreError error);
// The frame of a page of our own, in the reader's language; no town when `portal` is null.
pages::Frame frame_of(const Surroundings& around, const Request& request, const portal::Portal* portal);
// By ?lang=, then Accept-Language.
const i18n::Texts& page_texts(const Surroundings& around, const Request& request);

} // namespace foyer::server::routes
