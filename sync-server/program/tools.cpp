#include "program/tools.h"

#include "pages/embedded.h"
#include "program/data_folder.h"
#include "program/tool_house.h"

#include <filesystem>

namespace foyer::server {

std::optional<ExitCode> open_house(ToolHouse& house, const Settings& settings, const ToolLine& line) {
    if (!std::filesystem::exists(database_path(settings))) {
        say(settings.data + ": there is no database in this folder. Give the server's own data folder with --data or "
                            "--config; foyer-server init makes a new one.");
        return ExitCode::failure;
    }
    const auto files = portals::read_portal_files(settings.portals);
    if (!files) {
        for (const std::string& sentence : files.error())
            say(sentence);
        return ExitCode::portal;
    }
    sqlite::DatabaseOptions options;
    options.path = database_path(settings);
    auto database = sqlite::Database::open(std::move(options));
    if (!database) {
        say(database.error());
        return ExitCode::failure;
    }
    house.database = std::move(database).value();
    house.store.emplace(*house.database);
    std::vector<std::string> unreadable;
    auto catalogue = portals::Catalogue::open(*files, *house.store, house.clock.now(), unreadable);
    if (!catalogue) {
        say(catalogue.error());
        return ExitCode::failure;
    }
    house.catalogue.emplace(std::move(catalogue).value());
    house.town = house.catalogue->current(line.option("--portal"));
    if (!house.town) {
        std::string towns;
        for (const portals::Published* town : house.catalogue->towns())
            towns += (towns.empty() ? "" : ", ") + town->portal.slug;
        say("--portal: there is no town “" + line.option("--portal") + "” here. There are: " + towns + ".");
        return ExitCode::failure;
    }
    auto french = i18n::Texts::load(pages::french_texts());
    auto english = i18n::Texts::load(pages::english_texts());
    if (!french || !english) {
        say("the texts inside the program are damaged");
        return ExitCode::failure;
    }
    house.french = std::move(french).value();
    house.english = std::move(english).value();
    house.origin = origin_of(settings, settings.port);
    return std::nullopt;
}

ExitCode storage_failed() {
    say("the database could not be read or written: is the disk full, or the folder not yours? Nothing was changed.");
    return ExitCode::failure;
}

ExitCode run_tool(const Settings& settings, const ToolLine& line) {
    ToolHouse house;
    if (const auto failed = open_house(house, settings, line))
        return *failed;
    if (line.group == "keys")
        return issue_keys(house, line);
    if (line.group == "families")
        return import_families(house, line);
    if (line.group == "staff")
        return manage_staff(house, line);
    if (line.group == "audit")
        return look_at_audit(house, line);
    if (line.group == "retention")
        return erase_what_has_served(house, line, settings.data);
    if (line.group == "person")
        return serve_a_person(house, line);
    if (line.verb == "list")
        return list_submissions(house, line);
    if (line.verb == "show")
        return show_submission(house, line);
    return decide_submission(house, line);
}

} // namespace foyer::server
