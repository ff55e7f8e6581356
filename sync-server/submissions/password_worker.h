// Hashes the passwords of registrations, off the path of the answer: each is taken from its sealed envelope, hashed,
// and the sealed part erased. What was waiting when the server stopped is done after its next start.
#pragma once

#include "portals/catalogue.h"
#include "security/passwords.h"
#include "security/server_keys.h"
#include "store/submissions.h"
#include "support/log.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace foyer::server {

class PasswordWorker {
public:
    PasswordWorker(store::SubmissionStore& submissions, const security::ServerKeys& keys,
                   security::PasswordHasher& hasher, Log& log);
    ~PasswordWorker(); // ends after the password it is hashing

    void start();
    void wake(); // any thread
    // Does all that is waiting; used by the thread and by tests. Gives how many were done.
    int work_through();

private:
    void run();
    bool finish(const store::PasswordJob& job);

    store::SubmissionStore& m_submissions;
    const security::ServerKeys& m_keys;
    security::PasswordHasher& m_hasher;
    Log& m_log;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_woken = true;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace foyer::server
