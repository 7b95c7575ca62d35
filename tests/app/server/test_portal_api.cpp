// The demo portal's end points, and log-in to the console by scanning: who may do what, with the real flows of a phone. In memory.
#include "api_book.h"
#include "gateway_rig.h"

#include "app/server/console_scan.h"
#include "app/server/party_api.h"
#include "app/server/party_applications.h"
#include "app/server/portal_api.h"
#include "app/server/public_api.h"
#include "app/server/qr.h"
#include "app/server/web_pages.h"
#include "app/server/sign_certificates.h"
#include "shield/documents/envelope.h"
#include "tests/support/account_watch.h"
#include "tests/support/company_fakes.h"

using namespace hufu;
using namespace hufu::tests;
using nlohmann::json;

namespace {

constexpr int kFrameModulesMost = 53 + 2 * 4; // of version 9, with the quiet zone

struct Portal : GatewayRig {
    enterprise::Ports world{ledger, masterKey, random, clock};
    MemoryMail mail;
    server::SignCertificates certified{authority};
    enterprise::ConsoleSessions console{world, smsCodes, certified};
    server::ConsoleGuard guard{world, console};
    enterprise::Applications applications{world, smsCodes, mail, {}, {}};
    MemoryRegister office;
    enterprise::Facts facts{world, office};
    std::string partyKey = *sessions.registerRelyingParty("demo-bidding", "示范招标平台");
    server::PartyApi partyApi{services};
    server::PartyApplications partyApplications{world, sessions, guard, applications, facts, "https://hufu.example/console", "demo-bidding"};
    net::Router router, partyRouter;
    server::Routes routes{router, log, clock}, partyRoutes{partyRouter, log, clock};
    std::optional<server::PartyClient> party;
    std::optional<server::PortalApi> portal;
    server::ConsoleScan consoleScan{services, guard, console};

    Portal()
    {
        partyApi.add(partyRoutes);
        partyApplications.addForParties(partyRoutes);
        server::addPublicApi(partyRoutes, services);
        party.emplace(partyRouter, partyKey);
        portal.emplace(world, guard, *party);
        portal->add(routes);
        consoleScan.add(routes);
    }
    // As a relying party's backend asks. Returns: status and body.
    std::pair<int, json> askAsParty(std::string_view method, const std::string &path, const json &body = json::object())
    {
        net::Request request;
        request.method = method;
        request.target = request.path = path;
        request.headers = {{"authorization", "Bearer " + partyKey}};
        request.body = bytesOf(viewOf(body.dump()));
        const net::Response response = answered(partyRouter, std::move(request));
        return {response.status, json::parse(response.body.begin(), response.body.end(), nullptr, false)};
    }
};

struct Answer {
    int status = 0;
    json body;
    std::string code() const { return body.is_object() ? body.value("code", "") : ""; }
};

// A person's browser at these pages: keeps cookies, and sends the word of the page that it was told last.
class Browser {
public:
    explicit Browser(Portal &bench) : m_bench(bench) {}

    Answer ask(std::string_view method, const std::string &path, const json &body = json::object())
    {
        net::Request request;
        request.method = method;
        request.target = path;
        if (!net::splitTarget(request)) qFatal("target");
        request.body = bytesOf(viewOf(body.dump()));
        request.caller = "192.0.2.7";
        request.headers = {{"host", "hufu.example"}, {"origin", "https://" + site}, {"hufu-csrf", word}};
        std::string all;
        for (const auto &[name, value] : cookies)
            all += (all.empty() ? "" : "; ") + name + "=" + value;
        if (!all.empty()) request.headers.emplace_back("cookie", all);
        const net::Response response = answered(m_bench.router, std::move(request));
        Answer answer;
        answer.status = response.status;
        answer.body = json::parse(response.body.begin(), response.body.end(), nullptr, false);
        for (const auto &[name, value] : response.headers) {
            if (name != "Set-Cookie") continue;
            if (value.find("Secure; HttpOnly; SameSite=Strict") == std::string::npos) qFatal("a cookie that is not shut");
            const std::size_t equals = value.find('=');
            cookies[value.substr(0, equals)] = value.substr(equals + 1, value.find(';') - equals - 1);
            if (value.ends_with("Max-Age=0")) cookies.erase(value.substr(0, equals));
        }
        if (answer.status < 300 && answer.body.is_object() && answer.body.contains("csrf")) word = answer.body["csrf"];
        return answer;
    }
    Answer logIn(const std::string &account, bool isNew = true)
    {
        const auto answer = ask("POST", isNew ? "/portal/v1/accounts" : "/portal/v1/sessions", {{"account", account}, {"password", "correct horse"}});
        ask("GET", "/portal/v1/sessions");
        return answer;
    }
    json me() { return ask("GET", "/portal/v1/sessions").body; }

    std::map<std::string, std::string> cookies;
    std::string word, site = "hufu.example";

private:
    Portal &m_bench;
};

const std::string kBinding = "/portal/v1/bindings/scan", kPortalScan = "/portal/v1/scans", kConsoleScan = "/console/v1/scans";

// Each end point that wants somebody to be logged in at the portal.
const std::vector<std::pair<const char *, const char *>> kKnown = {
    {"GET", "/portal/v1/sessions"},        {"DELETE", "/portal/v1/sessions"},      {"POST", "/portal/v1/applications"},
    {"POST", "/portal/v1/bindings"},       {"DELETE", "/portal/v1/bindings"},      {"POST", "/portal/v1/bindings/scan"},
    {"GET", "/portal/v1/bindings/scan"},   {"DELETE", "/portal/v1/bindings/scan"}, {"POST", "/portal/v1/bindings/scan/digits"}};
// Each that belongs to a scan of somebody who is not.
std::vector<std::pair<const char *, std::string>> ofScan(const std::string &path)
{
    return {{"GET", path}, {"DELETE", path}, {"POST", path + "/digits"}, {"POST", path + "/session"}};
}

// The person scans what the page shows, and approves; the page gets the digits.
struct Scanning {
    Portal &bench;
    RigPhone &phone;

