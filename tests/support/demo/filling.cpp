#include "demo/filling.h"

#include "base/problem.h"
#include "domain/password.h"
#include "domain/submission_state.h"
#include "form/list.h"
#include "household/people.h"
#include "households/decisions.h"
#include "households/known.h"
#include "security/passwords.h"
#include "security/tokens.h"
#include "store/person_key.h"
#include "submissions/arrivals.h"
#include "support/time_text.h"
#include "wire/receipt.h"

#include <array>
#include <deque>
#include <map>
#include <queue>
#include <utility>

namespace foyer::demo {

namespace {

using namespace foyer::server;
using households::Decision;

constexpr UnixSeconds MINUTE = 60;
constexpr UnixSeconds HOUR = 3600;
constexpr UnixSeconds DAY = 24 * HOUR;
constexpr std::size_t FAMILIES_AT_ONCE = 240; // that may still send something
constexpr std::array<std::string_view, 6> REFUSALS = {
    "Le dossier est en double : votre première demande est déjà traitée.",
    "Vous n’habitez pas la commune. Adressez-vous à la mairie de votre domicile.",
    "La date de naissance de l’enfant ne correspond pas à l’acte que vous nous avez remis.",
    "L’autorité parentale n’a pas pu être vérifiée.\nMerci de passer en mairie avec le livret de famille.",
    "Demande sans suite de votre part malgré deux rappels.",
    "Le nombre d’enfants déclarés ne correspond pas à votre dossier : appelez-nous, nous le reprendrons ensemble."};
constexpr std::array<std::string_view, 4> CORRECTIONS = {
    "Merci de vérifier ces réponses : elles ne correspondent pas aux documents remis.",
    "La date semble inversée, pouvez-vous la relire ?", "Il manque un chiffre au numéro de téléphone.",
    "Merci d’écrire le nom comme sur l’acte de naissance."};
constexpr std::array<std::string_view, 3> BAD_KEYS = {"7KQ2-M4XW-0T9C", "AAAA-BBBB-CCCC", "1234-5678-9012"};

constexpr std::string_view EXPECTED_DATE = ".expected_date"; // of a child

class MovedClock final : public Clock {
public:
    UnixSeconds at = 0;
    [[nodiscard]] UnixSeconds now() const override { return at; }
};

class SeededRandom final : public security::RandomSource {
public:
    explicit SeededRandom(std::uint64_t seed) : m_chance(seed) {}
    std::string bytes(std::size_t count) override {
        std::string text;
        text.reserve(count + 8);
        while (text.size() < count) {
            std::uint64_t eight = m_chance.next();
            for (int i = 0; i < 8; ++i, eight >>= 8U)
                text += static_cast<char>(eight & 0xffU);
        }
        text.resize(count);
        return text;
    }

private:
    Chance m_chance;
};

// A family that may send something more.
struct Sender {
    Family family;
    store::Account account;
    std::string device; // thumbprint
    std::string envelope_id;
    bool has_entourage = false;
};

// What happens later to a request that has arrived.
struct Later {
    enum class What { activate, take, accept, refuse, ask, correct, withdraw };
    UnixSeconds at = 0;
    std::uint64_t order = 0; // of two at the same instant, the earlier planned
    What what = What::take;
    std::string number;
    std::string envelope_id;
    std::string device;
    store::AccountId account;
    bool operator<(const Later& other) const { // the soonest is the greatest: on top of the heap
        return at != other.at ? at > other.at : order > other.order;
    }
};

std::string uuid_bytes(SeededRandom& random, UnixSeconds at) {
    std::string bytes = random.bytes(16);
    const std::uint64_t milliseconds = static_cast<std::uint64_t>(at) * 1000;
    for (unsigned i = 0; i < 6; ++i)
        bytes[i] = static_cast<char>((milliseconds >> (40U - 8U * i)) & 0xffU);
    bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0fU) | 0x70U);
    bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3fU) | 0x80U);
    return bytes;
}

