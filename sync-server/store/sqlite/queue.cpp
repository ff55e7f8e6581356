#include "store/queue.h"

#include "sqlite/audit_rows.h"
#include "sqlite/json_columns.h"
#include "sqlite/queue_rows.h"
#include "sqlite/sqlite_store.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace foyer::server::sqlite {

using store::Colleague;
using store::QueueCounters;
using store::QueueItem;
using store::QueuePage;
using store::QueueQuestion;
using store::QueueScope;
using store::QueueView;
using store::StoreError;

namespace {

constexpr std::array<std::uint16_t, 3> PROCEDURES = {1, 2, 3};
constexpr const char* OPEN_STATES[] = {"received", "processing", "waiting"};
constexpr const char* DONE_STATES[] = {"accepted", "refused", "withdrawn"};
// What one page of a search looks at, so that a rare filter on a frequent name costs no more than a page.
constexpr int MOST_HITS = 2000;
constexpr int HITS_AT_ONCE = 200;
// After every text that has a prefix: no key holds this character.
constexpr const char* AFTER_PREFIX = "\xf4\x8f\xbf\xbf";

bool is_open(std::string_view state) {
    return std::find(std::begin(OPEN_STATES), std::end(OPEN_STATES), state) != std::end(OPEN_STATES);
}

// The services of a town that have requests; few, and read from the counters.
std::vector<std::string> services_of(Connection& db, const QueueScope& scope) {
    std::vector<std::string> services;
    db.each(
        "SELECT service FROM queue_counts WHERE portal = ? AND what = 'all'",
        [&](Row row) {
            const std::string service = row.text(0);
            const bool seen =
                !scope.services || service.empty() ||
                std::find(scope.services->begin(), scope.services->end(), service) != scope.services->end();
            if (seen)
                services.push_back(service);
        },
        scope.portal);
    return services;
}

// A place in a view: between two requests.
struct Place {
    std::string due_by;
    std::int64_t id = 0;
    friend bool operator<(const Place& a, const Place& b) {
        return a.due_by != b.due_by ? a.due_by < b.due_by : a.id < b.id;
    }
};

enum class Way : std::uint8_t { up, down };

// "u2026-11-30.42", "d…": which part of the view, and the last one seen there.
struct Cursor {
    Way way = Way::up;
    Place place;
};

std::string text_of(const Cursor& cursor) {
    return (cursor.way == Way::up ? "u" : "d") + cursor.place.due_by + "." + std::to_string(cursor.place.id);
}

std::optional<Cursor> cursor_from(const std::string& text) {
    const std::size_t dot = text.rfind('.');
    if (text.empty() || dot == std::string::npos || (text.front() != 'u' && text.front() != 'd'))
        return std::nullopt;
    Cursor cursor{text.front() == 'u' ? Way::up : Way::down, {text.substr(1, dot - 1), 0}};
    const auto [end, error] = std::from_chars(text.data() + dot + 1, text.data() + text.size(), cursor.place.id);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return cursor;
}

Place start_of(Way way) { return way == Way::up ? Place{} : Place{AFTER_PREFIX, INT64_MAX}; }

// ---- lanes ----

struct Lane {
    std::string service;
    std::uint16_t procedure = 0;
    const char* state = "";
};

#define FOYER_LANE " WHERE portal = ? AND service = ? AND procedure = ? AND state = ? AND "
constexpr const char* LANE_UP = "SELECT due_by, id FROM submissions INDEXED BY submissions_lanes" FOYER_LANE
                                "(due_by, id) > (?, ?) ORDER BY due_by, id LIMIT ?";
constexpr const char* LANE_DOWN = "SELECT due_by, id FROM submissions INDEXED BY submissions_lanes" FOYER_LANE
                                  "(due_by, id) < (?, ?) ORDER BY due_by DESC, id DESC LIMIT ?";
constexpr const char* DOUBTFUL_UP = "SELECT due_by, id FROM submissions INDEXED BY submissions_doubtful" FOYER_LANE
                                    "marks <> '[]' AND (due_by, id) > (?, ?) ORDER BY due_by, id LIMIT ?";
#define FOYER_MARK_LANE                                                                                                \
    "SELECT due_by, submission_id FROM submission_marks WHERE portal = ? AND code = ? AND service = ?"                 \
    " AND procedure = ? AND state = ? AND "
#define FOYER_MARK_UP "(due_by, submission_id) > (?, ?) ORDER BY due_by, submission_id LIMIT ?"
#define FOYER_MARK_DOWN "(due_by, submission_id) < (?, ?) ORDER BY due_by DESC, submission_id DESC LIMIT ?"
constexpr const char* MARKED_UP = FOYER_MARK_LANE FOYER_MARK_UP;
constexpr const char* MARKED_DOWN = FOYER_MARK_LANE FOYER_MARK_DOWN;
// The same three, of what came in one way: lanes of their own, so that the rare ones are not looked for among the
// others.
#define FOYER_ORIGIN_LANE " WHERE portal = ? AND origin = ? AND service = ? AND procedure = ? AND state = ? AND "
constexpr const char* ORIGIN_UP =
    "SELECT due_by, id FROM submissions INDEXED BY submissions_by_origin" FOYER_ORIGIN_LANE
    "(due_by, id) > (?, ?) ORDER BY due_by, id LIMIT ?";
constexpr const char* ORIGIN_DOWN =
    "SELECT due_by, id FROM submissions INDEXED BY submissions_by_origin" FOYER_ORIGIN_LANE
    "(due_by, id) < (?, ?) ORDER BY due_by DESC, id DESC LIMIT ?";
constexpr const char* ORIGIN_DOUBTFUL_UP =
    "SELECT due_by, id FROM submissions INDEXED BY submissions_doubtful_by_origin" FOYER_ORIGIN_LANE
    "marks <> '[]' AND (due_by, id) > (?, ?) ORDER BY due_by, id LIMIT ?";
#define FOYER_ORIGIN_MARK_LANE                                                                                         \
    "SELECT due_by, submission_id FROM submission_marks INDEXED BY submission_marks_by_origin WHERE portal = ?"        \
    " AND code = ? AND origin = ? AND service = ? AND procedure = ? AND state = ? AND "
constexpr const char* ORIGIN_MARKED_UP = FOYER_ORIGIN_MARK_LANE FOYER_MARK_UP;
constexpr const char* ORIGIN_MARKED_DOWN = FOYER_ORIGIN_MARK_LANE FOYER_MARK_DOWN;
constexpr const char* CLAIMED_UP =
    "SELECT due_by, id FROM submissions INDEXED BY submissions_claimed WHERE portal = ? AND claimed_by = ?"
    " AND (due_by, id) > (?, ?) ORDER BY due_by, id LIMIT ?";
constexpr const char* FOUND =
    "SELECT key, submission_id FROM search_keys INDEXED BY search_keys_by_key WHERE portal = ? AND kind = ?"
    " AND (key, submission_id) > (?, ?) AND key < ? ORDER BY key, submission_id LIMIT ?";
constexpr const char* FOUND_NUMBER = "SELECT number, id FROM submissions WHERE (number, id) > (?, ?) AND number < ?"
                                     " ORDER BY number, id LIMIT ?";

class Paging {
public:
    Paging(Connection& db, const QueueQuestion& question) : m_db(db), m_question(question) {}

