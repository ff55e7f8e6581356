// Data that has served is erased: each rule by its own day, in small steps, once a day, whatever the clock and the
// power do.
#include "persons.h"

#include "privacy/retention_worker.h"
#include "support/files.h"
#include "support/log.h"

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;
using privacy::RetentionDue;
using store::RetentionRule;

namespace {

portals::Retention read(const std::string& document, std::vector<portal::PortalMistake>& mistakes) {
    return portals::read_retention(document, mistakes);
}

UnixSeconds days(const Town& town, RetentionRule rule) { return town.portal().retention.of(rule) * DAY_SECONDS; }

UnixSeconds notice(const Town& town) { return town.portal().retention.notice_days * DAY_SECONDS; }

std::int64_t notices(Town& town) { return town.count("SELECT count(*) FROM mails WHERE kind = 'inactive_notice'"); }

// Lives with its own person only, and has not been there since.
Resident gone_quiet(Town& town, const std::string& name) {
    const Resident one = town.move_in(name);
    activate(town, one);
    return one;
}

class Nights {
public:
    explicit Nights(Town& town) : m_town(town) {
        const auto files = portals::read_portal_files(std::string(FOYER_SOURCE_DIR) + "/shared/portals");
        REQUIRE(files);
        std::vector<portals::PortalFile> one;
        for (const portals::PortalFile& file : *files)
            if (file.path.find("oudon") != std::string::npos)
                one.push_back(file);
        std::vector<std::string> unreadable;
        auto catalogue = portals::Catalogue::open(one, town.store(), town.clock.at, unreadable);
        REQUIRE(catalogue);
        m_catalogue.emplace(std::move(catalogue).value());
    }
    // A server that has just started.
    int work() {
        return privacy::RetentionWorker(m_town.store(), *m_catalogue, m_town.clock, m_log, m_town.data_folder(),
                                        notice_writer(m_town), [this] { ++told; })
            .work_through();
    }
    [[nodiscard]] const std::string& logged() const { return m_lines; }
    int told = 0; // how often there was mail to send

private:
    Town& m_town;
    std::optional<portals::Catalogue> m_catalogue;
    std::string m_lines;
    Log m_log{[this](std::string_view line) { m_lines += line; }};
};

} // namespace

TEST_CASE("a town that says nothing keeps each kind of data for the usual time; what it says counts") {
    std::vector<portal::PortalMistake> mistakes;
    CHECK(read("{}", mistakes).of(RetentionRule::pending_accounts) == 30);
    const auto own = read(R"({"retention": {"refused_requests": 90, "mails": 30}})", mistakes);
    CHECK(own.of(RetentionRule::refused_requests) == 90);
    CHECK(own.of(RetentionRule::mails) == 30);
    CHECK(own.of(RetentionRule::receipts) == 1096);
    CHECK(own.notice_days == 60);
    CHECK(read(R"({"retention": {"inactive_notice": 21}})", mistakes).notice_days == 21);
    CHECK(mistakes.empty());
}

TEST_CASE("every mistake in the durations is named with its place and what to do") {
    std::vector<portal::PortalMistake> mistakes;
    (void)read(R"({"retention": {"refused_requests": 2, "mails": "long", "cookies": 3}})", mistakes);
    REQUIRE(mistakes.size() == 3);
    CHECK(mistakes[0].path == "retention.refused_requests");
    CHECK(mistakes[1].path == "retention.mails");
    CHECK(mistakes[2].path == "retention.cookies");
    mistakes.clear();
    (void)read(R"({"activation_link_hours": 720, "retention": {"pending_accounts": 10}})", mistakes);
    REQUIRE(mistakes.size() == 1);
    CHECK(mistakes[0].path == "retention.pending_accounts");
    mistakes.clear();
    (void)read(R"({"retention": []})", mistakes);
    CHECK(mistakes.size() == 1);
}

TEST_CASE("an account that was never activated goes a month after its last link, not before") {
    Town town;
    const Resident anne = town.move_in("anne");
    town.clock.at += days(town, RetentionRule::pending_accounts);
    CHECK(erased_by(run_retention(town), "pending_accounts") == 0);
    // A link that was sent again keeps it.
    REQUIRE(town.store().renew_activation(anne.account, std::string(32, 'k'), store::NewMail{}, town.clock.at));
    town.clock.at += DAY_SECONDS;
    CHECK(erased_by(run_retention(town), "pending_accounts") == 0);
    town.clock.at += days(town, RetentionRule::pending_accounts);
    CHECK(erased_by(run_retention(town), "pending_accounts") == 1);
    CHECK(town.count("SELECT count(*) FROM accounts") == 0);
    CHECK(town.count("SELECT count(*) FROM submissions") == 0);
}

