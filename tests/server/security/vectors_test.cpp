// What the standards themselves say must come out.
#include "security/crypto.h"
#include "security/seal.h"
#include "wire/encoding.h"
#include "wire/http_signature.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::server::security;

namespace {

std::string hex(std::string_view text) { return wire::decode_hex(text).value(); }
std::string base64url(std::string_view text) { return wire::decode_base64url(text).value(); }
std::string base64(std::string_view text) { return wire::decode_base64(text).value(); }

// RFC 9421, B.1.3: test-key-ecc-p256.
std::string test_key_ecc_p256() {
    return "\x04" + base64url("qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA") +
           base64url("Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0");
}

// Verified as `key` (65 or 32 bytes) when the first signature of the message covers what it says.
bool verifies(const wire::HttpMessage& message, const std::string& key) {
    const auto signatures = wire::read_signatures(message.headers);
    REQUIRE(signatures);
    const auto base = wire::signature_base(message, signatures->front().covered);
    REQUIRE(base);
    return key.size() == 32 ? verify_ed25519(key, *base, signatures->front().signature)
                            : verify_p256(key, *base, signatures->front().signature);
}

wire::HttpMessage test_request() {
    wire::HttpMessage request;
    request.method = "POST";
    request.authority = "example.com";
    request.path = "/foo";
    request.query = "param=Value&Pet=dog";
    request.headers = {
        {"Date", "Tue, 20 Apr 2021 02:07:55 GMT"}, {"Content-Type", "application/json"}, {"Content-Length", "18"}};
    return request;
}

} // namespace

TEST_CASE("RFC 9421 B.2.4: a response signed with ecdsa-p256-sha256") {
    wire::HttpMessage response;
    response.status = 200;
    response.headers = {
        {"Date", "Tue, 20 Apr 2021 02:07:56 GMT"},
        {"Content-Type", "application/json"},
        {"Content-Digest",
         "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:"},
        {"Content-Length", "23"},
        {"Signature-Input",
         R"(sig-b24=("@status" "content-type" "content-digest" "content-length");created=1618884473;)"
         R"(keyid="test-key-ecc-p256")"},
        {"Signature",
         "sig-b24=:wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==:"}};
    CHECK(verifies(response, test_key_ecc_p256()));
    response.status = 201;
    CHECK_FALSE(verifies(response, test_key_ecc_p256()));
}

TEST_CASE("RFC 9421 B.2.5: a request signed with hmac-sha256") {
    wire::HttpMessage request = test_request();
    request.headers.push_back(
        {"Signature-Input",
         R"(sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret")"});
    request.headers.push_back({"Signature", "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:"});
    const auto signatures = wire::read_signatures(request.headers);
    REQUIRE(signatures);
    const auto base = wire::signature_base(request, signatures->front().covered);
    REQUIRE(base);
    CHECK(
        hmac_sha256(base64("uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ=="),
                    *base) == signatures->front().signature);
}

TEST_CASE("RFC 9421 B.2.6: a request signed with ed25519") {
    wire::HttpMessage request = test_request();
    request.headers.push_back({"Signature-Input",
                               R"(sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");)"
                               R"(created=1618884473;keyid="test-key-ed25519")"});
    request.headers.push_back(
        {"Signature",
         "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:"});
    const std::string key = base64url("JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs");
    CHECK(verifies(request, key));
    request.method = "GET";
    CHECK_FALSE(verifies(request, key));
}

