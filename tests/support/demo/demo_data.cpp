// foyer-demo-data: fills the data folder of a demonstration with invented families and requests (filling.h).
// and employs a staff (staffing.h).
// A town that has requests already is left alone.
//
// It works on a folder that it has made itself, or that `serve --demonstration` has made: both leave a file
// "demonstration" there. Any other folder may hold families that exist, and is refused.
#include "demo/filling.h"
#include "demo/staffing.h"
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
    "foyer-demo-data --data FOLDER --portals FOLDER [--requests N] [--seed N] [--hostile]\n"
    "                [--origin URL] [--portal TOWN]\n"
    "  Puts N invented requests (500) into every town, or into one: families of every kind, requests in every state.\n"
    "  The same seed (1) on the same day gives the same ones. --hostile: some texts are HTML and spreadsheet "
    "formulas.\n"
    "  Families log in with the password that it prints. FOLDER must be new or a demonstration's.\n";

struct Options {
    std::string data, portals, origin = "http://localhost:8080", portal;
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

std::optional<i18n::Texts> texts_in(const std::string& language) {
    const auto bytes = read_file(std::string(FOYER_GENERATED) + "/i18n/texts-" + language + ".bin");
    if (!bytes)
        return std::nullopt;
    auto texts = i18n::Texts::load(*bytes);
    return texts ? std::optional(std::move(texts).value()) : std::nullopt;
}

void tell_town_hall(const std::string& slug) {
    for (const char* address : demo::STAFF_ADDRESSES)
        std::printf("  the town hall: /%s/mairie/ as %s with the password %s\n", slug.c_str(), address,
                    demo::STAFF_PASSWORD);
}

void tell(const std::string& slug, const demo::Filled& filled) {
    std::string counts;
    for (const auto* counted : {&filled.by_procedure, &filled.by_event})
        for (const auto& [what, count] : *counted)
            counts += ", " + what + " " + std::to_string(count);
    std::printf("%s: %zu requests, %s to %s%s\n", slug.c_str(), filled.requests, filled.first_number.c_str(),
                filled.last_number.c_str(), counts.c_str());
    std::printf("  a family:      /%s/connexion as %s with the password %s\n", slug.c_str(), filled.login.c_str(),
                demo::FAMILY_PASSWORD);
    tell_town_hall(slug);
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
    const auto french = texts_in("fr");
    const auto english = texts_in("en");
    if (!french || !english)
        return fail(std::string(FOYER_GENERATED) + ": the texts are not there. Build again.");
    // Beside the texts; without it communes are not held against their postal codes.
    const auto bytes = read_file(std::string(FOYER_GENERATED) + "/domain/reference.bin");
    std::optional<domain::ReferenceData> reference;
    if (bytes)
        if (auto read = domain::ReferenceData::read({reinterpret_cast<const std::byte*>(bytes->data()), bytes->size()}))
            reference.emplace(std::move(read).value());
    demo::House house{
        {store, store, store, store},
        *catalogue,
        reference ? &*reference : nullptr,
        [&](std::string_view language) -> const i18n::Texts& { return language == "en" ? *english : *french; },
        options.origin};
    for (const portals::Published* town : catalogue->towns()) {
        if (!options.portal.empty() && options.portal != town->portal.slug)
            continue;
        // Started again with the same command: what is there is what was wanted.
        const auto there = store.list_submissions({town->portal.slug, {}, 1, 0});
        if (there && !there->empty()) {
            std::printf("%s: has requests already, none are added; its families' password is %s\n",
                        town->portal.slug.c_str(), demo::FAMILY_PASSWORD);
            tell_town_hall(town->portal.slug);
            continue;
        }
        auto employed = demo::employ_staff(store, town->portal.slug,
                                           options.wishes.now - UnixSeconds{options.wishes.days} * 24 * 3600);
        if (!employed)
            return fail(town->portal.slug + ": " + employed.error());
        house.staff = std::move(employed).value();
        const auto filled = demo::fill_town(house, town->portal.slug, options.wishes);
        if (!filled)
            return fail(town->portal.slug + ": " + filled.error());
        tell(town->portal.slug, *filled);
        ++options.wishes.seed;
    }
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
