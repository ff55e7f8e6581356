#include "desk/resending.h"

#include "mail/letters.h"
#include "wire/encoding.h"

namespace foyer::server::desk {

namespace {

// What the mail said, if that is still how the request stands.
std::optional<mail::RequestNews> news_of(const store::LoggedMail& mail) {
    if (mail.kind == "request_accepted" && mail.submission_state == "accepted")
        return mail::RequestNews::accepted;
    if (mail.kind == "request_refused" && mail.submission_state == "refused")
        return mail::RequestNews::refused;
    if (mail.kind == "correction_asked" && mail.submission_state == "waiting")
        return mail::RequestNews::correction_asked;
    return std::nullopt;
}

} // namespace

Result<ResendOutcome, store::StoreError> Resending::resend(const portals::Published& town, std::int64_t id,
                                                           const store::NewAuditLine& line) {
    const auto found = m_around.queue.logged_mail(town.portal.slug, id);
    if (!found)
        return Failure{found.error()};
    if (!*found)
        return ResendOutcome::unknown;
    const store::LoggedMail& mail = **found;
    if (mail.state == "queued") {
        if (const auto hurried = m_around.queue.hurry_mail(id, line.at, line); !hurried)
            return Failure{hurried.error()};
        m_around.on_mail();
        return ResendOutcome::queued;
    }
    if (!mail.account)
        return ResendOutcome::not_possible;
    const auto account = m_around.accounts.find(*mail.account);
    if (!account)
        return Failure{account.error()};
    if (!*account)
        return ResendOutcome::not_possible;
    if (mail.kind == "activation" && (*account)->state == store::AccountState::pending) {
        if (const auto told = m_around.audit.add_audit_line(line); !told)
            return Failure{told.error()};
        m_around.service.send_activation_again(town, **account);
        return ResendOutcome::queued;
    }
    const auto news = news_of(mail);
    const auto procedure = mail.procedure ? form::procedure_from(*mail.procedure) : std::nullopt;
    if (!news || !mail.submission || !procedure)
        return ResendOutcome::not_possible;
    const mail::Letterhead head{town.portal, m_around.texts((*account)->language), m_around.origin};
    const std::string token = wire::encode_hex(m_around.random.bytes(16));
    const auto sent =
        m_around.queue.send_again(mail::request_mail(head, {(*account)->email, (*account)->person, *news, *procedure,
                                                            *mail.submission, mail.submission_note, token}),
                                  *mail.account, *mail.submission, line.at, line);
    if (!sent)
        return Failure{sent.error()};
    m_around.on_mail();
    return ResendOutcome::queued;
}

} // namespace foyer::server::desk