TEST_CASE("refused and accepted requests go after their own time; what is open never does") {
    Town town;
    const Resident anne = town.move_in("anne");
    activate(town, anne);
    const std::string refused = one_child(town, anne, "Tom");
    REQUIRE(town.decide(refused, {households::Decision::Kind::refuse, "Hors de la commune", {}, {}}));
    const std::string open = one_child(town, anne);
    town.clock.at += days(town, RetentionRule::refused_requests) + 1;
    CHECK(erased_by(run_retention(town), "refused_requests") == 1);
    CHECK_FALSE(town.store().find_submission("oudon", refused).value());
    CHECK(town.count("SELECT count(*) FROM submissions") == 2);
    town.clock.at += days(town, RetentionRule::accepted_requests);
    CHECK(erased_by(run_retention(town), "accepted_requests") == 1);
    // Years later the open one is still there, and so is whose it is.
    town.clock.at += days(town, RetentionRule::inactive_accounts) * 3;
    CHECK(erased_by(run_retention(town), "inactive_accounts") == 0);
    CHECK(town.record(open).account.id == anne.account);
}

TEST_CASE("an account nobody has used for two years goes; one whose other parent still comes does not") {
    Town town;
    const Resident anne = town.move_in("anne");
    const Resident jean = town.move_in("jean", {{"birth_name", "Durand"}});
    const Resident paul = town.move_in("paul", {{"birth_name", "Morel"}});
    for (const Resident* one : {&anne, &jean, &paul})
        activate(town, *one);
    town.accept(one_child(town, anne));
    town.accept(one_child(town, jean));
    REQUIRE(town.store()
                .merge({"oudon", jean.reference, anne.reference, false, JEANNE, town.clock.at,
                        line_of(town, "family.merge")})
                ->outcome == store::MergeOutcome::done);
    town.clock.at += days(town, RetentionRule::inactive_accounts) + DAY_SECONDS;
    REQUIRE(town.store().device_seen("oudon", jean.device.thumbprint(), town.clock.at));
    CHECK(run_retention(town).warned == 1); // whoever has been told goes, and nobody else
    town.clock.at += notice(town);
    CHECK(erased_by(run_retention(town), "inactive_accounts") == 1);
    CHECK(town.store().find(anne.account).value());
    CHECK(town.store().find(jean.account).value());
    CHECK_FALSE(town.store().find(paul.account).value());
}

TEST_CASE(
    "a family is told by one mail before its inactive account goes, and the account goes on the day that it says") {
    Town town;
    const Resident anne = gone_quiet(town, "anne");
    const UnixSeconds since = town.clock.at;
    town.clock.at = since + days(town, RetentionRule::inactive_accounts) - notice(town);
    CHECK(run_retention(town).warned == 0);
    town.clock.at += DAY_SECONDS;
    CHECK(run_retention(town, true).warned == 1); // a dry run tells nobody
    CHECK(notices(town) == 0);
    CHECK(run_retention(town).warned == 1);
    CHECK(notices(town) == 1);
    for (int night = 1; night < town.portal().retention.notice_days; ++night) {
        town.clock.at += DAY_SECONDS;
        const auto run = run_retention(town);
        CHECK(run.warned + erased_by(run, "inactive_accounts") == 0);
    }
    CHECK(notices(town) == 1);
    town.clock.at += DAY_SECONDS;
    CHECK(erased_by(run_retention(town), "inactive_accounts") == 1);
    CHECK_FALSE(town.store().find(anne.account).value());
}

TEST_CASE("whoever comes back after the notice keeps their account, and is told anew the next time") {
    Town town;
    const Resident anne = gone_quiet(town, "anne");
    town.clock.at += days(town, RetentionRule::inactive_accounts);
    CHECK(run_retention(town).warned == 1);
    town.clock.at += notice(town) - DAY_SECONDS;
    REQUIRE(town.store().bind_device("oudon", anne.device.thumbprint(), "key", anne.account, town.clock.at, "Firefox"));
    town.clock.at += DAY_SECONDS * 2;
    CHECK(erased_by(run_retention(town), "inactive_accounts") == 0);
    town.clock.at += days(town, RetentionRule::inactive_accounts);
    auto run = run_retention(town);
    CHECK(erased_by(run, "inactive_accounts") == 0);
    CHECK(run.warned == 1);
    CHECK(notices(town) == 2);
    town.clock.at += notice(town);
    CHECK(erased_by(run_retention(town), "inactive_accounts") == 1);
}

