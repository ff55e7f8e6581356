#include "program/server_program.h"

#include "addresses/town_indexes.h"
#include "desk/bulk.h"
#include "http/http_server.h"
#include "http/router.h"
#include "http/static_files.h"
#include "mail/mail_worker.h"
#include "mail/smtp_transport.h"
#include "mail/spool_transport.h"
#include "pages/embedded.h"
#include "privacy/retention_worker.h"
#include "program/data_folder.h"
#include "routes/routes.h"
#include "sqlite/sqlite_store.h"
#include "submissions/password_worker.h"
#include "support/background.h"
#include "support/files.h"
#include "support/system_clock.h"
#include "webhooks/curl_transport.h"
#include "webhooks/webhook_worker.h"

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <pthread.h>
#include <thread>

namespace foyer::server {

namespace {

// Under which names a signed request may have been meant for this server.
std::vector<std::string> authorities_of(const Settings& settings, const std::string& origin, int port,
                                        const portals::Catalogue& catalogue) {
    std::vector<std::string> names = settings.authorities;
    names.push_back(origin.substr(origin.find("//") + 2));
    for (const portals::Published* town : catalogue.towns())
        names.insert(names.end(), town->portal.authorities.begin(), town->portal.authorities.end());
    if (settings.origin.empty())
        for (const char* local : {"localhost", "127.0.0.1", "[::1]"})
            names.push_back(std::string(local) + ":" + std::to_string(port));
    return names;
}

// Three workers in four are always there for those who do not wait for anything.
ChangeWatch::Options watch_options(const Settings& settings) {
    ChangeWatch::Options options;
    options.held_at_once = static_cast<std::size_t>(settings.workers) / 4;
    return options;
}

// Each keeps a worker busy for as long as its reader reads.
constexpr int EXPORTS_AT_ONCE = 4;

security::RateLimit per_minute(int count) { return {static_cast<double>(count), static_cast<double>(count)}; }

} // namespace

namespace {

// Members in the order in which each needs the ones before it; taken down the other way round.
class Assembled final : public RunningServer {
public:
    Assembled(Settings settings, std::string version, Log& log)
        : m_settings(std::move(settings)), m_version(std::move(version)), m_log(log) {}

    ~Assembled() override { Assembled::stop(); }

    std::optional<Refusal> assemble() {
        if (auto refusal = open_data())
            return refusal;
        if (auto refusal = open_portals())
            return refusal;
        if (auto refusal = open_texts_and_files())
            return refusal;
        if (auto refusal = bind())
            return refusal;
        assemble_use_cases();
        return std::nullopt;
    }

    [[nodiscard]] int port() const override { return m_port; }

    [[nodiscard]] std::vector<std::string> addresses() const override {
        std::vector<std::string> list{m_origin + "/"};
        for (const portals::Published* town : m_catalogue->towns())
            list.push_back(m_origin + "/" + town->portal.slug + "/");
        if (m_settings.demonstration)
            list.push_back(m_origin + "/courrier");
        return list;
    }

    void run() override {
        // The data folder is ours alone, so whoever was sending a mail is gone.
        if (!m_store->end_leases())
            m_log.warning("mail_leases_kept", {{"next", "they run out by themselves within ten minutes"}});
        m_mail_worker->start();
        m_password_worker->start();
        m_bulk_worker->start();
        m_retention_worker->start();
        if (!m_store->end_delivery_leases())
            m_log.warning("delivery_leases_kept", {{"next", "they run out by themselves within ten minutes"}});
        m_webhook_worker->start();
        m_http->run();
    }

    void stop() override {
        // Held requests occupy workers, and the HTTP server waits for its workers.
        if (m_watch)
            m_watch->stop();
        if (m_http)
            m_http->stop();
    }

private:
    static Refusal refusal(ExitCode code, std::string sentence) { return {code, {std::move(sentence)}}; }

