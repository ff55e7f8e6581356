// What every tool works with: the database of the data folder, the towns, the texts. For this room only.
#pragma once

#include "i18n/texts.h"
#include "portals/catalogue.h"
#include "program/tools.h"
#include "security/crypto.h"
#include "sqlite/sqlite_store.h"
#include "support/system_clock.h"

#include <memory>
#include <optional>

namespace foyer::server {

struct ToolHouse {
    std::unique_ptr<sqlite::Database> database;
    std::optional<sqlite::SqliteStore> store;
    std::optional<portals::Catalogue> catalogue;
    const portals::Published* town = nullptr; // of --portal
    i18n::Texts french;
    i18n::Texts english;
    SystemClock clock;
    security::SystemRandom random;
    std::string origin;

    [[nodiscard]] const i18n::Texts& texts(std::string_view language) const {
        return language == "en" ? english : french;
    }
};

// Says what is wrong and gives the exit code, when it cannot be opened.
[[nodiscard]] std::optional<ExitCode> open_house(ToolHouse& house, const Settings& settings, const ToolLine& line);

[[nodiscard]] ExitCode issue_keys(ToolHouse& house, const ToolLine& line);
[[nodiscard]] ExitCode import_families(ToolHouse& house, const ToolLine& line);
[[nodiscard]] ExitCode list_submissions(ToolHouse& house, const ToolLine& line);
[[nodiscard]] ExitCode show_submission(ToolHouse& house, const ToolLine& line);
[[nodiscard]] ExitCode decide_submission(ToolHouse& house, const ToolLine& line);
[[nodiscard]] ExitCode manage_staff(ToolHouse& house, const ToolLine& line);
[[nodiscard]] ExitCode look_at_audit(ToolHouse& house, const ToolLine& line);
[[nodiscard]] ExitCode erase_what_has_served(ToolHouse& house, const ToolLine& line, const std::string& data_folder);
[[nodiscard]] ExitCode serve_a_person(ToolHouse& house, const ToolLine& line);

// The storage refused: says so.
[[nodiscard]] ExitCode storage_failed();

} // namespace foyer::server