std::string why(const IntakeRefusal& refusal) {
    if (const auto* sealed = std::get_if<SealedRefusal>(&refusal)) {
        std::string text = "an invented request breaks the rules (" + sealed->code + ")";
        for (const Problem& problem : sealed->problems)
            if (problem.severity == Severity::error)
                text += "; " + problem.field + ": " + std::string(name(problem.code));
        return text;
    }
    if (const auto* obstacle = std::get_if<IntakeObstacle>(&refusal))
        return "an invented request was not taken (" + std::to_string(static_cast<int>(*obstacle)) + ")";
    return "the database could not be written";
}

class Filling {
public:
    Filling(const House& house, const portals::Published& town, const Wishes& wishes)
        : m_house(house), m_town(town), m_wishes(wishes), m_chance(wishes.seed), m_random(wishes.seed + 1),
          m_place{town.portal.name, town.portal.postal_codes}, m_intake{.keys = m_keys,
                                                                        .catalogue = house.catalogue,
                                                                        .submissions = house.stores.submissions,
                                                                        .accounts = house.stores.accounts,
                                                                        .households = house.stores.households,
                                                                        .clock = m_clock,
                                                                        .random = m_random,
                                                                        .reference = house.reference,
                                                                        .texts = house.texts,
                                                                        .origin = house.origin},
          m_decisions({house.stores.submissions, house.catalogue, m_clock, m_random, house.texts, house.origin}) {}

    Result<Filled, std::string> run() {
        if (m_wishes.accounts_can_log_in) {
            security::PasswordHasher hasher(m_random, 1);
            m_password_hash = hasher.hash(domain::bytes_to_hash(FAMILY_PASSWORD)).value_or("");
        }
        for (std::size_t i = 0; i < m_wishes.requests; ++i) {
            const UnixSeconds at = instant_of(i);
            if (!live_until(at) || !send_one(at))
                return Failure{m_trouble};
            if (m_wishes.accounts_can_log_in && i % 500 == 499 && !send_mails())
                return Failure{m_trouble};
        }
        if (!live_until(m_wishes.now) || !send_mails())
            return Failure{m_trouble};
        return m_filled;
    }

private:
    // Ever more often towards the end: half of all requests lie in the last quarter of the time.
    [[nodiscard]] UnixSeconds instant_of(std::size_t i) const {
        const double left = 1.0 - (static_cast<double>(i) + 1) / static_cast<double>(m_wishes.requests + 1);
        const double span = static_cast<double>(m_wishes.days) * static_cast<double>(DAY);
        return m_wishes.now - static_cast<UnixSeconds>(span * left * left);
    }

    bool fail(std::string sentence) {
        m_trouble = std::move(sentence);
        return false;
    }

    // ---- what arrives ----

    bool send_one(UnixSeconds at) {
        m_clock.at = at;
        const std::size_t dice = m_chance.below(100);
        if (!m_senders.empty()) {
            Sender& sender = m_senders[m_chance.below(m_senders.size())];
            if (dice < 36 && !sender.has_entourage)
                return send_entourage(sender);
            if (dice < 42 && sender.has_entourage)
                return send_change(sender);
            if (dice < 50)
                return send_profile(sender);
            if (dice < 54)
                return send_twice(sender);
        }
        return send_registration(make_family(m_chance, m_place, domain::date_in_paris(at), m_wishes.spice));
    }

    [[nodiscard]] Answers known_fields(const form::FormDefinition& form, const Answers& answers) const {
        Answers kept;
        for (const auto& [key, value] : answers)
            if (form::locate(form, key))
                kept.emplace(key, value);
        return kept;
    }

