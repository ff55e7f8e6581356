#include "http/static_files.h"

#include "http/compression.h"

#include "security/crypto.h"
#include "support/files.h"
#include "wire/encoding.h"
#include "wire/json.h"

#include <filesystem>

namespace foyer::server::http {

namespace {

constexpr std::string_view PREFIX = "/assets/";

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::string etag_of(std::string_view bytes) {
    return '"' + wire::encode_hex(security::sha256(bytes)).substr(0, 24) + '"';
}

} // namespace

std::string media_type_of(std::string_view file_name) {
    struct Type {
        std::string_view ending;
        const char* type;
    };
    constexpr Type TYPES[] = {
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".wasm", "application/wasm"},
        {".json", "application/json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ttf", "font/ttf"},
        {".woff2", "font/woff2"},
        {".ico", "image/x-icon"},
        {".html", "text/html; charset=utf-8"},
        {".webmanifest", "application/manifest+json"},
    };
    for (const Type& type : TYPES)
        if (ends_with(file_name, type.ending))
            return type.type;
    return "application/octet-stream";
}

Result<StaticFiles, std::string> StaticFiles::load(const std::string& folder) {
    StaticFiles files;
    const std::string manifest_path = folder + "/manifest.json";
    const auto manifest = read_file(manifest_path);
    if (!manifest)
        return Failure{manifest.error()};
    const auto json = wire::parse_json(*manifest);
    if (!json || json->kind() != wire::Json::Kind::object)
        return Failure{manifest_path + ": is not a JSON object"};
    for (const auto& member : json->members())
        files.m_manifest.emplace(member.name, member.value.text());

    std::error_code error;
    const std::filesystem::path root = folder + "/assets";
    for (std::filesystem::recursive_directory_iterator entry(root, error), end; entry != end; entry.increment(error)) {
        if (error)
            break;
        if (!entry->is_regular_file())
            continue;
        std::string name = std::filesystem::relative(entry->path(), root).generic_string();
        auto bytes = read_file(entry->path().string());
        if (!bytes)
            return Failure{bytes.error()};
        if (ends_with(name, ".br")) {
            files.m_files[name.substr(0, name.size() - 3)].brotli = std::move(bytes).value();
        } else if (ends_with(name, ".gz")) {
            files.m_files[name.substr(0, name.size() - 3)].gzip = std::move(bytes).value();
        } else {
            File& file = files.m_files[name];
            file.type = media_type_of(name);
            file.etag = etag_of(*bytes);
            file.bytes = std::move(bytes).value();
        }
    }
    if (error)
        return Failure{root.string() + ": " + error.message()};
    for (const auto& [logical, url] : files.m_manifest)
        if (!files.bytes_of(logical))
            return Failure{manifest_path + ": names " + url + " for " + logical + ", but there is no such file"};
    return files;
}

std::optional<std::string> StaticFiles::url_of(std::string_view logical_name) const {
    const auto found = m_manifest.find(logical_name);
    if (found == m_manifest.end())
        return std::nullopt;
    return found->second;
}

const std::string* StaticFiles::bytes_of(std::string_view logical_name) const {
    const auto url = url_of(logical_name);
    if (!url || url->rfind(PREFIX, 0) != 0)
        return nullptr;
    const auto file = m_files.find(std::string_view(*url).substr(PREFIX.size()));
    return file == m_files.end() || file->second.etag.empty() ? nullptr : &file->second.bytes;
}

Reply StaticFiles::reply(const Request& request, std::string_view path) const {
    const auto found = m_files.find(path);
    if (found == m_files.end() || found->second.etag.empty())
        return Reply(404);
    const File& file = found->second;
    Reply reply(200);
    reply.headers = {{"Cache-Control", "public, max-age=31536000, immutable"}, {"Vary", "Accept-Encoding"}};
    const std::string accepted = request.header("accept-encoding");
    const bool brotli = !file.brotli.empty() && accepts_encoding(accepted, "br");
    const bool gzip = !brotli && !file.gzip.empty() && accepts_encoding(accepted, "gzip");
    // Each coding is a representation of its own, so each has its own tag (RFC 9110 §8.8.3).
    const std::string etag =
        brotli || gzip ? file.etag.substr(0, file.etag.size() - 1) + (brotli ? "-br\"" : "-gz\"") : file.etag;
    reply.headers.push_back({"ETag", etag});
    if (request.header("if-none-match") == etag) {
        reply.status = 304;
        return reply;
    }
    reply.headers.push_back({"Content-Type", file.type});
    if (brotli || gzip)
        reply.headers.push_back({"Content-Encoding", brotli ? "br" : "gzip"});
    reply.body = brotli ? file.brotli : gzip ? file.gzip : file.bytes;
    return reply;
}

} // namespace foyer::server::http
