// The daily job of the server: once a day, in the small hours of the town, what has served is erased.
#pragma once

#include "portals/catalogue.h"
#include "privacy/retention.h"
#include "support/log.h"

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace foyer::server::privacy {

// Not before this hour in Paris.
inline constexpr int FIRST_HOUR = 3;
// When the clock says that the last run was longer ago than this, it may be the clock that is wrong, and everything
// would be erased at once: then a person has to say so, by `foyer-server retention run`.
inline constexpr UnixSeconds TRUSTED_LEAP = UnixSeconds{60} * 86'400;

enum class RetentionDue {
    not_yet,    // done today, or it is not the hour
    first_time, // never done here: a dry run, so that somebody can see what the next night would do
    due,
    doubtful, // the clock has leapt
};
// By the newest finished run; pure.
[[nodiscard]] RetentionDue retention_due(const std::optional<store::RetentionRun>& last, UnixSeconds now);

class RetentionWorker {
public:
    // `on_mail`: families were told something.
    RetentionWorker(store::PrivacyStore& store, const portals::Catalogue& catalogue, const Clock& clock, Log& log,
                    std::string data_folder, NoticeWriter write_notice, std::function<void()> on_mail)
        : m_store(store), m_catalogue(catalogue), m_clock(clock), m_log(log), m_data_folder(std::move(data_folder)),
          m_write_notice(std::move(write_notice)), m_on_mail(std::move(on_mail)) {}
    ~RetentionWorker(); // ends after the batch it is at

    void start();
    // Does what is due in every town; used by the thread and by tests. Gives how many runs were finished.
    int work_through();

private:
    void run();
    bool is_stopping();

    store::PrivacyStore& m_store;
    const portals::Catalogue& m_catalogue;
    const Clock& m_clock;
    Log& m_log;
    std::string m_data_folder;
    NoticeWriter m_write_notice;
    std::function<void()> m_on_mail;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_stopping = false;
    std::string m_told; // the day on which a doubtful clock was logged
    std::thread m_thread;
};

} // namespace foyer::server::privacy
