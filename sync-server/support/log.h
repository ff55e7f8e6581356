// The server's log: one line per event on standard error, `time level event key=value …`.
// What goes in is written by us: routes (not paths), codes, counts, ids of requests. Never an answer, a name, an
// address, a query string, a key, nor a client's IP address.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>

namespace foyer::server {

struct LogField {
    std::string_view key;
    std::string value;
};

class Log {
public:
    // Takes finished lines, without their line feed. Called under a lock, one at a time.
    using Sink = std::function<void(std::string_view line)>;

    Log();
    explicit Log(Sink sink) : m_sink(std::move(sink)) {}

    // Any thread; never fails.
    void info(std::string_view event, std::initializer_list<LogField> fields = {}) { write("info", event, fields); }
    void warning(std::string_view event, std::initializer_list<LogField> fields = {}) { write("warn", event, fields); }
    void error(std::string_view event, std::initializer_list<LogField> fields = {}) { write("error", event, fields); }

private:
    void write(std::string_view level, std::string_view event, std::initializer_list<LogField> fields);
    std::mutex m_mutex;
    Sink m_sink;
};

} // namespace foyer::server
