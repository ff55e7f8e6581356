// What makes a town's portal installable and openable without a network: its web app manifest, its icon, the service
// worker, and the list of what one opening needs (docs/offline.md).
#include "http/compression.h"
#include "pages/embedded.h"
#include "pages/foot.h"
#include "pages/shell_page.h"
#include "routes/handlers.h"
#include "support/html.h"
#include "wire/encoding.h"
#include "wire/json.h"

#include <string_view>
#include <vector>

namespace foyer::server::routes {

namespace {

// What a browser fetches for a portal, in the manifest's names. The worker itself, the pictures for home screens and
// the fonts' licence are no part of an opening.
constexpr std::string_view NEEDED_OFFLINE[] = {
    "foyer.wasm",
    "foyer-family.wasm",
    "shell.js",
    "vault.js",
    "code.js",
    "main.css",
    "stamp_worker.js",
    "texts-fr.bin",
    "texts-en.bin",
    "texts-family-fr.bin",
    "texts-family-en.bin",
    "font-regular.ttf",
    "font-bold.ttf",
    "font-regular-extended.ttf",
    "font-bold-extended.ttf",
    "reference.bin",
};

// Short: it names what belongs together, it proves nothing. Each built file has its own hash in its name.
constexpr std::size_t SET_DIGITS = 16;

// The address of the town's address index, or nothing.
std::string addresses_of(const Surroundings& around, const portals::Published& town) {
    const auto index = around.addresses ? around.addresses->of(town.portal.slug) : nullptr;
    return index ? "/" + town.portal.slug + "/addresses-" + index->hash() + ".idx" : std::string();
}

// Only worth its place on a device where there is an index.
constexpr std::string_view NEEDED_WITH_ADDRESSES[] = {"foyer-address.wasm", "address_worker.js"};

// What the program itself puts into pages that are kept. It does not change while it runs.
const std::string& own_words() {
    static const std::string digest = security::sha256(
        std::string(pages::shell_template()).append(pages::french_texts()).append(pages::english_texts()));
    return digest;
}

std::string set_of(const Surroundings& around, const portals::Published& town, const std::string& addresses) {
    std::string all = wire::encode_hex(town.revision) + own_words() + addresses;
    if (!addresses.empty())
        for (const std::string_view name : NEEDED_WITH_ADDRESSES)
            all += around.files.url_of(name).value_or("-") + "\n";
    for (const std::string_view name : NEEDED_OFFLINE)
        all += around.files.url_of(name).value_or("-") + "\n";
    // What the file holds for the server alone stands on pages that are kept too.
    if (const portals::PortalFile* file = around.catalogue.file_of(town.portal.slug))
        all += file->digest;
    return wire::encode_hex(security::sha256(all)).substr(0, SET_DIGITS);
}

Reply revalidated_json(const Request& request, std::string type, const wire::Json& document) {
    std::string body = wire::write_json(document);
    const std::string etag = '"' + wire::encode_hex(security::sha256(body)).substr(0, 24) + '"';
    return http::revalidated(request, etag, std::move(type), std::move(body));
}

std::string asked_language(const Request& request, const portal::Portal& portal) {
    const auto query = parse_form(request.query.value_or(""));
    if (query)
        if (const auto language = query->find("lang"); language != query->end())
            for (const std::string& offered : portal.languages)
                if (offered == language->second)
                    return offered;
    return portal.languages.empty() ? "fr" : portal.languages.front();
}

// The build draws a logo's icons and names them by the logo's content (toolchains/generate/icons.mjs), so that a logo
// changed since then has none rather than its predecessor's.
std::string icon_name(const portals::PortalFile& file, std::string_view kind) {
    return "icon-" + wire::encode_hex(security::sha256(file.logo)).substr(0, 12) + "-" + std::string(kind) + ".png";
}

} // namespace

pages::Edition edition_of(const Surroundings& around, const portals::Published& town) {
    std::string addresses = addresses_of(around, town);
    std::string set = set_of(around, town, addresses);
    return {std::move(set), wire::encode_hex(town.revision), std::move(addresses)};
}

// At the root, since it serves every town of this address. Its own content is revalidated by browsers at least daily.
Reply service_worker(const Surroundings& around, const Request& request) {
    const std::string* script = around.files.bytes_of("service_worker.js");
    if (!script)
        return not_found_page(around, request, nullptr);
    const std::string etag =
        http::etag_of_compressed(request, '"' + wire::encode_hex(security::sha256(*script)).substr(0, 24) + '"');
    Reply reply(200);
    reply.headers = {{"Cache-Control", "no-cache"}, {"ETag", etag}};
    if (request.header("if-none-match") == etag) {
        reply.status = 304;
        return std::move(reply).with("Vary", "Accept-Encoding");
    }
    reply.headers.push_back({"Content-Type", "text/javascript; charset=utf-8"});
    reply.body = *script;
    return http::compressed(request, std::move(reply));
}

Reply web_app_manifest(const Surroundings& around, const Request& request) {
    const portals::Published* town = around.catalogue.current(request.path_value("slug"));
    const portals::PortalFile* file = around.catalogue.file_of(request.path_value("slug"));
    if (!town || !file)
        return not_found_page(around, request, nullptr);
    const portal::Portal& portal = town->portal;
    const std::string language = asked_language(request, portal);
    const std::string root = "/" + portal.slug + "/";
    const bool first_language = portal.languages.empty() || language == portal.languages.front();

    wire::Json icons = wire::Json::array();
    const auto icon = [&icons](std::string address, const char* sizes, const char* type, const char* purpose) {
        icons.push(wire::Json::object()
                       .set("src", std::move(address))
                       .set("sizes", sizes)
                       .set("type", type)
                       .set("purpose", purpose));
    };
    if (const auto address = around.files.url_of(icon_name(*file, "192")))
        icon(*address, "192x192", "image/png", "any");
    if (const auto address = around.files.url_of(icon_name(*file, "512")))
        icon(*address, "512x512", "image/png", "any");
    if (const auto address = around.files.url_of(icon_name(*file, "maskable")))
        icon(*address, "512x512", "image/png", "maskable");
    if (!file->logo.empty())
        icon(root + "logo.svg", "any", "image/svg+xml", "any");

    wire::Json document = wire::Json::object();
    // The town's name is what fits under an icon.
    document.set("name", std::string(form::in_language(portal.space_name, language)) + " – " + portal.name)
        .set("short_name", portal.name)
        .set("id", root)
        .set("start_url", first_language ? root : root + "?lang=" + language)
        .set("scope", root)
        .set("lang", language)
        .set("dir", "ltr")
        .set("display", "standalone")
        .set("theme_color", portal::text_of(portal.theme.primary))
        .set("background_color", portal::text_of(portal.theme.background))
        .set("icons", std::move(icons));
    return revalidated_json(request, "application/manifest+json", document);
}

// For home screens that take no icons from manifests.
Reply touch_icon(const Surroundings& around, const Request& request) {
    const portals::PortalFile* file = around.catalogue.file_of(request.path_value("slug"));
    const auto address = file ? around.files.url_of(icon_name(*file, "touch")) : std::nullopt;
    if (!address)
        return not_found_page(around, request, nullptr);
    return Reply(302).with("Location", *address).with("Cache-Control", "no-cache");
}

// Everything that one opening of this portal needs, by addresses whose content never changes, under one name.
Reply offline_list(const Surroundings& around, const Request& request) {
    const portals::Published* town = around.catalogue.current(request.path_value("slug"));
    if (!town)
        return not_found(around, request);
    const std::string root = "/" + town->portal.slug + "/";
    const std::string revision = wire::encode_hex(town->revision);
    wire::Json files = wire::Json::array();
    for (const std::string_view name : NEEDED_OFFLINE)
        if (const auto address = around.files.url_of(name))
            files.push(*address);
    const std::string addresses = addresses_of(around, *town);
    if (!addresses.empty())
        for (const std::string_view name : NEEDED_WITH_ADDRESSES)
            if (const auto address = around.files.url_of(name))
                files.push(*address);
    wire::Json shells = wire::Json::object();
    for (const std::string& language : town->portal.languages)
        shells.set(language, root + "shell.html?lang=" + language);
    wire::Json written = wire::Json::array();
    for (const std::string_view page : pages::FOOT_PAGES)
        for (const std::string& language : town->portal.languages)
            written.push(root + std::string(page) + "?lang=" + language);
    wire::Json others = wire::Json::array();
    others.push("/api/v1/portals/" + town->portal.slug + "?revision=" + revision)
        .push(root + "theme.css?revision=" + revision);
    const portals::PortalFile* file = around.catalogue.file_of(town->portal.slug);
    if (file && !file->logo.empty())
        others.push(root + "logo.svg");
    if (!addresses.empty())
        others.push(addresses);
    wire::Json document = wire::Json::object();
    document.set("version", 1)
        .set("slug", town->portal.slug)
        .set("language", town->portal.languages.empty() ? "fr" : town->portal.languages.front())
        .set("set", set_of(around, *town, addresses))
        .set("shells", std::move(shells))
        .set("pages", std::move(written))
        .set("files", std::move(files))
        .set("others", std::move(others));
    return revalidated_json(request, "application/json", document);
}

// The page for any address of the portal, without a scene: what a device keeps to open the portal without a network.
Reply bare_shell(const Surroundings& around, const Request& request) {
    const portals::Published* town = around.catalogue.current(request.path_value("slug"));
    if (!town)
        return not_found_page(around, request, nullptr);
    const std::string language = asked_language(request, town->portal);
    return http::compressed(
        request,
        Reply(200, "text/html; charset=utf-8",
              pages::bare_shell_page({town->portal,
                                      around.languages.named(language),
                                      {},
                                      {},
                                      around.clock.now(),
                                      [&](std::string_view name) { return around.files.url_of(name).value_or(""); },
                                      edition_of(around, *town),
                                      accessibility_of(around, town->portal.slug).conformity})));
}

} // namespace foyer::server::routes