TEST_CASE("RFC 9421 B.3: a TLS-terminating proxy signs the client's certificate") {
    wire::HttpMessage request = test_request();
    request.authority = "service.internal.example";
    request.headers.push_back({"Client-Cert", ":MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBBdXRoZW5"
                                              "0aWNhdGUxGzAZBgNVBAMMEkxBIEludGVybWVkaW"
                                              "F0ZSBDQTAeFw0yMDAxMTQyMjU1MzNaFw0yMTAxMjMyMjU1MzNaMA0xCzAJBgNVBAMMAkJDMF"
                                              "kwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8YnX"
                                              "XfaUgmnMtOXU/IncWalRhebrXmckC8vdgJ1p5Be5F/"
                                              "3YC8OthxM4+k1M6aEAEFcGzkJiNy6J84y7uzo9M6NyMHAwCQYDVR0TBAIwADAfBgNVHS"
                                              "MEGDAWgBRm3WjLa38lbEYCuiCPct0ZaSED2DAOBgNVHQ8BAf8EBAMCBsAwEwYDVR0lBAwwCg"
                                              "YIKwYBBQUHAwIwHQYDVR0RAQH/BBMwEYEPYmRj"
                                              "QGV4YW1wbGUuY29tMAoGCCqGSM49BAMCA0gAMEUCIBHda/r1vaL6G3VliL4/"
                                              "Di6YK0Q6bMjeSkC3dFCOOB8TAiEAx/kHSB4urmiZ0NX5r5Xarm"
                                              "Pk0wmuydBVoU4hBVZ1yhk=:"});
    request.headers.push_back({"Signature-Input", R"(ttrp=("@path" "@query" "@method" "@authority" "client-cert");)"
                                                  R"(created=1618884473;keyid="test-key-ecc-p256")"});
    request.headers.push_back(
        {"Signature",
         "ttrp=:xVMHVpawaAC/0SbHrKRs9i8I3eOs5RtTMGCWXm/9nvZzoHsIg6Mce9315T6xoklyy0yzhD9ah4JHRwMLOgmizw==:"});
    CHECK(verifies(request, test_key_ecc_p256()));
}

TEST_CASE("RFC 9530: the digests of its example contents") {
    CHECK(wire::encode_base64(sha256("{\"hello\": \"world\"}\n")) == "RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=");
    CHECK(wire::encode_base64(sha256("{\"hello\": \"world\"}")) == "X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=");
}

TEST_CASE("RFC 7638 3.1: the thumbprint is the hash of the canonical JWK") {
    CHECK(
        wire::encode_base64url(sha256(
            R"({"e":"AQAB","kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhD)"
            R"(R1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY)"
            R"(368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XP)"
            R"(ksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"})")) ==
        "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}

TEST_CASE("RFC 8037 A.3: the thumbprint of an Ed25519 key") {
    CHECK(wire::encode_base64url(thumbprint(base64url("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")).value()) ==
          "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

TEST_CASE("RFC 9180 A.3.1: base mode of DHKEM(P-256), HKDF-SHA256, AES-128-GCM") {
    const auto ephemeral =
        PrivateKey::from_bytes(hex("4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb"));
    const auto recipient =
        PrivateKey::from_bytes(hex("f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2"));
    REQUIRE(ephemeral);
    REQUIRE(recipient);
    CHECK(recipient->public_point() == hex("04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf"
                                           "969b8a0e539c7f62fb3d30ad6aa8f80e30"
                                           "f1d128aafd68a2ce72ea0"));
    const std::string info = hex("4f6465206f6e2061204772656369616e2055726e");
    const std::string additional_data = hex("436f756e742d30");
    const std::string plaintext = hex("4265617574792069732074727574682c20747275746820626561757479");
    const std::string enc =
        hex("04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951"
            "c0900be863c403ce65c9bfcb9382657222d18c4");
    const std::string ciphertext =
        hex("5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434");

    const auto sealed = composed::seal(*ephemeral, recipient->public_point(), plaintext, info, additional_data);
    REQUIRE(sealed);
    CHECK(sealed->enc == enc);
    CHECK(sealed->ciphertext == ciphertext);
    CHECK(composed::open_sealed(*recipient, enc, ciphertext, info, additional_data) == plaintext);
    CHECK(open_sealed(*recipient, enc, ciphertext, info, additional_data) == plaintext);
}
