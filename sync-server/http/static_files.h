// The built pages: web's manifest.json names each file's hashed name; a file with a hash in its name never changes, so
// browsers may keep it for ever. Everything is read at start and answered from memory, compressed as built (.br, .gz).
#pragma once

#include "base/result.h"
#include "http/message.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace foyer::server::http {

class StaticFiles {
public:
    // An empty set, as when the pages have not been built.
    StaticFiles() = default;
    // Reads the manifest and every file under the folder. The error is a sentence.
    static Result<StaticFiles, std::string> load(const std::string& folder);

    // "shell.js" -> "/assets/shell-4F2A.js"; nothing when the manifest does not have it.
    [[nodiscard]] std::optional<std::string> url_of(std::string_view logical_name) const;
    // The file's bytes as they are on disk; nothing when there is none.
    [[nodiscard]] const std::string* bytes_of(std::string_view logical_name) const;
    [[nodiscard]] bool empty() const { return m_files.empty(); }

    // GET /assets/{path...}; a reply with status 404 and no body when there is no such file.
    [[nodiscard]] Reply reply(const Request& request, std::string_view path) const;

private:
    struct File {
        std::string bytes, brotli, gzip;
        std::string type;
        std::string etag;
    };
    std::map<std::string, File, std::less<>> m_files; // by path under /assets/
    std::map<std::string, std::string, std::less<>> m_manifest;
};

// For the town's logo and other small files with a type by their ending.
[[nodiscard]] std::string media_type_of(std::string_view file_name);

} // namespace foyer::server::http
