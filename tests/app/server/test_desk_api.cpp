// The desk's end points over HTTP requests, in memory: its seals, and what it is told before anybody is shown a code.
#include "api_book.h"
#include "gateway_rig.h"

#include "app/server/desk_api.h"
#include "shield/desk/desk_key.h"
#include "shield/documents/ses_seal.h"
#include "tests/support/company_fakes.h"

using namespace hufu;
using namespace hufu::tests;
using nlohmann::json;

namespace {

constexpr char kSeals[] = "/desk/v1/seals", kSessions[] = "/desk/v1/sessions";

// A phone that is activated and has enrolled the desk.
struct Desk : GatewayRig {
    RigPhone phone{*this};
    enterprise::Ports ports{ledger, masterKey, random, clock};
    MemoryServiceKey serviceKey;
    enterprise::Confirmations confirmations{ports, smsCodes, {{1, &faces}}, serviceKey};
    enterprise::SealGrants grants{ports, confirmations};
    net::Router router;
    server::Routes routes{router, log, clock};
    server::DeskApi api{services};
    crypto::Ed25519Key stranger = crypto::Ed25519Key::generate(random);
    int asked = 0;

    explicit Desk(const enterprise::Policy &wanted = {}) : GatewayRig(wanted)
    {
        api.add(routes);
        if (phone.activate().show != Show::done || phone.enrolDesk().show != Show::done) qFatal("not ready");
    }

    struct Answer {
        int status = 0;
        json body;
        std::string code() const { return body.is_object() ? body.value("code", "") : ""; }
    };
    Answer ask(std::string_view method, const std::string &path, const json &body = {}, const crypto::Ed25519Key *key = nullptr)
    {
        clock.advance(1); // no two requests of a desk are the same
        const crypto::Ed25519Key &signer = key != nullptr ? *key : deskKey;
        net::Request request;
        request.method = method;
        request.target = path;
        if (!net::splitTarget(request)) qFatal("target");
        if (!body.is_null()) request.body = bytesOf(viewOf(body.dump()));
        const std::string time = std::to_string(clock.unixMs());
        const Bytes covered = desk::requestBytes(method, path, clock.unixMs(), request.body);
        request.headers = {{"hufu-desk", toHex(intent::deskIdOf(signer.publicKey()))}, {"hufu-time", time}, {"hufu-signature", toHex(signer.sign(covered))}};
        const net::Response response = answered(router, std::move(request));
        return Answer{response.status, json::parse(response.body.begin(), response.body.end(), nullptr, false)};
    }
    // All but what each request leaves, so that nobody sends it once more.
    auto rows() const
    {
        auto kept = ledger.rows;
        std::erase_if(kept, [](const auto &row) { return row.first.first == ports::Table::session && (row.first.second.front() == 'n' || row.first.second.front() == 'r'); });
        return kept;
    }
    Answer start(json draft) { return ask("POST", kSessions, {{"idempotencyKey", "start " + std::to_string(asked++)}, {"manifest", std::move(draft)}}); }
    enterprise::Actor administrator()
    {
        const auto holder = *enterprise.holderOf(phone.acct());
        return {holder.companyId, holder.personId};
    }
    static json file(const char *name = "投标文件.pdf") { return {{"name", name}, {"size", 9}, {"sm3", toHex(crypto::sm3(viewOf(std::string_view("covered"))))}}; }
    json stamp(const json &seal, const Bytes *electronic = nullptr)
    {
        json used{{"grant", seal.at("grant")}, {"kind", seal.at("kind")}, {"name", seal.at("name")}, {"purpose", seal.at("purpose")}, {"pages", "3"}};
        if (electronic != nullptr) used["electronic"] = toHex(crypto::sm3(*electronic));
        json one = file();
        one["pages"] = 3;
        one["seals"] = {used};
        return {{"act", "seal"}, {"form", electronic != nullptr ? "ses" : "cms"}, {"project", {{"id", "P-1"}, {"name", "某某大桥"}}}, {"files", {one}}};
    }
};

enterprise::Policy ofSuiteTwo()
{
    enterprise::Policy policy;
    policy.suite = crypto::Suite::frost;
    return policy;
}

} // namespace

