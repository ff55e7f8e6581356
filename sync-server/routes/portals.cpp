#include "http/compression.h"
#include "http/static_files.h"
#include "pages/layout.h"
#include "routes/handlers.h"
#include "support/html.h"
#include "wire/encoding.h"
#include "wire/json.h"

namespace foyer::server::routes {

namespace {

const portals::Published* revision_asked_for(const Surroundings& around, const Request& request) {
    const std::string slug = request.path_value("slug");
    const auto query = parse_form(request.query.value_or(""));
    if (!query || query->find("revision") == query->end())
        return around.catalogue.current(slug);
    const auto revision = wire::decode_hex(query->find("revision")->second);
    const portals::Published* found = revision ? around.catalogue.find(*revision) : nullptr;
    return found && found->portal.slug == slug ? found : nullptr;
}

} // namespace

Reply list_portals(const Surroundings& around, const Request&) {
    wire::Json list = wire::Json::array();
    for (const portals::Published* town : around.catalogue.towns())
        list.push(wire::Json::object().set("slug", town->portal.slug).set("name", town->portal.name));
    return Reply(200, "application/json", wire::write_json(list)).with("Cache-Control", "no-cache");
}

Reply show_portal(const Surroundings& around, const Request& request) {
    const portals::Published* town = revision_asked_for(around, request);
    if (!town)
        return not_found(around, request);
    const std::string revision = wire::encode_hex(town->revision);
    return http::revalidated(request, '"' + revision + '"', "application/json", town->document)
        .with("Portal-Revision", revision);
}

Reply portal_logo(const Surroundings& around, const Request& request) {
    const portals::PortalFile* file = around.catalogue.file_of(request.path_value("slug"));
    if (!file || file->logo.empty())
        return not_found_page(around, request, nullptr);
    const std::string etag = '"' + wire::encode_hex(security::sha256(file->logo)).substr(0, 24) + '"';
    // An SVG opened by itself could run scripts; this keeps it a picture.
    Reply reply = http::revalidated(request, etag, http::media_type_of(file->logo_name), file->logo);
    // One page asks for it twice, in its head and in its band: the second time it is at hand.
    reply.headers.front().value = "public, max-age=60";
    return std::move(reply).with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
}

Reply address_index(const Surroundings& around, const Request& request) {
    constexpr std::string_view ENDING = ".idx";
    const std::string file = request.path_value("file");
    const bool named = file.size() > ENDING.size() && file.substr(file.size() - ENDING.size()) == ENDING;
    const auto index =
        named && around.addresses
            ? around.addresses->with_hash(request.path_value("slug"), file.substr(0, file.size() - ENDING.size()))
            : nullptr;
    if (!index)
        return not_found_page(around, request, nullptr);
    const auto takes = [&request](const char* coding) {
        return http::accepts_encoding(request.header("accept-encoding"), coding);
    };
    const bool brotli = !index->brotli().empty() && takes("br");
    const bool gzip = !brotli && !index->gzipped().empty() && takes("gzip");
    const std::string etag = '"' + index->hash() + (brotli ? "-br\"" : gzip ? "-gz\"" : "\"");
    Reply reply(200);
    reply.headers = {
        {"Cache-Control", "public, max-age=31536000, immutable"}, {"Vary", "Accept-Encoding"}, {"ETag", etag}};
    if (request.header("if-none-match") == etag) {
        reply.status = 304;
        return reply;
    }
    reply.headers.push_back({"Content-Type", "application/octet-stream"});
    if (brotli || gzip)
        reply.headers.push_back({"Content-Encoding", brotli ? "br" : "gzip"});
    reply.body = brotli ? index->brotli() : gzip ? index->gzipped() : index->bytes();
    return reply;
}

Reply portal_theme(const Surroundings& around, const Request& request) {
    const portals::Published* town = revision_asked_for(around, request);
    if (!town)
        return not_found_page(around, request, nullptr);
    return http::revalidated(request, '"' + wire::encode_hex(town->revision) + '"', "text/css; charset=utf-8",
                             pages::theme_css(town->portal));
}

} // namespace foyer::server::routes
