#include "security/crypto.h"

#include "security/seal.h"

#include <catch2/catch_test_macros.hpp>

#include <set>

using namespace foyer::server::security;

TEST_CASE("a signature verifies with the key that made it and with no other") {
    const PrivateKey key = PrivateKey::generate();
    const PrivateKey other = PrivateKey::generate();
    // Many, since r or s is shorter than 32 bytes once in 128 signatures: the padding must be right.
    for (int count = 0; count < 600; ++count) {
        const std::string message = "message " + std::to_string(count);
        const std::string signature = key.sign(message);
        REQUIRE(signature.size() == 64);
        REQUIRE(verify_p256(key.public_point(), message, signature));
    }
    const std::string signature = key.sign("message");
    CHECK_FALSE(verify_p256(other.public_point(), "message", signature));
    CHECK_FALSE(verify_p256(key.public_point(), "massage", signature));
}

TEST_CASE("a signature with any bit flipped does not verify") {
    const PrivateKey key = PrivateKey::generate();
    const std::string signature = key.sign("message");
    for (std::size_t byte = 0; byte < signature.size(); ++byte)
        for (int bit = 0; bit < 8; ++bit) {
            std::string flipped = signature;
            flipped[byte] = static_cast<char>(flipped[byte] ^ (1 << bit));
            REQUIRE_FALSE(verify_p256(key.public_point(), "message", flipped));
        }
}

TEST_CASE("malformed keys and signatures are refused without a word") {
    const PrivateKey key = PrivateKey::generate();
    const std::string signature = key.sign("m");
    for (const std::string& point :
         {std::string(), std::string(65, '\0'), "\x04" + std::string(64, '\0'), "\x04" + std::string(64, '\xFF'),
          key.public_point().substr(0, 64), key.public_point() + "x", "\x02" + key.public_point().substr(1, 32),
          "\x06" + key.public_point().substr(1)})
        CHECK_FALSE(verify_p256(point, "m", signature));
    for (const std::string& wrong :
         {std::string(), std::string(64, '\0'), std::string(64, '\xFF'), signature + "x", signature.substr(1)})
        CHECK_FALSE(verify_p256(key.public_point(), "m", wrong));
    CHECK_FALSE(verify_ed25519(std::string(32, '\0'), "m", std::string(64, '\0')));
    CHECK_FALSE(verify_ed25519("short", "m", signature));
}

TEST_CASE("a private key is its 32 bytes, and numbers outside the curve's order are none") {
    const PrivateKey key = PrivateKey::generate();
    const auto again = PrivateKey::from_bytes(key.private_bytes());
    REQUIRE(again);
    CHECK(again->public_point() == key.public_point());
    CHECK(verify_p256(key.public_point(), "m", again->sign("m")));
    CHECK_FALSE(PrivateKey::from_bytes(std::string(32, '\0')));
    CHECK_FALSE(PrivateKey::from_bytes(std::string(32, '\xFF')));
    CHECK_FALSE(PrivateKey::from_bytes("short"));
}

TEST_CASE("only a key of a known kind has a thumbprint") {
    CHECK(thumbprint(PrivateKey::generate().public_point())->size() == 32);
    CHECK_FALSE(thumbprint(""));
    CHECK_FALSE(thumbprint(std::string(33, '\2')));
}

TEST_CASE("randomness does not repeat itself") {
    SystemRandom random;
    std::set<std::string> seen;
    for (int count = 0; count < 1000; ++count)
        CHECK(seen.insert(random.bytes(16)).second);
}

TEST_CASE("comparison in constant time compares") {
    CHECK(constant_time_equal("", ""));
    CHECK(constant_time_equal("abc", "abc"));
    CHECK_FALSE(constant_time_equal("abc", "abd"));
    CHECK_FALSE(constant_time_equal("abc", "abcd"));
}

TEST_CASE("what is sealed opens for its recipient, with its info and its additional data only") {
    const PrivateKey recipient = PrivateKey::generate();
    const auto sealed = seal(recipient.public_point(), "plaintext", "info", "aad");
    REQUIRE(sealed);
    CHECK(open_sealed(recipient, sealed->enc, sealed->ciphertext, "info", "aad") == "plaintext");
    CHECK_FALSE(open_sealed(PrivateKey::generate(), sealed->enc, sealed->ciphertext, "info", "aad"));
    CHECK_FALSE(open_sealed(recipient, sealed->enc, sealed->ciphertext, "info2", "aad"));
    CHECK_FALSE(open_sealed(recipient, sealed->enc, sealed->ciphertext, "info", "aad2"));
    CHECK_FALSE(open_sealed(recipient, sealed->enc, sealed->ciphertext.substr(1), "info", "aad"));
    CHECK_FALSE(open_sealed(recipient, sealed->enc, "", "info", "aad"));
    CHECK_FALSE(open_sealed(recipient, std::string(65, '\4'), sealed->ciphertext, "info", "aad"));
    CHECK_FALSE(seal("no point", "plaintext", "info", "aad"));
}

// Where OpenSSL has HPKE itself (3.2) open_sealed is that, and this holds the two against each other; elsewhere both
// are the composition.
TEST_CASE("both ways of opening a seal agree on sealed and on damaged bytes") {
    const PrivateKey recipient = PrivateKey::generate();
    for (std::size_t length : {0U, 1U, 15U, 16U, 17U, 1024U, 60'000U}) {
        const auto sealed = seal(recipient.public_point(), std::string(length, 'x'), "info", "aad");
        REQUIRE(sealed);
        for (std::size_t at = 0; at <= sealed->ciphertext.size(); at += 1 + sealed->ciphertext.size() / 20) {
            std::string text = sealed->ciphertext;
            if (at < text.size())
                text[at] = static_cast<char>(text[at] ^ 1);
            CHECK(open_sealed(recipient, sealed->enc, text, "info", "aad") ==
                  composed::open_sealed(recipient, sealed->enc, text, "info", "aad"));
        }
    }
}
