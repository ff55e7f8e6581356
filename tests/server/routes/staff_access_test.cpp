// docs/openapi.json against the routes, both ways; and every route of the staff against every kind of caller. What the
// document says (x-role, x-scope, security) is what the table expects, so a route that is added is asked about as well.
#include "loopback.h"

#include "routes/staff_routes.h"
#include "sqlite/sqlite_store.h"
#include "staff/members.h"
#include "support/files.h"
#include "support/system_clock.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <iterator>
#include <set>

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;
using store::StaffRole;
using store::TokenScope;

namespace {

// Who may what, by hand: the route, the least role, the scope of the tokens that may. The document says the same for
// programs, and the server does what the document says; a slip in both is found here. A new route needs a line.
const std::set<std::string> WHO_MAY = {
    "GET session agent no-token",
    "POST session anybody no-token",
    "DELETE session agent no-token",
    "POST session/password agent no-token",
    "POST session/totp agent no-token",
    "PUT session/totp agent no-token",
    "DELETE session/totp agent no-token",
    "GET staff manager no-token",
    "POST staff administrator no-token",
    "PATCH staff/{id} administrator no-token",
    "POST staff/{id}/reset administrator no-token",
    "GET tokens administrator no-token",
    "POST tokens administrator no-token",
    "DELETE tokens/{id} administrator no-token",
    "GET audit administrator export",
    "GET counters agent read",
    "GET submissions agent read",
    "GET submissions/{number} agent read",
    "PUT submissions/{number}/viewing agent no-token",
    "POST submissions/{number}/take agent decide",
    "POST submissions/{number}/release agent decide",
    "POST submissions/{number}/decision agent decide",
    "POST submissions/{number}/notes agent decide",
    "POST bulk agent decide",
    "GET bulk/{id} agent read",
    "POST undo/{id} agent decide",
    "PUT envelopes/{id} agent no-token",
    "POST counter agent no-token",
    "GET exports/submissions manager export",
    "GET calendar.ics agent export",
    "POST calendar agent no-token",
    "DELETE calendar agent no-token",
    "GET webhooks administrator no-token",
    "POST webhooks administrator no-token",
    "DELETE webhooks/{id} administrator no-token",
    "POST webhooks/{id}/test administrator no-token",
    "GET deliveries administrator no-token",
    "POST deliveries/{id}/resend administrator no-token",
    "GET mails manager read",
    "POST mails/{id}/resend agent decide",
    "POST accounts/{id}/merge manager decide",
    "POST merges/{id}/undo manager decide",
    "GET accounts/{id} manager no-token",
    "GET accounts/{id}/archive manager export",
    "POST accounts/{id}/erasure manager no-token",
    "GET erasures manager read",
    "GET retention manager read",
    "GET statistics manager read",
    "DELETE imports/{id} manager import",
    "DELETE keys/{id} agent import",
    "GET families agent read",
    "GET families/{id} agent read",
    "GET families/{id}/people/{person}/archive manager export",
    "GET imports/{id}/mistakes.csv manager import",
    "GET imports/{id}/rows manager import",
    "GET keys agent read",
    "POST families/{id}/keys agent import",
    "POST imports manager import",
    "POST imports/{id}/check manager import",
    "POST imports/{id}/write manager import",
    "POST keys manager import",
    "POST keys/revoke manager import",
    "PUT imports/{id}/parts/{at} manager import",
};

struct Operation {
    std::string method;
    std::string path;
    StaffRole role = StaffRole::agent;
    std::optional<TokenScope> scope;
    bool open = false; // needs no session: the login
    bool has_body = false;
    std::string media_type = "application/json"; // of the body
};

wire::Json document() {
    const auto bytes = read_file(std::string(FOYER_SOURCE_DIR) + "/docs/openapi.json");
    REQUIRE(bytes);
    auto parsed = wire::parse_json(*bytes);
    REQUIRE(parsed);
    return std::move(*parsed);
}

std::vector<Operation> operations() {
    std::vector<Operation> found;
    const wire::Json all = document();
    for (const auto& [path, item] : all.find("paths")->members())
        for (const char* method : {"get", "post", "put", "patch", "delete"}) {
            const wire::Json* described = item.find(method);
            if (!described)
                continue;
            Operation operation{method, path, {}, {}, false, described->find("requestBody") != nullptr};
            for (char& c : operation.method)
                c = static_cast<char>(c - 'a' + 'A');
            INFO(operation.method << " " << path);
            if (operation.has_body)
                operation.media_type = described->find("requestBody")->find("content")->members().front().name;
            if (const wire::Json* security = described->find("security"))
                operation.open = security->elements().empty();
            if (const wire::Json* scope = described->find("x-scope")) {
                operation.scope = store::token_scope_from(scope->text());
                REQUIRE(operation.scope);
            }
            if (!operation.open) {
                const wire::Json* role = described->find("x-role");
                REQUIRE(role);
                const auto named = store::staff_role_from(role->text());
                REQUIRE(named);
                operation.role = *named;
            }
            found.push_back(operation);
        }
    return found;
}

// The places of a path with something nobody has.
std::string address_of(const Operation& operation, const std::string& slug) {
    std::string path;
    for (std::size_t at = 0; at < operation.path.size(); ++at) {
        if (operation.path[at] != '{') {
            path += operation.path[at];
            continue;
        }
        const std::size_t end = operation.path.find('}', at);
        path += operation.path.substr(at, end - at + 1) == "{slug}" ? slug : "999999";
        at = end;
    }
    return path;
}

// The staff of two towns, made as foyer-server staff makes it, while the server runs.
class Hired {
public:
    explicit Hired(const Loopback& server) : m_server(server) {
        sqlite::DatabaseOptions options;
        options.path = server.data() + "/foyer.sqlite";
        auto opened = sqlite::Database::open(std::move(options));
        REQUIRE(opened);
        m_database = std::move(*opened);
        m_store = std::make_unique<sqlite::SqliteStore>(*m_database);
    }