    QueuePage page() {
        if (m_question.view == QueueView::mine)
            return one_way(Way::up);
        if (m_question.view == QueueView::done)
            return one_way(Way::down);
        if (m_question.view != QueueView::all)
            return one_way(Way::up);
        // The open ones, then those that are done.
        const auto cursor = cursor_from(m_question.after);
        QueuePage page;
        if (!cursor || cursor->way == Way::up)
            page = one_way(Way::up);
        if (page.next.empty() && static_cast<int>(page.items.size()) < m_question.limit) {
            const int missing = m_question.limit - static_cast<int>(page.items.size());
            QueuePage rest =
                part(Way::down, cursor && cursor->way == Way::down ? cursor->place : start_of(Way::down), missing);
            page.items.insert(page.items.end(), rest.items.begin(), rest.items.end());
            page.next = rest.next;
        } else if (page.next.empty() && !page.items.empty() && has_done()) {
            page.next = text_of({Way::down, start_of(Way::down)});
        }
        return page;
    }

private:
    QueuePage one_way(Way way) {
        const auto cursor = cursor_from(m_question.after);
        return part(way, cursor && cursor->way == way ? cursor->place : start_of(way), m_question.limit);
    }

    bool has_done() { return !places(Way::down, start_of(Way::down), 1).empty(); }

