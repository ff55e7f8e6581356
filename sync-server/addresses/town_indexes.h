// The towns' address indexes: <data>/addresses/<town>.idx, opened while the server runs. What is wrong with one is said
// in the log, and its portal goes on without it.
#pragma once

#include "address/searcher.h"
#include "addresses/mapped_file.h"
#include "base/clock.h"
#include "base/result.h"
#include "support/log.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::server::addresses {

// <data>/addresses/<town>.idx
[[nodiscard]] std::string index_path(const std::string& data, std::string_view town);
// The same in brotli, made where there is time for it: `addresses build --portal`.
[[nodiscard]] std::string brotli_path(const std::string& index_path);

// One file, opened as a sealed copy: one that is written over or cut short while the server runs harms nobody. Any
// thread.
class TownIndex {
public:
    // The error is a sentence.
    static Result<std::shared_ptr<const TownIndex>, std::string> open(const std::string& path);
    TownIndex(const TownIndex&) = delete;
    TownIndex& operator=(const TownIndex&) = delete;

    // Twelve hexadecimal digits of the SHA-256 of its bytes: the address under which it is served never changes.
    [[nodiscard]] const std::string& hash() const { return m_hash; }
    [[nodiscard]] std::string_view bytes() const;
    [[nodiscard]] const std::string& brotli() const { return m_brotli; }   // as built beside it; empty: none
    [[nodiscard]] const std::string& gzipped() const { return m_gzipped; } // empty: only as it is
    [[nodiscard]] const address::Index& index() const { return *m_index; }

    // Whether the addresses of that commune are in it: by its INSEE code where that is known, else by the postal code
    // or the name as it was typed. What is not covered is neither right nor doubtful.
    [[nodiscard]] bool covers(const std::optional<std::string>& insee, std::string_view postal_code,
                              std::string_view commune) const;

    // As address::Searcher::search.
    [[nodiscard]] std::vector<address::Found> search(std::string_view typed, std::size_t limit) const;

private:
    explicit TownIndex(MappedFile file) : m_file(std::move(file)) {}
    void note_places();

    MappedFile m_file;
    std::string m_brotli;
    std::string m_gzipped;
    std::string m_hash;
    std::optional<address::Index> m_index;
    std::set<std::string, std::less<>> m_insee; // of its communes, those merged into them too
    std::set<std::string, std::less<>> m_postal_codes;
    std::set<std::string, std::less<>> m_communes; // names, folded
    mutable std::mutex m_mutex;
    mutable std::vector<std::unique_ptr<address::Searcher>> m_idle; // what one needs, a few megabytes, is made once
};

class TownIndexes {
public:
    // How long a new file may go unnoticed.
    static constexpr UnixSeconds LOOK_AFTER = 5;

    // Opens what is there for these towns. `clock` and `log` outlive it.
    TownIndexes(std::string data, const std::vector<std::string>& towns, const Clock& clock, Log& log);

    // Null: the town has none, or one that cannot be read. A file that was replaced is taken up within LOOK_AFTER
    // seconds; when the new one cannot be read, the old one stays.
    [[nodiscard]] std::shared_ptr<const TownIndex> of(std::string_view town) const;
    // The one with that hash: the present one, or the one before, which pages that are open still name.
    [[nodiscard]] std::shared_ptr<const TownIndex> with_hash(std::string_view town, std::string_view hash) const;

private:
    // What tells one file from the next without reading it.
    struct Signs {
        std::uint64_t device = 0;
        std::uint64_t number = 0;
        std::int64_t size = -1; // no file
        std::int64_t changed = 0;
        friend bool operator==(const Signs&, const Signs&) = default;
    };
    struct Town {
        std::shared_ptr<const TownIndex> present;
        std::shared_ptr<const TownIndex> before;
        Signs signs;
        UnixSeconds looked_at = 0;
        bool looking = false; // somebody is; the others go on with what there is
    };
    [[nodiscard]] static Signs signs_of(const std::string& path);
    void look(const std::string& town, Town& entry) const;

    std::string m_data;
    const Clock& m_clock;
    Log& m_log;
    mutable std::mutex m_mutex;
    mutable std::map<std::string, Town, std::less<>> m_towns; // the towns themselves never change
};

} // namespace foyer::server::addresses