    // Gives the member, who has a password of their own.
    store::StaffMember member(const std::string& slug, const std::string& email, StaffRole role) {
        portal::Portal town;
        town.slug = slug;
        staff::Members members({*m_store, *m_store, m_clock, m_random, m_hasher});
        auto made = members.add(town, staff::TERMINAL, {email, email, role, {}});
        REQUIRE(made);
        const auto hash = m_hasher.hash(PASSWORD);
        REQUIRE(hash);
        REQUIRE(m_store->change_staff_password({made->member.id, *hash, security::sha256(email + slug), m_clock.now()},
                                               {slug, m_clock.now(), staff::TERMINAL, "staff.password", "test"}));
        return made->member;
    }

    [[nodiscard]] wire::Header session(const std::string& slug, const std::string& email) const {
        const Answer answer = send(m_server.port(), {"POST",
                                                     "/api/v1/admin/" + slug + "/session",
                                                     {{"Content-Type", "application/json"}},
                                                     R"({"email":")" + email + R"(","password":")" + PASSWORD + "\"}"});
        INFO(answer.body);
        REQUIRE(answer.status == 201);
        const std::string& cookie = answer.headers.at("set-cookie");
        return {"Cookie", cookie.substr(0, cookie.find(';'))};
    }

    [[nodiscard]] wire::Header token(const store::StaffMember& member, const std::vector<TokenScope>& scopes,
                                     UnixSeconds seconds = 3600) {
        staff::Tokens tokens({*m_store, *m_store, m_clock, m_random, m_hasher});
        const auto made = tokens.make({member, {}}, {"test", scopes, m_clock.now() + seconds});
        REQUIRE(made);
        return {"Authorization", "Bearer " + made->text};
    }

    void change(const char* sql) {
        REQUIRE(m_database->write([&](sqlite::Connection& db) {
            db.script(sql);
            return Done{};
        }));
    }

private:
    const Loopback& m_server;
    SystemClock m_clock;
    security::SystemRandom m_random;
    security::PasswordHasher m_hasher{m_random, 2, {64, 1, 1}};
    std::unique_ptr<sqlite::Database> m_database;
    std::unique_ptr<sqlite::SqliteStore> m_store;
};

Answer ask(const Loopback& server, const Operation& operation, const std::string& slug,
           const std::optional<wire::Header>& caller) {
    SignedRequest request{operation.method, address_of(operation, slug), {{"Foyer-Staff", "1"}}, {}};
    if (operation.has_body) {
        request.headers.push_back({"Content-Type", operation.media_type});
        request.body = "{}";
    }
    if (caller)
        request.headers.push_back(*caller);
    return send(server.port(), request);
}