    QueuePage part(Way way, const Place& after, int limit) {
        std::vector<Place> found = places(way, after, limit + 1);
        QueuePage page;
        if (static_cast<int>(found.size()) > limit) {
            found.resize(static_cast<std::size_t>(limit));
            page.next = text_of({way, found.back()});
        }
        for (const Place& place : found)
            if (auto item = item_of(m_db, place.id))
                page.items.push_back(std::move(*item));
        return page;
    }

    // In the view's order, the first `count` after a place.
    std::vector<Place> places(Way way, const Place& after, int count) {
        std::vector<Place> found;
        const auto add = [&](Row row) {
            Place place{row.text(0), row.integer(1)};
            if (m_question.view != QueueView::late || place.due_by < m_question.today)
                found.push_back(std::move(place));
        };
        if (m_question.view == QueueView::mine) {
            claimed(after, count, add);
        } else {
            for (const Lane& lane : lanes(way))
                follow(lane, way, after, count, add);
        }
        std::sort(found.begin(), found.end());
        if (way == Way::down)
            std::reverse(found.begin(), found.end());
        if (static_cast<int>(found.size()) > count)
            found.resize(static_cast<std::size_t>(count));
        return found;
    }

    template <typename Add> void follow(const Lane& lane, Way way, const Place& after, int count, const Add& add) {
        const std::string& portal = m_question.scope.portal;
        const std::string& mark = m_question.mark;
        const std::string& origin = m_question.origin;
        const int procedure = lane.procedure;
        const bool up = way == Way::up;
        if (!mark.empty() && !origin.empty())
            m_db.each(up ? ORIGIN_MARKED_UP : ORIGIN_MARKED_DOWN, add, portal, mark, origin, lane.service, procedure,
                      lane.state, after.due_by, after.id, count);
        else if (!mark.empty())
            m_db.each(up ? MARKED_UP : MARKED_DOWN, add, portal, mark, lane.service, procedure, lane.state,
                      after.due_by, after.id, count);
        else if (!origin.empty())
            m_db.each(m_question.view == QueueView::doubtful ? ORIGIN_DOUBTFUL_UP
                      : up                                   ? ORIGIN_UP
                                                             : ORIGIN_DOWN,
                      add, portal, origin, lane.service, procedure, lane.state, after.due_by, after.id, count);
        else if (m_question.view == QueueView::doubtful)
            m_db.each(DOUBTFUL_UP, add, portal, lane.service, procedure, lane.state, after.due_by, after.id, count);
        else
            m_db.each(up ? LANE_UP : LANE_DOWN, add, portal, lane.service, procedure, lane.state, after.due_by,
                      after.id, count);
    }

    // What somebody has taken is what one person can work on: filters look at each.
    template <typename Add> void claimed(Place after, int count, const Add& add) {
        constexpr int AT_ONCE = 200;
        int kept = 0;
        for (int rows = AT_ONCE; rows == AT_ONCE && kept < count;) {
            rows = 0;
            std::vector<Place> some;
            m_db.each(
                CLAIMED_UP,
                [&](Row row) {
                    ++rows;
                    some.push_back({row.text(0), row.integer(1)});
                },
                m_question.scope.portal, m_question.scope.staff.number(), after.due_by, after.id, AT_ONCE);
            for (const Place& place : some) {
                const auto item = item_of(m_db, place.id);
                after = place;
                if (!item || !passes(*item, m_question) || kept >= count)
                    continue;
                ++kept;
                m_db.each("SELECT due_by, id FROM submissions WHERE id = ?", add, place.id);
            }
        }
    }

    std::vector<Lane> lanes(Way way) {
        std::vector<Lane> lanes;
        for (const std::string& service : services_of(m_db, m_question.scope))
            for (const std::uint16_t procedure : PROCEDURES)
                for (const char* state : way == Way::up ? OPEN_STATES : DONE_STATES)
                    if (is_in_view(state) && (m_question.procedure == 0 || m_question.procedure == procedure) &&
                        (m_question.state.empty() || m_question.state == state))
                        lanes.push_back({service, procedure, state});
        return lanes;
    }

    [[nodiscard]] bool is_in_view(std::string_view state) const {
        switch (m_question.view) {
        case QueueView::fresh:
            return state == "received";
        case QueueView::waiting:
            return state == "waiting";
        case QueueView::late:
            return state == "received" || state == "processing";
        default:
            return true;
        }
    }

