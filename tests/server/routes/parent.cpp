#include "parent.h"

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace foyer::test {

namespace store = server::store;

namespace {

constexpr UnixSeconds SOME_DAY = 1'790'000'000;

store::PersonWrite person(store::PersonId id, store::PersonKind kind, store::Answers answers) {
    store::PersonWrite write;
    write.fresh = true;
    write.person.id = id;
    write.person.kind = kind;
    write.person.answers = std::move(answers);
    return write;
}

std::string reference(std::int64_t id) { return "k" + std::to_string(id); }

} // namespace

TownHall::TownHall(const Loopback& server) {
    server::sqlite::DatabaseOptions options;
    options.path = server.data() + "/foyer.sqlite";
    auto database = server::sqlite::Database::open(std::move(options));
    REQUIRE(database);
    m_database = std::move(database).value();
    m_store = std::make_unique<server::sqlite::SqliteStore>(*m_database);
}

wire::Payload asking(form::Procedure procedure, std::map<std::string, std::string, std::less<>> answers) {
    wire::Payload payload;
    payload.procedure = procedure;
    payload.language = "fr";
    payload.filled_at = "2026-11-21T12:00:00Z";
    payload.answers = std::move(answers);
    return payload;
}

SignedRequest log_in(const Parent& parent, const ServerFacts& facts, const Device& device,
                     const std::string& password) {
    SignedRequest request = device.sealed_call(facts, "/api/v1/oudon/sessions", login(parent.name, password));
    request.headers.push_back({"User-Agent", "Mozilla/5.0 (Android 13; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0"});
    return request;
}

Parent move_in(const Loopback& server, const ServerFacts& facts, TownHall& town, const std::string& name, int number,
               const std::map<std::string, std::string>& more_answers) {
    Parent parent;
    parent.name = name;
    parent.email = name + "@example.org";
    parent.mobile = "+3361111111" + std::to_string(number);
    auto answers = registration(name, parent.email);
    answers.answers["mobile"] = parent.mobile;
    answers.answers["address"] = parent.street();
    answers.answers["first_names"] = "Prénom de " + name;
    for (const auto& [key, text] : more_answers)
        answers.answers[key] = text;
    const Answer stored = send(server.port(), parent.device.envelope(facts, Device::new_envelope_id(), answers));
    INFO(stored.body);
    REQUIRE(stored.status == 201);
    parent.registration_id = stored.text("id");
    const std::string link = server.link_mailed_to(parent.email);
    REQUIRE(post_form(server.port(), link.substr(0, link.find('?')), link.substr(link.find('?') + 1)).status == 200);
    // The password is hashed after the answer; until then a login fails like any other.
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    Answer session;
    while (session.status != 201 && std::chrono::steady_clock::now() < deadline)
        session = send(server.port(), log_in(parent, facts, parent.device));
    INFO(session.body);
    REQUIRE(session.status == 201);
    const auto found = town.store().find_by_contact("oudon", name, "");
    REQUIRE(found);
    REQUIRE(found->size() == 1);
    parent.account = found->front().id;
    return parent;
}

std::string let_town_know(TownHall& town, const std::vector<const Parent*>& parents) {
    std::string last;
    const auto written = town.store().import(
        "oudon",
        [&](const std::vector<store::Household>&, store::PersonId next) {
            std::int64_t id = next.number();
            store::HouseholdWrite household;
            store::Answers child = {{"first_names", "Léa"}, {"birth_name", "Derc’hen"}, {"birth_date.year", "2020"}};
            for (const Parent* parent : parents) {
                last = reference(id);
                child["authority." + last] = "yes";
                auto own = person(store::PersonId(id++), store::PersonKind::representative,
                                  {{"first_names", "Prénom de " + parent->name},
                                   {"birth_name", "Derc’hen"},
                                   {"mobile", parent->mobile},
                                   {"email", parent->email},
                                   {"address", parent->street()},
                                   {"link_to_children", "parent"}});
                own.person.account = parent->account;
                household.people.push_back(std::move(own));
                household.changed.push_back(parent->account);
            }
            const std::string lea = reference(id);
            household.people.push_back(person(store::PersonId(id++), store::PersonKind::child, std::move(child)));
            for (const Parent* parent : parents) {
                const auto own = id++;
                auto contact = person(store::PersonId(own), store::PersonKind::contact,
                                      {{"first_names", "Voisine d’" + parent->name},
                                       {"contact_phone", "+3369999999" + std::to_string(own % 10)},
                                       {"contact_children." + lea, "yes"}});
                contact.person.declared_by = parent->account;
                household.people.push_back(std::move(contact));
            }
            std::vector<store::HouseholdWrite> writes;
            writes.push_back(std::move(household));
            return std::optional(store::ImportedFamilies{std::move(writes)});
        },
        SOME_DAY);
    REQUIRE(written);
    REQUIRE(*written == 1);
    return last;
}

wire::Payload entourage(const std::string& reference) {
    auto payload = asking(form::Procedure::entourage, {{"representatives.0.birth_name", "Durand"},
                                                       {"representatives.0.first_names", "Jean"},
                                                       {"representatives.0.birth_date.day", "9"},
                                                       {"representatives.0.birth_date.month", "4"},
                                                       {"representatives.0.birth_date.year", "1984"},
                                                       {"representatives.0.link_to_children", "father"},
                                                       {"representatives.0.mobile", "+33698765432"},
                                                       {"representatives.0.email", "hidden@example.org"},
                                                       {"representatives.0.address_choice", "own"},
                                                       {"representatives.0.address", "99 chemin caché"},
                                                       {"representatives.0.postal_code", "44521"},
                                                       {"representatives.0.commune", "Oudon"},
                                                       {"children.0.born", "born"},
                                                       {"children.0.first_names", "Léa"},
                                                       {"children.0.birth_name", "Durand"},
                                                       {"children.0.birth_date.day", "7"},
                                                       {"children.0.birth_date.month", "3"},
                                                       {"children.0.birth_date.year", "2019"},
                                                       {"children.0.authority.self", "yes"},
                                                       {"children.0.authority.r0", "yes"},
                                                       {"children.0.living_with", "self"}});
    payload.account = reference;
    return payload;
}

std::string reference_of(const Loopback& server, const ServerFacts& facts, const Device& device) {
    const auto json = wire::parse_json(sync(server, facts, device).body);
    REQUIRE(json);
    const wire::Json* account = json->find("account");
    REQUIRE(account);
    return account->find("reference")->text();
}

Answer declare(const Loopback& server, const ServerFacts& facts, const Parent& parent) {
    const Answer stored =
        send(server.port(), parent.device.envelope(facts, Device::new_envelope_id(),
                                                   entourage(reference_of(server, facts, parent.device))));
    INFO(stored.body);
    REQUIRE(stored.status == 201);
    return stored;
}

int town_hall_runs(const Loopback& server, const std::vector<std::string>& arguments) {
    std::vector<std::string> words = {FOYER_SERVER};
    words.insert(words.end(), arguments.begin(), arguments.end());
    words.insert(words.end(), {"--data", server.data(), "--portals", std::string(FOYER_SOURCE_DIR) + "/shared/portals",
                               "--origin", "http://127.0.0.1:" + std::to_string(server.port())});
    std::vector<char*> pointers;
    for (std::string& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const int nothing = ::open("/dev/null", O_WRONLY);
        ::dup2(nothing, 1);
        ::execv(FOYER_SERVER, pointers.data());
        ::_exit(127);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Answer sync(const Loopback& server, const ServerFacts& facts, const Device& device, const std::string& query) {
    return send(server.port(), device.call(facts, "GET", "/api/v1/oudon/sync" + query));
}

} // namespace foyer::test
