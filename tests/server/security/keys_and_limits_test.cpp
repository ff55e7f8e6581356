#include "security/passwords.h"
#include "security/rate_limiter.h"
#include "security/server_keys.h"
#include "security/tokens.h"

#include <catch2/catch_test_macros.hpp>

#include <sys/stat.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

using namespace foyer;
using namespace foyer::server::security;

namespace {

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "foyer-keys-XXXXXX").string();
        m_path = mkdtemp(pattern.data());
    }
    ~TemporaryFolder() { std::filesystem::remove_all(m_path); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] std::string file(const char* name) const { return m_path + "/" + name; }

private:
    std::string m_path;
};

ServerKeys loaded(const std::string& path) {
    Result<ServerKeys, KeysError> keys = ServerKeys::load_or_create(path);
    REQUIRE(keys);
    return std::move(keys).value();
}

KeysError::Reason refused(const std::string& path) {
    const Result<ServerKeys, KeysError> keys = ServerKeys::load_or_create(path);
    REQUIRE_FALSE(keys);
    CHECK(describe(keys.error()).find(path) != std::string::npos);
    return keys.error().reason;
}

// Cheap, so that the tests are quick; what a real cost does is the same.
constexpr PasswordCost CHEAP{64, 1, 1};

} // namespace

TEST_CASE("the server's keys are made on the first start, are readable by their owner only, and stay the same") {
    const TemporaryFolder folder;
    const std::string path = folder.file("keys.json");
    const ServerKeys first = loaded(path);
    struct stat status {};
    REQUIRE(stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    const ServerKeys second = loaded(path);
    CHECK(second.sealing_key().id == first.sealing_key().id);
    CHECK(second.sealing_key().key.public_point() == first.sealing_key().key.public_point());
    CHECK(second.signing_key().key.public_point() == first.signing_key().key.public_point());
    CHECK(first.sealing_key().id.size() == 8);
    CHECK(first.sealing_key().id != first.signing_key().id);
}

TEST_CASE("after a new sealing key the old one still opens") {
    const TemporaryFolder folder;
    const std::string path = folder.file("keys.json");
    const ServerKeys first = loaded(path);
    const auto rotated = first.with_new_sealing_key(path);
    REQUIRE(rotated);
    const ServerKeys again = loaded(path);
    CHECK(again.sealing_key().id == rotated->sealing_key().id);
    CHECK(again.sealing_key().id != first.sealing_key().id);
    CHECK(again.find_sealing_key(first.sealing_key().id) != nullptr);
    CHECK(again.find_sealing_key("12345678") == nullptr);
    CHECK(again.find_sealing_key("") == nullptr);
    CHECK(again.signing_key().id == first.signing_key().id);
}

TEST_CASE("a file of keys that others can read is refused") {
    const TemporaryFolder folder;
    const std::string path = folder.file("keys.json");
    (void)loaded(path);
    REQUIRE(chmod(path.c_str(), 0640) == 0);
    CHECK(refused(path) == KeysError::Reason::too_open);
}

TEST_CASE("a damaged file of keys is refused and never replaced") {
    const TemporaryFolder folder;
    const std::string path = folder.file("keys.json");
    for (const char* text : {"", "{}", "not json", R"({"version":2,"sealing":[],"signing":""})",
                             R"({"version":1,"sealing":["AAAA"],"signing":"AAAA"})"}) {
        std::ofstream(path, std::ios::trunc) << text;
        REQUIRE(chmod(path.c_str(), 0600) == 0);
        CHECK(refused(path) == KeysError::Reason::not_a_keys_file);
        std::ifstream file(path);
        CHECK(std::string(std::istreambuf_iterator<char>(file), {}) == text);
    }
}

TEST_CASE("a folder that is not there cannot hold keys") {
    const TemporaryFolder folder;
    CHECK(refused(folder.file("missing/keys.json")) == KeysError::Reason::not_writable);
    CHECK(refused(folder.file(".")) == KeysError::Reason::unreadable);
}

TEST_CASE("a password verifies against its own hash only, and no two hashes are alike") {
    SystemRandom random;
    PasswordHasher hasher(random, 2, CHEAP);
    const auto first = hasher.hash("mot de passe à moi");
    const auto second = hasher.hash("mot de passe à moi");
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
    CHECK(*first != *second);
    CHECK(hasher.verify(*first, "mot de passe à moi"));
    CHECK_FALSE(hasher.verify(*first, "mot de passe a moi"));
    CHECK_FALSE(hasher.verify(*first, ""));
    CHECK_FALSE(hasher.verify("", "x"));
    CHECK_FALSE(hasher.verify("$argon2id$garbage", "x"));
    CHECK_FALSE(hasher.verify_nobody("anything"));
    CHECK(hasher.verify(hasher.hash(std::string("nul\0inside", 10)).value(), std::string("nul\0inside", 10)) == true);
    CHECK_FALSE(hasher.verify(hasher.hash(std::string("nul\0inside", 10)).value(), "nul"));
}

TEST_CASE("the default cost is what OWASP asks for, and cheaper hashes are known as such") {
    SystemRandom random;
    PasswordHasher cheap(random, 1, CHEAP);
    PasswordHasher today(random, 1);
    const std::string hash = today.hash("x").value();
    CHECK(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    CHECK_FALSE(today.needs_rehash(hash));
    CHECK(today.needs_rehash(cheap.hash("x").value()));
    CHECK(today.needs_rehash("$argon2i$v=19$m=19456,t=2,p=1$x"));
    CHECK(today.needs_rehash(""));
}

TEST_CASE("many threads may hash at once, a few at a time") {
    SystemRandom random;
    PasswordHasher hasher(random, 2, CHEAP);
    std::atomic<int> good = 0;
    std::vector<std::thread> threads;
    for (int count = 0; count < 16; ++count)
        threads.emplace_back([&, count] {
            const std::string password = "p" + std::to_string(count);
            good += hasher.verify(hasher.hash(password).value(), password) ? 1 : 0;
        });
    for (std::thread& thread : threads)
        thread.join();
    CHECK(good == 16);
}

TEST_CASE("a link's key is 32 hex digits and only its hash is kept") {
    SystemRandom random;
    const Token token = make_token(random);
    CHECK(token.text.size() == 32);
    CHECK(token.text.find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(token.hash.size() == 32);
    CHECK(token_matches(token.text, token.hash));
    CHECK_FALSE(token_matches(make_token(random).text, token.hash));
    CHECK_FALSE(token_matches("", token.hash));
    CHECK_FALSE(token_matches(token.text, ""));
}

TEST_CASE("a limiter lets a burst through, then as many as come in a minute") {
    RateLimiter limiter({3, 6});
    for (int count = 0; count < 3; ++count)
        CHECK(limiter.take("a", 1000).allowed);
    const RateDecision refused_now = limiter.take("a", 1000);
    CHECK_FALSE(refused_now.allowed);
    CHECK(refused_now.retry_after_seconds == 10);
    CHECK(limiter.take("b", 1000).allowed);
    CHECK_FALSE(limiter.take("a", 1009).allowed);
    CHECK(limiter.take("a", 1010).allowed);
    for (int count = 0; count < 3; ++count)
        CHECK(limiter.take("a", 9000).allowed);
    CHECK_FALSE(limiter.take("a", 9000).allowed);
}

TEST_CASE("a limiter survives a clock that is set back") {
    RateLimiter limiter({1, 60});
    CHECK(limiter.take("a", 1000).allowed);
    CHECK_FALSE(limiter.take("a", 10).allowed);
    CHECK(limiter.take("a", 11).allowed);
}

TEST_CASE("a limiter remembers a bounded number of keys") {
    RateLimiter limiter({1, 1}, 100);
    for (int count = 0; count < 10'000; ++count)
        CHECK(limiter.take("key " + std::to_string(count), 1000).allowed);
    CHECK(limiter.size() == 100);
    CHECK_FALSE(limiter.take("key 9999", 1000).allowed);
}

TEST_CASE("an IPv6 network counts as one, an IPv4 address as itself") {
    CHECK(rate_key_of_address("192.0.2.1") == "192.0.2.1");
    CHECK(rate_key_of_address("::ffff:192.0.2.1") == "192.0.2.1");
    CHECK(rate_key_of_address("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64");
    CHECK(rate_key_of_address("2001:db8:1:2:ffff::1") == "2001:db8:1:2::/64");
    CHECK(rate_key_of_address("unix") == "unix");
}