    std::optional<Refusal> open_data() {
        auto lock = DirectoryLock::take(m_settings.data);
        if (!lock)
            return refusal(ExitCode::failure, lock.error());
        m_lock.emplace(std::move(lock).value());
        std::error_code error;
        std::filesystem::create_directories(spool_path(m_settings), error);
        if (error)
            return refusal(ExitCode::failure, spool_path(m_settings) + ": " + error.message());
        if (const auto marked = mark_demonstration(); !marked)
            return refusal(ExitCode::failure, marked.error());
        auto keys = security::ServerKeys::load_or_create(keys_path(m_settings));
        if (!keys)
            return refusal(ExitCode::failure, security::describe(keys.error()));
        m_keys.emplace(std::move(keys).value());
        sqlite::DatabaseOptions options;
        options.path = database_path(m_settings);
        options.on_trouble = [this](const std::string& reason) { m_log.error("storage", {{"reason", reason}}); };
        auto database = sqlite::Database::open(std::move(options));
        if (!database)
            return refusal(ExitCode::failure, database.error());
        m_database = std::move(database).value();
        m_store.emplace(*m_database);
        return std::nullopt;
    }

    // Invented families may be put into a folder that a demonstration has begun; never again into one that has served.
    [[nodiscard]] Result<Done, std::string> mark_demonstration() const {
        const std::string marker = m_settings.data + "/" + DEMONSTRATION_FILE;
        if (m_settings.demonstration && !std::filesystem::exists(database_path(m_settings)))
            return write_file_atomically(marker, "invented families only\n", FileMode::owner_only);
        std::error_code error;
        if (!m_settings.demonstration)
            std::filesystem::remove(marker, error);
        return error ? Result<Done, std::string>(Failure{marker + ": " + error.message()}) : Done{};
    }

    std::optional<Refusal> open_portals() {
        if (!std::filesystem::is_directory(m_settings.portals))
            return refusal(ExitCode::configuration,
                           "portals: there is no folder " + m_settings.portals +
                               ". Say with --portals where the towns' folders are, each with its portal.json.");
        const auto files = portals::read_portal_files(m_settings.portals);
        if (!files)
            return Refusal{ExitCode::portal, files.error()};
        std::vector<std::string> unreadable;
        auto catalogue = portals::Catalogue::open(*files, *m_store, m_clock.now(), unreadable);
        if (!catalogue)
            return refusal(ExitCode::failure, catalogue.error());
        for (const std::string& revision : unreadable)
            m_log.warning("old_portal_unreadable", {{"revision", revision}});
        m_catalogue.emplace(std::move(catalogue).value());
        return std::nullopt;
    }

    std::optional<Refusal> open_texts_and_files() {
        auto french = i18n::Texts::load(pages::french_texts());
        auto english = i18n::Texts::load(pages::english_texts());
        if (!french || !english)
            return refusal(ExitCode::failure, "the texts inside the program are damaged");
        m_languages.french = std::move(french).value();
        m_languages.english = std::move(english).value();
        m_languages.preferred = m_settings.language;

        auto assets = http::StaticFiles::load(m_settings.assets);
        if (!assets)
            return refusal(ExitCode::configuration,
                           "assets: " + assets.error() +
                               ". Build the pages (./dev run), or say with --assets where they are.");
        m_files = std::move(assets).value();
        if (const std::string* bytes = m_files.bytes_of("reference.bin")) {
            auto reference =
                domain::ReferenceData::read({reinterpret_cast<const std::byte*>(bytes->data()), bytes->size()});
            if (reference)
                m_reference.emplace(std::move(reference).value());
            else
                m_log.warning("reference_data_unreadable");
        }
        return std::nullopt;
    }

    std::optional<Refusal> bind() {
        http::HttpOptions options;
        options.host = m_settings.host;
        options.port = m_settings.port;
        options.workers = static_cast<std::size_t>(m_settings.workers);
        options.client_address_header = m_settings.client_address_header;
        options.connections_per_address = static_cast<std::size_t>(m_settings.limits.connections_per_address);
        options.patience.head = std::chrono::seconds(m_settings.limits.seconds_for_a_head);
        options.patience.body = std::chrono::seconds(m_settings.limits.seconds_for_a_body);
        http::Callbacks callbacks;
        callbacks.answer = [this](const http::Request& request) {
            http::Answer answer;
            answer.reply = routes::answer(m_router, *m_around, request, answer.route);
            return answer;
        };
        callbacks.refuse = [this](const http::Request& request, int status) {
            return routes::refuse(*m_around, request, status);
        };
        m_http.emplace(std::move(options), std::move(callbacks), m_log);
        const auto port = m_http->bind();
        if (!port)
            return refusal(ExitCode::failure, port.error());
        m_port = *port;
        m_origin = origin_of(m_settings, m_port);
        return std::nullopt;
    }

