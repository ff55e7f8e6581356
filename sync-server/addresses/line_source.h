// The lines of a file, gzipped or not, one at a time: a department's file is larger than a small server's memory.
#pragma once

#include "base/result.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace foyer::server::addresses {

class LineSource {
public:
    static constexpr std::size_t LONGEST_LINE = 64 * 1024;

    // The error is a sentence.
    static Result<LineSource, std::string> open(const std::string& path);
    LineSource(LineSource&&) noexcept;
    ~LineSource();

    // The next line without its end (\n or \r\n), or nothing at the end of the file or at a fault. A line that is
    // longer than LONGEST_LINE is cut there.
    std::optional<std::string_view> next();

    // Why reading ended before the file did ("damaged gzip data"); empty: it did not.
    [[nodiscard]] const std::string& fault() const;

private:
    struct File;
    explicit LineSource(std::unique_ptr<File> file);
    std::unique_ptr<File> m_file;
};

} // namespace foyer::server::addresses
