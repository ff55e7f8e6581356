#include "support/csv.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer::server;
using Values = std::vector<std::string>;

TEST_CASE("quotes, separators and line ends inside a value are read as they are meant") {
    const auto table = read_csv("a;b\r\n\"x;\"\"y\"\"\";\"two\nlines\"\r\n\r\nlast;line");
    REQUIRE(table);
    CHECK(table->separator == ';');
    CHECK(table->header == Values{"a", "b"});
    REQUIRE(table->records.size() == 2);
    CHECK(table->records[0].values == Values{"x;\"y\"", "two\nlines"});
    CHECK(table->records[0].line == 2);
    CHECK(table->records[1].values == Values{"last", "line"});
    CHECK(table->records[1].line == 5);
}

TEST_CASE("what cannot be read is told for its line, and the lines after it are read") {
    const auto table = read_csv("a,b\n\"x\"y,1\n1,2\n1\n\"open,2\n");
    REQUIRE(table);
    REQUIRE(table->records.size() == 4);
    CHECK(table->records[0].wrong == "there is text after a closing quote");
    CHECK(table->records[1].wrong.empty());
    CHECK(table->records[2].wrong == "it has 1 values, and the first line names 2 columns");
    CHECK(table->records[3].wrong == "a quote is opened and never closed");
}

TEST_CASE("a file without a first line is refused") {
    CHECK_FALSE(read_csv(""));
    CHECK_FALSE(read_csv("\xEF\xBB\xBF\r\n"));
}

TEST_CASE("what is written is read again as it was, and no value is a formula") {
    const Values values = {"plain", "semi;colon", "quo\"te", "", "two\nlines"};
    const auto table = read_csv("a;b;c;d;e\n" + write_csv_line(values));
    REQUIRE(table);
    REQUIRE(table->records.size() == 1);
    CHECK(table->records[0].values == values);
    CHECK(write_csv_line({"=1+1"}) == "'=1+1\n");
}
