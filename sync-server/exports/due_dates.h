// The days by which a town answers, as a calendar that an agent subscribes to (RFC 5545). Numbers and kinds of
// requests, and nothing about a family: calendars are read by telephones and kept by whoever runs them.
#pragma once

#include "base/clock.h"
#include "exports/request_stream.h"
#include "store/queue.h"

#include <functional>
#include <string>

namespace foyer::server::exports {

struct CalendarTexts {
    std::string name; // of the calendar
    std::function<std::string(const store::QueueItem& item, bool late)> summary;
};

class DueDates {
public:
    // `question`: scope, view (all or mine), today. `root`: of the console, "https://…/oudon/mairie/".
    DueDates(store::QueueStore& queue, store::QueueQuestion question, CalendarTexts texts, std::string root,
             UnixSeconds now);

    // Open requests that do not wait for the family, those due first before the others.
    [[nodiscard]] Step next(std::string& part);

private:
    [[nodiscard]] std::string event(const store::QueueItem& item) const;

    store::QueueStore& m_queue;
    store::QueueQuestion m_question;
    CalendarTexts m_texts;
    std::string m_root;
    UnixSeconds m_now;
    bool m_begun = false;
};

} // namespace foyer::server::exports
