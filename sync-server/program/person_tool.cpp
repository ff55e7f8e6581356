// foyer-server person export, erase, erasures
#include "privacy/archive.h"
#include "program/data_folder.h"
#include "program/tool_house.h"
#include "staff/caller.h"
#include "support/csv.h"
#include "support/files.h"
#include "support/time_text.h"

#include <cstdio>
#include <filesystem>

namespace foyer::server {

namespace {

constexpr int ERASURES_SHOWN = 10'000;
constexpr UnixSeconds DAY_SECONDS = 86'400;

store::NewAuditLine line_of(const ToolHouse& house, std::string action, const std::string& reference) {
    return {house.town->portal.slug, house.clock.now(),      staff::TERMINAL,
            std::move(action),       "account:" + reference, staff::AuditDetails{}};
}

// Whoever is meant: by the number of one of their requests, or by the account's reference. Nothing: said already.
std::optional<std::string> reference_from(ToolHouse& house, const std::string& named) {
    const auto request = house.store->find_submission(house.town->portal.slug, named);
    if (!request) {
        (void)storage_failed();
        return std::nullopt;
    }
    return *request ? (*request)->account.reference : named;
}

ExitCode unknown(const std::string& named) {
    say("“" + named + "”: nobody here has this request or this reference, or they have been erased.");
    return ExitCode::failure;
}

ExitCode export_one(ToolHouse& house, const ToolLine& line, const std::string& reference) {
    const std::string& portal = house.town->portal.slug;
    if (!house.store->add_audit_line(line_of(house, "account.export", reference)))
        return storage_failed();
    const UnixSeconds now = house.clock.now();
    const auto file = house.store->person_file(portal, reference, now);
    if (!file)
        return storage_failed();
    if (!*file)
        return unknown(line.operands.front());
    std::string path = line.option("--to");
    if (path.empty())
        path = privacy::archive_name(**file, *house.town);
    if (std::filesystem::exists(path)) {
        say(path + ": is there already; an archive never replaces another.");
        return ExitCode::failure;
    }
    const privacy::ArchiveTown town{*house.town, *house.catalogue, house.texts((*file)->snapshot.account.language)};
    const auto written = write_file_atomically(path, privacy::archive_of(**file, town, now), FileMode::owner_only);
    if (!written) {
        say(written.error());
        return ExitCode::failure;
    }
    std::printf("%s: all that is held about this person. Hand it to nobody else.\n", path.c_str());
    return ExitCode::success;
}

void print_erasure(const store::Erasure& erasure) {
    for (const std::string& number : erasure.open_requests)
        std::fputs(write_csv_line({erasure.account, "open", "request", number, "1", "", ""}).c_str(), stdout);
    for (const store::ErasureCount& one : erasure.erased)
        std::fputs(write_csv_line({erasure.account, "erased", one.what, "", std::to_string(one.count), "", ""}).c_str(),
                   stdout);
    for (const store::ErasureKept& one : erasure.kept)
        std::fputs(write_csv_line({erasure.account, "kept", one.what, one.number, std::to_string(one.count), one.why,
                                   one.until == 0 ? "" : rfc3339(one.until)})
                       .c_str(),
                   stdout);
}

void print_header() {
    std::fputs(write_csv_line({"account", "what", "of", "number", "count", "why", "until"}).c_str(), stdout);
}

ExitCode erase_one(ToolHouse& house, const ToolLine& line, const std::string& reference) {
    const portals::Retention& retention = house.town->retention;
    store::NewErasure asked;
    asked.portal = house.town->portal.slug;
    asked.account = reference;
    asked.now = house.clock.now();
    asked.keep_seconds = retention.of(store::RetentionRule::kept_after_erasure) * DAY_SECONDS;
    asked.decided_after = asked.now - asked.keep_seconds;
    asked.receipt_seconds = retention.of(store::RetentionRule::receipts) * DAY_SECONDS;
    asked.apply = !line.has("--dry-run");
    asked.open_too = line.has("--open-too");
    asked.by = staff::TERMINAL;
    asked.line = line_of(house, "account.erase", reference);
    const auto erasure = house.store->erase_person(asked);
    if (!erasure)
        return storage_failed();
    if (!*erasure)
        return unknown(line.operands.front());
    print_header();
    print_erasure(**erasure);
    if (asked.apply && (*erasure)->id == 0) {
        say("requests of this person are still open. Decide them first, or add --open-too: then they are withdrawn. "
            "Nothing was erased.");
        return ExitCode::failure;
    }
    return ExitCode::success;
}

} // namespace

ExitCode serve_a_person(ToolHouse& house, const ToolLine& line) {
    if (line.verb == "erasures") {
        const auto erasures = house.store->erasures(house.town->portal.slug, ERASURES_SHOWN);
        if (!erasures)
            return storage_failed();
        print_header();
        for (const store::Erasure& erasure : *erasures)
            print_erasure(erasure);
        return ExitCode::success;
    }
    const auto reference = reference_from(house, line.operands.front());
    if (!reference)
        return ExitCode::failure;
    return line.verb == "export" ? export_one(house, line, *reference) : erase_one(house, line, *reference);
}

} // namespace foyer::server
