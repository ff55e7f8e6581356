#include "store/exports.h"

#include "sqlite/account_rows.h"
#include "sqlite/export_rows.h"
#include "sqlite/json_columns.h"
#include "sqlite/queue_rows.h"
#include "sqlite/sqlite_store.h"

#include <algorithm>

namespace foyer::server::sqlite {

using store::ExportBounds;
using store::ExportOrder;
using store::ExportPage;
using store::ExportQuestion;
using store::ExportRow;
using store::StoreError;

namespace {

// What one page looks at when a filter lets little through, so that its read stays short.
constexpr std::int64_t LOOKED_AT = 4096;

constexpr const char* BY_ARRIVAL =
    "SELECT id FROM submissions NOT INDEXED WHERE id > ?1 AND id <= ?2 AND portal = ?3 AND (?4 = '' OR state = ?4)"
    " AND (?5 = 0 OR procedure = ?5) ORDER BY id LIMIT ?6";
constexpr const char* BY_CHANGE =
    "SELECT seq, submission_id, number, service FROM submission_changes INDEXED BY submission_changes_by_portal"
    " WHERE portal = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?";

std::size_t size_of(const store::Answers& answers) {
    std::size_t bytes = 0;
    for (const auto& [key, text] : answers)
        bytes += key.size() + text.size();
    return bytes;
}

std::optional<ExportRow> row_of(Connection& db, std::int64_t submission, const store::QueueQuestion& filter) {
    auto item = item_of(db, submission);
    if (!item || !passes(*item, filter))
        return std::nullopt;
    ExportRow row;
    row.item = std::move(*item);
    std::int64_t account = 0;
    db.first(
        "SELECT s.filled_at, a.reference, a.email, s.answers, s.account_id FROM submissions s"
        " JOIN accounts a ON a.id = s.account_id WHERE s.id = ?",
        [&](Row found) {
            row.filled_at = found.text(0);
            row.account = found.text(1);
            row.email = found.text(2);
            row.answers = answers_from(found.text(3));
            account = found.integer(4);
            return true;
        },
        submission);
    row.profile = profile_of_account(db, store::AccountId(account));
    db.first(
        "SELECT at, code FROM submission_events WHERE submission_id = ?"
        " AND event IN ('accepted', 'refused', 'withdrawn') ORDER BY id DESC LIMIT 1",
        [&](Row found) {
            row.decided_at = found.integer(0);
            row.decision_code = found.text(1);
            return true;
        },
        submission);
    return row;
}

ExportPage by_arrival(Connection& db, const ExportQuestion& question) {
    ExportPage page;
    const std::int64_t end = std::min(question.until, question.after + LOOKED_AT);
    std::vector<std::int64_t> ids;
    db.each(
        BY_ARRIVAL, [&](Row row) { ids.push_back(row.integer(0)); }, question.after, end, question.filter.scope.portal,
        question.filter.state, static_cast<int>(question.filter.procedure), question.limit);
    page.after = static_cast<int>(ids.size()) < question.limit ? end : ids.back();
    std::size_t bytes = 0;
    for (const std::int64_t id : ids) {
        if (auto row = row_of(db, id, question.filter)) {
            bytes += size_of(row->answers) + size_of(row->profile);
            page.rows.push_back(std::move(*row));
        }
        if (bytes > question.most_bytes) {
            page.after = id;
            break;
        }
    }
    page.last = page.after >= question.until;
    return page;
}

bool is_seen(const store::QueueScope& scope, const std::string& service) {
    return !scope.services || service.empty() ||
           std::find(scope.services->begin(), scope.services->end(), service) != scope.services->end();
}

ExportPage by_change(Connection& db, const ExportQuestion& question) {
    struct Change {
        std::int64_t seq = 0;
        std::optional<std::int64_t> submission;
        std::string number;
        std::string service;
    };
    std::vector<Change> changes;
    db.each(
        BY_CHANGE,
        [&](Row row) {
            changes.push_back({row.integer(0), row.is_null(1) ? std::nullopt : std::optional(row.integer(1)),
                               row.text(2), row.text(3)});
        },
        question.filter.scope.portal, question.after, question.until, question.limit);
    ExportPage page;
    page.last = static_cast<int>(changes.size()) < question.limit;
    page.after = page.last ? question.until : changes.back().seq;
    std::size_t bytes = 0;
    for (const Change& change : changes) {
        if (!change.submission && is_seen(question.filter.scope, change.service)) {
            ExportRow row;
            row.erased = true;
            row.item.portal = question.filter.scope.portal;
            row.item.number = change.number;
            row.item.service = change.service;
            page.rows.push_back(std::move(row));
        } else if (change.submission) {
            if (auto row = row_of(db, *change.submission, question.filter)) {
                bytes += size_of(row->answers) + size_of(row->profile);
                page.rows.push_back(std::move(*row));
            }
        }
        if (bytes > question.most_bytes && change.seq < page.after) {
            page.after = change.seq;
            page.last = false;
            break;
        }
    }
    return page;
}

} // namespace

std::vector<const char*> export_statements() { return {BY_ARRIVAL, BY_CHANGE}; }

Result<ExportBounds, StoreError> SqliteStore::export_bounds() {
    return m_database.read([](Connection& db) {
        ExportBounds bounds;
        const auto number = [](Row row) { return row.integer(0); };
        bounds.last_arrival = db.first("SELECT max(id) FROM submissions", number).value_or(0);
        bounds.last_change =
            db.first("SELECT seq FROM sqlite_sequence WHERE name = 'submission_changes'", number).value_or(0);
        return bounds;
    });
}

Result<ExportPage, StoreError> SqliteStore::export_page(const ExportQuestion& question) {
    return m_database.read([&](Connection& db) {
        return question.order == ExportOrder::arrival ? by_arrival(db, question) : by_change(db, question);
    });
}

Result<std::vector<ExportRow>, StoreError> SqliteStore::export_rows(const std::string& portal,
                                                                    const std::vector<std::int64_t>& submissions) {
    return m_database.read([&](Connection& db) {
        store::QueueQuestion anything;
        anything.scope.portal = portal;
        std::vector<ExportRow> rows;
        for (const std::int64_t submission : submissions)
            if (auto row = row_of(db, submission, anything))
                rows.push_back(std::move(*row));
        return rows;
    });
}

} // namespace foyer::server::sqlite
