#include "support/log.h"

#include "support/time_text.h"

#include <cstdio>
#include <ctime>

namespace foyer::server {

namespace {

bool is_plain(std::string_view value) {
    if (value.empty())
        return false;
    for (const char c : value)
        if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f || c == '"' || c == '=' ||
            c == '\\')
            return false;
    return true;
}

// Quoted, with everything that could start another line or move a terminal's cursor taken out.
std::string quoted(std::string_view value) {
    std::string text = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\')
            text += '\\';
        text += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    }
    return text + '"';
}

} // namespace

Log::Log()
    : m_sink([](std::string_view line) {
          std::string text(line);
          text += '\n';
          std::fwrite(text.data(), 1, text.size(), stderr);
      }) {}

void Log::write(std::string_view level, std::string_view event, std::initializer_list<LogField> fields) {
    std::string line = rfc3339(std::time(nullptr));
    line.append(1, ' ').append(level).append(1, ' ').append(event);
    for (const LogField& field : fields)
        line.append(1, ' ').append(field.key).append(1, '=').append(is_plain(field.value) ? field.value
                                                                                          : quoted(field.value));
    const std::lock_guard lock(m_mutex);
    m_sink(line);
}

} // namespace foyer::server
