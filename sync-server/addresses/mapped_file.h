// A file as memory: an index is read where it lies, only the pages that a search touches are loaded.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <span>
#include <string>

namespace foyer::server::addresses {

class MappedFile {
public:
    // The error is a sentence. A file that is replaced (as `addresses build` does it) leaves the old one mapped; one
    // that is cut short while it is mapped is not ours to survive.
    static Result<MappedFile, std::string> open(const std::string& path);
    // The file as it is now, sealed against every change: one that is written over or cut short later harms nobody.
    static Result<MappedFile, std::string> open_copy(const std::string& path);
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&&) = delete;
    ~MappedFile();

    [[nodiscard]] std::span<const std::byte> bytes() const { return {m_begin, m_size}; }

private:
    MappedFile(const std::byte* begin, std::size_t size) : m_begin(begin), m_size(size) {}
    const std::byte* m_begin;
    std::size_t m_size;
};

} // namespace foyer::server::addresses
