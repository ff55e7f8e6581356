// The form of a step or of an account screen as nodes. Internal to the wizard.
#pragma once

#include "scene/builder.h"
#include "wizard/environment.h"
#include "wizard/sheet.h"
#include "wizard/state.h"

#include <functional>
#include <string>
#include <string_view>

namespace foyer::wizard {

// What every part of a description needs.
struct Page {
    const State& state;
    const Environment& environment;
    const i18n::Texts& texts;
    scene::Builder& scene;

    [[nodiscard]] std::string text(TextKey key) const { return std::string(texts.get(key)); }
    [[nodiscard]] std::string local(const form::LocalText& text) const {
        return std::string(form::in_language(text, state.language));
    }
};

struct FormButtons {
    std::string previous; // empty: none
    std::string next;
};

// The list of what is wrong, to stand before the title. Nothing when all is well.
void describe_summary(const Page& page, const std::string& next_label);
// A whole step of a form that has several: summary, progress, title, under it what the whole is about (empty: nothing),
// introduction (the town's, then the given one), form.
void describe_step(const Page& page, std::string_view about = {}, const std::function<void()>& introduction = {});
// The form with its fields and buttons.
void describe_form(const Page& page, const OpenForm& open, const FormButtons& buttons);
// How the town uses the data, for the welcome and beside the consent.
void describe_privacy(const Page& page);

[[nodiscard]] std::string step_title(const Page& page, const form::StepDefinition& step);
// A button of lesser weight that looks like a link where the painter wants it to.
void describe_reveal(const Page& page, const std::string& answer_key);

} // namespace foyer::wizard
