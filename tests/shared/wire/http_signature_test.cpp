#include "wire/http_signature.h"

#include "wire/digest_field.h"
#include "wire/thumbprint.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer::wire;

namespace {

HttpMessage test_request() { // RFC 9421, appendix B.2
    HttpMessage request;
    request.method = "POST";
    request.authority = "example.com";
    request.path = "/foo";
    request.query = "param=Value&Pet=dog";
    request.headers = {
        {"Host", "example.com"},
        {"Date", "Tue, 20 Apr 2021 02:07:55 GMT"},
        {"Content-Type", "application/json"},
        {"Content-Digest", "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+"
                           "AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:"},
        {"Content-Length", "18"},
    };
    return request;
}

SfInnerList covered(std::string_view text) {
    const auto parsed = parse_sf_list(text);
    REQUIRE(parsed.has_value());
    return *std::get_if<SfInnerList>(&parsed->front());
}

std::string base(const HttpMessage& message, std::string_view components) {
    const auto made = signature_base(message, covered(components));
    return made ? *made : "refused " + std::to_string(static_cast<int>(made.error()));
}

std::string refused(SignatureError error) { return "refused " + std::to_string(static_cast<int>(error)); }

} // namespace

TEST_CASE("the signature base of RFC 9421 B.2.3 (full coverage)") {
    CHECK(base(test_request(), R"(("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" )"
                               R"("content-length");created=1618884473;keyid="test-key-rsa-pss")") ==
          "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n"
          "\"@method\": POST\n"
          "\"@path\": /foo\n"
          "\"@query\": ?param=Value&Pet=dog\n"
          "\"@authority\": example.com\n"
          "\"content-type\": application/json\n"
          "\"content-digest\": "
          "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:\n"
          "\"content-length\": 18\n"
          "\"@signature-params\": (\"date\" \"@method\" \"@path\" \"@query\" \"@authority\" \"content-type\" "
          "\"content-digest\" \"content-length\");created=1618884473;keyid=\"test-key-rsa-pss\"");
}

TEST_CASE("derived components are made as RFC 9421 section 2.2 says") {
    HttpMessage request = test_request();
    request.authority = "WWW.Example.com:443";
    CHECK(base(request, R"(("@authority"))").starts_with("\"@authority\": www.example.com\n"));
    request.scheme = "http";
    CHECK(base(request, R"(("@authority"))").starts_with("\"@authority\": www.example.com:443\n"));
    CHECK(base(request, R"(("@target-uri"))")
              .starts_with("\"@target-uri\": http://www.example.com:443/foo?param=Value&Pet=dog\n"));
    CHECK(base(request, R"(("@request-target"))").starts_with("\"@request-target\": /foo?param=Value&Pet=dog\n"));
    request.query.reset();
    request.path.clear();
    CHECK(base(request, R"(("@query"))").starts_with("\"@query\": ?\n"));
    CHECK(base(request, R"(("@path"))").starts_with("\"@path\": /\n"));
    CHECK(base(request, R"(("@scheme"))").starts_with("\"@scheme\": http\n"));
}

TEST_CASE("field values are made canonical as RFC 9421 section 2.1 says") {
    const Headers headers = {{"X-OWS-Header", "   Leading and trailing whitespace.   "},
                             {"X-Obs-Fold-Header", "Obsolete\r\n    line folding."},
                             {"Cache-Control", "max-age=60"},
                             {"cache-control", "    must-revalidate"},
                             {"X-Empty-Header", ""}};
    CHECK(field_value(headers, "x-ows-header") == "Leading and trailing whitespace.");
    CHECK(field_value(headers, "x-obs-fold-header") == "Obsolete line folding.");
    CHECK(field_value(headers, "CACHE-CONTROL") == "max-age=60, must-revalidate");
    CHECK(field_value(headers, "x-empty-header") == "");
    CHECK_FALSE(field_value(headers, "x-absent"));
}

