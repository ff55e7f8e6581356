#include "households/decisions.h"

#include "domain/submission_state.h"
#include "form/list.h"
#include "households/accepted_entourage.h"
#include "mail/letters.h"
#include "text/clean_line.h"
#include "wire/encoding.h"

#include <algorithm>

namespace foyer::server::households {

using domain::SubmissionMove;
using domain::SubmissionState;

namespace {

SubmissionMove move_of(Decision::Kind kind) {
    switch (kind) {
    case Decision::Kind::take:
        return SubmissionMove::take;
    case Decision::Kind::release:
        return SubmissionMove::release;
    case Decision::Kind::accept:
        return SubmissionMove::accept;
    case Decision::Kind::refuse:
        return SubmissionMove::refuse;
    case Decision::Kind::ask:
        break;
    }
    return SubmissionMove::ask;
}

Failure<DecisionRefusal> refusal(DecisionRefusal::Kind kind) { return {DecisionRefusal{kind, {}}}; }

// Lines and paragraphs are an agent's right; other control characters are nobody's.
bool are_good_words(const std::string& words) {
    return words.size() <= Decisions::MAXIMUM_WORDS && text::clean_line(words).is_utf8 &&
           std::none_of(words.begin(), words.end(), [](char c) {
               const auto byte = static_cast<unsigned char>(c);
               return (byte < 0x20 && c != '\n') || byte == 0x7f;
           });
}

bool can_be_asked_again(const form::FormField& field) {
    switch (field.definition->kind) {
    case form::FieldKind::identifier:
    case form::FieldKind::password:
    case form::FieldKind::service_key:
    case form::FieldKind::consent:
    case form::FieldKind::security_check:
    case form::FieldKind::link_part:
        return false;
    default:
        return field.definition->parts.size() == 0 || field.definition->parts[0].entry != form::Entry::hidden;
    }
}

// The field's own key for what an agent wrote: the field or one of its parts, of somebody who is there.
std::optional<std::string> field_named(const form::FormDefinition& form, const store::Answers& answers,
                                       const std::string& written) {
    const auto item = form::split_item_key(written);
    const form::ListDefinition* list = item ? form.find_list(item->list) : nullptr;
    const form::FormDefinition& owner = list ? list->item : form;
    const std::string key = list ? std::string(item->key) : written;
    const form::FormField* field = owner.find(key);
    if (!field)
        if (const auto located = form::locate(owner, key))
            field = located->field;
    if (!field || !can_be_asked_again(*field))
        return std::nullopt;
    if (!list)
        return field->key;
    const auto numbers = form::item_numbers(answers, list->key);
    if (std::find(numbers.begin(), numbers.end(), item->number) == numbers.end())
        return std::nullopt;
    return form::item_key(list->key, item->number, field->key);
}

// A line of another town is another address: line, postal code and town are asked again together.
std::vector<std::string> with_its_address(const form::FormDefinition& form, const store::Answers& answers,
                                          std::string key) {
    constexpr std::string_view ADDRESS[] = {"address", "postal_code", "commune"};
    const std::size_t name = key.rfind('.') + 1; // after "representatives.0."; 0: the form's own
    const std::string whose = key.substr(0, name);
    if (std::find(std::begin(ADDRESS), std::end(ADDRESS), std::string_view(key).substr(name)) == std::end(ADDRESS))
        return {std::move(key)};
    std::vector<std::string> keys;
    for (const std::string_view part : ADDRESS)
        if (auto field = field_named(form, answers, whose + std::string(part)))
            keys.push_back(std::move(*field));
    return keys;
}

std::string event_of(SubmissionState state, Decision::Kind kind) {
    return kind == Decision::Kind::release ? "released" : std::string(domain::name(state));
}

// Inside the transaction.
class Deciding {
public:
    Deciding(const DecisionSurroundings& around, const Decision& decision)
        : m_around(around), m_decision(decision), m_now(around.clock.now()),
          m_mail_token(wire::encode_hex(around.random.bytes(16))) {}

