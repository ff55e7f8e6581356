#include "households/import_desk.h"

#include "wire/encoding.h"

#include <algorithm>

namespace foyer::server::households {

using Kind = ImportRefusal::Kind;

void ImportDesk::forget_old() {
    const UnixSeconds oldest = m_clock.now() - HELD_SECONDS;
    for (auto held = m_held.begin(); held != m_held.end();)
        held = held->second->used_at < oldest ? m_held.erase(held) : std::next(held);
}

ImportDesk::HeldPointer ImportDesk::find(const Owner& owner, const std::string& id) {
    forget_old();
    const auto found = m_held.find(id);
    if (found == m_held.end() || found->second->owner.portal != owner.portal ||
        found->second->owner.staff != owner.staff)
        return nullptr;
    found->second->used_at = m_clock.now();
    return found->second;
}

Result<std::string, ImportRefusal> ImportDesk::begin(const Owner& owner, std::size_t bytes) {
    if (bytes > LARGEST_IMPORT)
        return Failure{ImportRefusal{Kind::too_large}};
    const std::lock_guard lock(m_mutex);
    forget_old();
    for (auto held = m_held.begin(); held != m_held.end();)
        held = held->second->owner.staff == owner.staff ? m_held.erase(held) : std::next(held);
    if (m_held.size() >= MOST_HELD)
        return Failure{ImportRefusal{Kind::busy}};
    std::string id = wire::encode_hex(m_random.bytes(16));
    auto held = std::make_shared<Held>();
    held->owner = owner;
    held->size = bytes;
    held->used_at = m_clock.now();
    m_held.emplace(id, std::move(held));
    return id;
}

Result<std::size_t, ImportRefusal> ImportDesk::add(const Owner& owner, const std::string& id, std::size_t at,
                                                   std::string_view part) {
    const std::lock_guard lock(m_mutex);
    const HeldPointer held = find(owner, id);
    if (!held || held->written)
        return Failure{ImportRefusal{}};
    const std::size_t received = held->bytes.size();
    if (at <= received && part.size() <= received - at && held->bytes.compare(at, part.size(), part) == 0)
        return received;
    if (at != received || part.empty() || part.size() > LARGEST_PART || part.size() > held->size - received)
        return Failure{ImportRefusal{Kind::place, received}};
    held->bytes.append(part);
    return held->bytes.size();
}

Result<std::shared_ptr<const ImportPlan>, ImportRefusal> ImportDesk::check(const Owner& owner, const std::string& id,
                                                                           const RowRules& rules) {
    HeldPointer held;
    {
        const std::lock_guard lock(m_mutex);
        held = find(owner, id);
        if (!held || held->written)
            return Failure{ImportRefusal{}};
        if (held->bytes.size() != held->size)
            return Failure{ImportRefusal{Kind::incomplete, held->bytes.size()}};
    }
    // From here on nobody adds to the bytes: they are complete.
    const std::unique_lock work(m_work, std::try_to_lock);
    if (!work)
        return Failure{ImportRefusal{Kind::busy}};
    auto outcome =
        import_families(m_households, read_rows(held->bytes, rules), {OnBadLines::stop, ImportMode::dry_run, {}},
                        {owner.portal, m_clock.now(), {}, {}, {}}, *rules.texts.front());
    if (!outcome)
        return Failure{ImportRefusal{Kind::storage}};
    outcome->plan.writes = {};
    auto plan = std::make_shared<const ImportPlan>(std::move(outcome->plan));
    const std::lock_guard lock(m_mutex);
    held->shown = plan;
    return plan;
}

Result<std::shared_ptr<const ImportPlan>, ImportRefusal> ImportDesk::shown(const Owner& owner, const std::string& id) {
    const std::lock_guard lock(m_mutex);
    const HeldPointer held = find(owner, id);
    if (!held || held->written)
        return Failure{ImportRefusal{}};
    if (!held->shown)
        return Failure{ImportRefusal{Kind::not_checked}};
    return held->shown;
}

Result<std::shared_ptr<const ImportPlan>, ImportRefusal> ImportDesk::write(const Owner& owner, const std::string& id,
                                                                           const std::string& digest,
                                                                           OnBadLines bad_lines, const RowRules& rules,
                                                                           const store::NewAuditLine& line) {
    HeldPointer held;
    {
        const std::lock_guard lock(m_mutex);
        held = find(owner, id);
        if (!held)
            return Failure{ImportRefusal{}};
        if (held->written && held->written->digest == digest)
            return held->written;
        if (held->written)
            return Failure{ImportRefusal{}};
        if (!held->shown)
            return Failure{ImportRefusal{Kind::not_checked}};
        if (held->shown->digest != digest)
            return Failure{ImportRefusal{Kind::changed}};
    }
    const std::unique_lock work(m_work, std::try_to_lock);
    if (!work)
        return Failure{ImportRefusal{Kind::busy}};
    auto outcome = import_families(m_households, read_rows(held->bytes, rules), {bad_lines, ImportMode::write, digest},
                                   line, *rules.texts.front());
    if (!outcome)
        return Failure{ImportRefusal{Kind::storage}};
    if (!outcome->written)
        return Failure{ImportRefusal{outcome->plan.digest != digest ? Kind::changed : Kind::bad_lines}};
    outcome->plan.writes = {};
    outcome->plan.rows = {};
    auto plan = std::make_shared<const ImportPlan>(std::move(outcome->plan));
    const std::lock_guard lock(m_mutex);
    held->written = plan;
    held->shown = nullptr;
    held->bytes = {};
    return plan;
}

void ImportDesk::give_up(const Owner& owner, const std::string& id) {
    const std::lock_guard lock(m_mutex);
    if (find(owner, id))
        m_held.erase(id);
}

} // namespace foyer::server::households
