// A town without a network: its database, its portals, the intake of envelopes and the agents' decisions, under a clock
// that stands still.
#pragma once

#include "households/decisions.h"
#include "portals/catalogue.h"
#include "security/server_keys.h"
#include "sqlite/sqlite_store.h"
#include "submissions/envelope_intake.h"
#include "support/files.h"
#include "test_support/device.h"
#include "test_support/scratch_folder.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>
#include <vector>

namespace foyer::test {

class StandingClock final : public Clock {
public:
    UnixSeconds at = 1'795'428'000; // Monday 2026-11-23, 10:00 UTC
    [[nodiscard]] UnixSeconds now() const override { return at; }
};

// Different bytes at each call, the same in each run.
class CountingRandom final : public server::security::RandomSource {
public:
    std::string bytes(std::size_t count) override {
        std::string text;
        while (text.size() < count)
            text += server::security::sha256(std::to_string(++m_calls));
        return text.substr(0, count);
    }

private:
    std::atomic<int> m_calls = 0; // agents decide on threads of their own
};

inline i18n::Texts texts_in(const std::string& language) {
    const auto bytes = server::read_file(std::string(FOYER_GENERATED_TEXTS) + "/texts-" + language + ".bin");
    REQUIRE(bytes);
    auto loaded = i18n::Texts::load(*bytes);
    REQUIRE(loaded);
    return std::move(loaded).value();
}

// An account with the device it is logged in on.
struct Resident {
    Device device;
    server::store::AccountId account;
    std::string reference;
};

class Town {
public:
    explicit Town(std::string slug = "oudon") : m_slug(std::move(slug)), m_texts(texts_in("fr")) {
        server::sqlite::DatabaseOptions options;
        options.path = m_folder.file("foyer.sqlite");
        auto database = server::sqlite::Database::open(std::move(options));
        REQUIRE(database);
        m_database = std::move(database).value();
        m_store = std::make_unique<server::sqlite::SqliteStore>(*m_database);
        const auto files = server::portals::read_portal_files(std::string(FOYER_SOURCE_DIR) + "/shared/portals");
        REQUIRE(files);
        std::vector<std::string> unreadable;
        auto catalogue = server::portals::Catalogue::open(*files, *m_store, clock.at, unreadable);
        REQUIRE(catalogue);
        m_catalogue = std::make_unique<server::portals::Catalogue>(std::move(catalogue).value());
        const auto texts = [this](std::string_view) -> const i18n::Texts& { return m_texts; };
        // None until a test puts one into <data folder>/addresses.
        m_addresses =
            std::make_unique<server::addresses::TownIndexes>(m_folder.path(), std::vector{m_slug}, clock, m_log);
        m_intake = std::make_unique<server::EnvelopeIntake>(
            server::IntakeSurroundings{m_keys, *m_catalogue, *m_store, *m_store, *m_store, clock, random, nullptr,
                                       texts, "https://t.example", [] {}, m_addresses.get()});
        m_decisions = std::make_unique<server::households::Decisions>(server::households::DecisionSurroundings{
            *m_store, *m_catalogue, clock, random, texts, "https://t.example"});
    }

    [[nodiscard]] const std::string& data_folder() const { return m_folder.path(); }
    [[nodiscard]] server::sqlite::SqliteStore& store() { return *m_store; }
    [[nodiscard]] server::sqlite::Database& database() { return *m_database; }
    [[nodiscard]] const server::portals::Published& portal() const { return *m_catalogue->current(m_slug); }

    using Received = Result<server::Receipted, server::IntakeRefusal>;

    Received receive(const Device& device, const wire::Payload& payload,
                     const std::string& id = Device::new_envelope_id()) {
        return receive_again(device, seal(device, payload, id), id);
    }
    // The sealed bytes, to send them twice.
    [[nodiscard]] SignedRequest seal(const Device& device, const wire::Payload& payload, const std::string& id) {
        ServerFacts facts;
        facts.authority = "t.example";
        facts.sealing_key_id = m_keys.sealing_key().id;
        facts.sealing_key = m_keys.sealing_key().key.public_point();
        facts.revision = portal().revision;
        facts.stamp_bits = portal().portal.stamp_bits;
        facts.now = clock.at;
        return device.envelope(facts, id, payload);
    }
    Received receive_again(const Device& device, const SignedRequest& request, const std::string& id) {
        server::security::VerifiedRequest sender;
        sender.thumbprint = device.thumbprint();
        sender.digest = server::security::sha256(request.body);
        return m_intake->receive(*wire::Uuid::parse(id), request.body, sender,
                                 wire::field_value(request.headers, "stamp"));
    }

    [[nodiscard]] const server::EnvelopeIntake& intake() const { return *m_intake; }

    // Registers and logs in; `more` are answers beside the usual ones.
    Resident move_in(const std::string& identifier, const server::store::Answers& more = {}) {
        Resident resident;
        wire::Payload payload = payload_of(form::Procedure::registration, {{"birth_name", "Martin"},
                                                                           {"first_names", identifier},
                                                                           {"birth_date.day", "3"},
                                                                           {"birth_date.month", "11"},
                                                                           {"birth_date.year", "1985"},
                                                                           {"address", "1 rue de " + identifier},
                                                                           {"postal_code", "44521"},
                                                                           {"commune", "Oudon"},
                                                                           {"mobile", "+33612345678"},
                                                                           {"email", identifier + "@example.org"},
                                                                           {"identifier", identifier},
                                                                           {"password", "Crêpes-au-beurre-29"},
                                                                           {"consent", "yes"},
                                                                           {"security_check.asked", "boat"},
                                                                           {"security_check.chosen", "boat"}});
        for (const auto& [key, value] : more)
            payload.answers[key] = value;
        const auto received = receive(resident.device, payload);
        REQUIRE(received);
        const auto accounts = store().find_by_contact(m_slug, identifier, "");
        REQUIRE(accounts);
        REQUIRE(accounts->size() == 1);
        resident.account = accounts->front().id;
        resident.reference = accounts->front().reference;
        REQUIRE(store().bind_device(m_slug, resident.device.thumbprint(), "key", resident.account, clock.at, {}));
        return resident;
    }

