// Files, whole: read, written so that nobody ever sees half of one, and the lock on a data directory.
#pragma once

#include "base/result.h"

#include <optional>
#include <string>

namespace foyer::server {

// The bytes, or a sentence ("…: No such file or directory").
[[nodiscard]] Result<std::string, std::string> read_file(const std::string& path);

// Writes beside the target, syncs, renames: after a crash the file is the old one or the new one. Mode 0600 or 0644.
enum class FileMode { owner_only, readable };
[[nodiscard]] Result<Done, std::string> write_file_atomically(const std::string& path, const std::string& bytes,
                                                              FileMode mode);

// A data folder with this file in it holds invented families only.
inline constexpr const char* DEMONSTRATION_FILE = "demonstration";

// Held while the object lives, given back by the kernel however the process ends.
class DirectoryLock {
public:
    // Makes the directory (0700) when it is missing. The error says who to look for.
    static Result<DirectoryLock, std::string> take(const std::string& directory);
    DirectoryLock(DirectoryLock&& other) noexcept : m_descriptor(other.m_descriptor) { other.m_descriptor = -1; }
    DirectoryLock& operator=(DirectoryLock&&) = delete;
    ~DirectoryLock();

private:
    explicit DirectoryLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor;
};

} // namespace foyer::server
