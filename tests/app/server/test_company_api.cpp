// The companies' end points: who may do what, and what an ended grant takes with it. In memory.
#include "api_book.h"
#include "gateway_rig.h"

#include "app/server/account_watch.h"
#include "app/server/company_api.h"
#include "app/server/console_desks.h"
#include "app/server/console_scan.h"
#include "app/server/console_shield.h"
#include "app/server/operator.h"
#include "app/server/party_api.h"
#include "app/server/party_applications.h"
#include "app/server/portal_api.h"
#include "app/server/sign_certificates.h"
#include "app/server/support.h"
#include "shield/audit/listing.h"
#include "shield/crypto/sm2.h"
#include "shield/intent/tbs.h"
#include "shield/phone/desk_fetch.h"
#include "shield/sessions/desk_rows.h"
#include "shield/x509/sm2_der.h"
#include "tests/support/company_fakes.h"

#include <QElapsedTimer>

using namespace hufu;
using namespace hufu::tests;
using nlohmann::json;

namespace {

// Draws nothing: tells what it was asked for.
struct PlainStudio final : server::SealStudio {
    std::vector<Bytes> certificates{Bytes{1}}; // of whoever may use the seal, or the service's
    int made = 0;
    bool fits = true;
    Result<Bytes> svg(const enterprise::SealFace &face) override
    {
        if (!fits) return Error(Errc::badInput, "a word does not fit");
        return bytesOf(viewOf("<svg>" + face.name + face.number));
    }
    Result<Bytes> specimen(const enterprise::SealFace &face) override { return bytesOf(viewOf("<svg>specimen " + face.name)); }
    Result<Bytes> png(const enterprise::SealFace &face) override { return bytesOf(viewOf("PNG" + face.name)); }
    Result<Bytes> view(const enterprise::SealFace &face) override { return bytesOf(viewOf("coarse " + face.name + face.number)); }
    Result<Makings> makingsOf(const std::vector<enterprise::Id> &) override { return Makings{certificates, 1}; }
    Result<std::vector<Bytes>> serviceCertificates() override { return std::vector<Bytes>{{1, 2}, {3}}; }
    Result<Bytes> electronic(const enterprise::SealFace &, const enterprise::Id &, const Makings &) override
    {
        return bytesOf(viewOf("SES" + std::to_string(++made)));
    }
};

// The list of sealed bids, as whoever keeps it would tell it; of everybody the same.
struct ToldBids final : enterprise::SealedBids {
    bool isKept() const override { return !bids.empty(); }
    Result<std::vector<enterprise::SealedBid>> of(const enterprise::Id &, const enterprise::Id &) override { return bids; }
    Result<Bytes> markOf(ports::Transaction &, const enterprise::Id &, const enterprise::Id &) override { return Bytes(); }
    std::vector<enterprise::SealedBid> bids;
};

struct Console : GatewayRig {
    enterprise::Ports world{ledger, masterKey, random, clock};
    ToldBids bids; // none yet
    MemoryCashier cashier;
    MemoryMail mail;
    MemoryIdentity identity;
    MemoryRegister office;
    MemoryBank bank;
    MemoryAccounts accounts;
    MemoryReviewDesk desk;
    MemoryServiceKey serviceKey;
    server::SignCertificates certified{authority};
    enterprise::ConsoleSessions console{world, smsCodes, certified};
    server::ConsoleGuard guard{world, console};
    enterprise::Applications applications{world, smsCodes, mail, {{1, &identity}}, {}};
    enterprise::Facts facts{world, office};
    enterprise::Remittance remittance{world, bank, gateway, {"虎符演示运营有限公司", "中国示例银行北京分行", "0200000009026400123"}};
    enterprise::PaymentAccounts paymentAccounts{world, accounts};
    enterprise::Reviews reviews{world, desk};
    enterprise::LegalLinks legalLinks{world, smsCodes, gateway, mail, {{1, &identity}}, serviceKey, "https://hufu.example/legal#"};
    server::ConsoleShield shield{services};
    enterprise::Confirmations confirmations{world, smsCodes, {{1, &faces}}, serviceKey, {{1, &identity}}, &shield};
    enterprise::Seals seals{world, confirmations};
    enterprise::SealGrants sealGrants{world, confirmations};
    enterprise::Staff staff{world, &watch};
    enterprise::Seats seats{world, bids};
    enterprise::Grants grants{world, bids, watch};
    enterprise::Orders orders{world, cashier, {}};
    enterprise::Wallet wallet{world};
    PlainStudio studio;
    enterprise::Policies policies{world, confirmations};
    enterprise::DeskRule deskRule{world, confirmations};
    enterprise::Administrators administrators{world, confirmations};
    enterprise::Leaving leaving{world, grants, sealGrants, watch};
    enterprise::Stopping stopping{world, grants, confirmations, shield, gateway};
    server::Companies companies{world,      guard,   applications, facts,  remittance, paymentAccounts, reviews, legalLinks, console, staff,
                                seats,      grants,  orders,       wallet, seals,      sealGrants,      {},      {1},        "hufu://activate?code=", studio, policies, administrators, leaving, confirmations, stopping};
    server::PartyApi partyApi{services};
    server::PartyApplications partyApplications{world, sessions, guard, applications, facts, "https://hufu.example/console", "demo-bidding"};
    std::string partyKey = *sessions.registerRelyingParty("demo-bidding", "示范招标平台");
    net::Router partyRouter;
    server::Routes partyRoutes{partyRouter, log, clock};
    std::optional<server::PartyClient> party; // has the routes that are there when it is made
    std::optional<server::PortalApi> portal;
    enterprise::SupportCases supportCases{world};
    server::Support support{server::Support::placeholders(), supportCases, clock, guard};
    net::Router router;
    server::Routes routes{router, log, clock};

    Console()
    {
        server::addCompanyApi(routes, companies);
        server::addConsoleDesks(routes, companies, sessions, deskRule);
        shield.add(routes, companies);
        partyApi.add(partyRoutes);
        partyApplications.addForParties(partyRoutes);
        partyApplications.addForParties(routes);
        partyApplications.addForPages(routes);
        party.emplace(partyRouter, partyKey);
        portal.emplace(world, guard, *party);
        portal->add(routes);
        support.add(routes);
    }

    std::string caller; // the network that asks
    struct Answer {
        int status = 0;
        json body;
        std::string text;
        net::Response whole;
        std::map<std::string, std::string> cookies; // set by it
        std::string code() const { return body.is_object() ? body.value("code", "") : ""; }
    };
    using Headers = std::vector<std::pair<std::string, std::string>>;
    Answer ask(std::string_view method, const std::string &target, const json &body = json::object(), const std::string &token = "")
    {
        return askWith(method, target, body, token.empty() ? Headers() : Headers{{"authorization", "Bearer " + token}});
    }
    Answer askWith(std::string_view method, const std::string &target, const json &body, const Headers &headers)
    {
        net::Request request;
        request.method = method;
        request.target = target;
        if (!net::splitTarget(request)) qFatal("target");
        request.body = bytesOf(viewOf(body.is_string() ? body.get<std::string>() : body.dump()));
        request.headers = headers;
        request.caller = caller;
        Answer answer;
        answer.whole = answered(router, std::move(request));
        answer.status = answer.whole.status;
        answer.body = json::parse(answer.whole.body.begin(), answer.whole.body.end(), nullptr, false);
        answer.text = textOf(answer.whole.body);
        for (const auto &[name, value] : answer.whole.headers) {
            if (name != "Set-Cookie") continue;
            const std::size_t equals = value.find('=');
            answer.cookies[value.substr(0, equals)] = value.substr(equals + 1, value.find(';') - equals - 1);
            if (value.find("Secure; HttpOnly; SameSite=Strict") == std::string::npos) qFatal("a cookie that is not shut");
        }
        return answer;
    }
    // A verified company whose legal representative is known, as of one that has applied.
    enterprise::Id addCompanyWithLegal(const enterprise::Company &company)
    {
        const auto id = random.bytes<16>("company-id");
        auto transaction = std::move(*ledger.begin());
        if (!enterprise::addCompany(*transaction, world, id, company, enterprise::CompanyKind::enterprise, {"李四", "11010519491231002X"}) ||
            !enterprise::verifyCompany(*transaction, world, {}, id, enterprise::Way::remittance) || !transaction->commit())
            qFatal("no company");
        return id;
    }
    std::string logIn(const std::string &phone, const std::string &creditCode = "91110108MA0DEM0P1T")
    {
        ask("POST", "/console/v1/codes", {{"creditCode", creditCode}, {"phoneNumber", phone}});
        const auto opened = ask("POST", "/console/v1/sessions", {{"creditCode", creditCode}, {"phoneNumber", phone}, {"code", gateway.digits()}});
        if (opened.status != 201) qFatal("no log-in");
        return opened.body.at("token");
    }
    // What the console asks the shield of whoever is logged in, as the page shows it in this second.
    intent::Frame asked(const std::string &token)
    {
        const json me = ask("GET", "/console/v1/sessions", {}, token).body;
        const auto id = [](const json &of) { return *fixedBytes<16>(*fromHex(of.at("id").get<std::string>())); };
        const auto question = confirmations.asked({id(me.at("company")), id(me.at("person"))});
        if (!question) qFatal("nothing is asked");
        return *intent::Frame::fromText(*sessions.pageFrame(server::kConsoleParty.origin(), *question));
    }
    // The person scans that, types the phone's digits on the page, and the PIN. Returns: the phone's last step.
    phone::Step confirm(RigPhone &phone, const std::string &token)
    {
        phone::Approval flow(phone.environment);
        auto step = phone.untilPin(flow, asked(token));
        if (step.show != Show::pin) return step;
        if (ask("POST", "/console/v1/confirmation/digits", {{"digits", flow.request()->digits}}, token).status != 204) qFatal("digits");
        return phone.run(flow, flow.pin(pinOf(RigPhone::kPin)));
    }
    // The same from the beginning: path, of the end point that asks.
    bool isConfirmed(RigPhone &phone, const std::string &token, const std::string &path, const json &body)
    {
        return ask("POST", path + "/shield", body, token).status == 204 && confirm(phone, token).show == Show::done;
    }
    // A link to the legal representative, for a seal of his. Returns: its token.
    std::string sendLink(const std::string &admin)
    {
        clock.advance(60'000);
        json seal = {{"kind", "legalPerson"}, {"style", 1}};
        ask("POST", "/console/v1/seals/code", seal, admin);
        seal["code"] = gateway.digits();
        const std::string id = ask("POST", "/console/v1/seals", seal, admin).body.at("id");
        if (ask("POST", "/console/v1/links", {{"purpose", "legalSeal"}, {"subject", id}, {"contact", "phone"}, {"to", "13900139000"}}, admin).status != 201)
            qFatal("no link");
        const std::string text = gateway.texts.back();
        return text.substr(text.find("legal#") + 6, 64);
    }
    json order(int quantity = 1) const
    {
        return {{"idempotencyKey", "k1"}, {"kind", "seats"}, {"quantity", quantity}, {"buyerName", "虎符演示建设有限公司"},
                {"buyerCode", "91110108MA0DEM0P1T"}, {"agreements", {{{"id", "order"}, {"version", enterprise::orderAgreements().front().version}}}}};
    }
    const std::string adminPhone = "13800138000";
};

// A page of ours: keeps cookies, and sends its own word with each change.
class Page {
public:
    explicit Page(Console &bench) : m_bench(bench) {}
    Console::Answer ask(std::string_view method, const std::string &path, const json &body = json::object(), const std::string &key = "")
    {
        Console::Headers headers = {{"cookie", cookies()}, {"host", "hufu.example"}, {"origin", "https://hufu.example"}, {"sec-fetch-site", "same-origin"}};
        if (method != "GET") {
            const bool isPortal = path.starts_with("/portal/");
            const bool isApplicant = path.starts_with("/console/v1/application");
            headers.emplace_back("hufu-csrf", word(isPortal ? "/portal/v1/sessions" : isApplicant ? "/console/v1/application" : "/console/v1/sessions"));
        }
        if (!key.empty()) headers.emplace_back("idempotency-key", key);
        const auto answer = m_bench.askWith(method, path, body, headers);
        for (const auto &[name, value] : answer.cookies)
            m_cookies[name] = value;
        return answer;
    }
    std::string cookies() const
    {
        std::string text;
        for (const auto &[name, value] : m_cookies)
            text += (text.empty() ? "" : "; ") + name + "=" + value;
        return text;
    }
    std::string word(const std::string &path)
    {
        const auto answer = m_bench.askWith("GET", path, json::object(), {{"cookie", cookies()}});
        return answer.status == 200 ? answer.body.at("csrf").get<std::string>() : "";
    }
    void apply(const std::string &account)
    {
        ask("POST", "/portal/v1/accounts", {{"account", account}, {"password", "correct horse"}});
        if (!comeFromPortal()) qFatal("no hand-over");
    }
    // By the portal's button, and the link that it leads to. Returns: whether the console has let in.
    bool comeFromPortal()
    {
        const auto handed = ask("POST", "/portal/v1/applications", {{"issuer", "hufu"}});
        return handed.status == 201 && ask("POST", "/console/v1/application/visit", {{"ticket", ticketOf(handed.body.at("console"))}}).status == 204;
    }
    static std::string ticketOf(const std::string &link) { return link.substr(link.find("#/apply/") + 8); }
    // Up to a company that is not verified yet, at whose console its applicant is. Returns: what is answered to the facts.
    json settle(const std::string &account, const std::string &phone)
    {
        prove(account, phone, "face");
        return tell("李四", "420101198005150013");
    }
    // Up to an applicant who has proved who he is.
    void prove(const std::string &account, const std::string &phone, const std::string &method)
    {
        apply(account);
        const std::string path = "/console/v1/application";
        ask("POST", path + "/code", {{"contact", "phone"}, {"to", phone}});
        ask("POST", path + "/contact", {{"code", m_bench.gateway.digits()}});
        const auto shown = ask("GET", path).body;
        ask("POST", path + "/consent",
            {{"agreements", shown.at("agreements")}, {"consent", shown.at(method == "face" ? "consentFace" : "consentSms")}, {"method", method},
             {"person", {{"name", "张三"}, {"idNumber", "11010519491231002X"}, {"mobileNumber", phone}}}});
        ask("POST", path + "/identity", {{"provider", method == "face" ? 1 : 0}});
        if (ask("POST", path + "/identity/finish", method == "face" ? json::object() : json{{"code", m_bench.gateway.digits()}}).status != 204) qFatal("identity");
    }
    // The company's facts, as they stand in the register. Returns: what is answered.
    json tell(const std::string &legalName, const std::string &legalIdNumber)
    {
        m_bench.office.entries["914403001922038216"] = {"甲建设有限公司", "914403001922038216", legalName, legalIdNumber};
        const json facts = {{"kind", "enterprise"}, {"name", "甲建设有限公司"}, {"code", "914403001922038216"}, {"legalName", legalName}, {"legalIdNumber", legalIdNumber}};
        const json told = ask("POST", "/console/v1/application/facts", facts).body;
        if (told.value("state", "") != "matched") qFatal("facts");
        return told;
    }

private:
    Console &m_bench;
    std::map<std::string, std::string> m_cookies;
};

// Each end point of the console with a body that whoever may could send. {id} is a thing of the kind that is none of theirs.
struct EndPoint {
    const char *method, *path;
    json body;
    std::uint8_t roles = enterprise::role::kAdministrator; // whose it is
};

std::vector<EndPoint> endPoints(const Console &bench)
{
    using namespace enterprise::role;
    constexpr std::uint8_t makers = kAdministrator | kSealAdministrator;
    const std::string nobody(32, '9');
    const json staff = {{"name", "王五"}, {"phoneNumber", "13700137001"}, {"staffNumber", "X1"}};
    const json faced = {{"name", "王五"}, {"phoneNumber", "13700137001"}, {"staffNumber", "X1"}, {"provider", 1}};
    const json invoice = {{"title", "甲"}, {"taxCode", "914403001922038216"}, {"mail", "a@b.cn"}};
    const json account = {{"holder", "虎符演示建设有限公司"}, {"bank", "中国建设银行"}, {"province", "北京市"},
                          {"city", "北京市"}, {"account", "62220202000112233445"}, {"phone", "13800138000"}};
    const json seal = {{"kind", "company"}, {"code", "000000"}};
    const json terms = {{"seal", nobody}, {"person", nobody}, {"purpose", "投标文件"}, {"project", ""},
                        {"fromMs", (bench.clock.wall / 60'000 + 1) * 60'000}, {"untilMs", (bench.clock.wall / 60'000 + 100) * 60'000}};
    const json policy = {{"activation", {"sms", "liveness"}}, {"login", json::array()}, {"sign", {"sms"}}, {"decrypt", json::array()}, {"namedCiphertext", false}, {"code", "000000"}};
    const json link = {{"purpose", "authenticate"}, {"contact", "phone"}, {"to", "13900139000"}};
    return {{"GET", "/console/v1/sessions", {}, kAll},
            {"GET", "/console/v1/home", {}, kAll},
            {"GET", "/console/v1/confirmation", {}, kAll},
            {"GET", "/console/v1/confirmations", {}},
            {"GET", "/console/v1/confirmations/{id}", {}},
            {"POST", "/console/v1/confirmation/digits", {{"digits", "0000"}}, kAll},
            {"DELETE", "/console/v1/confirmation", {}, kAll},
            {"GET", "/console/v1/audit", {}, kAdministrator | kApprover},
            {"GET", "/console/v1/desks", {}},
            {"DELETE", "/console/v1/desks/{id}", {}},
            {"POST", "/console/v1/desks/{id}/approval", {}},
            {"GET", "/console/v1/desk-rule", {}},
            {"POST", "/console/v1/desk-rule/code", {{"approves", true}}},
            {"POST", "/console/v1/desk-rule/face", {{"approves", true}, {"provider", 1}}},
            {"POST", "/console/v1/desk-rule/shield", {{"approves", true}}},
            {"PUT", "/console/v1/desk-rule", {{"approves", true}, {"code", "000000"}}},
            {"GET", "/console/v1/policy", {}, kAll},
            {"POST", "/console/v1/policy/code", policy},
            {"POST", "/console/v1/policy/face", policy},
            {"POST", "/console/v1/policy/shield", policy},
            {"PUT", "/console/v1/policy", policy},
            {"GET", "/console/v1/administrators", {}, kAll},
            {"POST", "/console/v1/administrators/code", {{"person", nobody}}},
            {"POST", "/console/v1/administrators/face", {{"person", nobody}, {"provider", 1}}},
            {"POST", "/console/v1/administrators/shield", {{"person", nobody}}},
            {"POST", "/console/v1/administrators", {{"person", nobody}, {"code", "000000"}}},
            {"POST", "/console/v1/administrators/link", {{"contact", "phone"}, {"to", "13900139000"}}, kAll},
            {"GET", "/console/v1/authentication", {}},
            {"POST", "/console/v1/authentication/remittance", account},
            {"POST", "/console/v1/authentication/remittance/look", {}},
            {"POST", "/console/v1/authentication/remittance/amount", {{"cents", 1}}},
            {"POST", "/console/v1/authentication/remittance/await", {}},
            {"POST", "/console/v1/authentication/remittance/restart", {}},
            {"POST", "/console/v1/authentication/payment-account", {}},
            {"POST", "/console/v1/authentication/payment-account/finish", {}},
            {"GET", "/console/v1/papers", {}},
            {"POST", "/console/v1/papers?purpose=authenticate", "%PDF-1.7"},
            {"POST", "/console/v1/papers/{id}/withdraw", {}},
            {"POST", "/console/v1/links", link},
            {"GET", "/console/v1/links/{id}", {}},
            {"GET", "/console/v1/links/{id}/confirmation", {}},
            {"POST", "/console/v1/links/{id}/withdraw", {}},
            {"GET", "/console/v1/staff", {}},
            {"GET", "/console/v1/people", {}, makers},
            {"POST", "/console/v1/staff", staff},
            {"POST", "/console/v1/staff-list/preview", "赵六,13600136009,X2,投标部,"},
            {"POST", "/console/v1/staff-list", "赵六,13600136009,X2,投标部,"},
            {"POST", "/console/v1/staff/code", staff},
            {"POST", "/console/v1/staff/face", faced},
            {"POST", "/console/v1/staff/shield", staff},
            {"PUT", "/console/v1/staff/{id}", staff},
            {"POST", "/console/v1/staff/{id}/code", staff},
            {"POST", "/console/v1/staff/{id}/face", faced},
            {"POST", "/console/v1/staff/{id}/shield", staff},
            {"POST", "/console/v1/staff/{id}/standing/code", {{"act", "disable"}}},
            {"POST", "/console/v1/staff/{id}/standing/face", {{"act", "enable"}, {"provider", 1}}},
            {"POST", "/console/v1/staff/{id}/standing/shield", {{"act", "remove"}}},
            {"DELETE", "/console/v1/staff/{id}", {}},
            {"GET", "/console/v1/staff/{id}/leaving", {}},
            {"POST", "/console/v1/staff/{id}/leave", {{"handOverSeen", true}}},
            {"POST", "/console/v1/staff/{id}/disable", {}},
            {"POST", "/console/v1/staff/{id}/enable", {}},
            {"GET", "/console/v1/seats", {}},
            {"GET", "/console/v1/grants", {}},
            {"POST", "/console/v1/grants", {{"person", nobody}}},
            {"POST", "/console/v1/grants/{id}/code", {}},
            {"POST", "/console/v1/grants/{id}/stop/code", {{"act", "lost"}}},
            {"POST", "/console/v1/grants/{id}/stop/face", {{"act", "end"}, {"provider", 1}}},
            {"POST", "/console/v1/grants/{id}/stop/shield", {{"act", "suspend"}}},
            {"POST", "/console/v1/grants/{id}/lost", {{"code", "000000"}}},
            {"POST", "/console/v1/grants/{id}/suspend", {}},
            {"POST", "/console/v1/grants/{id}/resume", {}},
            {"GET", "/console/v1/grants/{id}/hand-over", {}},
            {"POST", "/console/v1/grants/{id}/end", {{"handOverSeen", true}}},
            {"POST", "/console/v1/price", {{"quantity", 2}, {"years", 1}}},
            {"GET", "/console/v1/orders", {}},
            {"POST", "/console/v1/orders", bench.order()},
            {"GET", "/console/v1/orders/{id}", {}},
            {"POST", "/console/v1/orders/{id}/payment", {}},
            {"POST", "/console/v1/orders/{id}/balance", {}},
            {"POST", "/console/v1/orders/{id}/cancel", {}},
            {"POST", "/console/v1/orders/{id}/invoice", invoice},
            {"GET", "/console/v1/wallet", {}},
            {"GET", "/console/v1/seals", {}, makers | kApprover},
            {"POST", "/console/v1/seals/code", seal, makers},
            {"POST", "/console/v1/seals/face", seal, makers},
            {"POST", "/console/v1/seals/shield", seal, makers},
            {"POST", "/console/v1/seals", seal, makers},
            {"GET", "/console/v1/seals/preview?kind=company", {}, makers},
            {"GET", "/console/v1/seals/{id}/history", {}, makers | kApprover},
            {"GET", "/console/v1/seals/{id}/confirmation", {}, makers | kApprover},
            {"GET", "/console/v1/seals/{id}/picture", {}, makers | kApprover},
            {"POST", "/console/v1/seals/{id}/file?as=png", {}, makers},
            {"POST", "/console/v1/seals/{id}/electronic", {}, makers},
            {"GET", "/console/v1/seals/{id}/link", {}},
            {"POST", "/console/v1/seals/{id}/ask-again", {}, makers},
            {"POST", "/console/v1/seals/{id}/suspend", {}, makers},
            {"POST", "/console/v1/seals/{id}/resume", {}, makers},
            {"POST", "/console/v1/seals/{id}/retire/code", {}, makers},
            {"POST", "/console/v1/seals/{id}/retire/face", {{"provider", 1}}, makers},
            {"POST", "/console/v1/seals/{id}/retire/shield", {}, makers},
            {"POST", "/console/v1/seals/{id}/retire", {{"code", "000000"}}, makers},
            {"GET", "/console/v1/seal-grants", {}, makers | kApprover},
            {"GET", "/console/v1/seal-grants/own", {}, kAll},
            {"POST", "/console/v1/seal-grants", terms, makers},
            {"PUT", "/console/v1/seal-grants/{id}", terms, makers},
            {"GET", "/console/v1/seal-grants/{id}/document", {}, makers | kApprover},
            {"GET", "/console/v1/seal-grants/{id}/confirmation", {}, makers | kApprover},
            {"POST", "/console/v1/seal-grants/{id}/code", {}, makers},
            {"POST", "/console/v1/seal-grants/{id}/face", {{"provider", 1}}, makers},
            {"POST", "/console/v1/seal-grants/{id}/shield", {}, makers},
            {"POST", "/console/v1/seal-grants/{id}/grant", {{"stamp", nobody}, {"code", "000000"}}, makers},
            {"POST", "/console/v1/seal-grants/{id}/suspend", {}, makers},
            {"POST", "/console/v1/seal-grants/{id}/resume", {}, makers},
            {"POST", "/console/v1/seal-grants/{id}/end", {}, makers},
            {"DELETE", "/console/v1/sessions", {}, kAll}}; // the last: whoever asked is a stranger then
}

std::string withId(std::string path, const std::string &id)
{
    if (const auto at = path.find("{id}"); at != std::string::npos) path.replace(at, 4, id);
    return path;
}

} // namespace

class TestCompanyApi : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanupTestCase()
    {
        QVERIFY2(apiBook().untold().empty(), apiBook().untold().c_str()); // answered, and openapi.yaml does not say so
    }

    // Whatever a company's people can ask for has its row in the table below: a new route without its roles is found here.
    void endPoint_eachOfTheConsole_isInTheTable()
    {
        Console bench;
        std::set<std::string> told, rows;
        for (const auto &[name, operation] : apiBook().operations())
            if (operation.isConsole) told.insert(name);
        for (const EndPoint &point : endPoints(bench))
            rows.insert(ApiBook::nameOf(point.method, point.path));
        for (const std::string &name : told)
            QVERIFY2(rows.contains(name), name.c_str());
        for (const std::string &name : rows)
            QVERIFY2(told.contains(name), name.c_str());
    }

    // The header is read by the operations that openapi.yaml declares it for, and by no other.
    void idempotencyKey_ofEachEndPoint_isReadWhereItIsDeclared()
    {
        Console bench;
        const std::string token = "Bearer " + bench.logIn(bench.adminPhone);
        int readers = 0;
        for (const EndPoint &point : endPoints(bench)) {
            const Console::Headers headers = {{"authorization", token}, {"idempotency-key", std::string(65, 'k')}}; // too long
            const auto answer = bench.askWith(point.method, withId(point.path, std::string(32, '9')), point.body, headers);
            const bool isRead = answer.status == 400 && answer.code() == "HF-100";
            const std::string name = ApiBook::nameOf(point.method, point.path);
            const auto told = apiBook().operations().find(name);
            QVERIFY2(told != apiBook().operations().end() && isRead == told->second.takesKey, name.c_str());
            readers += isRead;
        }
        const auto declared = std::ranges::count_if(apiBook().operations(), [](const auto &one) { return one.second.takesKey && one.second.isConsole; });
        QCOMPARE(readers, int(declared));
    }

    // And of those that no log-in to the console is asked for: an applicant's, a legal representative's, a portal account's.
    void idempotencyKey_ofApplicantLinkAndPortal_isReadWhereItIsDeclared()
    {
        Console bench;
        const std::string link = "/legal/v1/" + bench.sendLink(bench.logIn(bench.adminPhone));
        const json consent = {{"agreements", json::array()}, {"consent", json::array()}, {"method", "face"},
                              {"person", {{"name", "张三"}, {"idNumber", "11010519491231002X"}, {"mobileNumber", "13700137000"}}}};
        const json facts = {{"kind", "enterprise"}, {"name", "甲"}, {"code", "914403001922038216"}, {"legalName", "李四"}, {"legalIdNumber", "420101198005150013"}};
        const std::vector<std::pair<std::string, json>> points = {{"/console/v1/application/code", {{"contact", "phone"}, {"to", "13700137000"}}},
                                                                  {"/console/v1/application/contact", {{"code", "000000"}}},
                                                                  {"/console/v1/application/consent", consent},
                                                                  {"/console/v1/application/mobile-code", {{"mobileNumber", "13700137000"}}},
                                                                  {"/console/v1/application/identity", {{"provider", 1}}},
                                                                  {"/console/v1/application/identity/finish", {{"code", "000000"}}},
                                                                  {"/console/v1/application/facts", facts},
                                                                  {"/console/v1/application/log-in/code", json::object()},
                                                                  {"/console/v1/application/log-in", {{"code", "000000"}}},
                                                                  {"/console/v1/application/withdraw", json::object()},
                                                                  {link + "/check", {{"provider", 0}}},
                                                                  {link + "/sign", {{"code", "000000"}}},
                                                                  {link + "/refuse", json::object()},
                                                                  {"/portal/v1/bindings/scan/digits", {{"digits", "1234"}}},
                                                                  {"/portal/v1/bindings/scan", json::object()},
                                                                  {"/portal/v1/bindings", json::object()},
                                                                  {"/portal/v1/applications", {{"issuer", "hufu"}}},
                                                                  {"/support/v1/cases", {{"page", "portal"}, {"language", "en"}, {"browser", "x"}, {"codes", json::array()}, {"words", ""}}}};
        const std::string mark = link.substr(10, 64);
        int readers = 0, accounts = 0;
        for (const auto &[path, body] : points) {
            Page page(bench); // each as if it were the first
            page.apply("supplier-" + std::to_string(++accounts));
            const auto answer = page.ask("POST", path, body, std::string(65, 'k')); // too long
            QVERIFY2(page.ask("POST", path, body).code() != "HF-100", path.c_str()); // the body is none too bad
            const bool isRead = answer.status == 400 && answer.code() == "HF-100";
            std::string pattern = path;
            if (const auto at = pattern.find(mark); at != std::string::npos) pattern.replace(at, mark.size(), "{token}");
            const auto told = apiBook().operations().find("POST " + pattern);
            QVERIFY2(told != apiBook().operations().end() && isRead == told->second.takesKey, path.c_str());
            readers += isRead;
        }
        const auto declared = std::ranges::count_if(apiBook().operations(), [](const auto &one) {
            const bool isBidding = one.first.starts_with("POST /portal/v1/projects") || one.first.starts_with("POST /portal/v1/uploads"); // test_portal_bids
            return one.second.takesKey && !one.second.isConsole && !isBidding;
        });
        QCOMPARE(readers, int(declared));
    }

    // The same key: the same answer, and done once; another person's key is another's.
    void writeOfApplicantOrLink_askedAgainWithItsKey_isDoneOnce()
    {
        Console bench;
        Page page(bench);
        page.apply("supplier-1");
        const json to = {{"contact", "phone"}, {"to", "13700137000"}};
        const auto messages = bench.gateway.texts.size();
        for (int i = 0; i < 2; ++i)
            QCOMPARE(page.ask("POST", "/console/v1/application/code", to, "c1").status, 200);
        QCOMPARE(bench.gateway.texts.size(), messages + 1);
        const json code = {{"code", bench.gateway.digits()}};
        for (int i = 0; i < 2; ++i)
            QCOMPARE(page.ask("POST", "/console/v1/application/contact", code, "c2").status, 204);
        QCOMPARE(page.ask("POST", "/console/v1/application/contact", code, "c3").status, 409); // proved already
        QCOMPARE(page.ask("POST", "/console/v1/application/contact", {{"code", "1"}}, "c2").status, 409); // another body
        Page other(bench);
        other.apply("supplier-2");
        QVERIFY(other.ask("POST", "/console/v1/application/contact", code, "c2").status != 204);

        const std::string link = "/legal/v1/" + bench.sendLink(bench.logIn(bench.adminPhone));
        const auto legal = [&](const std::string &verb, const json &body, const std::string &key) {
            return bench.askWith("POST", link + verb, body, {{"idempotency-key", key}});
        };
        QCOMPARE(legal("/refuse", json::object(), "r1").status, 204);
        QCOMPARE(legal("/refuse", json::object(), "r1").status, 204);
        QCOMPARE(legal("/refuse", json::object(), "r2").code(), std::string("HF-728")); // used
        // Nothing is kept for whoever makes up a link.
        const auto rows = bench.ledger.rows;
        QCOMPARE(bench.askWith("POST", "/legal/v1/" + std::string(64, '0') + "/refuse", json::object(), {{"idempotency-key", "r1"}}).code(), std::string("HF-728"));
        QVERIFY(bench.ledger.rows == rows);
    }

    // Whatever a link was, and whoever tries it: one that is over answers like one that never was.
    void link_overOrNobodys_tellsNothing()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const std::string used = bench.sendLink(admin);
        QCOMPARE(bench.ask("POST", "/legal/v1/" + used + "/refuse").status, 204);
        const std::string late = bench.sendLink(admin);
        QCOMPARE(bench.ask("GET", "/legal/v1/" + late).status, 200);
        bench.clock.advance(enterprise::LegalLinks::kValidMs);
        const std::vector<EndPoint> points = {{"GET", "", json::object()}, {"GET", "/seal", json::object()}, {"POST", "/check", {{"provider", 1}}}, {"POST", "/check", {{"provider", 0}}},
                                              {"POST", "/sign", {{"code", "000000"}}}, {"POST", "/sign", {{"isOwnContact", true}}}, {"POST", "/refuse", json::object()}};
        const auto rows = bench.ledger.rows;
        const std::size_t texts = bench.gateway.texts.size();
        for (const EndPoint &point : points) {
            const auto ask = [&](const std::string &token) { return bench.ask(point.method, "/legal/v1/" + token + point.path, point.body); };
            const auto nobodys = ask(std::string(64, '0'));
            QCOMPARE(nobodys.code(), std::string("HF-728"));
            for (const std::string &token : {used, late, late.substr(1), std::string("x")})
                QVERIFY2(ask(token).status == nobodys.status && ask(token).body == nobodys.body, point.path);
        }
        QVERIFY(bench.ledger.rows == rows && bench.gateway.texts.size() == texts);
    }

