#include "demo/people.h"

#include "text/fold.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace foyer::demo {

namespace {

using Names = std::string_view;

constexpr std::array<Names, 70> WOMEN = {
    "Léa",       "Chloé",         "Camille", "Zoé",       "Inès",      "Maëlys",   "Anaïs",      "Éloïse",
    "Clémence",  "Solène",        "Hélène",  "Agnès",     "Joséphine", "Noémie",   "Gaëlle",     "Maëlle",
    "Anne-Lise", "Marie-Thérèse", "Aïcha",   "Fatima",    "Nour",      "Yasmine",  "Khadija",    "Aminata",
    "Fatoumata", "Mariam",        "Awa",     "Nguyệt",    "Linh",      "Mei",      "Agnieszka",  "Małgorzata",
    "Żaneta",    "Zofia",         "Eszter",  "Ágnes",     "Ioana",     "Cristina", "Conceição",  "Inês",
    "Begoña",    "María José",    "Lucía",   "Françoise", "Océane",    "Ludivine", "Emmanuelle", "Séverine",
    "Bénédicte", "Raphaëlle",     "Sofia",   "Alix",      "Jeanne",    "Rose",     "Manon",      "Julie",
    "Sarah",     "Élodie",        "Aurélie", "Delphine",  "Maud",      "Nolwenn",  "Enora",      "Soizic",
    "Şebnem",    "Gülşen",        "Elif",    "Søs",       "Åsa",       "Y"};
constexpr std::array<Names, 70> MEN = {
    "Louis",      "Gabriel", "Raphaël",  "Noé",      "Théo",    "Mathéo",    "Loïc",     "Gaël",
    "Benoît",     "Jérôme",  "Stéphane", "Frédéric", "Rémi",    "Clément",   "François", "Jean-Baptiste",
    "Jean-Noël",  "Léandre", "Mohamed",  "Karim",    "Youssef", "Ismaël",    "Mamadou",  "Ousmane",
    "Ibrahima",   "Cheikh",  "Seydou",   "Minh",     "Đức",     "Wei",       "Łukasz",   "Wojciech",
    "Paweł",      "Zoltán",  "György",   "Ștefan",   "Radu",    "João",      "António",  "Iñaki",
    "José María", "Andrés",  "Étienne",  "Gérard",   "Cédric",  "Sébastien", "Aurélien", "Timothée",
    "Barthélemy", "Maël",    "Ewen",     "Fañch",    "Yann",    "Erwan",     "Hugo",     "Lucas",
    "Arthur",     "Paul",    "Adam",     "Sacha",    "Nathan",  "Côme",      "Célestin", "Tuğrul",
    "Ömer",       "Çağlar",  "Søren",    "Jürgen",   "Dvořák",  "O"};
constexpr std::array<Names, 96> LAST_NAMES = {
    "Martin",   "Bernard",    "Thomas",    "Petit",     "Robert",    "Durand",        "Dubois",    "Moreau",
    "Laurent",  "Simon",      "Michel",    "Lefèvre",   "Lefebvre",  "Leroy",         "Roux",      "Bonnet",
    "François", "Fournier",   "Mercier",   "Guérin",    "Boyer",     "Gauthier",      "Perrin",    "Chevalier",
    "Noël",     "Hervé",      "Béranger",  "Légaré",    "Crépin",    "Ménard",        "Prévost",   "Rivière",
    "Brûlé",    "Forêt",      "Maître",    "Le Goff",   "Le Gall",   "Kerdréux",      "Guézennec", "L’Hôpital",
    "D’Arcy",   "de La Tour", "Du Boÿs",   "Derc’hen",  "N’Guyen",   "Nguyễn",        "Trần",      "Phạm",
    "Lê",       "Chen",       "Diallo",    "Traoré",    "Koné",      "Coulibaly",     "Sissoko",   "N’Diaye",
    "Ba",       "Benali",     "El Amrani", "Aït Saïd",  "Belkacem",  "Haddad",        "Bouzid",    "Kowalski",
    "Łuczak",   "Wiśniewska", "Żółć",      "Nowak",     "Nagy",      "Szabó",         "Kovács",    "Popescu",
    "Ionescu",  "Țurcanu",    "da Silva",  "Gonçalves", "Magalhães", "Fernandes",     "Muñoz",     "Ibáñez",
    "Peña",     "Núñez",      "Rossi",     "Özdemir",   "Yılmaz",    "Şahin",         "Møller",    "Ångström",
    "Müller",   "Groß",       "Dvořák",    "Čapek",     "Besnard",   "Poirier--Blin", "Huet",      "Y"};
constexpr std::array<Names, 26> CHILDREN_NAMES = {
    "Léo", "Emma", "Jade",  "Louise", "Ambre", "Alba",   "Maël", "Jules", "Anna", "Tom", "Lina",  "Zoé",    "Élio",
    "Noé", "Naël", "Inaya", "Mila",   "Éden",  "Soline", "Malo", "Yaël",  "Léon", "Aya", "Timéo", "Agathe", "Chloé"};
constexpr std::array<Names, 30> STREETS = {"rue d’Alsace",          "rue de la Gare",
                                           "rue du Pont-Neuf",      "place de l’Église",
                                           "rue des Écoles",        "avenue de la République",
                                           "rue Léon-Gambetta",     "quai de la Loire",
                                           "chemin des Prés-Verts", "rue du Château",
                                           "impasse des Tilleuls",  "allée des Érables",
                                           "rue Jean-Jaurès",       "rue Pasteur",
                                           "rue Victor-Hugo",       "rue du Général-de-Gaulle",
                                           "boulevard de Créteil",  "rue du Moulin",
                                           "rue Saint-Aubin",       "rue de Nantes",
                                           "rue des Hêtres",        "rue de l’Abbé-Grégoire",
                                           "cours des Œillets",     "rue du Lavoir",
                                           "rue de Bel-Air",        "avenue Louis-Blériot",
                                           "villa des Rosiers",     "rue Anne-de-Bretagne",
                                           "rue Marie-Curie",       "sentier de l’Île"};
constexpr std::array<Names, 5> MAIL_HOSTS = {"courriel.example", "poste.example", "boite.example", "example.org",
                                             "example.net"};
// Slips of well-known providers; the rules know what was meant.
constexpr std::array<Names, 4> MISTYPED_HOSTS = {"gmial.com", "hotmial.fr", "orangee.fr", "gamil.com"};
constexpr std::array<Names, 7> SITUATIONS = {"single",    "married",  "civil_union", "cohabiting",
                                             "separated", "divorced", "widowed"};
constexpr std::array<Names, 6> RELATIONS = {"grandparent", "uncle_aunt", "childminder", "neighbour", "friend", "other"};
constexpr std::array<Names, 3> ROLES = {"collect", "emergency", "both"};
constexpr std::array<Names, 6> BIRTH_PLACES = {"Nantes", "Créteil", "Ancenis-Saint-Géréon",
                                               "Angers", "Paris",   "L’Haÿ-les-Roses"};
constexpr std::array<Names, 6> COUNTRIES = {"DZ", "PT", "SN", "PL", "VN", "MA"};
constexpr std::array<Names, 8> HOSTILE = {"<script>alert(1)</script>",
                                          "\"><img src=x onerror=alert(1)>",
                                          "=HYPERLINK(\"https://mechant.example\";\"Cliquez\")",
                                          "+cmd|' /C calc'!A0",
                                          "@SUM(1+1)*cmd|' /C calc'!A0",
                                          "-2+3+cmd|' /C calc'!A0",
                                          "Robert'); DROP TABLE submissions;--",
                                          "{{constructor.constructor('alert(1)')()}}"};

std::string digits(std::int64_t value, std::size_t width) {
    std::string text = std::to_string(value);
    return std::string(text.size() < width ? width - text.size() : 0, '0') + text;
}

void put_date(Answers& answers, const std::string& key, const domain::CalendarDate& date) {
    answers[key + ".day"] = std::to_string(date.day);
    answers[key + ".month"] = std::to_string(date.month);
    answers[key + ".year"] = std::to_string(date.year);
}

// "lea.nguyen": what is left of a name without accents, apostrophes and spaces.
std::string plain(std::string_view name) {
    std::string letters;
    for (const char c : text::fold_for_comparison(name))
        if (c >= 'a' && c <= 'z')
            letters += c;
    return letters;
}

domain::CalendarDate adult_birthday(Chance& chance, const domain::CalendarDate& today) {
    return {today.year - static_cast<int>(chance.between(24, 48)), static_cast<int>(chance.between(1, 12)),
            static_cast<int>(chance.between(1, 28))};
}

std::string street(Chance& chance) {
    std::string line = std::to_string(chance.between(1, 140));
    if (chance.percent(12))
        line += chance.percent(70) ? " bis" : " ter";
    return line + " " + std::string(chance.pick(STREETS));
}

void live_somewhere(Chance& chance, Answers& answers, const Place& place, Spice spice) {
    answers["address"] = street(chance);
    answers["postal_code"] = chance.pick(place.postal_codes);
    answers["commune"] = place.commune;
    if (chance.percent(4)) // the postal code of another town
        answers["postal_code"] = "75011";
    if (chance.percent(30))
        answers["apartment"] = std::to_string(chance.between(1, 60));
    if (chance.percent(20))
        answers["building"] = std::string(1, static_cast<char>('A' + chance.below(6)));
    if (chance.percent(15))
        answers["residence"] = "Résidence des " + std::string(chance.percent(50) ? "Marronniers" : "Chênes");
    if (spice == Spice::hostile && chance.percent(12))
        answers["residence"] = hostile_text(chance);
    if (spice == Spice::hostile && chance.percent(6))
        answers["address_extra"] = hostile_text(chance);
}

std::string mail_address(Chance& chance, const std::string& first_names, const std::string& last_name) {
    std::string local = plain(first_names) + "." + plain(last_name);
    if (chance.percent(60))
        local += std::to_string(chance.between(1, 999));
    return local + "@" + std::string(chance.percent(3) ? chance.pick(MISTYPED_HOSTS) : chance.pick(MAIL_HOSTS));
}

Answers adult(Chance& chance, const std::string& last_name, bool woman, const domain::CalendarDate& today) {
    Answers answers;
    const std::string first(woman ? chance.pick(WOMEN) : chance.pick(MEN));
    answers["first_names"] = first;
    if (chance.percent(85))
        answers["civility"] = chance.percent(6) ? "unspecified" : woman ? "madame" : "monsieur";
    if (chance.in_thousand(4)) {
        answers["no_birth_name"] = "yes";
    } else if (woman && chance.percent(40)) {
        answers["birth_name"] = chance.pick(LAST_NAMES);
        answers["usage_name"] = chance.percent(20) ? answers["birth_name"] + "-" + last_name : last_name;
    } else {
        answers["birth_name"] = last_name;
    }
    domain::CalendarDate born = adult_birthday(chance, today);
    if (chance.in_thousand(8)) // a slip of the century, or of somebody who is older than that
        born.year = chance.percent(50) ? today.year - 9 : today.year - 122;
    put_date(answers, "birth_date", born);
    if (chance.in_thousand(6)) { // born in a country whose registers know the year only
        answers["birth_date.day"] = "0";
        answers["birth_date.month"] = "0";
    }
    answers["mobile"] = mobile_number(chance);
    if (chance.percent(18))
        answers["home_phone"] = "+3319900" + digits(chance.between(0, 9999), 4);
    answers["email"] = mail_address(chance, first, last_name);
    return answers;
}

domain::CalendarDate days_after(const domain::CalendarDate& from, std::int64_t days) {
    domain::CalendarDate day = from;
    while (days-- > 0)
        if (++day.day > domain::days_in_month(day.year, day.month)) {
            day.day = 1;
            if (++day.month > 12) {
                day.month = 1;
                ++day.year;
            }
        }
    return day;
}

Child child_of(Chance& chance, const std::string& last_name, const domain::CalendarDate& today) {
    Child child;
    child.birth_name = last_name;
    child.expected = chance.percent(6);
    if (child.expected) {
        child.born = days_after(today, chance.between(5, 200));
        return child;
    }
    child.first_names = chance.pick(CHILDREN_NAMES);
    if (chance.percent(20))
        child.first_names += ", " + std::string(chance.percent(50) ? chance.pick(WOMEN) : chance.pick(MEN));
    child.born = {today.year - static_cast<int>(chance.between(1, 14)), static_cast<int>(chance.between(1, 12)),
                  static_cast<int>(chance.between(1, 28))};
    return child;
}

void put(Answers& answers, const std::string& prefix, const Answers& item) {
    for (const auto& [key, value] : item)
        answers[prefix + "." + key] = value;
}

Answers contact(Chance& chance, std::size_t children, int rank) {
    Answers answers;
    answers["first_names"] = chance.percent(60) ? chance.pick(WOMEN) : chance.pick(MEN);
    answers["birth_name"] = chance.pick(LAST_NAMES);
    answers["relation"] = chance.pick(RELATIONS);
    answers["role"] = chance.pick(ROLES);
    put_date(answers, "birth_date", {static_cast<int>(chance.between(1946, 1996)), 6, 15});
    answers["contact_phone"] = mobile_number(chance);
    for (std::size_t i = 0; i < children; ++i)
        if (i == 0 || chance.percent(80))
            answers["contact_children.c" + std::to_string(i)] = "yes";
    answers["rank"] = std::to_string(rank);
    return answers;
}

} // namespace

