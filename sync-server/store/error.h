// Why a store could not do what it was asked. Neither case leaves half of an operation behind.
#pragma once

namespace foyer::server::store {

enum class StoreError {
    busy,        // too many changes are waiting already; the same call may succeed in a moment
    unavailable, // the storage refused: disk full, I/O error, damaged file, or the store is closing
};

} // namespace foyer::server::store