    Connection& m_db;
    const QueueQuestion& m_question;
};

// ---- search ----

struct Hit {
    std::string key;
    std::int64_t id = 0;
};

struct Term {
    const char* kind = KEY_NAME; // null: by number
    std::string prefix;
};

bool is_number_like(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// What the agent means by the words: the most precise reading comes first, and the first that finds anything counts.
std::vector<Term> terms_of(Connection& db, const QueueQuestion& question) {
    std::vector<Term> terms;
    const std::string folded = folded_words(question.text);
    if (question.text.find('@') != std::string::npos)
        return {{KEY_EMAIL, text::fold_for_comparison(question.text)}};
    std::string prefix = text::fold_for_comparison(question.number_prefix);
    std::string typed = text::fold_for_comparison(question.text);
    if (!prefix.empty() && typed.rfind(prefix + "-", 0) == 0) {
        std::transform(typed.begin(), typed.end(), typed.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
        return {{nullptr, typed}};
    }
    if (!folded.empty() && folded.size() <= 6 && is_number_like(folded)) {
        const std::string padded = std::string(6 - folded.size(), '0') + folded;
        db.each(
            "SELECT year FROM submission_numbers WHERE prefix = ? ORDER BY year DESC",
            [&](Row row) {
                terms.push_back({nullptr, question.number_prefix + "-" + row.text(0) + "-" + padded});
            },
            question.number_prefix);
    }
    if (const std::string phone = phone_prefix(question.text); !phone.empty())
        terms.push_back({KEY_PHONE, phone});
    if (!folded.empty() && !is_number_like(folded))
        terms.push_back({KEY_NAME, folded});
    return terms;
}

std::vector<Hit> hits_after(Connection& db, const std::string& portal, const Term& term, const Hit& after, int count) {
    std::vector<Hit> hits;
    const auto add = [&](Row row) { hits.push_back({row.text(0), row.integer(1)}); };
    const std::string end = term.prefix + AFTER_PREFIX;
    if (term.kind)
        db.each(FOUND, add, portal, term.kind, after.key, after.id, end, count);
    else
        db.each(FOUND_NUMBER, add, after.key, after.id, end, count);
    return hits;
}

std::string kinds_of(const std::vector<Term>& terms) {
    std::set<std::string> kinds;
    for (const Term& term : terms)
        kinds.insert(term.kind ? term.kind : "number");
    std::string all;
    for (const std::string& kind : kinds)
        all += (all.empty() ? "" : "_or_") + kind;
    return all.empty() ? "number" : all; // figures that are neither a number of ours nor a phone
}

// "0:anne martin:42": the term, then the last hit that was looked at.
QueuePage search_page(Connection& db, const QueueQuestion& question) {
    const std::vector<Term> terms = terms_of(db, question);
    std::size_t which = 0;
    Hit after;
    bool goes_on = false;
    if (const std::size_t colon = question.after.find(':'), last = question.after.rfind(':');
        colon != std::string::npos && last != colon) {
        std::size_t term = 0;
        const char* begin = question.after.data();
        std::from_chars(begin, begin + colon, term);
        if (term < terms.size()) {
            which = term;
            goes_on = true;
            after.key = question.after.substr(colon + 1, last - colon - 1);
            std::from_chars(begin + last + 1, begin + question.after.size(), after.id);
        }
    }
    QueuePage page;
    page.searched_by = kinds_of(terms);
    std::set<std::int64_t> seen;
    for (; which < terms.size(); ++which) {
        const Term& term = terms[which];
        if (!goes_on)
            after = {term.prefix, -1};
        bool found = goes_on;
        int looked_at = 0;
        while (true) {
            const std::vector<Hit> hits = hits_after(db, question.scope.portal, term, after, HITS_AT_ONCE);
            found = found || !hits.empty();
            for (const Hit& hit : hits) {
                after = hit;
                ++looked_at;
                if (!seen.insert(hit.id).second)
                    continue;
                auto item = item_of(db, hit.id);
                if (item && passes(*item, question))
                    page.items.push_back(std::move(*item));
                if (static_cast<int>(page.items.size()) >= question.limit || looked_at >= MOST_HITS) {
                    page.next = std::to_string(which) + ":" + after.key + ":" + std::to_string(after.id);
                    return page;
                }
            }
            if (hits.size() < HITS_AT_ONCE)
                break;
        }
        if (found)
            break;
    }
    return page;
}

} // namespace

std::optional<QueueItem> item_of(Connection& db, std::int64_t submission) {
    return db.first(
        "SELECT s.number, s.procedure, s.state, s.service, s.origin, a.civility, a.first_names, a.last_name,"
        " s.received_at, s.due_by, s.marks, s.claimed_by, s.claimed_name,"
        " (SELECT p.batch_id FROM pending_decisions p WHERE p.submission_id = s.id AND p.outcome IS NULL), s.portal"
        " FROM submissions s JOIN accounts a ON a.id = s.account_id WHERE s.id = ?",
        [&](Row row) {
            QueueItem item;
            item.id = submission;
            item.number = row.text(0);
            item.procedure = static_cast<std::uint16_t>(row.integer(1));
            item.state = row.text(2);
            item.service = row.text(3);
            item.origin = row.text(4);
            item.person = {row.text(5), row.text(6), row.text(7)};
            item.received_at = row.integer(8);
            item.due_by = row.text(9);
            item.marks = marks_from(row.text(10));
            if (!row.is_null(11))
                item.claimed_by = Colleague{store::StaffId(row.integer(11)), row.text(12)};
            item.pending = row.text(13);
            item.portal = row.text(14);
            return item;
        },
        submission);
}

bool passes(const QueueItem& item, const QueueQuestion& question) {
    const QueueScope& scope = question.scope;
    if (item.portal != scope.portal)
        return false;
    if (scope.services && !item.service.empty() &&
        std::find(scope.services->begin(), scope.services->end(), item.service) == scope.services->end())
        return false;
    if (question.procedure != 0 && item.procedure != question.procedure)
        return false;
    if (!question.state.empty() && item.state != question.state)
        return false;
    if (!question.origin.empty() && item.origin != question.origin)
        return false;
    if (!question.mark.empty() && std::none_of(item.marks.begin(), item.marks.end(),
                                               [&](const store::Mark& mark) { return mark.code == question.mark; }))
        return false;
    switch (question.view) {
    case QueueView::fresh:
        return item.state == "received";
    case QueueView::mine:
        return item.claimed_by && item.claimed_by->id == scope.staff;
    case QueueView::waiting:
        return item.state == "waiting";
    case QueueView::late:
        return (item.state == "received" || item.state == "processing") && item.due_by < question.today;
    case QueueView::doubtful:
        return is_open(item.state) && !item.marks.empty();
    case QueueView::done:
        return !is_open(item.state);
    case QueueView::all:
        break;
    }
    return true;
}

std::vector<const char*> queue_statements() {
    return {LANE_UP,    LANE_DOWN,   DOUBTFUL_UP,        MARKED_UP,        MARKED_DOWN,
            ORIGIN_UP,  ORIGIN_DOWN, ORIGIN_DOUBTFUL_UP, ORIGIN_MARKED_UP, ORIGIN_MARKED_DOWN,
            CLAIMED_UP, FOUND,       FOUND_NUMBER};
}

Result<QueuePage, StoreError> SqliteStore::queue_page(const QueueQuestion& question) {
    return m_database.read([&](Connection& db) {
        if (!question.text.empty())
            return search_page(db, question);
        return Paging(db, question).page();
    });
}

Result<QueueCounters, StoreError> SqliteStore::queue_counters(const QueueScope& scope, const std::string& today) {
    return m_database.read([&](Connection& db) {
        QueueCounters counters;
        const std::vector<std::string> services = services_of(db, scope);
        const auto is_seen = [&](const std::string& service) {
            return std::find(services.begin(), services.end(), service) != services.end();
        };
        const std::string mine = "claimed:" + std::to_string(scope.staff.number());
        const auto add = [&](Row row) {
            if (!is_seen(row.text(1)))
                return;
            const std::string what = row.text(0);
            const std::int64_t n = row.integer(2);
            if (what == "all")
                counters.all += n;
            else if (what == "doubtful")
                counters.doubtful += n;
            else if (what == "state:received")
                counters.fresh += n;
            else if (what == "state:waiting")
                counters.waiting += n;
            else if (what == mine)
                counters.mine += n;
            else if (what.rfind("due:", 0) == 0)
                counters.late += n;
            else
                counters.done += n;
        };
        db.each("SELECT what, service, n FROM queue_counts WHERE portal = ? AND what IN"
                " ('all', 'doubtful', 'state:received', 'state:waiting', 'state:accepted', 'state:refused',"
                " 'state:withdrawn', ?)",
                add, scope.portal, mine);
        db.each("SELECT what, service, n FROM queue_counts WHERE portal = ? AND what >= 'due:' AND what < ?", add,
                scope.portal, "due:" + today);
        return counters;
    });
}

} // namespace foyer::server::sqlite