std::string_view hostile_text(Chance& chance) { return chance.pick(HOSTILE); }

std::string mobile_number(Chance& chance) { return "+336000" + digits(chance.between(0, 99999), 5); }

Family make_family(Chance& chance, const Place& place, domain::CalendarDate today, Spice spice) {
    Family family;
    family.english = chance.percent(3);
    family.last_name = chance.pick(LAST_NAMES);
    const bool woman = chance.percent(62);
    family.first = adult(chance, family.last_name, woman, today);
    live_somewhere(chance, family.first, place, spice);
    if (chance.percent(50))
        family.first["family_situation"] = chance.pick(SITUATIONS);
    if (chance.percent(15)) {
        family.first["birth_place.country"] = chance.pick(COUNTRIES);
        family.first["birth_place.commune"] = "Alger";
    } else {
        family.first["birth_place.country"] = "FR";
        family.first["birth_place.commune"] = chance.pick(BIRTH_PLACES);
    }
    if (chance.percent(25))
        family.first["preferred_channel"] = chance.percent(70) ? "email" : "sms";
    if (chance.percent(72)) {
        const bool same_name = chance.percent(70);
        const std::string last_name(same_name ? family.last_name : std::string(chance.pick(LAST_NAMES)));
        family.second = adult(chance, last_name, woman == chance.percent(4), today);
        family.second["link_to_children"] = family.second["civility"] == "madame" ? "mother" : "father";
        family.second["address_choice"] = chance.percent(82) ? "same" : "own";
        if (family.second["address_choice"] == "own")
            live_somewhere(chance, family.second, place, spice);
    }
    const std::int64_t children = chance.percent(4) ? 5 : chance.between(1, 3);
    for (std::int64_t i = 0; i < children; ++i)
        family.children.push_back(child_of(chance, family.last_name, today));
    return family;
}

