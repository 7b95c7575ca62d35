// What web pages send to the desk.
#include "app/desk/wish.h"
#include "shield/intent/manifest.h"
#include "tests/fuzz/target.h"

namespace hufu::tests {

namespace {

void feedWish(ByteView bytes)
{
    const auto wish = desk_app::Wish::parse(bytes);
    if (!wish) return;
    for (const QString *text : {&wish->projectId, &wish->projectName, &wish->package, &wish->hint})
        hold(static_cast<bool>(intent::checkText(text->toStdString(), 600)), "a person reads nothing but plain text");
    hold(wish->act != desk_app::Wish::Act::seal || (!wish->projectId.isEmpty() && !wish->projectName.isEmpty()), "a bid has its project");
    hold(!wish->openingMs || *wish->openingMs >= 0, "an hour is one");
}

std::vector<Bytes> wishSeeds()
{
    return {bytesOf(viewOf(R"({"act":"seal","project":{"id":"P-1","name":"\u6865","package":"2"},"openingMs":1900000000000,"hint":"PDF"})")),
            bytesOf(viewOf(R"({"act":"open","project":{"id":"P-1"}})"))};
}

void feedOrigin(ByteView bytes)
{
    const auto site = desk_app::Site::parse(textOf(bytes));
    if (!site) return;
    hold(site->origin.toStdString() == textOf(bytes), "an origin is kept as it came");
    for (const char c : textOf(bytes))
        hold(c > ' ' && c < 0x7f && c != '@' && c != '\\' && (c < 'A' || c > 'Z'), "an origin can be read as it is compared");
}

std::vector<Bytes> originSeeds()
{
    return {bytesOf(viewOf("https://bid.example:8443")), bytesOf(viewOf("http://[::1]:80")), bytesOf(viewOf("tool://maker-2"))};
}

} // namespace

std::vector<FuzzTarget> loopbackTargets()
{
    return {{"loopback-wish", feedWish, wishSeeds}, {"loopback-origin", feedOrigin, originSeeds}};
}

} // namespace hufu::tests
