#include "test_support/faulty_disk.h"

#include <mutex>
#include <sqlite3.h>

namespace foyer::test {

namespace {

std::mutex mutex;
bool armed = false;
bool failed = false;
int calls_left = 0;
FaultyDisk::Fault fault = FaultyDisk::Fault::full;
FaultyDisk::Lasting lasting = FaultyDisk::Lasting::once;

// SQLITE_OK, or what this call answers instead of being made.
int verdict(bool is_sync) {
    const std::lock_guard lock(mutex);
    if (!armed || is_sync != (fault == FaultyDisk::Fault::sync_error))
        return SQLITE_OK;
    if (calls_left-- > 0)
        return SQLITE_OK;
    failed = true;
    armed = lasting == FaultyDisk::Lasting::until_mended;
    switch (fault) {
    case FaultyDisk::Fault::full:
        return SQLITE_FULL;
    case FaultyDisk::Fault::write_error:
        return SQLITE_IOERR_WRITE;
    case FaultyDisk::Fault::sync_error:
        return SQLITE_IOERR_FSYNC;
    }
    return SQLITE_IOERR;
}

// The real file lies behind ours in the memory SQLite gives.
struct File {
    sqlite3_file base;
};
sqlite3_file* real(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(File));
}

int close(sqlite3_file* file) { return real(file)->pMethods->xClose(real(file)); }
int read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
    return real(file)->pMethods->xRead(real(file), to, size, at);
}
int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
    if (const int refused = verdict(false); refused != SQLITE_OK) {
        // Half of it is on the disk, as after a real failure.
        real(file)->pMethods->xWrite(real(file), from, size / 2, at);
        return refused;
    }
    return real(file)->pMethods->xWrite(real(file), from, size, at);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) { return real(file)->pMethods->xTruncate(real(file), size); }
int sync(sqlite3_file* file, int flags) {
    const int refused = verdict(true);
    return refused != SQLITE_OK ? refused : real(file)->pMethods->xSync(real(file), flags);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) { return real(file)->pMethods->xFileSize(real(file), size); }
int lock(sqlite3_file* file, int level) { return real(file)->pMethods->xLock(real(file), level); }
int unlock(sqlite3_file* file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }
int check_reserved(sqlite3_file* file, int* out) { return real(file)->pMethods->xCheckReservedLock(real(file), out); }
int control(sqlite3_file* file, int what, void* argument) {
    return real(file)->pMethods->xFileControl(real(file), what, argument);
}
int sector_size(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
int characteristics(sqlite3_file* file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); }
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** to) {
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, to);
}
int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void shm_barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
int shm_unmap(sqlite3_file* file, int remove) { return real(file)->pMethods->xShmUnmap(real(file), remove); }

const sqlite3_io_methods METHODS = {
    2,         close,          read,    write,       truncate,        sync,    file_size, lock,
    unlock,    check_reserved, control, sector_size, characteristics, shm_map, shm_lock,  shm_barrier,
    shm_unmap, nullptr,        nullptr,
};

sqlite3_vfs* machine = nullptr;

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
    const int result = machine->xOpen(machine, name, real(file), flags, out);
    file->pMethods = real(file)->pMethods ? &METHODS : nullptr;
    return result;
}

} // namespace

void FaultyDisk::install() {
    static sqlite3_vfs vfs;
    const std::lock_guard hold(mutex);
    if (machine)
        return;
    machine = sqlite3_vfs_find(nullptr);
    vfs = *machine;
    vfs.pNext = nullptr;
    vfs.zName = "faulty";
    vfs.szOsFile = static_cast<int>(sizeof(File)) + machine->szOsFile;
    vfs.xOpen = open;
    sqlite3_vfs_register(&vfs, 1);
}

void FaultyDisk::break_after(int calls, Fault kind, Lasting how_long) {
    const std::lock_guard hold(mutex);
    armed = true;
    failed = false;
    calls_left = calls;
    fault = kind;
    lasting = how_long;
}

void FaultyDisk::mend() {
    const std::lock_guard hold(mutex);
    armed = false;
}

bool FaultyDisk::has_failed() {
    const std::lock_guard hold(mutex);
    return failed;
}

} // namespace foyer::test
