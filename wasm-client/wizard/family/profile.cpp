#include "wizard/family/profile.h"

#include "form/validate.h"
#include "wizard/draft.h"
#include "wizard/family/dashboard.h"
#include "wizard/family/sending.h"
#include "wizard/family/words.h"
#include "wizard/journey.h"
#include "wizard/moment.h"
#include "wizard/node_id.h"
#include "wizard/sheet.h"

#include <algorithm>
#include <utility>

namespace foyer::wizard::family {

using form::FieldKind;
using scene::Emphasis;
using scene::Icon;
using scene::Node;
using scene::Role;

namespace {

constexpr std::string_view KEY_PREFIX = "service_key.";
constexpr std::string_view INVITATION = "invitation";

bool is_key(std::string_view answer_key) {
    return answer_key.substr(0, KEY_PREFIX.size()) == KEY_PREFIX || answer_key == INVITATION;
}

bool asks_for_keys(const form::StepDefinition& step) {
    return std::any_of(step.fields.begin(), step.fields.end(), [](const form::FormField& field) {
        return field.definition->kind == FieldKind::service_key && field.key != INVITATION;
    });
}

const Sending* current(const State& family) { return find_sending(family, family.profile.effect); }

// "Enfance"; the service's key where the town has taken it away since.
std::string service_name(const Page& page, const std::string& key) {
    if (key == INVITATION)
        return page.text(TextKey::fields_invitation);
    const portal::Service* service = page.environment.portal->find_service(key);
    std::string name = service ? page.local(service->name) : std::string();
    return name.empty() ? key : name;
}

// What became of the keys typed before: the newest word about each.
void describe_keys(const Page& page) {
    const auto& keys = page.state.family.snapshot.keys;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const KeyState& key = keys[i];
        const bool newer = std::any_of(keys.begin(), keys.end(), [&](const KeyState& other) {
            return other.service == key.service && other.at > key.at;
        });
        if (newer)
            continue;
        const bool known = key.state == "known";
        Node& node =
            page.scene.paragraph("key-" + std::to_string(i),
                                 page.texts.format(known ? TextKey::family_key_known : TextKey::family_key_queued,
                                                   {{"service", service_name(page, key.service)},
                                                    {"date", shown_date(key.at, page.texts)}}));
        node.icon = known ? Icon::tick : Icon::clock;
        node.emphasis = known ? Emphasis::success : Emphasis::normal;
    }
}

void describe_what_follows(const Page& page, const Profile& profile) {
    if (!profile.new_email.empty())
        page.scene.paragraph("email-pending",
                             page.texts.format(TextKey::family_profile_email, {{"email", profile.new_email}}));
    if (!profile.has_keys)
        return;
    if (page.state.family.snapshot.household && !profile.had_household) {
        Node& node = page.scene.paragraph("key-opened", page.text(TextKey::family_profile_key_opened));
        node.icon = Icon::tick;
        node.emphasis = Emphasis::success;
        describe_way(page, "go-household", {Screen::household}, page.text(TextKey::family_household_open),
                     Emphasis::primary);
    } else {
        // until the town has looked at the key, both that may follow are said
        const Sending* sending = current(page.state.family);
        const auto& keys = page.state.family.snapshot.keys;
        const bool looked_at =
            sending && !sending->received_at.empty() &&
            std::any_of(keys.begin(), keys.end(), [&](const KeyState& key) { return key.at >= sending->received_at; });
        if (!looked_at)
            page.scene.paragraph("key-text", page.text(TextKey::family_profile_key));
        describe_keys(page);
    }
}

// A phone is shown as it is written at home, a postal code with its commune: as if the person had left each field.
form::Answers from_town(const Snapshot& snapshot, const form::FormDefinition& form) {
    form::Answers answers;
    for (const auto& [key, text] : snapshot.profile)
        if (form::locate(form, key))
            answers.emplace(key, text);
    for (const form::StepDefinition& step : form.steps)
        for (const form::FormField& field : step.fields)
            for (const form::PartDefinition& part : field.definition->parts) {
                const auto typed = answers.find(form::answer_key(field, part));
                if (typed != answers.end() && !typed->second.empty() && part.entry != form::Entry::secret)
                    typed->second = form::normalise(*field.definition, part, typed->second);
            }
    return answers;
}

void begin_profile(const Turn& turn) {
    Profile& profile = turn.state.family.profile;
    const Sheet before = std::exchange(profile.sheet, Sheet{});
    profile.sheet.revisions = before.revisions;
    for (auto& [key, text] : from_town(turn.state.family.snapshot, turn.environment.profile))
        write_answer(profile.sheet, key, text);
    profile.begun = true;
    profile.stale = false;
}

void mend(const Turn& turn) {
    State& family = turn.state.family;
    const Sending* sending = current(family);
    if (!sending || sending->stage != Sending::Stage::refused)
        return;
    const auto& steps = turn.environment.profile.steps;
    family.profile.sheet.from_server = sending->problems;
    std::string key;
    for (const form::StepDefinition& step : steps)
        for (const Problem& problem : sending->problems)
            if (key.empty() && find_in(step, problem.field))
                key = step.key;
    if (key.empty() && !steps.empty())
        key = steps.front().key;
    go(turn, {Screen::profile, key}, History::push);
    if (!family.profile.sheet.from_server.empty())
        show_errors(turn);
}

} // namespace