TEST_CASE("an account that was quiet for years before families were told is told first; an old notice is void") {
    Town town;
    (void)gone_quiet(town, "anne");
    town.clock.at += days(town, RetentionRule::inactive_accounts) * 2;
    auto run = run_retention(town);
    CHECK(run.warned == 1);
    CHECK(erased_by(run, "inactive_accounts") == 0);
    // The server stood still for half a year.
    town.clock.at += notice(town) + privacy::NOTICE_GOOD_FOR;
    run = run_retention(town);
    CHECK(erased_by(run, "inactive_accounts") == 0);
    CHECK(run.warned == 1);
    town.clock.at += notice(town) + DAY_SECONDS * 3;
    CHECK(erased_by(run_retention(town), "inactive_accounts") == 1);
}

TEST_CASE("where nobody can write to families, no inactive account goes") {
    Town town;
    const Resident anne = gone_quiet(town, "anne");
    privacy::RetentionOrder order;
    order.by = "daily";
    for (int year = 0; year < 4; ++year) {
        town.clock.at += days(town, RetentionRule::inactive_accounts);
        const auto run = privacy::run_retention(town.store(), town.portal(), town.clock, order);
        REQUIRE(run);
        CHECK(run->warned + erased_by(*run, "inactive_accounts") == 0);
    }
    CHECK(town.store().find(anne.account).value());
}

TEST_CASE("the notice says the day and how to stay, and waits in the queue of mails for the account") {
    Town town;
    const Resident anne = gone_quiet(town, "anne");
    town.clock.at += days(town, RetentionRule::inactive_accounts);
    CHECK(run_retention(town).warned == 1);
    const auto mails = town.store().mail_log("oudon", {}, {}, 0, 100);
    REQUIRE(mails);
    const auto mail = std::find_if(mails->begin(), mails->end(),
                                   [](const store::LoggedMail& one) { return one.kind == "inactive_notice"; });
    REQUIRE(mail != mails->end());
    CHECK(mail->account == anne.account);
    CHECK(mail->state == "queued");
    const auto written =
        notice_writer(town)(town.portal(), town.store().find(anne.account).value().value(), {2028, 3, 9});
    CHECK(written.text.find("9 mars 2028") != std::string::npos);
    CHECK(written.text.find("/oudon/connexion") != std::string::npos);
    CHECK(written.recipient == "anne@example.org");
}

TEST_CASE("what webhooks were told goes after its time, and what waits to be told never does") {
    Town town;
    const Resident anne = town.move_in("anne");
    REQUIRE(town.store().add_webhook({"oudon", "https://hook.example/", {"submission.received"}, town.clock.at},
                                     line_of(town, "webhook.add")));
    (void)one_child(town, anne);
    (void)one_child(town, anne, "Tom");
    REQUIRE(town.count("SELECT count(*) FROM webhook_deliveries") == 2);
    const UnixSeconds now = town.clock.at;
    REQUIRE(town.database().write([&](sqlite::Connection& db) {
        return db.run("UPDATE webhook_deliveries SET state = 'delivered', finished_at = ? WHERE id = 1", now);
    }));
    town.clock.at = now + days(town, RetentionRule::deliveries);
    CHECK(erased_by(run_retention(town), "deliveries") == 0);
    town.clock.at += 1;
    CHECK(erased_by(run_retention(town), "deliveries") == 1);
    CHECK(town.count("SELECT count(*) FROM webhook_deliveries") == 1);
}

TEST_CASE("a request that an agent has open is left for another day, and the report says so") {
    Town town;
    const Resident anne = town.move_in("anne");
    activate(town, anne);
    const std::string number = one_child(town, anne);
    REQUIRE(town.decide(number, {households::Decision::Kind::refuse, "Hors de la commune", {}, {}}));
    town.clock.at += days(town, RetentionRule::refused_requests) + 1;
    REQUIRE(town.store().note_viewer(town.record(number).id, JEANNE, town.clock.at - 30, town.clock.at - 60));
    const auto run = run_retention(town);
    CHECK(erased_by(run, "refused_requests") == 0);
    CHECK(postponed_by(run, "refused_requests") == 1);
    town.clock.at += DAY_SECONDS;
    CHECK(erased_by(run_retention(town), "refused_requests") == 1);
}

TEST_CASE("a dry run says what the real one does, and changes nothing but the report") {
    Town town;
    for (int number = 0; number < 7; ++number)
        town.move_in(std::string("anne") + static_cast<char>('a' + number));
    town.clock.at += days(town, RetentionRule::receipts) + DAY_SECONDS;
    const auto tried = run_retention(town, true);
    CHECK(tried.dry_run);
    CHECK(erased_by(tried, "pending_accounts") == 7);
    CHECK(town.count("SELECT count(*) FROM accounts") == 7);
    const auto real = run_retention(town);
    CHECK(erased_by(real, "pending_accounts") == 7);
    CHECK(erased_by(real, "receipts") == 7);
    const auto again = run_retention(town);
    for (const auto& count : again.counts)
        CHECK(count.erased == 0);
    CHECK(town.store().retention_runs("oudon", 10)->size() == 3);
}

