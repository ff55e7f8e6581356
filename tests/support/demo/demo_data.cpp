// foyer-demo-data: fills the data folder of a demonstration with invented families and requests (filling.h).
//
// It works on a folder that it has made itself, or that `serve --demonstration` has made: both leave a file
// "demonstration" there. Any other folder may hold families that exist, and is refused.
#include "demo/filling.h"
#include "http/static_files.h"
#include "pages/embedded.h"
#include "sqlite/sqlite_store.h"
#include "support/files.h"
#include "support/system_clock.h"

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/stat.h>
#include <vector>

using namespace foyer;
using namespace foyer::server;

namespace {

constexpr const char* USAGE =
    "foyer-demo-data --data FOLDER --portals FOLDER [--assets FOLDER] [--requests N] [--seed N] [--hostile]\n"
    "                [--origin URL] [--portal TOWN]\n"
    "  Puts N invented requests (500) into every town, or into one: families of every kind, requests in every state.\n"
    "  The same seed (1) on the same day gives the same ones. --hostile: some texts are HTML and spreadsheet "
    "formulas.\n"
    "  Families log in with the password that it prints. FOLDER must be new or a demonstration's.\n";

struct Options {
    std::string data, portals, assets, origin = "http://localhost:8080", portal;
    demo::Wishes wishes;
};

int fail(const std::string& sentence) {
    std::fprintf(stderr, "foyer-demo-data: %s\n", sentence.c_str());
    return 1;
}

template <typename Number> bool read_number(const std::string& text, Number& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

std::optional<Options> read_options(const std::vector<std::string>& arguments) {
    Options options;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& flag = arguments[i];
        if (flag == "--hostile") {
            options.wishes.spice = demo::Spice::hostile;
            continue;
        }
        if (i + 1 == arguments.size())
            return std::nullopt;
        const std::string& value = arguments[++i];
        if (flag == "--data")
            options.data = value;
        else if (flag == "--portals")
            options.portals = value;
        else if (flag == "--assets")
            options.assets = value;
        else if (flag == "--origin")
            options.origin = value;
        else if (flag == "--portal")
            options.portal = value;
        else if (!(flag == "--requests" && read_number(value, options.wishes.requests)) &&
                 !(flag == "--seed" && read_number(value, options.wishes.seed)) &&
                 !(flag == "--now" && read_number(value, options.wishes.now)))
            return std::nullopt;
    }
    return options.data.empty() || options.portals.empty() ? std::nullopt : std::optional(options);
}

void tell(const std::string& slug, const demo::Filled& filled) {
    std::printf("%s: %zu requests, %s to %s;", slug.c_str(), filled.requests, filled.first_number.c_str(),
                filled.last_number.c_str());
    for (const auto& [procedure, count] : filled.by_procedure)
        std::printf(" %s %zu,", procedure.c_str(), count);
    for (const auto& [event, count] : filled.by_event)
        std::printf(" %s %zu,", event.c_str(), count);
    std::printf("\b.\n");
}

int run(Options options) {
    const std::filesystem::path folder(options.data);
    const auto lock = DirectoryLock::take(options.data);
    if (!lock)
        return fail(lock.error() + " Stop the demonstration first.");
    const bool has_data = std::filesystem::exists(folder / "foyer.sqlite");
    if (has_data && !std::filesystem::exists(folder / DEMONSTRATION_FILE))
        return fail(options.data +
                    " holds data that is not a demonstration's. Nothing was changed. Give another folder "
                    "with --data.");
    if (const auto marked = write_file_atomically((folder / DEMONSTRATION_FILE).string(), "invented families only\n",
                                                  FileMode::owner_only);
        !marked)
        return fail(marked.error());

    const auto files = portals::read_portal_files(options.portals);
    if (!files)
        return fail(files.error().front());
    sqlite::DatabaseOptions database_options;
    database_options.path = (folder / "foyer.sqlite").string();
    database_options.durability = sqlite::Durability::can_be_made_again;
    const auto database = sqlite::Database::open(std::move(database_options));
    if (!database)
        return fail(database.error());
    sqlite::SqliteStore store(**database);
    if (options.wishes.now == 0)
        options.wishes.now = SystemClock().now();
    std::vector<std::string> unreadable;
    const auto catalogue = portals::Catalogue::open(*files, store, options.wishes.now, unreadable);
    if (!catalogue)
        return fail(catalogue.error());
    const auto french = i18n::Texts::load(pages::french_texts());
    const auto english = i18n::Texts::load(pages::english_texts());
    if (!french || !english)
        return fail("the texts inside the program are damaged");

    http::StaticFiles assets;
    std::optional<domain::ReferenceData> reference;
    if (!options.assets.empty()) {
        auto loaded = http::StaticFiles::load(options.assets);
        if (!loaded)
            return fail(loaded.error());
        assets = std::move(loaded).value();
        if (const std::string* bytes = assets.bytes_of("reference.bin"))
            if (auto read =
                    domain::ReferenceData::read({reinterpret_cast<const std::byte*>(bytes->data()), bytes->size()}))
                reference.emplace(std::move(read).value());
    }
    const demo::House house{
        {store, store, store, store},
        *catalogue,
        reference ? &*reference : nullptr,
        [&](std::string_view language) -> const i18n::Texts& { return language == "en" ? *english : *french; },
        options.origin};
    for (const portals::Published* town : catalogue->towns()) {
        if (!options.portal.empty() && options.portal != town->portal.slug)
            continue;
        const auto filled = demo::fill_town(house, town->portal.slug, options.wishes);
        if (!filled)
            return fail(town->portal.slug + ": " + filled.error());
        tell(town->portal.slug, *filled);
        ++options.wishes.seed;
    }
    std::printf("Families log in with the password %s\n", demo::FAMILY_PASSWORD);
    return 0;
}

} // namespace

int main(int count, char** values) {
    ::umask(077);
    const auto options = read_options({values + 1, values + count});
    if (!options) {
        std::fputs(USAGE, stderr);
        return 2;
    }
    return run(*options);
}
