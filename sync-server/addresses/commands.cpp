#include "addresses/commands.h"

#include "address/builder.h"
#include "address/searcher.h"
#include "addresses/address_file.h"
#include "addresses/line_source.h"
#include "addresses/mapped_file.h"
#include "addresses/town_indexes.h"
#include "support/brotli.h"
#include "support/files.h"
#include "wire/json.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <istream>
#include <map>
#include <optional>
#include <ostream>
#include <set>

namespace foyer::server::addresses {

namespace {

constexpr int DONE = 0;
constexpr int FAILED = 1;
constexpr int WRONG_COMMAND = 2;
constexpr std::size_t DEFAULT_LIMIT = 5;
constexpr std::size_t LARGEST_LIMIT = 50;
const std::vector<std::string> SERVER_FLAGS = {"--data", "--portals", "--assets", "--config"};

constexpr const char* HELP =
    "foyer-server addresses: the address index that portals search, also offline.\n"
    "\n"
    "  foyer-server addresses build FILE.csv[.gz]… --portal TOWN [--data FOLDER] [--portals FOLDER] [--config FILE]\n"
    "      makes a town's index and puts it where the server finds it: DATA/addresses/TOWN.idx. The files are those "
    "of\n"
    "      the Base Adresse Nationale (addresses, lieux-dits) or BAL 1.3 and 1.4, of whole departments as they come:\n"
    "      what is taken is the communes of portal.json (addresses.communes), else the town's own and its "
    "neighbours'.\n"
    "      A running server takes the index up by itself, within seconds.\n"
    "      Each line that cannot be used is reported with its number and reason; the rest is used.\n"
    "  foyer-server addresses build FILE.csv[.gz]… --out FILE.idx [--reference reference.bin]\n"
    "      makes an index of everything in the files.\n"
    "      BAL has no postal codes: --reference names the file of communes that completes them.\n"
    "  foyer-server addresses search FILE.idx --queries FILE|- [--limit 5]\n"
    "      reads one query a line, prints one line of JSON each.\n"
    "  foyer-server addresses info FILE.idx\n"
    "      says what the index holds.\n"
    "\n"
    "Exit codes: 0 done, 1 failed, 2 wrong command line.\n";

using Clock = std::chrono::steady_clock;

struct Arguments {
    std::vector<std::string> operands;
    std::map<std::string, std::string> options;
    bool help = false;
};

// The error is a sentence.
Result<Arguments, std::string> read_arguments(const std::vector<std::string>& words,
                                              const std::vector<std::string>& known) {
    Arguments arguments;
    for (std::size_t at = 1; at < words.size(); ++at) {
        std::string word = words[at];
        if (word == "--help" || word == "-h") {
            arguments.help = true;
            continue;
        }
        if (word.rfind("--", 0) != 0) {
            arguments.operands.push_back(word);
            continue;
        }
        std::optional<std::string> value;
        if (const std::size_t equals = word.find('='); equals != std::string::npos) {
            value = word.substr(equals + 1);
            word.resize(equals);
        }
        if (std::find(known.begin(), known.end(), word) == known.end())
            return Failure{"“" + word + "” is not a flag of addresses " + words.front() + "."};
        if (!value && at + 1 == words.size())
            return Failure{word + " needs a value."};
        arguments.options[word] = value ? *value : words[++at];
    }
    return arguments;
}

std::string tenths_of_seconds(Clock::duration spent) {
    const auto tenths = std::chrono::duration_cast<std::chrono::milliseconds>(spent).count() / 100;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

// ---- build

using Communes = std::set<std::string, std::less<>>;

// Which communes have an address near which places. A place is about a kilometre wide and high.
class Neighbourhood {
public:
    void add(const std::string& insee, const address::Position& position) {
        constexpr std::int32_t HIGH = 1'000; // 1/100,000 degree
        constexpr std::int32_t WIDE = 1'500; // in France, where degrees of longitude are shorter
        const auto part = [](std::int32_t value, std::int32_t size) {
            return (value >= 0 ? value : value - size + 1) / size;
        };
        m_squares[insee].emplace(part(position.longitude, WIDE), part(position.latitude, HIGH));
    }

    // It and all that have an address in one of its squares or beside it: within a kilometre at least, two and a half
    // at most.
    [[nodiscard]] Communes around(const std::string& insee) const {
        Communes communes = {insee};
        const auto own = m_squares.find(insee);
        if (own == m_squares.end())
            return communes;
        Squares near;
        for (const auto& [east, north] : own->second)
            for (std::int32_t across = -1; across <= 1; ++across)
                for (std::int32_t along = -1; along <= 1; ++along)
                    near.emplace(east + across, north + along);
        for (const auto& [other, squares] : m_squares)
            if (std::any_of(squares.begin(), squares.end(), [&](const auto& square) { return near.count(square) > 0; }))
                communes.insert(other);
        return communes;
    }

private:
    using Squares = std::set<std::pair<std::int32_t, std::int32_t>>;
    std::map<std::string, Squares, std::less<>> m_squares;
};

class Build {
public:
    Build(const FindTown& find_town, std::ostream& out, std::ostream& trouble)
        : m_find_town(find_town), m_out(out), m_trouble(trouble) {}

    int run(const Arguments& arguments) {
        const auto out = arguments.options.find("--out");
        const auto portal = arguments.options.find("--portal");
        const bool for_town = portal != arguments.options.end();
        const bool server_flags = std::any_of(SERVER_FLAGS.begin(), SERVER_FLAGS.end(), [&](const std::string& flag) {
            return arguments.options.count(flag) > 0;
        });
        if (arguments.operands.empty() || (out == arguments.options.end() && !for_town) ||
            (server_flags && !for_town)) {
            m_trouble
                << "foyer-server: addresses build needs files and a town or a target, as in: foyer-server addresses "
                   "build adresses-44.csv.gz --portal oudon, or … --out adresses-44.idx\n";
            return WRONG_COMMAND;
        }
        std::string target = out == arguments.options.end() ? std::string() : out->second;
        std::string reference;
        if (for_town) {
            auto town = m_find_town(portal->second, arguments.options);
            if (!town) {
                m_trouble << "foyer-server: " << town.error() << '\n';
                return FAILED;
            }
            m_town.emplace(std::move(town).value());
            reference = m_town->reference;
            if (target.empty())
                target = m_town->target;
        }
        if (const auto given = arguments.options.find("--reference"); given != arguments.options.end())
            reference = given->second;
        if (!reference.empty() && !read_reference(reference))
            return FAILED;
        const auto begin = Clock::now();
        if (m_town && !choose_communes(arguments.operands))
            return FAILED;
        for (const std::string& path : arguments.operands)
            if (!read(path))
                return FAILED;
        if (m_town && m_communes_used.count(m_town->insee) == 0) {
            m_trouble << "foyer-server: no address of " << m_town->name << " (" << m_town->insee
                      << ") is in these files: are they of another department? Nothing was written\n";
            return FAILED;
        }
        if (m_used == 0) {
            m_trouble << "foyer-server: no address could be used; nothing was written\n";
            return FAILED;
        }
        const std::string file = m_builder.finish();
        if (file.empty()) {
            m_trouble << "foyer-server: these are too many addresses for one index; build several\n";
            return FAILED;
        }
        const auto index = address::Index::read(std::as_bytes(std::span(file)));
        if (!index) {
            m_trouble << "foyer-server: the index that was made cannot be read; nothing was written\n";
            return FAILED;
        }
        if (m_town) {
            std::error_code ignored; // then the file cannot be written, and that is said
            std::filesystem::create_directories(std::filesystem::path(target).parent_path(), ignored);
        }
        if (m_town && !write_brotli(brotli_path(target), file))
            return FAILED;
        if (const auto written = write_file_atomically(target, file, FileMode::readable); !written) {
            m_trouble << "foyer-server: " << written.error() << '\n';
            return FAILED;
        }
        m_out << target << ": " << index->count(address::Count::addresses) << " addresses in "
              << index->count(address::Count::streets) << " streets, " << file.size() << " bytes, "
              << tenths_of_seconds(Clock::now() - begin) << " s";
        if (m_left_out > 0)
            m_out << "; " << m_left_out << " lines left out";
        m_out << '\n';
        if (m_town)
            say_what_is_missing();
        return DONE;
    }

private:
    // Before the index: a server that looks in between finds the old index with what is not its brotli, and does
    // without.
    bool write_brotli(const std::string& target, const std::string& file) {
        const auto packed = brotli(file);
        if (!packed) {
            m_trouble << "foyer-server: there is no memory to pack the index; nothing was written\n";
            return false;
        }
        const auto written = write_file_atomically(target, *packed, FileMode::readable);
        if (!written)
            m_trouble << "foyer-server: " << written.error() << '\n';
        return written.has_value();
    }

    bool choose_communes(const std::vector<std::string>& paths) {
        if (!m_town->communes.empty()) {
            m_wanted = {m_town->communes.begin(), m_town->communes.end()};
            return true;
        }
        Neighbourhood neighbourhood;
        for (const std::string& path : paths) {
            auto source = LineSource::open(path);
            if (!source) {
                m_trouble << "foyer-server: " << source.error() << '\n';
                return false;
            }
            AddressFile file(m_builder, nullptr, [](std::uint64_t, const std::string&) {});
            file.look_only([&](const std::string& insee, const address::Position& position) {
                neighbourhood.add(insee, position);
            });
            while (const auto line = source->next())
                if (!file.line(*line)) // what is wrong is said when it is read for good
                    break;
        }
        m_wanted = neighbourhood.around(m_town->insee);
        m_out << m_town->name << " and its neighbours in these files:";
        for (const std::string& commune : m_wanted)
            m_out << ' ' << commune;
        m_out << '\n';
        return true;
    }

    void say_what_is_missing() {
        std::string missing;
        for (const std::string& commune : m_wanted)
            if (m_communes_used.count(commune) == 0)
                missing += " " + commune;
        if (!missing.empty())
            m_trouble << "foyer-server: these files hold no address of" << missing
                      << ": is another department's file needed too?\n";
    }

    bool read_reference(const std::string& path) {
        auto bytes = read_file(path);
        if (!bytes) {
            m_trouble << "foyer-server: " << bytes.error() << '\n';
            return false;
        }
        m_reference_bytes = std::move(bytes).value();
        auto reference = domain::ReferenceData::read(std::as_bytes(std::span(m_reference_bytes)));
        if (!reference) {
            m_trouble << "foyer-server: " << path << ": this is not a reference.bin of this version\n";
            return false;
        }
        m_reference.emplace(std::move(reference).value());
        return true;
    }

    bool read(const std::string& path) {
        auto source = LineSource::open(path);
        if (!source) {
            m_trouble << "foyer-server: " << source.error() << '\n';
            return false;
        }
        AddressFile file(m_builder, m_reference ? &*m_reference : nullptr,
                         [&](std::uint64_t line, const std::string& reason) {
                             m_trouble << path << ": line " << line << ": " << reason << '\n';
                         });
        if (m_town)
            file.keep_only(m_wanted);
        bool header = false;
        while (const auto line = source->next()) {
            header = true;
            if (!file.line(*line)) {
                m_trouble << "foyer-server: " << path << ": " << file.missing() << '\n';
                return false;
            }
        }
        if (!source->fault().empty()) {
            m_trouble << "foyer-server: " << path << ": " << source->fault() << '\n';
            return false;
        }
        if (!header) {
            m_trouble << "foyer-server: " << path << ": this file is empty\n";
            return false;
        }
        const FileCounts& counts = file.counts();
        m_used += counts.used;
        m_left_out += counts.left_out;
        m_communes_used.insert(file.communes().begin(), file.communes().end());
        m_out << path << ": " << counts.lines << " lines, " << counts.used << " used, " << counts.repeated
              << " repeated, " << counts.left_out << " left out";
        if (m_town)
            m_out << ", " << counts.elsewhere << " of other communes";
        m_out << '\n';
        return true;
    }

    const FindTown& m_find_town;
    std::ostream& m_out;
    std::ostream& m_trouble;
    std::optional<Town> m_town;
    Communes m_wanted;
    Communes m_communes_used;
    address::Builder m_builder;
    std::string m_reference_bytes;
    std::optional<domain::ReferenceData> m_reference;
    std::uint64_t m_used = 0;
    std::uint64_t m_left_out = 0;
};

// ---- search and info

struct OpenIndex {
    MappedFile file;
    address::Index index;
};

Result<OpenIndex, std::string> open_index(const std::string& path) {
    auto file = MappedFile::open(path);
    if (!file)
        return Failure{file.error()};
    auto index = address::Index::read(file->bytes());
    if (!index)
        return Failure{path + ": " + std::string(address::describe(index.error()))};
    return OpenIndex{std::move(file).value(), *index};
}

// "0.987", without floating point.
std::string share(unsigned per_mille) {
    if (per_mille >= 1000)
        return "1.000";
    const std::string digits = std::to_string(1000 + per_mille);
    return "0." + digits.substr(1);
}

std::string text(std::string_view value) { return wire::write_json(wire::Json(value)); }

std::string json_line(std::string_view query, const std::vector<address::Found>& results, std::int64_t micros) {
    std::string line = "{\"query\":" + text(query) + ",\"results\":[";
    for (std::size_t at = 0; at < results.size(); ++at) {
        const address::Found& found = results[at];
        line += at == 0 ? "{" : ",{";
        line += "\"label\":" + text(found.label) + ",\"number\":" + text(found.number) +
                ",\"repetition\":" + text(found.repetition) + ",\"street\":" + text(found.street) +
                ",\"postcode\":" + text(found.postal_code) + ",\"insee\":" + text(found.insee) +
                ",\"city\":" + text(found.city) + ",\"score\":" + share(found.score) +
                ",\"state\":" + text(domain::id(found.state)) + "}";
    }
    return line + "],\"micros\":" + std::to_string(micros) + "}";
}

int search(const Arguments& arguments, std::istream& in, std::ostream& out, std::ostream& trouble) {
    const auto queries = arguments.options.find("--queries");
    if (arguments.operands.size() != 1 || queries == arguments.options.end()) {
        trouble
            << "foyer-server: addresses search needs an index and its queries, as in: foyer-server addresses search "
               "adresses-44.idx --queries -\n";
        return WRONG_COMMAND;
    }
    std::size_t limit = DEFAULT_LIMIT;
    if (const auto given = arguments.options.find("--limit"); given != arguments.options.end()) {
        const std::string& digits = given->second;
        const bool number =
            !digits.empty() && digits.size() <= 2 && digits.find_first_not_of("0123456789") == std::string::npos;
        limit = number ? std::stoul(digits) : 0;
        if (limit == 0 || limit > LARGEST_LIMIT) {
            trouble << "foyer-server: --limit is a number from 1 to 50, not “" << digits << "”\n";
            return WRONG_COMMAND;
        }
    }
    auto opened = open_index(arguments.operands.front());
    if (!opened) {
        trouble << "foyer-server: " << opened.error() << '\n';
        return FAILED;
    }
    std::ifstream file;
    if (queries->second != "-") {
        file.open(queries->second, std::ios::binary);
        if (!file) {
            trouble << "foyer-server: " << queries->second << ": cannot be opened\n";
            return FAILED;
        }
    }
    std::istream& lines = queries->second == "-" ? in : file;
    address::Searcher searcher(opened->index);
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        const auto begin = Clock::now();
        const std::vector<address::Found> results = searcher.search(line, limit);
        const auto spent = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin).count();
        out << json_line(line, results, spent) << '\n' << std::flush;
    }
    return DONE;
}

int info(const Arguments& arguments, std::ostream& out, std::ostream& trouble) {
    if (arguments.operands.size() != 1) {
        trouble << "foyer-server: addresses info needs one index\n";
        return WRONG_COMMAND;
    }
    const auto opened = open_index(arguments.operands.front());
    if (!opened) {
        trouble << "foyer-server: " << opened.error() << '\n';
        return FAILED;
    }
    const address::Index& index = opened->index;
    std::map<std::uint32_t, std::string> communes;
    std::size_t merged = 0;
    for (address::PlaceId place = 0; place < index.count(address::Count::places); ++place) {
        const address::Place one = index.place(place);
        communes.emplace(one.insee, one.city);
        merged += one.old_city.empty() ? 0U : 1U;
    }
    out << "format     " << address::FORMAT_VERSION << '\n'
        << "bytes      " << index.size() << '\n'
        << "addresses  " << index.count(address::Count::addresses) << '\n'
        << "streets    " << index.count(address::Count::streets) << '\n'
        << "names      " << index.count(address::Count::names) << '\n'
        << "words      " << index.count(address::Count::words) << '\n'
        << "communes   " << communes.size() << '\n'
        << "places     " << index.count(address::Count::places) << " (a commune under one postal code)\n"
        << "merged     " << merged << " places in old communes\n";
    constexpr std::size_t SHOWN = 20;
    std::size_t shown = 0;
    for (const auto& [code, name] : communes) {
        if (++shown > SHOWN) {
            out << "           and " << communes.size() - SHOWN << " more communes\n";
            break;
        }
        out << "           " << address::insee_text(code) << ' ' << name << '\n';
    }
    return DONE;
}

} // namespace

int run(const std::vector<std::string>& words, const FindTown& find_town, std::istream& in, std::ostream& out,
        std::ostream& trouble) {
    const std::string command = words.empty() ? "--help" : words.front();
    if (command == "--help" || command == "-h" || command == "help") {
        out << HELP;
        return DONE;
    }
    std::vector<std::string> known;
    if (command == "build")
        known = {"--out", "--reference", "--portal", "--data", "--portals", "--assets", "--config"};
    else if (command == "search")
        known = {"--queries", "--limit"};
    else if (command != "info") {
        trouble << "foyer-server: “" << command
                << "” is not a command of addresses. There are build, search and info.\n";
        return WRONG_COMMAND;
    }
    const auto arguments = read_arguments(words, known);
    if (!arguments) {
        trouble << "foyer-server: " << arguments.error() << '\n';
        return WRONG_COMMAND;
    }
    if (arguments->help) {
        out << HELP;
        return DONE;
    }
    if (command == "build")
        return Build(find_town, out, trouble).run(*arguments);
    return command == "search" ? search(*arguments, in, out, trouble) : info(*arguments, out, trouble);
}

} // namespace foyer::server::addresses
