// What a town says about a family, for tests: snapshots of the sync call, as docs/wire-format.md has them.
#pragma once

#include "walk.h"

#include <string>
#include <string_view>

namespace foyer::wizard {

// A snapshot with these members beside the account's own; `members` begins with a comma or is empty.
inline std::string snapshot(std::string_view cursor, std::string_view members = {},
                            std::string_view account_members = {}) {
    std::string text = R"({"as_of":"2026-11-21T11:00:00Z","cursor":")";
    text.append(cursor).append(R"(","account":{"reference":"a1b2c3","identifier":"annelise44",)");
    text.append(R"("email":"anne-lise@exemple.fr","person":{"civility":"madame","first_names":"Anne-Lise",)");
    text.append(R"("last_name":"Derc'hen"})").append(account_members).append("}");
    text.append(R"(,"profile":{"civility":"madame","birth_name":"Derc'hen","first_names":"Anne-Lise",)");
    text.append(R"("birth_date.day":"3","birth_date.month":"11","birth_date.year":"1985",)");
    text.append(R"("address":"12 bis rue de la Loire","postal_code":"44521","commune":"Oudon",)");
    text.append(R"("mobile":"+33612345678","email":"anne-lise@exemple.fr"})");
    return text.append(members).append("}");
}

// One request: number OUDON-2026-000002, an entourage.
inline std::string request(std::string_view state, std::string_view more = R"(,"can_withdraw":true)") {
    std::string text = R"({"id":"0192aaaa-0000-7000-8000-000000000002","number":"OUDON-2026-000002",)";
    text.append(R"("procedure":"entourage","state":")").append(state);
    text.append(R"(","received_at":"2026-11-20T10:00:00Z","due_by":"2026-11-30",)");
    if (more.find("\"history\"") == std::string_view::npos)
        text.append(R"("history":[{"at":"2026-11-20T10:00:00Z","event":"received"}])");
    else
        more.remove_prefix(1); // its own, with the comma before it
    return text.append(more).append("}");
}
inline std::string requests(std::string_view state, std::string_view more = R"(,"can_withdraw":true)") {
    return R"(,"submissions":[)" + request(state, more) + "]";
}

// Two representatives, a child, one to be born, two contacts.
inline const std::string HOUSEHOLD =
    R"(,"household":{"people":[)"
    R"({"reference":"k1","kind":"representative","self":true,"answers":{"first_names":"Anne-Lise","birth_name":"Derc'hen",)"
    R"("mobile":"+33612345678","email":"anne-lise@exemple.fr","address":"12 bis rue de la Loire","postal_code":"44521",)"
    R"("commune":"Oudon","link_to_children":"mother"}},)"
    R"({"reference":"k2","kind":"representative","self":false,"answers":{"first_names":"Paul","birth_name":"Martin",)"
    R"("link_to_children":"father"}},)"
    R"({"reference":"k3","kind":"child","self":false,"answers":{"born":"born","first_names":"Léa","birth_name":"Martin",)"
    R"("birth_date.day":"5","birth_date.month":"4","birth_date.year":"2021","school":"École du Centre",)"
    R"("school_level":"MS","authority.k1":"yes","authority.k2":"yes","living_with":"alternating","collectors.k1":"yes"}},)"
    R"({"reference":"k4","kind":"expected_child","self":false,"answers":{"born":"expected","expected_date.day":"15",)"
    R"("expected_date.month":"2","expected_date.year":"2027","authority.k1":"yes"}},)"
    R"({"reference":"k5","kind":"contact","self":false,"answers":{"first_names":"Rose","birth_name":"Derc'hen",)"
    R"("relation":"grandparent","role":"both","contact_phone":"+33240000001","contact_children.k3":"yes","rank":"2"}},)"
    R"({"reference":"k6","kind":"contact","self":false,"answers":{"first_names":"Yann","birth_name":"Le Goff",)"
    R"("relation":"neighbour","role":"emergency","contact_phone":"+33240000002","contact_children.k3":"yes","rank":"1"}}]})";

// Somebody who is logged in, on this page, with this snapshot.
struct AtHome : Walk {
    AtHome(std::string_view path, const std::string& body, const std::string& slug = "oudon")
        : Walk(slug, {.path = std::string(path), .bound = true}) {
        answer(200, body);
    }
    // The seconds until the next call are over.
    void wake() {
        for (auto effect = all_effects.rbegin(); effect != all_effects.rend(); ++effect)
            if (const WakeAfter* wanted = std::get_if<WakeAfter>(&*effect)) {
                environment.now += wanted->seconds;
                act(Woken{wanted->id});
                return;
            }
    }
    // The town says something new.
    void hear(const std::string& body) {
        wake();
        answer(200, body);
    }
};

} // namespace foyer::wizard
