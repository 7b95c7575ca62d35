// What the programs read from outside besides: key files, the desk's link, cookies.
#include "app/desk/link.h"
#include "app/envelope/key_file.h"
#include "app/server/console_guard.h"
#include "tests/fuzz/target.h"

namespace hufu::tests {

namespace {

void feedKeyFile(ByteView bytes)
{
    const auto key = envelope::KeyFile::parse(textOf(bytes));
    if (key) hold(crypto::mulBase(key->d) == key->point, "the point is the key's");
}

// A tester's key, made for this: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:SM2.
std::vector<Bytes> keyFileSeeds()
{
    return {bytesOf(viewOf("-----BEGIN PRIVATE KEY-----\n"
                           "MIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0wawIBAQQgwSvfYRcsqT5JOAri\n"
                           "rXDOXi4J9LolKID8GzXBs/JHWAmhRANCAARUw/avKVdIsvjnFia39OWypejIf5Ka\n"
                           "vQGAq0uiSGYamY8AfNYhukOxQXr1rp9WPkPRW966fdfLIqwAJeiiVekM\n"
                           "-----END PRIVATE KEY-----\n"))};
}

void feedDeskLink(ByteView bytes)
{
    const auto link = desk_app::DeskLink::parse(QString::fromUtf8(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())));
    if (link) hold(!link->host.isEmpty() && link->port != 0 && !link->pins.empty() && link->pins.size() <= 2, "a link names a server and its key");
}

std::vector<Bytes> deskLinkSeeds()
{
    const std::string pin(64, 'a');
    return {bytesOf(viewOf("hufu://desk?host=server.example&port=8443&pin=" + pin)),
            bytesOf(viewOf("hufu://desk?host=127.0.0.1&port=1&pin=" + pin + "&pin2=" + pin))};
}

void feedCookie(ByteView bytes)
{
    net::Request request;
    request.headers.emplace_back("cookie", textOf(bytes));
    const auto value = server::cookieOf(request, "session");
    if (value) hold(value->find(';') == std::string::npos && textOf(bytes).find("session=" + *value) != std::string::npos, "a cookie's value is a part of the header");
}

std::vector<Bytes> cookieSeeds()
{
    return {bytesOf(viewOf("a=b; session=00ff; c")), bytesOf(viewOf("session="))};
}

} // namespace

std::vector<FuzzTarget> outsideTargets()
{
    return {{"key-file", feedKeyFile, keyFileSeeds},
            {"desk-link", feedDeskLink, deskLinkSeeds},
            {"cookie", feedCookie, cookieSeeds}};
}

} // namespace hufu::tests
