#include "accounts/message_text.h"

#include <array>

namespace foyer::server {

namespace {

struct Kind {
    std::string_view name;
    TextKey text;
};

constexpr std::array KINDS = {
    Kind{"accepted", TextKey::server_message_accepted},   Kind{"refused", TextKey::server_message_refused},
    Kind{"waiting", TextKey::server_message_waiting},     Kind{"withdrawn", TextKey::server_message_withdrawn},
    Kind{"key_known", TextKey::server_message_key_known}, Kind{"email_changed", TextKey::server_message_email_changed},
};

} // namespace

std::string message_text(const store::Message& message, const i18n::Texts& texts) {
    const auto parameter = [&](std::string_view name) {
        const auto found = message.parameters.find(name);
        return found == message.parameters.end() ? std::string() : found->second;
    };
    for (const Kind& kind : KINDS)
        if (kind.name == message.kind)
            return texts.format(
                kind.text,
                {{"number", parameter("number")}, {"reason", parameter("reason")}, {"message", parameter("message")}});
    return std::string(texts.get(TextKey::server_message_other));
}

} // namespace foyer::server
