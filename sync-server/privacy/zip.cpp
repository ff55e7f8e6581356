#include "privacy/zip.h"

#include "support/calendar.h"

#include <cstdint>
#include <zlib.h>

namespace foyer::server::privacy {

namespace {

constexpr std::uint32_t LOCAL_HEADER = 0x04034b50;
constexpr std::uint32_t CENTRAL_HEADER = 0x02014b50;
constexpr std::uint32_t END_OF_DIRECTORY = 0x06054b50;
constexpr std::uint16_t VERSION_NEEDED = 10;
constexpr std::uint16_t MADE_ON_UNIX = (3U << 8U) | 30U;
constexpr std::uint16_t NAMES_ARE_UTF8 = 1U << 11U;
constexpr std::uint16_t STORED = 0;
constexpr std::uint32_t ORDINARY_FILE_0600 = 0100600U << 16U;
constexpr int FIRST_YEAR = 1980; // of the format

void put16(std::string& out, std::uint16_t value) {
    out.push_back(static_cast<char>(value & 0xffU));
    out.push_back(static_cast<char>(value >> 8U));
}
void put32(std::string& out, std::uint32_t value) {
    put16(out, static_cast<std::uint16_t>(value & 0xffffU));
    put16(out, static_cast<std::uint16_t>(value >> 16U));
}

// What a local header and the directory say alike.
void put_facts(std::string& out, const ZipEntry& entry, const LocalTime& at) {
    const auto time = static_cast<std::uint16_t>(at.hour << 11 | at.minute << 5);
    const auto date = static_cast<std::uint16_t>((at.date.year - FIRST_YEAR) << 9 | at.date.month << 5 | at.date.day);
    const auto size = static_cast<std::uint32_t>(entry.bytes.size());
    put16(out, VERSION_NEEDED);
    put16(out, NAMES_ARE_UTF8);
    put16(out, STORED);
    put16(out, time);
    put16(out, date);
    put32(out, static_cast<std::uint32_t>(
                   crc32_z(0, reinterpret_cast<const Bytef*>(entry.bytes.data()), entry.bytes.size())));
    put32(out, size);
    put32(out, size);
    put16(out, static_cast<std::uint16_t>(entry.name.size()));
    put16(out, 0); // no extra field
}

} // namespace

std::string make_zip(const std::vector<ZipEntry>& entries, UnixSeconds at) {
    const LocalTime local = time_in_paris(at);
    std::string out;
    std::string directory;
    for (const ZipEntry& entry : entries) {
        const auto offset = static_cast<std::uint32_t>(out.size());
        put32(out, LOCAL_HEADER);
        put_facts(out, entry, local);
        out += entry.name;
        out += entry.bytes;

        put32(directory, CENTRAL_HEADER);
        put16(directory, MADE_ON_UNIX);
        put_facts(directory, entry, local);
        put16(directory, 0); // no comment
        put16(directory, 0); // of the first disk
        put16(directory, 0); // nothing known of its contents
        put32(directory, ORDINARY_FILE_0600);
        put32(directory, offset);
        directory += entry.name;
    }
    const auto start = static_cast<std::uint32_t>(out.size());
    out += directory;
    put32(out, END_OF_DIRECTORY);
    put16(out, 0);
    put16(out, 0);
    put16(out, static_cast<std::uint16_t>(entries.size()));
    put16(out, static_cast<std::uint16_t>(entries.size()));
    put32(out, static_cast<std::uint32_t>(directory.size()));
    put32(out, start);
    put16(out, 0); // no comment
    return out;
}

} // namespace foyer::server::privacy