    std::optional<store::DecisionEffects> work(const store::DecisionView& view) {
        m_refusal.reset();
        const store::SubmissionRecord& submission = view.submission;
        m_state = submission.state;
        m_version = submission.moves();
        if (submission.pending != m_decision.settles)
            return refuse(m_decision.settles.empty() ? DecisionRefusal::Kind::pending
                                                     : DecisionRefusal::Kind::taken_back,
                          submission);
        const bool of_somebody_else =
            m_decision.by && submission.claimed_by && submission.claimed_by->id != m_decision.by->id;
        if (of_somebody_else && !(m_decision.over_claims && m_decision.kind == Decision::Kind::release))
            return refuse(DecisionRefusal::Kind::claimed, submission);
        const bool is_taken = submission.state == domain::name(SubmissionState::processing);
        if (m_decision.kind == Decision::Kind::take && is_taken && m_decision.by) {
            // One's own already: a lost answer is given again. Nobody's: it was taken at the terminal.
            if (submission.claimed_by)
                return std::nullopt;
            store::DecisionEffects effects;
            effects.state = submission.state;
            effects.event = {m_now, submission.state, {}, m_decision.by};
            return finish(submission, std::move(effects));
        }
        if (m_decision.version && *m_decision.version != submission.moves())
            return refuse(DecisionRefusal::Kind::changed, submission);
        const auto before = domain::submission_state_from(submission.state);
        const auto next = before ? domain::after(*before, move_of(m_decision.kind)) : std::nullopt;
        if (!next)
            return refuse(DecisionRefusal::Kind::not_possible, submission, submission.state);
        const portals::Published* published = m_around.catalogue.find(submission.revision);
        const portals::Published* current = m_around.catalogue.current(submission.portal);
        if (!published || !current)
            return refuse(DecisionRefusal::Kind::unreadable, submission);
        if (!find_reason(submission, current->portal))
            return refuse(DecisionRefusal::Kind::reason_unknown, submission, m_decision.reason_code);

        store::DecisionEffects effects;
        effects.state = std::string(domain::name(*next));
        effects.event = {m_now, event_of(*next, m_decision.kind), words(), m_decision.by, m_decision.reason_code};
        effects.changed.push_back(submission.account.id);
        if (m_decision.kind == Decision::Kind::ask && !ask(submission, *published, effects))
            return std::nullopt;
        if (m_decision.kind == Decision::Kind::accept &&
            submission.procedure == static_cast<std::uint16_t>(form::Procedure::entourage))
            make_household(view, *published, effects);
        if (m_decision.kind != Decision::Kind::take && m_decision.kind != Decision::Kind::release)
            tell(submission, current->portal, effects);
        return finish(submission, std::move(effects));
    }

    [[nodiscard]] const std::optional<DecisionRefusal>& refused() const { return m_refusal; }
    [[nodiscard]] const std::string& state() const { return m_state; }
    [[nodiscard]] std::int64_t version() const { return m_version; }

private:
    std::nullopt_t refuse(DecisionRefusal::Kind kind, const store::SubmissionRecord& submission,
                          std::string detail = {}) {
        m_refusal =
            DecisionRefusal{kind, std::move(detail), submission.state, submission.moves(), submission.claimed_by};
        return std::nullopt;
    }

    // What every change of an agent brings with it.
    store::DecisionEffects finish(const store::SubmissionRecord& submission, store::DecisionEffects effects) {
        if (effects.state == domain::name(SubmissionState::processing))
            effects.claim = m_decision.by;
        effects.settles = m_decision.settles;
        effects.line = m_decision.line;
        if (effects.line)
            effects.line->object = "submission:" + submission.number;
        m_state = effects.state;
        m_version = submission.moves() + 1;
        return effects;
    }

    // The refusal's words: the town's sentence in the family's language, then the agent's.
    bool find_reason(const store::SubmissionRecord& submission, const portal::Portal& portal) {
        m_reason = m_decision.reason;
        if (m_decision.kind != Decision::Kind::refuse || m_decision.reason_code.empty())
            return true;
        for (const portal::RefusalReason& reason : portal.refusal_reasons)
            if (reason.key == m_decision.reason_code) {
                m_reason = form::in_language(reason.text, submission.account.language);
                if (m_decision.reason.find_first_not_of(" \n") != std::string::npos)
                    m_reason += "\n" + m_decision.reason;
                return true;
            }
        return false;
    }

    [[nodiscard]] std::string words() const {
        if (m_decision.kind == Decision::Kind::refuse)
            return m_reason;
        return m_decision.kind == Decision::Kind::ask ? m_decision.message : std::string();
    }

    bool ask(const store::SubmissionRecord& submission, const portals::Published& published,
             store::DecisionEffects& effects) {
        const form::FormDefinition& form = form_of(published, submission.procedure);
        store::CorrectionAsked asked{{}, m_decision.message};
        for (const std::string& written : m_decision.fields) {
            auto field = field_named(form, submission.answers, written);
            if (!field) {
                refuse(DecisionRefusal::Kind::field_unknown, submission, written);
                return false;
            }
            for (std::string& key : with_its_address(form, submission.answers, std::move(*field)))
                if (std::find(asked.fields.begin(), asked.fields.end(), key) == asked.fields.end())
                    asked.fields.push_back(std::move(key));
        }
        effects.correction = std::move(asked);
        return true;
    }

