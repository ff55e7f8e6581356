// Requests as they leave for other programs: page by page, each read short, so that whoever reads slowly holds nothing.
//
// Threading: any thread.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "store/answers.h"
#include "store/error.h"
#include "store/queue.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace foyer::server::store {

struct ExportRow {
    QueueItem item; // of an erased one: portal, number and service
    bool erased = false;
    std::string filled_at;
    std::string account; // its reference
    std::string email;
    Answers profile; // what the account says of itself now
    Answers answers;
    // Of the last decision; nothing while there is none.
    std::optional<UnixSeconds> decided_at;
    std::string decision_code; // of the town's reasons for refusing
};

enum class ExportOrder : std::uint8_t {
    arrival, // all there are; a position is a request's id
    change,  // those that have changed, the erased ones too; a position grows with every change
};

// Where an export begins and ends. Whatever changes after this was read has a greater last_change.
struct ExportBounds {
    std::int64_t last_arrival = 0;
    std::int64_t last_change = 0;
};

struct ExportQuestion {
    QueueQuestion filter; // scope, view, procedure, state, mark, today; neither text nor cursor
    ExportOrder order = ExportOrder::arrival;
    std::int64_t after = 0; // positions
    std::int64_t until = 0;
    int limit = 200;
    std::size_t most_bytes = std::size_t{256} << 10U; // of answers; one row more than fits is the last
};

struct ExportPage {
    std::vector<ExportRow> rows; // may be none though more will come
    std::int64_t after = 0;      // where the next page begins
    bool last = false;
};

class ExportStore {
public:
    virtual ~ExportStore() = default;

    virtual Result<ExportBounds, StoreError> export_bounds() = 0;
    // The cost does not grow with the table.
    virtual Result<ExportPage, StoreError> export_page(const ExportQuestion& question) = 0;
    // These requests of the town, in this order; those that are gone are left out.
    virtual Result<std::vector<ExportRow>, StoreError> export_rows(const std::string& portal,
                                                                   const std::vector<std::int64_t>& submissions) = 0;
};

} // namespace foyer::server::store