    void keptAnswers_moreThanAThousand_areAllSwept()
    {
        Console bench;
        const auto kept = [&] {
            return std::ranges::count_if(bench.ledger.rows, [](const auto &row) { return textOf(row.first.second).starts_with("answer/"); });
        };
        server::Idempotency keys(bench.ledger, bench.masterKey, bench.clock);
        for (int i = 0; i < 2'100; ++i)
            QVERIFY(keys.begin(viewOf("somebody"), std::to_string(i), {}));
        bench.clock.advance(server::Idempotency::kKeptMs - 1);
        QVERIFY(keys.begin(viewOf("somebody"), "late", {}));
        QVERIFY(keys.sweep());
        QCOMPARE(kept(), 2'101);
        bench.clock.advance(1);
        QVERIFY(keys.sweep());
        QCOMPARE(kept(), 1);
    }

    // The role table: every end point for every role, and for a stranger.
    void endPoint_eachForEachRole_isForWhoseItIs()
    {
        using namespace enterprise;
        Console bench;
        const Actor actor{bench.demo.company, *bench.staff.personOf(bench.demo.company, bench.adminPhone)};
        std::map<std::uint8_t, std::string> tokens = {{role::kAdministrator, bench.logIn(bench.adminPhone)}};
        for (const std::uint8_t role : {role::kSealAdministrator, role::kApprover, role::kBidStaff}) {
            const std::string phone = "1360013600" + std::to_string(role);
            if (!bench.staff.add(actor, {{"员工", phone, "", "S" + std::to_string(role)}, role, ""}, enterprise::Administration::changes)) qFatal("no staff");
            tokens[role] = bench.logIn(phone);
        }
        const auto rows = bench.ledger.rows;
        for (const EndPoint &point : endPoints(bench)) {
            const std::string path = withId(point.path, std::string(32, '9'));
            for (const std::string &token : {std::string(), std::string("rubbish"), std::string(64, '0')}) {
                const auto answer = bench.ask(point.method, path, point.body, token);
                QVERIFY2(answer.status == 401 && answer.code() == "HF-109", point.path);
            }
            for (const auto &[role, token] : tokens) {
                if ((point.roles & role) != 0) continue;
                const auto answer = bench.ask(point.method, path, point.body, token);
                const std::string label = std::string(point.method) + " " + path + " " + std::to_string(role) + ": " + std::to_string(answer.status);
                QVERIFY2(answer.status == 403 && answer.code() == "HF-761", label.c_str());
            }
            QVERIFY2(bench.ledger.rows == rows, point.path);
        }
        for (const EndPoint &point : endPoints(bench))
            for (const auto &[role, token] : tokens) {
                if ((point.roles & role) == 0) continue;
                const auto answer = bench.ask(point.method, withId(point.path, std::string(32, '9')), point.body, token);
                const std::string label = std::string(point.method) + " " + point.path + " " + std::to_string(role) + ": " + std::to_string(answer.status);
                QVERIFY2(answer.code() != "HF-761" && answer.code() != "HF-109" && answer.status != 400, label.c_str());
                if (std::string_view(point.path).find("{id}") != std::string_view::npos) QVERIFY2(answer.status == 404, label.c_str());
            }
    }

    // Whatever is another company's answers like what is nobody's.
    void identifier_ofAnotherCompany_isLikeNobodys()
    {
        Console bench;
        const std::optional<enterprise::Id> company = bench.addCompanyWithLegal({"别家", "914403001922038216", {}});
        const auto person = bench.enterprise.addPerson(*company, {"丙", "13500135000", "", "1"});
        const auto seat = bench.enterprise.addSeat(*company, bench.clock.wall + 86'400'000);
        const auto grant = bench.enterprise.openGrant(*person, *seat);
        auto theirs = bench.order();
        theirs["buyerName"] = "别家";
        theirs["buyerCode"] = "914403001922038216";
        const auto order = bench.ask("POST", "/console/v1/orders", theirs, bench.logIn("13500135000", "914403001922038216"));
        QCOMPARE(order.status, 201);
        const enterprise::Actor them{*company, *person};
        const auto makeSeal = [&](enterprise::SealKind kind) {
            bench.clock.advance(60'000);
            const enterprise::SealRequest request{kind, 1, ""};
            if (!bench.seals.ask(them, request)) qFatal("no code");
            return *bench.seals.make(them, request, {bench.gateway.digits(), 0, {}});
        };
        const auto seal = makeSeal(enterprise::SealKind::company);
        const auto waiting = makeSeal(enterprise::SealKind::legalPerson);
        const std::int64_t minute = bench.clock.wall / 60'000 * 60'000 + 60'000;
        const auto sealGrant = *bench.sealGrants.draft(them, {seal, *person, "投标文件", "", minute, minute + 3'600'000});
        const std::string link = toHex(*bench.legalLinks.send(them, enterprise::Purpose::legalSeal, waiting, enterprise::Contact::phone, "13900139000"));
        const std::string paper = toHex(*bench.reviews.submit(them, enterprise::Purpose::legalSeal, waiting, viewOf("%PDF-1.7")));
        {
            auto transaction = std::move(*bench.ledger.begin());
            auto row = *enterprise::loadGrant(*transaction, grant->grant);
            row.acct = {0x77};
            QVERIFY(enterprise::saveGrant(*transaction, grant->grant, row));
            QVERIFY(sessions::enrol(*transaction, bench.masterKey, {{0x78}, {0x79}, "别家的电脑", "", row.acct, 1}));
            QVERIFY(sessions::holdBack(*transaction, row.acct, {0x78}));
            QVERIFY(transaction->commit());
        }
        const auto theirDesks = bench.ask("GET", "/console/v1/desks", {}, bench.logIn("13500135000", "914403001922038216"));
        const auto theirDesk = theirDesks.body.at("desks").at(0).at("id").get<std::string>();
        const std::string confirmation = toHex(bench.confirmations.list(them, {}, 1)->front().id);
        const std::string admin = bench.logIn(bench.adminPhone);
        for (const EndPoint &point : endPoints(bench)) {
            const std::string path = point.path;
            if (path.find("{id}") == std::string::npos) continue;
            const std::string id = path.find("/staff/") != std::string::npos    ? toHex(*person)
                                   : path.find("/desks/") != std::string::npos       ? theirDesk
                                   : path.find("/v1/grants/") != std::string::npos ? toHex(grant->grant)
                                   : path.find("/seals/") != std::string::npos       ? toHex(seal)
                                   : path.find("/seal-grants/") != std::string::npos ? toHex(sealGrant)
                                   : path.find("/papers/") != std::string::npos      ? paper
                                   : path.find("/links/") != std::string::npos       ? link
                                   : path.find("/confirmations/") != std::string::npos ? confirmation
                                                                                     : order.body.at("id").get<std::string>();
            const auto rows = bench.ledger.rows;
            const auto theirAnswer = bench.ask(point.method, withId(path, id), point.body, admin);
            const auto nobodys = bench.ask(point.method, withId(path, std::string(32, '9')), point.body, admin);
            QVERIFY2(theirAnswer.status == 404 && theirAnswer.body == nobodys.body, point.path);
            QVERIFY2(bench.ledger.rows == rows, point.path);
        }

        // And so within a body, or a query: each request is whole but for the one thing that is another's.
        const auto grantTerms = [&](const enterprise::Id &of, const std::string &whose, std::int64_t from) {
            return json{{"seal", toHex(of)}, {"person", whose}, {"purpose", "投标文件"}, {"project", ""}, {"fromMs", from}, {"untilMs", from + 3'600'000}};
        };
        const enterprise::Actor us{bench.demo.company, *bench.staff.personOf(bench.demo.company, bench.adminPhone)};
        const std::string colleague = bench.ask("POST", "/console/v1/staff", {{"name", "王五"}, {"phoneNumber", "13700137001"}, {"staffNumber", "X1"}}, admin).body.at("id");
        bench.clock.advance(60'000);
        const enterprise::SealRequest ownRequest{enterprise::SealKind::company, 1, ""};
        QVERIFY(bench.seals.ask(us, ownRequest));
        const auto ownSeal = *bench.seals.make(us, ownRequest, {bench.gateway.digits(), 0, {}});
        const std::int64_t from = bench.clock.wall / 60'000 * 60'000 + 60'000;
        const auto ownGrant = bench.ask("POST", "/console/v1/seal-grants", grantTerms(ownSeal, colleague, from), admin);
        QCOMPARE(ownGrant.status, 201);
        const std::string ownPath = "/console/v1/seal-grants/" + ownGrant.body.at("id").get<std::string>();
        bench.clock.advance(60'000);
        QCOMPARE(bench.ask("POST", ownPath + "/code", {}, admin).status, 200);
        const std::string digits = bench.gateway.digits();
        const auto renewal = [&](const std::string &of) {
            json body = bench.order();
            body.erase("quantity");
            body["kind"] = "renewal";
            body["seats"] = {of};
            return body;
        };
        using BodyOf = std::function<json(const std::string &)>;
        struct Named {
            const char *method;
            std::string path; // {id}: in the query
            std::string theirs;
            BodyOf bodyOf;
        };
        const auto member = [](const char *name, json with = json::object()) {
            return BodyOf([name, with](const std::string &of) {
                json body = with;
                body[name] = of;
                return body;
            });
        };
        const json letter = {{"purpose", "legalSeal"}, {"contact", "phone"}, {"to", "13900139000"}};
        const json terms = grantTerms(ownSeal, colleague, from);
        for (const Named &named : std::vector<Named>{
                 {"POST", "/console/v1/grants", toHex(*person), member("person")},
                 {"POST", "/console/v1/orders", toHex(*seat), renewal},
                 {"POST", "/console/v1/seal-grants", toHex(seal), member("seal", terms)},
                 {"POST", "/console/v1/seal-grants", toHex(*person), member("person", terms)},
                 {"PUT", ownPath, toHex(seal), member("seal", terms)},
                 {"PUT", ownPath, toHex(*person), member("person", terms)},
                 {"POST", ownPath + "/grant", toHex(seal), member("stamp", {{"code", digits}})},
                 {"POST", "/console/v1/papers?purpose=legalSeal&subject={id}", toHex(waiting), [](const std::string &) { return json("%PDF-1.7"); }},
                 {"POST", "/console/v1/links", toHex(waiting), member("subject", letter)},
                 {"POST", "/console/v1/administrators/code", toHex(*person), member("person")},
                 {"POST", "/console/v1/administrators/face", toHex(*person), member("person", {{"provider", 1}})},
                 {"POST", "/console/v1/administrators", toHex(*person), member("person", {{"code", digits}})}}) {
            const auto rows = bench.ledger.rows;
            const std::size_t texts = bench.gateway.texts.size();
            const std::string nobody(32, '9');
            const auto theirAnswer = bench.ask(named.method, withId(named.path, named.theirs), named.bodyOf(named.theirs), admin);
            const auto nobodys = bench.ask(named.method, withId(named.path, nobody), named.bodyOf(nobody), admin);
            const std::string label = named.path + " " + named.bodyOf("…").dump() + ": " + std::to_string(theirAnswer.status);
            QVERIFY2(theirAnswer.status == 404 && theirAnswer.body == nobodys.body, label.c_str());
            QVERIFY2(bench.ledger.rows == rows && bench.gateway.texts.size() == texts, label.c_str());
        }
        // The same with what is their own does work: it was the one thing.
        QCOMPARE(bench.ask("PUT", ownPath, terms, admin).status, 204);
        QCOMPARE(bench.ask("POST", ownPath + "/grant", {{"stamp", toHex(ownSeal)}, {"code", digits}}, admin).status, 204);
        const auto ownSeat = bench.ask("GET", "/console/v1/seats", {}, admin).body.at("seats").at(0).at("id").get<std::string>();
        QCOMPARE(bench.ask("POST", "/console/v1/orders", renewal(ownSeat), admin).status, 201);
        bench.clock.advance(60'000);
        QCOMPARE(bench.ask("POST", "/console/v1/administrators/code", {{"person", colleague}}, admin).status, 200);
    }

    void seat_orderedAndPaid_isGranted()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const auto person = bench.ask("POST", "/console/v1/staff",
                                      {{"name", "王五"}, {"phoneNumber", "13700137001"}, {"staffNumber", "X1"}, {"roles", {"bid-staff", "approver"}}}, admin);
        QCOMPARE(person.status, 201);
        QCOMPARE(bench.ask("POST", "/console/v1/staff", {{"name", "赵六"}, {"phoneNumber", "13700137002"}}, admin).status, 201); // a staff number is no need
        QCOMPARE(bench.ask("POST", "/console/v1/grants", {{"person", person.body.at("id")}}, admin).code(), std::string("HF-744"));
        const auto order = bench.ask("POST", "/console/v1/orders", bench.order(), admin);
        QCOMPARE(order.body.at("totalCents").get<int>(), 20'000);
        // What a procurement office puts beside its receipt.
        QVERIFY(order.body.at("buyerCode") == "91110108MA0DEM0P1T" && order.body.at("buyerName") == "虎符演示建设有限公司");
        QCOMPARE(order.body.at("product").get<std::string>(), std::string("招采云证书服务"));
        QCOMPARE(order.body.at("number").get<std::string>().size(), std::size_t{16});
        QVERIFY(bench.ask("POST", "/console/v1/orders", bench.order(), admin).body == order.body);
        QCOMPARE(bench.ask("POST", "/console/v1/orders", bench.order(2), admin).code(), std::string("HF-741"));
        const std::string path = "/console/v1/orders/" + order.body.at("id").get<std::string>();
        QVERIFY(bench.ask("POST", path + "/payment", {}, admin).body.at("address").get<std::string>().starts_with("https://"));
        QCOMPARE(bench.ask("POST", path + "/balance", {}, admin).code(), std::string("HF-742"));
        QVERIFY(bench.orders.noticed({"p1", bench.cashier.asked.back().first, 20'000, true}));
        QCOMPARE(bench.ask("GET", path, {}, admin).body.at("state").get<std::string>(), std::string("paid"));
        const auto grant = bench.ask("POST", "/console/v1/grants", {{"person", person.body.at("id")}}, admin);
        QCOMPARE(grant.status, 201);
        QCOMPARE(grant.body.at("activationCode").get<std::string>().size(), std::size_t(32));
        const auto staff = bench.ask("GET", "/console/v1/staff", {}, admin);
        QVERIFY(staff.body.dump().find("13700137001") == std::string::npos); // masked
        QVERIFY(staff.body.at("next").is_null());
        QCOMPARE(bench.ask("GET", "/console/v1/seats", {}, admin).body.at("seats").size(), std::size_t(2));
        QCOMPARE(bench.ask("DELETE", "/console/v1/sessions", {}, admin).status, 204);
        QCOMPARE(bench.ask("GET", "/console/v1/staff", {}, admin).status, 401);
    }

    void grant_ended_takesThePhoneWithIt()
    {
        Console bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        QVERIFY(phone.enrolDesk().show == Show::done);
        const auto acct = phone.acct();
        bench.clock.advance(2 * 86'400'000);
        const std::string admin = bench.logIn(bench.adminPhone);
        const std::string path = "/console/v1/grants/" + toHex(bench.demo.grant);
        const auto started = bench.start(R"({"act":"login"})"); // open while the grant ends
        QVERIFY(bench.isConfirmed(phone, admin, path + "/stop", {{"act", "end"}})); // it is the administrator's own
        QCOMPARE(bench.ask("POST", path + "/end", {{"handOverSeen", true}, {"shield", true}}, admin).status, 204);
        QCOMPARE(bench.enterprise.holderOf(acct).error().code, Errc::notFound);
        const auto records = bench.authority.findByHolder(acct);
        QCOMPARE(records->size(), std::size_t(2));
        for (const auto &record : *records)
            QVERIFY(record.revocation.has_value());
        phone::Approval flow(phone.environment);
        QVERIFY(phone.approve(flow, bench.frameOf(started)).show != Show::done);
        // The code was not the person's yet: it waits for whoever may.
        QVERIFY(bench.look(started.token).state == sessions::State::waiting);
        QVERIFY(bench.ask("GET", "/console/v1/seats", {}, admin).body.at("seats").front().at("person").is_null());
        QCOMPARE(bench.ask("POST", path + "/end", {{"handOverSeen", true}}, admin).status, 409); // once
        QVERIFY(audit::verify(bench.ledger)->intact());
    }

    // Scanned, and on the phone's page when the grant rests or ends: nobody waits for it in vain.
    void grant_stopped_endsWhatItsPhoneHasScanned()
    {
        for (const char *act : {"/suspend", "/end"}) {
            Console bench;
            RigPhone phone(bench);
            QVERIFY(phone.activate().show == Show::done);
            QVERIFY(phone.enrolDesk().show == Show::done);
            bench.clock.advance(2 * 86'400'000);
            const std::string admin = bench.logIn(bench.adminPhone);
            const std::string grant = "/console/v1/grants/" + toHex(bench.demo.grant);
            QVERIFY(bench.isConfirmed(phone, admin, grant + "/stop", {{"act", act + 1}})); // it is the administrator's own
            const auto mine = bench.start(R"({"act":"login"})"), other = bench.start(R"({"act":"login"})");
            phone::Approval flow(phone.environment);
            QVERIFY(phone.run(flow, flow.claim(bench.frameOf(mine).text(), bench.clock.monotonicMs())).show == Show::approve);
            QVERIFY(bench.look(mine.token).state == sessions::State::claimed);
            QCOMPARE(bench.ask("POST", grant + act, {{"handOverSeen", true}, {"shield", true}}, admin).status, 204);
            QVERIFY(bench.look(mine.token).state == sessions::State::failed && bench.look(mine.token).ending == sessions::Ending::notEntitled);
            QVERIFY(bench.look(other.token).state == sessions::State::waiting); // nobody has scanned it
            QVERIFY(audit::verify(bench.ledger)->intact());
        }
    }

    // After it a code by SMS would confirm everything: whoever finds an open log-in is not rid of the shield like that.
    void grant_ofOneself_isStoppedByTheShieldAlone()
    {
        Console bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        const std::string admin = bench.logIn(bench.adminPhone);
        const std::string path = "/console/v1/grants/" + toHex(bench.demo.grant);
        const auto state = [&] { return bench.ask("GET", "/console/v1/grants", {}, admin).body.at("grants").front().at("state").get<std::string>(); };
        const auto refused = [&](const std::string &target, const json &body, const char *code) {
            const auto rows = bench.ledger.rows;
            return bench.ask("POST", target, body, admin).code() == code && bench.ledger.rows == rows;
        };
        QVERIFY(refused(path + "/suspend", {{"handOverSeen", true}}, "HF-790"));
        QVERIFY(refused(path + "/end", {{"handOverSeen", true}}, "HF-790"));
        QVERIFY(refused(path + "/end", {{"handOverSeen", false}}, "HF-765")); // before anything is asked
        for (const char *act : {"suspend", "end", "lost"})
            QVERIFY(refused(path + "/stop/code", {{"act", act}}, "HF-790"));
        QVERIFY(refused(path + "/suspend", {{"handOverSeen", true}, {"code", "123456"}}, "HF-790"));
        QVERIFY(refused(path + "/end", {{"handOverSeen", true}, {"shield", true}}, "HF-792"));
        QVERIFY(refused(path + "/lost", {{"handOverSeen", true}, {"shield", true}}, "HF-792"));
        // What was confirmed is that act alone.
        QVERIFY(bench.isConfirmed(phone, admin, path + "/stop", {{"act", "suspend"}}));
        QVERIFY(refused(path + "/end", {{"handOverSeen", true}, {"shield", true}}, "HF-792"));
        QCOMPARE(state(), std::string("active"));
        QCOMPARE(bench.ask("POST", path + "/suspend", {{"handOverSeen", true}, {"shield", true}}, admin).status, 204);
        QCOMPARE(state(), std::string("suspended"));
        // The record names what was confirmed, which is given out as a file.
        const auto isMarked = [&](audit::Event event) {
            const auto records = *audit::recordsOf(bench.ledger, bench.demo.company, 1, 10'000);
            const auto record = std::ranges::find(records.rbegin(), records.rend(), event, [](const auto &one) { return one.entry.event; });
            const std::string newest = bench.ask("GET", "/console/v1/confirmations", {}, admin).body.at("confirmations").front().at("id");
            const std::string statement = bench.ask("GET", "/console/v1/confirmations/" + newest, {}, admin).body.at("statement");
            return record != records.rend() && record->entry.object == crypto::sm3(*fromHex(statement));
        };
        QVERIFY(isMarked(audit::Event::grantSuspended));
        // While it rests no shield confirms, and nothing else does: it is resumed first.
        QVERIFY(refused(path + "/end", {{"handOverSeen", true}}, "HF-790"));
        QVERIFY(refused(path + "/stop/shield", {{"act", "end"}}, "HF-791"));
        QCOMPARE(bench.ask("POST", path + "/resume", {}, admin).status, 204);
        bench.clock.advance(1); // the newest stands first
        QVERIFY(bench.isConfirmed(phone, admin, path + "/stop", {{"act", "end"}}));
        QCOMPARE(bench.ask("POST", path + "/end", {{"handOverSeen", true}, {"shield", true}}, admin).status, 204);
        QVERIFY(isMarked(audit::Event::grantEnded));
        QVERIFY(bench.ask("GET", "/console/v1/grants", {}, admin).body.at("grants").empty());
        QVERIFY(audit::verify(bench.ledger)->intact());
    }

    // It cannot be taken back: whoever finds an open log-in ends nobody's certificate, neither alone nor with the person's leaving.
    void grant_ofSomebodyElse_endsOnceItIsConfirmed()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const auto refused = [&](const std::string &target, const json &body, const char *code) {
            const auto rows = bench.ledger.rows;
            return bench.ask("POST", target, body, admin).code() == code && bench.ledger.rows == rows;
        };
        int people = 0;
        const auto given = [&] { // the paths of a new colleague and of his certificate
            const std::string digits = std::to_string(++people);
            const auto person = bench.enterprise.addPerson(bench.demo.company, {"员工" + digits, "1380013810" + digits, "", "HF001" + digits});
            const auto opened = bench.enterprise.openGrant(*person, *bench.enterprise.addSeat(bench.demo.company, bench.clock.wall + 86'400'000'000));
            return std::pair("/console/v1/staff/" + toHex(*person), "/console/v1/grants/" + toHex(opened->grant));
        };
        const json seen = {{"handOverSeen", true}};
        const auto with = [&](const char *name, const json &value) {
            json body = seen;
            body[name] = value;
            return body;
        };
        // Without a shield by a code for this act.
        {
            const auto [staff, grant] = given();
            QVERIFY(refused(grant + "/end", {{"handOverSeen", false}}, "HF-765")); // before anything is asked
            QVERIFY(refused(grant + "/end", seen, "HF-403"));
            QVERIFY(refused(staff + "/leave", seen, "HF-403"));
            bench.clock.advance(60'000);
            QCOMPARE(bench.ask("POST", grant + "/stop/code", {{"act", "lost"}}, admin).status, 200);
            QCOMPARE(bench.ask("POST", grant + "/end", with("code", bench.gateway.digits()), admin).code(), std::string("HF-402"));
            bench.clock.advance(60'000);
            QCOMPARE(bench.ask("POST", grant + "/stop/code", {{"act", "end"}}, admin).status, 200);
            QCOMPARE(bench.ask("POST", grant + "/end", with("code", bench.gateway.digits()), admin).status, 204);
            QCOMPARE(bench.ask("POST", staff + "/leave", seen, admin).status, 204); // nothing ends any more
        }
        {
            const auto [staff, grant] = given();
            bench.clock.advance(60'000);
            QCOMPARE(bench.ask("POST", staff + "/standing/code", {{"act", "remove"}}, admin).status, 200);
            QCOMPARE(bench.ask("POST", staff + "/leave", with("code", bench.gateway.digits()), admin).status, 204);
        }
        // With one by nothing else.
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        bench.clock.advance(60'000);
        const auto [staff, grant] = given();
        QCOMPARE(bench.ask("GET", "/console/v1/sessions", {}, admin).status, 200); // its use is written down once a minute
        QVERIFY(refused(grant + "/end", seen, "HF-790"));
        QVERIFY(refused(grant + "/end", with("code", "123456"), "HF-790"));
        QVERIFY(refused(staff + "/leave", seen, "HF-790"));
        QVERIFY(bench.isConfirmed(phone, admin, grant + "/stop", {{"act", "suspend"}}));
        QVERIFY(refused(grant + "/end", with("shield", true), "HF-792"));
        QCOMPARE(bench.ask("POST", grant + "/suspend", {}, admin).code(), std::string("HF-104")); // no phone is active under it
        QVERIFY(bench.isConfirmed(phone, admin, grant + "/stop", {{"act", "end"}}));
        QCOMPARE(bench.ask("POST", grant + "/end", with("shield", true), admin).status, 204);
        const auto [next, other] = given();
        QCOMPARE(bench.ask("POST", next + "/standing/shield", {{"act", "remove"}}, admin).status, 204);
        QCOMPARE(bench.ask("GET", "/console/v1/confirmation", {}, admin).body.at("words").get<std::string>(), std::string("移除员工：员工4 (remove a person)"));
        QVERIFY(bench.confirm(phone, admin).show == Show::done);
        QCOMPARE(bench.ask("POST", next + "/leave", with("shield", true), admin).status, 204);
        // Which role it is about stands there, whatever is changed.
        for (const auto &[role, words] : {std::pair("administrator", "管理员，手机号 13700137088 (change of an administrator)"),
                                          {"seal-administrator", "印章管理员，手机号 13700137088 (change of a seal administrator)"},
                                          {"approver", "审批人，手机号 13700137088 (change of a person)"}}) {
            bench.clock.advance(60'000);
            const json entry = {{"name", "周九"}, {"phoneNumber", "13700137088"}, {"staffNumber", "X88"}, {"roles", {role}}};
            QCOMPARE(bench.ask("POST", "/console/v1/staff/shield", entry, admin).status, 204);
            QCOMPARE(bench.ask("GET", "/console/v1/confirmation", {}, admin).body.at("words").get<std::string>(), std::string("新增员工：周九，角色 ") + words);
        }
        QVERIFY(audit::verify(bench.ledger)->intact());
    }

    void certificate_ofAPersonWithoutAStaffNumber_isNobodyElsesAllTheSame()
    {
        Console bench;
        const auto person = bench.enterprise.addPerson(bench.demo.company, {"李四", "13800138001", "", ""});
        bench.demo.code = bench.enterprise.openGrant(*person, *bench.enterprise.addSeat(bench.demo.company, bench.clock.wall + 86'400'000'000))->code;
        bench.demo.phoneNumber = "13800138001";
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        const auto records = *bench.authority.findByHolder(phone.acct());
        QCOMPARE(records.size(), std::size_t(2));
        for (const auto &record : records)
            QCOMPARE(record.certificate.subject().serialNumber, toHex(*person).substr(0, 16));
        QVERIFY(phone.enrolDesk().show == Show::done);
        phone::Approval flow(phone.environment);
        QVERIFY(phone.approve(flow, bench.frameOf(bench.start(R"({"act":"login"})"))).show == Show::done);
    }

    void phone_reportedLost_isFrozenAtOnceAndItsPersonTold()
    {
        Console bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        const std::string admin = bench.logIn(bench.adminPhone);
        bench.clock.advance(60'000);
        const auto colleague = bench.enterprise.addPerson(bench.demo.company, {"李四", "13800138001", "", "HF0009"});
        const auto opened = bench.enterprise.openGrant(*colleague, *bench.enterprise.addSeat(bench.demo.company, bench.clock.wall + 86'400'000'000));
        const std::string path = "/console/v1/grants/" + toHex(opened->grant);
        const auto phoneOf = [&] {
            const json grants = bench.ask("GET", "/console/v1/grants", {}, admin).body.at("grants");
            return std::ranges::find(grants, json(toHex(opened->grant)), [](const json &one) { return one.at("id"); })->at("phone").get<std::string>();
        };
        QCOMPARE(phoneOf(), std::string("none"));
        QVERIFY(bench.isConfirmed(phone, admin, path + "/stop", {{"act", "lost"}}));
        QCOMPARE(bench.ask("POST", path + "/lost", {{"handOverSeen", true}, {"shield", true}}, admin).code(), std::string("HF-104")); // nothing to freeze yet
        bench.demo.code = opened->code;
        bench.demo.phoneNumber = "13800138001";
        RigPhone other(bench);
        QVERIFY(other.activate().show == Show::done);
        QCOMPARE(phoneOf(), std::string("active"));
        const auto standing = [&] { return bench.cosigner->device(other.acct())->lock.standing; };
        // Not without the proof of this act: neither by a code of whoever has a shield, nor by what was confirmed for another act.
        QVERIFY(bench.isConfirmed(phone, admin, path + "/stop", {{"act", "suspend"}}));
        const auto rows = bench.ledger.rows;
        const auto texts = bench.gateway.texts.size();
        QCOMPARE(bench.ask("POST", path + "/lost", json::object(), admin).status, 400);
        QCOMPARE(bench.ask("POST", path + "/lost", {{"handOverSeen", true}, {"code", "123456"}}, admin).code(), std::string("HF-790"));
        QCOMPARE(bench.ask("POST", path + "/lost", {{"handOverSeen", true}, {"shield", true}}, admin).code(), std::string("HF-792"));
        QVERIFY(bench.ledger.rows == rows && bench.gateway.texts.size() == texts && standing() == cosigner::Standing::active);

        const std::string theirs = bench.logIn("13800138001");
        QVERIFY(bench.isConfirmed(phone, admin, path + "/stop", {{"act", "lost"}}));
        const auto reported = bench.ask("POST", path + "/lost", {{"handOverSeen", true}, {"shield", true}}, admin);
        QVERIFY(reported.status == 200 && reported.body.at("personTold") == true);
        QVERIFY(bench.gateway.numbers.back() == "13800138001" && bench.gateway.texts.back().find("挂失") != std::string::npos);
        QVERIFY(standing() == cosigner::Standing::frozen && phoneOf() == "frozen");
        QCOMPARE(bench.ask("GET", "/console/v1/sessions", {}, theirs).status, 200); // what no phone has opened goes on
        QVERIFY(bench.cosigner->device(phone.acct())->lock.standing == cosigner::Standing::active);
        // The records: the report, and the freeze with the administrator as its doer.
        const enterprise::Id me = *bench.staff.personOf(bench.demo.company, bench.adminPhone);
        const json records = bench.ask("GET", "/console/v1/audit", {}, admin).body.at("records");
        const auto count = [&](std::string_view event, const enterprise::Id &subject) {
            return std::ranges::count_if(records, [&](const json &record) {
                return record.at("event") == event && record.at("subject") == toHex(subject) && record.at("by") == "person" && record.at("who") == toHex(me);
            });
        };
        QCOMPARE(count("phone-lost", opened->grant), 1);
        QCOMPARE(count("device-frozen", *colleague), 1);
        // Once; and found again, the operator unfreezes it: keys and certificates are there.
        QVERIFY(bench.isConfirmed(phone, admin, path + "/stop", {{"act", "lost"}}));
        QCOMPARE(bench.ask("POST", path + "/lost", {{"handOverSeen", true}, {"shield", true}}, admin).code(), std::string("HF-104"));
        QVERIFY(bench.cosigner->unfreeze(other.acct()));
        QCOMPARE(phoneOf(), std::string("active"));
        // The message that cannot be sent keeps no phone from being frozen.
        QVERIFY(bench.isConfirmed(phone, admin, path + "/stop", {{"act", "lost"}}));
        bench.gateway.down = true;
        QVERIFY(bench.ask("POST", path + "/lost", {{"handOverSeen", true}, {"shield", true}}, admin).body.at("personTold") == false);
        QVERIFY(standing() == cosigner::Standing::frozen && audit::verify(bench.ledger)->intact());
    }

    // Whoever rests opens nothing, for as long as it lasts: the bids are looked at, and a number is typed where nobody else could open one.
    void shield_stoppedForAWhile_wantsTheBidsLookedAtFirst()
    {
        Console bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        const std::string admin = bench.logIn(bench.adminPhone);
        bench.clock.advance(60'000);
        const auto colleague = bench.enterprise.addPerson(bench.demo.company, {"李四", "13800138001", "", "HF0009"});
        const auto opened = bench.enterprise.openGrant(*colleague, *bench.enterprise.addSeat(bench.demo.company, bench.clock.wall + 86'400'000'000));
        const std::string grant = "/console/v1/grants/" + toHex(opened->grant), staff = "/console/v1/staff/" + toHex(*colleague);
        bench.demo.code = opened->code;
        bench.demo.phoneNumber = "13800138001";
        RigPhone other(bench);
        QVERIFY(other.activate().show == Show::done);
        bench.bids.bids = {{"一标段", bench.clock.wall + 86'400'000, {"王芳"}, "ZB-1"}, {"二标段", bench.clock.wall + 86'400'000, {}, "ZB-2"}};
        QCOMPARE(bench.ask("GET", "/console/v1/sessions", {}, admin).status, 200); // its use is written down once a minute
        for (const auto &[target, undo] : {std::pair(staff + "/disable", staff + "/enable"), {grant + "/suspend", grant + "/resume"}, {grant + "/lost", std::string()}}) {
            const bool isLost = undo.empty();
            json body = json::object();
            if (isLost) {
                QVERIFY(bench.isConfirmed(phone, admin, grant + "/stop", {{"act", "lost"}}));
                body["shield"] = true;
            }
            const auto with = [&](const json &more) {
                json whole = body;
                whole.update(more);
                return whole;
            };
            const auto rows = bench.ledger.rows;
            const auto texts = bench.gateway.texts.size();
            for (const auto &[more, code] : {std::pair(json::object(), "HF-765"), {{{"handOverSeen", false}, {"project", "ZB-2"}}, "HF-765"}, {{{"project", "ZB-2"}}, "HF-765"},
                                             {{{"handOverSeen", true}}, "HF-773"}, {{{"handOverSeen", true}, {"project", "ZB-1"}}, "HF-773"},
                                             {{{"handOverSeen", 1}}, "HF-100"}, {{{"handOverSeen", true}, {"project", 2}}, "HF-100"}})
                QVERIFY2(bench.ask("POST", target, with(more), admin).code() == code, (target + more.dump()).c_str());
            QVERIFY(bench.ledger.rows == rows && bench.gateway.texts.size() == texts);
            QVERIFY(bench.cosigner->device(other.acct())->lock.standing == cosigner::Standing::active && bench.enterprise.holderOf(other.acct()));
            // What confirms a lost phone was not used up by that.
            QCOMPARE(bench.ask("POST", target, with({{"handOverSeen", true}, {"project", "ZB-2"}}), admin).status, isLost ? 200 : 204);
            if (isLost) QVERIFY(bench.cosigner->device(other.acct())->lock.standing == cosigner::Standing::frozen);
            else QVERIFY(!bench.enterprise.holderOf(other.acct()) && bench.ask("POST", undo, json::object(), admin).status == 204 && bench.enterprise.holderOf(other.acct()));
        }
        QVERIFY(audit::verify(bench.ledger)->intact());
    }

    void phones_severalReportedLost_areFrozenInOneAct()
    {
        Console bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        const std::string admin = bench.logIn(bench.adminPhone);
        bench.clock.advance(60'000);
        const auto colleague = bench.enterprise.addPerson(bench.demo.company, {"李四", "13800138001", "", "HF0009"});
        bench.demo.code = bench.enterprise.openGrant(*colleague, *bench.enterprise.addSeat(bench.demo.company, bench.clock.wall + 86'400'000'000))->code;
        bench.demo.phoneNumber = "13800138001";
        RigPhone former(bench), now(bench);
        QVERIFY(former.activate().show == Show::done);
        bench.clock.advance(60'000);
        const auto next = bench.enterprise.openNextGrant(former.acct());
        bench.demo.code = next->code;
        QVERIFY(now.activate().show == Show::done);
        bench.clock.advance(60'000);
        const std::string path = "/console/v1/grants/" + toHex(next->grant);
        const auto standing = [&](RigPhone &of) { return bench.cosigner->device(of.acct())->lock.standing; };
        QVERIFY(bench.isConfirmed(phone, admin, path + "/stop", {{"act", "lost"}}));
        QCOMPARE(bench.ask("POST", path + "/lost", {{"handOverSeen", true}, {"shield", true}}, admin).status, 200);
        QVERIFY(standing(former) == cosigner::Standing::frozen && standing(now) == cosigner::Standing::frozen);
        QVERIFY(standing(phone) == cosigner::Standing::active);
        QCOMPARE(bench.countOf(bench.demo.company, audit::Event::phoneLost), 1U);
        QCOMPARE(bench.countOf(bench.demo.company, audit::Event::deviceFrozen), 2U);
        // The former one alone was found again: the next report is of that one.
        QVERIFY(bench.cosigner->unfreeze(former.acct()));
        QVERIFY(bench.isConfirmed(phone, admin, path + "/stop", {{"act", "lost"}}));
        QCOMPARE(bench.ask("POST", path + "/lost", {{"handOverSeen", true}, {"shield", true}}, admin).status, 200);
        QVERIFY(standing(former) == cosigner::Standing::frozen);
        QCOMPARE(bench.countOf(bench.demo.company, audit::Event::deviceFrozen), 3U);
        QVERIFY(audit::verify(bench.ledger)->intact());
    }

    // What a platform says it has bound stands there under the platform's name.
    void binding_toldByAPlatform_isInTheCompanysLogWithItsName()
    {
        Console bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        const std::string admin = bench.logIn(bench.adminPhone);
        const enterprise::Id person = bench.enterprise.holderOf(phone.acct())->personId;
        const auto records = *bench.authority.findByHolder(phone.acct());
        const auto serial = *fixedBytes<16>(std::ranges::find(records, x509::KeyKind::sign, &authority::Record::kind)->certificate.serial());
        QVERIFY(*bench.party->tellBound(person, serial));
        QVERIFY(!*bench.party->tellBound({7}, serial)); // nobody's
        QVERIFY(*bench.party->tellReleased(person));
        const json log = bench.ask("GET", "/console/v1/audit", {}, admin).body;
        for (const char *event : {"certificate-bound", "certificate-unbound"}) {
            const auto told = std::ranges::find(log.at("records"), json(event), [](const json &one) { return one.at("event"); });
            QVERIFY(told != log.at("records").end() && told->at("subject") == toHex(person) && told->at("by") == "outside");
            const auto about = std::ranges::find(log.at("abouts"), told->at("sequence"), [](const json &one) { return one.at("sequence"); });
            QVERIFY(about != log.at("abouts").end() && about->at("platform") == "示范招标平台" && about->at("project").is_null());
        }
    }

    void language_chosenAtThePagesOrOnThePhone_isThatOfTheMessages()
    {
        Console bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        const std::string admin = bench.logIn(bench.adminPhone);
        bench.clock.advance(60'000);
        const auto colleague = bench.enterprise.addPerson(bench.demo.company, {"李四", "13800138001", "", "HF0009"});
        const auto opened = bench.enterprise.openGrant(*colleague, *bench.enterprise.addSeat(bench.demo.company, bench.clock.wall + 86'400'000'000));
        const std::string path = "/console/v1/grants/" + toHex(opened->grant);
        bench.demo.code = opened->code;
        bench.demo.phoneNumber = "13800138001";
        RigPhone other(bench);
        QVERIFY(other.activate().show == Show::done);
        const std::string theirs = bench.logIn("13800138001");
        const auto say = [&](const std::string &language) {
            return bench.askWith("GET", "/console/v1/sessions", json::object(), {{"authorization", "Bearer " + theirs}, {"hufu-language", language}}).status == 200;
        };
        // The message to whoever's phone is reported lost; then it is found again.
        const auto told = [&]() -> std::string {
            const bool isLost = bench.isConfirmed(phone, admin, path + "/stop", {{"act", "lost"}}) && bench.ask("POST", path + "/lost", {{"handOverSeen", true}, {"shield", true}}, admin).status == 200;
            bench.clock.advance(60'000);
            return isLost && bench.cosigner->unfreeze(other.acct()) ? bench.gateway.texts.back() : "";
        };
        const auto isChinese = [](const std::string &text) { return text.find("已为您的手机盾挂失") != std::string::npos; };
        const auto isEnglish = [](const std::string &text) { return text.find("has reported your phone lost") != std::string::npos; };
        const auto rows = bench.ledger.rows;
        QVERIFY(say("fr") && say("en-US,en;q=0.9") && say("")); // what a browser says by itself is not what its user has chosen
        QVERIFY(bench.ledger.rows == rows);
        QVERIFY(isChinese(told()));
        QVERIFY(say("en"));
        const auto kept = bench.ledger.rows;
        QVERIFY(kept != rows && say("en") && bench.ledger.rows == kept);
        QVERIFY(isEnglish(told()));
        QVERIFY(say("zh-CN") && isChinese(told()));
        // On the phone, once it has shown whose it is; of nobody else: the administrator's phone speaks English, too.
        bench.spoken = enterprise::Language::english;
        QVERIFY(isChinese(told()));
        QVERIFY(other.enrolDesk().show == Show::done);
        QVERIFY(isEnglish(told()));
        // A row that is damaged, or of another version, holds no lost phone up.
        const std::pair language{ports::Table::person, concat({viewOf("l"), bench.demo.company, *colleague})};
        QVERIFY(bench.ledger.rows.contains(language));
        bench.ledger.rows[language] = Bytes{1};
        QVERIFY(isChinese(told()));
        bench.ledger.rows[language] = Bytes{2, 2};
        QVERIFY(*enterprise::languageOf(**bench.ledger.begin(), bench.demo.company, *colleague) == enterprise::Language::chinese);
        // Who leaves is forgotten.
        QVERIFY(bench.isConfirmed(phone, admin, path + "/stop", {{"act", "end"}}));
        QCOMPARE(bench.ask("POST", path + "/end", {{"handOverSeen", true}, {"shield", true}}, admin).status, 204);
        QCOMPARE(bench.ask("DELETE", "/console/v1/staff/" + toHex(*colleague), json::object(), admin).status, 204);
        auto transaction = std::move(*bench.ledger.begin());
        QVERIFY(*enterprise::languageOf(*transaction, bench.demo.company, *colleague) == enterprise::Language::chinese);
    }

    // Without a log-in: one network does not try numbers for ever, nor wake other people's phones.
    void logIn_askedTooOftenByOneNetwork_is429()
    {
        Console bench;
        const json asked = {{"creditCode", "91110108MA0DEM0P1T"}, {"phoneNumber", "13700137009"}};
        json tried = asked;
        tried["code"] = "000000";
        for (int i = 0; i < 60; ++i)
            QCOMPARE(bench.ask("POST", "/console/v1/codes", asked).status, 200);
        auto rows = bench.ledger.rows;
        const auto late = bench.ask("POST", "/console/v1/codes", asked);
        QVERIFY(late.status == 429 && late.code() == "HF-105");
        QVERIFY(bench.ledger.rows == rows);
        for (int i = 0; i < 60; ++i) // whoever asks for codes keeps nobody from logging in with one
            QCOMPARE(bench.ask("POST", "/console/v1/sessions", tried).code(), std::string("HF-402"));
        rows = bench.ledger.rows;
        const auto worn = bench.ask("POST", "/console/v1/sessions", tried);
        QVERIFY(worn.status == 429 && worn.code() == "HF-105");
        QVERIFY(bench.ledger.rows == rows);
        bench.clock.advance(60'000);
        QVERIFY(!bench.logIn(bench.adminPhone).empty());
    }

    void person_leaving_isGoneWithPhoneAndSeat()
    {
        Console bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        const std::string admin = bench.logIn(bench.adminPhone);
        json colleague = {{"name", "王五"}, {"phoneNumber", "13700137001"}, {"staffNumber", "X1"}, {"roles", {"administrator"}}};
        QVERIFY(bench.isConfirmed(phone, admin, "/console/v1/staff", colleague));
        colleague["shield"] = true;
        const auto next = bench.ask("POST", "/console/v1/staff", colleague, admin);
        QCOMPARE(next.status, 201);
        const auto people = bench.ask("GET", "/console/v1/grants", {}, admin).body.at("grants");
        const std::string path = "/console/v1/staff/" + people.front().at("person").get<std::string>();
        const auto held = bench.ask("GET", path + "/leaving", {}, admin);
        QCOMPARE(held.status, 200);
        QCOMPARE(held.body.at("grant").get<std::string>(), toHex(bench.demo.grant));
        QVERIFY(held.body.at("known") == false && held.body.at("sealedBids").empty() && held.body.at("sealGrants").size() == 2); // of the company and the legal person
        const auto rows = bench.ledger.rows;
        QCOMPARE(bench.ask("POST", path + "/leave", {}, admin).status, 400);
        QCOMPARE(bench.ask("POST", path + "/leave", {{"handOverSeen", false}}, admin).code(), std::string("HF-765"));
        QVERIFY(bench.ledger.rows == rows);
        const std::string second = bench.logIn("13700137001"); // who has no shield yet
        bench.clock.advance(60'000);
        QCOMPARE(bench.ask("POST", path + "/standing/code", {{"act", "remove"}}, second).status, 200);
        const json leaves = {{"handOverSeen", true}, {"code", bench.gateway.digits()}};
        for (int i = 0; i < 2; ++i) // again when the answer was lost
            QCOMPARE(bench.ask("POST", path + "/leave", leaves, second).status, 204);
        QCOMPARE(bench.enterprise.holderOf(phone.acct()).error().code, Errc::notFound);
        const auto records = bench.authority.findByHolder(phone.acct());
        QCOMPARE(records->size(), std::size_t(2));
        for (const auto &record : *records)
            QVERIFY(record.revocation.has_value());
        QVERIFY(bench.ask("GET", "/console/v1/seats", {}, second).body.at("seats").front().at("person").is_null());
        QCOMPARE(bench.ask("GET", "/console/v1/staff", {}, second).body.at("staff").size(), std::size_t(1));
        QCOMPARE(bench.ask("GET", path + "/leaving", {}, second).status, 409); // nothing to look at any more
        QCOMPARE(bench.ask("GET", "/console/v1/sessions", {}, admin).status, 401); // he was the administrator himself
    }

    // A seat that ends before what its holder has sealed is opened, and one that is over: the administrator is told, and the holder.
    void seat_overOrBeforeAnOpening_isToldAtHome()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const std::int64_t until = bench.clock.wall + 40 * std::int64_t{86'400'000};
        const auto person = bench.enterprise.addPerson(bench.demo.company, {"李四", "13800138001", "", "HF0009"});
        QVERIFY(bench.enterprise.openGrant(*person, *bench.enterprise.addSeat(bench.demo.company, until)));
        const auto told = [&](const std::string &token, std::string_view matter) {
            const json mine = bench.ask("GET", "/console/v1/home", {}, token).body.at("mine");
            const auto found = std::ranges::find(mine, json(matter), [](const json &one) { return one.at("matter"); });
            return found == mine.end() ? 0 : found->at("count").get<int>();
        };
        const auto staff = [&] { return bench.logIn("13800138001"); };
        const std::string holder = staff();
        for (const char *matter : {"seatOver", "seatBeforeOpening"})
            QCOMPARE(told(admin, matter), 0);
        for (const char *matter : {"mySeatOver", "mySeatBeforeOpening"})
            QCOMPARE(told(holder, matter), 0);
        bench.bids.bids = {{"某某大桥", until, {}, "ZB-1"}}; // opened as the seat ends; the demo's own seat lasts longer
        QCOMPARE(told(admin, "seatBeforeOpening"), 1);
        QCOMPARE(told(holder, "mySeatBeforeOpening"), 1);
        bench.clock.advance(40 * std::int64_t{86'400'000});
        const std::string later = bench.logIn(bench.adminPhone), holderLater = staff();
        QCOMPARE(told(later, "seatOver"), 1);
        QCOMPARE(told(later, "seatBeforeOpening"), 0);
        QCOMPARE(told(holderLater, "mySeatOver"), 1);
        QCOMPARE(told(holderLater, "mySeatBeforeOpening"), 0);
        // Renewed, there is nothing left to tell.
        const json seats = bench.ask("GET", "/console/v1/seats", {}, later).body.at("seats");
        const json over = *std::ranges::find(seats, json(true), [](const json &seat) { return seat.at("over"); });
        auto transaction = std::move(*bench.ledger.begin());
        QVERIFY(enterprise::renewSeat(*transaction, *fixedBytes<16>(*fromHex(over.at("id").get<std::string>())), bench.demo.company, 1, bench.clock.wall));
        QVERIFY(transaction->commit());
        QCOMPARE(told(later, "seatOver"), 0);
        QCOMPARE(told(holderLater, "mySeatOver"), 0);
    }

    // Whoever has suspended the company's only seal is to resume it, and not to make a second one.
    void companySeal_suspended_isToBeResumedAtHome()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const auto told = [&] {
            std::vector<std::string> matters;
            const json mine = bench.ask("GET", "/console/v1/home", {}, admin).body.at("mine");
            for (const json &one : mine)
                if (const auto matter = one.at("matter").get<std::string>(); matter == "makeSeal" || matter == "resumeSeal") matters.push_back(matter);
            return matters;
        };
        using Told = std::vector<std::string>;
        const json views = bench.ask("GET", "/console/v1/seals", {}, admin).body.at("seals");
        const json seal = *std::ranges::find(views, json("company"), [](const json &one) { return one.at("kind"); });
        const std::string path = "/console/v1/seals/" + seal.at("id").get<std::string>();
        QVERIFY(told().empty());
        QCOMPARE(bench.ask("POST", path + "/suspend", {}, admin).status, 204);
        QVERIFY(told() == Told{"resumeSeal"});
        QCOMPARE(bench.ask("POST", path + "/resume", {}, admin).status, 204);
        QVERIFY(told().empty());
        bench.clock.advance(60'000);
        QCOMPARE(bench.ask("POST", path + "/retire/code", {}, admin).status, 200);
        QCOMPARE(bench.ask("POST", path + "/retire", {{"code", bench.gateway.digits()}}, admin).status, 204);
        QVERIFY(told() == Told{"makeSeal"});
    }

    // Who can be granted a certificate, whose shield stands still, which computer waits: an administrator sees it at home.
    void home_ofAnAdministrator_tellsOfCertificatesPhonesAndComputers()
    {
        Console bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        bench.clock.advance(60'000);
        const std::string admin = bench.logIn(bench.adminPhone);
        const auto told = [&](const std::string &token, std::string_view matter) {
            const json mine = bench.ask("GET", "/console/v1/home", {}, token).body.at("mine");
            const auto found = std::ranges::find(mine, json(matter), [](const json &one) { return one.at("matter"); });
            return found == mine.end() ? 0 : found->at("count").get<int>();
        };
        const auto stands = [&](int certificates, int phones, int desks) {
            return told(admin, "giveCertificate") == certificates && told(admin, "phoneStopped") == phones && told(admin, "approveDesk") == desks;
        };
        const auto colleague = bench.enterprise.addPerson(bench.demo.company, {"李四", "13800138001", "", "HF0009"});
        QVERIFY(stands(0, 0, 0)); // there is no seat
        const std::int64_t until = bench.clock.wall + 86'400'000'000;
        const auto seat = *bench.enterprise.addSeat(bench.demo.company, until);
        QVERIFY(stands(1, 0, 0));
        const auto opened = bench.enterprise.openGrant(*colleague, seat);
        QVERIFY(bench.enterprise.addSeat(bench.demo.company, until));
        QVERIFY(stands(0, 0, 0)); // everybody has one
        const json another = {{"name", "王五"}, {"phoneNumber", "13700137001"}};
        const std::string added = bench.ask("POST", "/console/v1/staff", another, admin).body.at("id");
        const json overseer = {{"name", "赵六"}, {"phoneNumber", "13700137002"}, {"roles", {"approver"}}};
        QCOMPARE(bench.ask("POST", "/console/v1/staff", overseer, admin).status, 201); // whose work needs none
        QVERIFY(stands(1, 0, 0));
        QCOMPARE(bench.ask("POST", "/console/v1/staff/" + added + "/disable", {}, admin).status, 204);
        QVERIFY(stands(0, 0, 0));

        bench.demo.code = opened->code;
        bench.demo.phoneNumber = "13800138001";
        RigPhone other(bench), copy(bench);
        QVERIFY(other.activate().show == Show::done);
        bench.clock.advance(60'000);
        const std::string path = "/console/v1/grants/" + toHex(opened->grant);
        QVERIFY(bench.isConfirmed(phone, admin, path + "/stop", {{"act", "lost"}}));
        QCOMPARE(bench.ask("POST", path + "/lost", {{"handOverSeen", true}, {"shield", true}}, admin).status, 200);
        QVERIFY(stands(0, 1, 0));
        QVERIFY(bench.cosigner->unfreeze(other.acct()));
        QVERIFY(stands(0, 0, 0));

        bench.clock.advance(60'000);
        QVERIFY(bench.isConfirmed(phone, admin, "/console/v1/desk-rule", {{"approves", true}}));
        QCOMPARE(bench.ask("PUT", "/console/v1/desk-rule", {{"approves", true}, {"shield", true}}, admin).status, 204);
        copy.store.files = other.store.files;
        QVERIFY(other.enrolDesk().show == Show::done);
        QVERIFY(stands(0, 0, 1));
        bench.clock.advance(60'000);
        const std::string theirs = bench.logIn("13800138001");
        QVERIFY(told(theirs, "approveDesk") == 0 && told(theirs, "giveCertificate") == 0 && told(theirs, "phoneStopped") == 0);
        bench.clock.advance(60'000);
        QVERIFY(copy.enrolDesk().show != Show::done); // a copy is found
        QVERIFY(stands(0, 1, 1));
        const std::string desk = bench.ask("GET", "/console/v1/desks", {}, admin).body.at("desks").front().at("id");
        QCOMPARE(bench.ask("POST", "/console/v1/desks/" + desk + "/approval", {}, admin).status, 204);
        QVERIFY(stands(0, 1, 0));
    }

    void request_outOfForm_isRefused()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const auto rows = bench.ledger.rows;
        const json person = {{"name", "王五"}, {"phoneNumber", "13700137001"}, {"staffNumber", "X1"}};
        for (const auto &[member, value] : std::vector<std::pair<const char *, json>>{
                 {"name", 7}, {"phoneNumber", nullptr}, {"roles", "administrator"}, {"roles", {"king"}}, {"roles", json::array()}, {"birthday", "1990"}}) {
            json bad = person;
            bad[member] = value;
            const auto answer = bench.ask("POST", "/console/v1/staff", bad, admin);
            QVERIFY2(answer.status == 400 && answer.code() == "HF-100", member);
            QVERIFY2(answer.body.at("errors") == json::array({{{"field", member}}}), member); // which a page marks
        }
        {
            json bad = person;
            bad["staffNumber"] = "a\u202eb";
            QVERIFY(bench.ask("POST", "/console/v1/staff", bad, admin).body.at("errors") == json::array({{{"field", "staffNumber"}}}));
        }
        QVERIFY(!bench.ask("POST", "/console/v1/staff", "[", admin).body.contains("errors")); // it is no one member
        for (const auto &[member, value] : std::vector<std::pair<const char *, json>>{
                 {"kind", "gift"}, {"quantity", -1}, {"quantity", 1.5}, {"quantity", "1"}, {"years", nullptr}, {"seats", {"x"}}, {"seats", 1},
                 {"agreements", {1}}, {"buyerCode", "914403001922038216"}, {"idempotencyKey", ""}}) {
            json bad = bench.order();
            bad[member] = value;
            const auto answer = bench.ask("POST", "/console/v1/orders", bad, admin);
            QVERIFY2(answer.status == 400 || answer.status == 404, member);
        }
        QCOMPARE(bench.ask("POST", "/console/v1/orders", bench.order(0), admin).code(), std::string("HF-743"));
        QCOMPARE(bench.ask("GET", "/console/v1/staff?after=x", {}, admin).status, 404);
        for (const json &bad : {json::object(), json{{"creditCode", 1}, {"phoneNumber", "1"}}})
            QCOMPARE(bench.ask("POST", "/console/v1/codes", bad).status, 400);
        QCOMPARE(bench.ask("POST", "/console/v1/sessions", {{"creditCode", "x"}, {"phoneNumber", "1"}, {"code", "1"}}).code(), std::string("HF-402"));
        QVERIFY(bench.ledger.rows == rows);
    }

    // Pictures for those who make seals and those who approve; a file to save, and never a page that runs something.
    void seal_made_isDrawnAndExported()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const auto preview = bench.ask("GET", "/console/v1/seals/preview?kind=company&number=1101080000001", {}, admin);
        QCOMPARE(preview.status, 200);
        QCOMPARE(preview.text, std::string("coarse 虎符演示建设有限公司1101080000001"));
        QCOMPARE(preview.whole.contentType, std::string("image/png"));
        const auto headerOf = [](const Console::Answer &answer, std::string_view name) {
            std::string found;
            for (const auto &[key, value] : answer.whole.headers)
                if (key == name) found += value;
            return found;
        };
        QCOMPARE(headerOf(preview, "Content-Security-Policy"), std::string("default-src 'none'; sandbox"));
        QCOMPARE(headerOf(preview, "Cache-Control"), std::string("no-store"));
        for (const char *bad : {"kind=king", "kind=company&number=12", "kind=company&style=2", "kind=legalPerson&style=4", "kind=legalPerson&style=-", ""}) {
            const auto answer = bench.ask("GET", std::string("/console/v1/seals/preview?") + bad, {}, admin);
            QVERIFY2(answer.status == 400 && answer.code() == "HF-100", bad);
        }
        bench.clock.advance(60'000);
        const json request = {{"kind", "company"}, {"style", 1}, {"number", "1101080000001"}};
        QCOMPARE(bench.ask("POST", "/console/v1/seals/code", request, admin).status, 200);
        json confirmed = request;
        confirmed["code"] = bench.gateway.digits();
        const auto made = bench.ask("POST", "/console/v1/seals", confirmed, admin);
        QCOMPARE(made.status, 201);
        const std::string path = "/console/v1/seals/" + made.body.at("id").get<std::string>();
        // Looking at it leaves no trace, and gives nothing for paper; a file leaves one, with what it was.
        const auto unseen = bench.ledger.rows;
        QCOMPARE(bench.ask("GET", path + "/picture", {}, admin).text, preview.text);
        QCOMPARE(bench.ask("GET", path + "/picture?as=png", {}, admin).text, preview.text);
        for (const char *as : {"?as=gif", "?as=electronic", ""})
            QCOMPARE(bench.ask("POST", path + "/file" + as, {}, admin).status, 400);
        QVERIFY(bench.ledger.rows == unseen);
        const auto png = bench.ask("POST", path + "/file?as=png", {}, admin);
        QCOMPARE(png.whole.contentType, std::string("image/png"));
        QCOMPARE(png.text, std::string("PNG虎符演示建设有限公司"));
        QVERIFY(headerOf(png, "Content-Disposition").starts_with("attachment; filename=\"seal-"));
        QCOMPARE(bench.ask("POST", path + "/file?as=svg", {}, admin).text, std::string("<svg>虎符演示建设有限公司1101080000001"));

        // It is signed as soon as there is a seal, and names who may use it; the same ones get the same one.
        QCOMPARE(bench.studio.made, 1);
        const auto first = bench.ask("POST", path + "/electronic", {}, admin);
        QCOMPARE(first.text, std::string("SES1"));
        QVERIFY(headerOf(first, "Content-Disposition").ends_with(".esl\""));
        QCOMPARE(bench.ask("POST", path + "/electronic", {}, admin).text, std::string("SES1"));
        bench.studio.certificates.push_back(Bytes{2});
        QCOMPARE(bench.ask("POST", path + "/electronic", {}, admin).text, std::string("SES2"));
        QCOMPARE(bench.ask("POST", path + "/suspend", {}, admin).status, 204);
        const auto rows = bench.ledger.rows;
        // Nor is its picture given out: what is shown has a mark across it, as the legal representative's before he has allowed it.
        for (const char *as : {"?as=png", "?as=svg"}) {
            const auto refused = bench.ask("POST", path + "/file" + as, {}, admin);
            QVERIFY(refused.status == 409 && refused.code() == "HF-768");
        }
        QCOMPARE(bench.ask("GET", path + "/picture", {}, admin).text, std::string("<svg>specimen 虎符演示建设有限公司"));
        QCOMPARE(bench.ask("GET", "/console/v1/seals/preview?kind=legalPerson", {}, admin).text.substr(0, 14), std::string("<svg>specimen "));
        QCOMPARE(bench.ask("POST", path + "/electronic", {}, admin).code(), std::string("HF-768")); // it rests
        QVERIFY(bench.ledger.rows == rows);
        QCOMPARE(bench.studio.made, 2);

        // Another seal has a number of its own, and an electronic seal.
        const auto taken = bench.ask("POST", "/console/v1/seals/code", request, admin);
        QVERIFY(taken.status == 409 && taken.code() == "HF-779" && bench.ledger.rows == rows);
        bench.clock.advance(60'000);
        json fresh = request;
        fresh["number"] = "1101080000002";
        QCOMPARE(bench.ask("POST", "/console/v1/seals/code", fresh, admin).status, 200);
        confirmed = fresh;
        confirmed["code"] = bench.gateway.digits();
        const auto second = bench.ask("POST", "/console/v1/seals", confirmed, admin);
        QCOMPARE(second.status, 201);
        QCOMPARE(bench.studio.made, 3);
        QCOMPARE(bench.ask("POST", "/console/v1/seals/" + second.body.at("id").get<std::string>() + "/electronic", {}, admin).text, std::string("SES3"));

        const auto history = bench.ask("GET", path + "/history", {}, admin).body.at("entries");
        std::vector<std::string> events;
        for (const json &entry : history)
            events.push_back(entry.at("event").get<std::string>());
        QVERIFY((events == std::vector<std::string>{"suspended", "exported", "exported", "exported", "exported", "exported", "made"}));
        QVERIFY(!history[6].at("by").at("name").get<std::string>().empty() && !history[6].contains("grant"));
        QCOMPARE(history[5].at("documentSm3").get<std::string>(), toHex(crypto::sm3(viewOf(png.text))));
        QVERIFY(history[5].at("by") == history[6].at("by"));
        std::vector<std::uint16_t> files;
        const auto records = *audit::recordsOf(bench.ledger, bench.demo.company, 1, 10'000);
        for (const auto &record : records)
            if (record.entry.event == audit::Event::sealExported) files.push_back(record.entry.code);
        QVERIFY((files == std::vector<std::uint16_t>{2, 1, 3, 3, 3, 3}));
        QVERIFY(bench.ask("GET", "/console/v1/audit?kind=seals", {}, admin).text.find("seal-exported") != std::string::npos);
    }

    void policy_tightened_isAskedForByTheNextApproval()
    {
        Console bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        QVERIFY(phone.enrolDesk().show == Show::done);
        bench.clock.advance(2 * 86'400'000);
        const auto textsOfALogIn = [&] {
            const std::size_t before = bench.gateway.texts.size();
            phone::Approval flow(phone.environment);
            if (phone.approve(flow, bench.frameOf(bench.start(R"({"act":"login"})"))).show != Show::done) qFatal("no log-in");
            return bench.gateway.texts.size() - before;
        };
        QCOMPARE(textsOfALogIn(), std::size_t(0));
        const std::string admin = bench.logIn(bench.adminPhone);
        const auto least = bench.ask("GET", "/console/v1/policy", {}, admin).body.at("least");
        json wanted = {{"activation", least.at("activation")}, {"login", {"sms"}}, {"sign", json::array()}, {"decrypt", json::array()}, {"namedCiphertext", false}};
        QVERIFY(bench.isConfirmed(phone, admin, "/console/v1/policy", wanted));
        wanted["shield"] = true;
        QCOMPARE(bench.ask("PUT", "/console/v1/policy", wanted, admin).status, 204);
        QVERIFY(bench.ask("GET", "/console/v1/policy", {}, admin).body.at("asked").at("login") == json({"sms"}));
        QCOMPARE(textsOfALogIn(), std::size_t(1));
        // What is opened is named from then on, and a request that does not say so changes nothing of it.
        json named = wanted;
        named.erase("shield");
        named["namedCiphertext"] = true;
        QVERIFY(bench.isConfirmed(phone, admin, "/console/v1/policy", named));
        QCOMPARE(bench.ask("PUT", "/console/v1/policy", wanted, admin).code(), std::string("HF-792")); // another policy
        named["shield"] = true;
        QCOMPARE(bench.ask("PUT", "/console/v1/policy", named, admin).status, 204);
        const json asked = bench.ask("GET", "/console/v1/policy", {}, admin).body;
        QVERIFY(asked.at("asked").at("namedCiphertext") == true && !asked.at("least").contains("namedCiphertext"));
        QVERIFY(bench.enterprise.holderOf(phone.acct())->company.policy.namedCiphertext);
        const auto rows = bench.ledger.rows;
        for (const json &value : {json(), json(1), json("true")}) {
            json bad = wanted;
            bad["namedCiphertext"] = value;
            if (value.is_null()) bad.erase("namedCiphertext");
            QCOMPARE(bench.ask("PUT", "/console/v1/policy", bad, admin).status, 400);
        }
        wanted["activation"] = json::array();
        const auto laxer = bench.ask("PUT", "/console/v1/policy", wanted, admin);
        QVERIFY(laxer.status == 422 && laxer.code() == "HF-772");
        for (const json &bad : {json("sms"), json({"dance"}), json(1)}) {
            wanted["activation"] = bad;
            QCOMPARE(bench.ask("PUT", "/console/v1/policy", wanted, admin).status, 400);
        }
        QVERIFY(bench.ledger.rows == rows);
    }

    void desks_ofThePeople_areListedApprovedAndRemoved()
    {
        Console bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        const std::string admin = bench.logIn(bench.adminPhone);
        const auto listed = [&] { return bench.ask("GET", "/console/v1/desks", {}, admin).body.at("desks"); };
        QVERIFY(listed().empty());
        const auto setRule = [&](bool approves) {
            json wanted = {{"approves", approves}};
            bench.clock.advance(60'000);
            if (!bench.isConfirmed(phone, admin, "/console/v1/desk-rule", wanted)) qFatal("not confirmed");
            wanted["shield"] = true;
            const auto other = bench.ask("PUT", "/console/v1/desk-rule", {{"approves", !approves}, {"shield", true}}, admin); // what was confirmed, and nothing else
            if (other.code() != "HF-792") qFatal("%s", other.text.c_str());
            if (bench.ask("GET", "/console/v1/desk-rule", {}, admin).body.at("approves") == approves) qFatal("changed by what confirms something else");
            const auto answer = bench.ask("PUT", "/console/v1/desk-rule", wanted, admin);
            if (answer.status != 204) qFatal("%s", answer.text.c_str());
        };
        setRule(true);
        QVERIFY(bench.ask("GET", "/console/v1/desk-rule", {}, admin).body.at("approves").get<bool>());
        QCOMPARE(bench.ask("PUT", "/console/v1/desk-rule", {{"code", "000000"}}, admin).status, 400); // left out it does not loosen
        bench.clock.advance(60'000);
        QVERIFY(phone.enrolDesk().show == Show::done);
        auto desks = listed();
        QCOMPARE(desks.size(), std::size_t(1));
        QVERIFY(desks[0].at("waits").get<bool>() && desks[0].at("name") == "财务电脑" && desks[0].at("network") == "192.0.2.7");
        QVERIFY(desks[0].at("person") == "张三" && desks[0].at("desk") == toHex(bench.deskId));
        QCOMPARE(bench.sessions.startFromDesk(bench.deskId, viewOf(R"({"act":"login"})"), "early").error().code, Errc::notFound);
        const std::string path = "/console/v1/desks/" + desks[0].at("id").get<std::string>();
        QCOMPARE(bench.ask("POST", path + "/approval", {}, admin).status, 204);
        QVERIFY(!listed()[0].at("waits").get<bool>());
        const auto rows = bench.ledger.rows;
        QCOMPARE(bench.ask("POST", path + "/approval", {}, admin).status, 404);
        QVERIFY(bench.ledger.rows == rows);
        bench.clock.advance(60'000);
        QVERIFY(phone.enrolDesk().show == Show::done); // what is in use stays so
        QVERIFY(!listed()[0].at("waits").get<bool>());

        const auto started = bench.start(R"({"act":"login"})");
        QCOMPARE(bench.ask("DELETE", path, {}, admin).status, 204);
        QVERIFY(listed().empty());
        QCOMPARE(bench.ask("DELETE", path, {}, admin).status, 404);
        const auto told = bench.ask("GET", "/console/v1/audit?order=newest", {}, admin).body.at("records").front();
        QCOMPARE(told.at("event").get<std::string>(), std::string("desk-removed"));
        QCOMPARE(bench.countOf(phone.acct(), audit::Event::deskRemoved), 1U);
        QCOMPARE(bench.sessions.startFromDesk(bench.deskId, viewOf(R"({"act":"login"})"), "later").error().code, Errc::notFound);
        phone::Approval flow(phone.environment);
        QVERIFY(phone.run(flow, flow.claim(bench.frameOf(started).text(), bench.clock.monotonicMs())).show == Show::approve);
        QVERIFY(!flow.request()->deskKnown); // as from any computer that is not known

        // One that waits is there once when it is enrolled anew after the rule has gone.
        bench.clock.advance(60'000);
        QVERIFY(phone.enrolDesk().show == Show::done);
        QVERIFY(listed()[0].at("waits").get<bool>());
        setRule(false);
        bench.clock.advance(60'000);
        QVERIFY(phone.enrolDesk().show == Show::done);
        QCOMPARE(listed().size(), std::size_t(1));
        QVERIFY(!listed()[0].at("waits").get<bool>());
    }

    // What the operator did, and to whom, can be read: the record itself has an account and a number.
    void audit_ofTheOperatorsAct_saysWhatAndToWhom()
    {
        Console bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        server::Operator desk(bench.services, "");
        server::Options options;
        options.word = "freeze";
        options.arguments = {toHex(phone.acct())};
        QVERIFY(std::holds_alternative<std::vector<nlohmann::ordered_json>>(desk.say(options)));
        const std::string admin = bench.logIn(bench.adminPhone);
        const auto log = bench.ask("GET", "/console/v1/audit", {}, admin).body;
        const auto &records = log.at("records");
        const auto isFrozen = [](const json &record) { return record.at("event") == "device-frozen"; };
        const auto acted = std::ranges::find_if(records, isFrozen);
        QVERIFY(acted != records.end() && acted->at("act").is_null() && acted->at("by") == "operator");
        QCOMPARE(std::ranges::count_if(records, isFrozen), 1); // and nothing of it a second time
        QVERIFY(std::ranges::none_of(records, [](const json &record) { return record.at("event") == "operator-acted"; }));
        const auto nameOf = [&](const json &id) {
            for (const json &person : log.at("people"))
                if (person.at("id") == id) return person.at("name").get<std::string>();
            return std::string();
        };
        QCOMPARE(nameOf(acted->at("subject")), std::string("张三"));
        const auto opened = std::ranges::find_if(records, [](const json &record) { return record.at("event") == "grant-opened"; });
        QVERIFY(opened != records.end() && opened->at("act").is_null() && nameOf(opened->at("subject")) == "张三");
    }

    // The ready company's seals: neither their maker nor who has granted them is somebody of the company, or its legal representative.
    void seal_enteredByTheOperator_saysSo()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const json seals = bench.ask("GET", "/console/v1/seals", {}, admin).body.at("seals");
        QVERIFY(!seals.empty());
        for (const json &seal : seals) {
            const std::string path = "/console/v1/seals/" + seal.at("id").get<std::string>();
            QCOMPARE(seal.at("confirmedBy").get<std::string>(), std::string("operator"));
            QCOMPARE(bench.ask("GET", path + "/confirmation", {}, admin).status, 404); // nobody has signed
            const json entries = bench.ask("GET", path + "/history", {}, admin).body.at("entries");
            QCOMPARE(entries.size(), std::size_t(2));
            for (const json &entry : entries)
                QVERIFY2(entry.at("by").is_null() && entry.at("doer") == "operator", entry.dump().c_str());
            QCOMPARE(bench.ask("POST", path + "/suspend", {}, admin).status, 204);
            const json newest = bench.ask("GET", path + "/history", {}, admin).body.at("entries").front();
            QVERIFY(newest.at("event") == "suspended" && newest.at("doer") == "staff" && !newest.at("by").is_null());
        }
        // What the legal representative refuses is his.
        const std::string link = bench.sendLink(admin);
        QCOMPARE(bench.ask("POST", "/legal/v1/" + link + "/refuse").status, 204);
        const json all = bench.ask("GET", "/console/v1/seals", {}, admin).body.at("seals");
        const json refused = *std::ranges::find(all, json("refused"), [](const json &one) { return one.at("state"); });
        const json last = bench.ask("GET", "/console/v1/seals/" + refused.at("id").get<std::string>() + "/history", {}, admin).body.at("entries").front();
        QVERIFY(last.at("event") == "refused" && last.at("by").is_null() && last.at("doer") == "legalLink");
    }

    // What cannot be drawn is refused before anybody confirms it, and no seal stands there without a picture.
    void seal_thatCannotBeDrawn_isNotMade()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const json request = {{"kind", "company"}, {"style", 1}, {"number", ""}, {"code", "000000"}, {"provider", 1}};
        bench.studio.fits = false;
        const auto rows = bench.ledger.rows;
        for (const char *path : {"/console/v1/seals/code", "/console/v1/seals/face", "/console/v1/seals"}) {
            const auto answer = bench.ask("POST", path, request, admin);
            QVERIFY2(answer.status == 400 && answer.body.at("errors").at(0).at("field") == "kind", path);
        }
        QVERIFY(bench.ledger.rows == rows);
    }

    void audit_ofASealGrant_namesWhomItIsFor()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        bench.clock.advance(60'000);
        const json request = {{"kind", "company"}, {"style", 1}, {"number", ""}};
        QCOMPARE(bench.ask("POST", "/console/v1/seals/code", request, admin).status, 200);
        json confirmed = request;
        confirmed["code"] = bench.gateway.digits();
        const std::string seal = bench.ask("POST", "/console/v1/seals", confirmed, admin).body.at("id");
        const std::string person =
            bench.ask("POST", "/console/v1/staff", {{"name", "王五"}, {"phoneNumber", "13700137001"}, {"staffNumber", "X1"}}, admin).body.at("id");
        const std::int64_t from = bench.clock.wall / 60'000 * 60'000 + 60'000;
        const std::string grant = bench.ask("POST", "/console/v1/seal-grants",
                                            {{"seal", seal}, {"person", person}, {"purpose", "投标文件"}, {"fromMs", from}, {"untilMs", from + 3'600'000}}, admin)
                                      .body.at("id");
        const auto people = bench.ask("GET", "/console/v1/audit", {}, admin).body.at("people");
        QVERIFY(std::ranges::find(people, json{{"id", grant}, {"name", "王五"}}) != people.end());
        // Asked for within the minute and not used: the last code still counts, and nothing goes out.
        QCOMPARE(bench.ask("POST", "/console/v1/seal-grants/" + grant + "/code", {}, admin).status, 200);
        const auto sent = bench.gateway.texts.size();
        const auto again = bench.ask("POST", "/console/v1/seals/code", request, admin);
        QVERIFY(again.status == 429 && again.code() == "HF-410" && bench.gateway.texts.size() == sent);
    }

    // A page's scripts cannot read the cookie, so the answer gives them no token either.
    void logIn_byAPage_hasNoToken()
    {
        Console bench;
        const json who = {{"creditCode", "91110108MA0DEM0P1T"}, {"phoneNumber", "+86 " + bench.adminPhone}};
        for (const bool isPage : {true, false}) {
            QCOMPARE(bench.ask("POST", "/console/v1/codes", who).status, 200);
            json proof = who;
            proof["code"] = bench.gateway.digits();
            const auto opened = bench.askWith("POST", "/console/v1/sessions", proof, isPage ? Console::Headers{{"sec-fetch-site", "same-origin"}} : Console::Headers{});
            QCOMPARE(opened.status, 201);
            QVERIFY(opened.body.contains("token") == !isPage && opened.cookies.size() == 1);
        }
    }

    // The companies are told behind the code alone, by one name and code each; the same code then enters one of them.
    void logIn_ofSomebodyOfTwoCompanies_choosesBehindTheCode()
    {
        Console bench;
        const enterprise::Id other = bench.addCompanyWithLegal({"别家", "914403001922038216", {}});
        QVERIFY(bench.enterprise.addPerson(other, {"张三", bench.adminPhone, {}, {}}));
        json who = {{"phoneNumber", bench.adminPhone}};
        QCOMPARE(bench.ask("POST", "/console/v1/codes", {{"phoneNumber", "13700137009"}}).text, bench.ask("POST", "/console/v1/codes", who).text);
        const std::string digits = bench.gateway.digits();
        who["code"] = digits == "000000" ? "000001" : "000000";
        const auto wrong = bench.ask("POST", "/console/v1/sessions", who);
        QCOMPARE(wrong.code(), std::string("HF-402"));
        QCOMPARE(bench.ask("POST", "/console/v1/sessions", {{"phoneNumber", "13700137009"}, {"code", digits}}).text, wrong.text);
        who["code"] = digits;
        const auto told = bench.ask("POST", "/console/v1/sessions", who);
        QVERIFY(told.status == 200 && told.cookies.empty() && !told.body.contains("token"));
        auto companies = told.body.at("companies").get<std::vector<json>>();
        QCOMPARE(companies.size(), std::size_t{2});
        QVERIFY(std::ranges::find(companies, json{{"name", "别家"}, {"creditCode", "914403001922038216"}}) != companies.end());
        who["creditCode"] = "914403001922038216";
        const auto opened = bench.ask("POST", "/console/v1/sessions", who);
        QCOMPARE(opened.status, 201);
        QVERIFY(bench.ask("GET", "/console/v1/sessions", {}, opened.body.at("token")).body.at("company").at("name") == "别家");
        QCOMPARE(bench.ask("POST", "/console/v1/sessions", who).code(), std::string("HF-402")); // spent
        for (const json &bad : {json{{"code", digits}}, json{{"phoneNumber", bench.adminPhone}, {"creditCode", 1}, {"code", digits}}})
            QCOMPARE(bench.ask("POST", "/console/v1/sessions", bad).status, 400);
    }

    // The keys of before a renewal open at it still: it is listed once, and removed for all keys of the person.
    void desk_ofAPersonWithOtherKeysNow_isListedOnceAndRemovedForAllOfThem()
    {
        Console bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        QVERIFY(phone.enrolDesk().show == Show::done);
        bench.demo.code = bench.enterprise.openNextGrant(phone.acct())->code;
        RigPhone fresh(bench);
        QVERIFY(fresh.activate().show == Show::done);
        const std::string admin = bench.logIn(bench.adminPhone);
        const auto listed = [&] { return bench.ask("GET", "/console/v1/desks", {}, admin).body.at("desks"); };
        QCOMPARE(listed().size(), std::size_t(1)); // enrolled by the former keys alone
        QVERIFY(listed()[0].at("desk") == toHex(bench.deskId) && listed()[0].at("person") == "张三");
        bench.clock.advance(60'000);
        QVERIFY(fresh.enrolDesk().show == Show::done);
        QCOMPARE(listed().size(), std::size_t(1));
        QCOMPARE(bench.sessions.entriesOf(bench.deskId)->size(), std::size_t(2));
        QCOMPARE(bench.ask("DELETE", "/console/v1/desks/" + listed()[0].at("id").get<std::string>(), {}, admin).status, 204);
        QVERIFY(listed().empty());
        QCOMPARE(bench.sessions.entriesOf(bench.deskId).error().code, Errc::notFound);
        QCOMPARE(bench.countOf(phone.acct(), audit::Event::deskRemoved), 1U);
        QCOMPARE(bench.countOf(fresh.acct(), audit::Event::deskRemoved), 1U);
        QCOMPARE(bench.countOf(bench.demo.company, audit::Event::deskRemoved), 1U); // of one person, one act
        QVERIFY(bench.sessions.desksOf(phone.acct())->empty());
    }

    // A log of many years: the newest page comes at once, whatever lies before it, and the way back leads through all of it.
    void audit_ofTwentyThousandRecords_isReadFromBothEnds_andSearched()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const auto person = *bench.staff.personOf(bench.demo.company, bench.adminPhone);
        const std::int64_t begun = bench.clock.wall;
        const auto had = audit::headOf(bench.ledger, bench.demo.company)->sequence;
        {
            auto transaction = std::move(*bench.ledger.begin());
            for (int i = 0; i < 20'000; ++i) {
                const bool isPolicy = i == 12;
                const audit::Entry entry{isPolicy ? audit::Event::policyChanged : audit::Event::orderMade, begun + i, {}, {}, 0,
                                         {isPolicy ? audit::By::person : audit::By::server, isPolicy ? person : enterprise::Id{}}};
                QVERIFY(audit::append(*transaction, bench.demo.company, entry));
            }
            QVERIFY(transaction->commit());
        }
        const auto last = audit::headOf(bench.ledger, bench.demo.company)->sequence;
        const auto page = [&](const std::string &query) {
            const auto answer = bench.ask("GET", "/console/v1/audit" + query, {}, admin);
            if (answer.status != 200) qFatal("%s", answer.text.c_str());
            return answer.body;
        };
        QElapsedTimer timer;
        timer.start();
        const auto newest = page("?order=newest");
        QVERIFY2(timer.elapsed() < 2'000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(newest.at("records").size(), std::size_t(200));
        QVERIFY(newest.at("records").front().at("sequence") == last && newest.at("next") == last - 199);
        std::uint64_t expected = last, pages = 0;
        for (json next = 0; !next.is_null(); ++pages) {
            const auto one = page("?order=newest" + (pages == 0 ? "" : "&before=" + std::to_string(next.get<std::uint64_t>())));
            for (const json &record : one.at("records"))
                QCOMPARE(record.at("sequence").get<std::uint64_t>(), expected--);
            next = one.at("next");
        }
        QCOMPARE(expected, std::uint64_t(0));
        QCOMPARE(pages, (last + 199) / 200);
        for (json next = 0; !next.is_null();) { // and in order, as it is kept
            const auto one = page("?after=" + std::to_string(next.get<std::uint64_t>()));
            for (const json &record : one.at("records"))
                QCOMPARE(record.at("sequence").get<std::uint64_t>(), ++expected);
            next = one.at("next");
        }
        QCOMPARE(expected, last);

        // What is looked for is found, however far back; a page may be empty and there is one behind it.
        const auto found = [&](const std::string &query) {
            std::vector<std::uint64_t> sequences;
            json next = 0;
            for (int i = 0; !next.is_null(); ++i) {
                const auto one = page("?order=newest" + query + (i == 0 ? "" : "&before=" + std::to_string(next.get<std::uint64_t>())));
                for (const json &record : one.at("records"))
                    sequences.push_back(record.at("sequence").get<std::uint64_t>());
                next = one.at("next");
            }
            return sequences;
        };
        const std::vector<std::uint64_t> policy{had + 13};
        QVERIFY(found("&kind=policy") == policy);
        QVERIFY(found("&kind=policy&person=%E5%BC%A0") == policy); // 张
        QVERIFY(found("&kind=policy&person=nobody").empty());
        QCOMPARE(found("&kind=licences&from=" + std::to_string(begun + 100) + "&until=" + std::to_string(begun + 103)).size(), std::size_t(3));
        for (const char *bad : {"?order=oldest", "?order=newest&kind=gossip", "?order=newest&before=x", "?order=newest&from=-1"}) {
            const auto answer = bench.ask("GET", std::string("/console/v1/audit") + bad, {}, admin);
            QVERIFY2(answer.status == 400 && answer.code() == "HF-100", bad);
        }
    }

    // The code that was sent for a browser is good in it, in whatever network it is by then, and in no other one.
    void logInCode_isTheBrowsers_andNotTheNetworks()
    {
        Console bench;
        const json who = {{"creditCode", "91110108MA0DEM0P1T"}, {"phoneNumber", bench.adminPhone}};
        const auto askFrom = [&](const std::string &path, const json &body, const std::string &network, const std::string &cookie) {
            bench.caller = network;
            Console::Headers headers{{"sec-fetch-site", "same-origin"}};
            if (!cookie.empty()) headers.emplace_back("cookie", std::string(server::kLogInCookie) + "=" + cookie);
            return bench.askWith("POST", path, body, headers);
        };
        const auto asked = askFrom("/console/v1/codes", who, "192.0.2.1", "");
        const std::string visit = asked.cookies.at(std::string(server::kLogInCookie));
        QVERIFY(asked.status == 200 && visit.size() == 32);
        json proof = who;
        proof["code"] = bench.gateway.digits();
        const auto rows = bench.ledger.rows;
        for (const std::string &other : {std::string(), std::string(32, '0'), std::string("rubbish")}) { // another browser's, or none
            json guessed = proof;
            guessed["code"] = bench.gateway.digits() == "000000" ? "000001" : "000000";
            const auto refused = askFrom("/console/v1/sessions", proof, "192.0.2.1", other);
            QVERIFY2(refused.code() == "HF-402" && refused.body == askFrom("/console/v1/sessions", guessed, "192.0.2.1", other).body, other.c_str());
        }
        QVERIFY(bench.ledger.rows == rows); // nor do they spend it
        const auto again = askFrom("/console/v1/codes", who, "198.51.100.9", visit); // within the minute: the same browser's code still counts
        QCOMPARE(again.cookies.at(std::string(server::kLogInCookie)), visit);
        QCOMPARE(askFrom("/console/v1/sessions", proof, "198.51.100.9", visit).status, 201);
    }

    // A phone's acts, and what befalls it, are its company's to read and to export: each with its person, in a chain that holds.
    void audit_ofWhatPhonesDo_tellsEachWithItsPerson()
    {
        Console bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        QVERIFY(phone.enrolDesk().show == Show::done);
        bench.clock.advance(2 * 86'400'000);
        const auto approve = [&](const sessions::Started &started, std::string_view pin = RigPhone::kPin) {
            phone::Approval flow(phone.environment);
            return phone.approve(flow, bench.frameOf(started), pin);
        };
        const std::string kLogin = R"({"act":"login"})";
        QVERIFY(approve(bench.start(kLogin)).show == Show::done);
        const auto point = *bench.cosigner->device(phone.acct())->encrypt.point.sm2();
        const Bytes der = *x509::sm2CipherDer(*crypto::sm2Encrypt(point, viewOf(std::string_view("a bid's key")), bench.random));
        const auto opening = bench.start(R"({"act":"decrypt","deskKey":")" + std::string(64, '7') + R"(","files":[{"name":"key.der","size":)" +
                                         std::to_string(der.size()) + R"(,"sm3":")" + toHex(crypto::sm3(der)) + R"("}]})");
        QVERIFY(bench.sessions.attachTbs({sessions::OriginKind::desk, bench.deskId}, opening.token, 0, der));
        const std::size_t probed = bench.countOf(bench.demo.company, audit::Event::decrypted);
        QVERIFY(approve(opening).show == Show::done);
        QVERIFY(approve(bench.start(kLogin), "500931").show != Show::done);
        {
            phone::Approval flow(phone.environment);
            const auto asked = phone.run(flow, flow.claim(bench.frameOf(bench.start(kLogin)).text(), bench.clock.monotonicMs()));
            QVERIFY(asked.show == Show::approve);
            phone.run(flow, flow.refuse(wire::RefuseReason::notMine));
        }
        phone::DeskFetch removal(phone.environment);
        QVERIFY(phone.run(removal, removal.start(bench.deskId)).show == Show::done);
        QVERIFY(bench.revoke(phone.acct(), x509::KeyKind::sign));
        server::Operator desk(bench.services, "");
        server::Options options;
        options.word = "freeze";
        options.arguments = {toHex(phone.acct())};
        QVERIFY(std::holds_alternative<std::vector<nlohmann::ordered_json>>(desk.say(options)));

        const std::string admin = bench.logIn(bench.adminPhone);
        const auto log = bench.ask("GET", "/console/v1/audit", {}, admin).body;
        const auto holder = *bench.enterprise.holderOf(phone.acct());
        const auto named = std::ranges::find_if(log.at("people"), [&](const json &one) { return one.at("id") == toHex(holder.personId); });
        QVERIFY(named != log.at("people").end() && named->at("name") == "张三");
        const auto count = [&](std::string_view event, std::string_view by) {
            return std::ranges::count_if(log.at("records"), [&](const json &record) {
                const bool isOfThePerson = record.at("subject") == toHex(holder.personId);
                const bool isByThePerson = record.at("who") == toHex(holder.personId);
                return record.at("event") == event && isOfThePerson && record.at("by") == by && isByThePerson == (by == "person" || by == "phone");
            });
        };
        for (const char *once : {"keys-generated", "sign-key-active", "encrypt-key-active", "desk-enrolled", "delivered"})
            QVERIFY2(count(once, "person") == 1, once);
        // No PIN has proved who had the phone: its person is named, and not said to have done it.
        for (const char *once : {"wrong-pin", "session-refused", "attack-reported", "desk-removed"})
            QVERIFY2(count(once, "phone") == 1 && count(once, "person") == 0, once);
        QCOMPARE(static_cast<std::size_t>(count("decrypted", "person")), probed + 1);
        QCOMPARE(count("certificate-issued", "person"), 2);
        QCOMPARE(count("certificate-revoked", "server"), 1);
        QVERIFY(count("signature-given", "person") >= 1 && count("session-approved", "person") >= 3);
        QCOMPARE(count("device-frozen", "operator"), 1);
        // Who asked for what stands beside it.
        const auto claimed = std::ranges::find_if(log.at("records"), [](const json &record) { return record.at("event") == "session-claimed"; });
        const auto about = std::ranges::find_if(log.at("abouts"), [&](const json &one) { return one.at("sequence") == claimed->at("sequence"); });
        QVERIFY(about != log.at("abouts").end() && about->at("platform") == "虎符电脑端 Hufu Desk" && about->at("project").is_null());

        std::vector<std::optional<audit::Record>> entries;
        for (const json &record : log.at("records")) {
            const auto parsed = audit::Record::parse(*fromHex(record.at("record").get<std::string>()));
            QVERIFY(parsed);
            entries.emplace_back(*parsed);
        }
        audit::Head head{log.at("head").at("sequence").get<std::uint64_t>(), *fixedBytes<32>(*fromHex(log.at("head").at("sm3").get<std::string>()))};
        QVERIFY(log.at("next").is_null() && audit::verifyListing(bench.demo.company, entries, head).empty());
        QVERIFY(audit::verify(bench.ledger)->intact());
    }

    // A session that somebody left open is not enough to take the company over.
    void administrators_changedInTheStaff_areConfirmed()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const auto me = bench.ask("GET", "/console/v1/sessions", {}, admin).body.at("person").at("id").get<std::string>();
        QCOMPARE(bench.ask("GET", "/console/v1/sessions", {}, admin).body.at("nowMs").get<std::int64_t>(), bench.clock.wall);
        const json one = {{"name", "王五"}, {"phoneNumber", "13700137001"}, {"staffNumber", "X1"}, {"roles", {"bid-staff"}}};
        const auto added = bench.ask("POST", "/console/v1/staff", one, admin);
        QCOMPARE(added.status, 201);
        const std::string path = "/console/v1/staff/" + added.body.at("id").get<std::string>();
        json made = one, mine = {{"name", "管理员"}, {"phoneNumber", "13700137002"}, {"staffNumber", "A1"}, {"roles", {"administrator", "bid-staff"}}};
        made["roles"] = {"administrator"};
        json another = made;
        another["phoneNumber"] = "13700137003";
        another["staffNumber"] = "X3";
        const auto rows = bench.ledger.rows;
        QCOMPARE(bench.ask("PUT", path, made, admin).code(), std::string("HF-403"));
        QCOMPARE(bench.ask("PUT", "/console/v1/staff/" + me, mine, admin).code(), std::string("HF-403"));
        QCOMPARE(bench.ask("POST", "/console/v1/staff", another, admin).code(), std::string("HF-403"));
        QCOMPARE(bench.ask("POST", "/console/v1/staff-list", "李七,13700137004,X4,,管理员", admin).code(), std::string("HF-770"));
        const auto listed = bench.ask("POST", "/console/v1/staff-list/preview", "李七,13700137004,X4,,管理员", admin).body.at("people");
        QVERIFY(listed.front().at("faults") == json({"administrator"}));
        QVERIFY(bench.ledger.rows == rows);
        // Nor to make a seal administrator, who makes the company's seal and grants it, or to give one another number.
        const auto keeper = bench.staff.add({bench.demo.company, *bench.staff.personOf(bench.demo.company, bench.adminPhone)},
                                            {{"保管", "13700137008", "", "X8"}, enterprise::role::kSealAdministrator, ""}, enterprise::Administration::changes);
        const auto kept = bench.ledger.rows;
        json sealer = one, moved = {{"name", "保管"}, {"phoneNumber", "13700137009"}, {"staffNumber", "X8"}, {"roles", {"seal-administrator"}}};
        sealer["roles"] = {"seal-administrator", "bid-staff"};
        QCOMPARE(bench.ask("PUT", path, sealer, admin).code(), std::string("HF-403"));
        QCOMPARE(bench.ask("PUT", "/console/v1/staff/" + toHex(*keeper), moved, admin).code(), std::string("HF-403"));
        sealer["phoneNumber"] = "13700137004";
        sealer["staffNumber"] = "X4";
        QCOMPARE(bench.ask("POST", "/console/v1/staff", sealer, admin).code(), std::string("HF-403"));
        QCOMPARE(bench.ask("POST", "/console/v1/staff-list", "李七,13700137004,X4,,印章管理员", admin).code(), std::string("HF-770"));
        QVERIFY(bench.ledger.rows == kept);
        bench.clock.advance(60'000);
        QCOMPARE(bench.ask("POST", "/console/v1/staff/code", sealer, admin).status, 200);
        sealer["code"] = bench.gateway.digits();
        QCOMPARE(bench.ask("POST", "/console/v1/staff", sealer, admin).status, 201);

        // The code is for this change alone, and once.
        bench.clock.advance(60'000);
        QCOMPARE(bench.ask("POST", path + "/code", made, admin).status, 200);
        another["code"] = made["code"] = bench.gateway.digits();
        const auto before = bench.ask("GET", "/console/v1/staff", {}, admin).body.at("staff").size();
        QCOMPARE(bench.ask("POST", "/console/v1/staff", another, admin).code(), std::string("HF-402"));
        QCOMPARE(bench.ask("GET", "/console/v1/staff", {}, admin).body.at("staff").size(), before);
        QCOMPARE(bench.ask("PUT", path, made, admin).status, 204);
        QCOMPARE(bench.ask("PUT", path, made, admin).code(), std::string("HF-403"));
        QCOMPARE(bench.ask("GET", "/console/v1/administrators", {}, admin).body.at("administrators").size(), std::size_t(2));
        bench.clock.advance(60'000);
        QCOMPARE(bench.ask("POST", "/console/v1/staff/" + me + "/code", mine, admin).status, 200);
        mine["code"] = bench.gateway.digits();
        QCOMPARE(bench.ask("PUT", "/console/v1/staff/" + me, mine, admin).status, 204);
        bench.clock.advance(60'000);
        QVERIFY(!bench.logIn("13700137002").empty());
    }

    // To disable, enable or remove one is confirmed, for that act and that person alone; of other people it is not.
    void administrators_disabledEnabledOrGone_areConfirmed()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const enterprise::Actor actor{bench.demo.company, *bench.staff.personOf(bench.demo.company, bench.adminPhone)};
        const auto added = [&](const char *phone, std::uint8_t roles) {
            return "/console/v1/staff/" + toHex(*bench.staff.add(actor, {{"员工", phone, "", phone}, roles, ""}, enterprise::Administration::changes));
        };
        const std::string one = added("13700137001", enterprise::role::kAdministrator), two = added("13700137002", enterprise::role::kAdministrator);
        const std::string other = added("13700137003", enterprise::role::kBidStaff);
        for (const char *verb : {"/disable", "/enable"})
            QCOMPARE(bench.ask("POST", other + verb, {}, admin).status, 204);
        QCOMPARE(bench.ask("DELETE", other, {}, admin).status, 204);

        const auto refused = [&](std::string_view method, const std::string &path, const json &body, const char *code) {
            const auto rows = bench.ledger.rows;
            return bench.ask(method, path, body, admin).code() == code && bench.ledger.rows == rows;
        };
        QVERIFY(refused("POST", one + "/disable", json::object(), "HF-403"));
        QVERIFY(refused("POST", one + "/leave", {{"handOverSeen", true}}, "HF-403"));
        QVERIFY(refused("DELETE", one, json::object(), "HF-403"));
        QCOMPARE(bench.ask("POST", one + "/standing/code", {{"act", "change"}}, admin).status, 400);
        {
            Console alone; // whoever is the last one is told before a code is sent
            const std::string last = alone.logIn(alone.adminPhone);
            const std::string own = "/console/v1/staff/" + toHex(*alone.staff.personOf(alone.demo.company, alone.adminPhone));
            const auto texts = alone.gateway.texts.size();
            for (const char *verb : {"disable", "remove"})
                QCOMPARE(alone.ask("POST", own + "/standing/code", {{"act", verb}}, last).code(), std::string("HF-762"));
            QCOMPARE(alone.gateway.texts.size(), texts);
        }
        bench.clock.advance(60'000);
        QCOMPARE(bench.ask("POST", one + "/standing/code", {{"act", "disable"}}, admin).status, 200);
        const json coded = {{"code", bench.gateway.digits()}};
        QVERIFY(bench.ask("DELETE", one, coded, admin).code() != "" && bench.ask("POST", two + "/disable", coded, admin).code() != "");
        QCOMPARE(bench.ask("POST", one + "/disable", coded, admin).status, 204);
        QVERIFY(refused("POST", one + "/enable", json::object(), "HF-403"));
        bench.clock.advance(60'000);
        QCOMPARE(bench.ask("POST", one + "/standing/face", {{"act", "enable"}, {"provider", 1}}, admin).code(), std::string("HF-709")); // the demo's has not applied

        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        // With a shield, nobody is told of a code that would not be taken.
        json made = {{"name", "王五"}, {"phoneNumber", "13700137009"}, {"staffNumber", "X9"}, {"roles", {"administrator"}}};
        QVERIFY(refused("POST", "/console/v1/staff", made, "HF-790"));
        QVERIFY(refused("PUT", two, made, "HF-790"));
        QVERIFY(refused("POST", one + "/enable", json::object(), "HF-790"));
        QVERIFY(refused("POST", two + "/disable", json::object(), "HF-790"));
        QVERIFY(refused("POST", two + "/leave", {{"handOverSeen", true}}, "HF-790"));
        QVERIFY(refused("DELETE", two, json::object(), "HF-790"));
        QVERIFY(bench.isConfirmed(phone, admin, one + "/standing", {{"act", "enable"}}));
        QCOMPARE(bench.ask("POST", one + "/disable", {{"shield", true}}, admin).code(), std::string("HF-792")); // it is disabled, and that was not asked
        QCOMPARE(bench.ask("POST", two + "/enable", {{"shield", true}}, admin).code(), std::string("HF-792"));
        QCOMPARE(bench.ask("POST", one + "/enable", {{"shield", true}}, admin).status, 204);
        QVERIFY(bench.isConfirmed(phone, admin, one + "/standing", {{"act", "remove"}}));
        QCOMPARE(bench.ask("POST", one + "/leave", {{"handOverSeen", true}, {"shield", true}}, admin).status, 204);
        QVERIFY(bench.isConfirmed(phone, admin, two + "/standing", {{"act", "remove"}}));
        QCOMPARE(bench.ask("DELETE", two, {{"shield", true}}, admin).status, 204);
        QCOMPARE(bench.ask("GET", "/console/v1/administrators", {}, admin).body.at("administrators").size(), std::size_t(1));
    }

    void support_asked_takesACaseAndNothingElse()
    {
        Console bench;
        QVERIFY(!bench.ask("GET", "/support/v1").body.at("person").at("zh").get<std::string>().empty());
        const json report = {{"page", "console-seals"}, {"language", "zh-CN"}, {"browser", "Chrome 156, Linux"}, {"codes", {"HF-402"}}, {"words", "打不开"}};
        const auto sent = bench.ask("POST", "/support/v1/cases", report);
        QVERIFY(sent.status == 201 && sent.body.at("number") == "HC-00000001");
        QCOMPARE(bench.supportCases.list(10)->front().words, std::string("打不开"));
        const auto rows = bench.ledger.rows;
        QCOMPARE(bench.askWith("POST", "/support/v1/cases", report, {{"sec-fetch-site", "cross-site"}}).status, 403);
        for (const char *missing : {"page", "language", "browser", "codes", "words"}) {
            json bad = report;
            bad.erase(missing);
            const auto answer = bench.ask("POST", "/support/v1/cases", bad);
            QVERIFY2(answer.status == 400 && answer.code() == "HF-100", missing);
        }
        json bad = report;
        for (const json &picture : {json("no hex"), json("00112233"), json(1)}) {
            bad["picture"] = picture;
            QCOMPARE(bench.ask("POST", "/support/v1/cases", bad).status, 400);
        }
        bad = report;
        bad["codes"] = {1};
        QCOMPARE(bench.ask("POST", "/support/v1/cases", bad).status, 400);
        QVERIFY(bench.ledger.rows == rows);
        json pictured = report;
        pictured["picture"] = "ffd8ffe001020304";
        const auto second = bench.ask("POST", "/support/v1/cases", pictured);
        QCOMPARE(toHex(*bench.supportCases.pictureOf(second.body.at("number").get<std::string>())), std::string("ffd8ffe001020304"));
        // Sent again after a lost answer: the same case, and no other of this network's budget.
        for (int i = 0; i < 5; ++i) {
            const auto again = bench.askWith("POST", "/support/v1/cases", report, {{"idempotency-key", "c1"}});
            QVERIFY(again.status == 201 && again.body.at("number") == "HC-00000003");
        }
        const auto kept = bench.ledger.rows;
        QCOMPARE(bench.askWith("POST", "/support/v1/cases", pictured, {{"idempotency-key", "c1"}}).status, 409);
        QVERIFY(bench.ledger.rows == kept);
        QCOMPARE(bench.ask("POST", "/support/v1/cases", report).status, 201);
        QCOMPARE(bench.ask("POST", "/support/v1/cases", report).status, 429); // of one network within a minute
        {
            // With a new key, too, and nothing is written for it, nor for what is no case; what was answered is answered again.
            const auto before = bench.ledger.rows;
            const int commits = bench.ledger.commits;
            QCOMPARE(bench.askWith("POST", "/support/v1/cases", report, {{"idempotency-key", "c2"}}).status, 429);
            QCOMPARE(bench.askWith("POST", "/support/v1/cases", bad, {{"idempotency-key", "c3"}}).status, 400);
            QVERIFY(bench.ledger.rows == before && bench.ledger.commits == commits);
            QVERIFY(bench.askWith("POST", "/support/v1/cases", report, {{"idempotency-key", "c1"}}).body.at("number") == "HC-00000003");
        }
        bench.caller = "192.0.2.9"; // a key is one network's own
        QVERIFY(bench.askWith("POST", "/support/v1/cases", report, {{"idempotency-key", "c1"}}).body.at("number") != "HC-00000003");
    }

    void supportSettings_ofTheOperator_areWholeOrRefused()
    {
        const auto parse = [](const std::string &text) { return server::Support::parse(viewOf(text)); };
        const json wang = {{"zh", "王"}, {"en", "Wang"}};
        const auto said = parse(json({{"person", wang}, {"chat", "https://chat.example"}}).dump());
        QVERIFY(said && said->at("person").at("en") == "Wang" && said->at("group").is_null() && said->at("hours").is_null() && said->at("chat") == "https://chat.example");
        QVERIFY(parse("{}"));
        for (const json &bad : {json::array(), json({{"person", "王"}}), json({{"person", {{"zh", "王"}}}}), json({{"person", {{"zh", ""}, {"en", "a"}}}}),
                                json({{"chat", "http://chat.example"}}), json({{"chat", "javascript:alert(1)"}}), json({{"fax", wang}}),
                                json({{"group", {{"zh", "a\nb"}, {"en", "b"}}}})})
            QVERIFY2(!parse(bad.dump()) && parse(bad.dump()).error().code == Errc::badInput, bad.dump().c_str());
        QVERIFY(!parse(""));
    }

    // A page's visit: shut cookies, its own word for each change, an end.
    void page_withoutItsOwnWord_changesNothing()
    {
        Console bench;
        Page page(bench);
        page.apply("supplier-1");
        const json body = {{"contact", "phone"}, {"to", "13700137000"}};
        const auto rows = bench.ledger.rows;
        for (const Console::Headers &headers : {Console::Headers{},
                                                {{"cookie", page.cookies()}},
                                                {{"cookie", page.cookies()}, {"hufu-csrf", std::string(32, '0')}},
                                                {{"hufu-csrf", page.word("/console/v1/application")}},
                                                {{"cookie", page.cookies()}, {"hufu-csrf", page.word("/console/v1/application")}, {"host", "hufu.example"}, {"origin", "https://evil.example"}},
                                                {{"cookie", page.cookies()}, {"hufu-csrf", page.word("/console/v1/application")}, {"sec-fetch-site", "cross-site"}}}) {
            const auto answer = bench.askWith("POST", "/console/v1/application/code", body, headers);
            QVERIFY(answer.status == 401 || answer.status == 403);
            QCOMPARE(answer.code(), std::string("HF-109"));
            QVERIFY(bench.ledger.rows == rows);
        }
        QCOMPARE(page.ask("POST", "/console/v1/application/code", body).status, 200);
        bench.clock.advance(server::ConsoleGuard::kIdleMs);
        QCOMPARE(page.ask("GET", "/console/v1/application").status, 401);
    }

    void portal_logIn_isByTheRightPassword()
    {
        Console bench;
        const json right = {{"account", "supplier-1"}, {"password", "correct horse"}};
        QCOMPARE(bench.ask("POST", "/portal/v1/sessions", right).status, 401);
        QCOMPARE(bench.ask("POST", "/portal/v1/accounts", right).status, 201);
        const auto taken = bench.ask("POST", "/portal/v1/accounts", right);
        QCOMPARE(taken.status, 409);
        QCOMPARE(taken.code(), std::string("HF-784"));
        QCOMPARE(bench.ask("POST", "/portal/v1/sessions", right).status, 201);
        for (const json &wrong : {json{{"account", "supplier-1"}, {"password", "battery"}}, json{{"account", "supplier-2"}, {"password", "correct horse"}}}) {
            const auto refused = bench.ask("POST", "/portal/v1/sessions", wrong);
            QCOMPARE(refused.status, 401);
            QCOMPARE(refused.code(), std::string("HF-783"));
        }
        for (const json &bad : {json{{"account", "A"}, {"password", "correct horse"}}, json{{"account", "supplier-2"}, {"password", "short"}}, json::object()})
            QCOMPARE(bench.ask("POST", "/portal/v1/accounts", bad).status, 400);
        for (const char *path : {"/portal/v1/sessions", "/portal/v1/bindings/scan"})
            QCOMPARE(bench.ask("GET", path).status, 401);
    }

    // --- a platform hands a company over --------------------------------------------------------------------------------

    void handOver_byAPlatform_opensTheAccountsApplicationOnce()
    {
        Console bench;
        const json body = {{"idempotencyKey", "a1"}, {"account", "supplier-17"}, {"company", {{"kind", "enterprise"}, {"name", " 甲建设有限公司 "}, {"code", "914403001922038216"}}}};
        const auto handed = bench.ask("POST", "/rp/v1/applications", body, bench.partyKey);
        QCOMPARE(handed.status, 201);
        const std::string link = handed.body.at("console");
        QVERIFY(link.starts_with("https://hufu.example/console#/apply/"));
        QCOMPARE(handed.body.at("validUntilMs").get<std::int64_t>(), bench.clock.unixMs() + server::PartyApplications::kValidMs);
        const auto rows = bench.ledger.rows;
        QVERIFY(bench.ask("POST", "/rp/v1/applications", body, bench.partyKey).body == handed.body); // the same key: done once
        QVERIFY(bench.ledger.rows == rows);
        json other = body;
        other["account"] = "supplier-18";
        QCOMPARE(bench.ask("POST", "/rp/v1/applications", other, bench.partyKey).status, 409); // and for nothing else
        QVERIFY(bench.ledger.rows == rows);

        Page page(bench);
        const json ticket = {{"ticket", Page::ticketOf(link)}};
        QCOMPARE(page.ask("POST", "/console/v1/application/visit", ticket).status, 204);
        const auto shown = page.ask("GET", "/console/v1/application").body;
        QCOMPARE(shown.at("state").get<std::string>(), std::string("begun"));
        QVERIFY(shown.at("handed") == json({{"kind", "enterprise"}, {"name", "甲建设有限公司"}, {"code", "914403001922038216"}}));
        Page thief(bench);
        const auto late = thief.ask("POST", "/console/v1/application/visit", ticket);
        QVERIFY(late.status == 404 && late.code() == "HF-728" && thief.cookies().empty());
        // The same account comes back to its application, by whatever key; said anew, the company is what was said last.
        QCOMPARE(page.ask("POST", "/console/v1/application/code", {{"contact", "phone"}, {"to", "13700137000"}}).status, 200);
        QCOMPARE(page.ask("POST", "/console/v1/application/contact", {{"code", bench.gateway.digits()}}).status, 204);
        const auto again = bench.ask("POST", "/rp/v1/applications", {{"idempotencyKey", "a2"}, {"account", "supplier-17"}}, bench.partyKey);
        Page later(bench);
        QCOMPARE(later.ask("POST", "/console/v1/application/visit", {{"ticket", Page::ticketOf(again.body.at("console"))}}).status, 204);
        QCOMPARE(later.ask("GET", "/console/v1/application").body.at("state").get<std::string>(), std::string("reachable"));
        QVERIFY(later.ask("GET", "/console/v1/application").body.at("handed") == shown.at("handed"));
        // Who withdraws is forgotten, and what the platform said, too.
        QCOMPARE(later.ask("POST", "/console/v1/application/withdraw").status, 204);
        QVERIFY(std::ranges::none_of(bench.ledger.rows, [](const auto &row) { return row.first.first == ports::Table::application && row.first.second.front() == 'h'; }));
        // Another platform's account of that name is another's.
        const std::string stranger = *bench.sessions.registerRelyingParty("other", "另一平台");
        const auto theirs = bench.ask("POST", "/rp/v1/applications", {{"idempotencyKey", "a2"}, {"account", "supplier-17"}}, stranger);
        Page elsewhere(bench);
        QCOMPARE(elsewhere.ask("POST", "/console/v1/application/visit", {{"ticket", Page::ticketOf(theirs.body.at("console"))}}).status, 204);
        QVERIFY(elsewhere.ask("GET", "/console/v1/application").body.at("handed").is_null());
    }

    // Whoever has an application's link in his hands, and sends another to it to somebody who then proves who he is, is not that person.
    void application_openInTwoBrowsers_letsInWhoWasIdentified()
    {
        Console bench;
        const std::string path = "/console/v1/application";
        int keys = 0;
        const auto come = [&](Page &page) {
            const auto handed = bench.ask("POST", "/rp/v1/applications", {{"idempotencyKey", "a" + std::to_string(++keys)}, {"account", "supplier-17"}}, bench.partyKey);
            return page.ask("POST", path + "/visit", {{"ticket", Page::ticketOf(handed.body.at("console"))}}).status == 204;
        };
        Page early(bench), person(bench), late(bench);
        QVERIFY(come(early) && come(person)); // both before anything is proved
        QCOMPARE(person.ask("POST", path + "/code", {{"contact", "phone"}, {"to", "13700137000"}}).status, 200);
        QCOMPARE(person.ask("POST", path + "/contact", {{"code", bench.gateway.digits()}}).status, 204);
        const auto shown = person.ask("GET", path).body;
        const json consent = {{"agreements", shown.at("agreements")}, {"consent", shown.at("consentFace")}, {"method", "face"},
                              {"person", {{"name", "张三"}, {"idNumber", "11010519491231002X"}, {"mobileNumber", "13700137000"}}}};
        QCOMPARE(person.ask("POST", path + "/consent", consent).status, 204);
        QCOMPARE(person.ask("POST", path + "/identity", {{"provider", 1}}).status, 200);
        // The stranger is quicker to fetch what the person has passed: it lets him in no more than the person's own facts would.
        QCOMPARE(early.ask("POST", path + "/identity/finish").status, 204);
        QVERIFY(come(late));
        for (Page *page : {&early, &late}) {
            QCOMPARE(page->ask("GET", path).body.at("state").get<std::string>(), std::string("identified"));
            QCOMPARE(page->ask("GET", "/console/v1/home").status, 401);
        }
        early.tell("李四", "420101198005150013");
        for (Page *page : {&early, &late})
            QCOMPARE(page->ask("GET", "/console/v1/home").status, 401);
        // The person's own number lets in, whatever the browser.
        QCOMPARE(late.ask("POST", path + "/log-in", {{"code", "000000"}}).code(), std::string("HF-402"));
        QCOMPARE(person.ask("POST", path + "/log-in/code").status, 200);
        QCOMPARE(person.ask("POST", path + "/log-in", {{"code", bench.gateway.digits()}}).status, 204);
        QCOMPARE(person.ask("GET", "/console/v1/home").status, 200);
        QCOMPARE(early.ask("GET", "/console/v1/home").status, 401);
    }

    // Identified, and away for longer than a visit lasts: a code again.
    void application_identifiedLongAgo_takesACode()
    {
        Console bench;
        Page page(bench);
        page.prove("supplier-1", "13700137000", "face");
        for (int i = 0; i < 2; ++i) { // the application's own visit goes on as it is used
            bench.clock.advance(server::ConsoleGuard::kIdleMs / 2);
            QCOMPARE(page.ask("GET", "/console/v1/application").status, 200);
        }
        page.tell("李四", "420101198005150013");
        QCOMPARE(page.ask("GET", "/console/v1/home").status, 401);
        QCOMPARE(page.ask("POST", "/console/v1/application/log-in/code").status, 200);
        QCOMPARE(page.ask("POST", "/console/v1/application/log-in", {{"code", bench.gateway.digits()}}).status, 204);
        QCOMPARE(page.ask("GET", "/console/v1/home").status, 200);
    }

    void visit_askedTooOftenByOneNetwork_is429()
    {
        Console bench;
        const json none = {{"ticket", std::string(64, '9')}};
        for (int i = 0; i < 60; ++i)
            QCOMPARE(bench.ask("POST", "/console/v1/application/visit", none).code(), std::string("HF-728"));
        const auto handed = bench.ask("POST", "/rp/v1/applications", {{"idempotencyKey", "a1"}, {"account", "supplier-17"}}, bench.partyKey);
        const json ticket = {{"ticket", Page::ticketOf(handed.body.at("console"))}};
        const auto rows = bench.ledger.rows;
        const auto worn = bench.ask("POST", "/console/v1/application/visit", ticket);
        QVERIFY(worn.status == 429 && worn.code() == "HF-105" && worn.cookies.empty());
        QVERIFY(bench.ledger.rows == rows);
        bench.clock.advance(60'000);
        QCOMPARE(bench.ask("POST", "/console/v1/application/visit", ticket).status, 204); // the link is still good
    }

    // Begun when the demo portal's accounts were the only ones: still that portal's, and nobody else's.
    void handOver_ofAnApplicationOfBefore_findsIt()
    {
        Console bench;
        const auto before = *bench.applications.begin("supplier-17");
        QVERIFY(bench.applications.sendCode(before, enterprise::Contact::phone, "13700137000"));
        QVERIFY(bench.applications.proveContact(before, bench.gateway.digits()));
        const std::string stranger = *bench.sessions.registerRelyingParty("other", "另一平台");
        for (const auto &[key, state] : {std::pair(bench.partyKey, "reachable"), std::pair(stranger, "begun")}) {
            const auto handed = bench.ask("POST", "/rp/v1/applications", {{"idempotencyKey", "a1"}, {"account", "supplier-17"}}, key);
            Page page(bench);
            QCOMPARE(page.ask("POST", "/console/v1/application/visit", {{"ticket", Page::ticketOf(handed.body.at("console"))}}).status, 204);
            QCOMPARE(page.ask("GET", "/console/v1/application").body.at("state").get<std::string>(), std::string(state));
        }
        QVERIFY(bench.applications.withdraw(before));
        QVERIFY(*bench.applications.begin("supplier-17") != before);
    }
    void handOver_unfit_isRefusedAndBeginsNothing()
    {
        Console bench;
        const json good = {{"idempotencyKey", "a1"}, {"account", "supplier-17"}, {"company", {{"kind", "enterprise"}, {"name", "甲建设有限公司"}, {"code", "914403001922038216"}}}};
        const auto with = [&good](const char *member, json value) {
            json body = good;
            if (value.is_null()) body.erase(member);
            else body[member] = std::move(value);
            return body;
        };
        const std::string administrator = bench.logIn(bench.adminPhone);
        const auto rows = bench.ledger.rows;
        for (const std::string &key : {std::string(), std::string("no key"), administrator})
            QCOMPARE(bench.ask("POST", "/rp/v1/applications", good, key).status, 401);
        for (const json &bad : {with("idempotencyKey", nullptr), with("idempotencyKey", std::string(65, 'k')), with("account", nullptr), with("account", ""), with("account", std::string(65, 'a')),
                                with("account", "a\nb"), with("company", "x"), with("company", {{"kind", "overseas"}, {"name", "甲"}, {"code", "914403001922038216"}}),
                                with("company", {{"kind", "enterprise"}, {"name", ""}, {"code", "914403001922038216"}}), with("company", {{"kind", "enterprise"}, {"name", "甲"}})})
            QCOMPARE(bench.ask("POST", "/rp/v1/applications", bad, bench.partyKey).status, 400);
        const auto wrong = bench.ask("POST", "/rp/v1/applications", with("company", {{"kind", "enterprise"}, {"name", "甲"}, {"code", "914403001922038217"}}), bench.partyKey);
        QVERIFY(wrong.status == 422 && wrong.code() == "HF-700");
        QVERIFY(bench.ledger.rows == rows);
        // A refused key is free: what was wrong is corrected.
        QCOMPARE(bench.ask("POST", "/rp/v1/applications", good, bench.partyKey).status, 201);
    }

    void handOver_linkTooOldOrFromElsewhere_opensNothing()
    {
        Console bench;
        const auto handed = bench.ask("POST", "/rp/v1/applications", {{"idempotencyKey", "a1"}, {"account", "supplier-17"}}, bench.partyKey);
        const json ticket = {{"ticket", Page::ticketOf(handed.body.at("console"))}};
        const auto rows = bench.ledger.rows;
        const auto foreign = bench.askWith("POST", "/console/v1/application/visit", ticket, {{"host", "hufu.example"}, {"origin", "https://evil.example"}});
        QVERIFY(foreign.status == 403 && foreign.cookies.empty());
        for (const json &none : {json{{"ticket", std::string(64, '9')}}, json{{"ticket", "9"}}})
            QCOMPARE(bench.ask("POST", "/console/v1/application/visit", none).code(), std::string("HF-728"));
        QCOMPARE(bench.ask("POST", "/console/v1/application/visit").status, 400);
        bench.clock.advance(server::PartyApplications::kValidMs);
        QCOMPARE(bench.ask("POST", "/console/v1/application/visit", ticket).code(), std::string("HF-728"));
        QVERIFY(bench.ledger.rows == rows);
        // Tickets that nobody used are forgotten with the next one.
        QCOMPARE(bench.ask("POST", "/rp/v1/applications", {{"idempotencyKey", "a2"}, {"account", "supplier-18"}}, bench.partyKey).status, 201);
        QCOMPARE(std::ranges::count_if(bench.ledger.rows, [](const auto &row) { return row.first.first == ports::Table::meta && textOf(row.first.second).starts_with("handed-over/"); }), 1);
    }

    // Taken back as long as it is not verified: both visits are over, and the portal's account applies anew.
    void application_settled_canBeTakenBack()
    {
        Console bench;
        Page page(bench);
        page.settle("supplier-1", "13700137000");
        QCOMPARE(page.ask("GET", "/console/v1/home").status, 200);
        const std::string cookies = page.cookies();
        QCOMPARE(page.ask("POST", "/console/v1/application/withdraw").status, 204);
        QCOMPARE(bench.askWith("GET", "/console/v1/home", json::object(), {{"cookie", cookies}}).status, 401); // not by the cookie of before, either
        QCOMPARE(page.ask("GET", "/console/v1/application").status, 401);
        bench.clock.advance(60'000);
        Page again(bench);
        again.ask("POST", "/portal/v1/sessions", {{"account", "supplier-1"}, {"password", "correct horse"}});
        QVERIFY(again.comeFromPortal());
        QCOMPARE(again.ask("GET", "/console/v1/application").body.at("state").get<std::string>(), std::string("begun"));
    }

    // A legal representative who has proved himself by a code is asked for one proof more, and told why; by his face he is not.
    void legalRepresentative_provedByACode_isToldWhyItIsNotEnough()
    {
        for (const char *method : {"sms", "face"}) {
            const bool isCode = std::string_view(method) == "sms";
            Console bench;
            Page page(bench);
            page.prove("supplier-1", "13700137000", method);
            const json told = page.tell("张三", "11010519491231002X"); // he who applies
            QVERIFY(told.at("verified") == !isCode);
            QVERIFY(told.at("reason") == (isCode ? json("provedByCodeAlone") : json(nullptr)));
            QVERIFY(page.ask("GET", "/console/v1/authentication").body.at("reason") == told.at("reason"));
            QVERIFY(page.ask("GET", "/console/v1/sessions").body.at("company").at("verified") == !isCode);
        }
        Console bench;
        Page page(bench);
        page.prove("supplier-1", "13700137000", "sms");
        QVERIFY(page.tell("李四", "420101198005150013").at("reason").is_null()); // somebody else
        QVERIFY(page.ask("GET", "/console/v1/authentication").body.at("reason").is_null());
        QVERIFY(bench.ask("GET", "/console/v1/authentication", {}, bench.logIn(bench.adminPhone)).body.at("reason").is_null()); // entered by the operator
    }

    // Whose turn it is: what waits for a link or a letter that nobody has sent is the administrator's own.
    void home_ofALegalPersonsSeal_saysWhoseTurnItIs()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const auto countOf = [&](const char *whose, const char *matter) {
            const json matters = bench.ask("GET", "/console/v1/home", {}, admin).body.at(whose);
            const auto it = std::ranges::find(matters, json(matter), [](const json &one) { return one.at("matter"); });
            return it == matters.end() ? 0 : it->at("count").get<int>();
        };
        const auto stands = [&](int wanted, int again, int asked, int reviewed) {
            return countOf("mine", "sendLink") == wanted && countOf("mine", "sendLinkAgain") == again && countOf("others", "authoriseSeal") == asked &&
                   countOf("others", "reviewSealPaper") == reviewed;
        };
        json seal = {{"kind", "legalPerson"}, {"style", 1}};
        bench.clock.advance(60'000);
        QCOMPARE(bench.ask("POST", "/console/v1/seals/code", seal, admin).status, 200);
        seal["code"] = bench.gateway.digits();
        const std::string id = bench.ask("POST", "/console/v1/seals", seal, admin).body.at("id");
        QVERIFY(stands(1, 0, 0, 0));
        const json to = {{"purpose", "legalSeal"}, {"subject", id}, {"contact", "phone"}, {"to", "13900139000"}};
        const std::string link = bench.ask("POST", "/console/v1/links", to, admin).body.at("id");
        QVERIFY(stands(0, 0, 1, 0));
        QCOMPARE(bench.ask("POST", "/console/v1/links/" + link + "/withdraw", {}, admin).status, 204);
        QVERIFY(stands(0, 1, 0, 0));
        const auto paper = bench.ask("POST", "/console/v1/papers?purpose=legalSeal&subject=" + id, "%PDF-1.7 letter", admin);
        QCOMPARE(paper.status, 201);
        QVERIFY(stands(0, 0, 0, 1));
        // Each letter says which seal it is for, so that another seal's is not taken for this one's.
        const json papers = bench.ask("GET", "/console/v1/papers", {}, admin).body.at("papers");
        QVERIFY(papers.size() == 1 && papers.front().at("subject") == json(id));

        Page page(bench);
        page.settle("supplier-1", "13700137000");
        const auto isOut = [&] {
            const json others = page.ask("GET", "/console/v1/home").body.at("others");
            return std::ranges::count(others, json("authoriseCompany"), [](const json &one) { return one.at("matter"); }) == 1;
        };
        QVERIFY(!isOut());
        const auto sent = page.ask("POST", "/console/v1/links", {{"purpose", "authenticate"}, {"contact", "phone"}, {"to", "13900139001"}});
        QCOMPARE(sent.status, 201);
        QVERIFY(isOut());
        QCOMPARE(page.ask("POST", "/console/v1/papers?purpose=authenticate", "%PDF-1.7 letter").status, 201);
        QVERIFY(page.ask("GET", "/console/v1/papers").body.at("papers").front().at("subject").is_null());
        QCOMPARE(page.ask("POST", "/console/v1/links/" + sent.body.at("id").get<std::string>() + "/withdraw").status, 204);
        QVERIFY(!isOut());
    }

    // A company that is verified stays, and its people with it.
    void application_verified_cannotBeTakenBack()
    {
        Console bench;
        Page page(bench);
        page.settle("supplier-1", "13700137000");
        const std::string phone = "13700137000";
        QVERIFY(!page.ask("GET", "/console/v1/application").body.at("verified").get<bool>());
        page.ask("POST", "/console/v1/authentication/remittance",
                 {{"holder", "甲建设有限公司"}, {"bank", "中国建设银行"}, {"province", "广东省"}, {"city", "深圳市"}, {"account", "62220202000112233445"}, {"phone", phone}});
        page.ask("POST", "/console/v1/authentication/remittance/look");
        QCOMPARE(page.ask("POST", "/console/v1/authentication/remittance/amount", {{"cents", bench.bank.last.cents}}).status, 204);
        QVERIFY(page.ask("GET", "/console/v1/application").body.at("verified").get<bool>());
        const auto rows = bench.ledger.rows;
        QCOMPARE(page.ask("POST", "/console/v1/application/withdraw").code(), std::string("HF-104"));
        QVERIFY(bench.ledger.rows == rows);
        QCOMPARE(page.ask("GET", "/console/v1/home").status, 200);
    }

    // From 申领 to the activation link, by the pages' end points alone.
    void company_throughThePages_grantsACertificate()
    {
        Console bench;
        Page page(bench);
        page.apply("supplier-1");
        const std::string phone = "13700137000";
        QCOMPARE(page.ask("POST", "/console/v1/application/code", {{"contact", "phone"}, {"to", phone}}).status, 200);
        QCOMPARE(page.ask("POST", "/console/v1/application/contact", {{"code", bench.gateway.wrongDigits()}}).code(), std::string("HF-402"));
        QCOMPARE(page.ask("POST", "/console/v1/application/contact", {{"code", bench.gateway.digits()}}).status, 204);
        const auto shown = page.ask("GET", "/console/v1/application").body;
        json consent = {{"agreements", shown.at("agreements")},
                        {"consent", json::array()},
                        {"method", "face"},
                        {"person", {{"name", "张三"}, {"idNumber", "11010519491231002X"}, {"mobileNumber", phone}}}};
        QCOMPARE(page.ask("POST", "/console/v1/application/consent", consent).code(), std::string("HF-707"));
        consent["consent"] = shown.at("consentFace");
        QCOMPARE(page.ask("POST", "/console/v1/application/consent", consent).status, 204);
        QVERIFY(page.ask("POST", "/console/v1/application/identity", {{"provider", 1}}).body.at("address").is_string());
        QCOMPARE(page.ask("POST", "/console/v1/application/identity/finish").status, 204);
        bench.office.entries["914403001922038216"] = {"甲建设有限公司", "914403001922038216", "李四", "420101198005150013"};
        json facts = {{"kind", "enterprise"}, {"name", "乙建设有限公司"}, {"code", "914403001922038216"}, {"legalName", "李四"}, {"legalIdNumber", "420101198005150013"}};
        const auto slip = page.ask("POST", "/console/v1/application/facts", facts);
        QVERIFY(slip.body.at("mismatched") == json({"name"}) && slip.body.at("code") == "HF-702" && slip.cookies.empty());
        QCOMPARE(page.ask("GET", "/console/v1/sessions").status, 401);
        facts["name"] = "甲建设有限公司";
        QCOMPARE(page.ask("POST", "/console/v1/application/facts", facts).body.at("state").get<std::string>(), std::string("matched"));
        const auto me = page.ask("GET", "/console/v1/sessions").body;
        QVERIFY(!me.at("company").at("verified").get<bool>());
        QCOMPARE(page.ask("POST", "/console/v1/authentication/remittance",
                          {{"holder", "甲建设有限公司"}, {"bank", "中国建设银行"}, {"province", "广东省"}, {"city", "深圳市"}, {"account", "62220202000112233445"}, {"phone", phone}})
                     .status, 204);
        QCOMPARE(page.ask("POST", "/console/v1/authentication/remittance/look").status, 204);
        QCOMPARE(page.ask("POST", "/console/v1/authentication/remittance/amount", {{"cents", 100}}).code(), std::string("HF-722"));
        QCOMPARE(page.ask("GET", "/console/v1/authentication").body.at("remittance").at("triesLeft").get<int>(), 4);
        QCOMPARE(page.ask("POST", "/console/v1/authentication/remittance/amount", {{"cents", bench.bank.last.cents}}).status, 204);
        QVERIFY(page.ask("GET", "/console/v1/sessions").body.at("company").at("verified").get<bool>());

        // The company's seal, confirmed by face.
        QVERIFY(page.ask("GET", "/console/v1/sessions").body.at("person").at("faceServices") == json({1}));
        json seal = {{"kind", "company"}, {"style", 1}, {"number", ""}, {"provider", 1}, {"face", true}};
        QCOMPARE(page.ask("POST", "/console/v1/seals", seal).code(), std::string("HF-708")); // not begun
        seal["provider"] = 2;
        QCOMPARE(page.ask("POST", "/console/v1/seals/face", seal).code(), std::string("HF-100")); // no such service
        seal["provider"] = 1;
        QVERIFY(page.ask("POST", "/console/v1/seals/face", seal).body.at("address").get<std::string>().starts_with("https://"));
        bench.identity.next = ports::IdentityService::Outcome::pending;
        QCOMPARE(page.ask("POST", "/console/v1/seals", seal).code(), std::string("HF-708"));
        bench.identity.next = ports::IdentityService::Outcome::passed;
        QCOMPARE(page.ask("POST", "/console/v1/seals", seal).status, 201);
        QCOMPARE(page.ask("GET", "/console/v1/seals").body.at("seals").at(0).at("confirmedBy").get<std::string>(), std::string("face"));
        QCOMPARE(page.ask("POST", "/console/v1/seals", seal).code(), std::string("HF-708")); // spent
        seal["face"] = "yes";
        QCOMPARE(page.ask("POST", "/console/v1/seals", seal).status, 400);
        QCOMPARE(page.ask("GET", "/console/v1/home").body.at("mine").at(0).at("matter").get<std::string>(), std::string("buySeats"));
        auto order = bench.order();
        order["buyerName"] = "甲建设有限公司";
        order["buyerCode"] = "914403001922038216";
        const auto placed = page.ask("POST", "/console/v1/orders", order).body;
        QCOMPARE(page.ask("POST", "/console/v1/orders/" + placed.at("id").get<std::string>() + "/payment").status, 200);
        QVERIFY(bench.orders.noticed({"p1", bench.cashier.asked.back().first, 20'000, true}));
        const auto given = page.ask("POST", "/console/v1/grants", {{"person", me.at("person").at("id")}});
        QVERIFY(given.body.at("activationLink").get<std::string>().starts_with("hufu://activate?"));
        const auto log = page.ask("GET", "/console/v1/audit").body;
        std::vector<Bytes> records;
        for (const json &record : log.at("records"))
            records.push_back(*fromHex(record.at("record").get<std::string>()));
        QVERIFY(audit::verifyChain(*fixedBytes<16>(*fromHex(log.at("chain").get<std::string>())), records, std::nullopt).empty());
        QVERIFY(log.dump().find(phone) == std::string::npos);
        // Each says who did it; a name is beside the records, not in them.
        const auto recordOf = [&](const char *event) { return *std::ranges::find(log.at("records"), json(event), [](const json &record) { return record.at("event"); }); };
        QCOMPARE(recordOf("application-begun").at("by").get<std::string>(), std::string("applicant"));
        const json made = recordOf("order-made");
        QVERIFY(made.at("by") == "person" && made.at("who") == me.at("person").at("id"));
        const json name = me.at("person").at("name");
        const json &people = log.at("people");
        QCOMPARE(people.size(), std::size_t(2));
        for (const json &id : {me.at("person").at("id"), recordOf("grant-opened").at("subject")})
            QCOMPARE(std::ranges::count(people, json{{"id", id}, {"name", name}}), 1);
    }

    // The same key: the same answer, and done once.
    void write_askedAgainWithItsKey_isDoneOnce()
    {
        Console bench;
        const std::string token = "Bearer " + bench.logIn(bench.adminPhone);
        const json person = {{"name", "王五"}, {"phoneNumber", "13700137001"}, {"staffNumber", "X1"}};
        const Console::Headers headers = {{"authorization", token}, {"idempotency-key", "key-1"}};
        const auto first = bench.askWith("POST", "/console/v1/staff", person, headers);
        QCOMPARE(first.status, 201);
        const auto again = bench.askWith("POST", "/console/v1/staff", person, headers);
        QVERIFY(again.status == 201 && again.body == first.body);
        QCOMPARE(bench.askWith("POST", "/console/v1/staff", {{"name", "赵六"}}, headers).status, 409); // another body
        QCOMPARE(bench.askWith("POST", "/console/v1/staff", person, {{"authorization", token}, {"idempotency-key", std::string(65, 'k')}}).status, 400);
        // A refusal keeps no key.
        const Console::Headers second = {{"authorization", token}, {"idempotency-key", "key-2"}};
        QCOMPARE(bench.askWith("POST", "/console/v1/staff", person, second).code(), std::string("HF-763"));
        QCOMPARE(bench.askWith("POST", "/console/v1/staff", {{"name", "赵六"}, {"phoneNumber", "13700137002"}, {"staffNumber", "X2"}}, second).status, 201);
        QVERIFY(bench.guard.sweep());
        bench.clock.advance(server::Idempotency::kKeptMs);
        QVERIFY(bench.guard.sweep());
        QVERIFY(std::ranges::none_of(bench.ledger.rows, [](const auto &row) { return textOf(row.first.second).starts_with("answer/"); }));
    }

    void staffList_withFaults_isShownAndNotTaken()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const std::string bad = "姓名,手机号,工号,部门,角色\n赵六,13600136009,X2,投标部,投标员\n钱七,abc,X2,,国王\n";
        const auto preview = bench.ask("POST", "/console/v1/staff-list/preview", bad, admin).body.at("people");
        QVERIFY(preview.at(0).at("faults").empty() && preview.at(1).at("faults") == json({"phoneNumber", "roles", "twice"}));
        QCOMPARE(bench.ask("POST", "/console/v1/staff-list", bad, admin).code(), std::string("HF-770"));
        QCOMPARE(bench.ask("GET", "/console/v1/staff", {}, admin).body.at("staff").size(), std::size_t(1));
        QCOMPARE(bench.ask("POST", "/console/v1/staff-list", "赵六,13600136009,X2,投标部,投标员", admin).body.at("added").get<int>(), 1);
    }

    // What the service has signed, with what was signed and whose key it was: for anybody to check.
    void confirmation_ofSealGrantAndLink_isGivenOut()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const std::string link = bench.sendLink(admin);
        const json seals = bench.ask("GET", "/console/v1/seals", {}, admin).body.at("seals");
        const json waiting = *std::ranges::find(seals, json("waiting"), [](const json &seal) { return seal.at("state"); });
        const std::string path = "/console/v1/seals/" + waiting.at("id").get<std::string>();
        const auto made = bench.ask("GET", path + "/confirmation", {}, admin);
        QCOMPARE(made.status, 200);
        QCOMPARE(made.body.at("form").get<std::string>(), std::string("hufu-confirmation-1"));
        QVERIFY(made.body.at("certificates") == json({"0102", "03"}));
        for (const json &one : seals) // the demo's, which the operator has entered: nobody has signed
            if (one.at("confirmedBy") == "operator") QCOMPARE(bench.ask("GET", "/console/v1/seals/" + one.at("id").get<std::string>() + "/confirmation", {}, admin).status, 404);
        const Bytes signedBytes = bench.serviceKey.signedMessages.back();
        QCOMPARE(made.body.at("signed").get<std::string>(), toHex(signedBytes));
        const auto statement = *fromHex(made.body.at("statement").get<std::string>());
        QVERIFY(sameBytes(crypto::sm3(statement), ByteView(signedBytes).last(32)));
        // The link is signed by nobody yet.
        const std::string last = "/console/v1/links/" + bench.ask("GET", path + "/link", {}, admin).body.at("id").get<std::string>();
        QCOMPARE(bench.ask("GET", last + "/confirmation", {}, admin).status, 404);
        QCOMPARE(bench.ask("POST", "/legal/v1/" + link + "/check", {{"provider", 1}}).status, 200);
        QCOMPARE(bench.ask("POST", "/legal/v1/" + link + "/sign").status, 204);
        const auto legal = bench.ask("GET", last + "/confirmation", {}, admin);
        QVERIFY(legal.status == 200 && legal.body.at("statement").is_null());
        QCOMPARE(legal.body.at("signed").get<std::string>(), toHex(bench.serviceKey.signedMessages.back()));
        QVERIFY(textOf(bench.serviceKey.signedMessages.back()).starts_with("HUFU-LEGAL-1"));
    }

    // Policy, computers, administrators: each confirmation is a file, whoever has signed it, the newest first.
    void confirmation_ofPolicyComputersAndAdministrators_isGivenOut()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const auto listed = [&](const std::string &after = "") {
            const auto answer = bench.ask("GET", "/console/v1/confirmations" + (after.empty() ? "" : "?after=" + after), {}, admin);
            return answer.status == 200 ? answer.body : json();
        };
        QVERIFY(listed().at("confirmations").empty() && listed().at("next").is_null());
        bench.clock.advance(60'000);
        json policy = {{"activation", {"sms", "liveness"}}, {"login", json::array()}, {"sign", {"sms"}}, {"decrypt", json::array()}, {"namedCiphertext", false}};
        QCOMPARE(bench.ask("POST", "/console/v1/policy/code", policy, admin).status, 200);
        policy["code"] = "000000";
        QVERIFY(bench.ask("PUT", "/console/v1/policy", policy, admin).status != 204 && listed().at("confirmations").empty()); // refused: nothing was confirmed
        policy["code"] = bench.gateway.digits();
        QCOMPARE(bench.ask("PUT", "/console/v1/policy", policy, admin).status, 204);
        const std::int64_t confirmedMs = bench.clock.wall;
        bench.clock.advance(60'000);

        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        bench.clock.advance(60'000);
        QVERIFY(bench.isConfirmed(phone, admin, "/console/v1/desk-rule", {{"approves", true}}));
        QCOMPARE(bench.ask("PUT", "/console/v1/desk-rule", {{"approves", true}, {"shield", true}}, admin).status, 204);
        bench.clock.advance(1);
        const json one = {{"name", "王五"}, {"phoneNumber", "13700137001"}, {"staffNumber", "X1"}, {"roles", {"administrator"}}};
        QVERIFY(bench.isConfirmed(phone, admin, "/console/v1/staff", one));
        json whole = one;
        whole["shield"] = true;
        QCOMPARE(bench.ask("POST", "/console/v1/staff", whole, admin).status, 201);

        const json list = listed().at("confirmations");
        QCOMPARE(list.size(), std::size_t(3));
        const auto is = [&](std::size_t at, const char *matter, const char *by) {
            return list.at(at).at("matter") == matter && list.at(at).at("by") == by && list.at(at).at("person").at("name") == "张三";
        };
        QVERIFY(is(0, "administrators", "shield") && is(1, "computers", "shield") && is(2, "policy", "sms"));
        QCOMPARE(list.at(2).at("timeMs").get<std::int64_t>(), confirmedMs);
        const auto fileOf = [&](std::size_t at) { return bench.ask("GET", "/console/v1/confirmations/" + list.at(at).at("id").get<std::string>(), {}, admin); };
        // By SMS the service has signed.
        const auto served = fileOf(2);
        QVERIFY(served.status == 200 && served.body.at("form") == "hufu-confirmation-1" && served.body.at("certificates") == json({"0102", "03"}));
        QCOMPARE(served.body.at("signed").get<std::string>(), toHex(bench.serviceKey.signedMessages.back()));
        const Bytes stated = *fromHex(served.body.at("statement").get<std::string>());
        QVERIFY(textOf(stated).starts_with("change the policy") && sameBytes(crypto::sm3(stated), ByteView(bench.serviceKey.signedMessages.back()).last(32)));
        // By the shield the person has, and the manifest says what.
        for (const auto &[at, words] : {std::pair<std::size_t, std::string>(1, "电脑须经管理员批准：是"), {0, "新增员工：王五"}}) {
            const json file = fileOf(at).body;
            const Bytes bytes = *fromHex(file.at("signed").get<std::string>()), statement = *fromHex(file.at("statement").get<std::string>());
            const auto manifest = *intent::Manifest::parse(ByteView(bytes).subspan(14));
            QVERIFY(manifest.files.front().name.starts_with(words) && manifest.files.front().sm3 == crypto::sm3(statement));
            const auto certificate = *x509::Certificate::parse(*fromHex(file.at("certificates")[0].get<std::string>()));
            QVERIFY(certificate.publicKey().verify(bytes, *fixedBytes<64>(*fromHex(file.at("signature").get<std::string>()))));
        }
        QVERIFY(std::ranges::none_of(bench.ledger.rows, [](const auto &row) { return textOf(row.second).find("13700137001") != std::string::npos; }));
        // A page of the list ends where the next begins; another company's administrator finds none of them.
        const enterprise::Actor me{bench.demo.company, *bench.staff.personOf(bench.demo.company, "13700137001")};
        for (int i = 0; i < 100; ++i) {
            bench.clock.advance(1);
            QVERIFY(bench.confirmations.confirm(me, enterprise::Matter::seal, viewOf(std::to_string(i)), {"", 1, Bytes{1}}));
        }
        const json first = listed(), second = listed(first.at("next"));
        QVERIFY(first.at("confirmations").size() == 100 && second.at("confirmations") == list && second.at("next").is_null());
        const auto foreign = bench.addCompanyWithLegal({"乙建设有限公司", "914403001922038216", {}});
        QVERIFY(bench.enterprise.addPerson(foreign, {"赵六", "13600136009", "", "Y1"}));
        bench.clock.advance(60'000);
        const std::string theirs = bench.logIn("13600136009", "914403001922038216");
        QVERIFY(bench.ask("GET", "/console/v1/confirmations", {}, theirs).body.at("confirmations").empty());
        QCOMPARE(bench.ask("GET", "/console/v1/confirmations/" + list.at(0).at("id").get<std::string>(), {}, theirs).status, 404);
    }

    // Before the shield by SMS, from then on by the shield alone; what it has signed can be judged by anybody.
    void confirmation_ofWhoHasAShield_isSignedByIt()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const auto mine = [&] { return bench.ask("GET", "/console/v1/sessions", {}, admin).body.at("person"); };
        json seal = {{"kind", "finance"}, {"number", "1101080000001"}};
        QVERIFY(!mine().at("shield").get<bool>());
        const auto early = bench.ask("POST", "/console/v1/seals/shield", seal, admin);
        QVERIFY(early.status == 409 && early.code() == "HF-791");
        QCOMPARE(bench.ask("GET", "/console/v1/confirmation", {}, admin).status, 404);

        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        bench.clock.advance(60'000);
        QVERIFY(mine().at("shield").get<bool>() && mine().at("faceServices").empty());
        {
            const auto rows = bench.ledger.rows;
            const auto texts = bench.gateway.texts.size();
            json faced = seal, coded = seal;
            faced["provider"] = 1;
            coded["code"] = "000000";
            QCOMPARE(bench.ask("POST", "/console/v1/seals/code", seal, admin).code(), std::string("HF-790"));
            QCOMPARE(bench.ask("POST", "/console/v1/seals/face", faced, admin).code(), std::string("HF-790"));
            QCOMPARE(bench.ask("POST", "/console/v1/seals", coded, admin).code(), std::string("HF-790"));
            coded.erase("code");
            coded["face"] = true;
            QCOMPARE(bench.ask("POST", "/console/v1/seals", coded, admin).code(), std::string("HF-790"));
            QVERIFY(bench.ledger.rows == rows && bench.gateway.texts.size() == texts);
        }
        QCOMPARE(bench.ask("POST", "/console/v1/seals/shield", seal, admin).status, 204);
        const json waiting = bench.ask("GET", "/console/v1/confirmation", {}, admin).body;
        QVERIFY(waiting.at("state") == "waiting" && !waiting.at("qr").is_null());
        QCOMPARE(waiting.at("words").get<std::string>(), std::string("制作印章：财务专用章，编号 1101080000001 (make a seal)"));
        json wanted = seal;
        wanted["shield"] = true;
        QCOMPARE(bench.ask("POST", "/console/v1/seals", wanted, admin).code(), std::string("HF-792")); // nobody has signed
        QVERIFY(bench.confirm(phone, admin).show == Show::done);
        QCOMPARE(bench.ask("GET", "/console/v1/confirmation", {}, admin).body.at("state").get<std::string>(), std::string("approved"));
        const auto made = bench.ask("POST", "/console/v1/seals", wanted, admin);
        QCOMPARE(made.status, 201);
        QCOMPARE(bench.ask("POST", "/console/v1/seals", wanted, admin).code(), std::string("HF-792")); // once
        const json seals = bench.ask("GET", "/console/v1/seals", {}, admin).body.at("seals");
        QVERIFY(std::ranges::count(seals, json("shield"), [](const json &one) { return one.at("confirmedBy"); }) == 1);

        const json out = bench.ask("GET", "/console/v1/seals/" + made.body.at("id").get<std::string>() + "/confirmation", {}, admin).body;
        const Bytes bytes = *fromHex(out.at("signed").get<std::string>()), statement = *fromHex(out.at("statement").get<std::string>());
        const auto manifest = *intent::Manifest::parse(ByteView(bytes).subspan(14));
        QVERIFY(intent::checkTbs(manifest, 0, bytes));
        QVERIFY(manifest.act == intent::Act::confirm && manifest.files.front().sm3 == crypto::sm3(statement));
        QVERIFY(manifest.company == "虎符演示建设有限公司" && manifest.person == "张三" && manifest.platform.id == "hufu-console");
        QCOMPARE(toHex(manifest.files.front().sm3), waiting.at("statementSm3").get<std::string>());
        QCOMPARE(out.at("certificates").size(), std::size_t(2));
        const auto certificate = *x509::Certificate::parse(*fromHex(out.at("certificates")[0].get<std::string>()));
        const auto signature = *fixedBytes<64>(*fromHex(out.at("signature").get<std::string>()));
        QVERIFY(certificate.publicKey().verify(bytes, signature));
        QVERIFY(bench.serviceKey.signedMessages.empty()); // the service has signed nothing
    }

    void confirmation_byTheShield_isOfThisPersonAndThisAct()
    {
        Console bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        const std::string admin = bench.logIn(bench.adminPhone);
        // A colleague with a shield of his own, and somebody of another company.
        bench.clock.advance(60'000);
        const auto colleague = bench.enterprise.addPerson(bench.demo.company, {"李四", "13800138001", "", "HF0009"});
        bench.demo.code = bench.enterprise.openGrant(*colleague, *bench.enterprise.addSeat(bench.demo.company, bench.clock.wall + 86'400'000'000))->code;
        bench.demo.phoneNumber = "13800138001";
        RigPhone other(bench);
        QVERIFY(other.activate().show == Show::done);
        bench.clock.advance(60'000);
        bench.demo.code = bench.enterprise.seedPerson({"王五", "13900139111", {}, "HT1"}, true)->code;
        bench.demo.phoneNumber = "13900139111";
        RigPhone stranger(bench);
        QVERIFY(stranger.activate().show == Show::done);

        const json seal = {{"kind", "finance"}}, another = {{"kind", "contract"}};
        const auto with = [](json body) {
            body["shield"] = true;
            return body;
        };
        const auto count = [&] { return bench.ask("GET", "/console/v1/seals", {}, admin).body.at("seals").size(); };
        const auto before = count();
        for (RigPhone *wrong : {&other, &stranger}) {
            QCOMPARE(bench.ask("POST", "/console/v1/seals/shield", seal, admin).status, 204);
            const auto step = bench.confirm(*wrong, admin);
            QVERIFY(step.show == Show::stopped || step.problem);
            QCOMPARE(codeOf(step), 606);
            QCOMPARE(bench.ask("GET", "/console/v1/confirmation", {}, admin).body.at("state").get<std::string>(), std::string("waiting"));
            QCOMPARE(bench.ask("POST", "/console/v1/seals", with(seal), admin).code(), std::string("HF-792"));
        }
        // Another act than was confirmed, and what the person has asked for since: neither is done.
        QVERIFY(bench.isConfirmed(phone, admin, "/console/v1/seals", seal));
        QCOMPARE(bench.ask("POST", "/console/v1/seals", with(another), admin).code(), std::string("HF-792"));
        QCOMPARE(bench.ask("POST", "/console/v1/seals/shield", another, admin).status, 204);
        QCOMPARE(bench.ask("POST", "/console/v1/seals", with(seal), admin).code(), std::string("HF-792"));
        // Too late: not scanned in time; signed, and then left.
        bench.clock.advance(61'000);
        QCOMPARE(bench.ask("GET", "/console/v1/confirmation", {}, admin).body.at("state").get<std::string>(), std::string("expired"));
        QVERIFY(bench.isConfirmed(phone, admin, "/console/v1/seals", seal));
        bench.clock.advance(enterprise::Confirmations::kShieldMs);
        QCOMPARE(bench.ask("POST", "/console/v1/seals", with(seal), admin).code(), std::string("HF-792"));
        // Given up on the page.
        QCOMPARE(bench.ask("POST", "/console/v1/seals/shield", seal, admin).status, 204);
        QCOMPARE(bench.ask("DELETE", "/console/v1/confirmation", {}, admin).status, 204);
        QCOMPARE(bench.ask("GET", "/console/v1/confirmation", {}, admin).body.at("state").get<std::string>(), std::string("failed"));
        QCOMPARE(bench.ask("POST", "/console/v1/seals", with(seal), admin).code(), std::string("HF-792"));
        // A colleague who is logged in has nothing of it.
        QVERIFY(bench.isConfirmed(phone, admin, "/console/v1/seals", seal));
        QCOMPARE(bench.ask("GET", "/console/v1/confirmation", {}, bench.logIn("13800138001")).status, 404);
        // The shield is revoked in between.
        QVERIFY(bench.revoke(phone.acct(), x509::KeyKind::sign));
        QCOMPARE(bench.ask("POST", "/console/v1/seals", with(seal), admin).code(), std::string("HF-792"));
        QCOMPARE(count(), before);
        // The way out: it cannot sign, so a code counts again, and that is marked.
        QVERIFY(!bench.ask("GET", "/console/v1/sessions", {}, admin).body.at("person").at("shield").get<bool>());
        bench.clock.advance(60'000);
        QCOMPARE(bench.ask("POST", "/console/v1/seals/code", seal, admin).status, 200);
        json coded = seal;
        coded["code"] = bench.gateway.digits();
        QCOMPARE(bench.ask("POST", "/console/v1/seals", coded, admin).status, 201);
        const json seals = bench.ask("GET", "/console/v1/seals", {}, admin).body.at("seals");
        QVERIFY(std::ranges::none_of(seals, [](const json &one) { return one.at("confirmedBy") == "shield"; }));
    }

    // Signed, and then the grant rests: what was signed counts for nothing as long as it does.
    void confirmation_ofAShieldSuspendedSince_isNotTaken()
    {
        Console bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        const std::string admin = bench.logIn(bench.adminPhone);
        const json confirmed = {{"approves", true}, {"shield", true}};
        const auto approves = [&] { return bench.ask("GET", "/console/v1/desk-rule", {}, admin).body.at("approves").get<bool>(); };
        QVERIFY(bench.isConfirmed(phone, admin, "/console/v1/desk-rule", {{"approves", true}}));
        const enterprise::Actor me{bench.demo.company, *bench.staff.personOf(bench.demo.company, bench.adminPhone)};
        QVERIFY(bench.grants.suspend(me, bench.demo.grant, true)); // as by another administrator, in that moment
        const auto rows = bench.ledger.rows;
        QCOMPARE(bench.ask("PUT", "/console/v1/desk-rule", confirmed, admin).code(), std::string("HF-792"));
        QVERIFY(bench.ledger.rows == rows && !approves());
        QVERIFY(bench.grants.resume(me, bench.demo.grant));
        QVERIFY(bench.isConfirmed(phone, admin, "/console/v1/desk-rule", {{"approves", true}}));
        QCOMPARE(bench.ask("PUT", "/console/v1/desk-rule", confirmed, admin).status, 204);
        QVERIFY(approves());
    }

    void shield_thatCannotSign_isNotAsked()
    {
        Console bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        const std::string admin = bench.logIn(bench.adminPhone);
        const auto isAsked = [&] { return bench.ask("GET", "/console/v1/sessions", {}, admin).body.at("person").at("shield").get<bool>(); };
        QVERIFY(isAsked());
        const std::string grant = bench.ask("GET", "/console/v1/grants", {}, admin).body.at("grants").at(0).at("id");
        // A grant that is suspended, and resumed by whoever administers the company, opens no other way meanwhile.
        const json rule = {{"approves", true}}, confirmed = {{"approves", true}, {"shield", true}};
        QVERIFY(bench.isConfirmed(phone, admin, "/console/v1/grants/" + grant + "/stop", {{"act", "suspend"}}));
        QCOMPARE(bench.ask("POST", "/console/v1/grants/" + grant + "/suspend", {{"handOverSeen", true}, {"shield", true}}, admin).status, 204);
        const auto rows = bench.ledger.rows;
        QVERIFY(isAsked());
        QCOMPARE(bench.ask("PUT", "/console/v1/desk-rule", confirmed, admin).code(), std::string("HF-792"));
        QCOMPARE(bench.ask("POST", "/console/v1/desk-rule/code", rule, admin).code(), std::string("HF-790"));
        QCOMPARE(bench.ask("POST", "/console/v1/desk-rule/shield", rule, admin).code(), std::string("HF-791"));
        QVERIFY(bench.ledger.rows == rows);
        QCOMPARE(bench.ask("POST", "/console/v1/grants/" + grant + "/resume", {}, admin).status, 204);
        QVERIFY(isAsked());
        // Locked for a while by wrong PINs: until that is over.
        phone::Approval flow(phone.environment);
        QCOMPARE(bench.ask("POST", "/console/v1/desk-rule/shield", {{"approves", true}}, admin).status, 204);
        auto step = phone.untilPin(flow, bench.asked(admin));
        for (int i = 0; i < 3 && step.show == Show::pin; ++i)
            step = phone.run(flow, flow.pin(pinOf("246813")));
        QVERIFY(!isAsked());
        QCOMPARE(bench.ask("POST", "/console/v1/desk-rule/shield", {{"approves", true}}, admin).code(), std::string("HF-791"));
        bench.clock.advance(61'000);
        QVERIFY(isAsked());
        QVERIFY(bench.cosigner->freeze(phone.acct()));
        QVERIFY(!isAsked());
    }

    // Each act at the console that wants a proof takes it from the shield, for what was asked and nothing else.
    void act_eachThatIsConfirmed_isDoneByTheShield()
    {
        Console bench;
        RigPhone phone(bench);
        QVERIFY(phone.activate().show == Show::done);
        const std::string admin = bench.logIn(bench.adminPhone);
        const json one = {{"name", "王五"}, {"phoneNumber", "13700137001"}, {"staffNumber", "X1"}, {"roles", {"administrator"}}};
        const auto done = [&](std::string_view method, const std::string &path, const std::string &asks, const json &body, const json &with = json::object()) {
            if (!bench.isConfirmed(phone, admin, asks, body)) return 0;
            json whole = body;
            whole.update(with);
            whole["shield"] = true;
            return bench.ask(method, path, whole, admin).status;
        };
        QCOMPARE(done("POST", "/console/v1/staff", "/console/v1/staff", one), 201);
        const json people = bench.ask("GET", "/console/v1/people", {}, admin).body.at("people");
        const std::string person = std::ranges::find(people, json("王五"), [](const json &of) { return of.at("name"); })->at("id");
        json changed = one;
        changed["roles"] = {"bid-staff"};
        QCOMPARE(done("PUT", "/console/v1/staff/" + person, "/console/v1/staff/" + person, changed), 204);
        QCOMPARE(done("POST", "/console/v1/seals", "/console/v1/seals", {{"kind", "company"}}), 201);
        const json seals = bench.ask("GET", "/console/v1/seals", {}, admin).body.at("seals");
        const std::string seal = std::ranges::find(seals, json("shield"), [](const json &of) { return of.at("confirmedBy"); })->at("id");
        const std::int64_t minute = bench.clock.wall / 60'000 * 60'000 + 60'000;
        const auto draft = bench.ask("POST", "/console/v1/seal-grants",
                                     {{"seal", seal}, {"person", person}, {"purpose", "投标文件"}, {"project", ""}, {"fromMs", minute}, {"untilMs", minute + 3'600'000}}, admin);
        const std::string grant = "/console/v1/seal-grants/" + draft.body.at("id").get<std::string>();
        QCOMPARE(done("POST", grant + "/grant", grant, json::object(), {{"stamp", seal}}), 204);
        const json out = bench.ask("GET", grant + "/confirmation", {}, admin).body;
        const std::string text = bench.ask("GET", grant + "/document", {}, admin).body.at("text");
        QCOMPARE(out.at("statement").get<std::string>(), toHex(viewOf(text)));
        const auto manifest = *intent::Manifest::parse(ByteView(*fromHex(out.at("signed").get<std::string>())).subspan(14));
        QVERIFY(manifest.files.front().name.find("王五") != std::string::npos && manifest.files.front().sm3 == crypto::sm3(viewOf(text)));
        QCOMPARE(done("POST", "/console/v1/administrators", "/console/v1/administrators", {{"person", person}}), 204);
        QVERIFY(!bench.ask("GET", "/console/v1/sessions", {}, admin).body.at("person").at("roles").dump().starts_with("[\"administrator"));
    }

    // Lists of more than a page, in the steps that a page makes: each thing once.
    void list_ofMoreThanAPage_isAskedForPageByPage()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        std::string lines;
        for (int i = 0; i < 120; ++i)
            lines += "员工" + std::to_string(i) + ",1360013" + std::to_string(1000 + i) + ",P" + std::to_string(i) + ",投标部,\n";
        QCOMPARE(bench.ask("POST", "/console/v1/staff-list", lines, admin).body.at("added").get<int>(), 120);
        bench.clock.advance(60'000);
        json seal = {{"kind", "company"}};
        bench.ask("POST", "/console/v1/seals/code", seal, admin);
        seal["code"] = bench.gateway.digits();
        const std::string path = "/console/v1/seals/" + bench.ask("POST", "/console/v1/seals", seal, admin).body.at("id").get<std::string>();
        for (int i = 0; i < 60; ++i) {
            QCOMPARE(bench.ask("POST", path + "/suspend", {}, admin).status, 204);
            QCOMPARE(bench.ask("POST", path + "/resume", {}, admin).status, 204);
        }
        const auto order = bench.ask("POST", "/console/v1/orders", bench.order(), admin).body.at("id").get<std::string>();
        for (int i = 0; i < 130; ++i)
            QVERIFY(bench.orders.noticed({"left over " + std::to_string(i), *fixedBytes<16>(*fromHex(order)), 1 + i, true}));
        for (const auto &[target, name, all] : {std::tuple("/console/v1/people", "people", 121), std::tuple("/console/v1/wallet", "entries", 130)}) {
            std::set<std::string> seen;
            json page = bench.ask("GET", target, {}, admin).body;
            QCOMPARE(page.at(name).size(), std::size_t(100));
            for (;;) {
                for (const json &one : page.at(name))
                    QVERIFY(seen.insert(one.dump()).second);
                if (page.at("next").is_null()) break;
                const json next = page.at("next");
                page = bench.ask("GET", std::string(target) + "?after=" + (next.is_string() ? next.get<std::string>() : next.dump()), {}, admin).body;
            }
            QCOMPARE(seen.size(), std::size_t(all));
        }
        const json newest = bench.ask("GET", path + "/history", {}, admin).body;
        QVERIFY(newest.at("entries").size() == 100 && newest.at("next") == 22);
        const json rest = bench.ask("GET", path + "/history?after=22", {}, admin).body;
        QVERIFY(rest.at("entries").size() == 21 && rest.at("next").is_null() && rest.at("entries").back().at("event") == "made");
        QCOMPARE(bench.ask("GET", "/console/v1/wallet?after=x", {}, admin).status, 400);
        QCOMPARE(bench.ask("GET", path + "/history?after=-1", {}, admin).status, 400);
        QCOMPARE(bench.ask("GET", "/console/v1/people?after=" + std::string(32, '9'), {}, admin).status, 404);
    }

    void legalLink_token_isAllThereIs()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        bench.clock.advance(60'000);
        const json seal = {{"kind", "legalPerson"}, {"style", 1}};
        QCOMPARE(bench.ask("POST", "/console/v1/seals/code", seal, admin).status, 200);
        json make = seal;
        make["code"] = bench.gateway.digits();
        const std::string id = bench.ask("POST", "/console/v1/seals", make, admin).body.at("id");
        QCOMPARE(bench.ask("POST", "/console/v1/links", {{"purpose", "legalSeal"}, {"subject", id}, {"contact", "phone"}, {"to", "13900139000"}}, admin).status, 201);
        const std::string text = bench.gateway.texts.back();
        const std::string token = text.substr(text.find("legal#") + 6, 64);
        QCOMPARE(bench.ask("GET", "/legal/v1/" + std::string(64, '0')).code(), std::string("HF-728"));
        QVERIFY(!bench.ask("GET", "/legal/v1/" + token).body.at("codeAllowed").get<bool>());
        // He sees what he is asked for, which nobody can put on paper yet.
        const auto drawn = bench.ask("GET", "/legal/v1/" + token + "/seal");
        QCOMPARE(drawn.status, 200);
        const std::string whole = bench.ask("GET", "/console/v1/seals/" + id + "/picture", {}, admin).text;
        QVERIFY(drawn.text.starts_with("<svg>specimen ") && whole.starts_with("<svg>specimen "));
        QVERIFY(drawn.text != whole && drawn.text.find("某") != std::string::npos); // nobody is proved yet: the name is not told
        QCOMPARE(bench.ask("GET", "/legal/v1/" + std::string(64, '0') + "/seal").code(), std::string("HF-728"));
        QCOMPARE(bench.ask("POST", "/legal/v1/" + token + "/check", {{"provider", 0}}).code(), std::string("HF-709")); // the number is only the administrator's word
        QCOMPARE(bench.ask("POST", "/legal/v1/" + token + "/check", {{"provider", 1}}).status, 200);
        bench.identity.next = ports::IdentityService::Outcome::failed;
        QCOMPARE(bench.ask("POST", "/legal/v1/" + token + "/sign").code(), std::string("HF-405"));
        bench.identity.next = ports::IdentityService::Outcome::passed;
        QCOMPARE(bench.ask("POST", "/legal/v1/" + token + "/check", {{"provider", 1}}).status, 200);
        QCOMPARE(bench.ask("POST", "/legal/v1/" + token + "/sign").status, 204);
        QCOMPARE(bench.ask("GET", "/console/v1/seals", {}, admin).body.at("seals").at(0).at("state").get<std::string>(), std::string("active"));
        QCOMPARE(bench.ask("POST", "/legal/v1/" + token + "/refuse").code(), std::string("HF-728")); // once
        QCOMPARE(bench.ask("GET", "/legal/v1/" + token + "/seal").code(), std::string("HF-728"));
    }
};

QTEST_GUILESS_MAIN(TestCompanyApi)
#include "test_company_api.moc"
