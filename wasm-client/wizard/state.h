// Everything the wizard knows, as plain data: copy it, look into it, put it into a test. It holds passwords while they
// are being typed, so it is never logged and never stored.
#pragma once

#include "wizard/action.h"
#include "wizard/family/state.h"
#include "wizard/sheet_state.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace foyer::wizard {

enum class Screen : std::uint8_t {
    landing,
    welcome,
    step, // of the registration; State::step says which
    confirmation,
    login,
    lost_password,
    mail_not_received,
    new_password,
    // From here on those of a family that is logged in (wizard/family/).
    dashboard,
    request, // one of the dashboard's; State::step is its number
    entourage,
    new_people,
    people,
    person, // State::step: "children-0"
    recap,
    entourage_confirmation,
    household,
    profile, // a step of it; State::step says which
    profile_confirmation,
    change_password,
    devices,
    correction, // State::step is the request's number
    unlock,     // this device asks for the password before it shows any of these
};

// Only a family that is logged in sees it, and its code may have to be fetched first.
[[nodiscard]] constexpr bool is_family(Screen screen) { return screen >= Screen::dashboard; }

// A screen, and what of it is shown. The addresses are in route.h.
struct Route {
    Screen screen = Screen::landing;
    std::string step{}; // a step's key, a request's number, "children-0"; empty on most screens

    friend bool operator==(const Route& a, const Route& b) { return a.screen == b.screen && a.step == b.step; }
    friend bool operator!=(const Route& a, const Route& b) { return !(a == b); }
};

struct SecurityCheck {
    std::uint64_t seed = 0;         // from the platform; moved on with every new question
    std::vector<std::string> icons; // in the order shown
    bool without_picture = false;   // the person asked for a question, or the portal offers nothing else
    int left = 0, right = 0;        // the sum
    bool was_wrong = false;         // say so until it is answered again
};

struct Submission {
    enum class Stage : std::uint8_t { none, preparing, on_device, sending, received, refused };
    Stage stage = Stage::none;
    unsigned effect = 0;
    std::string email;
    std::string identifier;
    std::string number, received_at, due_by; // from the receipt
    std::string detail;                      // refused: the server's sentence
    bool mail_resent = false;
};

struct PendingCall {
    enum class What : std::uint8_t { log_in, log_out, lost_password, resend, resend_from_confirmation, new_password };
    What what = What::log_in;
    unsigned effect = 0;
};

// Why a form could not be sent, said at its top.
enum class Trouble : std::uint8_t {
    none,
    network,
    too_many,
    busy,
    server,
    login_failed,
    link_used,
    log_out_failed,
    old_password_wrong,
    has_account, // whoever is invited has a space already
};

// Something to say once, on the next screen only.
enum class Flash : std::uint8_t {
    none,
    logged_out,
    logged_out_offline, // the town hears of it later
    session_ended,
    password_changed,
    erased // what this device kept of a space
};

enum class Wanted : std::uint8_t { not_yet, asked, there, unavailable };

// What of a draft belongs to an account, until its owner is known to be logged in.
struct OwnedDraft {
    std::string owner;
    form::Answers entourage;
    form::Answers profile;    // what was changed
    form::Answers correction; // of the request `number`, whose correction was asked for in the words `asked`
    std::string number, asked;
    std::string path; // where the person was
};

// The list under a field that is searched while one types in it, and what the index says about the address as a whole.
struct Finder {
    Wanted index = Wanted::not_yet; // of addresses
    Route where;                    // everything below belongs to this screen
    std::string focused;            // the answer's key of the field that has the focus
    std::string key;                // whose list the rest is
    unsigned revision = 0;          // of the last question
    bool whole = false;             // it was about the address as a whole
    bool wanted = false;            // the list opens when the answer comes
    bool open = false;
    std::size_t active = 0; // from 1; 0: none
    struct Place {
        std::string code; // INSEE
        std::string name;
        std::string today; // the commune that an old one belongs to now, or empty
    };
    std::vector<FoundAddress> addresses;
    std::vector<Place> places;
    std::optional<FoundAddress> closest; // "Vouliez-vous dire …"
    bool by_hand = false;                // the person has said that theirs is not in the list
};

struct State {
    std::string language = "fr";
    std::string wanted_language; // while its texts are on their way
    bool text_mode = false;
    Screen screen = Screen::landing;
    std::string step; // of the screen: see Route
    Sheet registration;
    Sheet account; // login, lost password, …: begun anew on every screen
    SecurityCheck check;
    Submission submission;
    family::State family;                 // what only a family that is logged in needs
    Wanted family_code = Wanted::not_yet; // while Environment::family_ready is false
    std::optional<Route> after_login;     // where the person wanted to go when the login came in between
    OwnedDraft waiting_draft;
    std::int64_t registration_waits = 0; // when one was made on this device that has not left yet; 0: none
    std::optional<bool> bound;           // this device's key is bound to an account; nothing: not known (on the server)
    std::string reset_id, reset_key;
    bool answered = false; // lost password, mail not received: the neutral answer is shown
    bool privacy_open = false;
    Trouble trouble = Trouble::none;
    Flash flash = Flash::none;
    std::vector<PendingCall> calls;
    Wanted communes = Wanted::not_yet;
    Finder finder;
    std::string composing; // node in which an input method is at work

    unsigned next_effect = 1;
    std::string focus;
    std::uint32_t focus_revision = 0;
    bool scroll_to_top = false;
};

} // namespace foyer::wizard
