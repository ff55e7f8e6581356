// An agent's morning over the real server: list, read, take, decide, ask, undo; what a colleague, another service and
// another town are told. Every answer is held against docs/openapi.json.
#include "parent.h"

#include "desk/bulk.h"
#include "routes/staff_routes.h"
#include "security/passwords.h"
#include "staff/members.h"
#include "support/files.h"
#include "support/system_clock.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <chrono>

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;
using store::StaffRole;
using wire::Json;

namespace {

// As much of JSON Schema 2020-12 as docs/openapi.json uses.
class Schemas {
public:
    Schemas() {
        const auto bytes = read_file(std::string(FOYER_SOURCE_DIR) + "/docs/openapi.json");
        REQUIRE(bytes);
        auto parsed = wire::parse_json(*bytes);
        REQUIRE(parsed);
        m_document = std::move(*parsed);
    }

    // Why the answer is none that the document describes; empty: it is one.
    [[nodiscard]] std::string wrong(const std::string& method, const std::string& path, const Answer& answer) const {
        const Json* operation = m_document.find("paths")->find(path);
        operation = operation ? operation->find(method) : nullptr;
        if (!operation)
            return "not described";
        const Json* response = operation->find("responses")->find(std::to_string(answer.status));
        if (!response)
            return "status " + std::to_string(answer.status) + " is not described";
        response = resolved(response);
        const Json* content = response->find("content");
        if (!content)
            return answer.body.empty() ? "" : "a body is not described";
        const auto body = wire::parse_json(answer.body);
        if (!body)
            return "no JSON";
        return judge(*content->members().front().value.find("schema"), *body, "");
    }

private:
    [[nodiscard]] const Json* resolved(const Json* value) const {
        const Json* reference = value->find("$ref");
        if (!reference)
            return value;
        const Json* found = &m_document;
        std::string rest = reference->text().substr(2);
        while (!rest.empty()) {
            const std::size_t slash = rest.find('/');
            found = found->find(rest.substr(0, slash));
            REQUIRE(found);
            rest = slash == std::string::npos ? "" : rest.substr(slash + 1);
        }
        return found;
    }

    static bool is_of(const std::string& type, const Json& value) {
        switch (value.kind()) {
        case Json::Kind::null:
            return type == "null";
        case Json::Kind::boolean:
            return type == "boolean";
        case Json::Kind::integer:
            return type == "integer" || type == "number";
        case Json::Kind::number:
            return type == "number";
        case Json::Kind::text:
            return type == "string";
        case Json::Kind::array:
            return type == "array";
        case Json::Kind::object:
            break;
        }
        return type == "object";
    }

    [[nodiscard]] std::string judge(const Json& schema_or_reference, const Json& value,
                                    const std::string& where) const {
        const Json& schema = *resolved(&schema_or_reference);
        if (const Json* choices = schema.find("oneOf")) {
            for (const Json& choice : choices->elements())
                if (judge(choice, value, where).empty())
                    return {};
            return where + ": none of oneOf";
        }
        if (const Json* type = schema.find("type")) {
            const bool one = type->kind() == Json::Kind::text
                                 ? is_of(type->text(), value)
                                 : std::any_of(type->elements().begin(), type->elements().end(),
                                               [&](const Json& name) { return is_of(name.text(), value); });
            if (!one)
                return where + ": another type";
        }
        if (const Json* allowed = schema.find("enum"))
            if (std::none_of(allowed->elements().begin(), allowed->elements().end(),
                             [&](const Json& one) { return one == value; }))
                return where + ": not in the enum";
        if (const Json* required = schema.find("required"))
            for (const Json& name : required->elements())
                if (!value.find(name.text()))
                    return where + ": without " + name.text();
        const Json* properties = schema.find("properties");
        const bool closed = schema.find("additionalProperties") && !schema.find("additionalProperties")->boolean() &&
                            schema.find("additionalProperties")->kind() == Json::Kind::boolean;
        for (const Json::Member& member : value.members()) {
            const Json* property = properties ? properties->find(member.name) : nullptr;
            if (!property && closed)
                return where + ": " + member.name + " is not described";
            if (property)
                if (std::string why = judge(*property, member.value, where + "." + member.name); !why.empty())
                    return why;
        }
        if (const Json* items = schema.find("items"))
            for (const Json& element : value.elements())
                if (std::string why = judge(*items, element, where + "[]"); !why.empty())
                    return why;
        return {};
    }

