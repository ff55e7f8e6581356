// How the staff's work looks as JSON. For the routes of the staff only.
#pragma once

#include "desk/detail.h"
#include "routes/staff_call.h"
#include "store/queue.h"

namespace foyer::server::routes {

// Whose queue a caller sees: an agent of some services sees theirs.
[[nodiscard]] store::QueueScope scope_of(const StaffCall& call);
// The view and the filters of the query; nothing: something in it is not as it should be.
[[nodiscard]] std::optional<store::QueueQuestion> queue_question_of(const http::Request& request,
                                                                    const StaffCall& call);
[[nodiscard]] store::Colleague colleague_of(const StaffCall& call);

[[nodiscard]] wire::Json json_of(const store::Colleague& colleague);
[[nodiscard]] wire::Json json_of(const std::optional<store::Colleague>& colleague);
[[nodiscard]] wire::Json json_of(const std::vector<store::Colleague>& colleagues);
[[nodiscard]] wire::Json json_of(const std::vector<desk::Row>& rows);
[[nodiscard]] wire::Json json_of(const store::LoggedMail& mail);
[[nodiscard]] wire::Json json_of(const std::vector<store::Mark>& marks);
[[nodiscard]] std::string name_of(const store::Person& person);
[[nodiscard]] std::string procedure_name(std::uint16_t procedure);

// The request the path names, if the caller may see it; else the answer that says there is none.
[[nodiscard]] Result<store::SubmissionRecord, http::Reply>
submission_of(const Surroundings& around, const http::Request& request, const StaffCall& call);

} // namespace foyer::server::routes
