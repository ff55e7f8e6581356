// A disk that fails on command, below SQLite: a VFS of its own between SQLite and the machine's files. One for the
// whole process; while nothing was asked of it, it is the machine's disk.
#pragma once

namespace foyer::test {

class FaultyDisk {
public:
    enum class Fault {
        full,        // SQLITE_FULL at a write
        write_error, // SQLITE_IOERR_WRITE
        sync_error,  // SQLITE_IOERR_FSYNC
    };
    enum class Lasting { once, until_mended };

    // From here on every database that is opened lies on it.
    static void install();
    // The call of this kind after `calls` more fails.
    static void break_after(int calls, Fault fault, Lasting lasting);
    static void mend();
    // Whether something has failed since the last break_after().
    [[nodiscard]] static bool has_failed();
};

} // namespace foyer::test
