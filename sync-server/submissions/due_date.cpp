#include "submissions/due_date.h"

#include <algorithm>

namespace foyer::server {

namespace {

constexpr int USUAL_PROCESSING_DAYS = 6; // the guide's “3 à 6 jours”

Day day_in_town(UnixSeconds moment) { return time_in_paris(moment).date; }

} // namespace

HolidayRegion holidays_of(const portal::Portal& portal) {
    switch (portal.holidays) {
    case portal::Holidays::france:
        return HolidayRegion::france;
    case portal::Holidays::alsace_moselle:
        return HolidayRegion::alsace_moselle;
    case portal::Holidays::by_department:
        break;
    }
    // Moselle, Bas-Rhin and Haut-Rhin; a town's INSEE code begins with its department.
    const std::string department = portal.insee.substr(0, 2);
    return department == "57" || department == "67" || department == "68" ? HolidayRegion::alsace_moselle
                                                                          : HolidayRegion::france;
}

std::string due_by(const portal::Portal& portal, form::Procedure procedure, UnixSeconds received) {
    const portal::ProcedureDefinition* definition = portal.find(procedure);
    const int days = definition ? definition->processing_days.maximum : USUAL_PROCESSING_DAYS;
    return text_of(add_working_days(day_in_town(received), days, holidays_of(portal)));
}

std::string due_after_waiting(const portal::Portal& portal, const std::string& due_by, UnixSeconds waiting_since,
                              UnixSeconds now) {
    const HolidayRegion region = holidays_of(portal);
    const Day today = day_in_town(now);
    const std::string soonest = text_of(add_working_days(today, 1, region));
    const auto due = day_from(due_by);
    if (!due)
        return soonest;
    const int waited = working_days_between(day_in_town(waiting_since), today, region);
    return std::max(soonest, text_of(add_working_days(*due, waited, region)));
}

} // namespace foyer::server