class TestDeskApi : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanupTestCase()
    {
        QVERIFY2(apiBook().untold().empty(), apiBook().untold().c_str()); // answered, and openapi.yaml does not say so
    }

    void seals_ofTheDesksPeople_areTold()
    {
        Desk desk;
        const auto answer = desk.ask("GET", kSeals);
        QCOMPARE(answer.status, 200);
        const json &holders = answer.body.at("holders");
        QCOMPARE(holders.size(), std::size_t{1});
        QVERIFY(holders.at(0).at("person") == "张三");
        const json &seals = holders.at(0).at("seals");
        QCOMPARE(seals.size(), std::size_t{2});
        for (const json &seal : seals) {
            QCOMPARE(seal.at("grant").get<std::string>().size(), std::size_t{32});
            QVERIFY(seal.at("untilMs").get<std::int64_t>() > desk.clock.unixMs());
            QVERIFY(!seal.at("name").get<std::string>().empty());
        }
        // Grants come and go.
        const auto grant = *fixedBytes<16>(*fromHex(seals.at(0).at("grant").get<std::string>()));
        QVERIFY(desk.grants.suspend(desk.administrator(), grant));
        QCOMPARE(desk.ask("GET", kSeals).body.at("holders").at(0).at("seals").size(), std::size_t{1});
    }
    void seals_forADeskThatNobodyEnrolled_areRefused()
    {
        Desk desk;
        const std::string grant = desk.ask("GET", kSeals).body.at("holders").at(0).at("seals").at(0).at("grant");
        const auto rows = desk.rows();
        for (const std::string &path : {std::string(kSeals), std::string(kSeals) + "/" + grant + "/electronic"}) {
            const auto answer = desk.ask("GET", path, {}, &desk.stranger);
            QCOMPARE(answer.status, 401);
            QCOMPARE(answer.code(), std::string("HF-205"));
        }
        QVERIFY(desk.rows() == rows);
    }
    // The desk forgets its enrolment on HF-205: a row that does not open is no reason.
    // Whoever has typed wrong PINs opens nothing until the lock has passed, and is told apart from who has no key.
    void certificates_ofWhoeverIsLocked_sayThatNothingOpensNow()
    {
        Desk desk;
        const auto holder = [&desk] { return desk.ask("GET", "/desk/v1/certificates").body.at("holders").at(0); };
        QVERIFY(holder().at("canOpen") == true && holder().at("locked") == false);
        for (int wrong = 1; wrong <= 3; ++wrong) {
            phone::Approval flow(desk.phone.environment);
            desk.phone.approve(flow, desk.frameOf(static_cast<GatewayRig &>(desk).start(R"({"act":"login"})")), "482913");
        }
        const json locked = holder();
        QVERIFY(locked.at("canOpen") == false && locked.at("locked") == true);
        QCOMPARE(locked.at("opening").size(), std::size_t{1});
        desk.clock.advance(60'000);
        QVERIFY(holder().at("canOpen") == true && holder().at("locked") == false);
    }
    // A desk learns what the company asks, and one that does not know of it is told so before anybody scans.
    void opening_underAPolicyThatNamesCiphertexts_namesThem()
    {
        for (const bool isAsked : {false, true}) {
            enterprise::Policy policy;
            policy.namedCiphertext = isAsked;
            Desk desk(policy);
            const json holder = desk.ask("GET", "/desk/v1/certificates").body.at("holders").at(0);
            QVERIFY(holder.at("namedCiphertext") == isAsked);
            json file{{"name", "key.der"}, {"size", 150}, {"sm3", std::string(64, '7')}};
            json draft{{"act", "decrypt"}, {"deskKey", std::string(64, '7')}, {"files", {file}}};
            file["c1"] = "04" + std::string(128, '1');
            json named = draft;
            named["files"] = {file};
            const auto rows = desk.rows();
            const auto refused = desk.start(isAsked ? draft : named);
            QVERIFY(refused.status == 400 && refused.code() == "HF-100");
            const auto ofOne = desk.ask("POST", kSessions, {{"idempotencyKey", "of one"}, {"account", holder.at("account")}, {"manifest", isAsked ? draft : named}});
            QVERIFY(ofOne.status == 400 && ofOne.code() == "HF-100");
            QVERIFY(desk.rows() == rows);
            QCOMPARE(desk.start(isAsked ? named : draft).status, 201);
        }
    }
    // By which the desk tells of a sender whose certificate was revoked since; a desk need not ask for them on its own at the opening hour.
    void certificates_bringTheListsOfWhatIsRevoked()
    {
        Desk desk;
        const auto revocationOf = [&desk](const Bytes &serial) -> std::optional<x509::Revocation> {
            const json lists = desk.ask("GET", "/desk/v1/certificates").body.at("revocationLists");
            if (lists.size() != 2) qFatal("not two lists");
            const auto list = x509::RevocationList::parseAny(viewOf(lists.at(0).get_ref<const std::string &>()));
            if (!list || !list->verify(desk.authority.issuing()) || desk.clock.unixMs() >= list->nextUpdateMs()) qFatal("no list of now");
            return list->find(serial);
        };
        const auto own = desk.authority.findByHolder(desk.phone.acct());
        QVERIFY(own && !own->empty());
        const Bytes serial = own->front().certificate.serial();
        QVERIFY(!revocationOf(serial));
        QVERIFY(desk.revoke(desk.phone.acct(), own->front().kind));
        desk.clock.advance(1'000);
        QVERIFY(revocationOf(serial));
    }
    void enrolment_ofADeskWhoseRowDoesNotOpen_isNotCalledUnknown()
    {
        Desk desk;
        int damaged = 0;
        for (auto &[key, value] : desk.ledger.rows)
            if (key.first == ports::Table::desk && key.second.front() == 'd') {
                value.back() ^= 1;
                ++damaged;
            }
        QCOMPARE(damaged, 1);
        const auto answer = desk.ask("GET", "/desk/v1/enrolment");
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.code(), std::string("HF-102"));
        const auto unknown = desk.ask("GET", "/desk/v1/enrolment", {}, &desk.stranger);
        QCOMPARE(unknown.status, 401);
        QCOMPARE(unknown.code(), std::string("HF-205"));
    }
    void electronicSeal_ofAGrant_isGivenAndHolds()
    {
        Desk desk;
        const json seal = desk.ask("GET", kSeals).body.at("holders").at(0).at("seals").at(0);
        const std::string path = std::string(kSeals) + "/" + seal.at("grant").get<std::string>() + "/electronic";
        const auto answer = desk.ask("GET", path);
        QCOMPARE(answer.status, 200);
        const Bytes der = *fromHex(answer.body.at("seal").get<std::string>());
        const auto parsed = documents::SesSeal::parse(der);
        QVERIFY(parsed);
        QVERIFY(parsed->info.name == seal.at("name").get<std::string>());
        const auto records = *desk.authority.findByHolder(desk.phone.acct());
        for (const auto &record : records)
            QCOMPARE(parsed->info.names(record.certificate), record.kind == x509::KeyKind::sign);
        QVERIFY(desk.ask("GET", path).body == answer.body); // the one that is kept
        const auto started = desk.start(desk.stamp(seal, &der));
        QCOMPARE(started.status, 201);
        QVERIFY(started.body.at("tbsWanted") == 1);
    }
    // Whoever has one of them may be about to sign under it.
    void electronicSeal_askedForTwiceAtOnce_isOne()
    {
        Desk desk;
        const std::string path = std::string(kSeals) + "/" + desk.ask("GET", kSeals).body.at("holders").at(0).at("seals").at(0).at("grant").get<std::string>() + "/electronic";
        json other;
        desk.sealStudio.meanwhile = [&] { other = desk.ask("GET", path).body; };
        const auto answer = desk.ask("GET", path);
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.body == other);
        QVERIFY(desk.ask("GET", path).body == other);
    }
    void electronicSeal_ofNoOrAnEndedGrant_isRefused()
    {
        Desk desk;
        const std::string grant = desk.ask("GET", kSeals).body.at("holders").at(0).at("seals").at(0).at("grant");
        const auto at = [](const std::string &id) { return std::string(kSeals) + "/" + id + "/electronic"; };
        QCOMPARE(desk.ask("GET", at("xyz")).status, 404);
        QVERIFY(desk.grants.suspend(desk.administrator(), *fixedBytes<16>(*fromHex(grant))));
        const auto rows = desk.rows();
        for (const std::string &id : {std::string(32, '7'), grant}) {
            const auto answer = desk.ask("GET", at(id));
            QCOMPARE(answer.status, 403);
            QCOMPARE(answer.code(), std::string("HF-768"));
        }
        QVERIFY(desk.rows() == rows);
    }

    // Who holds an Ed25519 key hears it before a code is shown.
    void cmsSealAndBid_whereAllKeysAreEd25519_getNoSession_data()
    {
        QTest::addColumn<QString>("draft");
        QTest::newRow("cms") << QStringLiteral(R"({"act":"sign","form":"cms"})");
        QTest::newRow("bid") << QStringLiteral(R"({"act":"encrypt","form":"cms","project":{"id":"P","name":"P"},"recipients":["张三"],"soleReason":"出差"})");
        QTest::newRow("stamp") << QString();
    }
    void cmsSealAndBid_whereAllKeysAreEd25519_getNoSession()
    {
        QFETCH(QString, draft);
        Desk desk(ofSuiteTwo()), able;
        const auto draftOf = [&draft](Desk &of) {
            if (draft.isEmpty()) return of.stamp(of.ask("GET", kSeals).body.at("holders").at(0).at("seals").at(0));
            json one = json::parse(draft.toStdString());
            one["files"] = {Desk::file()};
            return one;
        };
        const json wanted = draftOf(desk);
        const auto rows = desk.rows();
        const auto refused = desk.start(wanted);
        QCOMPARE(refused.status, 403);
        QCOMPARE(refused.code(), std::string("HF-628"));
        QVERIFY(desk.rows() == rows);
        QCOMPARE(able.start(draftOf(able)).status, 201);
    }
    void bid_forAnOpeningThatIsOver_getsNoSession()
    {
        Desk desk;
        const auto bid = [&desk](std::int64_t fromNow) {
            return json{{"act", "encrypt"}, {"form", "cms"}, {"project", {{"id", "P"}, {"name", "P"}}}, {"recipients", {"张三"}}, {"soleReason", "出差"},
                        {"deadline", desk.clock.unixMs() + fromNow}, {"files", {Desk::file()}}};
        };
        const auto rows = desk.rows();
        for (const std::int64_t over : {std::int64_t{0}, std::int64_t{-1}, -3 * opening::kDayMs}) {
            const auto refused = desk.start(bid(over));
            QCOMPARE(refused.status, 403);
            QCOMPARE(refused.code(), std::string("HF-618"));
        }
        QVERIFY(desk.rows() == rows);
        QCOMPARE(desk.start(bid(60'000)).status, 201);
    }
    void bareSignatureAndLogIn_withAnEd25519Key_getTheirSession()
    {
        Desk desk(ofSuiteTwo());
        QCOMPARE(desk.start({{"act", "login"}}).status, 201);
        QCOMPARE(desk.start({{"act", "sign"}, {"form", "bare"}, {"files", {Desk::file("a.txt")}}}).status, 201);
    }
};

QTEST_GUILESS_MAIN(TestDeskApi)
#include "test_desk_api.moc"
