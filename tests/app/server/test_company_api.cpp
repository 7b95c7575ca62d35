// The companies' end points: who may do what, and what an ended grant takes with it. In memory.
#include "gateway_rig.h"

#include "app/server/account_watch.h"
#include "app/server/company_api.h"
#include "tests/support/company_fakes.h"

using namespace hufu;
using namespace hufu::tests;
using nlohmann::json;

namespace {

struct Console : GatewayRig {
    enterprise::Ports world{ledger, masterKey, random, clock};
    enterprise::NoSealedBids bids;
    MemoryCashier cashier;
    enterprise::ConsoleSessions console{world, smsCodes};
    enterprise::Staff staff{world};
    enterprise::Seats seats{world, bids};
    enterprise::Grants grants{world, bids, watch};
    enterprise::Orders orders{world, cashier, {}};
    enterprise::Wallet wallet{world};
    server::Companies companies{console, staff, seats, grants, orders, wallet};
    net::Router router;
    server::Routes routes{router, log, clock};

    Console() { server::addCompanyApi(routes, companies); }

    struct Answer {
        int status = 0;
        json body;
        std::string code() const { return body.is_object() ? body.value("code", "") : ""; }
    };
    Answer ask(std::string_view method, const std::string &target, const json &body = json::object(), const std::string &token = "")
    {
        net::Request request;
        request.method = method;
        request.target = target;
        if (!net::splitTarget(request)) qFatal("target");
        request.body = bytesOf(viewOf(body.dump()));
        if (!token.empty()) request.headers = {{"authorization", "Bearer " + token}};
        const auto match = router.find(method, request.path);
        if (match.route == nullptr) qFatal("no route: %s", target.c_str());
        request.parameters = match.parameters;
        Answer answer;
        match.route->handler(request, [&](net::Response response) {
            answer.status = response.status;
            answer.body = json::parse(response.body.begin(), response.body.end(), nullptr, false);
        });
        return answer;
    }
    std::string logIn(const std::string &phone, const std::string &creditCode = "91110108MA0DEM0P1T")
    {
        ask("POST", "/console/v1/codes", {{"creditCode", creditCode}, {"phoneNumber", phone}});
        const auto opened = ask("POST", "/console/v1/sessions", {{"creditCode", creditCode}, {"phoneNumber", phone}, {"code", gateway.digits()}});
        if (opened.status != 201) qFatal("no log-in");
        return opened.body.at("token");
    }
    json order(int quantity = 1) const
    {
        return {{"idempotencyKey", "k1"}, {"kind", "seats"}, {"quantity", quantity}, {"buyerName", "虎符演示建设有限公司"},
                {"buyerCode", "91110108MA0DEM0P1T"}, {"agreements", {{{"id", "order"}, {"version", 1}}}}};
    }
    const std::string adminPhone = "13800138000";
};

// Each end point with a body that an administrator could send. {id} is a thing of the kind that is none of theirs.
struct EndPoint {
    const char *method, *path;
    json body;
};

std::vector<EndPoint> endPoints(const Console &bench)
{
    const json staff = {{"name", "王五"}, {"phoneNumber", "13700137001"}, {"staffNumber", "X1"}};
    const json invoice = {{"title", "甲"}, {"taxCode", "914403001922038216"}, {"mail", "a@b.cn"}};
    return {{"GET", "/console/v1/staff", {}},
            {"POST", "/console/v1/staff", staff},
            {"PUT", "/console/v1/staff/{id}", staff},
            {"DELETE", "/console/v1/staff/{id}", {}},
            {"POST", "/console/v1/staff/{id}/disable", {}},
            {"POST", "/console/v1/staff/{id}/enable", {}},
            {"GET", "/console/v1/seats", {}},
            {"GET", "/console/v1/grants", {}},
            {"POST", "/console/v1/grants", {{"person", std::string(32, '9')}}},
            {"POST", "/console/v1/grants/{id}/code", {}},
            {"POST", "/console/v1/grants/{id}/suspend", {}},
            {"POST", "/console/v1/grants/{id}/resume", {}},
            {"GET", "/console/v1/grants/{id}/hand-over", {}},
            {"POST", "/console/v1/grants/{id}/end", {{"handOverSeen", true}}},
            {"GET", "/console/v1/orders", {}},
            {"POST", "/console/v1/orders", bench.order()},
            {"GET", "/console/v1/orders/{id}", {}},
            {"POST", "/console/v1/orders/{id}/payment", {}},
            {"POST", "/console/v1/orders/{id}/balance", {}},
            {"POST", "/console/v1/orders/{id}/cancel", {}},
            {"POST", "/console/v1/orders/{id}/invoice", invoice},
            {"GET", "/console/v1/wallet", {}}};
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
    // The role table: every end point is the administrator's alone.
    void endPoint_eachForEachRole_isTheAdministrators()
    {
        using namespace enterprise;
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const Actor actor{bench.demo.company, *bench.staff.personOf(bench.demo.company, bench.adminPhone)};
        std::vector<std::string> others;
        for (const std::uint8_t role : {role::kSealAdministrator, role::kApprover, role::kBidStaff}) {
            const std::string phone = "1360013600" + std::to_string(role);
            if (!bench.staff.add(actor, {{"员工", phone, "", "S" + std::to_string(role)}, role, ""})) qFatal("no staff");
            others.push_back(bench.logIn(phone));
        }
        const auto rows = bench.ledger.rows;
        for (const EndPoint &point : endPoints(bench)) {
            const std::string path = withId(point.path, std::string(32, '9'));
            const std::string label = std::string(point.method) + " " + path;
            for (const std::string &token : others) {
                const auto answer = bench.ask(point.method, path, point.body, token);
                QVERIFY2(answer.status == 403 && answer.code() == "HF-761", label.c_str());
            }
            for (const std::string &token : {std::string(), std::string("rubbish"), std::string(64, '0')}) {
                const auto answer = bench.ask(point.method, path, point.body, token);
                QVERIFY2(answer.status == 401 && answer.code() == "HF-102", label.c_str());
            }
            QVERIFY2(bench.ledger.rows == rows, label.c_str());
        }
        for (const EndPoint &point : endPoints(bench)) {
            const int status = bench.ask(point.method, withId(point.path, std::string(32, '9')), point.body, admin).status;
            const bool aboutOne = std::string_view(point.path).find("{id}") != std::string_view::npos || point.body.contains("person");
            QVERIFY2(aboutOne ? status == 404 : status == 200 || status == 201, point.path);
        }
    }

    // Whatever is another company's answers like what is nobody's.
    void identifier_ofAnotherCompany_isLikeNobodys()
    {
        Console bench;
        const auto company = bench.enterprise.addCompany({"别家", "914403001922038216", {}});
        const auto person = bench.enterprise.addPerson(*company, {"丙", "13500135000", "", "1"});
        const auto seat = bench.enterprise.addSeat(*company, bench.clock.wall + 86'400'000);
        const auto grant = bench.enterprise.openGrant(*person, *seat);
        auto theirs = bench.order();
        theirs["buyerName"] = "别家";
        theirs["buyerCode"] = "914403001922038216";
        const auto order = bench.ask("POST", "/console/v1/orders", theirs, bench.logIn("13500135000", "914403001922038216"));
        QCOMPARE(order.status, 201);
        const std::string admin = bench.logIn(bench.adminPhone);
        for (const EndPoint &point : endPoints(bench)) {
            const std::string path = point.path;
            if (path.find("{id}") == std::string::npos) continue;
            const std::string id = path.find("/staff/") != std::string::npos    ? toHex(*person)
                                   : path.find("/grants/") != std::string::npos ? toHex(grant->grant)
                                                                                : order.body.at("id").get<std::string>();
            const auto rows = bench.ledger.rows;
            const auto theirAnswer = bench.ask(point.method, withId(path, id), point.body, admin);
            const auto nobodys = bench.ask(point.method, withId(path, std::string(32, '9')), point.body, admin);
            QVERIFY2(theirAnswer.status == 404 && theirAnswer.body == nobodys.body, point.path);
            QVERIFY2(bench.ledger.rows == rows, point.path);
        }
        const auto given = bench.ask("POST", "/console/v1/grants", {{"person", toHex(*person)}}, admin);
        QVERIFY(given.status == 404 && given.body == bench.ask("POST", "/console/v1/grants", {{"person", std::string(32, '9')}}, admin).body);
    }

    void seat_orderedAndPaid_isGranted()
    {
        Console bench;
        const std::string admin = bench.logIn(bench.adminPhone);
        const auto person = bench.ask("POST", "/console/v1/staff",
                                      {{"name", "王五"}, {"phoneNumber", "13700137001"}, {"staffNumber", "X1"}, {"roles", {"bid-staff", "approver"}}}, admin);
        QCOMPARE(person.status, 201);
        QCOMPARE(bench.ask("POST", "/console/v1/grants", {{"person", person.body.at("id")}}, admin).code(), std::string("HF-744"));
        const auto order = bench.ask("POST", "/console/v1/orders", bench.order(), admin);
        QCOMPARE(order.body.at("totalCents").get<int>(), 20'000);
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
        QCOMPARE(bench.ask("POST", path + "/end", {{"handOverSeen", true}}, admin).status, 204);
        QCOMPARE(bench.enterprise.holderOf(acct).error().code, Errc::notFound);
        const auto records = bench.authority.findByHolder(acct);
        QCOMPARE(records->size(), std::size_t(2));
        for (const auto &record : *records)
            QVERIFY(record.revocation.has_value());
        phone::Approval flow(phone.environment);
        QVERIFY(phone.approve(flow, bench.frameOf(started)).show != Show::done);
        QVERIFY(bench.ask("GET", "/console/v1/seats", {}, admin).body.at("seats").front().at("person").is_null());
        QCOMPARE(bench.ask("POST", path + "/end", {{"handOverSeen", true}}, admin).status, 409); // once
        QVERIFY(audit::verify(bench.ledger)->intact());
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
        }
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
};

QTEST_GUILESS_MAIN(TestCompanyApi)
#include "test_company_api.moc"
