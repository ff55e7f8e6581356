// The file foyer.sqlite: one writer thread that commits in groups, and readers on their own read-only connections.
//
// Changes are closures. They queue up while the disk syncs the group before them; the writer takes all that is waiting
// into one transaction, commits, and only then lets the callers go (a large change has one of its own). A closure that
// fails rolls back to its own savepoint and does not fail its neighbours; when the commit itself fails, each closure is
// tried once more alone. So a closure may run several times and must change nothing but the database.
#pragma once

#include "base/result.h"
#include "sqlite/connection.h"
#include "store/error.h"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace foyer::server::sqlite {

enum class Durability {
    survives_power_cuts, // nobody is answered before the disk has it
    can_be_made_again,   // invented data and copies: written many times faster, and broken by a power cut
};

struct DatabaseOptions {
    std::string path;
    Durability durability = Durability::survives_power_cuts;
    std::size_t queue_limit = 4096;
    // For the tests of a full disk: the file may not grow beyond this many pages. 0: no limit.
    std::int64_t maximum_pages = 0;
    // Told about every refusal of the storage, for the log; the text holds no data of any row.
    std::function<void(const std::string&)> on_trouble = [](const std::string&) {};
};

class Database {
public:
    // Opens or makes the file and brings its schema up to date. The error is a sentence for the person who starts the
    // server: damaged file, not a Foyer file, newer than this program, no permission.
    static Result<std::unique_ptr<Database>, std::string> open(DatabaseOptions options);

    // Finishes what was queued, then closes.
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    // Runs `change` in the writer's next group and returns what it returned, after the commit. Any thread.
    template <typename Change>
    auto write(Change change) -> Result<std::invoke_result_t<Change&, Connection&>, store::StoreError> {
        return written(std::move(change), Company::welcome);
    }

    // The same for a change of thousands of rows: a transaction of its own, after those that wait with it. In a group
    // each change has a savepoint, and SQLite then goes through all it has changed so far once more for every further
    // statement that may have to be taken back: 10,000 rows took minutes.
    template <typename Change>
    auto write_alone(Change change) -> Result<std::invoke_result_t<Change&, Connection&>, store::StoreError> {
        return written(std::move(change), Company::none);
    }

    // Runs `question` on a read-only connection, in one snapshot. Any thread.
    template <typename Question>
    auto read(Question question) -> Result<std::invoke_result_t<Question&, Connection&>, store::StoreError> {
        std::optional<std::invoke_result_t<Question&, Connection&>> answer;
        const std::function<void(Connection&)> run = [&](Connection& connection) { answer = question(connection); };
        if (!run_read(run))
            return Failure{store::StoreError::unavailable};
        return std::move(*answer);
    }

private:
    enum class Company { welcome, none };
    struct Job {
        const std::function<void(Connection&)>* change = nullptr;
        Company company = Company::welcome;
        std::optional<store::StoreError> refused;
        bool done = false;
        std::condition_variable finished;
    };

    explicit Database(DatabaseOptions options);

    template <typename Change>
    auto written(Change change, Company company)
        -> Result<std::invoke_result_t<Change&, Connection&>, store::StoreError> {
        std::optional<std::invoke_result_t<Change&, Connection&>> answer;
        const std::function<void(Connection&)> run = [&](Connection& connection) { answer = change(connection); };
        if (const auto refused = submit(run, company))
            return Failure{*refused};
        return std::move(*answer);
    }

    std::optional<store::StoreError> submit(const std::function<void(Connection&)>& change, Company company);
    bool run_read(const std::function<void(Connection&)>& question);
    void write_loop();
    void finish(const std::vector<Job*>& group);
    void commit_group(const std::vector<Job*>& group);
    bool try_together(const std::vector<Job*>& jobs);

    DatabaseOptions m_options;
    std::unique_ptr<Connection> m_writer;

    std::mutex m_mutex;
    std::condition_variable m_work;
    std::vector<Job*> m_queue;
    bool m_closing = false;

    std::mutex m_readers_mutex;
    std::vector<std::unique_ptr<Connection>> m_idle_readers;

    std::thread m_thread;
};

// A consistent copy, also while a server writes; the target must not exist. The error is a sentence.
[[nodiscard]] Result<Done, std::string> copy_database(const std::string& from, const std::string& to);

} // namespace foyer::server::sqlite
