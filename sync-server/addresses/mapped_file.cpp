#include "addresses/mapped_file.h"

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

MappedFile::MappedFile(MappedFile&& other) noexcept : m_begin(other.m_begin), m_size(other.m_size) {
    other.m_begin = nullptr;
    other.m_size = 0;
}

MappedFile::~MappedFile() {
    if (m_begin)
        ::munmap(const_cast<std::byte*>(m_begin), m_size);
}

} // namespace foyer::server::addresses