    bool send_registration(Family family) {
        Sender sender;
        sender.family = std::move(family);
        Answers answers = known_fields(m_town.registration, sender.family.first);
        answers["identifier"] = identifier_for(sender.family);
        answers["password"] = FAMILY_PASSWORD;
        answers["consent"] = "yes";
        answers["security_check.asked"] = "boat";
        answers["security_check.chosen"] = "boat";
        if (form::locate(m_town.registration, "service_key.enfance") && m_chance.percent(6))
            if (const auto located = form::locate(m_town.registration, "service_key.enfance");
                located->field->preset.empty())
                answers["service_key.enfance"] = m_chance.pick(BAD_KEYS);
        sender.device = m_random.bytes(32);
        const auto number = receive(form::Procedure::registration, answers, sender);
        if (number.empty())
            return false;
        const auto record = m_house.stores.submissions.find_submission(m_town.portal.slug, number);
        if (!record || !*record)
            return fail("the database could not be read");
        sender.account = (*record)->account;
        if (!m_house.stores.accounts.bind_device(m_town.portal.slug, sender.device, "key", sender.account.id,
                                                 m_clock.at, m_chance.percent(60) ? "Firefox, Android" : "Safari, iOS"))
            return fail("the database could not be written");
        if (m_wishes.accounts_can_log_in && (!finish_password() || !plan_activation(sender)))
            return false;
        plan_decision(number, sender);
        m_senders.push_back(std::move(sender));
        if (m_senders.size() > FAMILIES_AT_ONCE)
            m_senders.pop_front();
        return true;
    }

    bool send_entourage(Sender& sender) {
        sender.has_entourage = true;
        const Answers answers =
            known_fields(m_town.entourage, entourage_of(m_chance, sender.family, domain::date_in_paris(m_clock.at)));
        return send_as(sender, form::Procedure::entourage, answers);
    }

    // Something of a child has changed, or a child is born. Only once the town knows the family; else a second
    // declaration of the same people, which agents meet too.
    bool send_change(Sender& sender) {
        const auto known = households::known_to(sender.account.id, m_house.stores.households, m_house.stores.accounts);
        if (!known)
            return fail("the database could not be read");
        std::vector<const household::KnownPerson*> children;
        for (const household::KnownPerson& person : *known)
            if (person.kind == form::PersonKind::child)
                children.push_back(&person);
        const form::ListDefinition* list = m_town.entourage.find_list(form::CHILDREN);
        if (children.empty() || !list)
            return send_profile(sender);
        Answers item = household::to_change(*m_chance.pick(children), list->item, *known);
        change_child(m_chance, item, domain::date_in_paris(m_clock.at));
        Answers answers;
        form::put_item(answers, form::CHILDREN, 0, item);
        return send_as(sender, form::Procedure::entourage, answers);
    }

    bool send_profile(Sender& sender) {
        Answers answers = known_fields(m_town.profile, sender.family.first);
        if (m_chance.percent(60)) {
            answers["address"] = std::to_string(m_chance.between(1, 90)) + " rue de la Paix";
            sender.family.first["address"] = answers["address"];
        } else {
            answers["mobile"] = mobile_number(m_chance);
            sender.family.first["mobile"] = answers["mobile"];
        }
        answers["email"] = sender.account.email;
        return send_as(sender, form::Procedure::profile, answers);
    }

    bool send_twice(const Sender& sender) {
        Family family = sender.family;
        family.first = again(m_chance, sender.family.first);
        return send_registration(std::move(family));
    }

    bool send_as(const Sender& sender, form::Procedure procedure, const Answers& answers) {
        const std::string number = receive(procedure, answers, sender);
        if (number.empty())
            return false;
        plan_decision(number, sender);
        return true;
    }

    // The number it got; empty: m_trouble says why not.
    std::string receive(form::Procedure procedure, const Answers& answers, const Sender& sender,
                        const std::string& corrects = {}) {
        const std::string id_bytes = uuid_bytes(m_random, m_clock.at);
        const auto id = wire::Uuid::from_bytes(id_bytes);
        security::VerifiedRequest request;
        request.thumbprint = sender.device;
        request.digest = security::sha256(id_bytes);
        const std::string no_body;
        const store::Reception online = {};
        Arrival arrival{*id, no_body, request, {}, m_clock.at, domain::date_in_paris(m_clock.at), online};
        arrival.form.published = &m_town;
        arrival.form.revision = m_town.revision;
        arrival.form.payload.procedure = procedure;
        arrival.form.payload.language = sender.family.english ? "en" : "fr";
        arrival.form.payload.filled_at = rfc3339(filled_at());
        arrival.form.payload.answers = answers;
        arrival.form.payload.account = sender.account.reference;
        arrival.form.payload.corrects = corrects;
        auto accepted = corrects.empty() ? receive_first(procedure, arrival) : receive_correction(m_intake, arrival);
        if (!accepted) {
            fail(why(accepted.error()));
            return {};
        }
        m_envelope_id = id->text();
        const auto receipt = wire::read_receipt(accepted->receipt);
        if (!receipt) {
            fail("a request was not stored (" + std::to_string(static_cast<int>(accepted->kind)) + ")");
            return {};
        }
        if (corrects.empty()) {
            ++m_filled.requests;
            ++m_filled.by_procedure[std::string(form::name(procedure))];
            (m_filled.first_number.empty() ? m_filled.first_number : m_filled.last_number) = receipt->number;
        }
        return receipt->number;
    }

