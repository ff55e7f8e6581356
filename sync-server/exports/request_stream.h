// Requests on their way out, part by part. Nothing is held between two parts but a place: neither rows nor a
// transaction, so a million rows cost the memory of a page, and whoever reads slowly keeps no snapshot of the database
// alive (which would let its write-ahead log grow).
#pragma once

#include "base/clock.h"
#include "store/exports.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace foyer::server::exports {

enum class Format : std::uint8_t { csv, json_lines };

struct Wish {
    Format format = Format::csv;
    char separator = ',';         // of CSV
    bool byte_order_mark = false; // of CSV
    // view, procedure, state, mark, today, whose; with a search's text and number_prefix, and then without `since`.
    store::QueueQuestion filter;
    std::optional<std::int64_t> since; // a change: those after it only
};

enum class Step : std::uint8_t { more, end, broken };

// A few at once for all towns: each keeps a worker of the HTTP server.
class Slots {
public:
    explicit Slots(int count) : m_free(count) {}
    // Nothing: all are taken. Given back by destroying it.
    [[nodiscard]] std::shared_ptr<void> take();

private:
    std::atomic<int> m_free;
};

class RequestStream {
public:
    struct Surroundings {
        store::ExportStore& exports;
        store::QueueStore& queue; // for a search
        const Clock& clock;
        // Asked every few seconds: whether who asked may still see this.
        std::function<bool()> still_allowed;
        // The last part is about to leave; false: it may not, because this could not be noted.
        std::function<bool(std::int64_t rows)> on_end;
    };
    // `bounds` as they were read before.
    RequestStream(Surroundings surroundings, Wish wish, const store::ExportBounds& bounds);

    [[nodiscard]] Step next(std::string& part);

    static constexpr UnixSeconds ASKED_EVERY = 5;
    static constexpr UnixSeconds LONGEST = 3600;

private:
    [[nodiscard]] bool may_go_on();
    [[nodiscard]] std::optional<std::vector<store::ExportRow>> next_rows();
    [[nodiscard]] std::optional<std::vector<store::ExportRow>> next_found();

    Surroundings m_around;
    Wish m_wish;
    store::ExportQuestion m_question;
    bool m_begun = false;
    bool m_last = false;
    std::int64_t m_rows = 0;
    UnixSeconds m_begun_at;
    UnixSeconds m_asked_at;
};

} // namespace foyer::server::exports
