#include "submissions/password_worker.h"

#include "domain/password.h"
#include "security/envelope_opening.h"
#include "wire/payload.h"

#include <chrono>

namespace foyer::server {

namespace {
constexpr std::chrono::seconds RETRY_AFTER{30}; // when the storage refused
}

PasswordWorker::PasswordWorker(store::SubmissionStore& submissions, const security::ServerKeys& keys,
                               security::PasswordHasher& hasher, Log& log)
    : m_submissions(submissions), m_keys(keys), m_hasher(hasher), m_log(log) {}

PasswordWorker::~PasswordWorker() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void PasswordWorker::start() {
    m_thread = std::thread([this] { run(); });
}

void PasswordWorker::wake() {
    {
        const std::lock_guard lock(m_mutex);
        m_woken = true;
    }
    m_changed.notify_one();
}

void PasswordWorker::run() {
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        m_changed.wait_for(lock, RETRY_AFTER, [&] { return m_woken || m_stopping; });
        m_woken = false;
        if (m_stopping)
            return;
        lock.unlock();
        work_through();
        lock.lock();
    }
}

int PasswordWorker::work_through() {
    int done = 0;
    std::int64_t after = 0;
    while (true) {
        const auto job = m_submissions.next_password_job(after);
        if (!job || !*job)
            return done;
        after = (*job)->sequence;
        if (finish(**job))
            ++done;
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            return done;
    }
}

bool PasswordWorker::finish(const store::PasswordJob& job) {
    const auto opened = security::open_envelope(m_keys, job.sealed, job.envelope_id, job.device);
    const std::string account = std::to_string(job.account.number());
    if (!opened) {
        // It was opened when it was accepted, so the keys file is not the one of then. The job stays.
        m_log.error("password_not_readable", {{"account", account}});
        return false;
    }
    const auto payload = wire::read_payload(opened->plaintext);
    const auto password = payload ? payload->answers.find("password") : decltype(payload->answers.find("")){};
    if (!payload || password == payload->answers.end()) {
        m_log.error("password_not_there", {{"account", account}});
        return false;
    }
    const auto hash = m_hasher.hash(domain::bytes_to_hash(password->second));
    if (!hash || !m_submissions.finish_password_job(job, *hash)) {
        m_log.error("password_not_stored", {{"account", account}});
        return false;
    }
    return true;
}

} // namespace foyer::server
