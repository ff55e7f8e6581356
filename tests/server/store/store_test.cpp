#include "submission.h"

#include "sqlite/sqlite_store.h"
#include "test_support/scratch_folder.h"

#include <catch2/catch_test_macros.hpp>
#include <optional>
#include <set>
#include <thread>

using namespace foyer::server;
using foyer::server::store::Accepted;
using foyer::server::store::AccountId;
using foyer::server::store::Activation;
using foyer::server::store::ActivationOutcome;
using foyer::test::bytes;
using foyer::test::mail_named;
using foyer::test::ScratchFolder;
using foyer::test::submission_named;

namespace {

struct Opened {
    ScratchFolder folder;
    std::unique_ptr<sqlite::Database> database;
    std::unique_ptr<sqlite::SqliteStore> store;
    Opened() {
        sqlite::DatabaseOptions options;
        options.path = folder.file("foyer.sqlite");
        auto opened = sqlite::Database::open(std::move(options));
        REQUIRE(opened);
        database = std::move(opened).value();
        store = std::make_unique<sqlite::SqliteStore>(*database);
    }
};

Activation activation_of(AccountId account, int seed, foyer::UnixSeconds now = 2000) {
    Activation activation;
    activation.account = account;
    activation.key_hash = bytes(32, seed + 99);
    activation.now = now;
    return activation;
}

} // namespace

TEST_CASE("numbers have no gaps, whatever comes at the same time and whatever is refused") {
    Opened opened;
    constexpr std::size_t senders = 24;
    const auto refused_by_the_table = [](std::size_t sender) { return sender % 3 == 0; };
    // Catch2's assertions belong to one thread: the senders only note their answers.
    std::vector<std::optional<std::string>> answers(senders);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < senders; ++i)
        threads.emplace_back([&, i] {
            auto submission = submission_named(static_cast<int>(i), "family" + std::to_string(i));
            if (refused_by_the_table(i))
                submission.activation_key_hash = "not 32 bytes";
            if (const auto accepted = opened.store->accept(submission))
                answers[i] = accepted->receipt;
        });
    for (std::thread& thread : threads)
        thread.join();
    std::set<std::string> receipts;
    for (std::size_t i = 0; i < senders; ++i) {
        CHECK(answers[i].has_value() != refused_by_the_table(i));
        if (answers[i])
            receipts.insert(*answers[i]);
    }
    REQUIRE(receipts.size() == 16);
    CHECK(*receipts.begin() == "receipt OUDON-2026-000001");
    CHECK(*receipts.rbegin() == "receipt OUDON-2026-000016");
}

TEST_CASE("the same envelope again gives the same receipt and stores nothing") {
    Opened opened;
    const auto first = opened.store->accept(submission_named(1, "anne"));
    const auto again = opened.store->accept(submission_named(1, "anne"));
    REQUIRE(first);
    REQUIRE(again);
    CHECK(again->kind == Accepted::Kind::replayed);
    CHECK(again->receipt == first->receipt);
    CHECK(opened.store->latest(10)->size() == 1);
}

TEST_CASE("another envelope under the same id is a conflict") {
    Opened opened;
    REQUIRE(opened.store->accept(submission_named(1, "anne")));
    auto other = submission_named(1, "anne");
    other.digest = bytes(32, 55);
    const auto accepted = opened.store->accept(other);
    REQUIRE(accepted);
    CHECK(accepted->kind == Accepted::Kind::conflict);
    CHECK(accepted->receipt.empty());
}

TEST_CASE("a taken identifier keeps the registration, and activation asks for another") {
    Opened opened;
    REQUIRE(opened.store->accept(submission_named(1, "anne")));
    REQUIRE(opened.store->accept(submission_named(2, "anne")));
    CHECK(opened.store->latest(1)->front().subject == "taken");
    Activation activation = activation_of(AccountId(2), 2);
    CHECK(*opened.store->activate(activation) == ActivationOutcome::identifier_taken);
    activation.identifier = Activation::Identifier{"anne", "anne"};
    CHECK(*opened.store->activate(activation) == ActivationOutcome::identifier_taken);
    activation.identifier = Activation::Identifier{"Anne2", "anne2"};
    CHECK(*opened.store->activate(activation) == ActivationOutcome::activated);
    const auto account = opened.store->find(AccountId(2));
    CHECK((*account)->identifier == "Anne2");
    CHECK((*account)->wanted_identifier == "anne");
}

TEST_CASE("a claim that was never activated lapses") {
    Opened opened;
    REQUIRE(opened.store->accept(submission_named(1, "anne")));
    auto later = submission_named(2, "anne");
    later.claims_lapse_before = 5000;
    REQUIRE(opened.store->accept(later));
    CHECK((*opened.store->find(AccountId(2)))->identifier == "anne");
    CHECK_FALSE((*opened.store->find(AccountId(1)))->identifier);
}

