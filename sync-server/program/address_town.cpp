#include "program/address_town.h"

#include "addresses/town_indexes.h"
#include "portals/catalogue.h"
#include "program/command_line.h"
#include "support/files.h"
#include "wire/json.h"
#include "wire/portal_json.h"

#include <filesystem>
#include <unistd.h>

namespace foyer::server {

namespace {

// The communes' postal codes as browsers have them, when the pages are built; else none.
std::string reference_in(const std::string& assets) {
    const auto manifest = read_file(assets + "/manifest.json");
    const auto json = manifest ? wire::parse_json(*manifest) : wire::parse_json("{}");
    const wire::Json* named = json ? json->find("reference.bin") : nullptr;
    const std::string path = named ? assets + named->text() : std::string();
    return named && std::filesystem::is_regular_file(path) ? path : std::string();
}

std::string joined(const std::vector<std::string>& sentences) {
    std::string text;
    for (const std::string& sentence : sentences)
        text += (text.empty() ? "" : "\nfoyer-server: ") + sentence;
    return text;
}

} // namespace

Result<addresses::Town, std::string> find_address_town(const std::string& slug,
                                                       const std::map<std::string, std::string>& flags) {
    CommandLine line;
    for (const auto& [flag, value] : flags) {
        if (flag == "--config")
            line.config_file = value;
        else if (flag_shape(flag) != FlagShape::unknown)
            line.flags.emplace_back(flag, value);
    }
    const auto settings = settings_from(line, environ);
    if (!settings)
        return Failure{joined(settings.error())};
    const auto files = portals::read_portal_files(settings->portals);
    if (!files)
        return Failure{joined(files.error())};
    std::string towns;
    for (const portals::PortalFile& file : *files) {
        const auto portal = wire::read_portal(file.document);
        if (!portal)
            continue;
        towns += (towns.empty() ? "" : ", ") + portal->slug;
        if (portal->slug != slug)
            continue;
        if (!std::filesystem::is_directory(settings->data))
            return Failure{settings->data +
                           ": there is no such folder. Give the server's own data folder with --data or --config; "
                           "foyer-server init makes a new one."};
        return addresses::Town{portal->name, portal->insee, portal->address_communes,
                               addresses::index_path(settings->data, slug), reference_in(settings->assets)};
    }
    return Failure{"--portal: there is no town “" + slug + "” in " + settings->portals + ". There are: " + towns + "."};
}

} // namespace foyer::server
