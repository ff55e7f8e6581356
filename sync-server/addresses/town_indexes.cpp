#include "addresses/town_indexes.h"

#include "security/crypto.h"
#include "support/files.h"
#include "support/gzip.h"
#include "wire/encoding.h"

#include <span>
#include <sys/stat.h>

namespace foyer::server::addresses {

namespace {
constexpr std::size_t HASH_DIGITS = 12;
constexpr std::size_t IDLE_SEARCHERS = 4;
} // namespace

std::string index_path(const std::string& data, std::string_view town) {
    return data + "/addresses/" + std::string(town) + ".idx";
}

Result<std::shared_ptr<const TownIndex>, std::string> TownIndex::open(const std::string& path) {
    auto bytes = read_file(path);
    if (!bytes)
        return Failure{bytes.error()};
    std::shared_ptr<TownIndex> opened(new TownIndex(std::move(bytes).value()));
    auto index = address::Index::read(std::as_bytes(std::span(opened->m_bytes)));
    if (!index)
        return Failure{path + ": " + std::string(address::describe(index.error()))};
    opened->m_index.emplace(*index);
    opened->m_gzipped = gzip(opened->m_bytes).value_or("");
    opened->m_hash = wire::encode_hex(security::sha256(opened->m_bytes)).substr(0, HASH_DIGITS);
    return std::shared_ptr<const TownIndex>(std::move(opened));
}

std::vector<address::Found> TownIndex::search(std::string_view typed, std::size_t limit) const {
    std::unique_ptr<address::Searcher> searcher;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_idle.empty()) {
            searcher = std::move(m_idle.back());
            m_idle.pop_back();
        }
    }
    if (!searcher)
        searcher = std::make_unique<address::Searcher>(*m_index);
    std::vector<address::Found> found = searcher->search(typed, limit);
    const std::lock_guard lock(m_mutex);
    if (m_idle.size() < IDLE_SEARCHERS)
        m_idle.push_back(std::move(searcher));
    return found;
}

TownIndexes::TownIndexes(std::string data, const std::vector<std::string>& towns, const Clock& clock, Log& log)
    : m_data(std::move(data)), m_clock(clock), m_log(log) {
    for (const std::string& town : towns) {
        const auto place = m_towns.try_emplace(town).first;
        place->second.looked_at = clock.now();
        look(place->first, place->second);
    }
}

TownIndexes::Signs TownIndexes::signs_of(const std::string& path) {
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0 || !S_ISREG(about.st_mode))
        return {};
    constexpr std::int64_t NANOSECONDS = 1'000'000'000;
    return {about.st_dev, about.st_ino, about.st_size,
            std::int64_t{about.st_mtim.tv_sec} * NANOSECONDS + about.st_mtim.tv_nsec};
}

// Only one caller at a time is in here for one town. Reading is done without the lock.
void TownIndexes::look(const std::string& town, Town& entry) const {
    const std::string path = index_path(m_data, town);
    const Signs signs = signs_of(path);
    {
        const std::lock_guard lock(m_mutex);
        if (signs == entry.signs)
            return;
    }
    std::shared_ptr<const TownIndex> fresh;
    bool refused = false;
    if (signs.size >= 0) {
        auto opened = TownIndex::open(path);
        refused = !opened;
        if (refused) {
            m_log.error("addresses_unreadable",
                        {{"portal", town},
                         {"reason", opened.error()},
                         {"next", "the portal goes on without it; make it again with foyer-server addresses build"}});
        } else {
            fresh = std::move(opened).value();
            m_log.info("addresses_opened",
                       {{"portal", town},
                        {"addresses", std::to_string(fresh->index().count(address::Count::addresses))},
                        {"bytes", std::to_string(fresh->bytes().size())}});
        }
    } else {
        m_log.info("addresses_none", {{"portal", town}});
    }
    const std::lock_guard lock(m_mutex);
    entry.signs = signs;
    if (refused) // what was read before is whole
        return;
    if (entry.present && (!fresh || fresh->hash() != entry.present->hash()))
        entry.before = std::move(entry.present);
    entry.present = std::move(fresh);
}

std::shared_ptr<const TownIndex> TownIndexes::of(std::string_view town) const {
    const auto found = m_towns.find(town);
    if (found == m_towns.end())
        return nullptr;
    Town& entry = found->second;
    const UnixSeconds now = m_clock.now();
    {
        const std::lock_guard lock(m_mutex);
        // A clock that was set back must not stop it either.
        if (entry.looking || (now - entry.looked_at < LOOK_AFTER && now >= entry.looked_at))
            return entry.present;
        entry.looking = true;
        entry.looked_at = now;
    }
    look(found->first, entry);
    const std::lock_guard lock(m_mutex);
    entry.looking = false;
    return entry.present;
}

std::shared_ptr<const TownIndex> TownIndexes::with_hash(std::string_view town, std::string_view hash) const {
    auto present = of(town);
    if (present && present->hash() == hash)
        return present;
    const auto found = m_towns.find(town);
    const std::lock_guard lock(m_mutex);
    if (found == m_towns.end() || !found->second.before || found->second.before->hash() != hash)
        return nullptr;
    return found->second.before;
}

} // namespace foyer::server::addresses
