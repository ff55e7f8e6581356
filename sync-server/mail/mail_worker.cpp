#include "mail/mail_worker.h"

#include "mail/message.h"

#include <algorithm>
#include <chrono>
#include <random>

namespace foyer::server::mail {

namespace {
// "0000000012-oudon": a folder sorted by name is sorted by age.
std::string file_name_of(const store::QueuedMail& mail) {
    const std::string id = std::to_string(mail.id);
    return std::string(id.size() < 10 ? 10 - id.size() : 0, '0') + id + "-" + mail.mail.portal;
}

constexpr int MAILS_AT_ONCE = 8;
constexpr UnixSeconds LEASE_SECONDS = 600; // more than MAILS_AT_ONCE times the longest a delivery may take
constexpr UnixSeconds LONGEST_DELAY = 3600;
// The staff's commands queue mails in a process of their own, and cannot wake this one: it looks often, which costs one
// look-up in an index.
constexpr UnixSeconds LONGEST_REST = 3;

double random_jitter() {
    static thread_local std::mt19937 generator{std::random_device{}()};
    return std::uniform_real_distribution<double>(0, 1)(generator);
}
} // namespace

UnixSeconds retry_delay(int attempts, int first_retry_seconds, double jitter) {
    const int doublings = std::clamp(attempts - 1, 0, 20);
    const UnixSeconds delay = std::min(LONGEST_DELAY, UnixSeconds{first_retry_seconds} << doublings);
    return std::max<UnixSeconds>(1, delay - static_cast<UnixSeconds>(jitter * static_cast<double>(delay) / 2));
}

MailWorker::MailWorker(store::MailStore& store, Transport& transport, const Clock& clock, Log& log,
                       MailWorkerOptions options)
    : m_store(store), m_transport(transport), m_clock(clock), m_log(log), m_options(options) {}

MailWorker::~MailWorker() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void MailWorker::start() {
    m_thread = std::thread([this] { run(); });
}

void MailWorker::wake() {
    {
        const std::lock_guard lock(m_mutex);
        m_woken = true;
    }
    m_changed.notify_one();
}

void MailWorker::run() {
    while (true) {
        const bool more = send_some();
        std::unique_lock lock(m_mutex);
        if (m_stopping)
            return;
        if (more)
            continue;
        UnixSeconds rest = LONGEST_REST;
        lock.unlock();
        if (const auto due = m_store.next_due(); due && *due)
            rest = std::clamp<UnixSeconds>(**due - m_clock.now(), 1, LONGEST_REST);
        lock.lock();
        m_changed.wait_for(lock, std::chrono::seconds(rest), [&] { return m_woken || m_stopping; });
        m_woken = false;
    }
}

bool MailWorker::send_some() {
    const UnixSeconds now = m_clock.now();
    // Nothing due is the usual case and is found by reading, so that an idle server does not write.
    const auto due = m_store.next_due();
    if (!due || !*due || **due > now)
        return false;
    const auto mails = m_store.lease(MAILS_AT_ONCE, now, now + LEASE_SECONDS);
    if (!mails || mails->empty())
        return false;
    for (const store::QueuedMail& mail : *mails) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_stopping)
                return false; // the leases of the others run out by themselves
        }
        deliver(mail);
    }
    return true;
}

void MailWorker::deliver(const store::QueuedMail& mail) {
    const std::string id = std::to_string(mail.id);
    const auto message = write_message(mail.mail, mail.created_at);
    const int attempts = mail.attempts + 1;
    Delivery delivery{Delivery::Outcome::permanent, "an address in it cannot be written into a mail"};
    if (message)
        delivery = m_transport.send({mail.mail.sender, mail.mail.recipient, *message, file_name_of(mail)});
    if (delivery.outcome == Delivery::Outcome::temporary && attempts >= MAXIMUM_ATTEMPTS)
        delivery.outcome = Delivery::Outcome::permanent;

    const UnixSeconds now = m_clock.now();
    bool marked = true;
    switch (delivery.outcome) {
    case Delivery::Outcome::sent:
        marked = m_store.mark_sent(mail.id, m_options.keep_text, now).has_value();
        m_log.info("mail_sent", {{"mail", id}, {"kind", mail.mail.kind}});
        break;
    case Delivery::Outcome::temporary: {
        const UnixSeconds delay = retry_delay(attempts, m_options.first_retry_seconds, random_jitter());
        marked = m_store.retry_later(mail.id, now + delay, delivery.reason).has_value();
        m_log.warning("mail_delayed", {{"mail", id}, {"seconds", std::to_string(delay)}, {"reason", delivery.reason}});
        break;
    }
    case Delivery::Outcome::permanent:
        marked = m_store.mark_dead(mail.id, delivery.reason, now).has_value();
        m_log.error("mail_dead", {{"mail", id}, {"reason", delivery.reason}});
        break;
    }
    if (!marked)
        m_log.error("mail_not_marked", {{"mail", id}});
}

} // namespace foyer::server::mail