    Result<store::Accepted, IntakeRefusal> receive_first(form::Procedure procedure, const Arrival& arrival) {
        if (procedure == form::Procedure::entourage)
            return receive_entourage(m_intake, arrival);
        return procedure == form::Procedure::profile ? receive_profile(m_intake, arrival)
                                                     : receive_registration(m_intake, arrival);
    }

    // Most are sent at once; some wait on a device without a network; a few devices have a wrong clock.
    UnixSeconds filled_at() {
        if (m_chance.in_thousand(6))
            return m_clock.at + m_chance.between(3, 400) * DAY;
        if (m_chance.percent(8))
            return m_clock.at - m_chance.between(1, 96) * HOUR;
        return m_clock.at - m_chance.between(0, 20) * MINUTE;
    }

    std::string identifier_for(const Family& family) {
        // Now and then somebody wants the name of the one before.
        if (!m_last_identifier.empty() && m_chance.percent(2))
            return m_last_identifier;
        const std::string email = store::answer_in(family.first, "email");
        m_last_identifier = email.substr(0, email.find('@')) + "." + std::to_string(m_filled.requests + 1);
        return m_last_identifier.size() > 64 ? m_last_identifier.substr(m_last_identifier.size() - 64)
                                             : m_last_identifier;
    }

    // ---- what becomes of it ----

    void plan(Later::What what, UnixSeconds at, const std::string& number, const Sender& sender) {
        m_later.push({at, ++m_planned, what, number, m_envelope_id, sender.device, sender.account.id});
    }

    bool plan_activation(const Sender& sender) {
        if (m_chance.percent(93))
            plan(Later::What::activate, m_clock.at + m_chance.between(2, 600) * MINUTE, {}, sender);
        return true;
    }

    void plan_decision(const std::string& number, const Sender& sender) {
        const UnixSeconds now = m_clock.at;
        if (m_chance.in_thousand(15)) // lost under the pile: late one day
            return;
        if (m_chance.percent(2)) {
            plan(Later::What::withdraw, now + m_chance.between(1, 40) * HOUR, number, sender);
            return;
        }
        const UnixSeconds delay =
            m_chance.percent(6) ? m_chance.between(8 * 24, 20 * 24) * HOUR : m_chance.between(6, 5 * 24) * HOUR;
        if (m_chance.percent(50))
            plan(Later::What::take, now + delay * m_chance.between(20, 90) / 100, number, sender);
        const std::size_t dice = m_chance.below(100);
        if (dice < 81) {
            plan(Later::What::accept, now + delay, number, sender);
        } else if (dice < 90) {
            plan(Later::What::refuse, now + delay, number, sender);
        } else {
            plan(Later::What::ask, now + delay, number, sender);
            if (dice < 96) {
                const UnixSeconds answered = now + delay + m_chance.between(3, 90) * HOUR;
                plan(Later::What::correct, answered, number, sender);
                plan(Later::What::accept, answered + m_chance.between(4, 60) * HOUR, number, sender);
            }
        }
    }

    bool live_until(UnixSeconds until) {
        while (!m_later.empty() && m_later.top().at <= until) {
            const Later later = m_later.top();
            m_later.pop();
            m_clock.at = later.at;
            if (!happen(later))
                return false;
        }
        return true;
    }

