// What the HTTP server reads of a request before a handler sees it.
#include "app/server/problem.h"
#include "platform/net/router.h"
#include "tests/fuzz/target.h"

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

} // namespace

std::vector<FuzzTarget> serverTargets()
{
    return {{"request-body", feedBody, bodySeeds}, {"request-target", feedTarget, targetSeeds}};
}

} // namespace hufu::tests
