#include "wire/payload.h"

#include "wire/problem_document.h"
#include "wire/receipt.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::wire;

namespace {

Payload example() {
    Payload payload;
    payload.procedure = foyer::form::Procedure::registration;
    payload.language = "fr";
    payload.filled_at = "2026-11-21T12:00:00Z";
    payload.answers = {{"last_name", "Le Goff"}, {"first_names", "Zoë\nAnaïs"}, {"empty", ""}};
    return payload;
}

PayloadError refused(std::string_view bytes) {
    const auto payload = read_payload(bytes);
    REQUIRE_FALSE(payload);
    return payload.error();
}

using Reason = PayloadError::Reason;

} // namespace

TEST_CASE("a payload is canonical JSON padded to whole kilobytes") {
    const std::string bytes = write_payload(example());
    CHECK(bytes.size() == 1024);
    CHECK(bytes.starts_with(
        R"({"answers":{"empty":"","first_names":"Zoë\nAnaïs","last_name":"Le Goff"},)"
        R"("filled_at":"2026-11-21T12:00:00Z","language":"fr","procedure":"registration","version":1} )"));
    const auto read = read_payload(bytes);
    REQUIRE(read);
    CHECK(*read == example());
}

TEST_CASE("two payloads of unlike length look alike from outside") {
    Payload shorter = example();
    shorter.answers.erase("last_name");
    CHECK(write_payload(shorter).size() == write_payload(example()).size());
    Payload longer = example();
    longer.answers["last_name"] = std::string(2000, 'x');
    CHECK(write_payload(longer).size() == 3072);
    for (std::size_t length = 880; length < 1100; ++length) {
        longer.answers["last_name"] = std::string(length, 'x');
        CHECK(write_payload(longer).size() % PAYLOAD_BUCKET == 0);
    }
}

TEST_CASE("a payload with a mistake is refused, and the mistake is named") {
    const auto with = [](std::string_view answers, std::string_view rest) {
        return "{\"answers\":" + std::string(answers) + "," + std::string(rest) + "}";
    };
    const char* rest = R"("filled_at":"2026-11-21T12:00:00Z","language":"fr","procedure":"login","version":1)";
    CHECK(read_payload(with("{}", rest)));
    CHECK(refused("").reason == Reason::not_json);
    CHECK(refused("{\"answers\":\xFF}").reason == Reason::not_json);
    CHECK(refused("[]") == PayloadError{Reason::wrong_shape, "version"});
    CHECK(refused(with("[]", rest)) == PayloadError{Reason::wrong_shape, "answers"});
    CHECK(refused(with(R"({"a":1})", rest)) == PayloadError{Reason::wrong_shape, "answers.a"});
    CHECK(refused(with(R"({"a":["x"]})", rest)) == PayloadError{Reason::wrong_shape, "answers.a"});
    CHECK(refused(with(R"({"a":null})", rest)) == PayloadError{Reason::wrong_shape, "answers.a"});
    CHECK(refused(with(R"({"":"x"})", rest)) == PayloadError{Reason::wrong_shape, "answers"});
    CHECK(refused(with(R"({"a":"1","a":"2"})", rest)).reason == Reason::not_json);
    CHECK(refused(with("{}", std::string(rest) + R"(,"more":1)")) == PayloadError{Reason::wrong_shape, "more"});
    CHECK(refused(with(
              "{}", R"("filled_at":"2026-11-21T12:00:00Z","language":"fr","procedure":"login","version":2,"x":1)")) ==
          PayloadError{Reason::version, "version"});
    CHECK(
        refused(with("{}", R"("filled_at":"2026-11-21T12:00:00Z","language":"fr","procedure":"dance","version":1)")) ==
        PayloadError{Reason::procedure, "procedure"});
    CHECK(refused(with("{}", R"("filled_at":"yesterday","language":"fr","procedure":"login","version":1)")) ==
          PayloadError{Reason::wrong_shape, "filled_at"});
    CHECK(
        refused(with("{}", R"("filled_at":"2026-11-21T12:00:00Z","language":"FR","procedure":"login","version":1)")) ==
        PayloadError{Reason::wrong_shape, "language"});
    CHECK(refused(with("{}", R"("language":"fr","procedure":"login","version":1)")) ==
          PayloadError{Reason::wrong_shape, "filled_at"});
}

