// What the wizard knows of a family that is logged in, as plain data; a part of wizard::State.
#pragma once

#include "base/clock.h"
#include "form/form.h"
#include "wizard/family/snapshot.h"
#include "wizard/sheet_state.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace foyer::wizard::family {

// The snapshot is asked for again and again while a screen of the family is shown (sync.h).
struct Sync {
    enum class Stage : std::uint8_t {
        loading, // nothing to show yet
        live,    // the last answer was good
        offline, // the last one did not come: the snapshot is as old as it says
    };
    Stage stage = Stage::loading;
    int status = 0;               // offline: HTTP's, 0 when the network did not answer
    unsigned call = 0;            // the Call that is awaited, or 0
    unsigned wake = 0;            // the WakeAfter that is awaited, or 0
    unsigned failures = 0;        // one after the other
    bool asked_by_person = false; // "Réessayer" has been pressed and waits for an answer
    UnixSeconds asked_at = 0;
    UnixSeconds fresh_at = 0; // when the town last said that the snapshot is as it is
    std::string news;         // what has changed, to be said politely, in the language it came in
};

// An envelope of this family on its way (sending.h): an entourage, a change of the profile, a correction.
struct Sending {
    enum class Stage : std::uint8_t { preparing, on_device, sending, received, refused };
    unsigned effect = 0;
    form::Procedure procedure = form::Procedure::registration;
    Stage stage = Stage::preparing;
    std::string corrects;                    // the UUID of the request it corrects, or empty
    std::string number, received_at, due_by; // from the receipt
    std::string detail;                      // refused: the server's sentence
    std::string code;                        // refused: the problem's
    std::vector<Problem> problems;           // refused: by field
};

// ENTOURAGE: what is being declared.
struct Entourage {
    Sheet draft; // "children.0.first_names": all that has been declared so far
    // One person being written down, with keys relative to them: "first_names".
    Sheet person;
    std::string list;    // "children"; empty: nobody
    unsigned number = 0; // in the list
    // What was removed last, for "Annuler".
    form::Answers removed;
    std::string removed_list;
    unsigned removed_number = 0;
};

// A correction that the staff has asked for: exactly the fields it named, of however many people.
struct Mending {
    std::string number; // the request's; empty: none has been begun
    form::FormDefinition form;
    Sheet sheet;
};

// PROFIL: the registration's answers again, begun from the snapshot.
struct Profile {
    Sheet sheet;
    bool begun = false;
};

// A question or an answer that stands on a page.
enum class Asked : std::uint8_t { nothing, question, working, done, too_late, failed };

struct State {
    std::string owner; // the identifier of the account that all this belongs to
    Snapshot snapshot;
    Sync sync;
    std::string messages_known_to; // those that came later are new
    std::vector<Sending> sendings; // newest last

    Entourage entourage;
    Mending mending;
    Profile profile;

    Asked withdrawal = Asked::nothing; // of the request on the screen
    unsigned withdrawal_call = 0;
    std::string device; // the one that is asked about or being unbound
    Asked unbinding = Asked::nothing;
    std::string invited; // the person whose invitation is being written
    Asked invitation = Asked::nothing;
    Asked password = Asked::nothing;
};

} // namespace foyer::wizard::family
