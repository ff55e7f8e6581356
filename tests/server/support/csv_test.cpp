#include "support/csv.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer::server;
using Values = std::vector<std::string>;

namespace {

std::vector<CsvRecord> records_of(const std::string& bytes) {
    CsvReader reader(bytes);
    std::vector<CsvRecord> records;
    CsvRecord record;
    while (reader.next(record))
        records.push_back(record);
    return records;
}

} // namespace

TEST_CASE("quotes, separators and line ends inside a value are read as they are meant") {
    const std::string bytes = "a;b\r\n\"x;\"\"y\"\"\";\"two\nlines\"\r\n\r\nlast;line";
    const CsvReader reader(bytes);
    CHECK(reader.separator() == ';');
    CHECK(reader.header() == Values{"a", "b"});
    const auto records = records_of(bytes);
    REQUIRE(records.size() == 2);
    CHECK(records[0].values == Values{"x;\"y\"", "two\nlines"});
    CHECK(records[0].line == 2);
    CHECK(records[1].values == Values{"last", "line"});
    CHECK(records[1].line == 5);
}

TEST_CASE("what cannot be read is told for its line, and the lines after it are read") {
    const auto records = records_of("a,b\n\"x\"y,1\n1,2\n1\n\"open,2\n3,4\n");
    REQUIRE(records.size() == 5);
    CHECK(records[0].fault == CsvFault::text_after_quote);
    CHECK(records[1].fault == CsvFault::none);
    CHECK(records[2].fault == CsvFault::wrong_count);
    CHECK(records[3].fault == CsvFault::quote_not_closed);
    CHECK(records[4].values == Values{"3", "4"});
    CHECK(records[4].line == 6);
}

TEST_CASE("a quote that closes many lines further on hides none of the lines between") {
    const auto records = records_of("a;b\n\"Léa;1\nTom;2\nZoé;\"3\"\n");
    REQUIRE(records.size() == 3);
    CHECK(records[0].fault == CsvFault::text_after_quote);
    CHECK(records[1].values == Values{"Tom", "2"});
    CHECK(records[2].values == Values{"Zoé", "3"});
    CHECK(records[2].line == 4);
}

TEST_CASE("a line without an end and a line of a million values cost no more than others") {
    const std::string big(5'000'000, 'x');
    const std::string separators(1'000'000, ';');
    std::string quoted = "\"";
    quoted.append(5'000'000, 'y');
    const auto records = records_of("a;b\n" + big + ";1\n" + separators + "\n" + quoted + "\n" + quoted + "\"\n1;2\n");
    REQUIRE(records.size() == 5);
    CHECK(records[0].fault == CsvFault::value_too_long);
    CHECK(records[1].fault == CsvFault::too_many_values);
    CHECK(records[2].fault == CsvFault::value_too_long);
    CHECK(records[3].fault == CsvFault::value_too_long);
    CHECK(records[4].values == Values{"1", "2"});
    for (const CsvRecord& record : records)
        CHECK(record.values.size() <= MOST_CSV_VALUES);
}

TEST_CASE("a file of quotes that are never closed is read in the time of its length") {
    std::string bytes = "a;b\n";
    for (int i = 0; i < 20'000; ++i)
        bytes += "\"a\"\"b\"\"c;\n";
    CHECK(records_of(bytes).size() == 20'000);
}

TEST_CASE("lines ended by CR alone are lines") {
    const auto records = records_of("a;b\r1;2\r3;4\r");
    REQUIRE(records.size() == 2);
    CHECK(records[1].line == 3);
}

TEST_CASE("a file without a first line names no columns") {
    CHECK(CsvReader("").header().empty());
    CHECK(CsvReader("\xEF\xBB\xBF\r\n").header().empty());
    CHECK(CsvReader("\"open;a\n1;2\n").header().empty());
}

TEST_CASE("what is written is read again as it was, and no value is a formula") {
    const Values values = {"plain", "semi;colon", "quo\"te", "", "two\nlines"};
    const auto records = records_of("a;b;c;d;e\n" + write_csv_line(values));
    REQUIRE(records.size() == 1);
    CHECK(records[0].values == values);
    CHECK(write_csv_line({"=1+1", "＠A"}) == "'=1+1;'＠A\n");
}