std::string refusal(const Answer& answer) { return std::to_string(answer.status) + " " + answer.text("code"); }

bool is_let_in(const Answer& answer) {
    const std::string code = answer.text("code");
    return answer.status != 401 && code != "role_too_low" && code != "scope_missing" && code != "cross_site" &&
           code != "password_change_needed";
}

} // namespace

TEST_CASE("docs/openapi.json describes every route of the staff, and no other") {
    std::set<std::string> described;
    for (const Operation& operation : operations())
        described.insert(operation.method + " " + operation.path);
    std::set<std::string> bound;
    for (const routes::StaffRoute& route : routes::staff_routes())
        bound.insert(std::string(route.method) + " " + route.pattern);
    CHECK(described == bound);
}

TEST_CASE("each route's least role and scope are those that were meant; a new route says its own in WHO_MAY") {
    const std::string root = "/api/v1/admin/{slug}/";
    std::set<std::string> described;
    for (const Operation& operation : operations())
        described.insert(operation.method + " " + operation.path.substr(root.size()) + " " +
                         (operation.open ? "anybody" : std::string(store::name(operation.role))) + " " +
                         (operation.scope ? std::string(store::name(*operation.scope)) : "no-token"));
    std::vector<std::string> different;
    std::set_symmetric_difference(described.begin(), described.end(), WHO_MAY.begin(), WHO_MAY.end(),
                                  std::back_inserter(different));
    CHECK(different == std::vector<std::string>{});
}

TEST_CASE("every route of the staff lets in who may, and nobody else") {
    const Loopback server;
    Hired hired(server);
    const std::string oudon = "oudon";
    const std::string elsewhere = "saint-maur-des-fosses";
    std::map<StaffRole, store::StaffMember> members;
    for (const StaffRole role : {StaffRole::agent, StaffRole::manager, StaffRole::administrator})
        members.emplace(role, hired.member(oudon, std::string(store::name(role)) + "@oudon.fr", role));
    (void)hired.member(elsewhere, "administrator@saint-maur.fr", StaffRole::administrator);
    const wire::Header stranger = hired.session(elsewhere, "administrator@saint-maur.fr");
    const auto old = hired.member(oudon, "old@oudon.fr", StaffRole::administrator);
    const wire::Header over = hired.session(oudon, "old@oudon.fr");
    const wire::Header token_over =
        hired.token(old, {TokenScope::reading, TokenScope::deciding, TokenScope::importing, TokenScope::exporting});
    hired.change("UPDATE staff_sessions SET last_seen_at = last_seen_at - 1800 WHERE staff_id ="
                 " (SELECT id FROM staff WHERE email = 'old@oudon.fr');"
                 "UPDATE staff_tokens SET expires_at = created_at");
    const auto new_one = hired.member(oudon, "new@oudon.fr", StaffRole::administrator);
    const wire::Header temporary = hired.session(oudon, "new@oudon.fr");
    hired.change("UPDATE staff SET password_good_until = 9999999999 WHERE email = 'new@oudon.fr'");

    for (const Operation& operation : operations()) {
        INFO(operation.method << " " << operation.path);
        if (operation.open) {
            CHECK(refusal(ask(server, operation, "nowhere", std::nullopt)) == "404 not_found");
            continue;
        }
        CHECK(refusal(ask(server, operation, oudon, std::nullopt)) == "401 not_logged_in");
        CHECK(refusal(ask(server, operation, oudon, over)) == "401 not_logged_in");
        CHECK(refusal(ask(server, operation, oudon, token_over)) == "401 not_logged_in");
        CHECK(refusal(ask(server, operation, oudon, wire::Header{"Cookie", "foyer_staff=x"})) == "401 not_logged_in");
        CHECK(refusal(ask(server, operation, oudon, wire::Header{"Authorization", "Bearer foyer_x"})) ==
              "401 not_logged_in");
        // Another town is, to the byte, a town that does not exist.
        const Answer other = ask(server, operation, oudon, stranger);
        CHECK(other.status == 404);
        CHECK(said(other) == said(ask(server, operation, "nowhere", stranger)));

        for (const auto& [role, member] : members) {
            INFO(store::name(role));
            const Answer answer =
                ask(server, operation, oudon, hired.session(oudon, std::string(store::name(role)) + "@oudon.fr"));
            if (role < operation.role)
                CHECK(refusal(answer) == "403 role_too_low");
            else
                CHECK(is_let_in(answer));
            for (const TokenScope scope :
                 {TokenScope::reading, TokenScope::deciding, TokenScope::importing, TokenScope::exporting}) {
                INFO("a token for " << store::name(scope));
                const Answer script = ask(server, operation, oudon, hired.token(member, {scope}));
                if (operation.scope != scope)
                    CHECK(refusal(script) == "403 scope_missing");
                else if (role < operation.role)
                    CHECK(refusal(script) == "403 role_too_low");
                else
                    CHECK(is_let_in(script));
            }
        }
    }
    // Until the temporary password is replaced there is nothing but the session itself.
    for (const Operation& operation : operations()) {
        if (operation.open || operation.method == "DELETE")
            continue;
        INFO(operation.method << " " << operation.path);
        const bool own = operation.path == "/api/v1/admin/{slug}/session" ||
                         operation.path == "/api/v1/admin/{slug}/session/password";
        const Answer answer = ask(server, operation, oudon, temporary);
        CHECK((own ? is_let_in(answer) : refusal(answer) == "403 password_change_needed"));
    }
}