    Json m_document;
};

// The town hall at work; every answer is judged as it comes.
class Morning {
public:
    Morning() { m_anne = move_in(m_server, m_facts, m_town, "anne", 1); }

    // Gives the header with which this member calls.
    wire::Header hire(const std::string& slug, const std::string& name, StaffRole role,
                      std::vector<std::string> services = {}) {
        portal::Portal town;
        town.slug = slug;
        for (const char* service : {"enfance", "seniors"})
            town.services.push_back({service, {}, {}, {}, {}, {}});
        security::PasswordHasher hasher(m_random, 2, {64, 1, 1});
        staff::Members members({m_town.store(), m_town.store(), m_clock, m_random, hasher});
        const auto made = members.add(town, staff::TERMINAL, {name + "@mairie.fr", name, role, std::move(services)});
        REQUIRE(made);
        const auto hash = hasher.hash(PASSWORD);
        REQUIRE(hash);
        REQUIRE(
            m_town.store().change_staff_password({made->member.id, *hash, security::sha256(name + slug), m_clock.now()},
                                                 {slug, m_clock.now(), staff::TERMINAL, "staff.password", "test"}));
        const Answer answer =
            send(m_server.port(), {"POST",
                                   "/api/v1/admin/" + slug + "/session",
                                   {{"Content-Type", "application/json"}},
                                   R"({"email":")" + name + R"(@mairie.fr","password":")" + PASSWORD + "\"}"});
        REQUIRE(answer.status == 201);
        const std::string& cookie = answer.headers.at("set-cookie");
        return {"Cookie", cookie.substr(0, cookie.find(';'))};
    }

    // `pattern` as in the document: "submissions/{number}/take"; the place is filled with `place`.
    Answer ask(const wire::Header& who, const std::string& method, const std::string& pattern, const std::string& place,
               const std::string& body = "{}", const std::string& query = "", const std::string& slug = "oudon") {
        std::string path = "/api/v1/admin/" + slug + "/" + pattern;
        if (const std::size_t open = path.find('{'); open != std::string::npos)
            path.replace(open, path.find('}') - open + 1, place);
        SignedRequest request{method, path + query, {who, {"Foyer-Staff", "1"}}, {}};
        if (method != "GET") {
            request.headers.push_back({"Content-Type", "application/json"});
            request.body = body;
        }
        Answer answer = send(m_server.port(), request);
        std::string lower = method;
        std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return static_cast<char>(c + 32); });
        INFO(method << " " << path << query << " " << answer.status << " " << answer.body);
        CHECK(m_schemas.wrong(lower, "/api/v1/admin/{slug}/" + pattern, answer) == "");
        return answer;
    }

    // {"POST", "submissions/{number}/take"} of every route whose path has this place.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> routes_with(const std::string& place) const {
        const std::string root = "/api/v1/admin/{slug}/";
        std::vector<std::pair<std::string, std::string>> found;
        for (const routes::StaffRoute& route : routes::staff_routes())
            if (const std::string pattern = route.pattern; pattern.find(place) != std::string::npos)
                found.emplace_back(route.method, pattern.substr(root.size()));
        return found;
    }

    std::string declare() {
        const Answer receipt = foyer::test::declare(m_server, m_facts, m_anne);
        REQUIRE(!receipt.text("number").empty());
        return receipt.text("number");
    }
    void restart() { m_server.restart(); }
    [[nodiscard]] const Loopback& server() const { return m_server; }
    [[nodiscard]] TownHall& town() { return m_town; }
    [[nodiscard]] const Parent& anne() const { return m_anne; }

