#include "addresses/town_indexes.h"

#include "security/crypto.h"
#include "support/brotli.h"
#include "support/files.h"
#include "support/gzip.h"
#include "text/fold.h"
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

std::string brotli_path(const std::string& index_path) { return index_path + ".br"; }

Result<std::shared_ptr<const TownIndex>, std::string> TownIndex::open(const std::string& path) {
    auto file = MappedFile::open_copy(path);
    if (!file)
        return Failure{file.error()};
    std::shared_ptr<TownIndex> opened(new TownIndex(std::move(file).value()));
    auto index = address::Index::read(opened->m_file.bytes());
    if (!index)
        return Failure{path + ": " + std::string(address::describe(index.error()))};
    opened->m_index.emplace(*index);
    opened->note_places();
    opened->m_gzipped = gzip(opened->bytes()).value_or("");
    opened->m_hash = wire::encode_hex(security::sha256(opened->bytes())).substr(0, HASH_DIGITS);
    // It may be of the index before, or of none: what it holds has to be the index, byte for byte.
    if (auto packed = read_file(brotli_path(path)); packed && unpacks_to(*packed, opened->bytes()))
        opened->m_brotli = std::move(packed).value();
    return std::shared_ptr<const TownIndex>(std::move(opened));
}

std::string_view TownIndex::bytes() const {
    const std::span<const std::byte> bytes = m_file.bytes();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void TownIndex::note_places() {
    const std::uint32_t count = m_index->count(address::Count::places);
    for (address::PlaceId id = 0; id < count; ++id) {
        const address::Place place = m_index->place(id);
        for (const std::uint32_t insee : {place.insee, place.old_insee})
            if (insee != 0)
                m_insee.insert(address::insee_text(insee));
        if (place.postal_code != address::NO_POSTAL_CODE)
            m_postal_codes.insert(address::postal_code_text(place.postal_code));
        address::Cursor further = place.further_codes;
        for (std::uint32_t left = further.number(); left > 0 && !further.at_end(); --left)
            m_postal_codes.insert(address::postal_code_text(further.number()));
        for (const std::string_view name : {place.city, place.old_city})
            if (!name.empty())
                m_communes.insert(text::fold_for_place_search(name));
    }
}

bool TownIndex::covers(const std::optional<std::string>& insee, std::string_view postal_code,
                       std::string_view commune) const {
    // An index of theirs names the districts.
    const bool has_districts = insee == "75056" || insee == "69123" || insee == "13055";
    if (insee && !has_districts)
        return m_insee.count(*insee) > 0;
    if (postal_code.empty() && commune.empty()) // it may be here
        return true;
    return m_postal_codes.count(postal_code) > 0 || m_communes.count(text::fold_for_place_search(commune)) > 0;
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
