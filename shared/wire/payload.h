// The plaintext inside a seal: the answers of one form, as canonical JSON padded with spaces, so that the length of an
// envelope says little about what is in it. Written by the wizard, read by the server.
#pragma once

#include "base/result.h"
#include "form/form.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace foyer::wire {

struct Payload {
    // The envelope says it in clear by its number, the seal by its name; the two must agree.
    form::Procedure procedure = form::Procedure::registration;
    std::string language;  // two letters: "fr"
    std::string filled_at; // RFC 3339, UTC, whole seconds: "2026-11-21T12:00:00Z"
    std::map<std::string, std::string, std::less<>> answers;
    // Both are left out when empty.
    std::string account;  // whose account the form was filled in for: the snapshot's account.reference
    std::string corrects; // UUID of the submission that this one corrects; `answers` are those of the named fields only

    friend bool operator==(const Payload&, const Payload&) = default;
};

// The length of what write_payload gives is a multiple of this.
constexpr std::size_t PAYLOAD_BUCKET = 1024;
constexpr std::size_t MAXIMUM_ANSWERS = 16384;
constexpr std::size_t MAXIMUM_ANSWER_KEY_BYTES = 100;
constexpr std::size_t MAXIMUM_ACCOUNT_BYTES = 64;

[[nodiscard]] std::string write_payload(const Payload& payload);

struct PayloadError {
    enum class Reason {
        not_json,    // nor UTF-8
        wrong_shape, // a member is missing, unknown or of a wrong type
        version,     // written by a program newer than this one
        procedure,   // no procedure has this name
    };
    Reason reason = Reason::not_json;
    std::string path; // of the first mistake: "answers.last_name"; empty when it is the whole
    friend bool operator==(const PayloadError&, const PayloadError&) = default;
};

// Takes any bytes. Says nothing about whether the answers are good: that is form/'s matter.
[[nodiscard]] Result<Payload, PayloadError> read_payload(std::string_view bytes);

} // namespace foyer::wire