    [[nodiscard]] wire::Payload payload_of(form::Procedure procedure, server::store::Answers answers,
                                           const std::string& account = {}) const {
        wire::Payload payload;
        payload.procedure = procedure;
        payload.language = "fr";
        payload.filled_at = "2026-11-23T09:00:00Z";
        payload.answers = std::move(answers);
        payload.account = account;
        return payload;
    }

    // Sends an entourage and gives its number.
    std::string declare(const Resident& resident, const server::store::Answers& answers) {
        const auto received =
            receive(resident.device, payload_of(form::Procedure::entourage, answers, resident.reference));
        if (!received)
            for (const Problem& problem : problems_of(received.error()))
                UNSCOPED_INFO(problem.field << ": " << name(problem.code));
        REQUIRE(received);
        return latest(resident).number;
    }
    [[nodiscard]] static std::vector<Problem> problems_of(const server::IntakeRefusal& refusal) {
        const auto* sealed = std::get_if<server::SealedRefusal>(&refusal);
        return sealed ? sealed->problems : std::vector<Problem>();
    }

    Result<server::households::Decided, server::households::DecisionRefusal>
    decide(const std::string& number, const server::households::Decision& decision) {
        return m_decisions->decide(m_slug, number, decision);
    }
    [[nodiscard]] server::households::Decisions& decisions() { return *m_decisions; }
    [[nodiscard]] const i18n::Texts& texts() const { return m_texts; }
    void accept(const std::string& number) {
        REQUIRE(decide(number, {server::households::Decision::Kind::accept, {}, {}, {}}));
    }

    [[nodiscard]] server::store::AccountSnapshot snapshot(const Resident& resident) {
        const auto snapshot = store().snapshot(resident.account, 50, clock.at);
        REQUIRE(snapshot);
        REQUIRE(*snapshot);
        return **snapshot;
    }
    [[nodiscard]] server::store::SubmissionSummary latest(const Resident& resident) {
        return snapshot(resident).submissions.front().summary;
    }
    [[nodiscard]] server::store::SubmissionRecord record(const std::string& number) {
        const auto found = store().find_submission(m_slug, number);
        REQUIRE(found);
        REQUIRE(*found);
        return **found;
    }
    [[nodiscard]] std::int64_t count(const char* sql) {
        return database()
            .read([&](server::sqlite::Connection& db) {
                return db.first(sql, [](server::sqlite::Row row) { return row.integer(0); }).value_or(-1);
            })
            .value_or(-1);
    }

    StandingClock clock;
    CountingRandom random;

private:
    ScratchFolder m_folder;
    std::string m_slug;
    i18n::Texts m_texts;
    server::security::ServerKeys m_keys = server::security::ServerKeys::generate();
    std::unique_ptr<server::sqlite::Database> m_database;
    std::unique_ptr<server::sqlite::SqliteStore> m_store;
    std::unique_ptr<server::portals::Catalogue> m_catalogue;
    server::Log m_log{[](std::string_view) {}};
    std::unique_ptr<server::addresses::TownIndexes> m_addresses;
    std::unique_ptr<server::EnvelopeIntake> m_intake;
    std::unique_ptr<server::households::Decisions> m_decisions;
};

// ---- people for entourages ----

inline void put(server::store::Answers& answers, const std::string& prefix, const server::store::Answers& item) {
    for (const auto& [key, value] : item)
        answers[prefix + "." + key] = value;
}

inline server::store::Answers child_named(const std::string& first_names, const std::string& year = "2019") {
    return {{"born", "born"},          {"first_names", first_names}, {"birth_name", "Martin"},
            {"birth_date.day", "7"},   {"birth_date.month", "3"},    {"birth_date.year", year},
            {"authority.self", "yes"}, {"living_with", "self"}};
}

inline server::store::Answers expected_child() {
    return {{"born", "expected"},         {"birth_name", "Martin"},       {"expected_date.day", "1"},
            {"expected_date.month", "3"}, {"expected_date.year", "2027"}, {"authority.self", "yes"},
            {"living_with", "self"}};
}

inline server::store::Answers representative_named(const std::string& first_names) {
    return {{"birth_name", "Durand"},       {"first_names", first_names},    {"birth_date.day", "9"},
            {"birth_date.month", "4"},      {"birth_date.year", "1984"},     {"link_to_children", "father"},
            {"mobile", "+33698765432"},     {"email", "secret@example.org"}, {"address_choice", "own"},
            {"address", "99 chemin caché"}, {"postal_code", "44521"},        {"commune", "Oudon"}};
}

inline server::store::Answers contact_named(const std::string& first_names, const std::string& child) {
    return {{"first_names", first_names},
            {"birth_name", "Voisin"},
            {"relation", "neighbour"},
            {"role", "emergency"},
            {"contact_phone", "+33611223344"},
            {"contact_children." + child, "yes"},
            {"rank", "1"}};
}

} // namespace foyer::test