private:
    Loopback m_server{[](Settings& settings) { settings.limits.requests_per_minute = 100000; }};
    ServerFacts m_facts = facts_of(m_server.port(), "oudon");
    TownHall m_town{m_server};
    Parent m_anne;
    SystemClock m_clock;
    security::SystemRandom m_random;
    Schemas m_schemas;
};

std::int64_t number_at(const Answer& answer, const std::string& member) {
    const auto body = wire::parse_json(answer.body);
    REQUIRE(body);
    REQUIRE(body->find(member));
    return body->find(member)->integer();
}

std::string version_of(const Answer& answer) { return std::to_string(number_at(answer, "version")); }

std::size_t items_in(const Answer& answer) {
    const auto body = wire::parse_json(answer.body);
    REQUIRE(body);
    return body->find("items")->elements().size();
}

} // namespace

TEST_CASE("a request is found, read, taken and accepted, and a colleague is told at each step") {
    Morning morning;
    const std::string number = morning.declare();
    const wire::Header jeanne = morning.hire("oudon", "jeanne", StaffRole::agent);
    const wire::Header paul = morning.hire("oudon", "paul", StaffRole::agent);
    CHECK(number_at(morning.ask(jeanne, "GET", "counters", ""), "new") == 1);
    CHECK(items_in(morning.ask(jeanne, "GET", "submissions", "", "", "?view=new&limit=1")) == 1);
    CHECK(items_in(morning.ask(jeanne, "GET", "submissions", "", "", "?q=anne&procedure=entourage")) == 1);
    for (const char* query :
         {"?view=other", "?limit=0", "?limit=x", "?state=lost", "?procedure=login", "?origin=fax", "?origin=Counter"})
        CHECK(morning.ask(jeanne, "GET", "submissions", "", "", query).status == 400);

    Answer detail = morning.ask(jeanne, "GET", "submissions/{number}", number);
    REQUIRE(detail.status == 200);
    CHECK(holds(detail.body, "Léa"));
    (void)morning.ask(paul, "PUT", "submissions/{number}/viewing", number);
    CHECK(holds(morning.ask(jeanne, "PUT", "submissions/{number}/viewing", number).body, "paul"));
    CHECK(morning.ask(jeanne, "POST", "submissions/{number}/notes", number, R"({"text":"Rappeler lundi."})").status ==
          201);
    CHECK(morning.ask(jeanne, "POST", "submissions/{number}/notes", number, R"({"text":"  "})").status == 400);
    const Answer taken = morning.ask(jeanne, "POST", "submissions/{number}/take", number);
    REQUIRE(taken.status == 200);
    const Answer refused = morning.ask(paul, "POST", "submissions/{number}/take", number);
    CHECK(refused.status == 409);
    CHECK(refused.text("code") == "claimed");
    CHECK(holds(refused.body, "jeanne"));
    CHECK(refused.text("state") == "processing");
    CHECK(number_at(morning.ask(jeanne, "GET", "counters", ""), "mine") == 1);
    CHECK(number_at(morning.ask(paul, "GET", "counters", ""), "mine") == 0);

    const std::string stale = R"({"kind":"accept","version":)" + version_of(detail) + "}";
    CHECK(morning.ask(jeanne, "POST", "submissions/{number}/decision", number, stale).text("code") == "changed");
    const std::string accept = R"({"kind":"accept","version":)" + version_of(taken) + "}";
    CHECK(morning.ask(jeanne, "POST", "submissions/{number}/decision", number, accept).text("state") == "accepted");
    // Replayed: told how it stands, nothing done twice.
    const Answer again = morning.ask(jeanne, "POST", "submissions/{number}/decision", number, accept);
    CHECK(again.status == 409);
    CHECK(again.text("state") == "accepted");
    detail = morning.ask(jeanne, "GET", "submissions/{number}", number);
    CHECK(holds(detail.body, "request_accepted"));
    CHECK(holds(detail.body, "Rappeler lundi."));
    const auto verdict = morning.town().store().verify_audit("oudon");
    REQUIRE(verdict);
    CHECK_FALSE(verdict->broken);
    const auto lines = morning.town().store().audit_lines("oudon", 0, 1000);
    REQUIRE(lines);
    for (const char* action : {"submission.view", "submission.note", "submission.take", "submission.accept"})
        CHECK(std::any_of(lines->begin(), lines->end(),
                          [&](const store::AuditLine& line) { return line.action == action; }));
    for (const char* secret : {"Rappeler", "Léa", "anne@"})
        CHECK_FALSE(holds(morning.server().log(), secret));
}

