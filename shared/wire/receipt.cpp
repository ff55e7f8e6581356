#include "wire/receipt.h"

#include "wire/json.h"

namespace foyer::wire {

std::string write_receipt(const Receipt& receipt) {
    return write_json(Json::object()
                          .set("id", receipt.id)
                          .set("digest", receipt.digest)
                          .set("number", receipt.number)
                          .set("portal", receipt.portal)
                          .set("procedure", receipt.procedure)
                          .set("received_at", receipt.received_at)
                          .set("due_by", receipt.due_by));
}

Result<Receipt, ReceiptError> read_receipt(std::string_view bytes) {
    const Result<Json, JsonError> json = parse_json(bytes, {8 * 1024, 4});
    if (!json)
        return Failure{ReceiptError::not_json};
    std::vector<JsonMistake> mistakes;
    JsonReader root(*json, mistakes);
    Receipt receipt;
    receipt.id = root.member("id").text();
    receipt.digest = root.member("digest").text();
    receipt.number = root.member("number").text();
    receipt.portal = root.member("portal").text();
    receipt.procedure = root.member("procedure").text();
    receipt.received_at = root.member("received_at").text();
    receipt.due_by = root.member("due_by").text();
    // Members unknown here are passed over: a newer server may say more, and an old page must still know its receipt.
    if (!mistakes.empty())
        return Failure{ReceiptError::wrong_shape};
    return receipt;
}

} // namespace foyer::wire
