// What the town knows of this family and of its requests, as the sync call of the API tells it (docs/wire-format.md),
// as plain data. sync.h reads it; the screens of a family that is logged in show it.
#pragma once

#include "form/answers.h"
#include "household/people.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::wizard::family {

struct RequestEvent {
    std::string at;    // RFC 3339, UTC
    std::string event; // "received", "processing", "released", "waiting", "accepted", …
    std::string note;  // the agent's words, or empty
};

// What the staff asks to have corrected.
struct Correction {
    std::vector<std::string> fields; // "children.0.birth_date"
    std::string message;             // the agent's words
    form::Answers answers;           // as sent at first, of those fields and of the people they belong to
};

struct Request {
    std::string id; // the envelope's UUID
    std::string number;
    std::string procedure;
    std::string state; // "received", "processing", "waiting", "accepted", "refused", "withdrawn"
    std::string received_at;
    std::string due_by; // YYYY-MM-DD
    std::vector<RequestEvent> history;
    bool can_withdraw = false;
    std::optional<Correction> correction;
};

struct Message {
    std::string at;
    std::string kind;
    std::string text;
    std::string submission; // the request's UUID, or empty
};

using FamilyPerson = household::KnownPerson;

struct KeyState {
    std::string service;
    std::string state; // "known": it opened something; "queued": the staff looks at it
    std::string at;
};

struct Device {
    std::string reference;
    std::string label;
    std::string bound_at;
    std::string last_seen;
    bool this_one = false;
};

struct Invitation {
    std::string person; // "k3"
    std::string email;
    std::string state; // "sent", "used", "expired"
};

struct Snapshot {
    std::string cursor; // empty: nothing has been fetched yet
    std::string as_of;
    std::string reference; // whose account it is; goes into every envelope of this family
    std::string identifier;
    std::string email;
    std::string email_pending; // asked for, not yet confirmed; or empty
    std::string civility, first_names, last_name;
    form::Answers profile; // registration's answers of identity, address and contact
    std::vector<Request> requests;
    std::vector<Message> messages;
    std::optional<std::vector<FamilyPerson>> household;
    std::vector<KeyState> keys;
    std::vector<Device> devices;
    std::vector<Invitation> invitations;

    [[nodiscard]] const Request* find_request(std::string_view number) const;
    [[nodiscard]] const FamilyPerson* find_person(std::string_view person_reference) const;
};

} // namespace foyer::wizard::family
