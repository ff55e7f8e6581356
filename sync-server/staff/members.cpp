#include "staff/members.h"

#include "domain/email_address.h"
#include "domain/password.h"
#include "text/clean_line.h"

namespace foyer::server::staff {

using store::StaffId;
using store::StaffMember;

namespace {

Failure<MemberFailure> refused(MemberRefusal refusal) { return {MemberFailure{refusal}}; }

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : ",") + text;
    return all;
}

void judge_services(const portal::Portal& town, const std::vector<std::string>& services,
                    std::vector<Problem>& problems) {
    for (const std::string& service : services)
        if (!town.find_service(service)) {
            problems.push_back({"services", ProblemCode::unknown_choice, Severity::error, {}});
            return;
        }
}

} // namespace

Result<std::string, Problem> named(std::string_view typed, std::string_view field) {
    const auto problem = [&](ProblemCode code, std::vector<Problem::Detail> details = {}) {
        return Failure{Problem{std::string(field), code, Severity::error, std::move(details)}};
    };
    text::CleanLine line = text::clean_line(typed);
    if (!line.is_utf8)
        return problem(ProblemCode::not_text);
    if (!line.forbidden.empty())
        return problem(ProblemCode::forbidden_characters, {{"characters", text::code_point_names(line.forbidden)}});
    if (line.text.empty())
        return problem(ProblemCode::required);
    if (line.text.size() > Members::MAXIMUM_NAME_BYTES)
        return problem(ProblemCode::too_long, {{"maximum", std::to_string(Members::MAXIMUM_NAME_BYTES)}});
    return std::move(line.text);
}

// Twenty of these 32 letters and digits, none of which looks like another: 100 random bits, read out over a desk.
std::optional<Members::Temporary> Members::temporary_password() {
    constexpr std::string_view ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789+";
    static_assert(ALPHABET.size() == 32);
    constexpr std::size_t GROUP = 5;
    Temporary temporary;
    const std::string random = m_around.random.bytes(20);
    for (std::size_t i = 0; i < random.size(); ++i) {
        if (i > 0 && i % GROUP == 0)
            temporary.password += '-';
        temporary.password += ALPHABET[static_cast<unsigned char>(random[i]) % ALPHABET.size()];
    }
    auto hash = m_around.hasher.hash(domain::bytes_to_hash(temporary.password));
    if (!hash)
        return std::nullopt;
    temporary.hash = std::move(*hash);
    return temporary;
}

Result<NewPassword, MemberFailure> Members::add(const portal::Portal& town, const std::string& actor,
                                                const MemberWish& wish) {
    std::vector<Problem> problems;
    const auto email = domain::EmailAddress::parse(wish.email);
    if (!email)
        problems.push_back({"email", email.error().code, Severity::error, email.error().details});
    const auto name = named(wish.name, "name");
    if (!name)
        problems.push_back(name.error());
    judge_services(town, wish.services, problems);
    if (!problems.empty())
        return Failure{MemberFailure{std::move(problems)}};
    const auto temporary = temporary_password();
    if (!temporary)
        return refused(MemberRefusal::unavailable);
    const UnixSeconds now = m_around.clock.now();
    const auto added = m_around.staff.add_staff(
        {town.slug, email->text(), email->folded(), *name, wish.role, wish.services, temporary->hash,
         now + TEMPORARY_PASSWORD_SECONDS, now},
        {town.slug,
         now,
         actor,
         "staff.add",
         {},
         {{"role", std::string(store::name(wish.role))}, {"services", joined(wish.services)}}});
    if (!added)
        return refused(MemberRefusal::unavailable);
    if (!*added)
        return refused(MemberRefusal::email_taken);
    auto member = m_around.staff.find_staff(town.slug, **added);
    if (!member || !*member)
        return refused(MemberRefusal::unavailable);
    return NewPassword{std::move(**member), temporary->password};
}

Result<StaffMember, MemberFailure> Members::change(const portal::Portal& town, const std::string& actor, StaffId staff,
                                                   const MemberChange& change) {
    std::vector<Problem> problems;
    const UnixSeconds now = m_around.clock.now();
    store::StaffChange wanted{town.slug, staff};
    store::NewAuditLine line{town.slug, now, actor, "staff.change", "staff:" + std::to_string(staff.number())};
    if (change.name) {
        auto name = named(*change.name, "name");
        if (name)
            wanted.name = std::move(name).value();
        else
            problems.push_back(name.error());
        line.details["name"] = "changed";
    }
    if (change.services) {
        judge_services(town, *change.services, problems);
        wanted.services = change.services;
        line.details["services"] = joined(*change.services);
    }
    if (!problems.empty())
        return Failure{MemberFailure{std::move(problems)}};
    wanted.role = change.role;
    if (change.role)
        line.details["role"] = std::string(store::name(*change.role));
    wanted.disabled = change.disabled;
    if (change.disabled)
        line.details["disabled"] = *change.disabled ? "yes" : "no";
    wanted.now = now;
    wanted.keeps_an_administrator = actor != TERMINAL;
    const auto outcome = m_around.staff.change_staff(wanted, line);
    if (!outcome)
        return refused(MemberRefusal::unavailable);
    if (*outcome == store::StaffChangeOutcome::unknown)
        return refused(MemberRefusal::unknown);
    if (*outcome == store::StaffChangeOutcome::last_administrator)
        return refused(MemberRefusal::last_administrator);
    auto member = m_around.staff.find_staff(town.slug, staff);
    if (!member || !*member)
        return refused(MemberRefusal::unavailable);
    return std::move(**member);
}

Result<NewPassword, MemberFailure> Members::reset(const portal::Portal& town, const std::string& actor, StaffId staff) {
    const auto known = m_around.staff.find_staff(town.slug, staff);
    if (!known)
        return refused(MemberRefusal::unavailable);
    if (!*known)
        return refused(MemberRefusal::unknown);
    const auto temporary = temporary_password();
    if (!temporary)
        return refused(MemberRefusal::unavailable);
    const UnixSeconds now = m_around.clock.now();
    const auto done =
        m_around.staff.reset_staff({town.slug, staff, temporary->hash, now + TEMPORARY_PASSWORD_SECONDS},
                                   {town.slug, now, actor, "staff.reset", "staff:" + std::to_string(staff.number())});
    if (!done)
        return refused(MemberRefusal::unavailable);
    if (!*done)
        return refused(MemberRefusal::unknown);
    auto member = m_around.staff.find_staff(town.slug, staff);
    if (!member || !*member)
        return refused(MemberRefusal::unavailable);
    return NewPassword{std::move(**member), temporary->password};
}

} // namespace foyer::server::staff
