// Our reading of JSON held against the library's (nlohmann/json), which the tests alone use.
#include "wire/json.h"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstring>
#include <random>
#include <string>
#include <vector>

using foyer::wire::Json;
using foyer::wire::JsonError;
using foyer::wire::JsonLimits;
using foyer::wire::parse_json;
using foyer::wire::write_json;

namespace {

Json ours(const nlohmann::json& theirs) {
    using Kind = nlohmann::json::value_t;
    switch (theirs.type()) {
    case Kind::boolean:
        return Json(theirs.get<bool>());
    case Kind::number_integer:
        return Json(theirs.get<std::int64_t>());
    case Kind::number_unsigned: {
        const auto value = theirs.get<std::uint64_t>();
        return value > INT64_MAX ? Json(static_cast<double>(value)) : Json(value);
    }
    case Kind::number_float:
        return Json(theirs.get<double>());
    case Kind::string:
        return Json(theirs.get<std::string>());
    case Kind::array: {
        Json array = Json::array();
        for (const nlohmann::json& each : theirs)
            array.push(ours(each));
        return array;
    }
    case Kind::object: {
        Json object = Json::object();
        for (const auto& [name, value] : theirs.items())
            object.set(name, ours(value));
        return object;
    }
    default:
        return Json();
    }
}

// Both take it and see the same in it, or both refuse it. What we refuse on purpose is no difference.
void hold_together(const std::string& text) {
    CAPTURE(text);
    const auto read = parse_json(text, JsonLimits{1 << 20, 100});
    if (!read && read.error().reason != JsonError::Reason::syntax)
        return;
    const nlohmann::json theirs = nlohmann::json::parse(text, nullptr, false);
    REQUIRE(read.has_value() == !theirs.is_discarded());
    if (read)
        REQUIRE(*read == ours(theirs));
}

const std::vector<std::string> DOCUMENTS = {
    R"({"answers":{"birth_name":"Derc'hen","first_names":"Fa\u00f1ch \ud83d\ude00"},"list":[1,-2,3.25,4e2,-5E-3,0],"version":1})",
    R"([[],{},[{}],"",null,true,false,0,-0,0.0,"\"\\\/\b\f\n\r\t"])",
    "{\"a\":{\"b\":{\"c\":[\"d\xC3\xA9\",\"\xE2\x82\xAC\",\"\xF0\x9F\x98\x80\"]}}}",
    "[9223372036854775807,9223372036854775808,-9223372036854775808,-9223372036854775809,18446744073709551616]",
    "[1e308,1e-308,4.9e-324,1e-400,0.1,123456789012345678901234567890,2.2250738585072014e-308]",
    "\xEF\xBB\xBF {\"with a mark\" : [ 1 ,\r\n\t2 ] } ",
};

} // namespace

TEST_CASE("what the library takes we take and understand alike, whatever is changed in it") {
    std::mt19937 chance(20261122);
    const auto upto = [&](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(chance);
    };
    // Bytes that matter to the grammar come often. No NUL: the library takes it for the end of the text, we do not.
    const std::string common = "{}[]\",:\\ut0123456789-+.eE \n/abf\x01\x1F\x7F\x80\xBF\xC3\xED\xA0\xF4\xFF";
    for (const std::string& document : DOCUMENTS)
        hold_together(document);
    for (int round = 0; round < 40000; ++round) {
        std::string text = DOCUMENTS[upto(DOCUMENTS.size())];
        for (std::size_t changes = 1 + upto(3); changes > 0; --changes) {
            const std::size_t at = upto(text.size());
            switch (upto(4)) {
            case 0:
                text[at] = common[upto(common.size())];
                break;
            case 1:
                text.insert(at, 1, common[upto(common.size())]);
                break;
            case 2:
                text.erase(at, 1 + upto(4));
                break;
            default:
                text.insert(at, text.substr(upto(text.size()), upto(8)));
                break;
            }
            if (text.empty())
                text = " ";
        }
        hold_together(text);
    }
}

TEST_CASE("a number with a fraction is written with the fewest digits, as ECMAScript does, and read back the same") {
    for (const auto& [number, text] :
         std::vector<std::pair<double, std::string>>{{0.1, "0.1"},
                                                     {-2.5, "-2.5"},
                                                     {1e21, "1e+21"},
                                                     {123456789012345680000.0, "123456789012345680000"},
                                                     {1e-6, "0.000001"},
                                                     {1e-7, "1e-7"},
                                                     {1.5e-9, "1.5e-9"},
                                                     {5e-324, "5e-324"},
                                                     {1.7976931348623157e308, "1.7976931348623157e+308"},
                                                     {-0.0, "0"},
                                                     {100.0, "100"},
                                                     {333333333.33333329, "333333333.3333333"}})
        CHECK(write_json(Json(number)) == text);
    std::mt19937_64 chance(7);
    for (int i = 0; i < 20000; ++i) {
        const std::uint64_t bits = chance();
        double number = 0;
        std::memcpy(&number, &bits, sizeof(number));
        if (!std::isfinite(number))
            continue;
        const auto read = parse_json(write_json(Json(number)));
        REQUIRE(read);
        REQUIRE(std::memcmp(&number, std::vector<double>{read->number()}.data(), sizeof(number)) == 0);
    }
}
