#include "address/abbreviations.h"

#include <algorithm>

namespace foyer::address {

namespace {

// Each row: spellings of one word, folded, separated by spaces. A short form may stand in several rows ("pte"). From
// the Base Adresse Nationale's and La Poste's (NF Z 10-011) abbreviations, and from what people type.
constexpr std::string_view SAME[] = {
    // Kinds of street.
    "allee all alle ale",
    "allees alls",
    "ancien anc",
    "ancienne anc",
    "arcade arc",
    "autoroute aut",
    "avenue av ave aven avn avenu",
    "barriere barr",
    "bas b",
    "basse bse",
    "boulevard bd bld blvd boul bvd bvrd boulev bl",
    "bourg brg bg",
    "butte but",
    "calle cal",
    "camin",
    "campagne camp",
    "carrefour car carr crf",
    "carriere carr",
    "centre ctre cre",
    "chapelle chap",
    "chateau cht chat chau cha",
    "chaussee chs chauss",
    "chemin ch che chem chm chmn chemi",
    "cheminement chem",
    "cite cit",
    "clos clo",
    "coteau cot",
    "cote cot",
    "cottage cott",
    "cour c",
    "cours crs cour",
    "departementale d dep",
    "domaine dom",
    "ecluse ecl",
    "ecole ecl",
    "eglise egl",
    "enclos enc",
    "escalier esc",
    "espace esp",
    "esplanade esp espl",
    "etang etg",
    "faubourg fg fbg fb faub",
    "ferme frm fe",
    "fontaine fon font",
    "fort ft",
    "fosse fos",
    "foyer foyr",
    "galerie gal",
    "gare gr",
    "grand gd gr grd",
    "grande gde gr grde grand", // "Grand'Rue"
    "grands gds",
    "grandes gdes",
    "groupe grpe",
    "groupement gpt",
    "habitation hab",
    "hameau ham hamo hme",
    "haut ht",
    "haute hte",
    "hauts hts",
    "hauteur ht",
    "hotel htl",
    "immeuble imm",
    "impasse imp impas",
    "industrielle ind indus",
    "industriel ind indus",
    "international intl",
    "jardin jard",
    "jetee jte",
    "levee leve lev",
    "lotissement lot lotis lotiss ltst",
    "maison mais mson",
    "montee mte mtee mont",
    "moulin mln moul mlin",
    "musee mus",
    "nationale n nat",
    "nouveau nouv",
    "nouvelle nouv nvlle",
    "palais pal",
    "parc prc",
    "parking pkg park",
    "passage pas pass psg psge",
    "passerelle pass",
    "pavillon pav",
    "petit pt pet",
    "petite pte",
    "petits pts",
    "place pl plc pla",
    "placette plt",
    "plage plg",
    "plaine pln",
    "plateau plt",
    "point pt",
    "pointe pte",
    "pont pt pnt",
    "porte pte",
    "poterne pot",
    "promenade prom",
    "quai qu q",
    "quartier qua quart qr",
    "residence res resid rce rsd",
    "residences res",
    "rive rv",
    "rocade roc",
    "rond rd",
    "roquet roqt",
    "route rte rt rout",
    "rue r ru",
    "ruelle rle rlle",
    "sentier sen sent ste",
    "sente sen",
    "square sq sqr squ",
    "stade std",
    "station sta",
    "terrain trn",
    "terrasse tsse",
    "traverse tra trav",
    "tertre trt",
    "vallee val vall",
    "vallon val",
    "venelle ven vlle",
    "viaduc via",
    "vieux vx",
    "vieille vle vlle",
    "vieilles vles",
    "villa vla",
    "village vge vlge vill",
    "ville vl",
    "voie voi vc",
    "zone zo zn",
    // People.
    "abbe abb",
    "adjudant adj",
    "amiral aml am",
    "aspirant asp",
    "capitaine cpt cap capt cne",
    "cardinal card cal",
    "chanoine chne chan",
    "colonel col cl",
    "commandant cdt cmdt cdt",
    "commando cdo",
    "comte cte",
    "docteur dr doct docteurs",
    "general gal gen gl gnral",
    "generaux gaux",
    "ingenieur ing",
    "lieutenant lt ltn lieut",
    "madame mme",
    "maitre me",
    "marechal mal mar mchal marech",
    "marquis mis mquis",
    "monseigneur mgr",
    "monsieur mr m",
    "notre n",
    "pasteur past",
    "president pdt pt pres pdte presid",
    "presidente pdte",
    "professeur pr prof",
    "saint st st",
    "sainte ste",
    "saints sts ss",
    "saintes stes",
    "sergent sgt",
    "vicomte vte",
    // Between names of communes.
    "sur s sr",
    "sous s ss",
    "les lez",
    "pres lez",
    "et and",
    // Dates and numbers.
    "janvier janv jan",
    "fevrier fevr fev",
    "avril avr",
    "juillet juil",
    "septembre sept",
    "octobre oct",
    "novembre nov",
    "decembre dec",
    "armee arm",
    "bataillon btn bat",
    "division div",
    "regiment rgt reg",
    "resistance resist",
    "republique rep repub",
    "liberation lib liber",
    "victoire vict",
};

struct Acronym {
    std::string_view letters;
    std::string_view words;
};

// Opened on both sides, so that either form finds the other.
constexpr Acronym ACRONYMS[] = {
    {"db", "division blindee"},
    {"hlm", "habitation loyer modere"},
    {"ld", "lieu dit"},
    {"ldt", "lieu dit"},
    {"lieudit", "lieu dit"},
    {"nd", "notre dame"},
    {"ndame", "notre dame"},
    {"pae", "parc activite economique"},
    {"rdpt", "rond point"},
    {"ri", "regiment infanterie"},
    {"rn", "route nationale"},
    {"rpt", "rond point"},
    {"za", "zone artisanale"},
    {"zac", "zone amenagement concerte"},
    {"zae", "zone activite economique"},
    {"zi", "zone industrielle"},
    {"zup", "zone urbanisation priorite"},
    // Initials of two first names: each finds its name.
    {"ja", "j a"},
    {"jb", "j b"},
    {"jc", "j c"},
    {"jf", "j f"},
    {"jj", "j j"},
    {"jl", "j l"},
    {"jm", "j m"},
    {"jp", "j p"},
    {"jr", "j r"},
    {"js", "j s"},
};

template <typename Visit> void visit_row(std::string_view row, Visit visit) {
    while (!row.empty()) {
        const std::size_t space = std::min(row.find(' '), row.size());
        visit(row.substr(0, space));
        row.remove_prefix(std::min(space + 1, row.size()));
    }
}

bool has_word(std::string_view row, std::string_view word) {
    for (std::size_t at = row.find(word); at != std::string_view::npos; at = row.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || row[at - 1] == ' ') && (end == row.size() || row[end] == ' '))
            return true;
    }
    return false;
}

} // namespace

void add_spellings(std::string_view word, std::vector<std::string>& spellings) {
    for (const std::string_view row : SAME) {
        if (!has_word(row, word))
            continue;
        visit_row(row, [&](std::string_view other) {
            if (other != word && std::find(spellings.begin(), spellings.end(), other) == spellings.end())
                spellings.emplace_back(other);
        });
    }
}

std::string_view opened_acronym(std::string_view word, bool before_number) {
    if (word == "rd")
        return before_number ? std::string_view("route departementale") : std::string_view();
    for (const Acronym& acronym : ACRONYMS)
        if (acronym.letters == word)
            return acronym.words;
    return {};
}

} // namespace foyer::address
