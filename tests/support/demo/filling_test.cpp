// The generator: everything it invents passes the rules, all kinds are there, and the same seed gives the same town.
#include "demo/filling.h"
#include "sqlite/sqlite_store.h"
#include "support/files.h"
#include "test_support/scratch_folder.h"

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <set>

using namespace foyer;
using namespace foyer::server;

namespace {

constexpr UnixSeconds NOW = 1'795'428'000; // Monday 2026-11-23, 10:00 UTC

i18n::Texts texts_in(const std::string& language) {
    const auto bytes = read_file(std::string(FOYER_GENERATED_TEXTS) + "/texts-" + language + ".bin");
    REQUIRE(bytes);
    auto loaded = i18n::Texts::load(*bytes);
    REQUIRE(loaded);
    return std::move(loaded).value();
}

class FilledTown {
public:
    FilledTown(const std::string& slug, const demo::Wishes& wishes) : m_texts(texts_in("fr")) {
        sqlite::DatabaseOptions options;
        options.path = m_folder.file("foyer.sqlite");
        options.durability = sqlite::Durability::can_be_made_again;
        auto database = sqlite::Database::open(std::move(options));
        REQUIRE(database);
        m_database = std::move(database).value();
        m_store = std::make_unique<sqlite::SqliteStore>(*m_database);
        const auto files = portals::read_portal_files(std::string(FOYER_SOURCE_DIR) + "/shared/portals");
        REQUIRE(files);
        std::vector<std::string> unreadable;
        auto catalogue = portals::Catalogue::open(*files, *m_store, NOW, unreadable);
        REQUIRE(catalogue);
        const auto texts = [this](std::string_view) -> const i18n::Texts& { return m_texts; };
        auto result =
            demo::fill_town({{*m_store, *m_store, *m_store, *m_store}, *catalogue, nullptr, texts}, slug, wishes);
        if (!result)
            FAIL(result.error());
        filled = std::move(result).value();
        auto listed = m_store->list_submissions({slug, {}, 100'000, 0});
        REQUIRE(listed);
        submissions = std::move(listed).value();
    }

    demo::Filled filled;
    std::vector<store::SubmissionRecord> submissions;

private:
    test::ScratchFolder m_folder;
    i18n::Texts m_texts;
    std::unique_ptr<sqlite::Database> m_database;
    std::unique_ptr<sqlite::SqliteStore> m_store;
};

demo::Wishes wishes(std::size_t requests, std::uint64_t seed = 7) {
    demo::Wishes made;
    made.requests = requests;
    made.seed = seed;
    made.now = NOW;
    made.accounts_can_log_in = false;
    return made;
}

} // namespace

TEST_CASE("invented requests pass the rules of both towns, and every state and procedure is among them") {
    for (const char* slug : {"oudon", "saint-maur-des-fosses"}) {
        CAPTURE(slug);
        const FilledTown town(slug, wishes(700));
        REQUIRE(town.submissions.size() == 700);
        std::set<std::string> states;
        std::set<int> procedures;
        std::set<std::string> marks;
        std::size_t with_accents = 0;
        for (const store::SubmissionRecord& submission : town.submissions) {
            states.insert(submission.state);
            procedures.insert(submission.procedure);
            for (const store::Mark& mark : submission.marks)
                marks.insert(mark.code);
            for (const char c : submission.account.person.first_names)
                if (static_cast<unsigned char>(c) >= 0x80) {
                    ++with_accents;
                    break;
                }
            CHECK(submission.received_at <= NOW);
        }
        CHECK(states == std::set<std::string>{"accepted", "processing", "received", "refused", "waiting", "withdrawn"});
        CHECK(procedures == std::set<int>{1, 2, 3});
        CHECK(marks.count("email_typo") == 1);
        CHECK(marks.count("identifier_taken") == 1);
        CHECK(marks.size() >= 4);
        CHECK(with_accents > 200);
    }
}

TEST_CASE("whatever the seed and the day, nobody is born later than the day on which a family says so") {
    constexpr UnixSeconds DAY = 86'400;
    int changed_this_month = 0;
    int put_off = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        demo::Chance chance(seed);
        for (int day = 0; day < 800; ++day) { // two years and a leap day
            const UnixSeconds first = NOW + day * DAY;
            demo::Family family = demo::make_family(chance, {"Oudon", {"44521"}}, domain::date_in_paris(first), {});
            const UnixSeconds told = first + chance.between(0, 260) * DAY;
            const domain::CalendarDate today = domain::date_in_paris(told);
            const demo::Answers answers = demo::entourage_of(chance, family, today);
            for (std::size_t i = 0; i < family.children.size(); ++i) {
                const std::string prefix = "children." + std::to_string(i) + ".";
                const bool expected = answers.at(prefix + "born") == "expected";
                const std::string key = expected ? "expected_date" : "birth_date";
                demo::Answers child;
                for (const char* part : {".day", ".month", ".year"})
                    child[key + part] = answers.at(prefix + key + part);
                const auto date = [&] {
                    return domain::CalendarDate{std::stoi(child[key + ".year"]), std::stoi(child[key + ".month"]),
                                                std::stoi(child[key + ".day"])};
                };
                CAPTURE(seed, day, key);
                const UnixSeconds later = told + chance.between(0, 30) * DAY;
                const domain::CalendarDate then = domain::date_in_paris(later);
                if (expected) {
                    CHECK_FALSE(domain::is_before(date(), today));
                    put_off += domain::is_before(date(), then) ? 1 : 0;
                    demo::expect_again(chance, child, key, then);
                    CHECK_FALSE(domain::is_before(date(), then));
                } else {
                    CHECK_FALSE(domain::is_before(today, date()));
                    changed_this_month += date().year == then.year && date().month == then.month ? 1 : 0;
                    demo::change_child(chance, child, then);
                    CHECK_FALSE(domain::is_before(then, date()));
                    CHECK(date().day <= domain::days_in_month(date().year, date().month));
                }
            }
        }
    }
    CHECK(changed_this_month > 20);
    CHECK(put_off > 20);
}

TEST_CASE("towns filled on many days of the year pass the rules, whatever the seed") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        demo::Wishes made = wishes(80, seed);
        made.now += static_cast<UnixSeconds>(seed) * 31 * 86'400;
        CAPTURE(seed);
        CHECK(FilledTown(seed % 2 == 0 ? "oudon" : "saint-maur-des-fosses", made).submissions.size() == 80);
    }
}