TEST_CASE("small steps come to the same end as large ones") {
    for (const int rows : {1, 3}) {
        Town town;
        for (int number = 0; number < 7; ++number)
            town.move_in(std::string("anne") + static_cast<char>('a' + number));
        town.clock.at += days(town, RetentionRule::receipts) + DAY_SECONDS;
        const auto run = run_retention(town, false, rows);
        CHECK(erased_by(run, "pending_accounts") == 7);
        CHECK(erased_by(run, "receipts") == 7);
        CHECK(town.count("SELECT count(*) FROM envelopes") == 0);
    }
}

TEST_CASE("a run that was killed in the middle has kept what it did, says so, and the next one does the rest") {
    Town town;
    for (int number = 0; number < 6; ++number)
        town.move_in(std::string("anne") + static_cast<char>('a' + number));
    town.clock.at += days(town, RetentionRule::pending_accounts) + DAY_SECONDS;
    int left = 2;
    privacy::RetentionOrder order;
    order.by = "daily";
    order.rows_at_once = 2;
    order.is_stopped = [&left] { return left-- == 0; };
    CHECK_FALSE(privacy::run_retention(town.store(), town.portal(), town.clock, order));
    CHECK(town.count("SELECT count(*) FROM accounts") == 2);
    CHECK(erased_by(run_retention(town), "pending_accounts") == 2);
    const auto runs = town.store().retention_runs("oudon", 10);
    REQUIRE(runs);
    REQUIRE(runs->size() == 2);
    CHECK((*runs)[0].state == "done");
    CHECK((*runs)[1].state == "interrupted");
    CHECK(erased_by((*runs)[1], "pending_accounts") == 4);
}

TEST_CASE("the first night only says what it would do; from the second on it does, once a day, also after a restart") {
    Town town;
    town.move_in("anne");
    town.clock.at += 40 * DAY_SECONDS;
    Nights nights(town);
    CHECK(nights.work() == 1);
    CHECK(town.count("SELECT count(*) FROM accounts") == 1);
    CHECK(nights.work() == 0);
    town.clock.at += DAY_SECONDS;
    CHECK(nights.work() == 1);
    CHECK(town.count("SELECT count(*) FROM accounts") == 0);
    CHECK(nights.work() == 0);
    CHECK_FALSE(town.store().verify_audit("oudon")->broken);
}

TEST_CASE("before three in the morning it is still yesterday; a day with a change of the clock has one run") {
    store::RetentionRun last;
    last.started_at = 1'774'749'600; // Sunday 2026-03-29, 02:00 UTC: 04:00 in Paris, an hour after summer time came
    CHECK(privacy::retention_due(last, last.started_at + 19 * 3600) == RetentionDue::not_yet);
    CHECK(privacy::retention_due(last, last.started_at + 22 * 3600) == RetentionDue::not_yet); // 02:00 on Monday
    CHECK(privacy::retention_due(last, last.started_at + 23 * 3600) == RetentionDue::due);
    CHECK(privacy::retention_due(std::nullopt, last.started_at) == RetentionDue::first_time);
    // A clock that was ahead and is put right again: fewer things are due, so nothing is lost by going on.
    CHECK(privacy::retention_due(last, last.started_at - 40 * DAY_SECONDS) == RetentionDue::due);
}

TEST_CASE("when the clock leaps nothing is erased until somebody has said that it is right") {
    Town town;
    Nights nights(town);
    REQUIRE(nights.work() == 1);
    town.move_in("anne");
    town.clock.at += 400 * DAY_SECONDS;
    CHECK(nights.work() == 0);
    CHECK(town.count("SELECT count(*) FROM accounts") == 1);
    CHECK(nights.logged().find("retention_clock_doubtful") != std::string::npos);
    (void)run_retention(town, true);
    CHECK(town.count("SELECT count(*) FROM accounts") == 1);
    (void)run_retention(town);
    CHECK(town.count("SELECT count(*) FROM accounts") == 0);
    town.clock.at += DAY_SECONDS;
    CHECK(nights.work() == 1);
}

TEST_CASE("while somebody is at it at the terminal, the server waits; it is never done twice at once") {
    Town town;
    Nights nights(town);
    {
        const auto lock = DirectoryLock::take(privacy::retention_lock_folder(town.data_folder()));
        REQUIRE(lock);
        CHECK(nights.work() == 0);
    }
    CHECK(nights.work() == 1);
}