TEST_CASE("what changes something by cookie is refused without the console's own header, from every route") {
    const Loopback server;
    Hired hired(server);
    (void)hired.member("oudon", "anne@oudon.fr", StaffRole::administrator);
    const wire::Header session = hired.session("oudon", "anne@oudon.fr");
    for (const Operation& operation : operations()) {
        if (operation.method == "GET" || operation.open)
            continue;
        INFO(operation.method << " " << operation.path);
        const std::string path = address_of(operation, "oudon");
        const wire::Header json{"Content-Type", "application/json"};
        const wire::Header mark{"Foyer-Staff", "1"};
        const std::vector<wire::Headers> foreign = {{session, json},
                                                    {session, json, mark, {"Origin", "https://evil.example"}},
                                                    {session, json, mark, {"Origin", "null"}},
                                                    {session, json, mark, {"Sec-Fetch-Site", "cross-site"}},
                                                    {session, json, mark, {"Sec-Fetch-Site", "same-site"}},
                                                    {session, json, mark, {"Sec-Fetch-Site", "none"}}};
        for (const wire::Headers& headers : foreign)
            CHECK(refusal(send(server.port(), {operation.method, path, headers, "{}"})) == "403 cross_site");
        CHECK(refusal(send(server.port(),
                           {operation.method, path, {session, mark, {"Content-Type", "text/plain"}}, "{}"})) ==
              "415 media_type");
    }
    CHECK(get(server.port(), "/api/v1/admin/oudon/session", {session}).status == 200);
}

TEST_CASE("a session over https is for https only") {
    const Loopback server([](Settings& settings) { settings.origin = "https://famille.oudon.fr"; });
    Hired hired(server);
    (void)hired.member("oudon", "anne@oudon.fr", StaffRole::administrator);
    const SignedRequest login{"POST",
                              "/api/v1/admin/oudon/session",
                              {{"Content-Type", "application/json"},
                               {"Host", "famille.oudon.fr"},
                               {"Origin", "https://famille.oudon.fr"},
                               {"Sec-Fetch-Site", "same-origin"}},
                              R"({"email":"anne@oudon.fr","password":")" + PASSWORD + "\"}"};
    const Answer answer = send(server.port(), login);
    INFO(answer.body);
    REQUIRE(answer.status == 201);
    CHECK(answer.headers.at("set-cookie").find("; Secure") != std::string::npos);
    SignedRequest plain = login;
    plain.headers[2].value = "http://famille.oudon.fr";
    CHECK(refusal(send(server.port(), plain)) == "403 cross_site");
}

TEST_CASE("what the staff typed is in no line of the server's log") {
    const Loopback server;
    Hired hired(server);
    (void)hired.member("oudon", "anne@oudon.fr", StaffRole::administrator);
    (void)hired.session("oudon", "anne@oudon.fr");
    (void)send(server.port(), {"POST",
                               "/api/v1/admin/oudon/session",
                               {{"Content-Type", "application/json"}},
                               R"({"email":"anne@oudon.fr","password":"typed-wrongly"})"});
    for (const std::string& secret : {std::string("anne@"), std::string("typed-wrongly"), PASSWORD})
        CHECK(server.log().find(secret) == std::string::npos);
}
