// What the HTTP server reads of a request before a handler sees it, and the answers that it keeps.
#include "app/server/idempotency.h"
#include "app/server/problem.h"
#include "platform/net/router.h"
#include "tests/fuzz/open_ports.h"
#include "tests/fuzz/target.h"
#include "tests/support/fakes.h"

namespace hufu::tests {

namespace {

void feedBody(ByteView bytes)
{
    const auto object = server::parseObject(bytes);
    if (!object) return;
    hold(object->is_object(), "a body is an object");
    const std::string text = object->dump();
    const auto again = server::parseObject(viewOf(text));
    hold(again && *again == *object, "what was read can be written and read again");
}

std::vector<Bytes> bodySeeds()
{
    return {bytesOf(viewOf(R"({"idempotencyKey":"k-1","manifest":{"act":"login","platform":"招采"},"n":[1,-2,3.5,true,null]})")),
            bytesOf(viewOf(R"({"name":"\u6295\u6807","publicKey":"00ff","network":"\"\\\/\n"})"))};
}

void feedTarget(ByteView bytes)
{
    net::Request request;
    request.target = textOf(bytes);
    if (!net::splitTarget(request)) return;
    hold(request.path.starts_with('/'), "a path begins at the root");
    for (const char c : request.path)
        hold(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f, "a path has no control characters");
}

std::vector<Bytes> targetSeeds()
{
    return {bytesOf(viewOf("/desk/v1/sessions/00ff?wait=20&since=3")), bytesOf(viewOf("/crl/%E6%8B%9B.crl?a=%20&b=+"))};
}

// The kept answer to a request, as it lies in the ledger.
Bytes &answerRow(MemoryLedger &ledger, server::Idempotency &kept)
{
    const auto begun = kept.begin(viewOf("who"), "key", viewOf("body"));
    hold(begun && std::holds_alternative<server::Idempotency::Slot>(*begun), "a new key begins");
    net::Response response;
    response.status = 201;
    response.contentType = "application/json";
    response.body = bytesOf(viewOf(R"({"id":"00ff"})"));
    hold(bool(kept.finish(std::get<server::Idempotency::Slot>(*begun), response)), "the answer is kept");
    return ledger.rows.begin()->second;
}

void feedAnswer(ByteView bytes)
{
    MemoryLedger ledger;
    OpenMasterKey masterKey;
    ManualClock clock;
    server::Idempotency kept(ledger, masterKey, clock);
    Bytes &row = answerRow(ledger, kept);
    const Bytes genuine = row;
    row = bytesOf(bytes);
    const auto other = kept.begin(viewOf("who"), "key", viewOf("another body"));
    hold(!other || std::holds_alternative<server::Idempotency::Slot>(*other) || bytes.size() < 40 || !sameBytes(bytes.subspan(8, 32), ByteView(genuine).subspan(8, 32)),
         "the answer to one body is none to another");
    hold(bool(kept.sweep()), "damaged rows are swept");
}

std::vector<Bytes> answerSeeds()
{
    MemoryLedger ledger;
    OpenMasterKey masterKey;
    ManualClock clock;
    server::Idempotency kept(ledger, masterKey, clock);
    return {answerRow(ledger, kept)};
}

} // namespace

std::vector<FuzzTarget> serverTargets()
{
    return {{"request-body", feedBody, bodySeeds}, {"request-target", feedTarget, targetSeeds},
            {"row-answer", feedAnswer, answerSeeds}};
}

} // namespace hufu::tests
