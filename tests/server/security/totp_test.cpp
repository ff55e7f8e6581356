// Codes from a clock, the box secrets are kept in, and the waits of who fails again and again.
#include "security/back_off.h"
#include "security/secret_box.h"
#include "security/server_keys.h"
#include "security/totp.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::server::security;

TEST_CASE("RFC 6238, appendix B: the codes of SHA-1") {
    const std::string secret = "12345678901234567890";
    struct Row {
        UnixSeconds at;
        const char* code;
    };
    const Row rows[] = {{59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
                        {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
    for (const Row& row : rows)
        CHECK(totp_code(secret, row.at / TOTP_STEP_SECONDS, 8) == row.code);
    // RFC 4226, appendix D: the same without a clock, six digits.
    const char* counted[] = {"755224", "287082", "359152", "969429", "338314",
                             "254676", "287922", "162583", "399871", "520489"};
    for (int i = 0; i < 10; ++i)
        CHECK(totp_code(secret, i) == counted[i]);
}

TEST_CASE("RFC 4648, section 10: base32, here without padding") {
    const std::pair<const char*, const char*> rows[] = {{"", ""},
                                                        {"f", "MY"},
                                                        {"fo", "MZXQ"},
                                                        {"foo", "MZXW6"},
                                                        {"foob", "MZXW6YQ"},
                                                        {"fooba", "MZXW6YTB"},
                                                        {"foobar", "MZXW6YTBOI"}};
    for (const auto& [bytes, text] : rows)
        CHECK(encode_base32(bytes) == text);
}

TEST_CASE("a code is good in its own half minute, the one before and the one after, and once") {
    const std::string secret = "12345678901234567890";
    const UnixSeconds now = 1'795'428'000;
    const std::int64_t step = now / 30;
    for (const std::int64_t away : {-1, 0, 1})
        CHECK(totp_step_of(secret, totp_code(secret, step + away), now, 0) == step + away);
    for (const std::int64_t away : {-2, 2, 100})
        CHECK_FALSE(totp_step_of(secret, totp_code(secret, step + away), now, 0));
    const std::string code = totp_code(secret, step);
    CHECK(totp_step_of(secret, code.substr(0, 3) + " " + code.substr(3), now, 0) == step);
    CHECK_FALSE(totp_step_of(secret, code, now, step));
    CHECK_FALSE(totp_step_of(secret, totp_code(secret, step - 1), now, step));
    CHECK(totp_step_of(secret, totp_code(secret, step + 1), now, step) == step + 1);
    for (const char* other : {"", "12345", "1234567", "abcdef", "-00001"})
        CHECK_FALSE(totp_step_of(secret, other, now, 0));
}

TEST_CASE("an authenticator is told who issued the secret and for whom, whatever characters those have") {
    CHECK(totp_uri("12345678901234567890", "Mairie d’Oudon", "a+b@example.org") ==
          "otpauth://totp/Mairie%20d%E2%80%99Oudon:a%2Bb%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
          "&issuer=Mairie%20d%E2%80%99Oudon&algorithm=SHA1&digits=6&period=30");
}

TEST_CASE("a sealed secret opens for its own purpose, under its own key, and unaltered only") {
    SystemRandom random;
    const ServerKeys keys = ServerKeys::generate();
    SecretBox box(keys.derived_secret("test"), random);
    const std::string sealed = box.seal("a secret of any length", "totp of staff:1");
    CHECK(sealed.find("secret") == std::string::npos);
    CHECK(box.open(sealed, "totp of staff:1") == "a secret of any length");
    CHECK_FALSE(box.open(sealed, "totp of staff:2"));
    CHECK_FALSE(SecretBox(keys.derived_secret("another"), random).open(sealed, "totp of staff:1"));
    CHECK_FALSE(SecretBox(ServerKeys::generate().derived_secret("test"), random).open(sealed, "totp of staff:1"));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string altered = sealed;
        altered[i] = static_cast<char>(altered[i] ^ 1);
        CHECK_FALSE(box.open(altered, "totp of staff:1"));
    }
    CHECK_FALSE(box.open("", "totp of staff:1"));
    CHECK(box.seal("a secret of any length", "totp of staff:1") != sealed);
}

TEST_CASE("who fails again and again waits twice as long each time, up to a quarter of an hour") {
    BackOff back_off({});
    UnixSeconds now = 1000;
    for (int i = 0; i < 5; ++i)
        CHECK(back_off.attempt("anne", now) == 0);
    for (const int wait : {30, 60, 120, 240, 480, 900, 900}) {
        CHECK(back_off.attempt("anne", now) == wait);
        CHECK(back_off.attempt("anne", now + wait - 1) == 1);
        now += wait;
        CHECK(back_off.attempt("anne", now) == 0);
    }
    CHECK(back_off.attempt("jean", now) == 0);
    back_off.succeeded("anne");
    for (int i = 0; i < 5; ++i)
        CHECK(back_off.attempt("anne", now) == 0);
    CHECK(back_off.attempt("anne", now) == 30);
}

TEST_CASE("a success takes one attempt of an address back, and not the failures before") {
    BackOff back_off({.free_attempts = 3});
    CHECK(back_off.attempt("address", 1000) == 0);
    CHECK(back_off.attempt("address", 1000) == 0);
    CHECK(back_off.attempt("address", 1000) == 0);
    back_off.forgive_one("address");
    CHECK(back_off.attempt("address", 1000) == 0);
    CHECK(back_off.attempt("address", 1000) == 30);
    back_off.forgive_one("nobody knows this one");
}

TEST_CASE("failures are forgotten after a day of quiet, and a clock set back closes nobody out for ever") {
    BackOff back_off({.free_attempts = 1});
    CHECK(back_off.attempt("anne", 100'000) == 0);
    CHECK(back_off.attempt("anne", 100'000) == 30);
    CHECK(back_off.attempt("anne", 1000) == 0);
    CHECK(back_off.attempt("anne", 1000 + 86'500) == 0);
    CHECK(back_off.attempt("anne", 1000 + 86'500) == 30);
}

TEST_CASE("the waits are kept in bounded memory: the one unused longest makes room") {
    BackOff back_off({.free_attempts = 1}, 2);
    CHECK(back_off.attempt("a", 1000) == 0);
    CHECK(back_off.attempt("b", 1000) == 0);
    CHECK(back_off.attempt("c", 1000) == 0);
    CHECK(back_off.attempt("b", 1000) == 30);
    CHECK(back_off.attempt("a", 1000) == 0);
}
