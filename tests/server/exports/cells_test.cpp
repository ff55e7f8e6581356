// What leaves in a cell and in a line of a calendar, byte by byte.
#include "exports/icalendar.h"
#include "support/csv.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer::server;
using namespace foyer::server::exports;

namespace {

std::string csv_record(const std::vector<std::string>& cells, char separator) {
    return write_csv_line(cells, separator, CsvQuotes::everywhere);
}

} // namespace

TEST_CASE("a cell that a spreadsheet would run is told apart by an apostrophe") {
    for (const char* formula : {"=1+1", "+33612345678", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|'/C calc'!A0",
                                "＝1", "＋1", "－1", "＠A"})
        CHECK(defused(formula) == "'" + std::string(formula));
    for (const char* text : {"", "Le Goff", "d'=", " =1", "'=1", "06 12 34 56 78", "é", "1-1"})
        CHECK(defused(text) == text);
}

TEST_CASE("every cell is quoted, quotes are doubled, and a line ends by CR LF") {
    CHECK(csv_record({"a", "", "b\"c"}, ',') == "\"a\",\"\",\"b\"\"c\"\r\n");
    // A separator or a quote in a name opens no new cell, in which a formula could begin.
    CHECK(csv_record({"x\",=1+1,\"", "y;=2"}, ';') == "\"x\"\",=1+1,\"\"\";\"y;=2\"\r\n");
}

TEST_CASE("what was written is read back as the same cells") {
    const std::vector<std::string> cells = {"Derc’hen", "two\nlines", "a;b", "\"", "", "<script>"};
    const std::string written = csv_record({"1", "2", "3", "4", "5", "6"}, ';') + csv_record(cells, ';');
    CsvReader table(written);
    CsvRecord record;
    REQUIRE(table.next(record));
    CHECK(record.values == cells);
    CHECK_FALSE(table.next(record));
}

TEST_CASE("a calendar's line is folded after 75 bytes and never within a character") {
    const std::string line = calendar_line("SUMMARY", std::string(60, 'a') + "éééééééééééé" + std::string(90, 'b'));
    std::size_t begin = 0;
    std::string unfolded;
    while (begin < line.size()) {
        const std::size_t end = line.find("\r\n", begin);
        REQUIRE(end != std::string::npos);
        CHECK(end - begin <= 75);
        CHECK((static_cast<unsigned char>(line[begin]) & 0xc0U) != 0x80);
        unfolded += begin == 0 ? line.substr(0, end) : line.substr(begin + 1, end - begin - 1);
        begin = end + 2;
    }
    CHECK(unfolded == "SUMMARY:" + std::string(60, 'a') + "éééééééééééé" + std::string(90, 'b'));
}

TEST_CASE("a calendar's text cannot begin a line of its own") {
    CHECK(calendar_text("a,b;c\\d\nEND:VCALENDAR\r\x01") == "a\\,b\\;c\\\\d\\nEND:VCALENDAR");
    CHECK(calendar_date("2026-11-30") == "20261130");
    CHECK(calendar_moment(0) == "19700101T000000Z");
}
