#include "address/builder.h"
#include "address/searcher.h"
#include "fuzz.h"

#include <string>
#include <tuple>

using namespace foyer;

namespace {

std::string small_index() {
    address::Builder builder;
    address::Record record;
    for (const auto& [street, number, insee, code, city] :
         {std::tuple("Rue du 8 Mai 1945", 12U, "44115", "44521", "Oudon"),
          std::tuple("Avenue du Général de Gaulle", 3U, "94068", "94100", "Saint-Maur-des-Fossés"),
          std::tuple("La Pommeraie", 0U, "44048", "44521", "Couffé"),
          std::tuple("Rue de l'Église", 1945U, "2A004", "20000", "Ajaccio")}) {
        record.street = street;
        record.number = number;
        record.repetition = number == 3 ? "bis" : "";
        record.insee = insee;
        record.postal_code = code;
        record.city = city;
        (void)builder.add(record);
    }
    return builder.finish();
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string INDEX_FILE = small_index();
    static const auto INDEX = address::Index::read(std::as_bytes(std::span(INDEX_FILE)));
    static address::Searcher searcher(*INDEX);
    const std::string_view typed = fuzz::text(data, size);
    const auto list = searcher.search(typed, 5);
    fuzz::expect(list.size() <= 5);
    for (std::size_t at = 0; at < list.size(); ++at) {
        fuzz::expect(list[at].score <= 1000 && !list[at].street.empty());
        fuzz::expect(at == 0 || list[at].score <= list[at - 1].score);
    }
    // The same text, the same list.
    const auto again = searcher.search(typed, 5);
    fuzz::expect(again.size() == list.size());
    for (std::size_t at = 0; at < list.size(); ++at)
        fuzz::expect(again[at].label == list[at].label && again[at].state == list[at].state);
    return 0;
}