TEST_CASE("a response can be bound to its request") { // RFC 9421, section 2.4
    const HttpMessage request = test_request();
    HttpMessage response;
    response.status = 503;
    response.headers = {{"Content-Type", "application/json"}};
    response.request = &request;
    CHECK(base(response, R"(("@status" "content-type" "@path";req "date";req))")
              .starts_with(
                  "\"@status\": 503\n\"content-type\": application/json\n\"@path\";req: /foo\n\"date\";req: Tue,"));
    response.request = nullptr;
    CHECK(base(response, R"(("@path";req))") == refused(SignatureError::component_missing));
}

TEST_CASE("what is not known to mean one thing is refused") {
    const HttpMessage request = test_request();
    CHECK(base(request, R"(("date" "date"))") == refused(SignatureError::component_twice));
    CHECK(base(request, R"(("x-absent"))") == refused(SignatureError::component_missing));
    CHECK(base(request, R"(("@status"))") == refused(SignatureError::component_missing));
    CHECK(base(request, R"(("@query-param";name="Pet"))") == refused(SignatureError::unsupported));
    CHECK(base(request, R"(("@unknown"))") == refused(SignatureError::unsupported));
    CHECK(base(request, R"(("date";bs))") == refused(SignatureError::unsupported));
    CHECK(base(request, R"(("Date"))") == refused(SignatureError::malformed));
}

TEST_CASE("signatures are read by label, and each needs its counterpart") {
    const auto read = [](std::string input, std::string signature) {
        return read_signatures({{"Signature-Input", std::move(input)}, {"Signature", std::move(signature)}});
    };
    const auto good = read(R"(a=("@path");created=1;tag="x", b=())", "b=:AA==:, a=:AQ==:");
    REQUIRE(good);
    REQUIRE(good->size() == 2);
    CHECK(good->at(0).label == "a");
    CHECK(good->at(0).signature == "\1");
    CHECK(good->at(0).covered.parameters.integer("created") == 1);
    CHECK(good->at(0).covered.parameters.text("tag") == "x");
    CHECK(read("a=()", "b=:AA==:").error() == SignatureError::malformed);
    CHECK(read("a=(), b=()", "a=:AA==:").error() == SignatureError::malformed);
    CHECK(read("a=()", "a=text").error() == SignatureError::malformed);
    CHECK(read("a=1", "a=:AA==:").error() == SignatureError::malformed);
    CHECK(read("a=(token)", "a=:AA==:").error() == SignatureError::malformed);
    CHECK(read("", "").error() == SignatureError::malformed);
    CHECK(read_signatures({}).error() == SignatureError::missing);
}

TEST_CASE("a signature is written as it is read") {
    MessageSignature signature{"env", covered(R"(("@path" "@method";req);created=5;tag="t")"),
                               std::string("\0\xFF", 2)};
    const auto read = read_signatures(write_signature(signature));
    REQUIRE(read);
    CHECK(read->front().covered == signature.covered);
    CHECK(read->front().signature == signature.signature);
}

TEST_CASE("Content-Digest gives the sha-256 of RFC 9530 and nothing else") {
    CHECK(read_content_digest("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:")->size() == 32);
    CHECK(read_content_digest("sha-512=:AA==:, sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:")->size() == 32);
    CHECK_FALSE(read_content_digest("sha-512=:AA==:"));
    CHECK_FALSE(read_content_digest("sha-256=:AA==:"));
    CHECK_FALSE(read_content_digest("sha-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE="));
    CHECK(write_content_digest(std::string(32, '\0')) == "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:");
}

TEST_CASE("only keys of the two kinds have a thumbprint") {
    CHECK(p256_thumbprint_text("\x04" + std::string(64, '\0')) ==
          R"({"crv":"P-256","kty":"EC","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",)"
          R"("y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})");
    CHECK_FALSE(p256_thumbprint_text("\x02" + std::string(32, '\0')));
    CHECK_FALSE(p256_thumbprint_text("\x02" + std::string(64, '\0')));
    CHECK_FALSE(ed25519_thumbprint_text("short"));
}
