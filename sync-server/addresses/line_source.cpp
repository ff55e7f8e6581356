#include "addresses/line_source.h"

#include <cerrno>
#include <cstring>
#include <vector>

#include <zlib.h>

namespace foyer::server::addresses {

struct LineSource::File {
    explicit File(gzFile opened) : handle(opened), part(256 * 1024) {}
    ~File() { gzclose_r(handle); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    bool fill() {
        const int got = gzread(handle, part.data(), static_cast<unsigned>(part.size()));
        at = 0;
        end = got > 0 ? static_cast<std::size_t>(got) : 0;
        int code = Z_OK;
        const char* reason = gzerror(handle, &code);
        if (code != Z_OK && code != Z_STREAM_END)
            fault = code == Z_ERRNO ? std::strerror(errno) : std::string("damaged gzip data: ") + reason;
        return end > 0;
    }

    gzFile handle; // zlib reads files that are not gzipped as they are
    std::vector<char> part;
    std::size_t at = 0;
    std::size_t end = 0;
    std::string line;
    std::string fault;
};

LineSource::LineSource(std::unique_ptr<File> file) : m_file(std::move(file)) {}
LineSource::LineSource(LineSource&&) noexcept = default;
LineSource::~LineSource() = default;

Result<LineSource, std::string> LineSource::open(const std::string& path) {
    errno = 0;
    gzFile handle = gzopen(path.c_str(), "rbe");
    if (!handle)
        return Failure{path + ": " + (errno != 0 ? std::strerror(errno) : "cannot be opened")};
    gzbuffer(handle, 256 * 1024);
    return LineSource(std::make_unique<File>(handle));
}

std::optional<std::string_view> LineSource::next() {
    File& file = *m_file;
    file.line.clear();
    bool any = false;
    while (file.at < file.end || file.fill()) {
        any = true;
        const char* begin = file.part.data() + file.at;
        const std::size_t left = file.end - file.at;
        const auto* stop = static_cast<const char*>(std::memchr(begin, '\n', left));
        const std::size_t size = stop ? static_cast<std::size_t>(stop - begin) : left;
        if (file.line.size() < LONGEST_LINE)
            file.line.append(begin, std::min(size, LONGEST_LINE - file.line.size()));
        file.at += size + (stop ? 1 : 0);
        if (stop)
            break;
    }
    if (!any)
        return std::nullopt;
    if (!file.line.empty() && file.line.back() == '\r')
        file.line.pop_back();
    return file.line;
}

const std::string& LineSource::fault() const { return m_file->fault; }

} // namespace foyer::server::addresses
