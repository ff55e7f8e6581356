#include "exports/due_dates.h"

#include "exports/icalendar.h"

namespace foyer::server::exports {

namespace {

// A calendar holds at least one component (§3.6), also when nothing is due: its time zone is always there.
constexpr const char* TIME_ZONE =
    "BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\n"
    "BEGIN:DAYLIGHT\r\nDTSTART:19810329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n"
    "BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

bool is_open(const store::QueueItem& item) {
    return item.state == "received" || item.state == "processing" || item.state == "waiting";
}

} // namespace

DueDates::DueDates(store::QueueStore& queue, store::QueueQuestion question, CalendarTexts texts, std::string root,
                   UnixSeconds now)
    : m_queue(queue), m_question(std::move(question)), m_texts(std::move(texts)), m_root(std::move(root)), m_now(now) {
    m_question.limit = 200;
}

std::string DueDates::event(const store::QueueItem& item) const {
    const std::string host =
        m_root.substr(m_root.find("//") + 2, m_root.find('/', m_root.find("//") + 2) - m_root.find("//") - 2);
    std::string text = "BEGIN:VEVENT\r\n";
    text += calendar_line("UID", calendar_text(item.number + "@" + host));
    text += calendar_line("DTSTAMP", calendar_moment(m_now));
    text += calendar_line("DTSTART;VALUE=DATE", calendar_date(item.due_by));
    text += calendar_line("SUMMARY", calendar_text(m_texts.summary(item, item.due_by < m_question.today)));
    text += calendar_line("URL", m_root + "demandes/" + item.number);
    text += "CLASS:PRIVATE\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n";
    return text;
}

Step DueDates::next(std::string& part) {
    const auto page = m_queue.queue_page(m_question);
    if (!page)
        return Step::broken;
    if (!m_begun) {
        part += "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Foyer//Due dates//FR\r\nCALSCALE:GREGORIAN\r\n"
                "METHOD:PUBLISH\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n";
        part += calendar_line("NAME", calendar_text(m_texts.name));
        part += calendar_line("X-WR-CALNAME", calendar_text(m_texts.name));
        part += TIME_ZONE;
        m_begun = true;
    }
    // The open ones come before those that are done.
    bool last = page->next.empty();
    for (const store::QueueItem& item : page->items) {
        last = last || !is_open(item);
        if (is_open(item) && item.state != "waiting")
            part += event(item);
    }
    m_question.after = page->next;
    if (!last)
        return Step::more;
    part += "END:VCALENDAR\r\n";
    return Step::end;
}

} // namespace foyer::server::exports
