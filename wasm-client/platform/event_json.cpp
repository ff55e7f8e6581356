#include "platform/event_json.h"

#include "wire/json.h"

#include <array>
#include <charconv>
#include <limits>
#include <utility>

namespace foyer::platform {

namespace {

using wire::JsonReader;

// A pasted novel is still an answer that the wizard has to refuse in words, not a message that gets lost.
constexpr wire::JsonLimits LIMITS{16 * 1024 * 1024, 4};
constexpr std::int64_t MAXIMUM_EFFECT = std::numeric_limits<unsigned>::max();

unsigned effect_of(JsonReader& event) {
    return static_cast<unsigned>(event.member("effect").integer(0, MAXIMUM_EFFECT));
}

std::optional<wizard::SubmissionState::Kind> submission_kind(std::string_view name) {
    using Kind = wizard::SubmissionState::Kind;
    if (name == "waiting")
        return Kind::waiting;
    if (name == "sending")
        return Kind::sending;
    if (name == "acknowledged")
        return Kind::acknowledged;
    if (name == "refused")
        return Kind::refused;
    return std::nullopt;
}

constexpr std::array<std::string_view, 5> KEPT = {"nothing", "open", "locked", "wrong", "lost"};
constexpr std::array<std::string_view, 5> CHOICES = {"impossible", "unasked", "open", "ask", "nothing"};

// Names in the order of an enumeration.
template <typename Enum, std::size_t count>
std::optional<Enum> named(const std::array<std::string_view, count>& names, std::string_view name) {
    for (std::size_t i = 0; i < count; ++i)
        if (names[i] == name)
            return static_cast<Enum>(i);
    return std::nullopt;
}

constexpr std::int64_t LATEST = 253402300799; // the last second of the year 9999

std::optional<Event> kept_of(JsonReader& event) {
    wizard::Kept kept;
    const auto state = named<wizard::Kept::State>(KEPT, event.member("state").text());
    const auto choice = named<wizard::Kept::Choice>(CHOICES, event.member("choice").text());
    if (!state || !choice)
        return std::nullopt;
    kept.effect = effect_of(event);
    kept.state = *state;
    kept.choice = *choice;
    kept.text = event.optional_member("text").text_or("");
    kept.at = event.optional_member("at").integer_or(0, 0, LATEST);
    kept.seconds = static_cast<unsigned>(event.optional_member("seconds").integer_or(0, 0, 86400));
    kept.knows_password = event.optional_member("knows_password").boolean_or(false);
    return wizard::Action(std::move(kept));
}

std::optional<Event> on_device_of(JsonReader& event) {
    wizard::OnDevice on_device;
    for (JsonReader& each : event.member("entries").elements()) {
        const auto state = submission_kind(each.member("state").text());
        if (!state)
            return std::nullopt;
        wizard::OnDevice::Entry entry;
        entry.id = each.member("id").text();
        entry.procedure = static_cast<std::uint16_t>(each.member("procedure").integer(0, 65535));
        entry.corrects = each.optional_member("corrects").text_or("");
        entry.state = *state;
        entry.body = each.optional_member("body").text_or("");
        entry.made_at = each.optional_member("made_at").integer_or(0, 0, LATEST);
        on_device.entries.push_back(std::move(entry));
    }
    return wizard::Action(std::move(on_device));
}

constexpr std::array<std::string_view, 6> KEYS = {"down", "up", "home", "end", "enter", "escape"};
constexpr std::array<std::string_view, 3> STATES = {"matched", "probable", "entered_by_hand"};

std::optional<Event> key_of(JsonReader& event) {
    const auto name = named<wizard::Key::Name>(KEYS, event.member("key").text());
    if (!name)
        return std::nullopt;
    return wizard::Action(wizard::Key{event.member("node").text(), *name});
}

std::optional<Event> addresses_found(JsonReader& event) {
    wizard::AddressesFound answer;
    answer.field = event.member("field").text();
    answer.revision = static_cast<unsigned>(event.member("revision").integer(0, MAXIMUM_EFFECT));
    for (JsonReader& each : event.member("found").elements()) {
        const auto state = named<domain::AddressState>(STATES, each.member("state").text());
        if (!state)
            return std::nullopt;
        wizard::FoundAddress address;
        const auto read = [&each](std::string& text, std::string_view member) { text = each.member(member).text(); };
        read(address.label, "label");
        read(address.number, "number");
        read(address.repetition, "repetition");
        read(address.street, "street");
        read(address.postal_code, "postcode");
        read(address.insee, "insee");
        read(address.city, "city");
        read(address.position, "position");
        address.state = *state;
        answer.found.push_back(std::move(address));
    }
    return wizard::Action(std::move(answer));
}

std::optional<Event> event_of(JsonReader& event) {
    const std::string kind = event.member("kind").text();
    const auto text = [&event](std::string_view name) { return event.member(name).text(); };
    using wizard::Action;
    if (kind == "input")
        return Action(wizard::Input{text("node"), text("value"), event.optional_member("composing").boolean_or(false)});
    if (kind == "commit")
        return Action(wizard::Commit{text("node"), text("value")});
    if (kind == "focus")
        return Action(wizard::Focus{text("node")});
    if (kind == "blur")
        return Action(wizard::Blur{text("node")});
    if (kind == "activate")
        return Action(wizard::Activate{text("node")});
    if (kind == "choose")
        return Action(wizard::Choose{text("node"), text("option")});
    if (kind == "navigate")
        return Action(wizard::Navigate{text("path")});
    if (kind == "call_result")
        return Action(wizard::CallResult{effect_of(event), static_cast<int>(event.member("status").integer(0, 999)),
                                         text("body")});
    if (kind == "submission") {
        const auto state = submission_kind(text("state"));
        if (!state)
            return std::nullopt;
        return Action(wizard::SubmissionState{effect_of(event), *state, event.optional_member("body").text_or("")});
    }
    if (kind == "kept")
        return kept_of(event);
    if (kind == "on_device")
        return on_device_of(event);
    if (kind == "key")
        return key_of(event);
    if (kind == "addresses_found")
        return addresses_found(event);
    if (kind == "restore")
        return Action(wizard::RestoreDraft{text("draft")});
    if (kind == "loaded")
        return Action(wizard::Loaded{text("what"), event.member("available").boolean()});
    if (kind == "woken")
        return Action(wizard::Woken{effect_of(event)});
    if (kind == "pointer")
        return PointerMoved{text("node"), static_cast<int>(event.optional_member("index").integer_or(-1, -1, 65535)),
                            event.optional_member("pressed").boolean_or(false)};
    return std::nullopt;
}

std::uint64_t seed_of(const std::string& hex) {
    std::uint64_t seed = 0;
    std::from_chars(hex.data(), hex.data() + hex.size(), seed, 16);
    return seed;
}

} // namespace

std::optional<Event> read_event(std::string_view json) {
    const auto parsed = wire::parse_json(json, LIMITS);
    if (!parsed)
        return std::nullopt;
    std::vector<wire::JsonMistake> mistakes;
    JsonReader reader(*parsed, mistakes);
    std::optional<Event> event = event_of(reader);
    if (!mistakes.empty())
        return std::nullopt;
    return event;
}

std::optional<wizard::Start> read_start(std::string_view json) {
    const auto parsed = wire::parse_json(json, LIMITS);
    if (!parsed)
        return std::nullopt;
    std::vector<wire::JsonMistake> mistakes;
    JsonReader reader(*parsed, mistakes);
    wizard::Start start;
    start.path = reader.member("path").text();
    start.query = reader.member("query").text();
    start.language = reader.member("language").text();
    start.bound = reader.member("bound").boolean();
    start.seed = seed_of(reader.member("seed").text());
    start.text_mode = reader.member("text_mode").boolean();
    start.addresses = reader.optional_member("addresses").boolean_or(false);
    if (!mistakes.empty())
        return std::nullopt;
    return start;
}

} // namespace foyer::platform