    // Ends with an approved session, unless the phone says otherwise.
    phone::Step approve(Browser &browser, const std::string &path)
    {
        phone::Approval flow(phone.environment);
        auto step = untilDigits(browser, path, flow);
        if (step.show != Show::pin) return step;
        if (browser.ask("POST", path + "/digits", {{"digits", flow.request()->digits}}).status != 204) qFatal("digits");
        return phone.run(flow, flow.pin(pinOf(RigPhone::kPin)));
    }
    phone::Step untilDigits(Browser &browser, const std::string &path, phone::Approval &flow)
    {
        if (browser.ask("POST", path).status != 201) qFatal("no scan");
        const json code = browser.ask("GET", path).body.at("qr");
        if (code.is_null() || code.at("size").get<int>() > kFrameModulesMost) qFatal("no code that is read within its second");
        return phone.untilPin(flow, *intent::Frame::fromText(frame(browser)));
    }
    // What the code says: the bench is not asked to read pixels.
    std::string frame(const Browser &browser)
    {
        for (const char *cookie : {"__Host-hufu-binding", "__Host-hufu-portal-scan", "__Host-hufu-scan"}) {
            const auto it = browser.cookies.find(cookie);
            if (it == browser.cookies.end()) continue;
            const auto opened = bench.masterKey.open(*fromHex(it->second), concat({viewOf("hufu-visit "), viewOf(cookie)}));
            const ByteView plain = opened->expose();
            const std::string whose = json::parse(plain.begin(), plain.end()).at("whose");
            const auto token = *fixedBytes<16>(*fromHex(whose.substr(0, 32)));
            for (const auto &party : {server::kConsoleParty, sessions::RelyingParty{"demo-bidding", ""}})
                if (const auto text = bench.sessions.pageFrame(party.origin(), token)) return *text;
        }
        qFatal("no frame");
    }
};

} // namespace

