// One SQLite connection with its prepared statements. Used by one thread at a time; SQL is named nowhere else.
// Inside this room a refusal of the database is an exception (SqliteError); database.cpp turns it into a StoreError, so
// none leaves the room.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace foyer::server::sqlite {

class SqliteError : public std::runtime_error {
public:
    SqliteError(int code, const std::string& message) : std::runtime_error(message), m_code(code) {}
    // SQLite's extended result code.
    [[nodiscard]] int code() const { return m_code; }

private:
    int m_code;
};

// Bytes, as opposed to text, on their way into a statement.
struct Blob {
    std::string_view bytes;
};

class Row {
public:
    explicit Row(sqlite3_stmt* statement) : m_statement(statement) {}
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string text(int column) const; // also for blobs; empty for NULL
    [[nodiscard]] std::optional<std::string> optional_text(int column) const;
    [[nodiscard]] bool is_null(int column) const;

private:
    sqlite3_stmt* m_statement;
};

class Connection {
public:
    enum class Mode { read_write, read_only };

    Connection(const std::string& path, Mode mode);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Several statements without parameters, as in a migration.
    void script(const char* sql);

    // One statement; gives the number of rows it changed. `sql` must be a literal: its address names the prepared one.
    template <typename... Values> std::int64_t run(const char* sql, const Values&... values) {
        Use use(*this, sql);
        bind_all(use.statement, values...);
        return finish(use.statement);
    }

    // Calls `on_row` for each row.
    template <typename OnRow, typename... Values> void each(const char* sql, OnRow on_row, const Values&... values) {
        Use use(*this, sql);
        bind_all(use.statement, values...);
        while (step(use.statement))
            on_row(Row(use.statement));
    }

    // The first row through `make`, or nothing.
    template <typename Make, typename... Values>
    auto first(const char* sql, Make make, const Values&... values) -> std::optional<decltype(make(Row(nullptr)))> {
        Use use(*this, sql);
        bind_all(use.statement, values...);
        if (!step(use.statement))
            return std::nullopt;
        return make(Row(use.statement));
    }

    [[nodiscard]] std::int64_t last_insert_id() const;
    [[nodiscard]] bool in_transaction() const;

private:
    // Resets the statement however its use ends.
    struct Use {
        Use(Connection& connection, const char* sql) : statement(connection.prepared(sql)) {}
        ~Use();
        Use(const Use&) = delete;
        Use& operator=(const Use&) = delete;
        sqlite3_stmt* statement;
    };

    sqlite3_stmt* prepared(const char* sql);
    bool step(sqlite3_stmt* statement);
    std::int64_t finish(sqlite3_stmt* statement);
    [[noreturn]] void fail(const char* doing) const;

    template <typename... Values> void bind_all([[maybe_unused]] sqlite3_stmt* statement, const Values&... values) {
        int index = 0;
        (bind(statement, ++index, values), ...);
    }
    void bind(sqlite3_stmt* statement, int index, std::int64_t value);
    void bind(sqlite3_stmt* statement, int index, int value) {
        bind(statement, index, static_cast<std::int64_t>(value));
    }
    void bind(sqlite3_stmt* statement, int index, std::string_view value);
    void bind(sqlite3_stmt* statement, int index, const std::string& value) {
        bind(statement, index, std::string_view(value));
    }
    void bind(sqlite3_stmt* statement, int index, const char* value) {
        bind(statement, index, std::string_view(value));
    }
    void bind(sqlite3_stmt* statement, int index, Blob value);
    void bind(sqlite3_stmt* statement, int index, std::nullopt_t);
    void bind(sqlite3_stmt* statement, int index, const std::optional<std::int64_t>& value) {
        if (value)
            bind(statement, index, *value);
        else
            bind(statement, index, std::nullopt);
    }
    void bind(sqlite3_stmt* statement, int index, const std::optional<std::string>& value) {
        if (value)
            bind(statement, index, std::string_view(*value));
        else
            bind(statement, index, std::nullopt);
    }

    sqlite3* m_handle = nullptr;
    std::unordered_map<const char*, sqlite3_stmt*> m_statements;
};

} // namespace foyer::server::sqlite