TEST_CASE("the same seed gives the same requests, another seed others") {
    const FilledTown one("oudon", wishes(60));
    const FilledTown two("oudon", wishes(60));
    const FilledTown other("oudon", wishes(60, 8));
    REQUIRE(one.submissions.size() == two.submissions.size());
    std::size_t different = 0;
    for (std::size_t i = 0; i < one.submissions.size(); ++i) {
        CHECK(one.submissions[i].number == two.submissions[i].number);
        CHECK(one.submissions[i].answers == two.submissions[i].answers);
        CHECK(one.submissions[i].state == two.submissions[i].state);
        CHECK(one.submissions[i].received_at == two.submissions[i].received_at);
        if (one.submissions[i].answers != other.submissions[i].answers)
            ++different;
    }
    CHECK(different > 40);
}

TEST_CASE("hostile texts are among the answers only where they are asked for") {
    demo::Wishes hostile = wishes(150);
    const auto count = [](const FilledTown& town) {
        int found = 0;
        for (const store::SubmissionRecord& submission : town.submissions)
            for (const auto& [key, value] : submission.answers)
                if (value.find("alert(1)") != std::string::npos || value.find("cmd|") != std::string::npos)
                    ++found;
        return found;
    };
    CHECK(count(FilledTown("oudon", hostile)) == 0);
    hostile.spice = demo::Spice::hostile;
    CHECK(count(FilledTown("oudon", hostile)) > 3);
}
