#include "http/problem.h"

#include "wire/problem_document.h"

#include <cstdlib>

namespace foyer::server::http {

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

double weight_of(std::string_view parameters) {
    const std::size_t at = parameters.find("q=");
    return at == std::string_view::npos ? 1.0 : std::strtod(std::string(parameters.substr(at + 2)).c_str(), nullptr);
}

const char* reason_phrase(int status) {
    switch (status) {
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 411:
        return "Length Required";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 422:
        return "Unprocessable Content";
    case 428:
        return "Precondition Required";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 503:
        return "Service Unavailable";
    default:
        return status < 500 ? "Bad Request" : "Internal Server Error";
    }
}

} // namespace

std::string preferred_language(std::string_view accept_language, std::string_view otherwise) {
    std::string best(otherwise);
    double best_weight = 0;
    while (!accept_language.empty()) {
        const std::size_t comma = accept_language.find(',');
        const std::string_view entry = trimmed(accept_language.substr(0, comma));
        accept_language = comma == std::string_view::npos ? std::string_view() : accept_language.substr(comma + 1);
        const std::size_t semicolon = entry.find(';');
        const std::string_view tag = trimmed(entry.substr(0, semicolon)).substr(0, 2);
        const double weight = semicolon == std::string_view::npos ? 1.0 : weight_of(entry.substr(semicolon));
        if ((tag == "fr" || tag == "en") && weight > best_weight) {
            best = std::string(tag);
            best_weight = weight;
        }
    }
    return best;
}

const i18n::Texts& texts_for(const Request& request, const Languages& languages) {
    return languages.named(preferred_language(request.header("accept-language"), languages.preferred));
}

Reply problem_reply(const Request& request, const Refusal& refusal, const Languages& languages) {
    const i18n::Texts& texts = texts_for(request, languages);
    wire::ProblemDocument document;
    document.title = reason_phrase(refusal.status);
    document.status = refusal.status;
    document.detail = std::string(texts.get(refusal.detail));
    document.code = refusal.code;
    document.problems = refusal.problems;
    Reply reply(refusal.status, std::string(wire::PROBLEM_MEDIA_TYPE), wire::write_problem_document(document));
    reply.headers.push_back({"Content-Language", std::string(texts.language())});
    if (refusal.retry_after_seconds > 0)
        reply.headers.push_back({"Retry-After", std::to_string(refusal.retry_after_seconds)});
    return reply;
}

Refusal refusal_of_status(int status) {
    switch (status) {
    case 404:
        return {404, "not_found", TextKey::server_error_not_found};
    case 405:
        return {405, "method_not_allowed", TextKey::server_error_method};
    case 408:
        return {408, "too_slow", TextKey::server_error_too_slow};
    case 411:
        return {411, "length_missing", TextKey::server_error_malformed};
    case 413:
        return {413, "too_large", TextKey::server_error_too_large};
    case 414:
        return {414, "address_too_long", TextKey::server_error_malformed};
    case 431:
        return {431, "headers_too_large", TextKey::server_error_malformed};
    case 429:
        return {429, "slow_down", TextKey::server_error_slow_down, {}, 10};
    case 503:
        return {503, "busy", TextKey::server_error_busy, {}, 2};
    default:
        break;
    }
    if (status >= 500)
        return {500, "internal", TextKey::server_error_internal};
    return {400, "malformed", TextKey::server_error_malformed};
}

} // namespace foyer::server::http
