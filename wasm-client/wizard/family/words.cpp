#include "wizard/family/words.h"

#include <algorithm>
#include <array>

namespace foyer::wizard::family {

using form::PersonKind;
using scene::Emphasis;
using scene::Icon;

namespace {

struct Named {
    std::string_view name;
    TextKey text;
};

template <std::size_t N> TextKey text_named(const std::array<Named, N>& names, std::string_view name, TextKey other) {
    for (const Named& known : names)
        if (known.name == name)
            return known.text;
    return other;
}

constexpr std::array<Named, 6> NEWS = {{
    {"received", TextKey::family_news_received},
    {"processing", TextKey::family_news_processing},
    {"waiting", TextKey::family_news_waiting},
    {"accepted", TextKey::family_news_accepted},
    {"refused", TextKey::family_news_refused},
    {"withdrawn", TextKey::family_news_withdrawn},
}};

bool same_people(const std::vector<FamilyPerson>& before, const std::vector<FamilyPerson>& after) {
    return std::equal(before.begin(), before.end(), after.begin(), after.end(),
                      [](const FamilyPerson& a, const FamilyPerson& b) {
                          return a.reference == b.reference && a.kind == b.kind && a.answers == b.answers;
                      });
}

void add(std::string& news, std::string_view sentence) {
    if (!news.empty())
        news += ' ';
    news += sentence;
}

} // namespace

std::string procedure_text(std::string_view procedure, const i18n::Texts& texts) {
    constexpr std::array<Named, 3> NAMES = {{
        {"registration", TextKey::wizard_procedure_registration},
        {"entourage", TextKey::family_procedure_entourage},
        {"profile", TextKey::family_procedure_profile},
    }};
    return std::string(texts.get(text_named(NAMES, procedure, TextKey::wizard_procedure_other)));
}

StateLook look_of_state(std::string_view state) {
    if (state == "processing")
        return {TextKey::wizard_state_processing, Icon::clock, Emphasis::primary};
    if (state == "waiting")
        return {TextKey::wizard_state_waiting, Icon::warning, Emphasis::warning};
    if (state == "accepted")
        return {TextKey::wizard_state_accepted, Icon::tick, Emphasis::success};
    if (state == "refused")
        return {TextKey::wizard_state_refused, Icon::error, Emphasis::danger};
    if (state == "withdrawn")
        return {TextKey::family_state_withdrawn, Icon::information, Emphasis::normal};
    // a state this version does not know is at least received
    return {TextKey::wizard_state_received, Icon::information, Emphasis::primary};
}

void describe_state(const Page& page, std::string id, std::string_view state) {
    const StateLook look = look_of_state(state);
    scene::Node& node = page.scene.paragraph(std::move(id), page.text(look.text));
    node.icon = look.icon;
    node.emphasis = look.emphasis;
}

std::string event_text(std::string_view event, const i18n::Texts& texts) {
    constexpr std::array<Named, 15> NAMES = {{
        {"received", TextKey::family_event_received},
        {"processing", TextKey::family_event_processing},
        {"taken", TextKey::family_event_processing},
        {"take", TextKey::family_event_processing},
        {"released", TextKey::family_event_released},
        {"release", TextKey::family_event_released},
        {"waiting", TextKey::family_event_waiting},
        {"asked", TextKey::family_event_waiting},
        {"corrected", TextKey::family_event_corrected},
        {"accepted", TextKey::family_event_accepted},
        {"accept", TextKey::family_event_accepted},
        {"refused", TextKey::family_event_refused},
        {"refuse", TextKey::family_event_refused},
        {"withdrawn", TextKey::family_event_withdrawn},
        {"withdraw", TextKey::family_event_withdrawn},
    }};
    return std::string(texts.get(text_named(NAMES, event, TextKey::family_event_other)));
}

std::string name_of(const FamilyPerson& person, const i18n::Texts& texts) {
    std::string name(form::answer(person.answers, "first_names"));
    std::string_view last = form::answer(person.answers, "usage_name");
    if (last.empty())
        last = form::answer(person.answers, "birth_name");
    if (!name.empty() && !last.empty())
        name += ' ';
    name += last;
    if (!name.empty())
        return name;
    if (person.kind == PersonKind::expected_child)
        return std::string(texts.get(TextKey::family_expected_child));
    if (person.kind == PersonKind::child)
        return std::string(texts.get(TextKey::family_child_nameless));
    return std::string(texts.get(TextKey::family_other_representative));
}

std::vector<form::PersonChoice> people_of(const Snapshot& snapshot, const i18n::Texts& texts) {
    std::vector<form::PersonChoice> people;
    if (snapshot.household)
        for (const FamilyPerson& person : *snapshot.household)
            people.push_back({person.reference, name_of(person, texts), person.kind,
                              person.self ? std::string(form::SELF) : std::string()});
    return people;
}

std::string joined(const std::vector<std::string>& parts, const i18n::Texts& texts) {
    std::string all;
    for (const std::string& part : parts) {
        if (!all.empty())
            all += texts.get(TextKey::wizard_separator);
        all += part;
    }
    return all;
}

std::string age_text(UnixSeconds seconds, const i18n::Texts& texts) {
    constexpr UnixSeconds MINUTE = 60;
    constexpr UnixSeconds HOUR = 60 * MINUTE;
    constexpr UnixSeconds DAY = 24 * HOUR;
    if (seconds < MINUTE)
        return std::string(texts.get(TextKey::family_age_now));
    if (seconds < HOUR)
        return texts.count(TextKey::family_age_minutes_one, TextKey::family_age_minutes_many, seconds / MINUTE);
    if (seconds < DAY)
        return texts.count(TextKey::family_age_hours_one, TextKey::family_age_hours_many, seconds / HOUR);
    return texts.count(TextKey::family_age_days_one, TextKey::family_age_days_many, seconds / DAY);
}

std::string news_between(const Snapshot& before, const Snapshot& after, const i18n::Texts& texts) {
    std::string news;
    if (before.cursor.empty())
        return news;
    for (const Request& request : after.requests) {
        const Request* old = before.find_request(request.number);
        if (!old || old->state != request.state)
            add(news, texts.format(text_named(NEWS, request.state, TextKey::family_news_received),
                                   {{"number", request.number}}));
    }
    // what the town writes about a request is told with its state
    const auto is_known = [&](const Message& message) {
        return std::any_of(before.messages.begin(), before.messages.end(),
                           [&](const Message& old) { return old.at == message.at && old.text == message.text; });
    };
    const bool wrote = std::any_of(after.messages.begin(), after.messages.end(),
                                   [&](const Message& message) { return !is_known(message); });
    if (wrote && news.empty())
        add(news, std::string(texts.get(TextKey::family_news_message)));
    if (after.household && !before.household)
        add(news, std::string(texts.get(TextKey::family_news_household)));
    else if (after.household && !same_people(*before.household, *after.household))
        add(news, std::string(texts.get(TextKey::family_news_household_changed)));
    if (after.email != before.email)
        add(news, texts.format(TextKey::family_news_email, {{"email", after.email}}));
    return news;
}

} // namespace foyer::wizard::family