Answers entourage_of(Chance& chance, Family& family, const domain::CalendarDate& today) {
    Answers answers;
    if (!family.second.empty())
        put(answers, "representatives.0", family.second);
    for (std::size_t i = 0; i < family.children.size(); ++i) {
        Child& child = family.children[i];
        if (child.expected && domain::is_before(child.born, today)) { // it is born now
            child.expected = false;
            child.first_names = chance.pick(CHILDREN_NAMES);
        }
        Answers item;
        item["born"] = child.expected ? "expected" : "born";
        if (!child.first_names.empty())
            item["first_names"] = child.first_names;
        item["birth_name"] = child.birth_name;
        put_date(item, child.expected ? "expected_date" : "birth_date", child.born);
        item["birth_place.country"] = "FR";
        item["birth_place.commune"] = chance.pick(BIRTH_PLACES);
        item["authority.self"] = "yes";
        if (!family.second.empty() && chance.percent(90))
            item["authority.r0"] = "yes";
        const bool apart = !family.second.empty() && family.second.at("address_choice") == "own";
        item["living_with"] = apart && chance.percent(60) ? "alternating" : "self";
        if (!family.second.empty() && chance.percent(30))
            item["collectors.r0"] = "yes";
        put(answers, "children." + std::to_string(i), item);
    }
    const std::int64_t contacts = chance.between(0, 3);
    for (std::int64_t i = 0; i < contacts; ++i)
        put(answers, "contacts." + std::to_string(i), contact(chance, family.children.size(), static_cast<int>(i) + 1));
    return answers;
}

