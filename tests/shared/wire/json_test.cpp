#include "wire/json.h"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace foyer::wire;

namespace {

std::string rewritten(std::string_view text) {
    const auto json = parse_json(text);
    return json ? write_json(*json) : "refused";
}

JsonError::Reason reason(std::string_view text, const JsonLimits& limits = {}) {
    const auto json = parse_json(text, limits);
    REQUIRE_FALSE(json);
    return json.error().reason;
}

} // namespace

TEST_CASE("canonical JSON has sorted members, no spaces and the shortest escapes") {
    CHECK(rewritten(" { \"b\" : [ 1 , 2.50 , -0.0, true , null ] , \"a\" : { } } ") ==
          R"({"a":{},"b":[1,2.5,0,true,null]})");
    CHECK(rewritten(R"("\u0041\/\u00e9\u0007\n\u20ac\ud83d\ude00\"\\")") == "\"A/é\\u0007\\n€😀\\\"\\\\\"");
    CHECK(rewritten("9007199254740993") == "9007199254740993");
    CHECK(rewritten("-9223372036854775808") == "-9223372036854775808");
}

TEST_CASE("members are sorted by UTF-16 code units, as RFC 8785 wants") {
    // Its own example, section 3.2.3: U+FB33 comes after the surrogates of U+1F600.
    CHECK(
        rewritten("{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}") ==
        "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\xEF\xAC\xB3\":3}");
}

TEST_CASE("what is written can be read again") {
    const Json built = Json::object()
                           .set("text", "L'Haÿ-les-Roses")
                           .set("list", Json::array().push(1).push(true).push(Json()).push(0.1))
                           .set("nested", Json::object().set("empty", ""));
    const auto read = parse_json(write_json(built));
    REQUIRE(read);
    CHECK(*read == built);
}

TEST_CASE("a lone surrogate is refused") {
    CHECK(reason(R"("\ud800")") == JsonError::Reason::syntax);
    CHECK(reason(R"("\udc00\ud800")") == JsonError::Reason::syntax);
    CHECK(reason("\"\xED\xA0\x80\"") == JsonError::Reason::syntax);
}

TEST_CASE("bytes that are not UTF-8 are refused, wherever they stand") {
    for (const char* bytes : {"\"\xFF\"", "\"\xC0\x80\"", "\"\xE2\x82\"", "\xFF", "\"\xF5\x80\x80\x80\""})
        CHECK(reason(bytes) == JsonError::Reason::syntax);
}

TEST_CASE("bytes that are not UTF-8 are written as replacement characters") {
    CHECK(write_json("a\xFFz\xC3") == "\"a\xEF\xBF\xBDz\xEF\xBF\xBD\"");
    CHECK(write_json("\xED\xA0\x80").find('\xED') == std::string::npos);
}

TEST_CASE("what is not JSON is refused") {
    for (const char* text : {"", " ", "{", "[1,]", "{\"a\":1,}", "{'a':1}", "tru", "01", "+1", "1.", ".5", "NaN",
                             "\"\t\"", "[1] 2", "// note\n1", "1e999", "{\"a\" 1}", "\"\\x41\""})
        CHECK(reason(text) == JsonError::Reason::syntax);
}

TEST_CASE("a member given twice is refused with its path") {
    const auto json = parse_json(R"({"services":[{"label":"a"},{"label":"b","label":"c"}]})");
    REQUIRE_FALSE(json);
    CHECK(json.error().reason == JsonError::Reason::duplicate_member);
    CHECK(describe(json.error()).find("services[1].label") != std::string::npos);
}

TEST_CASE("depth has a limit, and a text of a million brackets is refused quickly") {
    const std::string deep(32, '[');
    CHECK(parse_json(deep + "1" + std::string(32, ']')));
    CHECK(reason(deep + "[" + "1" + std::string(33, ']')) == JsonError::Reason::too_deep);
    CHECK(reason(std::string(1'000'000, '[')) == JsonError::Reason::too_deep);
    std::string members;
    for (int depth = 0; depth < 100'000; ++depth)
        members += "{\"a\":";
    CHECK(reason(members) == JsonError::Reason::too_deep);
}

TEST_CASE("size has a limit") { CHECK(reason("[1,2,3]", {6, 32}) == JsonError::Reason::too_large); }

TEST_CASE("a mistake in the text is located by line and column") {
    const auto json = parse_json("{\n  \"a\": 1,\n  \"b\": tru\n}");
    REQUIRE_FALSE(json);
    CHECK(json.error().line == 3);
    CHECK(json.error().column >= 8);
}

TEST_CASE("a reader reports every mistake of a value with its path") {
    const auto json = parse_json(
        R"({"slug":3,"colours":{"accent":true},"services":[{"label":"a","size":99},{"size":1}],"kind":"c","extra":0})");
    REQUIRE(json);
    std::vector<JsonMistake> mistakes;
    JsonReader root(*json, mistakes);
    CHECK(root.member("slug").text().empty());
    JsonReader colours = root.member("colours");
    CHECK(colours.member("accent").text().empty());
    CHECK_FALSE(colours.member("background").boolean());
    for (JsonReader& service : root.member("services").elements()) {
        (void)service.member("label").text();
        (void)service.member("size").integer(0, 10);
        service.refuse_unknown_members();
    }
    CHECK_FALSE(root.member("kind").one_of({"a", "b"}));
    CHECK(root.optional_member("missing").text_or("otherwise") == "otherwise");
    root.refuse_unknown_members();
    CHECK(mistakes == std::vector<JsonMistake>{{"slug", "must be text"},
                                               {"colours.accent", "must be text"},
                                               {"colours.background", "is missing"},
                                               {"services[0].size", "must be a whole number from 0 to 10"},
                                               {"services[1].label", "is missing"},
                                               {"kind", "must be one of \"a\" \"b\""},
                                               {"extra", "is not a known member"}});
}

TEST_CASE("a reader of something that is no object says so once") {
    const auto json = parse_json("[1]");
    REQUIRE(json);
    std::vector<JsonMistake> mistakes;
    JsonReader root(*json, mistakes);
    (void)root.member("a").text();
    (void)root.member("b").integer(0, 1);
    root.refuse_unknown_members();
    CHECK(mistakes == std::vector<JsonMistake>{{"", "must be an object"}});
}
