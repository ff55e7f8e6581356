#include "sqlite/database.h"

#include "sqlite/migrations.h"

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>

namespace foyer::server::sqlite {

namespace {

constexpr std::int64_t APPLICATION_ID = 0x464f5952; // "FOYR", tells our files from other SQLite files
constexpr std::uintmax_t WHOLE_CHECK_BELOW_BYTES = 16U << 20U;

void set_pragmas(Connection& connection, Durability durability) {
    connection.script("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000;"
                      "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;");
    if (durability == Durability::can_be_made_again)
        connection.script("PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;");
}

std::int64_t pragma(Connection& connection, const char* sql) {
    return connection.first(sql, [](Row row) { return row.integer(0); }).value_or(0);
}

std::string damaged(const std::string& path, const std::string& reason) {
    return path + ": the database file is damaged or is not a database (" + reason +
           "). Nothing was changed. Put a backup in its place (docs/admin-guide.md, “Restoring”) or move it away, with "
           "its -wal and -shm files.";
}

// A small file is checked whole. A large one is looked at where every use of it begins: reading all of it would keep
// the server from starting for minutes, and damage met later answers 503 rather than wrong data.
void check_integrity(Connection& connection, const std::string& path) {
    std::error_code ignored;
    if (std::filesystem::file_size(path, ignored) < WHOLE_CHECK_BELOW_BYTES) {
        const auto verdict = connection.first("PRAGMA quick_check(1)", [](Row row) { return row.text(0); });
        if (verdict.value_or("no answer") != "ok")
            throw SqliteError(SQLITE_CORRUPT, *verdict);
        return;
    }
    std::vector<std::string> tables;
    connection.each("SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%'",
                    [&](Row row) { tables.push_back(row.text(0)); });
    for (const std::string& table : tables)
        connection.script(("SELECT 1 FROM \"" + table + "\" LIMIT 1").c_str());
}

} // namespace

Result<std::unique_ptr<Database>, std::string> Database::open(DatabaseOptions options) {
    const std::string path = options.path;
    std::unique_ptr<Database> database(new Database(std::move(options)));
    try {
        database->m_writer = std::make_unique<Connection>(path, Connection::Mode::read_write);
        Connection& writer = *database->m_writer;
        const bool empty = pragma(writer, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!empty && pragma(writer, "PRAGMA application_id") != APPLICATION_ID)
            return Failure{path +
                           ": this is an SQLite file of another program, not one of Foyer's. Nothing was changed."};
        set_pragmas(writer, database->m_options.durability);
        if (empty)
            writer.script("PRAGMA application_id = 1179605330;");
        else
            check_integrity(writer, path);
        const std::int64_t version = pragma(writer, "PRAGMA user_version");
        if (version > latest_schema_version())
            return Failure{path + ": written by a newer foyer-server (schema " + std::to_string(version) +
                           ", this program knows " + std::to_string(latest_schema_version()) +
                           "). Start the newer program, or restore an older backup. Nothing was changed."};
        migrate(writer, version);
        if (database->m_options.maximum_pages > 0)
            writer.script(("PRAGMA max_page_count = " + std::to_string(database->m_options.maximum_pages)).c_str());
    } catch (const SqliteError& error) {
        const int primary = error.code() & 0xff;
        if (primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB)
            return Failure{damaged(path, error.what())};
        return Failure{path + ": cannot be opened (" + error.what() + ")."};
    }
    database->m_thread = std::thread([raw = database.get()] { raw->write_loop(); });
    return database;
}

Database::Database(DatabaseOptions options) : m_options(std::move(options)) {}

Database::~Database() {
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_work.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

std::optional<store::StoreError> Database::submit(const std::function<void(Connection&)>& change, Company company) {
    Job job;
    job.change = &change;
    job.company = company;
    std::unique_lock lock(m_mutex);
    if (m_closing)
        return store::StoreError::unavailable;
    if (m_queue.size() >= m_options.queue_limit)
        return store::StoreError::busy;
    m_queue.push_back(&job);
    if (m_queue.size() == 1)
        m_work.notify_one();
    job.finished.wait(lock, [&] { return job.done; });
    return job.refused;
}

void Database::write_loop() {
    std::unique_lock lock(m_mutex);
    while (true) {
        m_work.wait(lock, [&] { return m_closing || !m_queue.empty(); });
        if (m_queue.empty())
            return; // closing, and nothing is left to do
        std::vector<Job*> group;
        group.swap(m_queue);
        lock.unlock();
        // The large ones come last, so that nobody of this group waits for them.
        const auto large = std::stable_partition(group.begin(), group.end(),
                                                 [](const Job* job) { return job->company == Company::welcome; });
        const std::vector<Job*> alone(large, group.end());
        group.erase(large, group.end());
        finish(group);
        for (Job* job : alone)
            finish({job});
        lock.lock();
    }
}

void Database::finish(const std::vector<Job*>& group) {
    if (group.empty())
        return;
    commit_group(group);
    const std::lock_guard lock(m_mutex);
    for (Job* job : group) {
        // Told under the lock: the waiter destroys its condition as soon as it may run.
        job->done = true;
        job->finished.notify_one();
    }
}

void Database::commit_group(const std::vector<Job*>& group) {
    if (try_together(group) || group.size() == 1)
        return;
    for (Job* job : group)
        try_together({job});
}

// One transaction for all. False when the transaction as a whole was lost; then every job is marked refused.
bool Database::try_together(const std::vector<Job*>& jobs) {
    Connection& connection = *m_writer;
    try {
        connection.run("BEGIN IMMEDIATE");
        if (jobs.size() == 1) { // needs no savepoint: there is nobody whose work must be kept when it fails
            jobs.front()->refused.reset();
            (*jobs.front()->change)(connection);
            connection.run("COMMIT");
            return true;
        }
        for (Job* job : jobs) {
            job->refused.reset();
            connection.run("SAVEPOINT one_change");
            try {
                (*job->change)(connection);
            } catch (const std::exception& error) {
                job->refused = store::StoreError::unavailable;
                m_options.on_trouble(error.what());
                // A full disk or an I/O error may have ended the whole transaction.
                if (!connection.in_transaction())
                    throw;
                connection.run("ROLLBACK TO one_change");
            }
            connection.run("RELEASE one_change");
        }
        connection.run("COMMIT");
        return true;
    } catch (const std::exception& error) {
        m_options.on_trouble(error.what());
        for (Job* job : jobs)
            job->refused = store::StoreError::unavailable;
        try {
            if (connection.in_transaction())
                connection.run("ROLLBACK");
        } catch (const SqliteError& rollback_error) {
            m_options.on_trouble(rollback_error.what());
        }
        return false;
    }
}

bool Database::run_read(const std::function<void(Connection&)>& question) {
    std::unique_ptr<Connection> reader;
    {
        const std::lock_guard lock(m_readers_mutex);
        if (!m_idle_readers.empty()) {
            reader = std::move(m_idle_readers.back());
            m_idle_readers.pop_back();
        }
    }
    try {
        if (!reader)
            reader = std::make_unique<Connection>(m_options.path, Connection::Mode::read_only);
        reader->run("BEGIN");
        question(*reader);
        reader->run("COMMIT");
    } catch (const std::exception& error) {
        // The connection is dropped with whatever state it is in; the next reader gets a new one.
        m_options.on_trouble(error.what());
        return false;
    }
    const std::lock_guard lock(m_readers_mutex);
    m_idle_readers.push_back(std::move(reader));
    return true;
}

Result<Done, std::string> copy_database(const std::string& from, const std::string& to) {
    if (std::filesystem::exists(to))
        return Failure{to + ": is there already; a backup never replaces another."};
    try {
        Connection connection(from, Connection::Mode::read_only);
        connection.run("VACUUM INTO ?", to);
    } catch (const SqliteError& error) {
        return Failure{from + ": could not be copied (" + error.what() + ")."};
    }
    return Done{};
}

} // namespace foyer::server::sqlite