    void assemble_use_cases() {
        const auto texts = [this](std::string_view language) -> const i18n::Texts& {
            return m_languages.named(language);
        };
        const domain::ReferenceData* reference = m_reference ? &*m_reference : nullptr;
        m_authorities.emplace(authorities_of(m_settings, m_origin, m_port, *m_catalogue));
        m_hasher.emplace(m_random, m_settings.limits.passwords_at_once);
        if (m_settings.smtp.host.empty())
            m_transport = std::make_unique<mail::SpoolTransport>(spool_path(m_settings));
        else
            m_transport = std::make_unique<mail::SmtpTransport>(
                m_settings.smtp,
                m_origin.substr(m_origin.find("//") + 2,
                                m_origin.find_first_of(":/", m_origin.find("//") + 2) - m_origin.find("//") - 2));
        m_mail_worker.emplace(*m_store, *m_transport, m_clock, m_log,
                              mail::MailWorkerOptions{m_settings.smtp.first_retry_seconds, m_settings.demonstration});
        m_password_worker.emplace(*m_store, *m_keys, *m_hasher, m_log);
        m_background.emplace();
        m_watch.emplace([this](const std::vector<store::AccountId>& accounts) { return newest_changes(accounts); },
                        watch_options(m_settings));
        std::vector<std::string> towns;
        for (const portals::Published* town : m_catalogue->towns())
            towns.push_back(town->portal.slug);
        m_addresses.emplace(m_settings.data, towns, m_clock, m_log);
        const auto on_mail = [this] { m_mail_worker->wake(); };
        const auto on_change = [this] { m_watch->ring(); };
        m_intake.emplace(IntakeSurroundings{*m_keys, *m_catalogue, *m_store, *m_store, *m_store, m_clock, m_random,
                                            reference, texts, m_origin,
                                            [this] {
                                                m_mail_worker->wake();
                                                m_password_worker->wake();
                                                m_watch->ring();
                                            },
                                            &*m_addresses});
        const AccountSurroundings accounts{.accounts = *m_store,
                                           .snapshots = *m_store,
                                           .submissions = *m_store,
                                           .households = *m_store,
                                           .keys = *m_store,
                                           .clock = m_clock,
                                           .random = m_random,
                                           .hasher = *m_hasher,
                                           .background = *m_background,
                                           .log = m_log,
                                           .reference = reference,
                                           .texts = texts,
                                           .origin = m_origin,
                                           .on_mail = on_mail,
                                           .on_change = on_change,
                                           .logins_per_hour = m_settings.limits.logins_per_hour,
                                           .mails_per_hour = m_settings.limits.mails_per_hour};
        m_accounts.emplace(accounts);
        m_email_changes.emplace(accounts);
        m_invitations.emplace(accounts);
        m_withdrawals.emplace(accounts);
        m_sync.emplace(accounts, *m_watch);
        m_requests.emplace(per_minute(m_settings.limits.requests_per_minute));
        m_submissions.emplace(per_minute(m_settings.limits.submissions_per_minute));
        const staff::StaffSurroundings staff{*m_store, *m_store, m_clock, m_random, *m_hasher, reference};
        m_staff_sessions.emplace(staff, security::SecretBox(m_keys->derived_secret("foyer/staff-totp/v1"), m_random));
        m_staff_members.emplace(staff);
        m_staff_tokens.emplace(staff);
        m_decisions.emplace(
            households::DecisionSurroundings{*m_store, *m_catalogue, m_clock, m_random, texts, m_origin, [this] {
                                                 m_mail_worker->wake();
                                                 m_watch->ring();
                                             }});
        m_resending.emplace(
            desk::ResendSurroundings{*m_store, *m_store, *m_store, *m_accounts, m_random, texts, m_origin, on_mail});
        const webhooks::DestinationRules webhook_rules{m_settings.webhooks.inside, m_settings.demonstration};
        m_webhook_transport.emplace(webhooks::CurlOptions{m_settings.webhooks.ca_file});
        m_webhook_worker.emplace(*m_store, *m_webhook_transport, *m_keys, webhook_rules, m_clock, m_log);
        m_bulk_worker.emplace(*m_store, *m_decisions, m_clock, m_log);
        m_around.emplace(routes::Surroundings{m_clock,
                                              *m_keys,
                                              *m_authorities,
                                              m_nonces,
                                              *m_catalogue,
                                              *m_intake,
                                              *m_accounts,
                                              *m_email_changes,
                                              *m_invitations,
                                              *m_withdrawals,
                                              *m_sync,
                                              *m_store,
                                              *m_store,
                                              *m_staff_sessions,
                                              *m_staff_members,
                                              *m_staff_tokens,
                                              *m_store,
                                              *m_store,
                                              *m_store,
                                              *m_store,
                                              *m_store,
                                              *m_decisions,
                                              *m_resending,
                                              m_random,
                                              m_files,
                                              m_languages,
                                              *m_requests,
                                              *m_submissions,
                                              m_version,
                                              m_settings.demonstration,
                                              m_origin.rfind("https://", 0) == 0,
                                              &*m_addresses,
                                              m_origin,
                                              &*m_store,
                                              &m_export_slots});
        m_import_desk.emplace(*m_store, m_random, m_clock);
        m_around->keys_issued = &*m_store;
        m_around->imports = &*m_import_desk;
        m_around->privacy = &*m_store;
        m_around->on_change = on_change;
        m_retention_worker.emplace(*m_store, *m_catalogue, m_clock, m_log, m_settings.data,
                                   privacy::notice_writer(texts, m_random, m_origin), on_mail);
        m_around->webhooks = &*m_store;
        m_around->counter = &*m_store;
        m_around->webhook_rules = webhook_rules;
        m_around->on_webhook = [this] { m_webhook_worker->wake(); };
        m_router = routes::all_routes(*m_around);
    }