TEST_CASE("what is wrong with a decision is said, and nothing is done") {
    Morning morning;
    const std::string number = morning.declare();
    const wire::Header jeanne = morning.hire("oudon", "jeanne", StaffRole::agent);
    struct Row {
        const char* body;
        int status;
        const char* code;
    };
    const Row rows[] = {
        {"{}", 400, "malformed_body"},
        {R"({"kind":"accept"})", 400, "malformed_body"},
        {R"({"kind":"take","version":1})", 400, "malformed_body"},
        {R"({"kind":"accept","version":1,"force":true})", 400, "malformed_body"},
        {R"({"kind":"refuse","version":1})", 422, "reason_missing"},
        {R"({"kind":"refuse","version":1,"reason_code":"because"})", 422, "reason_unknown"},
        {R"({"kind":"ask","version":1,"message":"Merci."})", 422, "fields_missing"},
        {R"({"kind":"ask","version":1,"message":"Merci.","fields":["password"]})", 422, "field_unknown"},
        {R"({"kind":"refuse","version":1,"reason":"\u0007"})", 422, "words_wrong"},
        {R"({"kind":"accept","version":9})", 409, "changed"},
    };
    for (const Row& row : rows) {
        INFO(row.body);
        const Answer answer = morning.ask(jeanne, "POST", "submissions/{number}/decision", number, row.body);
        CHECK(answer.status == row.status);
        CHECK(answer.text("code") == row.code);
    }
    CHECK(number_at(morning.ask(jeanne, "GET", "counters", ""), "new") == 1);
    CHECK(morning.ask(jeanne, "GET", "submissions/{number}", "OUDON-2026-999999").status == 404);
}

