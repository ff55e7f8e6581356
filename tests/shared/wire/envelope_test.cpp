#include "wire/envelope.h"

#include "wire/stamp.h"
#include "wire/uuid.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer::wire;

namespace {

Envelope example() {
    Envelope envelope;
    envelope.server_key_id = "12345678";
    envelope.revision = std::string(16, 'r');
    envelope.procedure = 0x0102;
    envelope.enc = "\x04" + std::string(64, 'e');
    envelope.ciphertext = std::string(40, 'c');
    return envelope;
}

} // namespace

TEST_CASE("an envelope is laid out as docs/wire-format.md says") {
    const std::string body = build_envelope(example());
    CHECK(body == "ENV1"
                  "12345678" +
                      std::string(16, 'r') +
                      "\x01\x02"
                      "\x04" +
                      std::string(64, 'e') + std::string(40, 'c'));
    const auto parsed = parse_envelope(body);
    REQUIRE(parsed);
    CHECK(*parsed == example());
}

TEST_CASE("what is not an envelope is refused with its reason") {
    const std::string body = build_envelope(example());
    CHECK(parse_envelope("").error() == EnvelopeError::unknown_format);
    CHECK(parse_envelope("ENV2" + body.substr(4)).error() == EnvelopeError::unknown_format);
    CHECK(parse_envelope(body.substr(0, 110)).error() == EnvelopeError::too_short);
    std::string compressed = body;
    compressed[30] = 2;
    CHECK(parse_envelope(compressed).error() == EnvelopeError::not_a_point);
    CHECK(parse_envelope(std::string(10'000'000, 'E')).error() == EnvelopeError::too_large);
}

TEST_CASE("an entourage may be large, every other envelope is at most 64 KiB") {
    Envelope envelope = example();
    const auto with = [&](std::uint16_t procedure, std::size_t bytes) {
        envelope.procedure = procedure;
        envelope.ciphertext = "";
        envelope.ciphertext = std::string(bytes - build_envelope(envelope).size(), 'c');
        return parse_envelope(build_envelope(envelope)).has_value();
    };
    for (const std::uint16_t procedure : {std::uint16_t{1}, std::uint16_t{3}, std::uint16_t{100}, std::uint16_t{258}}) {
        CHECK(with(procedure, MAXIMUM_OTHER_ENVELOPE_BYTES));
        CHECK_FALSE(with(procedure, MAXIMUM_OTHER_ENVELOPE_BYTES + 1));
    }
    CHECK(with(ENTOURAGE_PROCEDURE, MAXIMUM_ENVELOPE_BYTES));
    CHECK_FALSE(with(ENTOURAGE_PROCEDURE, MAXIMUM_ENVELOPE_BYTES + 1));
}

TEST_CASE("no beginning of an envelope is an envelope until it holds at least a tag") {
    const std::string body = build_envelope(example());
    for (std::size_t length = 0; length < 4 + 8 + 16 + 2 + 65 + 16; ++length)
        CHECK_FALSE(parse_envelope(body.substr(0, length)));
}

TEST_CASE("a seal is bound to everything before it, to its id and to its device") {
    CHECK(seal_additional_data(example(), std::string(16, 'u'), std::string(32, 't')) ==
          "ENV1"
          "12345678" +
              std::string(16, 'r') + "\x01\x02" + std::string(16, 'u') + std::string(32, 't'));
}

TEST_CASE("an envelope's id is a version 7 UUID in its one spelling") {
    const auto uuid = Uuid::parse("0192f0a1-b2c3-7d4e-8f50-0123456789ab");
    REQUIRE(uuid);
    CHECK(uuid->bytes().size() == 16);
    CHECK(uuid->text() == "0192f0a1-b2c3-7d4e-8f50-0123456789ab");
    CHECK(Uuid::from_bytes(uuid->bytes()) == uuid);
    for (const char* text : {"", "0192F0A1-b2c3-7d4e-8f50-0123456789ab", "0192f0a1b2c37d4e8f500123456789ab",
                             "0192f0a1-b2c3-4d4e-8f50-0123456789ab", "0192f0a1-b2c3-7d4e-cf50-0123456789ab",
                             "0192f0a1-b2c3-7d4e-8f50-0123456789a", "{192f0a1-b2c3-7d4e-8f50-0123456789ab",
                             "0192f0a1-b2c3-7d4e-8f50-0123456789ab "})
        CHECK_FALSE(Uuid::parse(text));
}

TEST_CASE("a stamp is pow1 and a short nonce") {
    CHECK(read_stamp("pow1:a9_-Z") == "a9_-Z");
    for (const char* text :
         {"", "pow1", "pow1:", "pow2:a", "pow1:a b", "pow1:é", "pow1:123456789012345678901234567890123"})
        CHECK_FALSE(read_stamp(text));
    CHECK(stamp_text("c", "d", "n") == "pow1cdn");
}

TEST_CASE("leading zero bits are counted across bytes") {
    CHECK(leading_zero_bits("\x80") == 0);
    CHECK(leading_zero_bits("\x01") == 7);
    CHECK(leading_zero_bits(std::string("\0\0\x10", 3)) == 19);
    CHECK(leading_zero_bits(std::string(32, '\0')) == 256);
}
