#include "loopback.h"
#include "test_support/faulty_disk.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::test;

TEST_CASE("while the disk is full families are told to wait, and afterwards the same envelope is stored and mailed") {
    FaultyDisk::install();
    const Loopback server([](server::Settings& settings) { settings.limits.logins_per_hour = 100000; });
    const ServerFacts facts = facts_of(server.port(), "oudon");
    const Device device;
    const SignedRequest envelope =
        device.envelope(facts, Device::new_envelope_id(), registration("anne", "anne@example.org"));
    for (const auto fault : {FaultyDisk::Fault::full, FaultyDisk::Fault::write_error, FaultyDisk::Fault::sync_error}) {
        FaultyDisk::break_after(0, fault, FaultyDisk::Lasting::until_mended);
        const Answer refused = send(server.port(), envelope);
        INFO(refused.body);
        CHECK(refused.status == 503);
        CHECK(refused.headers.at("content-type") == "application/problem+json");
        CHECK(refused.headers.count("retry-after") == 1);
        CHECK(refused.text("code") == "storage_unavailable");
        // Reading needs no disk.
        CHECK(get(server.port(), "/oudon/").status == 200);
        CHECK(get(server.port(), "/api/v1/health").status == 200);
        FaultyDisk::mend();
    }
    const Answer stored = send(server.port(), envelope);
    INFO(stored.body);
    CHECK(stored.status == 201);
    CHECK(stored.text("number").substr(stored.text("number").size() - 6) == "000001");
    // The mail and the password are seen to by workers that met the same disk.
    CHECK_FALSE(server.link_mailed_to("anne@example.org").empty());
}