TEST_CASE("an agent of another service, and every member of another town, find nothing there") {
    Morning morning;
    const std::string number = morning.declare(); // of the service "enfance"
    const wire::Header senior = morning.hire("oudon", "sylvie", StaffRole::agent, {"seniors"});
    const wire::Header child = morning.hire("oudon", "edith", StaffRole::agent, {"enfance"});
    const wire::Header elsewhere = morning.hire("saint-maur-des-fosses", "odile", StaffRole::administrator);
    CHECK(number_at(morning.ask(child, "GET", "counters", ""), "new") == 1);
    CHECK(number_at(morning.ask(senior, "GET", "counters", ""), "new") == 0);
    CHECK(items_in(morning.ask(senior, "GET", "submissions", "", "", "?view=new")) == 0);
    CHECK(items_in(morning.ask(senior, "GET", "submissions", "", "", "?q=" + number)) == 0);
    CHECK(items_in(morning.ask(elsewhere, "GET", "submissions", "", "", "", "saint-maur-des-fosses")) == 0);
    const std::string decision = R"({"kind":"accept","version":1})";
    for (const auto& [who, slug] :
         {std::pair{senior, "oudon"}, std::pair{elsewhere, "saint-maur-des-fosses"}, std::pair{elsewhere, "oudon"}}) {
        INFO(slug);
        CHECK(morning.ask(who, "GET", "submissions/{number}", number, "", "", slug).status == 404);
        for (const char* move : {"take", "release"})
            CHECK(
                morning.ask(who, "POST", "submissions/{number}/" + std::string(move), number, "{}", "", slug).status ==
                404);
        CHECK(morning.ask(who, "POST", "submissions/{number}/decision", number, decision, "", slug).status == 404);
        CHECK(morning.ask(who, "POST", "submissions/{number}/notes", number, R"({"text":"x"})", "", slug).status ==
              404);
    }
    const Answer bulk =
        morning.ask(senior, "POST", "bulk", "", R"({"numbers":[")" + number + R"("],"action":{"kind":"accept"}})");
    CHECK(holds(bulk.body, "not_found"));
    CHECK(holds(bulk.body, "\"undo\":null"));

    // Nor do they send again what was written about it, whatever number they try.
    REQUIRE(morning.ask(child, "POST", "submissions/{number}/decision", number, decision).status == 200);
    const wire::Header chief = morning.hire("oudon", "chief", StaffRole::manager);
    const auto mails = wire::parse_json(morning.ask(chief, "GET", "mails", "").body);
    REQUIRE(mails);
    std::string accepted;
    for (const Json& mail : mails->find("mails")->elements())
        if (mail.find("kind")->text() == "request_accepted")
            accepted = std::to_string(mail.find("id")->integer());
    REQUIRE(!accepted.empty());
    CHECK(morning.ask(senior, "POST", "mails/{id}/resend", accepted).status == 404);
    CHECK(morning.ask(elsewhere, "POST", "mails/{id}/resend", accepted, "{}", "", "saint-maur-des-fosses").status ==
          404);
    CHECK(morning.ask(child, "POST", "mails/{id}/resend", accepted).status == 202);
}

// The document names the routes: one that is added is asked as well.
TEST_CASE("every route about one request is unknown to an agent of another service, with any body") {
    Morning morning;
    const std::string number = morning.declare();
    const wire::Header senior = morning.hire("oudon", "sylvie", StaffRole::agent, {"seniors"});
    int asked = 0;
    for (const auto& [method, pattern] : morning.routes_with("{number}"))
        for (const char* body : {"{}", R"({"text":"x"})", R"({"kind":"accept","version":1})"}) {
            INFO(method << " " << pattern << " " << body);
            const Answer answer = morning.ask(senior, method, pattern, number, body);
            CHECK(((answer.status == 404 && answer.text("code") == "not_found") ||
                   answer.text("code") == "role_too_low" || answer.text("code") == "malformed_body"));
            CHECK_FALSE(holds(answer.body, "Léa"));
            ++asked;
        }
    CHECK(asked >= 18);
    CHECK(number_at(morning.ask(morning.hire("oudon", "chief", StaffRole::manager), "GET", "counters", ""), "new") ==
          1);
}

