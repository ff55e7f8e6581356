// The finished registration on its way: sent once, and what becomes of it. Internal to the wizard.
#pragma once

#include "wizard/action.h"
#include "wizard/turn.h"

namespace foyer::wizard {

// All steps are known to be complete. The password leaves the state with the envelope.
void submit_registration(const Turn& turn);
void submission_moved(const Turn& turn, const SubmissionState& action);
// Whether one that another visit has made is still on this device.
void registration_on_device(const Turn& turn, const OnDevice& action);
// From a refusal back to the first field it is about.
void mend_submission(const Turn& turn);
// Another person's turn: nothing of the last one remains.
void clear_registration(const Turn& turn);

} // namespace foyer::wizard
