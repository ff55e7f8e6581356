// All that is held about a person, and its end.
#include "sqlite/account_rows.h"
#include "sqlite/audit_rows.h"
#include "sqlite/erasing.h"
#include "sqlite/json_columns.h"
#include "sqlite/sqlite_store.h"
#include "sqlite/submission_rows.h"
#include "store/person_key.h"
#include "wire/json.h"

#include <algorithm>

namespace foyer::server::sqlite {

using store::Account;
using store::AccountId;
using store::AuditLine;
using store::Erasure;
using store::ErasureKept;
using store::NewErasure;
using store::PersonFile;
using store::StoreError;

namespace {

constexpr int EVERYTHING = 1'000'000;

std::optional<Account> find_living(Connection& db, const std::string& portal, const std::string& reference) {
    return db.first("SELECT " FOYER_ACCOUNT_COLUMNS " FROM accounts a WHERE a.portal = ? AND a.reference = ?"
                    " AND a.erased_at IS NULL AND a.merged_into IS NULL",
                    account_of, portal, reference);
}

void read_requests(Connection& db, AccountId account, PersonFile& file) {
    db.each(
        "SELECT " FOYER_SUBMISSION_COLUMNS " FROM submissions s WHERE s.account_id = ? ORDER BY s.id",
        [&](Row row) { file.requests.push_back(submission_from(row)); }, account.number());
    for (store::SubmissionRecord& request : file.requests) {
        complete(db, request);
        db.each(
            "SELECT at, staff_id, staff_name, text FROM submission_notes WHERE submission_id = ? ORDER BY id",
            [&](Row row) {
                file.notes.push_back(
                    {request.number, {row.integer(0), {store::StaffId(row.integer(1)), row.text(2)}, row.text(3)}});
            },
            request.id);
    }
}

void read_looks(Connection& db, const std::string& portal, const std::string& object, PersonFile& file) {
    db.each(
        "SELECT sequence, at, portal, actor, action, object, details FROM audit_log WHERE portal = ? AND object = ?"
        " ORDER BY sequence",
        [&](Row row) {
            file.looks.push_back({row.integer(0),
                                  row.integer(1),
                                  row.text(2),
                                  row.text(3),
                                  row.text(4),
                                  row.text(5),
                                  row.text(6),
                                  {},
                                  {}});
        },
        portal, object);
}

wire::Json document_of(const Erasure& erasure) {
    wire::Json open = wire::Json::array();
    for (const std::string& number : erasure.open_requests)
        open.push(number);
    wire::Json erased = wire::Json::array();
    for (const store::ErasureCount& one : erasure.erased)
        erased.push(wire::Json::object().set("what", one.what).set("count", one.count));
    wire::Json kept = wire::Json::array();
    for (const ErasureKept& one : erasure.kept)
        kept.push(wire::Json::object()
                      .set("what", one.what)
                      .set("why", one.why)
                      .set("number", one.number)
                      .set("count", one.count)
                      .set("until", one.until));
    return wire::Json::object()
        .set("open_requests", std::move(open))
        .set("erased", std::move(erased))
        .set("kept", std::move(kept));
}

Erasure erasure_from(Row row) {
    Erasure erasure;
    erasure.id = row.integer(0);
    erasure.portal = row.text(1);
    erasure.account = row.text(2);
    erasure.at = row.integer(3);
    erasure.by = row.text(4);
    const auto document = wire::parse_json(row.text(5));
    if (!document)
        throw SqliteError(0, "an erasure's document cannot be read");
    const auto list = [&](std::string_view name, const auto& add) {
        if (const wire::Json* found = document->find(name))
            for (const wire::Json& one : found->elements())
                add(one);
    };
    const auto text = [](const wire::Json& json, std::string_view name) {
        const wire::Json* found = json.find(name);
        return found ? found->text() : std::string();
    };
    const auto number = [](const wire::Json& json, std::string_view name) {
        const wire::Json* found = json.find(name);
        return found ? found->integer() : std::int64_t{0};
    };
    list("open_requests", [&](const wire::Json& one) { erasure.open_requests.push_back(one.text()); });
    list("erased", [&](const wire::Json& one) { erasure.erased.push_back({text(one, "what"), number(one, "count")}); });
    list("kept", [&](const wire::Json& one) {
        erasure.kept.push_back(
            {text(one, "what"), text(one, "why"), text(one, "number"), number(one, "count"), number(one, "until")});
    });
    return erasure;
}

std::vector<std::string> open_requests_of(Connection& db, AccountId account) {
    std::vector<std::string> numbers;
    db.each(
        "SELECT number FROM submissions WHERE state IN ('received', 'processing', 'waiting') AND account_id IN"
        " (SELECT id FROM accounts WHERE id = ?1 OR merged_into = ?1) ORDER BY id",
        [&](Row row) { numbers.push_back(row.text(0)); }, account.number());
    return numbers;
}

// What stays beside the requests: the lines that say that something was received, and that somebody looked.
void note_traces(Connection& db, const NewErasure& asked, const std::vector<std::string>& numbers, Erasure& erasure) {
    std::int64_t lines = 0;
    const auto count_lines = [&](const std::string& object) {
        lines += db.first(
                       "SELECT count(*) FROM audit_log WHERE portal = ? AND object = ?",
                       [](Row row) { return row.integer(0); }, asked.portal, object)
                     .value_or(0);
    };
    count_lines("account:" + asked.account);
    for (const std::string& number : numbers)
        count_lines("submission:" + number);
    if (!numbers.empty())
        erasure.kept.push_back(
            {"receipt", "no_repeat", {}, static_cast<std::int64_t>(numbers.size()), asked.now + asked.receipt_seconds});
    if (lines > 0)
        erasure.kept.push_back({"audit", "proof", {}, lines, 0});
}

} // namespace

Result<std::optional<PersonFile>, StoreError> SqliteStore::person_file(const std::string& portal,
                                                                       const std::string& reference, UnixSeconds now) {
    const auto account = m_database.read([&](Connection& db) { return find_living(db, portal, reference); });
    if (!account)
        return Failure{account.error()};
    if (!*account)
        return std::optional<PersonFile>();
    const AccountId id = (*account)->id;
    auto whole = snapshot(id, EVERYTHING, now);
    if (!whole)
        return Failure{whole.error()};
    if (!*whole)
        return std::optional<PersonFile>();
    auto mails = mail_log(portal, {}, (*account)->email, 0, EVERYTHING);
    auto merged = merges_of(id);
    if (!mails || !merged)
        return Failure{StoreError::unavailable};
    return m_database.read([&](Connection& db) -> std::optional<PersonFile> {
        PersonFile file;
        file.snapshot = std::move(**whole);
        file.mails = std::move(*mails);
        file.merges = std::move(*merged);
        read_requests(db, id, file);
        db.each(
            "SELECT version, at, answers FROM account_versions WHERE account_id = ? ORDER BY version",
            [&](Row row) {
                file.profiles.push_back({row.integer(0), row.integer(1), answers_from(row.text(2))});
            },
            id.number());
        db.each(
            "SELECT created_at, activated_at, last_active_at FROM accounts WHERE id = ?",
            [&](Row row) {
                file.created_at = row.integer(0);
                if (!row.is_null(1))
                    file.activated_at = row.integer(1);
                file.last_active_at = row.integer(2);
            },
            id.number());
        read_looks(db, portal, "account:" + reference, file);
        for (const store::SubmissionRecord& request : file.requests)
            read_looks(db, portal, "submission:" + request.number, file);
        std::sort(file.looks.begin(), file.looks.end(),
                  [](const AuditLine& a, const AuditLine& b) { return a.sequence < b.sequence; });
        return file;
    });
}

Result<std::optional<PersonFile>, StoreError> SqliteStore::family_person_file(const std::string& portal,
                                                                              store::HouseholdId household,
                                                                              store::PersonId person, UnixSeconds now) {
    auto found = family(portal, household);
    if (!found)
        return Failure{found.error()};
    if (!*found)
        return std::optional<PersonFile>();
    const auto self = std::find_if((*found)->people.begin(), (*found)->people.end(),
                                   [&](const store::HouseholdPerson& one) { return one.id == person; });
    if (self == (*found)->people.end() || !self->active || self->account)
        return std::optional<PersonFile>();
    PersonFile file;
    file.person = person;
    const std::string email = store::answer_in(self->answers, "email");
    if (!email.empty()) {
        auto mails = mail_log(portal, {}, email, 0, EVERYTHING);
        if (!mails)
            return Failure{mails.error()};
        // Spouses share an address: what was written to it about the other one's account is the other one's.
        for (store::LoggedMail& mail : *mails)
            if (mail.kind == "invitation")
                file.mails.push_back(std::move(mail));
    }
    store::KeyQuestion question;
    question.portal = portal;
    question.household = household;
    question.limit = EVERYTHING;
    question.now = now;
    auto issued = keys(question);
    if (!issued)
        return Failure{issued.error()};
    for (store::KeyRecord& key : *issued)
        if (key.person == person)
            file.keys.push_back(std::move(key));
    file.snapshot.household = std::move(**found);
    return m_database.read([&](Connection& db) -> std::optional<PersonFile> {
        db.each(
            "SELECT version, at, answers FROM household_person_versions WHERE person_id = ? ORDER BY version",
            [&](Row row) {
                file.profiles.push_back({row.integer(0), row.integer(1), answers_from(row.text(2))});
            },
            person.number());
        if (!file.profiles.empty())
            file.created_at = file.profiles.front().at;
        read_looks(db, portal, "household:" + std::to_string(household.number()), file);
        return file;
    });
}

Result<std::optional<Erasure>, StoreError> SqliteStore::erase_person(const NewErasure& asked) {
    return m_database.write([&](Connection& db) -> std::optional<Erasure> {
        const auto account = find_living(db, asked.portal, asked.account);
        if (!account)
            return std::nullopt;
        Erasure erasure;
        erasure.portal = asked.portal;
        erasure.account = asked.account;
        erasure.at = asked.now;
        erasure.by = asked.by;
        erasure.open_requests = open_requests_of(db, account->id);
        const bool apply = asked.apply && (asked.open_too || erasure.open_requests.empty());

        std::vector<std::string> numbers;
        db.each(
            "SELECT number FROM submissions WHERE account_id IN (SELECT id FROM accounts WHERE id = ?1"
            " OR merged_into = ?1)",
            [&](Row row) { numbers.push_back(row.text(0)); }, account->id.number());
        // Done in any case, and taken back when it was only asked about: what is told is what would be.
        db.run("SAVEPOINT erasing_a_person");
        ErasedCounts counts;
        erase_account(db, account->id, {asked.now, asked.decided_after, asked.keep_seconds}, counts, erasure.kept);
        for (const auto& [what, count] : counts)
            if (count > 0)
                erasure.erased.push_back({what, count});
        note_traces(db, asked, numbers, erasure);
        if (!apply) {
            db.run("ROLLBACK TO erasing_a_person");
            db.run("RELEASE erasing_a_person");
            return erasure;
        }
        db.run("RELEASE erasing_a_person");
        db.run("INSERT INTO erasures (portal, account, at, by_whom, document) VALUES (?, ?, ?, ?, ?)", asked.portal,
               asked.account, asked.now, asked.by, wire::write_json(document_of(erasure)));
        erasure.id = db.last_insert_id();
        store::NewAuditLine line = asked.line;
        line.object = "account:" + asked.account;
        line.details["erasure"] = std::to_string(erasure.id);
        append_audit(db, line);
        return erasure;
    });
}

Result<std::vector<Erasure>, StoreError> SqliteStore::erasures(const std::string& portal, int limit) {
    return m_database.read([&](Connection& db) {
        std::vector<Erasure> list;
        db.each(
            "SELECT id, portal, account, at, by_whom, document FROM erasures WHERE portal = ? ORDER BY id DESC LIMIT ?",
            [&](Row row) { list.push_back(erasure_from(row)); }, portal, limit);
        return list;
    });
}

} // namespace foyer::server::sqlite
