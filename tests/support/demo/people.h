// Invented families of a French town: names with every accent there is, several origins, double names, children born
// and expected. Nobody of these exists. Fixed telephone numbers are of a block set aside for fiction (01 99 00); that
// of mobiles (06 39 98) is Mayotte's in the numbering plan we use, so mobiles are 06 00 0…; nobody is called or written
// to, since a demonstration sends no mail.
#pragma once

#include "demo/chance.h"
#include "domain/calendar.h"
#include "store/answers.h"

#include <string>
#include <string_view>
#include <vector>

namespace foyer::demo {

using Answers = server::store::Answers;

enum class Spice {
    none,
    hostile, // some texts are HTML, scripts, spreadsheet formulas, right-to-left marks
};

struct Child {
    std::string first_names; // empty: expected, without a name yet
    std::string birth_name;
    domain::CalendarDate born; // or the day on which it is expected
    bool expected = false;
};

struct Family {
    std::string last_name;
    Answers first;  // the answers of a registration, without password and what goes with it
    Answers second; // of the other parent, as a representative of an entourage; empty: there is none
    std::vector<Child> children;
    bool english = false;
};

// Where a town's people live.
struct Place {
    std::string commune;
    std::vector<std::string> postal_codes;
};

[[nodiscard]] Family make_family(Chance& chance, const Place& place, domain::CalendarDate today, Spice spice);

// The answers of an entourage: the other parent, the children, some contacts. The account's own person is "self".
// A child that was expected may be born meanwhile.
[[nodiscard]] Answers entourage_of(Chance& chance, Family& family, const domain::CalendarDate& today);

// What a family says anew of a child that the town knows: one more first name, or another day of the same month.
void change_child(Chance& chance, Answers& child, const domain::CalendarDate& today);

// A day on which a child was expected, asked for again; when it has passed, the child is late.
void expect_again(Chance& chance, Answers& answers, const std::string& key, const domain::CalendarDate& today);

// The same person a second time: without accents, with another address of mail, or with a slip in the street.
[[nodiscard]] Answers again(Chance& chance, const Answers& registration);

// "+33600012345".
[[nodiscard]] std::string mobile_number(Chance& chance);

// What must be shown as text wherever it is shown, and never be run.
[[nodiscard]] std::string_view hostile_text(Chance& chance);

} // namespace foyer::demo