std::optional<OpenForm> open_profile(const wizard::State& state, const Environment& environment) {
    if (!state.family.profile.begun)
        return std::nullopt;
    if (const form::StepDefinition* step = environment.profile.find_step(state.step))
        return OpenForm{&environment.profile, step};
    return std::nullopt;
}

Route resolved_profile(const wizard::State& state, const Environment& environment, const Route& wanted) {
    const Profile& profile = state.family.profile;
    if (environment.profile.steps.empty())
        return {Screen::dashboard};
    if (wanted.screen == Screen::profile_confirmation)
        return profile.effect != 0 || profile.unchanged ? wanted : Route{Screen::dashboard};
    if (!profile.begun)
        return wanted;
    const std::string missing =
        first_incomplete_step(environment.profile, profile.sheet.answers, environment, wanted.step);
    return missing.empty() ? wanted : Route{Screen::profile, missing};
}

void fill_profile(const Turn& turn) {
    State& family = turn.state.family;
    Profile& profile = family.profile;
    if (turn.state.screen != Screen::profile || family.snapshot.cursor.empty() || profile.sheet.touched)
        return;
    // a step that is on the screen does not change under the person's eyes, nor does what is on its way to the town
    const Sending* sending = current(family);
    const bool under_way = sending && sending->stage != Sending::Stage::received;
    if (profile.begun && (!profile.stale || under_way))
        return;
    begin_profile(turn);
}

form::Answers changed_in_profile(const wizard::State& state, const Environment& environment) {
    const Profile& profile = state.family.profile;
    form::Answers changed;
    if (!profile.begun || !profile.sheet.touched)
        return changed;
    const form::Answers known = from_town(state.family.snapshot, environment.profile);
    for (const auto& [key, text] : profile.sheet.answers)
        if (may_be_kept(environment.profile, key) && form::answer(known, key) != text)
            changed.emplace(key, text);
    for (const auto& [key, text] : known)
        if (may_be_kept(environment.profile, key) && form::answer(profile.sheet.answers, key).empty())
            changed.emplace(key, std::string());
    return changed;
}

bool resume_profile(const Turn& turn, const form::Answers& changed) {
    Profile& profile = turn.state.family.profile;
    if (profile.sheet.touched || turn.environment.profile.steps.empty())
        return false;
    begin_profile(turn);
    for (const auto& [key, text] : changed)
        if (may_be_kept(turn.environment.profile, key))
            write_answer(profile.sheet, key, text);
    profile.sheet.touched = true;
    return true;
}

