// What the routes work with; main.cpp and the tests put it together. Everything outlives the routes and may be used
// from any thread.
#pragma once

#include "accounts/account_service.h"
#include "accounts/email_changes.h"
#include "accounts/invitations.h"
#include "accounts/sync.h"
#include "accounts/withdrawals.h"
#include "addresses/town_indexes.h"
#include "desk/resending.h"
#include "exports/request_stream.h"
#include "households/decisions.h"
#include "households/import_desk.h"
#include "http/problem.h"
#include "http/static_files.h"
#include "portals/catalogue.h"
#include "security/nonce_cache.h"
#include "security/rate_limiter.h"
#include "security/request_signature.h"
#include "security/server_keys.h"
#include "staff/members.h"
#include "staff/sessions.h"
#include "staff/tokens.h"
#include "store/audit.h"
#include "store/counter.h"
#include "store/exports.h"
#include "store/households.h"
#include "store/keys.h"
#include "store/mails.h"
#include "store/privacy.h"
#include "store/queue.h"
#include "store/staff.h"
#include "store/submissions.h"
#include "store/webhooks.h"
#include "submissions/envelope_intake.h"
#include "webhooks/destination.h"

#include <functional>
#include <string>

namespace foyer::server::routes {

struct Surroundings {
    const Clock& clock;
    const security::ServerKeys& keys;
    const security::Authorities& authorities;
    security::NonceCache& nonces;
    const portals::Catalogue& catalogue;
    const EnvelopeIntake& intake;
    AccountService& accounts;
    EmailChanges& email_changes;
    Invitations& invitations;
    Withdrawals& withdrawals;
    Sync& sync;
    store::SubmissionStore& submissions;
    store::MailStore& mails;
    staff::Sessions& staff_sessions;
    staff::Members& staff_members;
    staff::Tokens& staff_tokens;
    store::StaffStore& staff_store;
    store::AuditStore& audit;
    store::QueueStore& queue;
    store::AccountStore& account_store;
    store::HouseholdStore& households;
    households::Decisions& decisions;
    desk::Resending& resending;
    security::RandomSource& random;
    const http::StaticFiles& files;
    const http::Languages& languages;
    security::RateLimiter& requests_per_address;
    security::RateLimiter& submissions_per_address;
    std::string version;
    bool demonstration = false;
    bool keeps_https = false; // the public address is https
    const addresses::TownIndexes* addresses = nullptr;
    std::string origin = {}; // the public address: "https://famille.oudon.fr"
    store::ExportStore* exports = nullptr;
    exports::Slots* export_slots = nullptr;
    store::KeyStore* keys_issued = nullptr;
    households::ImportDesk* imports = nullptr;
    store::PrivacyStore* privacy = nullptr;
    std::function<void()> on_change = {}; // there is something to tell devices
    store::WebhookStore* webhooks = nullptr;
    webhooks::DestinationRules webhook_rules = {};
    std::function<void()> on_webhook = [] {}; // there is something to deliver
    store::CounterStore* counter = nullptr;
};

} // namespace foyer::server::routes
