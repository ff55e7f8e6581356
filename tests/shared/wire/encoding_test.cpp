#include "wire/encoding.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer::wire;

TEST_CASE("base64 gives the examples of RFC 4648 section 10, both ways") {
    const std::pair<const char*, const char*> examples[] = {{"", ""},
                                                            {"f", "Zg=="},
                                                            {"fo", "Zm8="},
                                                            {"foo", "Zm9v"},
                                                            {"foob", "Zm9vYg=="},
                                                            {"fooba", "Zm9vYmE="},
                                                            {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : examples) {
        CHECK(encode_base64(bytes) == text);
        CHECK(decode_base64(text) == bytes);
    }
}

TEST_CASE("every byte survives base64, base64url and hex") {
    std::string bytes;
    for (int value = 0; value < 256; ++value) {
        bytes += static_cast<char>(value);
        CHECK(decode_base64(encode_base64(bytes)) == bytes);
        CHECK(decode_base64url(encode_base64url(bytes)) == bytes);
        CHECK(decode_hex(encode_hex(bytes)) == bytes);
    }
    CHECK(encode_base64url(bytes).find_first_of("+/=") == std::string::npos);
}

TEST_CASE("bytes have one base64 text only") {
    for (const char* text : {"Zg", "Zg=", "Zh==", "Zg==\n", "Z g=", "Zm9=v", "====", "Zg===", "Zm-_"})
        CHECK_FALSE(decode_base64(text));
    for (const char* text : {"Zg==", "Zh", "Z", "Zm+/"})
        CHECK_FALSE(decode_base64url(text));
    for (const char* text : {"0", "0G", "AB", "0x"})
        CHECK_FALSE(decode_hex(text));
}