TEST_CASE("each way a link can fail has its own outcome") {
    Opened opened;
    REQUIRE(opened.store->accept(submission_named(1, "anne")));
    CHECK(*opened.store->activate(activation_of(AccountId(77), 1)) == ActivationOutcome::unknown_account);
    CHECK(*opened.store->activate(activation_of(AccountId(1), 5)) == ActivationOutcome::wrong_key);
    Activation late = activation_of(AccountId(1), 1);
    late.oldest_accepted = 999999;
    CHECK(*opened.store->activate(late) == ActivationOutcome::expired);
    REQUIRE(opened.store->renew_activation(AccountId(1), bytes(32, 400), mail_named("again"), 1500));
    CHECK(*opened.store->activate(activation_of(AccountId(1), 1)) == ActivationOutcome::revoked);
    CHECK(*opened.store->activate(activation_of(AccountId(1), 301)) == ActivationOutcome::activated);
    CHECK(*opened.store->activate(activation_of(AccountId(1), 301)) == ActivationOutcome::already_active);
}

TEST_CASE("the sealed password is erased once its hash is stored") {
    Opened opened;
    REQUIRE(opened.store->accept(submission_named(1, "anne")));
    const auto job = opened.store->next_password_job(0);
    REQUIRE(*job);
    CHECK((*job)->sealed == "sealed password");
    CHECK_FALSE((*opened.store->find(AccountId(1)))->has_password);
    REQUIRE(opened.store->finish_password_job(**job, "hash"));
    CHECK_FALSE(*opened.store->next_password_job(0));
    CHECK((*opened.store->find(AccountId(1)))->has_password);
}

TEST_CASE("a new password unbinds every device and its link works once") {
    Opened opened;
    REQUIRE(opened.store->accept(submission_named(1, "anne")));
    REQUIRE(opened.store->bind_device("oudon", bytes(32, 3), "key", AccountId(1), 1, {}));
    store::ResetId reset;
    REQUIRE(opened.store->request_reset(
        AccountId(1), bytes(32, 8),
        [&](store::ResetId made) {
            reset = made;
            return mail_named("reset");
        },
        100));
    CHECK(*opened.store->reset_password(reset, bytes(32, 9), "h", 0, 101) == store::ResetOutcome::unknown_or_wrong);
    CHECK(*opened.store->reset_password(reset, bytes(32, 8), "h", 200, 201) == store::ResetOutcome::used_or_old);
    CHECK(*opened.store->reset_password(reset, bytes(32, 8), "h", 0, 101) == store::ResetOutcome::done);
    CHECK(*opened.store->reset_password(reset, bytes(32, 8), "h2", 0, 102) == store::ResetOutcome::used_or_old);
    CHECK_FALSE(*opened.store->account_of_device("oudon", bytes(32, 3)));
}

TEST_CASE("a leased mail is nobody else's until the lease runs out, and its text is erased once sent") {
    Opened opened;
    REQUIRE(opened.store->accept(submission_named(1, "anne")));
    const auto leased = opened.store->lease(5, 2000, 2600);
    REQUIRE(leased->size() == 1);
    CHECK(opened.store->lease(5, 2100, 2700)->empty());
    CHECK(opened.store->lease(5, 2600, 3200)->size() == 1);
    REQUIRE(opened.store->mark_sent(leased->front().id, false, 2700));
    CHECK(opened.store->lease(5, 9000, 9600)->empty());
    const auto mail = opened.store->find(leased->front().id);
    REQUIRE(*mail);
    CHECK((*mail)->mail.text.empty());
    CHECK((*mail)->mail.html.empty());
    CHECK((*mail)->mail.link.empty());
}

TEST_CASE("what a killed server was sending is due again as soon as the server is back") {
    Opened opened;
    REQUIRE(opened.store->accept(submission_named(1, "anne")));
    REQUIRE(opened.store->lease(5, 2000, 2600)->size() == 1);
    REQUIRE(opened.store->end_leases());
    CHECK(opened.store->lease(5, 2001, 2601)->size() == 1);
}

TEST_CASE("spouses who share an address are both found by it") {
    Opened opened;
    REQUIRE(opened.store->accept(submission_named(1, "anne")));
    REQUIRE(opened.store->accept(submission_named(2, "jean")));
    CHECK(opened.store->find_by_contact("oudon", "a@example.org", "a@example.org")->size() == 2);
    CHECK(opened.store->find_by_contact("oudon", "jean", "")->size() == 1);
    CHECK(opened.store->find_by_contact("saint-maur-des-fosses", "jean", "a@example.org")->empty());
}
