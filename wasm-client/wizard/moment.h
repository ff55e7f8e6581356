// RFC 3339 moments in UTC, "2026-11-21T12:00:00Z", as the wire writes them. Internal to the wizard.
#pragma once

#include "base/clock.h"
#include "i18n/texts.h"

#include <optional>
#include <string>
#include <string_view>

namespace foyer::wizard {

[[nodiscard]] std::string write_moment(UnixSeconds moment);
[[nodiscard]] std::optional<UnixSeconds> read_moment(std::string_view text);
// For people: "3 mars 2025 à 14 h 05" on the town's clock; the text itself when it is not a moment.
[[nodiscard]] std::string shown_moment(std::string_view text, const i18n::Texts& texts);
[[nodiscard]] std::string shown_moment(UnixSeconds moment, const i18n::Texts& texts);
// "2025-03-10" → "10 mars 2025"; the text itself when it is not a date.
[[nodiscard]] std::string shown_date(std::string_view text, const i18n::Texts& texts);

} // namespace foyer::wizard
