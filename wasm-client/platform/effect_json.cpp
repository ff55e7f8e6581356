#include "platform/effect_json.h"

#include "wire/json.h"

#include <array>

namespace foyer::platform {

namespace {

using wire::Json;

Json kind(const char* name) { return Json::object().set("kind", name); }

Json json_of(const wizard::Submit& effect) {
    return kind("submit")
        .set("effect", effect.id)
        .set("procedure", effect.procedure)
        .set("plaintext", effect.plaintext)
        .set("account", effect.account)
        .set("corrects", effect.corrects);
}

Json json_of(const wizard::Call& effect) {
    return kind("call")
        .set("effect", effect.id)
        .set("method", effect.method)
        .set("path", effect.path)
        .set("procedure", effect.procedure)
        .set("plaintext", effect.plaintext);
}

Json json_of(const wizard::ShowPath& effect) {
    return kind("show_path").set("path", effect.path).set("replace", effect.replace);
}

Json json_of(const wizard::Load& effect) { return kind("load").set("what", effect.what); }
Json json_of(const wizard::Leave& effect) { return kind("leave").set("url", effect.url); }
Json json_of(const wizard::RememberBound& effect) { return kind("remember_bound").set("bound", effect.bound); }

Json json_of(const wizard::ShowAs& effect) { return kind("show_as").set("text", effect.text); }
Json json_of(const wizard::Print&) { return kind("print"); }

Json json_of(const wizard::WakeAfter& effect) {
    return kind("wake_after").set("effect", effect.id).set("seconds", effect.seconds);
}

Json json_of(const wizard::FindAddresses& effect) {
    return kind("find_addresses")
        .set("field", effect.field)
        .set("typed", effect.typed)
        .set("revision", effect.revision);
}

// In the order of Keeping::Act; web/shell/module.ts has the same names.
constexpr std::array<const char*, 9> ACTS = {"open",      "keep",        "seen",       "forget",        "leave",
                                             "logged_in", "choose_open", "choose_ask", "choose_nothing"};

Json json_of(const wizard::Keeping& effect) {
    return kind("keeping")
        .set("act", ACTS.at(static_cast<std::size_t>(effect.act)))
        .set("effect", effect.id)
        .set("owner", effect.owner)
        .set("account", effect.account)
        .set("text", effect.text)
        .set("at", effect.at);
}

} // namespace

std::string effects_json(const wizard::Effects& effects) {
    Json list = Json::array();
    for (const wizard::Effect& effect : effects)
        list.push(std::visit([](const auto& one) { return json_of(one); }, effect));
    return wire::write_json(list);
}

} // namespace foyer::platform
