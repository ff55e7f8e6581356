#include "wizard/family/security.h"

#include "wizard/account.h"
#include "wizard/call.h"
#include "wizard/family/dashboard.h"
#include "wizard/family/home.h"
#include "wizard/family/sync.h"
#include "wizard/journey.h"
#include "wizard/moment.h"
#include "wizard/node_id.h"
#include "wizard/sheet.h"

#include <algorithm>
#include <utility>

namespace foyer::wizard::family {

using scene::Emphasis;
using scene::Icon;
using scene::Node;
using scene::Role;

namespace {

constexpr std::string_view UNBIND_PREFIX = "unbind-"; // "unbind-<reference>"

const Device* find_device(const State& family, std::string_view reference) {
    for (const Device& device : family.snapshot.devices)
        if (device.reference == reference)
            return &device;
    return nullptr;
}

std::string name_of_device(const Page& page, const Device& device) {
    return device.label.empty() ? page.text(TextKey::family_device_unnamed) : device.label;
}

void describe_device(const Page& page, const Device& device) {
    const State& family = page.state.family;
    const std::string id = "device-" + device.reference;
    const std::string name = name_of_device(page, device);
    const auto card = page.scene.card(id, 2, name, device.this_one ? Emphasis::primary : Emphasis::normal);
    if (device.this_one)
        page.scene.paragraph(id + "-this", page.text(TextKey::family_device_this)).icon = Icon::tick;
    if (!device.bound_at.empty())
        page.scene.paragraph(id + "-bound", page.texts.format(TextKey::family_device_bound,
                                                              {{"date", shown_date(device.bound_at, page.texts)}}));
    if (!device.last_seen.empty() && !device.this_one)
        page.scene.paragraph(id + "-seen", page.texts.format(TextKey::family_device_seen,
                                                             {{"date", shown_date(device.last_seen, page.texts)}}));
    if (device.this_one)
        return; // the dashboard's "Se déconnecter" is for this one
    if (family.device == device.reference && family.unbinding == Asked::question) {
        Node& question = page.scene.add(Role::group, "unbind-question",
                                        page.texts.format(TextKey::family_device_question, {{"name", name}}));
        question.hint = page.text(TextKey::family_device_warning);
        const auto inside = page.scene.inside(question.id);
        page.scene.button("keep-device", page.text(TextKey::family_device_no), Emphasis::secondary);
        page.scene.button("unbind-device", page.text(TextKey::family_device_yes), Emphasis::danger).inline_row = true;
        return;
    }
    Node& unbind = page.scene.button(join(UNBIND_PREFIX, device.reference), page.text(TextKey::family_device_unbind),
                                     Emphasis::danger);
    unbind.hint = page.texts.format(TextKey::family_device_unbind_name, {{"name", name}});
}

void describe_unbinding(const Page& page) {
    Node& status = page.scene.add(Role::status, "unbind-status");
    switch (page.state.family.unbinding) {
    case Asked::working:
        status.label = page.text(TextKey::family_device_working);
        break;
    case Asked::done:
        tell(status, Emphasis::success, page.text(TextKey::family_device_done));
        break;
    case Asked::failed:
        tell(status, Emphasis::danger, page.text(TextKey::family_device_failed));
        break;
    default:
        break;
    }
}

void send_password(const Turn& turn) {
    wizard::State& state = turn.state;
    if (state.family.password == Asked::working || !accept_form(turn))
        return;
    state.family.password = Asked::working;
    state.family.password_call =
        begin_sealed_call(turn, form::Procedure::change_password, "password",
                          form::submitted(turn.environment.change_password, state.account.answers));
}

void password_answered(const Turn& turn, const CallResult& result) {
    wizard::State& state = turn.state;
    state.family.password = Asked::nothing;
    if (state.screen != Screen::change_password)
        return;
    if (result.status == 204) {
        std::string password(form::answer(state.account.answers, "password"));
        forget_passwords(state.account);
        // what this device keeps opens with the new one from now on
        recognise(turn, std::move(password));
        keep(turn, state.family.body);
        state.family.password = Asked::done;
        focus_on(state, std::string(TITLE), true);
    } else if (result.status == 403) {
        state.trouble = Trouble::old_password_wrong;
        focus_on(state, std::string(SUMMARY), true);
    } else if (result.status != 422 || !take_problems(turn, result)) {
        state.trouble = trouble_of(result.status);
        focus_on(state, std::string(SUMMARY), true);
    }
}

void unbinding_answered(const Turn& turn, const CallResult& result) {
    State& family = turn.state.family;
    // 404: it is no longer bound, which is what was wanted
    const bool gone = result.status == 204 || result.status == 404;
    if (gone) {
        auto& devices = family.snapshot.devices;
        devices.erase(std::remove_if(devices.begin(), devices.end(),
                                     [&](const Device& device) { return device.reference == family.device; }),
                      devices.end());
    }
    family.unbinding = gone ? Asked::done : Asked::failed;
    family.device.clear();
    if (gone)
        ask_now(turn);
}

} // namespace

std::optional<OpenForm> open_password(const wizard::State& state, const Environment& environment) {
    if (environment.change_password.steps.empty() || state.family.password == Asked::done)
        return std::nullopt;
    return OpenForm{&environment.change_password, &environment.change_password.steps.front()};
}

void describe_password(const Page& page) {
    const std::string next = page.text(TextKey::wizard_validate);
    describe_summary(page, next);
    page.scene.heading(std::string(TITLE), 1, page.text(TextKey::family_password_title));
    if (const auto open = open_password(page.state, page.environment)) {
        page.scene.paragraph("introduction-0", page.text(TextKey::family_password_text));
        describe_form(page, *open, {{}, next});
    }
    Node& status = page.scene.add(Role::status, "sending-status");
    if (page.state.family.password == Asked::working) {
        status.label = page.text(TextKey::wizard_working);
    } else if (page.state.family.password == Asked::done) {
        tell(status, Emphasis::success, page.text(TextKey::family_password_done));
    }
    describe_way_back(page);
}

void describe_devices(const Page& page) {
    page.scene.heading(std::string(TITLE), 1, page.text(TextKey::family_devices_title));
    page.scene.paragraph("devices-text", page.text(TextKey::family_devices_text));
    if (open_home(page.state))
        describe_summary(page, page.text(TextKey::family_home_password_button));
    describe_freshness(page);
    describe_unbinding(page);
    // this device first: it is what the others are compared with
    for (const bool this_one : {true, false})
        for (const Device& device : page.state.family.snapshot.devices)
            if (device.this_one == this_one)
                describe_device(page, device);
    describe_home_choice(page);
    describe_way_back(page);
}

bool press_security(const Turn& turn, std::string_view node) {
    wizard::State& state = turn.state;
    State& family = state.family;
    if (state.screen == Screen::change_password) {
        if (node != "next")
            return false;
        send_password(turn);
        return true;
    }
    if (node == "keep-device" && family.unbinding == Asked::question) {
        focus_on(state, join(UNBIND_PREFIX, family.device));
        family.unbinding = Asked::nothing;
        family.device.clear();
    } else if (node == "unbind-device" && family.unbinding == Asked::question) {
        family.unbinding = Asked::working;
        family.unbinding_call = begin_call(turn, "DELETE", "devices/" + family.device);
        focus_on(state, std::string(TITLE)); // the question is gone
    } else if (const auto reference = after(node, UNBIND_PREFIX);
               reference && family.unbinding != Asked::working && find_device(family, *reference)) {
        family.device = *reference;
        family.unbinding = Asked::question;
        focus_on(state, "keep-device");
    } else {
        return false;
    }
    return true;
}

bool security_answered(const Turn& turn, const CallResult& result) {
    State& family = turn.state.family;
    const bool password = family.password == Asked::working && result.effect == family.password_call;
    const bool unbinding = family.unbinding == Asked::working && result.effect == family.unbinding_call;
    if (!password && !unbinding)
        return false;
    if (result.status == 401)
        session_ended(turn);
    else if (password)
        password_answered(turn, result);
    else
        unbinding_answered(turn, result);
    return true;
}

} // namespace foyer::wizard::family
