// foyer-server audit list, verify
#include "program/data_folder.h"
#include "program/tool_house.h"
#include "support/csv.h"
#include "support/time_text.h"
#include "wire/encoding.h"

#include <charconv>
#include <cstdio>
#include <limits>

namespace foyer::server {

namespace {

constexpr int PAGE = 1000;

std::optional<std::int64_t> number_in(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || number < 0)
        return std::nullopt;
    return number;
}

// Oldest first, page by page: the log may be long.
ExitCode list_lines(ToolHouse& house, std::int64_t after, std::int64_t limit) {
    std::fputs(write_csv_line({"sequence", "at", "actor", "action", "object", "details", "hash"}).c_str(), stdout);
    while (limit > 0) {
        const auto lines = house.store->audit_lines(house.town->portal.slug, after,
                                                    static_cast<int>(std::min<std::int64_t>(limit, PAGE)));
        if (!lines)
            return storage_failed();
        if (lines->empty())
            break;
        for (const store::AuditLine& line : *lines)
            std::fputs(write_csv_line({std::to_string(line.sequence), rfc3339(line.at), line.actor, line.action,
                                       line.object, line.details, wire::encode_hex(line.hash)})
                           .c_str(),
                       stdout);
        after = lines->back().sequence;
        limit -= static_cast<std::int64_t>(lines->size());
    }
    return ExitCode::success;
}

// A chain that was cut off at its end is whole in itself: only a line somebody noted elsewhere shows it.
ExitCode compare_noted(ToolHouse& house, const std::string& noted) {
    const std::size_t colon = noted.find(':');
    const auto sequence = number_in(noted.substr(0, colon));
    const auto hash = colon == std::string::npos ? std::nullopt : wire::decode_hex(noted.substr(colon + 1));
    if (!sequence || *sequence < 1 || !hash) {
        say("--noted: “" + noted + "” is not SEQUENCE:HASH, as “audit verify” prints it.");
        return ExitCode::usage;
    }
    const auto lines = house.store->audit_lines(house.town->portal.slug, *sequence - 1, 1);
    if (!lines)
        return storage_failed();
    if (lines->empty() || lines->front().sequence != *sequence || lines->front().hash != *hash) {
        say("line " + std::to_string(*sequence) +
            " is not the one that was noted: the log was cut off or written anew.");
        return ExitCode::failure;
    }
    return ExitCode::success;
}

ExitCode verify_lines(ToolHouse& house, const ToolLine& line) {
    const auto verdict = house.store->verify_audit(house.town->portal.slug);
    if (!verdict)
        return storage_failed();
    if (verdict->broken) {
        say("the audit log of " + house.town->portal.slug + " is broken at line " +
            std::to_string(verdict->broken->sequence) + ": " + verdict->broken->why + ". The " +
            std::to_string(verdict->lines) + " lines before it are as they were written.");
        return ExitCode::failure;
    }
    if (line.has("--noted"))
        if (const ExitCode code = compare_noted(house, line.option("--noted")); code != ExitCode::success)
            return code;
    std::printf("%s: %lld lines, each as it was written. Note the last one elsewhere: %lld:%s\n",
                house.town->portal.slug.c_str(), static_cast<long long>(verdict->lines),
                static_cast<long long>(verdict->lines), wire::encode_hex(verdict->hash).c_str());
    return ExitCode::success;
}

} // namespace

ExitCode look_at_audit(ToolHouse& house, const ToolLine& line) {
    if (line.verb == "verify")
        return verify_lines(house, line);
    std::int64_t after = 0;
    std::int64_t limit = std::numeric_limits<std::int64_t>::max();
    for (const auto& [option, value] : {std::pair("--after", &after), std::pair("--limit", &limit)}) {
        if (!line.has(option))
            continue;
        const auto number = number_in(line.option(option));
        if (!number) {
            say(std::string(option) + ": “" + line.option(option) + "” is not a number.");
            return ExitCode::usage;
        }
        *value = *number;
    }
    return list_lines(house, after, limit);
}

} // namespace foyer::server