class TestPortalApi : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // An operator hands out packages of his own: those of the demo are the demo portal's.
    void appPage_andItsDemoPackages_areThePortalsAlone()
    {
        Portal bench;
        net::Router bare, demo;
        server::Routes bareRoutes(bare, bench.log, bench.clock), demoRoutes(demo, bench.log, bench.clock);
        server::addWebPages(bareRoutes, {false, true});
        server::addWebPages(demoRoutes, {true, false});
        for (const char *path : {"/app", "/app/hufu-demo.apk", "/app/hufu-demo.ipa"}) {
            QVERIFY2(!bare.find("GET", path).route, path);
            QVERIFY2(demo.find("GET", path).route, path);
        }
        QVERIFY(bare.find("GET", "/console").route);
    }
    void cleanupTestCase()
    {
        QVERIFY2(apiBook().untold().empty(), apiBook().untold().c_str()); // answered, and openapi.yaml does not say so
    }

    void endPoint_eachForAStranger_isClosed()
    {
        Portal bench;
        Browser owner(bench);
        QCOMPARE(owner.logIn("supplier-1").status, 201);
        QCOMPARE(owner.ask("POST", kBinding).status, 201);
        QCOMPARE(owner.ask("POST", kConsoleScan).status, 201);
        QCOMPARE(owner.ask("POST", kPortalScan).status, 201);
        auto points = kKnown;
        const auto console = ofScan(kConsoleScan), portal = ofScan(kPortalScan);
        for (const auto *list : {&console, &portal})
            for (const auto &[method, path] : *list)
                points.emplace_back(method, path.c_str());
        const auto rows = bench.ledger.rows;
        Browser nobody(bench), rubbish(bench), swapped(bench);
        for (const auto &[name, value] : owner.cookies) {
            rubbish.cookies[name] = std::string(value.size(), '0');
            for (const auto &[other, another] : owner.cookies)
                if (other != name) swapped.cookies[name] = another; // a cookie of one use is none of another
        }
        for (Browser *stranger : {&nobody, &rubbish, &swapped})
            for (const auto &[method, path] : points) {
                const auto answer = stranger->ask(method, path);
                QVERIFY2(answer.status == 401 && answer.code() == "HF-109", path);
            }
        // The visit is right, and another page asks, or another site.
        for (const auto &[method, path] : points) {
            if (std::string_view(method) == "GET") continue;
            Browser foreign = owner;
            foreign.word = std::string(32, '0');
            QVERIFY2(foreign.ask(method, path).status == 403, path);
            foreign.word = owner.word;
            foreign.site = "evil.example";
            QVERIFY2(foreign.ask(method, path).status == 403, path);
        }
        QVERIFY(bench.ledger.rows == rows);
    }

    void scan_startedByAnotherSite_isRefused()
    {
        Portal bench;
        Browser browser(bench);
        browser.site = "evil.example";
        const auto rows = bench.ledger.rows;
        for (const std::string &path : {kConsoleScan, kPortalScan})
            QCOMPARE(browser.ask("POST", path).status, 403);
        QVERIFY(bench.ledger.rows == rows && browser.cookies.empty());
    }

    void scan_startedTooOften_is429()
    {
        Portal bench;
        Browser browser(bench);
        int refused = 0;
        for (int i = 0; i < 125; ++i)
            refused += browser.ask("POST", kConsoleScan).status == 429;
        QCOMPARE(refused, 5);
        bench.clock.advance(60'000);
        QCOMPARE(browser.ask("POST", kConsoleScan).status, 201);
    }

    // Whose the certificate is becomes the account's; from then on it opens the account.
    void certificate_bound_opensItsAccountByScanning()
    {
        Portal bench;
        RigPhone phone(bench);
        QCOMPARE(phone.activate().show, Show::done);
        Scanning scanning{bench, phone};
        Browser browser(bench);
        browser.logIn("supplier-1");
        QVERIFY(browser.me().at("certificate").is_null());
        QCOMPARE(scanning.approve(browser, kBinding).show, Show::done);
        QCOMPARE(browser.ask("GET", kBinding).body.at("state").get<std::string>(), std::string("approved"));
        const auto bound = browser.ask("POST", "/portal/v1/bindings");
        QCOMPARE(bound.status, 201);
        QVERIFY(!browser.cookies.contains("__Host-hufu-binding"));
        const json shown = browser.me().at("certificate");
        QVERIFY(shown == bound.body.at("certificate"));
        const auto records = *bench.authority.findByHolder(phone.acct());
        const auto sign = std::ranges::find(records, x509::KeyKind::sign, &authority::Record::kind);
        QCOMPARE(shown.at("name").get<std::string>(), std::string("张三"));
        QCOMPARE(shown.at("company").get<std::string>(), std::string("虎符演示建设有限公司"));
        QCOMPARE(shown.at("serial").get<std::string>(), toHex(sign->certificate.serial()));
        QCOMPARE(shown.at("notAfterMs").get<std::int64_t>(), sign->certificate.notAfterMs());
        QVERIFY(shown.at("valid").get<bool>());

        Browser other(bench);
        QCOMPARE(scanning.approve(other, kPortalScan).show, Show::done);
        QCOMPARE(other.ask("POST", kPortalScan + "/session").status, 201);
        QVERIFY(!other.cookies.contains("__Host-hufu-portal-scan"));
        QCOMPARE(other.me().at("account").get<std::string>(), std::string("supplier-1"));
    }

    // The log-in by a certificate lasts as long as that holds; the one by password has nothing to do with it.
    void portal_openedByACertificate_endsWithIt()
    {
        using namespace enterprise;
        for (const char *how : {"revoked", "suspended", "disabled", "ended"}) {
            Portal bench;
            RigPhone phone(bench);
            QCOMPARE(phone.activate().show, Show::done);
            Scanning scanning{bench, phone};
            Browser known(bench), scanned(bench);
            known.logIn("supplier-1");
            QCOMPARE(scanning.approve(known, kBinding).show, Show::done);
            QCOMPARE(known.ask("POST", "/portal/v1/bindings").status, 201);
            QCOMPARE(scanning.approve(scanned, kPortalScan).show, Show::done);
            QCOMPARE(scanned.ask("POST", kPortalScan + "/session").status, 201);
            QCOMPARE(scanned.me().at("account").get<std::string>(), std::string("supplier-1"));
            Browser copy = scanned;

            const auto second = *bench.enterprise.addPerson(bench.demo.company, {"管理二", "13700137055", "", "A2"});
            const Id person = *Staff(bench.world).personOf(bench.demo.company, bench.demo.phoneNumber);
            const auto records = *bench.authority.findByHolder(phone.acct());
            auto transaction = std::move(*bench.ledger.begin());
            auto grant = *loadGrantOf(*transaction, phone.acct());
            if (how == std::string_view("revoked")) {
                for (const auto &record : records)
                    QVERIFY(bench.authority.revoke(*transaction, record.certificate.serial(), x509::Reason::keyCompromise, bench.clock.unixMs()));
            } else if (how == std::string_view("disabled")) {
                QVERIFY(setRoles(*transaction, bench.world, {}, second, role::kAdministrator));
            } else {
                grant.second.state = how == std::string_view("ended") ? GrantState::ended : GrantState::suspended;
                QVERIFY(saveGrant(*transaction, grant.first, grant.second));
            }
            QVERIFY(transaction->commit());
            transaction.reset();
            tests::MemoryAccountWatch watch;
            if (how == std::string_view("disabled")) QVERIFY(Staff(bench.world, &watch).disable({bench.demo.company, second}, person, Administration::changes));

            const auto rows = bench.ledger.rows;
            for (const auto &[method, path] : kKnown) {
                Browser again = copy;
                const auto answer = again.ask(method, path);
                QVERIFY2(answer.status == 401 && answer.code() == "HF-109", path);
                QVERIFY2(!again.cookies.contains("__Host-hufu-portal"), path); // it does not come back by itself
            }
            QVERIFY2(bench.ledger.rows == rows, how);
            QCOMPARE(known.ask("GET", "/portal/v1/sessions").status, 200);
        }
    }

    // Whoever is bound learns what has happened, and finds all as it was afterwards; a platform that asks learns that and nothing else.
    void binding_ofWhomIsSuspendedOrDisabled_isToldAsSuch_andComesBack()
    {
        using namespace enterprise;
        for (const bool isDisabled : {false, true}) {
            Portal bench;
            RigPhone phone(bench);
            QCOMPARE(phone.activate().show, Show::done);
            Scanning scanning{bench, phone};
            Browser known(bench), other(bench);
            known.logIn("supplier-1");
            other.logIn("supplier-2");
            QCOMPARE(scanning.approve(known, kBinding).show, Show::done);
            QCOMPARE(known.ask("POST", "/portal/v1/bindings").status, 201);
            const json before = known.me();
            QVERIFY(before.at("inactive") == false && before.at("certificate").at("valid") == true);
            const std::string path = "/rp/v1/certificates/" + before.at("certificate").at("serial").get<std::string>();

            const Actor second{bench.demo.company, *bench.enterprise.addPerson(bench.demo.company, {"管理二", "13700137055", "", "A2"})};
            const Id person = *Staff(bench.world).personOf(bench.demo.company, bench.demo.phoneNumber);
            const auto grant = *loadGrantOf(**bench.ledger.begin(), phone.acct());
            const auto rest = [&](bool isResting) {
                auto transaction = *bench.ledger.begin();
                auto row = grant.second;
                if (!isDisabled && isResting) row.state = GrantState::suspended;
                if (isDisabled ? isResting && !setRoles(*transaction, bench.world, {}, second.person, role::kAdministrator) : !saveGrant(*transaction, grant.first, row)) qFatal("rest");
                if (!transaction->commit()) qFatal("commit");
                transaction.reset();
                tests::MemoryAccountWatch watch;
                if (isDisabled) QVERIFY(isResting ? Staff(bench.world, &watch).disable(second, person, Administration::changes) : Staff(bench.world).enable(second, person, Administration::changes));
            };
            rest(true);
            const auto [status, told] = bench.askAsParty("GET", path);
            QVERIFY(status == 404 && told.at("code") == "HF-764");
            QVERIFY(!told.contains("company") && !told.contains("certificate") && !told.contains("holder") && !told.contains("opens"));
            QVERIFY(bench.askAsParty("GET", "/rp/v1/certificates/" + std::string(32, '7')).second.at("code") == "HF-103");
            const auto rows = bench.ledger.rows;
            QVERIFY(known.me().at("certificate").is_null() && known.me().at("inactive") == true);
            QVERIFY(other.me().at("certificate").is_null() && other.me().at("inactive") == false);
            QVERIFY(bench.ledger.rows == rows); // it stays bound
            rest(false);
            QVERIFY(known.me().at("certificate") == before.at("certificate"));
            QVERIFY(known.me().at("inactive") == false);
        }
    }

    // A link stands still, and may be larger.
    void code_ofAFrame_isOfVersion9AtMost()
    {
        QCOMPARE(server::qrOfFrame(std::string(262, 'A'))->at("size").get<int>(), kFrameModulesMost);
        const auto longer = server::qrOfFrame(std::string(263, 'A'));
        QVERIFY(!longer && longer.error().code == Errc::badInput);
        QVERIFY(server::qrOf(std::string(263, 'A'))->at("size").get<int>() > kFrameModulesMost);
        QVERIFY(server::qrOf(std::string(600, 'a')) && !server::qrOf(std::string(601, 'a')) && !server::qrOf(""));
    }

    void scan_approved_letsInOnce()
    {
        Portal bench;
        RigPhone phone(bench);
        QCOMPARE(phone.activate().show, Show::done);
        Browser browser(bench);
        const auto early = [&] { return browser.ask("POST", kConsoleScan + "/session"); };
        QCOMPARE(browser.ask("POST", kConsoleScan).status, 201);
        QCOMPARE(early().status, 409); // nobody has approved
        QCOMPARE((Scanning{bench, phone}.approve(browser, kConsoleScan)).show, Show::done);
        Browser copy = browser;
        const auto opened = browser.ask("POST", kConsoleScan + "/session");
        QCOMPARE(opened.status, 201);
        const auto actor = bench.console.actorOf(*fixedBytes<32>(*fromHex(browser.cookies.at("__Host-hufu-console"))));
        QVERIFY(actor->company == bench.demo.company);
        QCOMPARE(browser.cookies.count("__Host-hufu-console"), std::size_t(1));
        const auto rows = bench.ledger.rows;
        QCOMPARE(copy.ask("POST", kConsoleScan + "/session").status, 409);
        QVERIFY(bench.ledger.rows == rows);
    }

    // The certificate with which somebody has logged in is revoked: that was it.
    void console_openedByACertificate_endsWhenThatIsRevoked()
    {
        Portal bench;
        RigPhone phone(bench);
        QCOMPARE(phone.activate().show, Show::done);
        Browser browser(bench);
        QCOMPARE(browser.ask("POST", kConsoleScan).status, 201);
        QCOMPARE((Scanning{bench, phone}.approve(browser, kConsoleScan)).show, Show::done);
        const auto opened = browser.ask("POST", kConsoleScan + "/session");
        QCOMPARE(opened.status, 201);
        const auto token = *fixedBytes<32>(*fromHex(browser.cookies.at("__Host-hufu-console")));
        const auto records = bench.authority.findByHolder(phone.acct());
        std::int64_t until = 0;
        for (const auto kind : {x509::KeyKind::encrypt, x509::KeyKind::sign}) {
            QVERIFY(bench.console.actorOf(token)); // that for decryption has nothing to do with it
            const auto one = std::ranges::find(*records, kind, &authority::Record::kind);
            until = one->certificate.notAfterMs();
            auto transaction = std::move(*bench.ledger.begin());
            QVERIFY(bench.authority.revoke(*transaction, one->certificate.serial(), x509::Reason::keyCompromise, bench.clock.unixMs()));
            QVERIFY(transaction->commit());
        }
        QCOMPARE(bench.console.actorOf(token).error().code, Errc::notFound);
        QVERIFY(until > bench.clock.unixMs());
        QCOMPARE(*bench.certified.until(phone.acct()), std::int64_t{0});
        QCOMPARE(*bench.certified.until(enterprise::Id{9}), std::int64_t{0});
    }

    void digits_wrongThreeTimes_endTheScan()
    {
        Portal bench;
        RigPhone phone(bench);
        QCOMPARE(phone.activate().show, Show::done);
        Browser browser(bench);
        phone::Approval flow(phone.environment);
        QCOMPARE((Scanning{bench, phone}.untilDigits(browser, kConsoleScan, flow)).show, Show::pin);
        QVERIFY(browser.ask("GET", kConsoleScan).body.at("digitsWanted").get<bool>());
        const std::string wrong = flow.request()->digits == "0000" ? "1111" : "0000";
        for (int i = 0; i < 3; ++i)
            QCOMPARE(browser.ask("POST", kConsoleScan + "/digits", {{"digits", wrong}}).code(), std::string("HF-207"));
        QCOMPARE(browser.ask("GET", kConsoleScan).body.at("state").get<std::string>(), std::string("failed"));
        QCOMPARE(browser.ask("POST", kConsoleScan + "/digits", {{"digits", flow.request()->digits}}).status, 409);
        QCOMPARE(browser.ask("POST", kConsoleScan + "/session").status, 409);
        QVERIFY(phone.run(flow, flow.pin(pinOf(RigPhone::kPin))).show != Show::done);
    }

    // A code says what is bound where; the person reads it before the PIN.
    void binding_scanned_namesTheAccount()
    {
        Portal bench;
        RigPhone phone(bench);
        QCOMPARE(phone.activate().show, Show::done);
        Browser browser(bench);
        browser.logIn("supplier-1");
        phone::Approval flow(phone.environment);
        QCOMPARE((Scanning{bench, phone}.untilDigits(browser, kBinding, flow)).show, Show::pin);
        const auto &manifest = flow.request()->manifest;
        QCOMPARE(manifest.platform.name, std::string("示范招标平台"));
        QVERIFY(manifest.project && manifest.project->name.find("supplier-1") != std::string::npos);
        QVERIFY(!manifest.desk);
    }

    void scan_givenUpOrShownTooLong_letsNobodyIn()
    {
        Portal bench;
        RigPhone phone(bench);
        QCOMPARE(phone.activate().show, Show::done);
        Scanning scanning{bench, phone};
        Browser browser(bench);
        QCOMPARE(browser.ask("POST", kPortalScan).status, 201);
        const auto frame = *intent::Frame::fromText(scanning.frame(browser));
        Browser copy = browser;
        QCOMPARE(browser.ask("DELETE", kPortalScan).status, 204);
        QCOMPARE(browser.ask("GET", kPortalScan).status, 401); // the cookie is gone
        QCOMPARE(copy.ask("GET", kPortalScan).body.at("state").get<std::string>(), std::string("failed"));
        phone::Approval flow(phone.environment);
        QVERIFY(phone.untilPin(flow, frame).show != Show::pin);
        QCOMPARE(browser.ask("POST", kPortalScan).status, 201);
        bench.clock.advance(60'001);
        const auto late = browser.ask("GET", kPortalScan).body;
        QVERIFY(late.at("state") == "expired" && late.at("qr").is_null());
        QCOMPARE(browser.ask("POST", kPortalScan + "/session").status, 409);
    }

    // One certificate to one account, one account to one person's certificate.
    void binding_secondOfEither_isRefused()
    {
        Portal bench;
        RigPhone phone(bench);
        QCOMPARE(phone.activate().show, Show::done);
        Scanning scanning{bench, phone};
        Browser first(bench), second(bench);
        first.logIn("supplier-1");
        second.logIn("supplier-2");
        QCOMPARE(scanning.approve(first, kBinding).show, Show::done);
        QCOMPARE(first.ask("POST", "/portal/v1/bindings").status, 201);
        QCOMPARE(scanning.approve(second, kBinding).show, Show::done);
        QCOMPARE(second.ask("POST", "/portal/v1/bindings").code(), std::string("HF-781"));
        QVERIFY(second.me().at("certificate").is_null() && !first.me().at("certificate").is_null());
        server::PortalAccounts accounts(bench.world);
        QCOMPARE(accounts.bind("supplier-1", {{1}, {2}, 3}).denied(), enterprise::Denied::accountBound);
        QCOMPARE(second.ask("DELETE", "/portal/v1/bindings").status, 404); // nothing is bound here
        // Unbound there, it is free; and opens its account no more.
        QCOMPARE(first.ask("DELETE", "/portal/v1/bindings").status, 204);
        QVERIFY(first.me().at("certificate").is_null());
        const auto counted = [&](audit::Event event) { return bench.countOf(bench.demo.company, event); };
        QVERIFY(counted(audit::Event::certificateBound) == 1 && counted(audit::Event::certificateUnbound) == 1);
        QVERIFY(accounts.untold()->empty());
        Browser other(bench);
        QCOMPARE(scanning.approve(other, kPortalScan).show, Show::done);
        QCOMPARE(other.ask("POST", kPortalScan + "/session").code(), std::string("HF-780"));
        QCOMPARE(other.ask("GET", "/portal/v1/sessions").status, 401);
        QCOMPARE(scanning.approve(second, kBinding).show, Show::done);
        QCOMPARE(second.ask("POST", "/portal/v1/bindings").status, 201);
        QCOMPARE(counted(audit::Event::certificateBound), std::size_t(2));
    }

    // A scan that one account has started binds nothing to another, even in the same browser.
    void binding_approvedForOneAccount_isNoOthers()
    {
        Portal bench;
        RigPhone phone(bench);
        QCOMPARE(phone.activate().show, Show::done);
        Browser browser(bench);
        browser.logIn("supplier-1");
        QCOMPARE((Scanning{bench, phone}.approve(browser, kBinding)).show, Show::done);
        browser.logIn("supplier-2");
        for (const char *method : {"GET", "DELETE"})
            QCOMPARE(browser.ask(method, kBinding).status, 404);
        QCOMPARE(browser.ask("POST", "/portal/v1/bindings").status, 404);
        QVERIFY(browser.me().at("certificate").is_null());
    }

    // Whoever photographs the code knows the session, and gets nothing by it.
    void binding_approvedInAnotherBrowser_isNotTaken()
    {
        Portal bench;
        RigPhone phone(bench);
        QCOMPARE(phone.activate().show, Show::done);
        Browser browser(bench), thief(bench);
        browser.logIn("supplier-1");
        thief.logIn("supplier-2");
        QCOMPARE((Scanning{bench, phone}.approve(browser, kBinding)).show, Show::done);
        QCOMPARE(thief.ask("POST", "/portal/v1/bindings").status, 404);
        thief.cookies["__Host-hufu-binding"] = browser.cookies.at("__Host-hufu-binding");
        QCOMPARE(thief.ask("POST", "/portal/v1/bindings").status, 404);
        QVERIFY(thief.me().at("certificate").is_null());
        QCOMPARE(browser.ask("POST", "/portal/v1/bindings").status, 201);
    }

    void certificate_renewed_rebindsItself()
    {
        Portal bench;
        RigPhone phone(bench);
        QCOMPARE(phone.activate().show, Show::done);
        Browser browser(bench);
        browser.logIn("supplier-1");
        QCOMPARE((Scanning{bench, phone}.approve(browser, kBinding)).show, Show::done);
        QCOMPARE(browser.ask("POST", "/portal/v1/bindings").status, 201);
        const json before = browser.me().at("certificate");
        bench.clock.advance(60'000);
        bench.demo.code = bench.enterprise.openNextGrant(phone.acct())->code;
        QVERIFY(browser.me().at("certificate") == before); // until a phone is active under it
        RigPhone next(bench);
        QCOMPARE(next.activate().show, Show::done);
        const json after = browser.me().at("certificate");
        QVERIFY(after.at("serial") != before.at("serial") && after.at("valid").get<bool>());
        QVERIFY(after.at("name") == before.at("name") && after.at("boundMs") == before.at("boundMs"));
        Browser other(bench);
        QCOMPARE((Scanning{bench, next}.approve(other, kPortalScan)).show, Show::done);
        QCOMPARE(other.ask("POST", kPortalScan + "/session").status, 201);
        QCOMPARE(other.me().at("account").get<std::string>(), std::string("supplier-1"));
    }

    // --- the portal is a relying party like any other: what such a one is told ------------------------------------------

    // A person is the same holder with each certificate; by the serial number of an old one, too.
    void holder_renewed_isTheSameToARelyingParty()
    {
        Portal bench;
        RigPhone phone(bench);
        QCOMPARE(phone.activate().show, Show::done);
        const auto serialOf = [&](const enterprise::Id &acct) {
            const auto records = *bench.authority.findByHolder(acct);
            return toHex(std::ranges::find(records, x509::KeyKind::sign, &authority::Record::kind)->certificate.serial());
        };
        const auto logIn = [&](RigPhone &with) {
            const auto [status, begun] = bench.askAsParty("POST", "/rp/v1/sessions", {{"idempotencyKey", toHex(bench.random.bytes<16>("key"))}, {"manifest", {{"act", "login"}}}});
            if (status != 201) qFatal("no session");
            const std::string path = "/rp/v1/sessions/" + begun.at("token").get<std::string>();
            phone::Approval flow(with.environment);
            const auto frame = *intent::Frame::fromText(bench.askAsParty("GET", path + "/frame").second.at("text").get<std::string>());
            if (with.untilPin(flow, frame).show != Show::pin) qFatal("not scanned");
            if (bench.askAsParty("POST", path + "/digits", {{"digits", flow.request()->digits}}).first != 204) qFatal("digits");
            if (with.run(flow, flow.pin(pinOf(RigPhone::kPin))).show != Show::done) qFatal("not approved");
            return bench.askAsParty("GET", path).second.at("outcome").at("holder").get<std::string>();
        };
        const std::string former = serialOf(phone.acct()), holder = logIn(phone);
        QCOMPARE(holder.size(), std::size_t(32));
        bench.clock.advance(60'000);
        bench.demo.code = bench.enterprise.openNextGrant(phone.acct())->code;
        RigPhone next(bench);
        QCOMPARE(next.activate().show, Show::done);
        QVERIFY(serialOf(next.acct()) != former);
        QCOMPARE(logIn(next), holder);
        for (const std::string &path : {"/rp/v1/holders/" + holder, "/rp/v1/certificates/" + former, "/rp/v1/certificates/" + serialOf(next.acct())}) {
            const auto [status, told] = bench.askAsParty("GET", path);
            QCOMPARE(status, 200);
            QVERIFY(told.at("holder") == holder && told.at("valid") == true);
            QCOMPARE(told.at("company").get<std::string>(), bench.enterprise.holderOf(next.acct())->company.creditCode);
            QCOMPARE(toHex(x509::Certificate::parsePem(told.at("certificate").get<std::string>())->serial()), serialOf(next.acct()));
            json opens = json::array();
            for (const enterprise::Id &account : {next.acct(), phone.acct()}) { // the key before it opens what is sealed for it
                const auto records = *bench.authority.findByHolder(account);
                for (const auto &record : records)
                    if (record.kind == x509::KeyKind::encrypt) opens.push_back(toHex(*documents::envelopeKeyId(record.certificate)));
            }
            QVERIFY(told.at("opens") == opens && opens.size() == 2);
        }
        QVERIFY(bench.revoke(next.acct(), x509::KeyKind::sign));
        QVERIFY(bench.askAsParty("GET", "/rp/v1/holders/" + holder).second.at("valid") == false);
        const auto rows = bench.ledger.rows;
        for (const std::string &path : {std::string("/rp/v1/holders/") + std::string(32, '7'), std::string("/rp/v1/holders/xyz"), std::string("/rp/v1/certificates/") + std::string(32, '7'), std::string("/rp/v1/certificates/x")})
            QCOMPARE(bench.askAsParty("GET", path).first, 404);
        bench.partyKey = "no key";
        QCOMPARE(bench.askAsParty("GET", "/rp/v1/holders/" + holder).first, 401);
        QCOMPARE(bench.askAsParty("GET", "/rp/v1/certificates/" + former).first, 401);
        QVERIFY(bench.ledger.rows == rows);
    }
    // Which platform has bound whom is told by whoever is the platform; for the log of that person's company, and nothing rests on it.
    void binding_toldByAParty_isOfThatPartyAndWellFormed()
    {
        Portal bench;
        RigPhone phone(bench);
        QCOMPARE(phone.activate().show, Show::done);
        const enterprise::Id person = bench.enterprise.holderOf(phone.acct())->personId, company = bench.demo.company;
        const auto records = *bench.authority.findByHolder(phone.acct());
        const auto serialOf = [&](x509::KeyKind kind) { return toHex(std::ranges::find(records, kind, &authority::Record::kind)->certificate.serial()); };
        const std::string path = "/rp/v1/holders/" + toHex(person) + "/binding", mine = bench.partyKey, serial = serialOf(x509::KeyKind::sign);
        const json bound{{"state", "bound"}, {"certificate", serial}}, released{{"state", "released"}};
        const auto put = [&](const std::string &at, const json &body) { return bench.askAsParty("PUT", at, body); };
        const auto counted = [&](audit::Event event) { return bench.countOf(company, event); };

        const auto rows = bench.ledger.rows;
        bench.partyKey = "no key";
        QCOMPARE(put(path, bound).first, 401);
        bench.partyKey = mine;
        for (const json &bad : {json::object(), json::array(), json{{"state", "here"}}, json{{"state", 1}}, json{{"state", "bound"}}, json{{"state", "bound"}, {"certificate", "xyz"}}, json{{"state", "bound"}, {"certificate", 7}}})
            QCOMPARE(put(path, bad).first, 400);
        for (const std::string &other : {std::string(32, '7'), serialOf(x509::KeyKind::encrypt)}) // nobody's, and none that signs
            QCOMPARE(put(path, {{"state", "bound"}, {"certificate", other}}).first, 404);
        for (const std::string &nobody : {std::string(32, '7'), std::string("xyz")})
            QCOMPARE(put("/rp/v1/holders/" + nobody + "/binding", bound).first, 404);
        QCOMPARE(put(path, released).first, 204); // it has bound nobody, and nothing is noted
        QVERIFY(bench.ledger.rows == rows);

        QCOMPARE(put(path, bound).first, 204);
        const auto once = bench.ledger.rows;
        QCOMPARE(put(path, bound).first, 204); // the answer was lost
        QVERIFY(bench.ledger.rows == once && counted(audit::Event::certificateBound) == 1);
        const auto newest = [&] { return audit::recordsOf(bench.ledger, company, 1, 10'000)->back().entry; };
        QVERIFY(newest().event == audit::Event::certificateBound && newest().subject == person && newest().who.by == audit::By::outside);
        QCOMPARE((*audit::aboutOf(bench.ledger, newest().object))->platform, std::string("示范招标平台"));
        // Another platform binds the same person to an account of its own, and releases nobody else's.
        bench.partyKey = *bench.sessions.registerRelyingParty("other", "另一平台");
        QCOMPARE(put(path, released).first, 204);
        QCOMPARE(counted(audit::Event::certificateUnbound), std::size_t(0));
        QCOMPARE(put(path, bound).first, 204);
        QCOMPARE((*audit::aboutOf(bench.ledger, newest().object))->platform, std::string("另一平台"));
        bench.partyKey = mine;
        // A new phone is another certificate, and the same person.
        bench.clock.advance(60'000);
        bench.demo.code = bench.enterprise.openNextGrant(phone.acct())->code;
        RigPhone next(bench);
        QCOMPARE(next.activate().show, Show::done);
        const auto renewed = *bench.authority.findByHolder(next.acct());
        const std::string later = toHex(std::ranges::find(renewed, x509::KeyKind::sign, &authority::Record::kind)->certificate.serial());
        QCOMPARE(put(path, {{"state", "bound"}, {"certificate", later}}).first, 204);
        QVERIFY(newest().event == audit::Event::certificateRebound);
        for (int i = 0; i < 2; ++i)
            QCOMPARE(put(path, released).first, 204);
        QVERIFY(newest().event == audit::Event::certificateUnbound && counted(audit::Event::certificateUnbound) == 1);
        QVERIFY(counted(audit::Event::certificateBound) == 2 && counted(audit::Event::certificateRebound) == 1);
        // Nobody fills a company's log: to and fro is heard so often in a minute, of one person.
        bench.clock.advance(60'000);
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(put(path, {{"state", "bound"}, {"certificate", later}}).first, 204);
            QCOMPARE(put(path, released).first, 204);
        }
        const auto full = bench.ledger.rows;
        const auto late = put(path, bound);
        QVERIFY(late.first == 429 && late.second.at("code") == "HF-105" && bench.ledger.rows == full);
        bench.clock.advance(60'000);
        // Whoever is suspended has no certificate to be bound with, and is let go of all the same.
        QCOMPARE(put(path, {{"state", "bound"}, {"certificate", later}}).first, 204);
        {
            auto transaction = std::move(*bench.ledger.begin());
            auto grant = *enterprise::loadGrantOf(*transaction, next.acct());
            grant.second.state = enterprise::GrantState::suspended;
            QVERIFY(enterprise::saveGrant(*transaction, grant.first, grant.second) && transaction->commit());
        }
        const auto refused = put(path, {{"state", "bound"}, {"certificate", later}});
        QVERIFY(refused.first == 404 && refused.second.at("code") == "HF-764");
        QCOMPARE(put(path, released).first, 204);
        QVERIFY(newest().event == audit::Event::certificateUnbound && audit::verify(bench.ledger)->intact());
    }
    // Hufu does not answer just then: it is told with the next page that somebody looks at.
    void binding_thatHufuCouldNotBeTold_isToldLater()
    {
        Portal bench;
        RigPhone phone(bench);
        QCOMPARE(phone.activate().show, Show::done);
        Scanning scanning{bench, phone};
        Browser browser(bench);
        browser.logIn("supplier-1");
        QCOMPARE(scanning.approve(browser, kBinding).show, Show::done);
        QCOMPARE(browser.ask("POST", "/portal/v1/bindings").status, 201);
        const auto released = [&] { return bench.countOf(bench.demo.company, audit::Event::certificateUnbound); };
        server::PortalAccounts accounts(bench.world);
        bench.party.emplace(net::Router(), "a key"); // nobody is there
        QCOMPARE(browser.ask("DELETE", "/portal/v1/bindings").status, 204);
        QVERIFY(released() == 0 && accounts.untold()->size() == 1);
        const auto former = accounts.untold()->front();
        bench.party.emplace(bench.partyRouter, bench.partyKey);
        QCOMPARE(browser.ask("GET", "/portal/v1/sessions").status, 200);
        QVERIFY(released() == 1 && accounts.untold()->empty());
        // The last word stands: what was told of one that another has replaced since takes it not away.
        QVERIFY(accounts.bind("supplier-1", {{1}, former.person, 3}));
        QVERIFY(accounts.told(former) && accounts.untold()->size() == 1);
        // Of whom Hufu does not know nothing is kept to be told.
        QCOMPARE(browser.ask("DELETE", "/portal/v1/bindings").status, 204);
        QVERIFY(accounts.bind("supplier-1", {{1}, {2}, 3}) && accounts.untold()->size() == 1);
        QCOMPARE(browser.ask("GET", "/portal/v1/sessions").status, 200);
        QVERIFY(accounts.untold()->empty() && released() == 1);
    }
    // A word that Hufu does not take as long as its person rests stays, and holds up no other's.
    void binding_ofWhoRests_isToldLater_andHoldsUpNobody()
    {
        Portal bench;
        RigPhone phone(bench);
        QCOMPARE(phone.activate().show, Show::done);
        const auto person = bench.enterprise.holderOf(phone.acct())->personId;
        enterprise::Id serial{};
        const auto records = *bench.authority.findByHolder(phone.acct());
        for (const auto &record : records)
            if (record.kind == x509::KeyKind::sign) serial = *fixedBytes<16>(record.certificate.serial());
        auto grant = *enterprise::loadGrantOf(**bench.ledger.begin(), phone.acct());
        const auto before = grant.second.state;
        const auto rest = [&](enterprise::GrantState state) {
            auto transaction = std::move(*bench.ledger.begin());
            grant.second.state = state;
            return bool(enterprise::saveGrant(*transaction, grant.first, grant.second)) && bool(transaction->commit());
        };
        const auto told = [&] { return bench.countOf(bench.demo.company, audit::Event::certificateBound); };
        server::PortalAccounts accounts(bench.world);
        Browser browser(bench);
        browser.logIn("supplier-2");
        QVERIFY(rest(enterprise::GrantState::suspended));
        enterprise::Id last{};
        last.fill(0xff); // after the other one's
        QVERIFY(accounts.bind("supplier-1", {serial, person, 1}) && accounts.bind("supplier-3", {{1}, last, 1}) && accounts.untold()->size() == 2);
        QCOMPARE(browser.ask("GET", "/portal/v1/sessions").status, 200);
        const auto left = *accounts.untold();
        QVERIFY(left.size() == 1 && left.front().person == person && told() == 0);
        QVERIFY(rest(before));
        QCOMPARE(browser.ask("GET", "/portal/v1/sessions").status, 200);
        QVERIFY(accounts.untold()->empty() && told() == 1);
    }
    void session_givenUpByItsParty_isOver()
    {
        Portal bench;
        const auto [status, begun] = bench.askAsParty("POST", "/rp/v1/sessions", {{"idempotencyKey", "one"}, {"manifest", {{"act", "login"}}}});
        QCOMPARE(status, 201);
        const std::string path = "/rp/v1/sessions/" + begun.at("token").get<std::string>(), mine = bench.partyKey;
        bench.partyKey = *bench.sessions.registerRelyingParty("other", "另一平台");
        QCOMPARE(bench.askAsParty("DELETE", path).first, 404); // another's
        bench.partyKey = mine;
        QVERIFY(bench.askAsParty("GET", path).second.at("state") == "waiting");
        QCOMPARE(bench.askAsParty("DELETE", path).first, 204);
        QVERIFY(bench.askAsParty("GET", path).second.at("state") == "failed");
        QCOMPARE(bench.askAsParty("DELETE", path).first, 409);
        QCOMPARE(bench.askAsParty("DELETE", "/rp/v1/sessions/xyz").first, 404);
    }
    // What a browser kept of a log-in opens nothing a second time.
    void logIn_believedOnce_isNotBelievedAgain()
    {
        Portal bench;
        RigPhone phone(bench);
        QCOMPARE(phone.activate().show, Show::done);
        Scanning scanning{bench, phone};
        Browser browser(bench);
        browser.logIn("supplier-1");
        QCOMPARE(scanning.approve(browser, kBinding).show, Show::done);
        QCOMPARE(browser.ask("POST", "/portal/v1/bindings").status, 201);
        Browser other(bench);
        QCOMPARE(scanning.approve(other, kPortalScan).show, Show::done);
        Browser copy = other;
        QCOMPARE(other.ask("POST", kPortalScan + "/session").status, 201);
        QCOMPARE(copy.ask("POST", kPortalScan + "/session").status, 409);
        QCOMPARE(copy.ask("GET", "/portal/v1/sessions").status, 401);
    }
    // The portal believes no outcome that does not hold, however it came.
    void outcome_thatDoesNotHold_isNotBelieved()
    {
        Portal bench;
        RigPhone phone(bench);
        QCOMPARE(phone.activate().show, Show::done);
        Browser browser(bench);
        browser.logIn("supplier-1");
        QCOMPARE((Scanning{bench, phone}.approve(browser, kBinding)).show, Show::done);
        const auto opened = bench.masterKey.open(*fromHex(browser.cookies.at("__Host-hufu-binding")), viewOf("hufu-visit __Host-hufu-binding"));
        const std::string whose = json::parse(opened->expose().begin(), opened->expose().end()).at("whose");
        const auto token = *fixedBytes<16>(*fromHex(whose.substr(0, 32)));
        auto asked = *fixedBytes<32>(*fromHex(whose.substr(32, 64)));
        const std::int64_t nowMs = bench.clock.unixMs();
        const auto approved = bench.party->approved(token, asked, nowMs);
        QVERIFY(approved);
        const auto records = *bench.authority.findByHolder(phone.acct());
        QCOMPARE(toHex(approved->certificate), toHex(std::ranges::find(records, x509::KeyKind::sign, &authority::Record::kind)->certificate.serial()));
        asked[0] ^= 1;
        QCOMPARE(bench.party->approved(token, asked, nowMs).error().code, Errc::tampered);
        asked[0] ^= 1;
        QVERIFY(bench.revoke(phone.acct(), x509::KeyKind::sign)); // between the approval and the answer
        QVERIFY(!bench.party->approved(token, asked, nowMs));
        QVERIFY(browser.ask("POST", "/portal/v1/bindings").status >= 400);
        QVERIFY(browser.me().at("certificate").is_null());
    }

    void certificate_revokedOrEnded_isShownAsOver()
    {
        Portal bench;
        RigPhone phone(bench);
        QCOMPARE(phone.activate().show, Show::done);
        Scanning scanning{bench, phone};
        Browser browser(bench);
        browser.logIn("supplier-1");
        QCOMPARE(scanning.approve(browser, kBinding).show, Show::done);
        QCOMPARE(browser.ask("POST", "/portal/v1/bindings").status, 201);
        QVERIFY(bench.revoke(phone.acct(), x509::KeyKind::sign));
        QVERIFY(!browser.me().at("certificate").at("valid").get<bool>());
        Browser other(bench);
        QVERIFY(scanning.approve(other, kPortalScan).show != Show::done);
        QCOMPARE(other.ask("POST", kPortalScan + "/session").status, 409);
    }

    // A page's word outlives the renewal of its cookie: whoever corrects a slip two minutes later is let on.
    void word_afterTheCookieIsRenewed_isTheSame()
    {
        Portal bench;
        Browser browser(bench);
        browser.logIn("supplier-1");
        const std::string word = browser.word, cookie = browser.cookies.at("__Host-hufu-portal");
        bench.clock.advance(120'000);
        QCOMPARE(browser.ask("POST", "/portal/v1/applications", {{"issuer", "nobody"}}).status, 404);
        QVERIFY(browser.cookies.at("__Host-hufu-portal") != cookie);
        QCOMPARE(browser.word, word);
        QCOMPARE(browser.ask("POST", "/portal/v1/applications", {{"issuer", "hufu"}}).status, 201);
    }
};

QTEST_GUILESS_MAIN(TestPortalApi)
#include "test_portal_api.moc"