    static void make_household(const store::DecisionView& view, const portals::Published& published,
                               store::DecisionEffects& effects) {
        store::HouseholdWrite write = accepted_entourage(view, published.entourage);
        for (const store::AccountId account : who_sees_the_change(view.household, after(view.household, write)))
            if (account != view.submission.account.id)
                effects.changed.push_back(account);
        effects.household = std::move(write);
    }

    void tell(const store::SubmissionRecord& submission, const portal::Portal& portal,
              store::DecisionEffects& effects) const {
        const auto procedure = form::procedure_from(submission.procedure).value_or(form::Procedure::registration);
        store::Message message{m_now,
                               effects.state,
                               {{"number", submission.number}, {"procedure", std::string(form::name(procedure))}},
                               submission.envelope_id};
        mail::RequestNews news = mail::RequestNews::accepted;
        if (m_decision.kind == Decision::Kind::refuse) {
            message.parameters["reason"] = m_reason;
            news = mail::RequestNews::refused;
        } else if (m_decision.kind == Decision::Kind::ask) {
            message.parameters["message"] = m_decision.message;
            news = mail::RequestNews::correction_asked;
        }
        effects.messages.emplace_back(submission.account.id, std::move(message));
        const store::Account& account = submission.account;
        effects.mails.push_back(mail::request_mail(
            {portal, m_around.texts(account.language), m_around.origin},
            {account.email, account.person, news, procedure, submission.number, m_reason, m_mail_token}));
    }

    const DecisionSurroundings& m_around;
    const Decision& m_decision;
    UnixSeconds m_now;
    std::string m_mail_token;
    std::optional<DecisionRefusal> m_refusal;
    std::string m_state;
    std::int64_t m_version = 0;
    std::string m_reason;
};

} // namespace

std::string_view name(Decision::Kind kind) { return domain::name(move_of(kind)); }

bool is_possible(std::string_view state, Decision::Kind kind) {
    const auto before = domain::submission_state_from(state);
    return before && domain::after(*before, move_of(kind));
}

std::optional<DecisionRefusal> judge_words(const Decision& decision) {
    const std::string& words = decision.kind == Decision::Kind::ask ? decision.message : decision.reason;
    if (decision.kind != Decision::Kind::ask && decision.kind != Decision::Kind::refuse)
        return std::nullopt;
    if (words.find_first_not_of(" \n") == std::string::npos && decision.reason_code.empty())
        return DecisionRefusal{DecisionRefusal::Kind::reason_missing, {}};
    if (!are_good_words(words))
        return DecisionRefusal{DecisionRefusal::Kind::words_wrong, {}};
    if (decision.kind == Decision::Kind::ask && decision.fields.empty())
        return DecisionRefusal{DecisionRefusal::Kind::fields_missing, {}};
    return std::nullopt;
}

const form::FormDefinition& form_of(const portals::Published& published, std::uint16_t procedure) {
    if (procedure == static_cast<std::uint16_t>(form::Procedure::entourage))
        return published.entourage;
    return procedure == static_cast<std::uint16_t>(form::Procedure::profile) ? published.profile
                                                                             : published.registration;
}

std::vector<std::string> correctable_fields(const form::FormDefinition& form, const store::Answers& answers) {
    std::vector<std::string> fields;
    for (const form::StepDefinition& step : form.steps)
        for (const form::FormField& field : step.fields)
            if (can_be_asked_again(field) && form::is_shown(field, answers))
                fields.push_back(field.key);
    for (const form::ListDefinition& list : form.lists)
        for (const unsigned number : form::item_numbers(answers, list.key)) {
            const store::Answers item = form::item_answers(answers, list.key, number);
            for (const form::FormField& field : list.item.steps.front().fields)
                if (can_be_asked_again(field) && form::is_shown(field, item))
                    fields.push_back(form::item_key(list.key, number, field.key));
        }
    return fields;
}

Result<Decided, DecisionRefusal> Decisions::decide(const std::string& portal, const std::string& number,
                                                   const Decision& decision) {
    if (auto wrong = judge_words(decision))
        return Failure{std::move(*wrong)};
    const auto submission = m_around.submissions.find_submission(portal, number);
    if (!submission)
        return refusal(DecisionRefusal::Kind::storage);
    if (!*submission)
        return refusal(DecisionRefusal::Kind::unknown);
    Deciding deciding(m_around, decision);
    const auto found = m_around.submissions.decide(
        (*submission)->id, [&](const store::DecisionView& view) { return deciding.work(view); });
    if (!found)
        return refusal(DecisionRefusal::Kind::storage);
    if (!*found)
        return refusal(DecisionRefusal::Kind::unknown);
    if (deciding.refused())
        return Failure{*deciding.refused()};
    m_around.on_decided();
    return Decided{number, deciding.state(), deciding.version()};
}

} // namespace foyer::server::households