    bool happen(const Later& later) {
        switch (later.what) {
        case Later::What::activate:
            return activate(later);
        case Later::What::correct:
            return correct(later);
        case Later::What::withdraw:
            return withdraw(later);
        default:
            return decide(later);
        }
    }

    bool decide(const Later& later) {
        Decision decision;
        switch (later.what) {
        case Later::What::accept:
            decision.kind = Decision::Kind::accept;
            break;
        case Later::What::refuse:
            decision.kind = Decision::Kind::refuse;
            decision.reason = m_chance.pick(REFUSALS);
            break;
        case Later::What::ask:
            decision.kind = Decision::Kind::ask;
            decision.message = m_chance.pick(CORRECTIONS);
            decision.fields = fields_to_ask(later.number);
            if (decision.fields.empty())
                return fail("the database could not be read");
            break;
        default:
            break;
        }
        if (!m_house.staff.empty()) {
            // Whoever takes a request decides about it.
            const store::Colleague& by =
                m_house.staff[static_cast<std::size_t>(later.account.number()) % m_house.staff.size()];
            decision.by = by;
            decision.line = store::NewAuditLine{m_town.portal.slug,
                                                later.at,
                                                "staff:" + std::to_string(by.id.number()),
                                                "submission." + std::string(households::name(decision.kind)),
                                                {},
                                                {}};
        }
        const auto decided = m_decisions.decide(m_town.portal.slug, later.number, decision);
        if (decided) {
            ++m_filled.by_event[decided->state];
            const auto login = m_logins.find(later.account.number());
            if (decided->state == "accepted" && login != m_logins.end() && !std::exchange(m_shown, true))
                m_filled.login = login->second;
        } else if (decided.error().kind != households::DecisionRefusal::Kind::not_possible)
            return fail("a decision about " + later.number + " was refused (" +
                        std::to_string(static_cast<int>(decided.error().kind)) + " " + decided.error().detail + ")");
        return true;
    }

    // As accounts/withdrawals.h does for a device that asks it to.
    bool withdraw(const Later& later) {
        const auto record = m_house.stores.submissions.find_submission(m_town.portal.slug, later.number);
        if (!record || !*record)
            return fail("the database could not be read");
        bool moved = false;
        const auto found = m_house.stores.submissions.decide(
            (*record)->id, [&](const store::DecisionView& view) -> std::optional<store::DecisionEffects> {
                const auto before = domain::submission_state_from(view.submission.state);
                const auto next = before ? domain::after(*before, domain::SubmissionMove::withdraw) : std::nullopt;
                moved = next.has_value();
                if (!moved)
                    return std::nullopt;
                store::DecisionEffects effects;
                effects.state = domain::name(*next);
                effects.event = {later.at, effects.state, {}};
                effects.messages.emplace_back(
                    later.account,
                    store::Message{later.at, "withdrawn", {{"number", later.number}}, view.submission.envelope_id});
                effects.changed.push_back(later.account);
                return effects;
            });
        if (moved)
            ++m_filled.by_event["withdrawn"];
        return found ? true : fail("the database could not be written");
    }

    std::vector<std::string> fields_to_ask(const std::string& number) {
        const auto record = m_house.stores.submissions.find_submission(m_town.portal.slug, number);
        if (!record || !*record)
            return {};
        if ((*record)->procedure != static_cast<std::uint16_t>(form::Procedure::entourage))
            return {"birth_date", "mobile"};
        const auto numbers = form::item_numbers((*record)->answers, form::CHILDREN);
        if (numbers.empty())
            return {"representatives.0.mobile"};
        const std::string child = "children." + std::to_string(numbers.front());
        const bool expected = store::answer_in((*record)->answers, child + ".born") == "expected";
        return {expected ? child + std::string(EXPECTED_DATE) : child + ".birth_date", child + ".birth_name"};
    }

