#include "exports/request_stream.h"

#include "exports/request_rows.h"
#include "support/csv.h"

namespace foyer::server::exports {

using store::ExportOrder;
using store::ExportRow;

std::shared_ptr<void> Slots::take() {
    if (m_free.fetch_sub(1) <= 0) {
        m_free.fetch_add(1);
        return nullptr;
    }
    return {static_cast<void*>(this), [this](void*) { m_free.fetch_add(1); }};
}

RequestStream::RequestStream(Surroundings surroundings, Wish wish, const store::ExportBounds& bounds)
    : m_around(std::move(surroundings)), m_wish(std::move(wish)), m_begun_at(m_around.clock.now()),
      m_asked_at(m_begun_at) {
    m_question.filter = m_wish.filter;
    m_question.order = m_wish.since ? ExportOrder::change : ExportOrder::arrival;
    m_question.after = m_wish.since.value_or(0);
    m_question.until = m_wish.since ? bounds.last_change : bounds.last_arrival;
}

bool RequestStream::may_go_on() {
    const UnixSeconds now = m_around.clock.now();
    if (now - m_begun_at > LONGEST)
        return false;
    if (now - m_asked_at < ASKED_EVERY)
        return true;
    m_asked_at = now;
    return m_around.still_allowed();
}

std::optional<std::vector<ExportRow>> RequestStream::next_rows() {
    auto page = m_around.exports.export_page(m_question);
    if (!page)
        return std::nullopt;
    m_question.after = page->after;
    m_last = page->last;
    return std::move(page->rows);
}

std::optional<std::vector<ExportRow>> RequestStream::next_found() {
    constexpr int AT_ONCE = 50;
    m_wish.filter.limit = AT_ONCE;
    const auto page = m_around.queue.queue_page(m_wish.filter);
    if (!page)
        return std::nullopt;
    std::vector<std::int64_t> ids;
    for (const store::QueueItem& item : page->items)
        ids.push_back(item.id);
    auto rows = m_around.exports.export_rows(m_wish.filter.scope.portal, ids);
    if (!rows)
        return std::nullopt;
    m_wish.filter.after = page->next;
    m_last = page->next.empty();
    return std::move(*rows);
}

Step RequestStream::next(std::string& part) {
    if (!may_go_on())
        return Step::broken;
    const auto rows = m_wish.filter.text.empty() ? next_rows() : next_found();
    if (!rows)
        return Step::broken;
    if (!m_begun && m_wish.format == Format::csv) {
        if (m_wish.byte_order_mark)
            part += BYTE_ORDER_MARK;
        part += write_csv_line(csv_columns(), m_wish.separator, CsvQuotes::everywhere);
    }
    m_begun = true;
    for (const ExportRow& row : *rows)
        part += m_wish.format == Format::csv
                    ? write_csv_line(csv_cells(row, m_wish.filter.today), m_wish.separator, CsvQuotes::everywhere)
                    : json_line(row, m_wish.filter.today);
    m_rows += static_cast<std::int64_t>(rows->size());
    if (!m_last)
        return Step::more;
    return m_around.on_end(m_rows) ? Step::end : Step::broken;
}

} // namespace foyer::server::exports
