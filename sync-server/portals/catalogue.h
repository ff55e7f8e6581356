// The towns of this server: what is published now, and every revision that ever was. Made at start, then only read, so
// any thread may use it.
#pragma once

#include "base/result.h"
#include "portal/portal.h"
#include "portals/accessibility.h"
#include "portals/legal.h"
#include "portals/retention.h"
#include "store/portals.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::server::portals {

// One revision of one town's portal.
struct Published {
    std::string revision; // 16 bytes
    std::string document; // portal.json as published: its canonical text
    portal::Portal portal;
    Retention retention;
    // Made once. An entourage without lists: the town does not offer it.
    form::FormDefinition registration;
    form::FormDefinition entourage;
    form::FormDefinition profile;
};

// Whether families can type a key of this service at all: its form asks for one, and does not fill it in by itself.
[[nodiscard]] bool asks_for_key(const Published& town, const std::string& service);

// A portal.json as a file, judged.
struct PortalFile {
    std::string path;
    std::string document;
    std::string logo;      // the bytes of the file beside it; empty when there is none
    std::string logo_name; // "logo.svg"
    std::string digest;    // SHA-256 of the document, with what it holds for the server alone, and the logo
    Accessibility accessibility;
    Legal legal;
};

// The first 16 bytes of the SHA-256 of its canonical text.
[[nodiscard]] std::string revision_of(std::string_view document);

// Every <folder>/<town>/portal.json. The error lists every mistake of every file, one sentence each.
[[nodiscard]] Result<std::vector<PortalFile>, std::vector<std::string>> read_portal_files(const std::string& folder);

// The mistakes of one file: "path/portal.json: /theme/button: …". Empty: it can be published.
[[nodiscard]] std::vector<std::string> mistakes_in(const std::string& path);

class Catalogue {
public:
    // Publishes the files' revisions in the store and takes up all that were ever published there. An old revision that
    // this program can no longer read is left out and named in `unreadable`.
    static Result<Catalogue, std::string> open(const std::vector<PortalFile>& files, store::PortalStore& store,
                                               UnixSeconds now, std::vector<std::string>& unreadable);

    // What is published now; null when there is no such town.
    [[nodiscard]] const Published* current(std::string_view slug) const;
    // Any revision; null when this server never published it.
    [[nodiscard]] const Published* find(std::string_view revision) const;
    [[nodiscard]] const PortalFile* file_of(std::string_view slug) const;
    [[nodiscard]] std::vector<const Published*> towns() const; // by slug

private:
    std::map<std::string, std::unique_ptr<Published>, std::less<>> m_revisions;
    std::map<std::string, const Published*, std::less<>> m_current;
    std::map<std::string, PortalFile, std::less<>> m_files;
};

} // namespace foyer::server::portals
