// Error answers: application/problem+json in the language the client reads. The sentence says what to do, never what
// happened inside.
#pragma once

#include "base/problem.h"
#include "http/message.h"
#include "i18n/texts.h"

#include <string>
#include <string_view>
#include <vector>

namespace foyer::server::http {

// The texts of every language the server speaks.
struct Languages {
    i18n::Texts french;
    i18n::Texts english;
    std::string preferred = "fr"; // when a client asks for neither

    [[nodiscard]] const i18n::Texts& named(std::string_view language) const {
        return language == "en" ? english : french;
    }
};

// "fr" or "en", by Accept-Language (RFC 9110 §12.5.4): the highest weight among ours.
[[nodiscard]] std::string preferred_language(std::string_view accept_language, std::string_view otherwise);
[[nodiscard]] const i18n::Texts& texts_for(const Request& request, const Languages& languages);

// What is refused, and how to say it.
struct Refusal {
    int status = 400;
    std::string code; // stable, for programs: "stamp_missing"
    TextKey detail{};
    std::vector<Problem> problems = {};
    int retry_after_seconds = 0;
};

[[nodiscard]] Reply problem_reply(const Request& request, const Refusal& refusal, const Languages& languages);

// For a status that no route gave: what the HTTP library refuses by itself.
[[nodiscard]] Refusal refusal_of_status(int status);

} // namespace foyer::server::http
