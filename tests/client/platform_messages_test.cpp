#include "platform/effect_json.h"
#include "platform/event_json.h"

#include <catch2/catch_test_macros.hpp>

namespace foyer::platform {

namespace {

template <typename Action> Action action_of(std::string_view json) {
    const std::optional<Event> event = read_event(json);
    REQUIRE(event);
    const auto* action = std::get_if<wizard::Action>(&*event);
    REQUIRE(action);
    REQUIRE(std::holds_alternative<Action>(*action));
    return std::get<Action>(*action);
}

} // namespace

TEST_CASE("what the page reports becomes the wizard's action") {
    const auto input =
        action_of<wizard::Input>(R"({"kind":"input","node":"field-email","value":"é\u0000x","composing":true})");
    CHECK(input.node == "field-email");
    CHECK(input.value == std::string("é\0x", 4));
    CHECK(input.composing);
    CHECK(action_of<wizard::Choose>(R"({"kind":"choose","node":"s","option":"44115"})").option == "44115");
    CHECK(action_of<wizard::CallResult>(R"({"kind":"call_result","effect":7,"status":0,"body":""})").effect == 7);
    CHECK(action_of<wizard::SubmissionState>(R"({"kind":"submission","effect":1,"state":"acknowledged","body":"{}"})")
              .kind == wizard::SubmissionState::Kind::acknowledged);
    CHECK(action_of<wizard::Woken>(R"({"kind":"woken","effect":9})").id == 9);
    const auto kept = action_of<wizard::Kept>(
        R"({"kind":"kept","effect":3,"state":"wrong","choice":"ask","seconds":20,"knows_password":false})");
    CHECK(kept.state == wizard::Kept::State::wrong);
    CHECK(kept.choice == wizard::Kept::Choice::ask);
    CHECK(kept.seconds == 20);
    const auto waiting = action_of<wizard::OnDevice>(
        R"({"kind":"on_device","entries":[{"id":"u","procedure":2,"corrects":"c","state":"refused","body":"{}","made_at":9}]})");
    REQUIRE(waiting.entries.size() == 1);
    CHECK(waiting.entries[0].corrects == "c");
    CHECK(waiting.entries[0].state == wizard::SubmissionState::Kind::refused);
    CHECK(waiting.entries[0].made_at == 9);
    const std::optional<Event> moved = read_event(R"({"kind":"pointer","node":"s","index":2,"pressed":true})");
    REQUIRE(moved);
    CHECK(std::get<PointerMoved>(*moved).index == 2);
}

TEST_CASE("what is no event is no event, and nothing breaks") {
    for (const std::string_view json :
         {"", "{", "[]", "null", "{}", R"({"kind":"input"})", R"({"kind":"input","node":1,"value":"x"})",
          R"({"kind":"unknown","node":"x"})", R"({"kind":"submission","effect":1,"state":"lost","body":""})",
          R"({"kind":"kept","effect":1,"state":"?","choice":"ask"})",
          R"({"kind":"on_device","entries":[{"id":"u","procedure":2,"state":"lost"}]})",
          R"({"kind":"call_result","effect":-1,"status":200,"body":""})", "\xff\xfe"}) {
        INFO(json);
        CHECK_FALSE(read_event(json));
    }
}

TEST_CASE("a pasted novel still arrives") {
    const std::string novel(5'000'000, 'a');
    CHECK(action_of<wizard::Commit>(R"({"kind":"commit","node":"n","value":")" + novel + R"("})").value == novel);
}

TEST_CASE("effects reach the page with their number, so that the answer finds its way back") {
    const wizard::Effects effects{wizard::Call{3, "POST", "/api/v1/oudon/sessions", 100, "{}"}, wizard::ShowAs{true},
                                  wizard::WakeAfter{4, 30},
                                  wizard::Keeping{wizard::Keeping::Act::choose_ask, 5, "o", "a", "t", 7}};
    CHECK(
        effects_json(effects) ==
        R"([{"effect":3,"kind":"call","method":"POST","path":"/api/v1/oudon/sessions","plaintext":"{}","procedure":100},)"
        R"({"kind":"show_as","text":true},{"effect":4,"kind":"wake_after","seconds":30},)"
        R"({"account":"a","act":"choose_ask","at":7,"effect":5,"kind":"keeping","owner":"o","text":"t"}])");
}

} // namespace foyer::platform
