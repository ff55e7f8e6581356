#include "sqlite/sqlite_store.h"

namespace foyer::server::sqlite {

using store::PublishedPortal;
using store::StoreError;

Result<Done, StoreError> SqliteStore::publish(const PublishedPortal& portal, UnixSeconds now) {
    return m_database.write([&](Connection& db) {
        db.run("INSERT INTO portal_revisions (slug, revision, document, published_at) VALUES (?, ?, ?, ?)"
               " ON CONFLICT (slug, revision) DO NOTHING",
               portal.slug, Blob{portal.revision}, portal.document, now);
        return Done{};
    });
}

Result<std::vector<PublishedPortal>, StoreError> SqliteStore::all_revisions() {
    return m_database.read([](Connection& db) {
        std::vector<PublishedPortal> revisions;
        db.each("SELECT slug, revision, document FROM portal_revisions ORDER BY seq", [&](Row row) {
            revisions.push_back({row.text(0), row.text(1), row.text(2)});
        });
        return revisions;
    });
}

} // namespace foyer::server::sqlite