TEST_CASE("a payload of more answers than any form has is refused") {
    Payload many = example();
    for (std::size_t index = 0; index < MAXIMUM_ANSWERS + 1; ++index)
        many.answers["key" + std::to_string(index)] = "x";
    CHECK(refused(write_payload(many)) == PayloadError{Reason::wrong_shape, "answers"});
}

TEST_CASE("a receipt is read as it was written, and one with less is none") {
    const Receipt receipt{"0192f0a1-b2c3-7d4e-8f50-0123456789ab",
                          "sha-256=:AA==:",
                          "OUDON-2026-000001",
                          "oudon",
                          "registration",
                          "2026-11-21T12:00:05Z",
                          "2027-01-21"};
    const std::string text = write_receipt(receipt);
    CHECK(text.starts_with(R"({"digest":"sha-256=:AA==:","due_by":"2027-01-21","id":"0192)"));
    const auto read = read_receipt(text);
    REQUIRE(read);
    CHECK(*read == receipt);
    CHECK(read_receipt("{}").error() == ReceiptError::wrong_shape);
    CHECK(read_receipt("").error() == ReceiptError::not_json);
}

TEST_CASE("a problem document carries the problems of fields there and back") {
    ProblemDocument document;
    document.title = "Unprocessable";
    document.status = 422;
    document.detail = "Corrigez l'adresse.";
    document.code = "invalid_answers";
    document.problems = {{"postal_code", ProblemCode::postal_code_format, Severity::error, {}},
                         {"last_name", ProblemCode::too_long, Severity::warning, {{"maximum", "80"}}}};
    const auto read = read_problem_document(write_problem_document(document));
    REQUIRE(read);
    CHECK(*read == document);
}

TEST_CASE("a problem document of a newer server is still read") {
    const auto read = read_problem_document(
        R"({"title":"t","new":1,"problems":[{"field":"a","code":"from_the_future"},{"field":"b","code":"required"}]})");
    REQUIRE(read);
    REQUIRE(read->problems.size() == 1);
    CHECK(read->problems.front().field == "b");
    CHECK(read_problem_document("<html>").error() == ProblemDocumentError::not_json);
    CHECK(read_problem_document(R"({"title":1})").error() == ProblemDocumentError::wrong_shape);
}

TEST_CASE("a payload says whose account it is for and what it corrects, only where there is something to say") {
    Payload payload = example();
    payload.procedure = foyer::form::Procedure::entourage;
    payload.account = "a1b2c3d4";
    payload.corrects = "0192f0a1-7b3c-7000-8000-0123456789ab";
    const std::string bytes = write_payload(payload);
    CHECK(bytes.starts_with("{\"account\":\"a1b2c3d4\",\"answers\":{"));
    CHECK(bytes.find("\"corrects\":\"0192f0a1-7b3c-7000-8000-0123456789ab\"") != std::string::npos);
    const auto read = read_payload(bytes);
    REQUIRE(read);
    CHECK(*read == payload);
    CHECK(write_payload(example()).find("account") == std::string::npos);
    CHECK(write_payload(example()).find("corrects") == std::string::npos);
}

TEST_CASE("what a payload corrects is an envelope's id, and an account's name is short") {
    Payload payload = example();
    for (const char* wrong : {"x", "0192F0A1-7B3C-7000-8000-0123456789AB", "0192f0a1-7b3c-4000-8000-0123456789ab"}) {
        payload.corrects = wrong;
        CHECK(refused(write_payload(payload)) == PayloadError{Reason::wrong_shape, "corrects"});
    }
    payload.corrects = "";
    payload.account = std::string(MAXIMUM_ACCOUNT_BYTES + 1, 'a');
    CHECK(refused(write_payload(payload)) == PayloadError{Reason::wrong_shape, "account"});
}

TEST_CASE("thousands of answers are written and read without delay") {
    Payload payload = example();
    for (std::size_t index = 0; payload.answers.size() < MAXIMUM_ANSWERS; ++index)
        payload.answers["contacts." + std::to_string(index) + ".role"] = "both";
    const auto read = read_payload(write_payload(payload));
    REQUIRE(read);
    CHECK(read->answers.size() == MAXIMUM_ANSWERS);
}
