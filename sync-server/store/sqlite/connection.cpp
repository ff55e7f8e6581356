#include "sqlite/connection.h"

#include <sqlite3.h>

namespace foyer::server::sqlite {

namespace {
// SQLITE_STATIC: the bound values outlive the statement's use (they are the arguments of the call that uses it).
const sqlite3_destructor_type BORROWED = nullptr;
constexpr int BUSY_TIMEOUT_MS = 5000;
} // namespace

std::int64_t Row::integer(int column) const { return sqlite3_column_int64(m_statement, column); }

std::string Row::text(int column) const {
    const void* bytes = sqlite3_column_blob(m_statement, column);
    const int size = sqlite3_column_bytes(m_statement, column);
    return bytes ? std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size)) : std::string();
}

std::optional<std::string> Row::optional_text(int column) const {
    if (is_null(column))
        return std::nullopt;
    return text(column);
}

bool Row::is_null(int column) const { return sqlite3_column_type(m_statement, column) == SQLITE_NULL; }

Connection::Connection(const std::string& path, Mode mode) {
    const int flags = SQLITE_OPEN_NOMUTEX |
                      (mode == Mode::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    const int result = sqlite3_open_v2(path.c_str(), &m_handle, flags, nullptr);
    if (result != SQLITE_OK) {
        const std::string message = m_handle ? sqlite3_errmsg(m_handle) : "out of memory";
        sqlite3_close_v2(m_handle);
        throw SqliteError(result, message);
    }
    sqlite3_extended_result_codes(m_handle, 1);
    sqlite3_busy_timeout(m_handle, BUSY_TIMEOUT_MS);
    // The schema of a damaged or foreign file is not trusted to run functions.
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(m_handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
}

Connection::~Connection() {
    for (auto& [sql, statement] : m_statements)
        sqlite3_finalize(statement);
    sqlite3_close_v2(m_handle);
}

void Connection::script(const char* sql) {
    if (sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        fail("script");
}

std::int64_t Connection::last_insert_id() const { return sqlite3_last_insert_rowid(m_handle); }

bool Connection::in_transaction() const { return sqlite3_get_autocommit(m_handle) == 0; }

Connection::Use::~Use() {
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

sqlite3_stmt* Connection::prepared(const char* sql) {
    const auto found = m_statements.find(sql);
    if (found != m_statements.end())
        return found->second;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(m_handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
        fail("prepare");
    m_statements.emplace(sql, statement);
    return statement;
}

bool Connection::step(sqlite3_stmt* statement) {
    const int result = sqlite3_step(statement);
    if (result == SQLITE_ROW)
        return true;
    if (result != SQLITE_DONE)
        fail("step");
    return false;
}

std::int64_t Connection::finish(sqlite3_stmt* statement) {
    while (step(statement)) {
    }
    return sqlite3_changes64(m_handle);
}

void Connection::fail(const char* doing) const {
    throw SqliteError(sqlite3_extended_errcode(m_handle), std::string(doing) + ": " + sqlite3_errmsg(m_handle));
}

void Connection::bind(sqlite3_stmt* statement, int index, std::int64_t value) {
    if (sqlite3_bind_int64(statement, index, value) != SQLITE_OK)
        fail("bind");
}

void Connection::bind(sqlite3_stmt* statement, int index, std::string_view value) {
    // A null pointer would bind NULL; an empty text is a text.
    const char* bytes = value.data() ? value.data() : "";
    if (sqlite3_bind_text64(statement, index, bytes, value.size(), BORROWED, SQLITE_UTF8) != SQLITE_OK)
        fail("bind");
}

void Connection::bind(sqlite3_stmt* statement, int index, Blob value) {
    const char* bytes = value.bytes.data() ? value.bytes.data() : "";
    if (sqlite3_bind_blob64(statement, index, bytes, value.bytes.size(), BORROWED) != SQLITE_OK)
        fail("bind");
}

void Connection::bind(sqlite3_stmt* statement, int index, std::nullopt_t) {
    if (sqlite3_bind_null(statement, index) != SQLITE_OK)
        fail("bind");
}

} // namespace foyer::server::sqlite
