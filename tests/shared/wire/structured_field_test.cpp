#include "wire/structured_field.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer::wire;

namespace {

// Parsed and written again; "refused" when it is not a dictionary.
std::string dictionary(std::string_view text) {
    const auto parsed = parse_sf_dictionary(text);
    return parsed ? write_sf_dictionary(*parsed).value_or("unwritable") : "refused";
}
std::string list(std::string_view text) {
    const auto parsed = parse_sf_list(text);
    return parsed ? write_sf_list(*parsed).value_or("unwritable") : "refused";
}
std::string item(std::string_view text) {
    const auto parsed = parse_sf_item(text);
    return parsed ? write_sf_item(*parsed).value_or("unwritable") : "refused";
}

} // namespace

TEST_CASE("items of every kind are read and written in their one form") {
    CHECK(item("42") == "42");
    CHECK(item("-0") == "0");
    CHECK(item("042") == "42");
    CHECK(item("-999999999999999") == "-999999999999999");
    CHECK(item("4.5") == "4.5");
    CHECK(item("-0.500") == "-0.5");
    CHECK(item("1.0") == "1.0");
    CHECK(item(R"("a \"quoted\" \\ text")") == R"("a \"quoted\" \\ text")");
    CHECK(item("*foo/bar:baz") == "*foo/bar:baz");
    CHECK(item(":aGVsbG8=:") == ":aGVsbG8=:");
    CHECK(item("::") == "::");
    CHECK(item("?1") == "?1");
    CHECK(item("?0") == "?0");
    CHECK(item("  a;b;c=1;b=2  ") == "a;b=2;c=1");
    CHECK(item("a; b") == "a;b");
}

TEST_CASE("items that RFC 9651 says must fail are refused") {
    for (const char* text : {"",
                             "1234567890123456",
                             "1.",
                             "1.2345",
                             "1234567890123.1",
                             "-",
                             "--1",
                             "\"open",
                             "\"a\\b\"",
                             "\"\xC3\xA9\"",
                             "\"\n\"",
                             ":aGVsbG8:",
                             ":aGVsbG8=",
                             ":a b=:",
                             "?2",
                             "?",
                             "a b",
                             "a,",
                             "a;",
                             "a;B=1",
                             "a;1=1",
                             "1 2",
                             "@1659578233",
                             "%\"f%c3\"",
                             "\x7F",
                             "a\t",
                             "(a)"})
        CHECK(item(text) == "refused");
}

TEST_CASE("dictionaries keep their order, and a key given twice keeps its place and its last value") {
    CHECK(dictionary("a=1, b;x=?0,c=(1 2);q, a=3") == "a=3, b;x=?0, c=(1 2);q");
    CHECK(dictionary("") == "");
    CHECK(dictionary("a=?1, b=?0") == "a, b=?0");
    CHECK(dictionary("a=1 ,\t b=2") == "a=1, b=2");
}

TEST_CASE("dictionaries that RFC 9651 says must fail are refused") {
    for (const char* text : {"a=1,", ",a=1", "a=1,,b=2", "a=1;b=2 c=3", "A=1", "a=(1 2", "a=(1,2)", "a=(1 2)x",
                             "a=((1))", "a =1", "a= 1", "=1", "a=1\n", "\ta=1", "a=(\t1)"})
        CHECK(dictionary(text) == "refused");
}

TEST_CASE("lists hold items and inner lists with parameters") {
    CHECK(list("sugar, tea;x, (\"a\" \"b\";req);n=1, ()") == "sugar, tea;x, (\"a\" \"b\";req);n=1, ()");
    CHECK(list("1,") == "refused");
    CHECK(list("1 2") == "refused");
}

TEST_CASE("a byte sequence alone is a byte sequence without parameters") {
    CHECK(parse_sf_bytes(":AAEC:") == std::string("\0\1\2", 3));
    CHECK_FALSE(parse_sf_bytes(":AAEC:;a=1"));
    CHECK_FALSE(parse_sf_bytes("AAEC"));
}

TEST_CASE("what cannot be a structured field is not written") {
    CHECK_FALSE(write_sf_item({std::string("é"), {}}));
    CHECK_FALSE(write_sf_item({SfToken{"a b"}, {}}));
    CHECK_FALSE(write_sf_item({std::int64_t{1'000'000'000'000'000}, {}}));
    CHECK_FALSE(write_sf_dictionary({{"Upper", SfItem{true, {}}}}));
}
