#include "portals/catalogue.h"

#include "security/crypto.h"
#include "support/files.h"
#include "wire/encoding.h"
#include "wire/json.h"
#include "wire/portal_json.h"

#include <algorithm>
#include <filesystem>

namespace foyer::server::portals {

namespace {

std::unique_ptr<Published> published_from(const std::string& revision, const std::string& document) {
    auto portal = wire::read_portal(document);
    if (!portal)
        return nullptr;
    auto published = std::make_unique<Published>();
    published->revision = revision;
    published->document = wire::canonical_portal(document); // what its revision is the hash of, and shorter to send
    published->portal = std::move(portal).value();
    std::vector<portal::PortalMistake> judged_before;
    published->retention = read_retention(document, judged_before);
    published->registration = portal::form_of(published->portal, form::Procedure::registration);
    published->entourage = portal::form_of(published->portal, form::Procedure::entourage);
    published->profile = portal::form_of(published->portal, form::Procedure::profile);
    return published;
}

std::string sentence_of(const std::string& path, const portal::PortalMistake& mistake) {
    return path + ": " + (mistake.path.empty() ? "" : mistake.path + ": ") + mistake.reason;
}

} // namespace

bool asks_for_key(const Published& town, const std::string& service) {
    for (const form::FormDefinition* form : {&town.registration, &town.profile})
        if (const form::FormField* field = form->find("service_key." + service); field && field->preset.empty())
            return true;
    return false;
}

std::string revision_of(std::string_view document) {
    return security::sha256(wire::canonical_portal(document)).substr(0, 16);
}

std::vector<std::string> mistakes_in(const std::string& path) {
    const auto document = read_file(path);
    if (!document)
        return {document.error()};
    std::vector<std::string> sentences;
    if (const auto portal = wire::read_portal(*document); !portal)
        for (const portal::PortalMistake& mistake : portal.error())
            sentences.push_back(sentence_of(path, mistake));
    // These also of a file with other mistakes, so that nobody mends it twice.
    std::vector<portal::PortalMistake> durations;
    (void)read_retention(*document, durations);
    for (const portal::PortalMistake& mistake : durations)
        sentences.push_back(sentence_of(path, mistake));
    const auto json = wire::parse_json(*document);
    if (json) {
        std::vector<wire::JsonMistake> own;
        (void)read_accessibility(*json, own);
        (void)read_legal(*json, own);
        for (const wire::JsonMistake& mistake : own)
            sentences.push_back(sentence_of(path, {mistake.path, mistake.reason}));
    }
    const wire::Json* logo = json ? json->find("logo") : nullptr;
    if (logo && !logo->text().empty() &&
        !std::filesystem::is_regular_file(std::filesystem::path(path).parent_path() / logo->text()))
        sentences.push_back(path + ": logo: there is no file " + logo->text() + " beside it");
    return sentences;
}

Result<std::vector<PortalFile>, std::vector<std::string>> read_portal_files(const std::string& folder) {
    std::error_code error;
    std::vector<std::string> paths;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        if (std::filesystem::exists(entry->path() / "portal.json"))
            paths.push_back((entry->path() / "portal.json").string());
    if (error)
        return Failure{std::vector<std::string>{folder + ": " + error.message()}};
    std::sort(paths.begin(), paths.end());

    std::vector<PortalFile> files;
    std::vector<std::string> mistakes;
    std::map<std::string, std::string> seen;
    for (const std::string& path : paths) {
        const auto found = mistakes_in(path);
        mistakes.insert(mistakes.end(), found.begin(), found.end());
        if (!found.empty())
            continue;
        PortalFile file;
        file.path = path;
        file.document = read_file(path).value_or("");
        const auto portal = wire::read_portal(file.document);
        if (!portal)
            continue;
        if (const auto json = wire::parse_json(file.document)) {
            std::vector<wire::JsonMistake> known_to_be_none;
            file.accessibility = read_accessibility(*json, known_to_be_none);
            file.legal = read_legal(*json, known_to_be_none);
        }
        file.logo_name = portal->logo;
        file.logo = read_file((std::filesystem::path(path).parent_path() / portal->logo).string()).value_or("");
        file.digest = security::sha256(file.document + file.logo);
        if (const auto [other, fresh] = seen.emplace(portal->slug, path); !fresh)
            mistakes.push_back(path + ": slug: " + portal->slug + " is also that of " + other->second);
        files.push_back(std::move(file));
    }
    if (paths.empty())
        mistakes.push_back(folder + ": holds no town; one is a folder with a portal.json in it");
    if (!mistakes.empty())
        return Failure{std::move(mistakes)};
    return files;
}

Result<Catalogue, std::string> Catalogue::open(const std::vector<PortalFile>& files, store::PortalStore& store,
                                               UnixSeconds now, std::vector<std::string>& unreadable) {
    Catalogue catalogue;
    for (const PortalFile& file : files) {
        const std::string revision = revision_of(file.document);
        auto published = published_from(revision, file.document);
        if (!published)
            return Failure{file.path + ": cannot be read any more"};
        const std::string slug = published->portal.slug;
        if (!store.publish({slug, revision, file.document}, now))
            return Failure{"the portal of " + slug + " could not be stored in the database"};
        const auto [place, fresh] = catalogue.m_revisions.emplace(revision, std::move(published));
        catalogue.m_current[slug] = place->second.get();
        catalogue.m_files[slug] = file;
    }
    const auto revisions = store.all_revisions();
    if (!revisions)
        return Failure{std::string("the published portals could not be read from the database")};
    for (const store::PublishedPortal& old : *revisions) {
        if (catalogue.m_revisions.count(old.revision) != 0)
            continue;
        if (auto published = published_from(old.revision, old.document))
            catalogue.m_revisions.emplace(old.revision, std::move(published));
        else
            unreadable.push_back(old.slug + " " + wire::encode_hex(old.revision));
    }
    return catalogue;
}

const Published* Catalogue::current(std::string_view slug) const {
    const auto found = m_current.find(slug);
    return found == m_current.end() ? nullptr : found->second;
}

const Published* Catalogue::find(std::string_view revision) const {
    const auto found = m_revisions.find(revision);
    return found == m_revisions.end() ? nullptr : found->second.get();
}

const PortalFile* Catalogue::file_of(std::string_view slug) const {
    const auto found = m_files.find(slug);
    return found == m_files.end() ? nullptr : &found->second;
}

std::vector<const Published*> Catalogue::towns() const {
    std::vector<const Published*> towns;
    for (const auto& [slug, published] : m_current)
        towns.push_back(published);
    return towns;
}

} // namespace foyer::server::portals
