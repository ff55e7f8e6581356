// A correction: an agent names fields, the family answers these anew, and nothing else.
#include "family.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace family;

namespace {

std::string problems_of_correction(const Answers& correction, const std::vector<std::string>& fields) {
    return described(form::validate_correction(entourage_form(), family::family(), correction, fields, on_the_day()));
}

} // namespace

TEST_CASE("a correction answers the named fields, and only they are checked") {
    const std::vector<std::string> fields = {"children.0.birth_date"};
    const Answers correction = {{"children.0.birth_date.day", "4"},
                                {"children.0.birth_date.month", "11"},
                                {"children.0.birth_date.year", "2020"}};
    CHECK(problems_of_correction(correction, fields).empty());
    const Answers corrected = form::corrected(entourage_form(), family::family(), correction, fields);
    CHECK(form::answer(corrected, "children.0.birth_date.day") == "4");
    CHECK(form::answer(corrected, "children.0.first_names") == "Léa");
    CHECK(corrected.size() == family::family().size());
}

TEST_CASE("a named field that is left empty is missing") {
    CHECK(problems_of_correction({}, {"children.0.birth_date"}) == "children.0.birth_date: required\n");
}

TEST_CASE("a correction changes nothing that was not named") {
    const Answers correction = {{"children.0.birth_date.day", "4"},
                                {"children.0.birth_date.month", "11"},
                                {"children.0.birth_date.year", "2020"},
                                {"children.0.first_names", "Zoé"},
                                {"children.1.born", "born"},
                                {"representatives.9.first_names", "Eve"}};
    const std::vector<std::string> fields = {"children.0.birth_date"};
    CHECK(problems_of_correction(correction, fields) == "children.0.first_names: unknown_field\n"
                                                        "children.1.born: unknown_field\n"
                                                        "representatives.9.first_names: unknown_field\n");
    CHECK(form::answer(form::corrected(entourage_form(), family::family(), correction, fields),
                       "children.0.first_names") == "Léa");
}

TEST_CASE("the people ticked in a named field are replaced by those ticked now") {
    const std::vector<std::string> fields = {"children.0.authority"};
    const Answers corrected =
        form::corrected(entourage_form(), family::family(), {{"children.0.authority.r0", "yes"}}, fields);
    CHECK(form::people_chosen(form::item_answers(corrected, "children", 0), "authority") ==
          std::vector<std::string>{"r0"});
}