    bool correct(const Later& later) {
        const auto record = m_house.stores.submissions.find_submission(m_town.portal.slug, later.number);
        if (!record)
            return fail("the database could not be read");
        if (!*record || (*record)->state != "waiting")
            return true; // decided otherwise meanwhile
        Sender sender;
        sender.account = (*record)->account;
        sender.device = later.device;
        Answers answers;
        for (const std::string& field : (*record)->correction->fields) {
            for (const auto& [key, value] : (*record)->answers)
                if (key == field || key.rfind(field + ".", 0) == 0)
                    answers.emplace(key, value);
            if (field.size() > EXPECTED_DATE.size() &&
                field.compare(field.size() - EXPECTED_DATE.size(), std::string::npos, EXPECTED_DATE) == 0)
                expect_again(m_chance, answers, field, domain::date_in_paris(m_clock.at));
        }
        const auto procedure = form::procedure_from((*record)->procedure).value_or(form::Procedure::registration);
        if (receive(procedure, answers, sender, later.envelope_id).empty())
            return false;
        ++m_filled.by_event["corrected"];
        return true;
    }

    // ---- accounts and mails ----

    bool finish_password() {
        const auto job = m_house.stores.submissions.next_password_job(m_last_job);
        if (!job || !*job)
            return fail("the database could not be read");
        m_last_job = (*job)->sequence;
        return m_house.stores.submissions.finish_password_job(**job, m_password_hash)
                   ? true
                   : fail("the database could not be written");
    }

    bool activate(const Later& later) {
        const auto view = m_house.stores.accounts.activation(later.account);
        if (!view || !*view || (*view)->tokens.empty())
            return fail("the database could not be read");
        store::Activation activation;
        activation.account = later.account;
        activation.key_hash = (*view)->tokens.front().key_hash;
        activation.now = m_clock.at;
        if (!(*view)->account.identifier) {
            const std::string other = "autre." + std::to_string(later.account.number());
            activation.identifier = store::Activation::Identifier{other, other};
        }
        const std::string login =
            activation.identifier ? activation.identifier->text : (*view)->account.identifier.value_or("");
        if (m_filled.login.empty())
            m_filled.login = login;
        m_logins.emplace(later.account.number(), login);
        return m_house.stores.accounts.activate(activation) ? true : fail("the database could not be written");
    }

    // Every mail has left but a few: an address that does not exist, and the last ones, which wait for their turn.
    bool send_mails() {
        if (!m_wishes.accounts_can_log_in)
            return true;
        while (true) {
            const auto mails = m_house.stores.mails.lease(500, m_wishes.now + DAY, m_wishes.now + 2 * DAY);
            if (!mails)
                return fail("the database could not be written");
            for (const store::QueuedMail& mail : *mails) {
                const bool dead = m_chance.in_thousand(18);
                const auto done =
                    dead ? m_house.stores.mails.mark_dead(mail.id, "550 5.1.1 no such mailbox", mail.created_at)
                         : m_house.stores.mails.mark_sent(mail.id, true, mail.created_at + 2);
                if (!done)
                    return fail("the database could not be written");
            }
            if (mails->size() < 500)
                return true;
        }
    }

    const House& m_house;
    const portals::Published& m_town;
    const Wishes m_wishes;
    Chance m_chance;
    SeededRandom m_random;
    const Place m_place;
    MovedClock m_clock;
    const security::ServerKeys m_keys = security::ServerKeys::generate(); // nothing here is sealed
    const IntakeSurroundings m_intake;
    households::Decisions m_decisions;

    std::deque<Sender> m_senders;
    std::priority_queue<Later> m_later;
    std::uint64_t m_planned = 0;
    std::int64_t m_last_job = 0;
    std::string m_password_hash;
    std::string m_envelope_id; // of the last one that arrived
    std::string m_last_identifier;
    std::map<std::int64_t, std::string> m_logins; // of accounts that are active
    bool m_shown = false;                         // a family that has been accepted is the one to look at
    std::string m_trouble;
    Filled m_filled;
};

} // namespace

Result<Filled, std::string> fill_town(const House& house, const std::string& slug, const Wishes& wishes) {
    const portals::Published* town = house.catalogue.current(slug);
    if (!town)
        return Failure{"there is no town “" + slug + "”"};
    return Filling(house, *town, wishes).run();
}

} // namespace foyer::demo