    // For the watch: of the few accounts that are held, one look-up each.
    Result<std::vector<std::int64_t>, store::StoreError> newest_changes(const std::vector<store::AccountId>& accounts) {
        std::vector<std::int64_t> newest;
        for (const store::AccountId account : accounts) {
            const auto cursor = m_store->cursor_of(account);
            if (!cursor)
                return Failure{cursor.error()};
            newest.push_back(*cursor);
        }
        return newest;
    }

    Settings m_settings;
    std::string m_version;
    Log& m_log;
    SystemClock m_clock;
    security::SystemRandom m_random;
    std::optional<DirectoryLock> m_lock;
    std::optional<security::ServerKeys> m_keys;
    std::unique_ptr<sqlite::Database> m_database;
    std::optional<sqlite::SqliteStore> m_store;
    std::optional<portals::Catalogue> m_catalogue;
    http::Languages m_languages;
    http::StaticFiles m_files;
    std::optional<domain::ReferenceData> m_reference;
    int m_port = 0;
    std::string m_origin;
    security::NonceCache m_nonces;
    std::optional<security::Authorities> m_authorities;
    std::optional<security::PasswordHasher> m_hasher;
    std::unique_ptr<mail::Transport> m_transport;
    std::optional<mail::MailWorker> m_mail_worker;
    std::optional<PasswordWorker> m_password_worker;
    std::optional<webhooks::CurlTransport> m_webhook_transport;
    std::optional<webhooks::WebhookWorker> m_webhook_worker;
    std::optional<addresses::TownIndexes> m_addresses;
    std::optional<EnvelopeIntake> m_intake;
    std::optional<ChangeWatch> m_watch;
    std::optional<AccountService> m_accounts;
    std::optional<EmailChanges> m_email_changes;
    std::optional<Invitations> m_invitations;
    std::optional<Withdrawals> m_withdrawals;
    std::optional<Sync> m_sync;
    std::optional<households::Decisions> m_decisions;
    std::optional<desk::Resending> m_resending;
    std::optional<desk::BulkWorker> m_bulk_worker;
    std::optional<privacy::RetentionWorker> m_retention_worker;
    std::optional<staff::Sessions> m_staff_sessions;
    std::optional<staff::Members> m_staff_members;
    std::optional<staff::Tokens> m_staff_tokens;
    std::optional<Background> m_background; // ends before the accounts its work uses
    std::optional<security::RateLimiter> m_requests;
    std::optional<security::RateLimiter> m_submissions;
    exports::Slots m_export_slots{EXPORTS_AT_ONCE};
    std::optional<households::ImportDesk> m_import_desk;
    std::optional<routes::Surroundings> m_around;
    http::Router m_router;
    std::optional<http::HttpServer> m_http; // ends first
};

} // namespace

Result<std::unique_ptr<RunningServer>, RunningServer::Refusal> RunningServer::start(Settings settings,
                                                                                    std::string version, Log& log) {
    auto server = std::make_unique<Assembled>(std::move(settings), std::move(version), log);
    if (auto refusal = server->assemble())
        return Failure{std::move(*refusal)};
    return std::unique_ptr<RunningServer>(std::move(server));
}

ExitCode serve(const Settings& settings, const std::string& version) {
    // Blocked before any thread is made, so that only the one that waits for them gets them.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    Log log;
    auto server = RunningServer::start(settings, version, log);
    if (!server) {
        for (const std::string& sentence : server.error().sentences)
            say(sentence);
        return server.error().code;
    }
    std::printf("Foyer %s is ready:\n", version.c_str());
    for (const std::string& address : (*server)->addresses())
        std::printf("  %s\n", address.c_str());
    if (settings.demonstration)
        std::printf("Demonstration: anybody who reaches this server can read every mail. Never with real families.\n");
    std::fflush(stdout);

    std::thread waiter([&] {
        int signal = 0;
        sigwait(&signals, &signal);
        log.info("stopping");
        (*server)->stop();
    });
    (*server)->run();
    // run() also ends when listening fails; then nobody has sent a signal yet.
    pthread_kill(waiter.native_handle(), SIGTERM);
    waiter.join();
    server->reset();
    log.info("stopped");
    return ExitCode::success;
}

ExitCode init(const Settings& settings, const std::string& config_file) {
    auto lock = DirectoryLock::take(settings.data);
    if (!lock) {
        say(lock.error());
        return ExitCode::failure;
    }
    const auto keys = security::ServerKeys::load_or_create(keys_path(settings));
    if (!keys) {
        say(security::describe(keys.error()));
        return ExitCode::failure;
    }
    sqlite::DatabaseOptions options;
    options.path = database_path(settings);
    const auto database = sqlite::Database::open(std::move(options));
    if (!database) {
        say(database.error());
        return ExitCode::failure;
    }
    std::printf("%s: database, keys and spool are ready. Its keys.json belongs into every backup: without it, what is "
                "still sealed on families' devices cannot be read.\n",
                settings.data.c_str());
    if (!config_file.empty() && std::filesystem::exists(config_file)) {
        std::printf("%s: is there already and was left as it is.\n", config_file.c_str());
    } else if (!config_file.empty()) {
        const auto written = write_file_atomically(config_file, example_configuration(settings), FileMode::owner_only);
        if (!written) {
            say(written.error());
            return ExitCode::failure;
        }
        std::printf("%s: written, with the settings to begin with. Next: set \"origin\" and \"smtp\" in it, then run\n"
                    "  foyer-server serve --config %s\n",
                    config_file.c_str(), config_file.c_str());
    }
    return ExitCode::success;
}

ExitCode check_portals(const std::vector<std::string>& files) {
    bool good = true;
    for (const std::string& file : files) {
        const auto mistakes = portals::mistakes_in(file);
        for (const std::string& mistake : mistakes)
            std::printf("%s\n", mistake.c_str());
        if (mistakes.empty())
            std::printf("%s: good\n", file.c_str());
        else
            good = false;
    }
    return good ? ExitCode::success : ExitCode::portal;
}

ExitCode backup(const Settings& settings, const std::string& folder) {
    if (!std::filesystem::exists(database_path(settings))) {
        say(settings.data + ": there is no database in this folder, so nothing was copied. Give the server's own data "
                            "folder with --data or --config.");
        return ExitCode::failure;
    }
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        say(folder + ": " + error.message());
        return ExitCode::failure;
    }
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    if (const auto copied = sqlite::copy_database(database_path(settings), folder + "/foyer.sqlite"); !copied) {
        say(copied.error());
        return ExitCode::failure;
    }
    const auto keys = read_file(keys_path(settings));
    if (!keys) {
        say(keys.error());
        return ExitCode::failure;
    }
    if (const auto written = write_file_atomically(folder + "/keys.json", *keys, FileMode::owner_only); !written) {
        say(written.error());
        return ExitCode::failure;
    }
    std::printf("%s: a copy of the database and of the keys. Keep it where only you can read it.\n", folder.c_str());
    return ExitCode::success;
}

} // namespace foyer::server
