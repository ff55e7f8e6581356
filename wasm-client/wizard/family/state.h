// What the wizard knows of a family that is logged in, as plain data; a part of wizard::State.
#pragma once

#include "base/clock.h"
#include "form/form.h"
#include "wizard/action.h"
#include "wizard/family/snapshot.h"
#include "wizard/sheet_state.h"

#include <cstdint>
#include <map>
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
    UnixSeconds kept_at = 0;  // when the device was last told so
    std::string news;         // what has changed, to be said politely, in the language it came in
};

// What this device keeps of all this for when there is no network, and whether it asks for the password (home.h).
struct Home {
    enum class Stage : std::uint8_t {
        unknown, // the device has not been asked
        asked,
        locked,
        checking, // a password
        open,
    };
    Stage stage = Stage::unknown;
    Kept::Choice choice = Kept::Choice::impossible;
    unsigned keeping = 0;        // the Keeping that is awaited, or 0
    bool knows_password = false; // the device can be made to ask for it without anybody typing it again
    enum class Said : std::uint8_t { nothing, wrong, wrong_password, lost, chosen, network, failed };
    Said said = Said::nothing;
    unsigned seconds = 0;                        // wrong: until the next try is looked at
    bool asks_password = false;                  // of whoever wants the device to ask for it
    unsigned call = 0;                           // the login that tries that password, or 0
    Kept::Choice wanted = Kept::Choice::unasked; // chosen a moment ago
    form::FormDefinition form;                   // a password and nothing else
};

// An envelope of this family on its way (sending.h): an entourage, a change of the profile, a correction.
struct Sending {
    enum class Stage : std::uint8_t { preparing, on_device, sending, received, refused };
    unsigned effect = 0;
    form::Procedure procedure = form::Procedure::registration;
    Stage stage = Stage::preparing;
    std::string corrects;                    // the UUID of the request it corrects, or empty
    std::string number, received_at, due_by; // from the receipt
    std::string id;                          // its UUID, where another visit or another tab has made it
    UnixSeconds made_at = 0;                 // then: when
    std::string detail;                      // refused: the server's sentence
    std::string code;                        // refused: the problem's
    std::vector<Problem> problems;           // refused: by field
};

// ENTOURAGE: what is being declared.
struct Entourage {
    Sheet draft; // "children.0.first_names": everybody who has been declared so far
    // Somebody being written down, with keys relative to them: "first_names".
    Sheet person;
    std::string list;      // "children"; empty: nobody
    unsigned number = 0;   // in the list
    bool to_recap = false; // where Enregistrer and Annuler lead: back to the recap, or to the lists
    std::map<std::string, unsigned, std::less<>> next; // by list: no number is given twice, others' answers may name it

    bool nobody = false; // ALLER À L'ÉTAPE 2 was pressed with nobody in the draft

    // The last removal, until something else is changed.
    struct Removal {
        form::Answers before;
        std::string list, name;
        unsigned number = 0;
        std::size_t position = 0; // in the list as it is shown
    };
    std::optional<Removal> removal;

    // What has just happened, to be said politely.
    enum class Said : std::uint8_t { nothing, saved, removed, restored, moved, address_copied, name_copied };
    Said said = Said::nothing;
    std::string said_name;
    unsigned said_rank = 0;

    unsigned sent = 0; // the effect of the Sending that carries the draft; 0: it has not been sent
};

// A correction that the staff has asked for: exactly the fields it named, of however many people.
struct Mending {
    std::string number; // the request's; empty: none has been begun
    std::string asked;  // what was asked for, to notice that something else is asked now
    // "representatives.0.": whose address stands in the form under the keys of one's own, so that it is found while it
    // is typed as everywhere; empty: nobody's. Of several people the first one's; the others' have whole keys.
    std::string whose;
    form::FormDefinition form;
    Sheet sheet;
    unsigned sent = 0; // as the entourage's
};

// PROFIL: the registration's answers again, begun from the snapshot.
struct Profile {
    Sheet sheet;
    bool begun = false; // the sheet holds what the town knows, or what has been made of it
    bool stale = false; // entered anew: nothing has been changed, the town may know more by now
    // Of the last VALIDER.
    unsigned effect = 0; // 0: nothing has been sent
    bool unchanged = false;
    bool has_keys = false; // a service's key or an invitation was among the answers
    bool had_household = false;
    std::string new_email;
};

// A question or an answer that stands on a page.
enum class Asked : std::uint8_t { nothing, question, working, done, too_late, failed };

struct State {
    std::string owner; // the identifier of the account that all this belongs to
    Snapshot snapshot;
    std::string body; // what the town said, of which the snapshot was read: for the device to keep
    Sync sync;
    Home home;
    std::optional<Kept> early;     // an answer that came before the code that understands it
    std::string messages_known_to; // those that came later are new
    std::vector<Sending> sendings; // newest last

    Entourage entourage;
    Mending mending;
    Profile profile;

    Asked withdrawal = Asked::nothing; // of the request on the screen
    unsigned withdrawal_call = 0;
    std::string device; // the one that is asked about or being unbound
    Asked unbinding = Asked::nothing;
    unsigned unbinding_call = 0;
    std::string invited; // the person whose invitation is being written
    Asked invitation = Asked::nothing;
    unsigned invitation_call = 0;
    Asked password = Asked::nothing;
    unsigned password_call = 0;
    bool correction_dropped = false; // a draft of one that the town no longer waits for
};

} // namespace foyer::wizard::family
