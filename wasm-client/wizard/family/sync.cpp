#include "wizard/family/sync.h"

#include "wire/json.h"
#include "wizard/account.h"
#include "wizard/family/home.h"
#include "wizard/family/words.h"

#include <algorithm>
#include <array>

namespace foyer::wizard::family {

namespace {

using wire::Json;

// 200 people with their history fit many times over; a town that sends more is not one of ours.
constexpr wire::JsonLimits LIMITS{8 * 1024 * 1024, 12};

// How long the town may hold the call (it holds fewer when many ask).
constexpr std::string_view HELD_SECONDS = "20";
// An answer that came sooner was not held: to ask again at once would only be a burden.
constexpr UnixSeconds SHORT = 10;
constexpr unsigned AT_ONCE = 1;
constexpr unsigned NOT_HELD = 20;
// After failures: soon at first, never rarer than the age of the snapshot is told in.
constexpr std::array<unsigned, 5> BACK_OFF = {3, 5, 10, 30, 60};

std::string text_of(const Json* object, std::string_view member) {
    const Json* value = object ? object->find(member) : nullptr;
    return value ? value->text() : std::string();
}

bool flag_of(const Json& object, std::string_view member) {
    const Json* value = object.find(member);
    return value && value->boolean();
}

const std::vector<Json>& list_of(const Json& object, std::string_view member) {
    static const std::vector<Json> NONE;
    const Json* value = object.find(member);
    return value ? value->elements() : NONE;
}

form::Answers answers_of(const Json* object) {
    form::Answers answers;
    if (object)
        for (const Json::Member& member : object->members())
            if (member.value.kind() == Json::Kind::text && !member.value.text().empty())
                answers.emplace(member.name, member.value.text());
    return answers;
}

RequestEvent event_of(const Json& event) {
    RequestEvent read{text_of(&event, "at"), text_of(&event, "event"), {}};
    if (const Json* note = event.find("note")) {
        read.note = note->text();
        for (const std::string_view member : {"reason", "message"})
            if (read.note.empty())
                read.note = text_of(note, member);
    }
    return read;
}

Request request_of(const Json& submission) {
    Request request;
    request.id = text_of(&submission, "id");
    request.number = text_of(&submission, "number");
    request.procedure = text_of(&submission, "procedure");
    request.state = text_of(&submission, "state");
    request.received_at = text_of(&submission, "received_at");
    request.due_by = text_of(&submission, "due_by");
    request.can_withdraw = flag_of(submission, "can_withdraw");
    for (const Json& event : list_of(submission, "history"))
        request.history.push_back(event_of(event));
    if (const Json* asked = submission.find("correction"); asked && asked->kind() == Json::Kind::object) {
        Correction correction;
        for (const Json& field : list_of(*asked, "fields"))
            correction.fields.push_back(field.text());
        correction.message = text_of(asked, "message");
        correction.answers = answers_of(asked->find("answers"));
        request.correction = std::move(correction);
    }
    return request;
}

std::optional<form::PersonKind> kind_of(std::string_view name) {
    using form::PersonKind;
    if (name == "representative")
        return PersonKind::representative;
    if (name == "child")
        return PersonKind::child;
    if (name == "expected_child")
        return PersonKind::expected_child;
    if (name == "contact")
        return PersonKind::contact;
    return std::nullopt;
}

// The snapshot is asked for from the cursor on: what has not changed is not sent again.
std::string sync_path(const Turn& turn) {
    std::string path = "/api/v1/" + turn.environment.portal->slug + "/sync";
    const std::string& cursor = turn.state.family.snapshot.cursor;
    if (!cursor.empty())
        path.append("?cursor=").append(cursor);
    // whoever does not know yet whether there is a network should not have to wait for news to find out
    if (!cursor.empty() && turn.state.family.sync.stage == Sync::Stage::live)
        path.append("&wait=").append(HELD_SECONDS);
    return path;
}

void ask(const Turn& turn) {
    Sync& sync = turn.state.family.sync;
    sync.wake = 0;
    sync.call = turn.state.next_effect++;
    sync.asked_at = turn.environment.now;
    turn.effects.push_back(Call{sync.call, "GET", sync_path(turn), 0, {}});
}

void wake_after(const Turn& turn, unsigned seconds) {
    Sync& sync = turn.state.family.sync;
    sync.wake = turn.state.next_effect++;
    turn.effects.push_back(WakeAfter{sync.wake, seconds});
}

// Somebody else is logged in on this device by now, in another tab: nothing of the first one is theirs.
void change_owner(State& family) {
    family.entourage = Entourage{};
    family.mending = Mending{};
    family.profile = Profile{};
    family.sendings.clear();
    family.snapshot = Snapshot{};
    family.messages_known_to.clear();
}

void take(const Turn& turn, Snapshot snapshot, const std::string& body) {
    State& family = turn.state.family;
    if (!family.owner.empty() && family.owner != snapshot.identifier)
        change_owner(family);
    const i18n::Texts& texts = texts_in(turn.environment, turn.state.language);
    if (std::string news = news_between(family.snapshot, snapshot, texts); !news.empty())
        family.sync.news = std::move(news);
    if (family.snapshot.cursor.empty() && !snapshot.messages.empty())
        family.messages_known_to = snapshot.messages.front().at;
    family.snapshot = std::move(snapshot);
    family.owner = family.snapshot.identifier;
    family.body = body;
    if (family.home.said == Home::Said::lost)
        family.home.said = Home::Said::nothing;
    if (turn.state.bound != true) {
        turn.state.bound = true;
        turn.effects.push_back(RememberBound{true});
    }
}

void failed(const Turn& turn, int status) {
    Sync& sync = turn.state.family.sync;
    sync.stage = Sync::Stage::offline;
    sync.status = status;
    const std::size_t step = std::min<std::size_t>(sync.failures, BACK_OFF.size() - 1);
    ++sync.failures;
    if (is_family(turn.state.screen))
        wake_after(turn, BACK_OFF[step]);
}

} // namespace

const Request* Snapshot::find_request(std::string_view number) const {
    for (const Request& request : requests)
        if (request.number == number)
            return &request;
    return nullptr;
}

const FamilyPerson* Snapshot::find_person(std::string_view person_reference) const {
    if (household)
        for (const FamilyPerson& person : *household)
            if (person.reference == person_reference)
                return &person;
    return nullptr;
}

std::optional<Snapshot> read_snapshot(std::string_view json) {
    const auto parsed = wire::parse_json(json, LIMITS);
    if (!parsed)
        return std::nullopt;
    const Json& root = *parsed;
    const Json* account = root.find("account");
    Snapshot snapshot;
    snapshot.cursor = text_of(&root, "cursor");
    snapshot.reference = text_of(account, "reference");
    if (snapshot.cursor.empty() || snapshot.reference.empty())
        return std::nullopt;
    snapshot.as_of = text_of(&root, "as_of");
    snapshot.identifier = text_of(account, "identifier");
    snapshot.email = text_of(account, "email");
    snapshot.email_pending = text_of(account, "email_pending");
    const Json* person = account->find("person");
    snapshot.civility = text_of(person, "civility");
    snapshot.first_names = text_of(person, "first_names");
    snapshot.last_name = text_of(person, "last_name");
    if (snapshot.last_name.empty())
        snapshot.last_name = text_of(person, "last_names"); // as the sessions of the API say it
    snapshot.profile = answers_of(root.find("profile"));
    for (const Json& submission : list_of(root, "submissions"))
        snapshot.requests.push_back(request_of(submission));
    for (const Json& message : list_of(root, "messages"))
        snapshot.messages.push_back({text_of(&message, "at"), text_of(&message, "kind"), text_of(&message, "text"),
                                     text_of(&message, "submission")});
    // RFC 3339 in UTC sorts as text: the newest first
    const auto newer = [](const auto& a, const auto& b) { return a > b; };
    std::stable_sort(snapshot.requests.begin(), snapshot.requests.end(),
                     [&](const Request& a, const Request& b) { return newer(a.received_at, b.received_at); });
    std::stable_sort(snapshot.messages.begin(), snapshot.messages.end(),
                     [&](const Message& a, const Message& b) { return newer(a.at, b.at); });
    if (const Json* household = root.find("household"); household && household->kind() == Json::Kind::object) {
        snapshot.household.emplace();
        for (const Json& member : list_of(*household, "people"))
            if (const auto kind = kind_of(text_of(&member, "kind")))
                snapshot.household->push_back({text_of(&member, "reference"), *kind, flag_of(member, "self"),
                                               answers_of(member.find("answers"))});
    }
    for (const Json& key : list_of(root, "keys"))
        snapshot.keys.push_back({text_of(&key, "service"), text_of(&key, "state"), text_of(&key, "at")});
    for (const Json& device : list_of(root, "devices"))
        snapshot.devices.push_back({text_of(&device, "reference"), text_of(&device, "label"),
                                    text_of(&device, "bound_at"), text_of(&device, "last_seen"),
                                    flag_of(device, "this")});
    for (const Json& invitation : list_of(root, "invitations"))
        snapshot.invitations.push_back(
            {text_of(&invitation, "person"), text_of(&invitation, "email"), text_of(&invitation, "state")});
    return snapshot;
}

void keep_fresh(const Turn& turn) {
    const Sync& sync = turn.state.family.sync;
    open_kept(turn);
    if (is_open(turn.state.family.home) && sync.call == 0 && sync.wake == 0)
        ask(turn);
}

void ask_now(const Turn& turn) {
    Sync& sync = turn.state.family.sync;
    if (sync.stage == Sync::Stage::offline && turn.state.family.snapshot.cursor.empty())
        sync.stage = Sync::Stage::loading;
    sync.failures = 0;
    // a call that is held answers by itself when something is new
    if (sync.call == 0 && is_open(turn.state.family.home))
        ask(turn);
}

bool sync_answered(const Turn& turn, const CallResult& result) {
    Sync& sync = turn.state.family.sync;
    if (sync.call == 0 || result.effect != sync.call)
        return false;
    sync.call = 0;
    sync.asked_by_person = false;
    if (result.status == 401) {
        session_ended(turn);
        return true;
    }
    const bool unchanged = result.status == 204;
    std::optional<Snapshot> snapshot = result.status == 200 ? read_snapshot(result.body) : std::nullopt;
    if (!unchanged && !snapshot) {
        failed(turn, result.status);
        return true;
    }
    sync.stage = Sync::Stage::live;
    sync.failures = 0;
    const bool has_news = snapshot.has_value();
    sync.fresh_at = turn.environment.now;
    if (has_news)
        take(turn, std::move(*snapshot), result.body);
    keep(turn, has_news ? result.body : std::string());
    if (is_family(turn.state.screen)) {
        const bool held = turn.environment.now - sync.asked_at >= SHORT;
        wake_after(turn, has_news || held ? AT_ONCE : NOT_HELD);
    }
    return true;
}

bool sync_woken(const Turn& turn, const Woken& woken) {
    Sync& sync = turn.state.family.sync;
    if (sync.wake == 0 || woken.id != sync.wake)
        return false;
    sync.wake = 0;
    if (is_family(turn.state.screen) && sync.call == 0)
        ask(turn);
    return true;
}

} // namespace foyer::wizard::family
