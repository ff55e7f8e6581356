// The queue's rows, and the statements its tests look at.
#pragma once

#include "sqlite/connection.h"
#include "sqlite/search_keys.h"
#include "store/queue.h"
#include "text/fold.h"

#include <optional>
#include <vector>

namespace foyer::server::sqlite {

[[nodiscard]] std::optional<store::QueueItem> item_of(Connection& db, std::int64_t submission);
// Whether the view and every filter of the question let it through.
[[nodiscard]] bool passes(const store::QueueItem& item, const store::QueueQuestion& question);

// Every statement a page is made of; none may read more of a table than what it gives.
[[nodiscard]] std::vector<const char*> queue_statements();

} // namespace foyer::server::sqlite
