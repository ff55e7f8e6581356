#include "support/files.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <unistd.h>

namespace foyer::server {

namespace {

std::string because(const std::string& path) { return path + ": " + std::strerror(errno); }

class Descriptor {
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor() {
        if (m_number >= 0)
            ::close(m_number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return m_number; }

private:
    int m_number;
};

bool write_all(int descriptor, const std::string& bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t written = ::write(descriptor, bytes.data() + done, bytes.size() - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        done += static_cast<std::size_t>(written);
    }
    return true;
}

} // namespace

Result<std::string, std::string> read_file(const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0)
        return Failure{because(path)};
    std::string bytes;
    char part[65536];
    while (true) {
        const ssize_t got = ::read(file.number(), part, sizeof part);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return Failure{because(path)};
        if (got == 0)
            return bytes;
        bytes.append(part, static_cast<std::size_t>(got));
    }
}

Result<Done, std::string> write_file_atomically(const std::string& path, const std::string& bytes, FileMode mode) {
    const std::string temporary = path + ".new";
    {
        const Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                                     mode == FileMode::owner_only ? 0600 : 0644));
        if (file.number() < 0)
            return Failure{because(temporary)};
        if (!write_all(file.number(), bytes) || ::fsync(file.number()) != 0) {
            const std::string reason = because(temporary);
            ::unlink(temporary.c_str());
            return Failure{reason};
        }
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0)
        return Failure{because(path)};
    // The new name is durable only when the folder is.
    const Descriptor folder(
        ::open(std::filesystem::path(path).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.number() >= 0 && ::fsync(folder.number()) != 0)
        return Failure{because(path)};
    return Done{};
}

Result<DirectoryLock, std::string> DirectoryLock::take(const std::string& directory) {
    std::error_code error;
    const bool made = std::filesystem::create_directories(directory, error);
    if (error)
        return Failure{directory + ": cannot be made (" + error.message() + ")"};
    if (made)
        std::filesystem::permissions(directory, std::filesystem::perms::owner_all, error);
    const std::string path = directory + "/lock";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return Failure{because(path)};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        const std::string reason = errno == EWOULDBLOCK
                                       ? directory + ": another foyer-server is using this data directory. Stop it "
                                                     "first, or give this one a directory of its own (--data)."
                                       : because(path);
        ::close(descriptor);
        return Failure{reason};
    }
    return DirectoryLock(descriptor);
}

DirectoryLock::~DirectoryLock() {
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

} // namespace foyer::server