void submit_profile(const Turn& turn) {
    State& family = turn.state.family;
    Profile& profile = family.profile;
    const form::FormDefinition& form = turn.environment.profile;
    form::Answers answers = form::submitted(form, profile.sheet.answers);
    profile.unchanged = answers == form::submitted(form, family.snapshot.profile);
    profile.effect = 0;
    if (!profile.unchanged) {
        const std::string_view email = form::answer(answers, "email");
        profile.new_email = email != family.snapshot.email ? std::string(email) : std::string();
        profile.has_keys =
            std::any_of(answers.begin(), answers.end(), [](const auto& answer) { return is_key(answer.first); });
        profile.had_household = family.snapshot.household.has_value();
        profile.effect = send(turn, form::Procedure::profile, std::move(answers));
    }
    // nothing is lost when the page is closed now: it is in the envelope
    profile.sheet.touched = false;
    go(turn, {Screen::profile_confirmation}, History::push);
}

void profile_moved(const Turn& turn) {
    Profile& profile = turn.state.family.profile;
    const Sending* sending = current(turn.state.family);
    if (!sending || profile.effect == 0)
        return;
    // The town has them now: the keys need not stay in anybody's memory.
    if (sending->stage == Sending::Stage::received && !profile.sheet.touched) {
        profile.sheet = Sheet{};
        profile.begun = false;
    }
}

bool press_profile(const Turn& turn, std::string_view node) {
    if (node != "mend-profile")
        return false;
    mend(turn);
    return true;
}

void describe_profile_step(const Page& page) {
    if (!open_profile(page.state, page.environment)) {
        page.scene.heading(std::string(TITLE), 1, page.text(TextKey::family_profile_title));
        describe_freshness(page);
        describe_way_back(page);
        return;
    }
    describe_step(page, page.text(TextKey::family_profile_title), [&page] {
        describe_under_way(page, form::Procedure::profile);
        const auto step = open_profile(page.state, page.environment);
        const std::string& pending = page.state.family.snapshot.email_pending;
        if (step && !pending.empty() && find_in(*step->step, "email"))
            page.scene.notice("email-pending", Emphasis::normal,
                              page.texts.format(TextKey::family_email_pending, {{"email", pending}}));
        if (!step || !asks_for_keys(*step->step))
            return;
        std::size_t number = 0;
        // the guide's words, unless the town has its own
        if (!step->step->introduction.empty())
            return describe_keys(page);
        for (const TextKey text : {TextKey::family_services_text_1, TextKey::family_services_text_2,
                                   TextKey::family_services_text_3, TextKey::family_services_text_4})
            page.scene.paragraph("services-text-" + std::to_string(number++), page.text(text));
        describe_keys(page);
    });
}

void describe_profile_confirmation(const Page& page) {
    const State& family = page.state.family;
    const Sending* sending = current(family);
    page.scene.heading(std::string(TITLE), 1, page.text(TextKey::family_profile_title));
    Node& status = page.scene.add(Role::status, "submission-status");
    const auto say = [&status](std::string text, Icon icon, Emphasis emphasis) {
        status.label = std::move(text);
        status.icon = icon;
        status.emphasis = emphasis;
    };
    if (family.profile.unchanged || !sending) {
        say(page.text(TextKey::family_profile_unchanged), Icon::information, Emphasis::primary);
        describe_way_back(page);
        return;
    }
    switch (sending->stage) {
    case Sending::Stage::preparing:
        status.label = page.text(TextKey::wizard_confirmation_preparing);
        break;
    case Sending::Stage::on_device:
        say(page.text(TextKey::family_profile_on_device), Icon::information, Emphasis::primary);
        page.scene.paragraph("on-device-next", page.text(TextKey::family_on_device_waiting_text));
        break;
    case Sending::Stage::sending:
        status.label = page.text(TextKey::family_profile_sending);
        break;
    case Sending::Stage::received:
        say(page.texts.format(TextKey::family_profile_received, {{"number", sending->number}}), Icon::tick,
            Emphasis::success);
        break;
    case Sending::Stage::refused:
        say(page.text(TextKey::family_profile_refused), Icon::error, Emphasis::danger);
        if (!sending->detail.empty())
            page.scene.paragraph("refused-detail", sending->detail);
        page.scene.paragraph("refused-next", page.text(TextKey::family_profile_refused_next));
        page.scene.button("mend-profile", page.text(TextKey::family_profile_mend), Emphasis::primary);
        break;
    }
    if (sending->stage != Sending::Stage::refused)
        describe_what_follows(page, family.profile);
    describe_way_back(page);
}

} // namespace foyer::wizard::family