void change_child(Chance& chance, Answers& child, const domain::CalendarDate& today) {
    if (chance.percent(50)) {
        child["first_names"] += ", Marie";
        return;
    }
    const bool this_month = child["birth_date.year"] == std::to_string(today.year) &&
                            child["birth_date.month"] == std::to_string(today.month);
    child["birth_date.day"] = std::to_string(chance.between(1, this_month ? std::min(today.day, 28) : 28));
}

void expect_again(Chance& chance, Answers& answers, const std::string& key, const domain::CalendarDate& today) {
    const auto number = [&](const char* part) { return std::atoi(answers[key + part].c_str()); };
    if (domain::is_before({number(".year"), number(".month"), number(".day")}, today))
        put_date(answers, key, days_after(today, chance.between(0, 12)));
}

Answers again(Chance& chance, const Answers& registration) {
    Answers answers = registration;
    const auto first = registration.find("first_names");
    if (first != registration.end() && chance.percent(50))
        answers["first_names"] = text::fold_for_comparison(first->second);
    const auto last = registration.find("birth_name");
    if (last != registration.end() && chance.percent(30))
        answers["birth_name"] = text::fold_for_comparison(last->second);
    if (chance.percent(60))
        answers["email"] = "autre" + std::to_string(chance.between(1, 9999)) + "@courriel.example";
    if (chance.percent(50))
        answers["mobile"] = mobile_number(chance);
    if (chance.percent(40))
        answers["address"] = street(chance);
    return answers;
}

} // namespace foyer::demo
