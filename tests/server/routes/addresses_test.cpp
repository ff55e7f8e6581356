// A town's address index as a browser gets it.
#include "loopback.h"

#include "address/builder.h"
#include "addresses/town_indexes.h"
#include "support/brotli.h"
#include "support/files.h"

#include <catch2/catch_test_macros.hpp>
#include <filesystem>

using namespace foyer;
using namespace foyer::test;

namespace {

std::string index_file() {
    address::Builder builder;
    address::Record record;
    record.street = "Rue de la Loire";
    record.postal_code = "44521";
    record.insee = "44115";
    record.city = "Oudon";
    for (const unsigned number : {2U, 4U, 6U, 8U}) {
        record.number = number;
        (void)builder.add(record);
    }
    return builder.finish();
}

std::function<void(server::Settings&)> with_index(const std::string& bytes) {
    return [bytes](server::Settings& settings) {
        std::filesystem::create_directories(settings.data + "/addresses");
        REQUIRE(server::write_file_atomically(server::addresses::index_path(settings.data, "oudon"), bytes,
                                              server::FileMode::readable));
    };
}

std::string named_in(const Loopback& server, const std::string& path) {
    const std::string page = get(server.port(), path).body;
    const std::string attribute = "data-addresses=\"";
    const std::size_t at = page.find(attribute);
    REQUIRE(at != std::string::npos);
    return page.substr(at + attribute.size(), page.find('"', at + attribute.size()) - at - attribute.size());
}

} // namespace

TEST_CASE("a page names its town's address index, whose address changes with its content and is kept for ever") {
    const std::string bytes = index_file();
    const Loopback server(with_index(bytes));
    const std::string address = named_in(server, "/oudon/inscription");
    CHECK(address.starts_with("/oudon/addresses-"));
    CHECK(address.ends_with(".idx"));
    CHECK(named_in(server, "/oudon/shell.html") == address);
    const Answer plain = get(server.port(), address);
    CHECK(plain.status == 200);
    CHECK(plain.body == bytes);
    CHECK(plain.headers.at("cache-control") == "public, max-age=31536000, immutable");
    CHECK(plain.headers.at("content-type") == "application/octet-stream");
    const Answer packed = get(server.port(), address, {{"Accept-Encoding", "gzip"}});
    CHECK(packed.headers.at("content-encoding") == "gzip");
    CHECK(packed.headers.at("etag") != plain.headers.at("etag"));
    CHECK(get(server.port(), address, {{"If-None-Match", plain.headers.at("etag")}}).status == 304);
    // Kept for a time without a network; part of what makes one set.
    CHECK(get(server.port(), "/oudon/offline.json").body.find('"' + address + '"') != std::string::npos);
    const Loopback without;
    CHECK(get(without.port(), "/oudon/offline.json").text("set") !=
          get(server.port(), "/oudon/offline.json").text("set"));
    for (const char* wrong :
         {"/oudon/addresses-000000000000.idx", "/oudon/addresses-.idx", "/oudon/addresses-x",
          "/saint-maur-des-fosses/addresses-000000000000.idx", "/nowhere/addresses-000000000000.idx"})
        CHECK(get(server.port(), wrong).status == 404);
}

TEST_CASE("the index is sent in brotli where it was built so and the browser takes it") {
    const std::string bytes = index_file();
    const std::string packed = *server::brotli(bytes);
    const Loopback server([&](server::Settings& settings) {
        with_index(bytes)(settings);
        REQUIRE(server::write_file_atomically(
            server::addresses::brotli_path(server::addresses::index_path(settings.data, "oudon")), packed,
            server::FileMode::readable));
    });
    const std::string address = named_in(server, "/oudon/inscription");
    const Answer small = get(server.port(), address, {{"Accept-Encoding", "gzip, deflate, br"}});
    CHECK(small.headers.at("content-encoding") == "br");
    CHECK(small.headers.at("vary") == "Accept-Encoding");
    CHECK(small.body == packed);
    const Answer middle = get(server.port(), address, {{"Accept-Encoding", "gzip"}});
    CHECK(middle.headers.at("content-encoding") == "gzip");
    CHECK(middle.headers.at("etag") != small.headers.at("etag"));
    CHECK(get(server.port(), address).body == bytes);
}

TEST_CASE("a portal without an index, or with a damaged one, goes on without it") {
    const Loopback none;
    CHECK(named_in(none, "/oudon/").empty());
    CHECK(get(none.port(), "/oudon/offline.json").body.find(".idx") == std::string::npos);
    std::string damaged = index_file();
    damaged.back() = static_cast<char>(damaged.back() ^ 1);
    const Loopback server(with_index(damaged));
    CHECK(named_in(server, "/oudon/inscription/adresse").empty());
    CHECK(server.log().find("addresses_unreadable portal=oudon") != std::string::npos);
    CHECK(get(server.port(), "/saint-maur-des-fosses/").status == 200);
}
