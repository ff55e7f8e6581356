// A town hall without a network: its database, its staff's use cases, a clock that stands still.
#pragma once

#include "security/server_keys.h"
#include "security/totp.h"
#include "sqlite/audit_rows.h"
#include "sqlite/sqlite_store.h"
#include "staff/members.h"
#include "staff/sessions.h"
#include "staff/tokens.h"
#include "test_support/scratch_folder.h"

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>

namespace foyer::test {

class StandingClock final : public Clock {
public:
    UnixSeconds at = 1'795'428'000; // Monday 2026-11-23, 10:00 UTC
    [[nodiscard]] UnixSeconds now() const override { return at; }
};

inline const std::string OWN_PASSWORD = "Marées-basses-de-1994";

class TownHall {
public:
    TownHall() {
        oudon.slug = "oudon";
        oudon.services.resize(1);
        oudon.services.front().key = "enfance";
        elsewhere.slug = "saint-maur-des-fosses";
        server::sqlite::DatabaseOptions options;
        options.path = path();
        auto opened = server::sqlite::Database::open(std::move(options));
        REQUIRE(opened);
        m_database = std::move(opened).value();
        m_store = std::make_unique<server::sqlite::SqliteStore>(*m_database);
        const server::staff::StaffSurroundings around{*m_store, *m_store, clock, m_random, m_hasher};
        members = std::make_unique<server::staff::Members>(around);
        tokens = std::make_unique<server::staff::Tokens>(around);
        sessions = std::make_unique<server::staff::Sessions>(
            around, server::security::SecretBox(m_keys.derived_secret("test"), m_random));
    }

    [[nodiscard]] std::string path() const { return m_folder.file("foyer.sqlite"); }
    [[nodiscard]] server::sqlite::SqliteStore& store() { return *m_store; }
    [[nodiscard]] server::sqlite::Database& database() { return *m_database; }

    // Somebody with a password of their own.
    server::store::StaffMember hire(const std::string& email,
                                    server::store::StaffRole role = server::store::StaffRole::agent) {
        const auto made = members->add(oudon, server::staff::TERMINAL, {email, email, role, {}});
        REQUIRE(made);
        const auto session = log_in(email, made->password);
        REQUIRE(session);
        const auto changed = sessions->change_password(session->member, made->password, OWN_PASSWORD);
        REQUIRE(changed);
        return changed->member;
    }

    Result<server::staff::BegunSession, server::staff::LoginFailure>
    log_in(const std::string& email, const std::string& password, std::optional<std::string> code = std::nullopt,
           const std::string& address = "192.0.2.1") {
        return sessions->log_in({"oudon", email, password, std::move(code), address, {}});
    }

    [[nodiscard]] bool
    is_alive(const std::string& token,
             server::staff::Sessions::Presence presence = server::staff::Sessions::Presence::person) {
        const auto found = sessions->find(token, presence);
        REQUIRE(found);
        return found->has_value();
    }

    // As a second program has it, or somebody with the file.
    void tamper(const char* sql) {
        server::sqlite::Connection db(path(), server::sqlite::Connection::Mode::read_write);
        db.script(sql);
    }

    [[nodiscard]] std::vector<server::store::AuditLine> lines() {
        auto lines = store().audit_lines("oudon", 0, 1000);
        REQUIRE(lines);
        return std::move(*lines);
    }

    StandingClock clock;
    portal::Portal oudon;
    portal::Portal elsewhere;
    std::unique_ptr<server::staff::Members> members;
    std::unique_ptr<server::staff::Tokens> tokens;
    std::unique_ptr<server::staff::Sessions> sessions;

private:
    ScratchFolder m_folder;
    server::security::SystemRandom m_random;
    server::security::PasswordHasher m_hasher{m_random, 2, {64, 1, 1}}; // as cheap as can be
    server::security::ServerKeys m_keys = server::security::ServerKeys::generate();
    std::unique_ptr<server::sqlite::Database> m_database;
    std::unique_ptr<server::sqlite::SqliteStore> m_store;
};

} // namespace foyer::test