TEST_CASE("a bulk is taken back in time; a refused one says why for each") {
    Morning morning;
    const std::string one = morning.declare();
    const std::string two = morning.declare();
    const wire::Header jeanne = morning.hire("oudon", "jeanne", StaffRole::agent);
    const wire::Header paul = morning.hire("oudon", "paul", StaffRole::agent);
    REQUIRE(morning.ask(paul, "POST", "submissions/{number}/take", two).status == 200);
    const std::string both = R"(["OUDON-2026-999999",")" + one + "\",\"" + one + "\",\"" + two + "\"]";
    const Answer bulk =
        morning.ask(jeanne, "POST", "bulk", "", R"({"numbers":)" + both + R"(,"action":{"kind":"accept"}})");
    REQUIRE(bulk.status == 200);
    for (const char* code : {"claimed", "not_found", "\"ok\":true"})
        CHECK(holds(bulk.body, code));
    const std::string undo = bulk.text("undo");
    REQUIRE(undo.size() == 16);
    CHECK(morning.ask(jeanne, "GET", "bulk/{id}", undo).text("state") == "waiting");
    CHECK(morning.ask(paul, "GET", "bulk/{id}", undo).status == 404);
    CHECK(morning.ask(paul, "POST", "undo/{id}", undo).status == 404);
    CHECK(morning.ask(jeanne, "POST", "submissions/{number}/take", one).text("code") == "decision_pending");
    CHECK(morning.ask(jeanne, "POST", "undo/{id}", undo).status == 204);
    CHECK(morning.ask(jeanne, "POST", "undo/{id}", undo).status == 204);
    CHECK(morning.ask(jeanne, "GET", "bulk/{id}", undo).text("state") == "undone");
    CHECK(
        morning.ask(jeanne, "POST", "bulk", "", R"({"numbers":[")" + one + R"("],"action":{"kind":"take"}})").status ==
        200);
    CHECK(number_at(morning.ask(jeanne, "GET", "counters", ""), "mine") == 1);
    for (const char* body : {R"({"numbers":[],"action":{"kind":"accept"}})", R"({"numbers":["x"]})",
                             R"({"numbers":["x"],"action":{"kind":"erase"}})"})
        CHECK(morning.ask(jeanne, "POST", "bulk", "", body).status == 400);
    CHECK(morning.ask(jeanne, "POST", "bulk", "", R"({"numbers":["x"],"action":{"kind":"refuse"}})").text("code") ==
          "reason_missing");
}

TEST_CASE("a bulk is carried out by a server that was stopped in between, once it is back") {
    Morning morning;
    const std::string number = morning.declare();
    const wire::Header jeanne = morning.hire("oudon", "jeanne", StaffRole::agent);
    const Answer bulk =
        morning.ask(jeanne, "POST", "bulk", "", R"({"numbers":[")" + number + R"("],"action":{"kind":"accept"}})");
    const std::string undo = bulk.text("undo");
    morning.restart();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    std::string state;
    while (state != "applied" && std::chrono::steady_clock::now() < deadline)
        state = morning.ask(jeanne, "GET", "bulk/{id}", undo).text("state");
    CHECK(state == "applied");
    CHECK(morning.ask(jeanne, "GET", "submissions/{number}", number).text("state") == "accepted");
    CHECK(morning.ask(jeanne, "POST", "undo/{id}", undo).text("code") == "too_late");
}

TEST_CASE("the mail log is the manager's, and a decision's mail is sent again while it is so") {
    Morning morning;
    const std::string number = morning.declare();
    const wire::Header jeanne = morning.hire("oudon", "jeanne", StaffRole::agent);
    const wire::Header chief = morning.hire("oudon", "chief", StaffRole::manager);
    CHECK(morning
              .ask(jeanne, "POST", "submissions/{number}/decision", number,
                   R"({"kind":"refuse","version":1,"reason_code":"outside_town","reason":"Couffé."})")
              .text("state") == "refused");
    CHECK(morning.ask(jeanne, "GET", "mails", "").status == 403);
    CHECK(morning.ask(chief, "GET", "mails", "", "", "?state=lost").status == 400);
    const Answer log = morning.ask(chief, "GET", "mails", "");
    REQUIRE(log.status == 200);
    CHECK_FALSE(holds(log.body, "key=")); // no secret link
    const auto mails = wire::parse_json(log.body);
    REQUIRE(mails);
    std::map<std::string, std::string> ids;
    for (const Json& mail : mails->find("mails")->elements())
        ids[mail.find("kind")->text()] = std::to_string(mail.find("id")->integer());
    REQUIRE(ids.count("request_refused") == 1);
    CHECK(morning.ask(jeanne, "POST", "mails/{id}/resend", ids["request_refused"]).status == 202);
    // The account is active: its activation mail says what is no longer so, once it has left.
    const int activation = morning.ask(jeanne, "POST", "mails/{id}/resend", ids["activation"]).status;
    CHECK((activation == 409 || activation == 202));
    CHECK(morning.ask(jeanne, "POST", "mails/{id}/resend", "999999").status == 404);
}
