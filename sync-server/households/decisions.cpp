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

Failure<DecisionRefusal> refusal(DecisionRefusal::Kind kind, std::string detail = {}) {
    return {DecisionRefusal{kind, std::move(detail)}};
}

// Lines and paragraphs are an agent's right; other control characters are nobody's.
bool are_good_words(const std::string& words) {
    return words.size() <= Decisions::MAXIMUM_WORDS && text::clean_line(words).is_utf8 &&
           std::none_of(words.begin(), words.end(), [](char c) {
               const auto byte = static_cast<unsigned char>(c);
               return (byte < 0x20 && c != '\n') || byte == 0x7f;
           });
}

std::optional<DecisionRefusal> judge_words(const Decision& decision) {
    const std::string& words = decision.kind == Decision::Kind::ask ? decision.message : decision.reason;
    if (decision.kind != Decision::Kind::ask && decision.kind != Decision::Kind::refuse)
        return std::nullopt;
    if (words.find_first_not_of(" \n") == std::string::npos)
        return DecisionRefusal{DecisionRefusal::Kind::reason_missing, {}};
    if (!are_good_words(words))
        return DecisionRefusal{DecisionRefusal::Kind::words_wrong, {}};
    if (decision.kind == Decision::Kind::ask && decision.fields.empty())
        return DecisionRefusal{DecisionRefusal::Kind::fields_missing, {}};
    return std::nullopt;
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

const form::FormDefinition& form_of(const portals::Published& published, std::uint16_t procedure) {
    if (procedure == static_cast<std::uint16_t>(form::Procedure::entourage))
        return published.entourage;
    return procedure == static_cast<std::uint16_t>(form::Procedure::profile) ? published.profile
                                                                             : published.registration;
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
        const auto before = domain::submission_state_from(submission.state);
        const auto next = before ? domain::after(*before, move_of(m_decision.kind)) : std::nullopt;
        if (!next)
            return refuse(DecisionRefusal::Kind::not_possible, submission.state);
        const portals::Published* published = m_around.catalogue.find(submission.revision);
        const portals::Published* current = m_around.catalogue.current(submission.portal);
        if (!published || !current)
            return refuse(DecisionRefusal::Kind::unreadable, {});

        store::DecisionEffects effects;
        effects.state = std::string(domain::name(*next));
        effects.event = {m_now, event_of(*next, m_decision.kind), words()};
        effects.changed.push_back(submission.account.id);
        if (m_decision.kind == Decision::Kind::ask && !ask(submission, *published, effects))
            return std::nullopt;
        if (m_decision.kind == Decision::Kind::accept &&
            submission.procedure == static_cast<std::uint16_t>(form::Procedure::entourage))
            make_household(view, *published, effects);
        if (m_decision.kind != Decision::Kind::take && m_decision.kind != Decision::Kind::release)
            tell(submission, current->portal, effects);
        m_state = effects.state;
        return effects;
    }

    [[nodiscard]] const std::optional<DecisionRefusal>& refused() const { return m_refusal; }
    [[nodiscard]] const std::string& state() const { return m_state; }

private:
    std::nullopt_t refuse(DecisionRefusal::Kind kind, std::string detail) {
        m_refusal = DecisionRefusal{kind, std::move(detail)};
        return std::nullopt;
    }

    [[nodiscard]] std::string words() const {
        if (m_decision.kind == Decision::Kind::refuse)
            return m_decision.reason;
        return m_decision.kind == Decision::Kind::ask ? m_decision.message : std::string();
    }

    bool ask(const store::SubmissionRecord& submission, const portals::Published& published,
             store::DecisionEffects& effects) {
        const form::FormDefinition& form = form_of(published, submission.procedure);
        store::CorrectionAsked asked{{}, m_decision.message};
        for (const std::string& written : m_decision.fields) {
            auto field = field_named(form, submission.answers, written);
            if (!field) {
                refuse(DecisionRefusal::Kind::field_unknown, written);
                return false;
            }
            if (std::find(asked.fields.begin(), asked.fields.end(), *field) == asked.fields.end())
                asked.fields.push_back(std::move(*field));
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
            message.parameters["reason"] = m_decision.reason;
            news = mail::RequestNews::refused;
        } else if (m_decision.kind == Decision::Kind::ask) {
            message.parameters["message"] = m_decision.message;
            news = mail::RequestNews::correction_asked;
        }
        effects.messages.emplace_back(submission.account.id, std::move(message));
        const store::Account& account = submission.account;
        effects.mails.push_back(mail::request_mail(
            {portal, m_around.texts(account.language), m_around.origin},
            {account.email, account.person, news, procedure, submission.number, m_decision.reason, m_mail_token}));
    }

    const DecisionSurroundings& m_around;
    const Decision& m_decision;
    UnixSeconds m_now;
    std::string m_mail_token;
    std::optional<DecisionRefusal> m_refusal;
    std::string m_state;
};

} // namespace

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
    return Decided{number, deciding.state()};
}

} // namespace foyer::server::households
