// Walks through the wizard the way a person does: finds by label, types, chooses, presses, and looks at what is said.
// After every action the whole scene is held against the rules that every scene must keep.
#pragma once

#include "domain/reference_data.h"
#include "scene/diff.h"
#include "wire/payload.h"
#include "wizard/describe.h"
#include "wizard/update.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::wizard {

// A label as one types it: ordinary spaces and apostrophes.
std::string plain(std::string_view text);

class Walk {
public:
    // A device that keeps nothing of a family, unless the test answers for it.
    enum class Device { keeps_nothing, answered_by_test };
    explicit Walk(const std::string& slug, Start start = {}, Device device = Device::keeps_nothing);

    // With a list of communes as the platform would fetch it.
    void give_communes();
    void give_english();

    void act(const Action& action);
    void fill(std::string_view label, std::string_view text); // focus, type, leave
    void type_only(std::string_view label, std::string_view text);
    void select(std::string_view label, std::string_view option);
    void press(std::string_view label); // button, link, checkbox or radio
    void suggest(std::string_view option);
    void go(std::string_view path) { act(Navigate{std::string(path)}); }
    void answer(int status, std::string body = {}); // of the last Call
    void device_says(Kept kept);                    // of the last Keeping that waits for it
    void fill_step(std::string_view step);          // good answers
    void walk_to(std::string_view step);            // from the landing, with good answers everywhere before
    void pass_security_check();

    [[nodiscard]] const scene::Node* find(std::string_view label) const;
    [[nodiscard]] const scene::Node& node(std::string_view label) const; // fails the test when there is none
    [[nodiscard]] const scene::Node* by_id(std::string_view id) const;
    [[nodiscard]] std::string title() const;              // the heading's
    [[nodiscard]] bool says(std::string_view text) const; // some node's label, hint, error, warning or row holds it
    [[nodiscard]] std::vector<std::string> summary() const;
    template <typename E> [[nodiscard]] std::vector<E> effects_of() const {
        std::vector<E> found;
        for (const Effect& effect : effects)
            if (const E* wanted = std::get_if<E>(&effect))
                found.push_back(*wanted);
        return found;
    }
    [[nodiscard]] std::optional<std::string> shown_path() const; // of the last action

    State state;
    Environment environment;
    Effects effects; // of the last action
    Effects all_effects;
    scene::Scene scene;
    scene::Patch patch; // what the last action changed

private:
    void look();
    void answer_for_device();
    Device m_device;
    i18n::Texts m_french, m_english;
    portal::Portal m_portal;
    std::string m_reference_bytes;
    std::unique_ptr<domain::ReferenceData> m_reference;
};

// 2026-11-21 at noon in Paris.
inline constexpr UnixSeconds NOON = 1795258800;

} // namespace foyer::wizard
