#include "addresses/mapped_file.h"

#include "support/files.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace foyer::server::addresses {

Result<MappedFile, std::string> MappedFile::open(const std::string& path) {
    const auto because = [&path] { return Failure{path + ": " + std::strerror(errno)}; };
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return because();
    struct stat about {};
    if (::fstat(descriptor, &about) != 0) {
        auto failure = because();
        ::close(descriptor);
        return failure;
    }
    if (!S_ISREG(about.st_mode) || about.st_size == 0) { // nothing to map
        ::close(descriptor);
        return MappedFile(nullptr, 0);
    }
    const auto size = static_cast<std::size_t>(about.st_size);
    void* begin = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    const int fault = errno;
    ::close(descriptor);
    if (begin == MAP_FAILED) {
        errno = fault;
        return because();
    }
    return MappedFile(static_cast<const std::byte*>(begin), size);
}

Result<MappedFile, std::string> MappedFile::open_copy(const std::string& path) {
    const auto bytes = read_file(path);
    if (!bytes)
        return Failure{bytes.error()};
    if (bytes->empty())
        return MappedFile(nullptr, 0);
    const auto because = [&path] { return Failure{path + ": no memory for it: " + std::strerror(errno)}; };
    const int descriptor = ::memfd_create("foyer-addresses", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (descriptor < 0)
        return because();
    std::size_t written = 0;
    while (written < bytes->size()) {
        const ssize_t count = ::write(descriptor, bytes->data() + written, bytes->size() - written);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        written += static_cast<std::size_t>(count);
    }
    void* begin = MAP_FAILED;
    if (written == bytes->size() &&
        ::fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) == 0)
        begin = ::mmap(nullptr, written, PROT_READ, MAP_PRIVATE, descriptor, 0);
    const int fault = errno;
    ::close(descriptor);
    if (begin == MAP_FAILED) {
        errno = fault;
        return because();
    }
    return MappedFile(static_cast<const std::byte*>(begin), written);
}

MappedFile::MappedFile(MappedFile&& other) noexcept : m_begin(other.m_begin), m_size(other.m_size) {
    other.m_begin = nullptr;
    other.m_size = 0;
}

MappedFile::~MappedFile() {
    if (m_begin)
        ::munmap(const_cast<std::byte*>(m_begin), m_size);
}

} // namespace foyer::server::addresses
