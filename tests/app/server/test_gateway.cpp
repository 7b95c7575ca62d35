// What the server lets a person do, and what no longer: certificates and seats that end.
#include "gateway_rig.h"

#include "shield/documents/ses_signature.h"
#include "shield/phone/desk_fetch.h"
#include "shield/phone/evidence_fetch.h"
#include "shield/phone/record_fetch.h"
#include "shield/sessions/desk_rows.h"

#include "shield/crypto/sm2.h"
#include "tests/support/company_fakes.h"
#include "shield/intent/tbs.h"
#include "shield/x509/sm2_der.h"

using namespace hufu;
using namespace hufu::tests;

namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kYearMs = 365 * kDayMs;
constexpr std::string_view kLogin = R"({"act":"login"})";

// Activated, with the desk enrolled long ago.
struct Ready : GatewayRig {
    RigPhone phone{*this};
    // The company's own side, where seals are kept.
    struct Office {
        enterprise::Ports ports;
        enterprise::Confirmations confirmations;
        enterprise::Seals seals{ports, confirmations};
        enterprise::SealGrants grants{ports, confirmations};
    };
    MemoryServiceKey serviceKey;
    Office office{{ledger, masterKey, random, clock}, {{ledger, masterKey, random, clock}, smsCodes, {{1, &faces}}, serviceKey}};
    enterprise::Actor administrator()
    {
        const auto holder = *enterprise.holderOf(phone.acct());
        return {holder.companyId, holder.personId}; // the demo company's first person
    }

    explicit Ready(const enterprise::Policy &wanted = {}) : GatewayRig(wanted)
    {
        if (phone.activate().show != Show::done) qFatal("not activated");
        if (phone.enrolDesk().show != Show::done) qFatal("not enrolled");
        clock.advance(2 * kDayMs);
    }
    phone::Step logIn(sessions::Token *token = nullptr, phone::Approval *flow = nullptr)
    {
        const auto started = start(kLogin);
        if (token != nullptr) *token = started.token;
        phone::Approval own(phone.environment);
        return phone.approve(flow != nullptr ? *flow : own, frameOf(started));
    }
    // A bid's key, opened by the phone for the desk. isNamed: the manifest names the ciphertext.
    phone::Step open(sessions::Token *token = nullptr, phone::Approval *flow = nullptr, bool isNamed = false)
    {
        const auto point = *cosigner->device(phone.acct())->encrypt.point.sm2();
        const auto sealed = *crypto::sm2Encrypt(point, viewOf(std::string_view("a bid's key")), random);
        const Bytes der = *x509::sm2CipherDer(sealed);
        const std::string named = isNamed ? R"(,"c1":")" + toHex(*sealed.c1.encode()) + '"' : std::string();
        const auto started = start(R"({"act":"decrypt","deskKey":")" + std::string(64, '7') +
                                   R"(","files":[{"name":"key.der","size":)" + std::to_string(der.size()) +
                                   R"(,"sm3":")" + toHex(crypto::sm3(der)) + '"' + named + "}]}");
        if (token != nullptr) *token = started.token;
        if (!sessions.attachTbs({sessions::OriginKind::desk, deskId}, started.token, 0, der))
            qFatal("no ciphertext");
        phone::Approval own(phone.environment);
        return phone.approve(flow != nullptr ? *flow : own, frameOf(started));
    }
};

} // namespace

class TestGateway : public QObject {
    Q_OBJECT

    // The flow stopped with that code, and the catalogue can tell of it in both languages.
    static void checkStops(const phone::Step &step, int code)
    {
        QCOMPARE(step.show, Show::stopped);
        QCOMPARE(codeOf(step), code);
        const auto known = catalogue::codeOf(static_cast<std::uint16_t>(code));
        QVERIFY(known);
        const auto &entry = catalogue::entryOf(*known);
        QVERIFY(!entry.titleZh.empty() && !entry.titleEn.empty() && !entry.stepsZh.empty() && !entry.stepsEn.empty());
    }
    static void activateAnother(Ready &rig, RigPhone &other)
    {
        const auto company = (*rig.enterprise.holderOf(rig.phone.acct())).companyId;
        const auto person = *rig.enterprise.addPerson(company, {"李四", "13900139000", "", "HF0002"});
        const auto seat = *rig.enterprise.addSeat(company, rig.clock.wall + kYearMs);
        rig.demo.code = (*rig.enterprise.openGrant(person, seat)).code;
        rig.demo.phoneNumber = "13900139000";
        QCOMPARE(other.activate().show, Show::done);
    }

    static std::vector<enterprise::UsableSeal> sealsOf(Ready &rig)
    {
        const auto holder = *rig.enterprise.holderOf(rig.phone.acct());
        auto transaction = std::move(*rig.ledger.begin());
        return *enterprise::usableSeals(*transaction, rig.office.ports, {holder.companyId, holder.personId});
    }
    static std::vector<enterprise::Seals::Entry> historyOf(Ready &rig, const enterprise::UsableSeal &seal)
    {
        return *rig.office.seals.history(rig.administrator(), seal.terms.seal);
    }
    // A document of three pages with these seals on it.
    static std::string stampDraft(const std::vector<enterprise::UsableSeal> &seals)
    {
        nlohmann::json file = {{"name", "投标文件.pdf"}, {"size", 9}, {"pages", 3}, {"sm3", toHex(crypto::sm3(viewOf(std::string_view("covered"))))}};
        for (const auto &seal : seals) {
            const auto kind = intent::nameOf(static_cast<intent::SealKind>(seal.face.kind));
            file["seals"].push_back({{"grant", toHex(seal.grant)}, {"kind", kind}, {"name", seal.face.name}, {"purpose", seal.terms.purpose}, {"pages", "3"}, {"riding", "1-3"},
                                     {"style", seal.face.style}});
            if (!seal.face.number.empty()) file["seals"].back()["number"] = seal.face.number;
        }
        const nlohmann::json draft = {{"act", "seal"}, {"form", "cms"}, {"project", {{"id", "P-1"}, {"name", "某某大桥"}}}, {"files", {file}}};
        return draft.dump();
    }

    static std::string sesDraft(const enterprise::UsableSeal &seal, const Bytes &electronic)
    {
        auto draft = nlohmann::json::parse(stampDraft({seal}));
        draft["form"] = "ses";
        draft["files"][0]["seals"][0]["electronic"] = toHex(crypto::sm3(electronic));
        return draft.dump();
    }

    enum End { expired, revoked, seat };
    static void bring(Ready &rig, int end)
    {
        if (end == revoked) {
            QVERIFY(rig.revoke(rig.phone.acct(), x509::KeyKind::sign));
            QVERIFY(rig.revoke(rig.phone.acct(), x509::KeyKind::encrypt));
            return;
        }
        // Seat and certificate are a year old together: the one that is not meant goes on.
        if (end == expired) QVERIFY(rig.enterprise.renewSeat(rig.phone.acct(), rig.clock.wall + 3 * kYearMs));
        if (end == seat) QVERIFY(rig.enterprise.renewSeat(rig.phone.acct(), rig.clock.wall + kDayMs));
        rig.clock.advance(end == expired ? kYearMs : kDayMs);
    }
    static void ends()
    {
        QTest::addColumn<int>("end");
        QTest::addColumn<int>("code");
        QTest::newRow("expired") << int(expired) << 609;
        QTest::newRow("revoked") << int(revoked) << 601;
        QTest::newRow("seat") << int(seat) << 409;
    }

private Q_SLOTS:
    void account_inForce_doesAll()
    {
        Ready rig;
        QCOMPARE(rig.logIn().show, Show::done);
        QCOMPARE(rig.open().show, Show::done);
    }

    void policyOfSuiteTwo_givesTheDeviceAnEd25519SignKey()
    {
        enterprise::Policy policy;
        policy.suite = crypto::Suite::frost;
        Ready rig(policy);
        const auto device = *rig.cosigner->device(rig.phone.acct());
        QVERIFY(device.sign.point.suite() == crypto::Suite::frost);
        QVERIFY(device.encrypt.point.suite() == crypto::Suite::sm2);
        const auto certificates = *rig.acts.certificates(rig.phone.acct());
        QVERIFY(x509::Certificate::parse(certificates.sign)->publicKey() == device.sign.point);
        sessions::Token token{};
        QCOMPARE(rig.logIn(&token).show, Show::done);
        const auto view = rig.look(token);
        QVERIFY(device.sign.point.verify(*intent::buildTbs(*intent::Manifest::parse(view.manifest), 0),
                                         view.signatures.at(0).signature));
        QCOMPARE(rig.open().show, Show::done);
    }

    void cmsForAnEd25519Key_isRefusedBeforeThePin()
    {
        enterprise::Policy policy;
        policy.suite = crypto::Suite::frost;
        Ready rig(policy);
        const auto started = rig.start(R"({"act":"sign","form":"cms","files":[{"name":"a.txt","size":3,"sm3":")" +
                                       toHex(crypto::sm3(viewOf(std::string_view("abc")))) + R"("}]})");
        phone::Approval flow(rig.phone.environment);
        const auto step = rig.phone.untilPin(flow, rig.frameOf(started));
        QCOMPARE(step.show, Show::stopped);
        QCOMPARE(codeOf(step), static_cast<int>(catalogue::Code::notForThisKey));
        QCOMPARE(rig.cosigner->device(rig.phone.acct())->lock.run, 0U);
    }

    void refusal_asAnAttack_isRecordedAsOne_andAPlainOneIsNot()
    {
        Ready rig;
        for (const auto reason : {wire::RefuseReason::person, wire::RefuseReason::notMine}) {
            const auto started = rig.start(kLogin);
            phone::Approval flow(rig.phone.environment);
            QCOMPARE(rig.phone.run(flow, flow.claim(rig.frameOf(started).text(), rig.clock.monotonicMs())).show, Show::approve);
            QCOMPARE(rig.phone.run(flow, flow.refuse(reason)).show, Show::refused);
            QCOMPARE(rig.look(started.token).state, sessions::State::refused);
            QCOMPARE(rig.countOf(rig.phone.acct(), audit::Event::attackReported), reason == wire::RefuseReason::person ? 0U : 1U);
        }
        QCOMPARE(rig.countOf(rig.phone.acct(), audit::Event::sessionRefused), 2U);
    }

    void lock_byWrongPins_endsTheSessionForTheDesk()
    {
        Ready rig;
        const auto started = rig.start(kLogin);
        phone::Approval flow(rig.phone.environment);
        QCOMPARE(rig.phone.untilPin(flow, rig.frameOf(started)).show, Show::pin);
        for (int wrong = 1; wrong <= 3; ++wrong) {
            QCOMPARE(rig.look(started.token).state, sessions::State::claimed);
            const auto step = rig.phone.run(flow, flow.pin(pinOf("284615")));
            QCOMPARE(codeOf(step), wrong < 3 ? 300 : 301);
        }
        QCOMPARE(rig.look(started.token).state, sessions::State::failed);
        QCOMPARE(rig.look(started.token).ending, sessions::Ending::deviceLocked);
        // and the next one, as soon as the phone takes it
        sessions::Token token{};
        QCOMPARE(codeOf(rig.logIn(&token)), 301);
        QCOMPARE(rig.look(token).ending, sessions::Ending::deviceLocked);
        rig.clock.advance(60'000);
        QCOMPARE(rig.logIn(&token).show, Show::done);
        QCOMPARE(rig.look(token).state, sessions::State::approved);
    }

    void signShare_destroyed_pinChangeGoesOnWithTheOther()
    {
        Ready rig;
        const auto acct = rig.phone.acct();
        for (int wrong = 0; wrong < 30; ++wrong) {
            rig.clock.advance(kDayMs + 1);
            if (rig.cosigner->device(acct)->lock.standing == cosigner::Standing::frozen)
                QVERIFY(rig.cosigner->unfreeze(acct));
            const auto started = rig.start(kLogin);
            phone::Approval flow(rig.phone.environment);
            QCOMPARE(rig.phone.untilPin(flow, rig.frameOf(started)).show, Show::pin);
            rig.phone.run(flow, flow.pin(pinOf("284615")));
        }
        QVERIFY(rig.cosigner->device(acct)->sign.state == cosigner::KeyState::destroyed);
        QVERIFY(rig.cosigner->unfreeze(acct));
        sessions::Token token{};
        QCOMPARE(codeOf(rig.logIn(&token)), 307);
        QCOMPARE(rig.look(token).ending, sessions::Ending::deviceBlocked);
        QCOMPARE(rig.open(&token).show, Show::done);

        phone::PinChange flow(rig.phone.environment);
        QCOMPARE(rig.phone.run(flow, flow.start()).show, Show::sms);
        QCOMPARE(rig.phone.run(flow, flow.smsCode(rig.gateway.digits())).show, Show::pin);
        rig.phone.run(flow, flow.pin(pinOf(RigPhone::kPin)));
        rig.phone.run(flow, flow.newPin(pinOf("482615")));
        QCOMPARE(rig.phone.run(flow, flow.repeatPin(pinOf("482615"))).show, Show::done);
        QCOMPARE(rig.cosigner->device(acct)->lock.total, 0U);
        QVERIFY(rig.phone.vault.shares()->front().sign.isGone());
    }

    // A phone that would rather not ask its person for the SMS code.
    void enrol_withoutTheSmsThatIsAskedFor_isRefused()
    {
        GatewayRig rig;
        RigPhone phone(rig);
        QCOMPARE(phone.activate().show, Show::done);
        phone.onAnswer = [](Bytes &answer) {
            auto claimed = wire::decode<wire::Claimed>(answer);
            if (!claimed) return;
            claimed->factors &= static_cast<std::uint8_t>(~wire::factor::kSms);
            answer = wire::encode(*claimed);
        };
        QCOMPARE(codeOf(phone.enrolDesk()), static_cast<int>(catalogue::Code::factorMissing));
        QVERIFY(rig.sessions.desksOf(phone.acct())->empty());
        QCOMPARE(rig.cosigner->device(phone.acct())->lock.total, 0U);
    }

    void refresh_whenDue_needsNoSession()
    {
        Ready rig;
        rig.clock.advance(30 * kDayMs);
        const auto started = rig.start(kLogin);
        phone::Approval flow(rig.phone.environment);
        QCOMPARE(rig.phone.approve(flow, rig.frameOf(started)).show, Show::done);
        const auto refresh = flow.takeRefresh();
        QVERIFY(refresh != nullptr);
        QCOMPARE(rig.phone.run(*refresh, refresh->start()).show, Show::done);
        QCOMPARE(rig.cosigner->device(rig.phone.acct())->epoch, 1U);
        QCOMPARE(rig.logIn().show, Show::done);
    }

    void decrypt_namedAgainstThePolicy_isRefusedUncounted()
    {
        Ready rig;
        const auto point = *crypto::Point::parse(rig.cosigner->device(rig.phone.acct())->encrypt.point);
        const auto sealed = *crypto::sm2Encrypt(point, viewOf(std::string_view("a bid's key")), rig.random);
        const Bytes der = *x509::sm2CipherDer(sealed);
        const auto started = rig.start(R"({"act":"decrypt","deskKey":")" + std::string(64, '7') +
                                       R"(","files":[{"name":"key.der","size":)" + std::to_string(der.size()) +
                                       R"(,"sm3":")" + toHex(crypto::sm3(der)) + R"(","c1":")" +
                                       toHex(*sealed.c1.encode()) + R"("}]})");
        QVERIFY(rig.sessions.attachTbs({sessions::OriginKind::desk, rig.deskId}, started.token, 0, der));
        phone::Approval flow(rig.phone.environment);
        const auto before = rig.cosigner->device(rig.phone.acct())->ctr;
        const auto step = rig.phone.run(flow, flow.claim(rig.frameOf(started).text(), rig.clock.monotonicMs()));
        QCOMPARE(step.show, Show::stopped);
        QVERIFY(step.problem->errc == Errc::refused);
        QCOMPARE(rig.cosigner->device(rig.phone.acct())->ctr, before);
        QCOMPARE(rig.open().show, Show::done);
    }

    // Where the company's policy names the ciphertext, that one is opened, and none that nobody has named.
    void decrypt_underAPolicyThatNames_opensWhatIsNamedAlone()
    {
        enterprise::Policy policy;
        policy.namedCiphertext = true;
        Ready rig(policy);
        const auto before = rig.cosigner->device(rig.phone.acct())->ctr;
        const auto step = rig.open();
        QCOMPARE(step.show, Show::stopped);
        QVERIFY(step.problem->errc == Errc::refused);
        QCOMPARE(rig.cosigner->device(rig.phone.acct())->ctr, before); // nothing was counted
        sessions::Token token{};
        QCOMPARE(rig.open(&token, nullptr, true).show, Show::done);
        QCOMPARE(rig.look(token).state, sessions::State::approved);
        QVERIFY(rig.cosigner->device(rig.phone.acct())->ctr > before);
    }

    void claim_afterTheEnd_isRefusedWithItsCode_data() { ends(); }
    void claim_afterTheEnd_isRefusedWithItsCode()
    {
        QFETCH(int, end);
        QFETCH(int, code);
        Ready rig;
        bring(rig, end);
        sessions::Token token{};
        const auto step = rig.logIn(&token);
        QCOMPARE(step.show, Show::stopped);
        QCOMPARE(codeOf(step), code);
        QCOMPARE(rig.look(token).state, sessions::State::failed); // and who waits at the desk is told
        QCOMPARE(rig.look(token).ending, end == revoked ? sessions::Ending::certificateRevoked
                                         : end == seat  ? sessions::Ending::seatEnded
                                                        : sessions::Ending::certificateExpired);
        QCOMPARE(rig.look(token).acct, sessions::AccountId{});
    }

    void answer_lost_costsNothing_data()
    {
        QTest::addColumn<int>("type");
        QTest::newRow("claimed") << int(wire::Type::claimed);
        QTest::newRow("challenge") << int(wire::Type::chal);
        QTest::newRow("opened") << int(wire::Type::dec2);
        QTest::newRow("signed") << int(wire::Type::resp);
        QTest::newRow("delivered") << int(wire::Type::delivered);
    }
    void answer_lost_costsNothing()
    {
        QFETCH(int, type);
        for (const bool opens : {false, true}) {
            Ready rig;
            rig.phone.lose = static_cast<wire::Type>(type);
            sessions::Token token{};
            phone::Approval flow(rig.phone.environment);
            phone::Step step = opens ? rig.open(&token, &flow) : rig.logIn(&token, &flow);
            // What was opened is stored nowhere, so the person is asked for the PIN once more.
            if (step.show == Show::pin) step = rig.phone.run(flow, flow.pin(pinOf(RigPhone::kPin)));
            QCOMPARE(step.show, Show::done);
            QCOMPARE(rig.look(token).state, sessions::State::approved);
            QCOMPARE(rig.look(token).sealed.size(), opens ? std::size_t(1) : std::size_t(0));
            QCOMPARE(rig.cosigner->device(rig.phone.acct())->lock.total, 0U);
            const bool happens = opens ? type != int(wire::Type::resp)
                                       : type != int(wire::Type::dec2) && type != int(wire::Type::delivered);
            QCOMPARE(rig.phone.lose.has_value(), !happens);
        }
    }

    void decryption_afterTheEnd_goesOn_data() { ends(); }
    void decryption_afterTheEnd_goesOn()
    {
        QFETCH(int, end);
        Ready rig;
        bring(rig, end);
        sessions::Token token{};
        QCOMPARE(rig.open(&token).show, Show::done);
        QCOMPARE(rig.look(token).state, sessions::State::approved);
    }

    // The person has read the request and holds the PIN pad when it happens.
    void sign_endedSinceTheClaim_isRefusedUncounted_data()
    {
        QTest::addColumn<int>("end");
        QTest::addColumn<int>("code");
        QTest::newRow("revoked") << int(revoked) << 601;
        QTest::newRow("seat") << int(seat) << 409;
    }
    void sign_endedSinceTheClaim_isRefusedUncounted()
    {
        QFETCH(int, end);
        QFETCH(int, code);
        Ready rig;
        const auto started = rig.start(kLogin);
        phone::Approval flow(rig.phone.environment);
        QCOMPARE(rig.phone.untilPin(flow, rig.frameOf(started)).show, Show::pin);
        const auto before = rig.countOf(rig.phone.acct(), audit::Event::signatureGiven);
        if (end == revoked) QVERIFY(rig.revoke(rig.phone.acct(), x509::KeyKind::sign));
        if (end == seat) QVERIFY(rig.enterprise.renewSeat(rig.phone.acct(), rig.clock.wall));
        const auto step = rig.phone.run(flow, flow.pin(pinOf(RigPhone::kPin)));
        QCOMPARE(codeOf(step), code);
        QCOMPARE(rig.countOf(rig.phone.acct(), audit::Event::signatureGiven), before);
        QCOMPARE(rig.cosigner->device(rig.phone.acct())->lock.total, 0U);
        const auto view = rig.look(started.token);
        QCOMPARE(view.state, sessions::State::failed);
        QCOMPARE(view.ending, end == revoked ? sessions::Ending::certificateRevoked : sessions::Ending::seatEnded);
    }

    // The demo's person may use the company's seal and the legal person's.
    void seal_granted_isUsed_andInTheSealsHistory()
    {
        Ready rig;
        const auto seals = sealsOf(rig);
        QCOMPARE(seals.size(), std::size_t{2});
        const auto started = rig.start(stampDraft(seals));
        phone::Approval flow(rig.phone.environment);
        QCOMPARE(rig.phone.approve(flow, rig.frameOf(started)).show, Show::done);
        QCOMPARE(rig.look(started.token).state, sessions::State::approved);
        QCOMPARE(rig.countOf(rig.demo.company, audit::Event::sealUsed), 2U);
        const auto history = historyOf(rig, seals[0]);
        QVERIFY(history[0].event == enterprise::SealEvent::used);
        QVERIFY(history[0].document == crypto::sm3(viewOf(std::string_view("covered"))));
        QCOMPARE(history[0].project, std::string("某某大桥"));
        QCOMPARE(history[0].personName, std::string("张三"));
    }

    // Nobody is shown a code for a stamp that none of the desk's people may set.
    void seal_atTheStart_isBarredUnlessOneOfTheDesksPeopleMayUseIt()
    {
        Ready rig;
        RigPhone other(rig);
        activateAnother(rig, other);
        const auto seals = sealsOf(rig);
        const auto manifest = *intent::Manifest::parse(rig.start(stampDraft(seals)).manifest);
        const auto mine = rig.phone.acct();
        const auto barOf = [&rig](const std::vector<enterprise::Id> &people, const intent::Manifest &of) { return *rig.sealBook.barAtStart(people, of); };
        QVERIFY(!barOf({mine}, manifest));
        QVERIFY(!barOf({other.acct(), mine}, manifest));
        for (const auto &people : std::vector<std::vector<enterprise::Id>>{{}, {other.acct()}, {enterprise::Id{9}}})
            QVERIFY(barOf(people, manifest) == catalogue::Code::sealInactive);
        auto changed = manifest;
        changed.files[0].seals.clear();
        QVERIFY(barOf({mine}, changed) == catalogue::Code::sealInactive);
        changed = manifest;
        changed.files[0].seals[0].purpose = "合同";
        QVERIFY(barOf({mine}, changed) == catalogue::Code::sealNotForThis);
        changed = manifest;
        changed.files[0].seals[0].number += "1"; // the phone would draw another picture than the document gets
        QVERIFY(barOf({mine}, changed) == catalogue::Code::sealNotForThis);
        changed.files[0].seals[0].style = 0; // an older desk's, which says neither
        changed.files[0].seals[0].number.clear();
        QVERIFY(!barOf({mine}, changed));
        QVERIFY(rig.office.grants.suspend(rig.administrator(), seals[1].grant));
        QVERIFY(barOf({mine}, manifest) == catalogue::Code::sealInactive);
        QCOMPARE(rig.countOf(rig.demo.company, audit::Event::sealUsed), 0U);
    }

    void seal_otherThanGranted_isRefusedAtTheClaim_andTheSessionWaitsOn_data()
    {
        QTest::addColumn<int>("change");
        QTest::addColumn<int>("code");
        QTest::newRow("no seal") << 0 << 768;
        QTest::newRow("another grant") << 1 << 768;
        QTest::newRow("another purpose") << 2 << 775;
        QTest::newRow("another seal's words") << 3 << 775;
        QTest::newRow("another kind") << 4 << 775;
        QTest::newRow("suspended grant") << 5 << 768;
        QTest::newRow("ended grant") << 6 << 768;
        QTest::newRow("seal suspended") << 7 << 768;
    }
    void seal_otherThanGranted_isRefusedAtTheClaim_andTheSessionWaitsOn()
    {
        QFETCH(int, change);
        QFETCH(int, code);
        Ready rig;
        auto seals = sealsOf(rig);
        const auto grant = seals[0].grant;
        if (change == 1) seals[0].grant = {9};
        if (change == 2) seals[0].terms.purpose = "合同";
        if (change == 3) seals[0].face.name = "别家有限公司";
        if (change == 4) seals[0].face.kind = enterprise::SealKind::contract;
        if (change == 0) seals.clear();
        if (change == 5) QVERIFY(rig.office.grants.suspend(rig.administrator(), grant));
        if (change == 6) QVERIFY(rig.office.grants.end(rig.administrator(), grant));
        if (change == 7) QVERIFY(rig.office.seals.suspend(rig.administrator(), seals[0].terms.seal));
        const auto started = rig.start(stampDraft(seals));
        phone::Approval flow(rig.phone.environment);
        const auto step = rig.phone.untilPin(flow, rig.frameOf(started));
        QCOMPARE(codeOf(step), code);
        QCOMPARE(rig.look(started.token).state, sessions::State::waiting);
        QCOMPARE(rig.countOf(rig.demo.company, audit::Event::sealUsed), 0U);
    }

    // GB/T 38540: under the company's electronic seal, which the server has to know as its own.
    void electronicSignature_underTheCurrentSeal_isSigned()
    {
        Ready rig;
        const auto seals = sealsOf(rig);
        const Bytes seal = *rig.sealBook.electronicOf(rig.phone.acct(), seals[0].grant);
        QCOMPARE(*rig.sealBook.electronicOf(rig.phone.acct(), seals[0].grant), seal);
        const auto started = rig.start(sesDraft(seals[0], seal));
        const auto manifest = *intent::Manifest::parse(started.manifest);
        QVERIFY(!*rig.sealBook.barAtStart({rig.phone.acct()}, manifest));
        const auto tbs = *intent::buildSesTbs(manifest, 0, seal);
        const sessions::Origin desk{sessions::OriginKind::desk, rig.deskId};
        QCOMPARE(rig.look(started.token).state, sessions::State::preparing);
        QCOMPARE(rig.sessions.attachTbs(desk, started.token, 0, concat({tbs, Bytes{0}})).error().code, Errc::tampered);
        QVERIFY(rig.sessions.attachTbs(desk, started.token, 0, tbs));
        phone::Approval flow(rig.phone.environment);
        QCOMPARE(rig.phone.approve(flow, rig.frameOf(started)).show, Show::done);
        const auto view = rig.look(started.token);
        const auto signer = *x509::Certificate::parse(rig.acts.certificates(rig.phone.acct())->sign);
        const auto signature = *documents::buildSesSignature(tbs, signer, *x509::Sm2Signature::fromRaw(view.signatures.at(0).signature));
        x509::Trust trust;
        trust.roots = {rig.authority.root()};
        trust.intermediates = {rig.authority.issuing()};
        QVERIFY(documents::verifySes(signature, manifest.files[0].sm3, trust, rig.clock.unixMs()).isValid());
        QVERIFY(historyOf(rig, seals[0])[0].event == enterprise::SealEvent::used);
    }

    void electronicSignature_underAnotherSeal_isRefused_data()
    {
        QTest::addColumn<int>("change");
        QTest::addColumn<int>("code");
        QTest::newRow("a seal that was never given out") << 0 << 627;
        QTest::newRow("the company's other seal") << 1 << 627;
        QTest::newRow("one that names others by now") << 2 << 627;
        QTest::newRow("ended grant") << 3 << 768;
        QTest::newRow("one that does not name who signs") << 4 << 627;
    }
    void electronicSignature_underAnotherSeal_isRefused()
    {
        QFETCH(int, change);
        QFETCH(int, code);
        Ready rig;
        const auto seals = sealsOf(rig);
        const auto mine = rig.phone.acct();
        const auto company = (*rig.enterprise.holderOf(mine)).companyId;
        const auto keep = [&](const Bytes &der) {
            auto transaction = std::move(*rig.ledger.begin());
            QVERIFY(enterprise::keepElectronic(*transaction, company, seals[0].terms.seal, {crypto::sm3(der), der}));
            QVERIFY(transaction->commit());
        };
        Bytes seal = *rig.sealBook.electronicOf(mine, seals[0].grant);
        if (change == 0) seal.back() ^= 1;
        if (change == 1) seal = *rig.sealBook.electronicOf(mine, seals[1].grant);
        if (change == 4) {
            seal = *rig.sealStudio.electronic(seals[0].face, seals[0].terms.seal, {{rig.authority.issuing().der()}, rig.clock.unixMs() + 1'000'000});
            keep(seal);
        }
        const auto started = rig.start(sesDraft(seals[0], seal));
        const auto manifest = *intent::Manifest::parse(started.manifest);
        QVERIFY(rig.sessions.attachTbs({sessions::OriginKind::desk, rig.deskId}, started.token, 0, *intent::buildSesTbs(manifest, 0, seal)));
        phone::Approval flow(rig.phone.environment);
        phone::Step step;
        if (change < 2) {
            step = rig.phone.untilPin(flow, rig.frameOf(started));
        } else {
            QCOMPARE(rig.phone.untilPin(flow, rig.frameOf(started)).show, Show::pin);
            if (change == 2) keep(bytesOf(viewOf("another")));
            if (change == 3) QVERIFY(rig.office.grants.suspend(rig.administrator(), seals[0].grant));
            step = rig.phone.run(flow, flow.pin(pinOf(RigPhone::kPin)));
        }
        QCOMPARE(codeOf(step), code);
        QVERIFY(*rig.sealBook.barAtStart({mine}, manifest) == static_cast<catalogue::Code>(code));
        QCOMPARE(rig.countOf(rig.demo.company, audit::Event::sealUsed), 0U);
        QCOMPARE(rig.cosigner->device(mine)->lock.total, 0U);
    }

    void electronicSeal_behindAGrant_isForItsPersonAlone()
    {
        Ready rig;
        RigPhone other(rig);
        activateAnother(rig, other);
        const auto seals = sealsOf(rig);
        const auto rows = rig.ledger.rows;
        QVERIFY(rig.sealBook.electronicOf(other.acct(), seals[0].grant).denied() == enterprise::Denied::sealInactive);
        QVERIFY(rig.sealBook.electronicOf({9}, seals[0].grant).denied() == enterprise::Denied::sealInactive);
        QVERIFY(rig.ledger.rows == rows);
        QVERIFY(rig.office.grants.suspend(rig.administrator(), seals[0].grant));
        QVERIFY(rig.sealBook.electronicOf(rig.phone.acct(), seals[0].grant).denied() == enterprise::Denied::sealInactive);
    }

    void electronicSignature_ofAnEd25519Key_isRefusedBeforeThePin()
    {
        enterprise::Policy policy;
        policy.suite = crypto::Suite::frost;
        Ready rig(policy);
        const auto seals = sealsOf(rig);
        const Bytes seal = *rig.sealBook.electronicOf(rig.phone.acct(), seals[0].grant);
        const auto started = rig.start(sesDraft(seals[0], seal));
        const auto manifest = *intent::Manifest::parse(started.manifest);
        QVERIFY(rig.sessions.attachTbs({sessions::OriginKind::desk, rig.deskId}, started.token, 0, *intent::buildSesTbs(manifest, 0, seal)));
        phone::Approval flow(rig.phone.environment);
        const auto step = rig.phone.untilPin(flow, rig.frameOf(started));
        QCOMPARE(codeOf(step), 606);
        QCOMPARE(rig.countOf(rig.demo.company, audit::Event::sealUsed), 0U);
    }

    void seal_grantEndedSinceTheClaim_isRefusedUncounted()
    {
        Ready rig;
        const auto seals = sealsOf(rig);
        const auto started = rig.start(stampDraft(seals));
        phone::Approval flow(rig.phone.environment);
        QCOMPARE(rig.phone.untilPin(flow, rig.frameOf(started)).show, Show::pin);
        QVERIFY(rig.office.grants.suspend(rig.administrator(), seals[1].grant));
        const auto step = rig.phone.run(flow, flow.pin(pinOf(RigPhone::kPin)));
        QCOMPARE(codeOf(step), 768);
        QCOMPARE(rig.cosigner->device(rig.phone.acct())->lock.total, 0U);
        QCOMPARE(rig.countOf(rig.demo.company, audit::Event::sealUsed), 0U);
        QCOMPARE(rig.look(started.token).ending, sessions::Ending::sealRefused);
    }

    // Phone and desk are told the same, of a log-in as of a signature.
    void act_whoseDeskWasRemovedMeanwhile_isRefusedUncounted_data()
    {
        QTest::addColumn<QString>("draft");
        QTest::newRow("login") << QString::fromUtf8(kLogin.data(), kLogin.size());
        QTest::newRow("sign") << QStringLiteral(R"({"act":"sign","form":"cms","files":[{"name":"a.txt","size":3,"sm3":"%1"}]})").arg(QString(64, QLatin1Char('a')));
    }
    void act_whoseDeskWasRemovedMeanwhile_isRefusedUncounted()
    {
        QFETCH(QString, draft);
        Ready rig;
        const auto started = rig.start(draft.toStdString());
        phone::Approval flow(rig.phone.environment);
        QCOMPARE(rig.phone.untilPin(flow, rig.frameOf(started)).show, Show::pin);
        QVERIFY(rig.sessions.removeDesk(rig.phone.acct(), rig.deskId));
        const auto before = rig.countOf(rig.phone.acct(), audit::Event::signatureGiven);
        const auto step = rig.phone.run(flow, flow.pin(pinOf(RigPhone::kPin)));
        checkStops(step, 214);
        QCOMPARE(codeOf(step), 214);
        QCOMPARE(rig.countOf(rig.phone.acct(), audit::Event::signatureGiven), before);
        QCOMPARE(rig.cosigner->device(rig.phone.acct())->lock.total, 0U);
        QCOMPARE(rig.look(started.token).state, sessions::State::failed);
        QCOMPARE(rig.look(started.token).ending, sessions::Ending::deskRemoved);
    }

    void desks_listedByThePhone_areRemovedOneByOne_andTheRemovedIsRefused()
    {
        Ready rig;
        phone::DeskFetch list(rig.phone.environment);
        QCOMPARE(rig.phone.run(list, list.start()).show, Show::done);
        QCOMPARE(list.desks().size(), std::size_t(1));
        QVERIFY(list.desks()[0].id == rig.deskId && list.desks()[0].name == "财务电脑" && list.desks()[0].network == "192.0.2.7");

        // Neither somebody's desk that is not this person's, nor nobody's, changes anything, and the answers are one.
        const sessions::DeskId others{0x66};
        {
            auto transaction = std::move(*rig.ledger.begin());
            QVERIFY(sessions::enrol(*transaction, rig.masterKey, {others, {0x67}, "别人的电脑", "", {0x77}, 1}));
            QVERIFY(transaction->commit());
        }
        const auto rows = rig.ledger.rows;
        for (const auto &stranger : {others, sessions::DeskId{0x99}}) {
            phone::DeskFetch foreign(rig.phone.environment);
            QCOMPARE(rig.phone.run(foreign, foreign.start(stranger)).show, Show::done);
            QVERIFY(foreign.desks() == list.desks());
            QVERIFY(rig.ledger.rows == rows);
        }
        // Without the phone's own key nothing is told, and nothing removed.
        RigConnection connection(rig);
        static_cast<void>(connection.take());
        wire::DeskRemoval forged;
        forged.acct = rig.phone.acct();
        forged.desk = rig.deskId;
        connection.send(wire::encode(forged));
        QVERIFY(!connection.take() && connection.isClosed());
        QVERIFY(rig.ledger.rows == rows);

        const auto before = rig.start(kLogin);
        phone::DeskFetch removal(rig.phone.environment);
        QCOMPARE(rig.phone.run(removal, removal.start(rig.deskId)).show, Show::done);
        QVERIFY(removal.desks().empty());
        QCOMPARE(rig.countOf(rig.phone.acct(), audit::Event::deskRemoved), 1U);
        QCOMPARE(rig.sessions.startFromDesk(rig.deskId, viewOf(kLogin), "later").error().code, Errc::notFound);
        phone::Approval flow(rig.phone.environment);
        const auto step = rig.phone.run(flow, flow.claim(rig.frameOf(before).text(), rig.clock.monotonicMs()));
        QVERIFY(step.show == Show::approve && !flow.request()->deskKnown); // as from any computer that is not known
        phone::DeskFetch again(rig.phone.environment); // the answer may have been lost
        QCOMPARE(rig.phone.run(again, again.start(rig.deskId)).show, Show::done);
        QCOMPARE(rig.countOf(rig.phone.acct(), audit::Event::deskRemoved), 1U);
    }

    // Whether it has greeted already or not.
    void desks_ofAServerThatIsBusy_areToldAsThat()
    {
        Ready rig;
        const Bytes busy = wire::encode(wire::Failure{Errc::locked, static_cast<std::uint16_t>(catalogue::Code::tooManyRequests), 60});
        for (const bool isGreeted : {false, true}) {
            phone::DeskFetch fetch(rig.phone.environment);
            QVERIFY(fetch.start());
            if (isGreeted) QCOMPARE(fetch.receive(wire::encode(wire::Greeting()))->send.size(), std::size_t(1));
            const auto step = *fetch.receive(busy);
            QVERIFY(step.show == Show::stopped && step.close && fetch.desks().empty());
            QCOMPARE(codeOf(step), static_cast<int>(catalogue::Code::tooManyRequests));
            QCOMPARE(step.problem->retryAfter, 60U);
        }
    }

    // Who has enrolled one by mistake need not wait for the administrator to take it back.
    void desks_thatWaitForTheAdministrator_areListedAsSuch_andRemovedByTheirPerson()
    {
        Ready rig;
        {
            auto transaction = std::move(*rig.ledger.begin());
            QVERIFY(sessions::holdBack(*transaction, rig.phone.acct(), rig.deskId));
            QVERIFY(transaction->commit());
        }
        phone::DeskFetch list(rig.phone.environment);
        QCOMPARE(rig.phone.run(list, list.start()).show, Show::done);
        QVERIFY(list.desks().size() == 1 && list.desks()[0].id == rig.deskId && list.desks()[0].waits);
        phone::DeskFetch removal(rig.phone.environment);
        QCOMPARE(rig.phone.run(removal, removal.start(rig.deskId)).show, Show::done);
        QVERIFY(removal.desks().empty());
        QCOMPARE(rig.countOf(rig.phone.acct(), audit::Event::deskRemoved), 1U);
        QVERIFY(!*sessions::isWaiting(rig.ledger, rig.deskId));
    }

    // Once, with its key's hash in the records, and only by the phone and with the key itself.
    void evidenceKey_ofAPhone_isInTheRecordsOnce()
    {
        Ready rig;
        const auto before = rig.ledger.rows;
        const auto key = *rig.phone.vault.evidenceKey();
        const auto telling = [&rig](const wire::EvidenceKey &told, bool isVouchedFor) {
            RigConnection connection(rig);
            const auto greeting = *wire::decode<wire::Greeting>(*connection.take());
            wire::EvidenceKey message = told;
            message.acct = rig.phone.acct();
            if (isVouchedFor) message.mac = crypto::hmacSm3(rig.phone.vault.device()->value().kDev.expose(), wire::macInputOf(message, greeting.cn));
            connection.send(wire::encode(message));
            const auto answer = connection.take();
            return answer ? std::optional(*wire::decode<wire::Failure>(*answer)) : std::nullopt;
        };
        const Bytes statement = wire::EvidenceKey::signedBytesOf(rig.phone.acct());
        QVERIFY(!telling({{}, key.publicKey(), key.sign(statement), {}}, false)); // without the phone's own key: closed
        QCOMPARE(telling({{}, {9}, key.sign(statement), {}}, true)->code, std::uint16_t{100});
        QCOMPARE(telling({{}, key.publicKey(), key.sign(wire::EvidenceKey::signedBytesOf({7})), {}}, true)->code, std::uint16_t{100}); // of another account
        QVERIFY(rig.ledger.rows == before);

        for (int i = 0; i < 2; ++i) { // the answer may have been lost
            phone::EvidenceFetch fetch(rig.phone.environment);
            QCOMPARE(rig.phone.run(fetch, fetch.start()).show, Show::done);
            QCOMPARE(rig.countOf(rig.phone.acct(), audit::Event::evidenceKeyKept), 1U);
        }
        const auto record = audit::recordsOf(rig.ledger, rig.phone.acct(), 1, 100)->back().entry;
        QVERIFY(record.event == audit::Event::evidenceKeyKept && record.subject == rig.phone.acct() && record.object == crypto::sm3(key.publicKey()));
        const auto kept = rig.ledger.rows;
        const auto other = crypto::Ed25519Key::generate(rig.random);
        QCOMPARE(telling({{}, other.publicKey(), other.sign(statement), {}}, true)->code, std::uint16_t{104});
        QVERIFY(rig.ledger.rows == kept);
    }

    // What the phone did is there with the same manifest; a phone with the files of before finds what was done since.
    void records_ofTheAccount_areHeldAgainstTheHistory()
    {
        Ready rig;
        const auto before = rig.phone.store.files;
        const auto fetch = [&rig] {
            phone::RecordFetch records(rig.phone.environment);
            return rig.phone.run(records, records.start());
        };
        sessions::Token token{};
        QCOMPARE(rig.logIn(&token).show, Show::done);
        QCOMPARE(fetch().show, Show::done);
        int same = 0;
        const auto compared = *rig.phone.vault.history();
        for (const auto &entry : compared)
            if (entry.token != sessions::Token{}) {
                QVERIFY(entry.compared == vault::Compared::same);
                ++same;
            }
        QCOMPARE(same, 2); // the computer, the log-in
        QVERIFY(phone::seenRecords(rig.phone.vault)->foreign.empty()); // the activation's own acts are no others
        const auto seen = *phone::seenRecords(rig.phone.vault);
        QCOMPARE(fetch().show, Show::done);
        QCOMPARE(phone::seenRecords(rig.phone.vault)->sequence, seen.sequence);

        const auto chain = rig.phone.store.files.at("chain");
        rig.phone.store.files = before;
        rig.phone.store.files["chain"] = chain;
        QCOMPARE(fetch().show, Show::done);
        const auto foreign = phone::seenRecords(rig.phone.vault)->foreign;
        QCOMPARE(foreign.size(), std::size_t(1));
        QVERIFY(foreign[0].token == token);
        QCOMPARE(foreign[0].act, std::uint16_t(intent::Act::login));
    }

    void records_withoutThePhonesKey_areNotTold()
    {
        Ready rig;
        RigConnection connection(rig);
        static_cast<void>(connection.take());
        wire::RecordsQuery forged;
        forged.acct = rig.phone.acct();
        connection.send(wire::encode(forged));
        QVERIFY(!connection.take() && connection.isClosed());
    }

    // The change goes through without its answer: which of the two acts the server has, the records say.
    void records_ofAPinChangeWhoseEndWasLost_areTheSame()
    {
        Ready rig;
        phone::PinChange flow(rig.phone.environment);
        rig.phone.run(flow, flow.start());
        rig.phone.run(flow, flow.smsCode(rig.gateway.digits()));
        rig.phone.run(flow, flow.pin(pinOf(RigPhone::kPin)));
        rig.phone.run(flow, flow.newPin(pinOf("846207")));
        rig.phone.lose = wire::Type::ref4;
        QCOMPARE(rig.phone.run(flow, flow.repeatPin(pinOf("846207"))).show, Show::done);
        phone::RecordFetch records(rig.phone.environment);
        QCOMPARE(rig.phone.run(records, records.start()).show, Show::done);
        QVERIFY(phone::seenRecords(rig.phone.vault)->foreign.empty());
        const auto history = *rig.phone.vault.history();
        QCOMPARE(std::ranges::count(history, std::string("pinChange"), &vault::HistoryEntry::act), 1);
        for (const auto &entry : history)
            QVERIFY(entry.token == sessions::Token{} || (entry.approved && entry.compared == vault::Compared::same));
    }

    void desks_thatDoNotCome_areGivenUp()
    {
        Ready rig;
        phone::DeskFetch fetch(rig.phone.environment);
        QVERIFY(fetch.start()->connect);
        QCOMPARE(fetch.start().error().code, Errc::badState); // once
        rig.clock.advance(phone::DeskFetch::kPatienceMs - 1);
        QCOMPARE(fetch.tick()->show, Show::working);
        rig.clock.advance(1);
        QCOMPARE(fetch.tick()->show, Show::stopped);
        QCOMPARE(fetch.tick().error().code, Errc::badState);
        phone::DeskFetch lost(rig.phone.environment);
        QVERIFY(lost.start());
        QCOMPARE(codeOf(*lost.connectionLost()), 502);
    }

    void sign_cancelledByTheAskerMeanwhile_saysSo()
    {
        Ready rig;
        const auto started = rig.start(kLogin);
        phone::Approval flow(rig.phone.environment);
        QCOMPARE(rig.phone.untilPin(flow, rig.frameOf(started)).show, Show::pin);
        QVERIFY(rig.sessions.cancel({sessions::OriginKind::desk, rig.deskId}, started.token));
        const auto step = rig.phone.run(flow, flow.pin(pinOf(RigPhone::kPin)));
        QCOMPARE(codeOf(step), 608);
        QCOMPARE(rig.cosigner->device(rig.phone.acct())->lock.total, 0U);
        QCOMPARE(rig.look(started.token).ending, sessions::Ending::cancelled);
    }

    // What is broken on the server is not said to be the person's or the session's state.
    void sign_overADamagedSessionRow_isTheServersFault()
    {
        Ready rig;
        const auto started = rig.start(kLogin);
        phone::Approval flow(rig.phone.environment);
        QCOMPARE(rig.phone.untilPin(flow, rig.frameOf(started)).show, Show::pin);
        Bytes &row = rig.ledger.rows.at({ports::Table::session, concat({Bytes{'t'}, started.token})});
        const Bytes whole = row;
        row.back() ^= 1;
        const auto before = rig.countOf(rig.phone.acct(), audit::Event::signatureGiven);
        const auto step = rig.phone.run(flow, flow.pin(pinOf(RigPhone::kPin)));
        QCOMPARE(codeOf(step), 506);
        rig.ledger.rows.at({ports::Table::session, concat({Bytes{'t'}, started.token})}) = whole;
        QCOMPARE(rig.cosigner->device(rig.phone.acct())->lock.total, 0U);
        QCOMPARE(rig.countOf(rig.phone.acct(), audit::Event::signatureGiven), before);
    }

    void pinChange_expiredBeforeThePin_isRefusedUncountedAndChangesNothing()
    {
        Ready rig;
        phone::PinChange flow(rig.phone.environment);
        rig.phone.run(flow, flow.start());
        rig.phone.run(flow, flow.smsCode(rig.gateway.digits()));
        rig.phone.run(flow, flow.pin(pinOf(RigPhone::kPin)));
        rig.phone.run(flow, flow.newPin(pinOf("482615")));
        rig.clock.advance(601'000);
        const auto before = rig.cosigner->device(rig.phone.acct())->epoch;
        QCOMPARE(codeOf(rig.phone.run(flow, flow.repeatPin(pinOf("482615")))), 202);
        QCOMPARE(rig.cosigner->device(rig.phone.acct())->epoch, before);
        QCOMPARE(rig.cosigner->device(rig.phone.acct())->lock.total, 0U);
        QCOMPARE(rig.logIn().show, Show::done); // with the PIN of before
    }

    void sign_frozenByAnotherProcessMeanwhile_endsTheSessionAtOnce()
    {
        Ready rig;
        const auto started = rig.start(kLogin);
        phone::Approval flow(rig.phone.environment);
        QCOMPARE(rig.phone.untilPin(flow, rig.frameOf(started)).show, Show::pin);
        const auto other = *cosigner::Cosigner::start({rig.ledger, rig.masterKey, rig.epochKeys, rig.random, rig.clock});
        QVERIFY(other->freeze(rig.phone.acct()));
        QCOMPARE(codeOf(rig.phone.run(flow, flow.pin(pinOf(RigPhone::kPin)))), 302);
        QCOMPARE(rig.look(started.token).ending, sessions::Ending::deviceBlocked);
        QCOMPARE(rig.cosigner->device(rig.phone.acct())->lock.total, 0U);
    }

    void pinChange_whoseEndIsLost_isConfirmedEvenWhenNothingMayBeSigned()
    {
        Ready rig;
        rig.clock.advance(kYearMs);
        phone::PinChange flow(rig.phone.environment);
        rig.phone.run(flow, flow.start());
        rig.phone.run(flow, flow.smsCode(rig.gateway.digits()));
        rig.phone.run(flow, flow.pin(pinOf(RigPhone::kPin)));
        rig.phone.run(flow, flow.newPin(pinOf("482615")));
        rig.phone.lose = wire::Type::ref4;
        QCOMPARE(rig.phone.run(flow, flow.repeatPin(pinOf("482615"))).show, Show::done);
        QVERIFY(!rig.phone.lose);
        QCOMPARE(rig.cosigner->device(rig.phone.acct())->epoch, 1U);
        QCOMPARE(rig.phone.vault.shares()->size(), std::size_t{1});
    }

    void activation_begunAgain_endsWhatTheFormerHadGot()
    {
        struct Gone {};
        GatewayRig rig;
        RigPhone lost(rig);
        enterprise::Id former{};
        lost.onSend = [&](const Bytes &) {
            const auto device = lost.vault.device();
            if (!device || !*device || rig.authority.findByHolder((*device)->acct)->empty()) return;
            former = (*device)->acct;
            throw Gone(); // the phone fell into the river
        };
        QVERIFY_THROWS_EXCEPTION(Gone, lost.activate());
        QVERIFY(!rig.authority.findByHolder(former)->front().revocation);
        rig.clock.advance(limits::kSmsResendMs);
        RigPhone again(rig);
        QCOMPARE(again.activate().show, Show::done);
        QVERIFY(again.acct() != former);
        const auto records = rig.authority.findByHolder(former);
        QCOMPARE(records->size(), std::size_t{1});
        QVERIFY(records->front().revocation);
        QCOMPARE(rig.countOf(former, audit::Event::certificateIssued), std::size_t{1});
        QCOMPARE(rig.countOf(former, audit::Event::certificateRevoked), std::size_t{1});
        QVERIFY(!rig.authority.findByHolder(again.acct())->front().revocation);
    }

    void sign_certificateExpiresDuringTheSession_isRefused()
    {
        Ready rig;
        const auto records = rig.authority.findByHolder(rig.phone.acct());
        const std::int64_t last = records->front().certificate.notAfterMs() - 1'000;
        QVERIFY(rig.enterprise.renewSeat(rig.phone.acct(), last + kYearMs));
        rig.clock.advance(last - rig.clock.wall);
        const auto started = rig.start(kLogin);
        phone::Approval flow(rig.phone.environment);
        QCOMPARE(rig.phone.untilPin(flow, rig.frameOf(started)).show, Show::pin);
        rig.clock.advance(1'000);
        QCOMPARE(codeOf(rig.phone.run(flow, flow.pin(pinOf(RigPhone::kPin)))), 609);
        QCOMPARE(rig.look(started.token).ending, sessions::Ending::certificateExpired);
    }

    void ownActs_afterTheEnd_onlyThoseThatSignNothing_data() { ends(); }
    void ownActs_afterTheEnd_onlyThoseThatSignNothing()
    {
        QFETCH(int, end);
        QFETCH(int, code);
        Ready rig;
        bring(rig, end);
        const auto holder = *rig.enterprise.holderOf(rig.phone.acct());
        using intent::Act;
        for (const Act act : {Act::csr, Act::encryptCertificate, Act::probe, Act::rehearseSign}) {
            const auto bar = rig.acts.barOf(holder, act);
            QVERIFY(bar && *bar);
            QCOMPARE(static_cast<int>(**bar), code);
        }
        for (const Act act : {Act::rehearseDecrypt, Act::pinChange, Act::decrypt}) QVERIFY(!*rig.acts.barOf(holder, act));
        phone::PinChange change(rig.phone.environment);
        QCOMPARE(rig.phone.run(change, change.start()).show, Show::sms);
    }

    // --- what must not get through, and what must not get lost by it -----------------------------------------

    void frame_scannedByAnotherPhone_isRefusedAsUsed()
    {
        Ready rig;
        RigPhone other(rig);
        activateAnother(rig, other);
        const auto started = rig.start(kLogin);
        phone::Approval mine(rig.phone.environment), theirs(other.environment);
        QCOMPARE(rig.phone.untilPin(mine, rig.frameOf(started)).show, Show::pin);
        checkStops(other.approve(theirs, rig.frameOf(started)), 203);
        // Who had it first goes on.
        QCOMPARE(rig.phone.run(mine, mine.pin(pinOf(RigPhone::kPin))).show, Show::done);
        QCOMPARE(rig.look(started.token).state, sessions::State::approved);
        // Once it is over, the same picture is of no use to anybody.
        phone::Approval again(other.environment);
        checkStops(other.approve(again, rig.frameOf(started)), 203);
    }

    // Somebody's own desk, its code sent on within the second: nothing about the frame is wrong, only that it is shown to another person.
    void frame_ofAnothersDesk_relayedFresh_warnsOfALogin_andIsNoMoreThanThat()
    {
        Ready rig; // the attacker's, with the desk
        RigPhone victim(rig);
        activateAnother(rig, victim);
        const std::string sm3 = toHex(crypto::sm3(viewOf(std::string_view("tender"))));
        const std::string file = "[{\"name\":\"tender.txt\",\"size\":6,\"sm3\":\"" + sm3 + "\"}]";
        for (const std::string &draft : {R"({"act":"sign","form":"cms","files":)" + file + "}", stampDraft(sealsOf(rig))}) {
            const auto started = rig.start(draft);
            const auto rows = rig.ledger.rows;
            phone::Approval flow(victim.environment);
            const auto step = victim.run(flow, flow.claim(rig.frameOf(started).text(), rig.clock.monotonicMs()));
            checkStops(step, 215);
            QCOMPARE(static_cast<catalogue::Code>(codeOf(step)), catalogue::Code::deskNotYours);
            QVERIFY(!flow.request()); // not even what it was about
            QVERIFY(rig.ledger.rows == rows); // so its own person can still scan it
            QCOMPARE(rig.look(started.token).state, sessions::State::waiting);
            phone::Approval own(rig.phone.environment);
            QCOMPARE(rig.phone.run(own, own.claim(rig.frameOf(started).text(), rig.clock.monotonicMs())).show, Show::approve);
        }
        // A log-in comes to the page that turns red, and to nothing without the digits that its person would have to type there.
        const auto started = rig.start(kLogin);
        phone::Approval flow(victim.environment);
        QCOMPARE(victim.run(flow, flow.claim(rig.frameOf(started).text(), rig.clock.monotonicMs())).show, Show::approve);
        QVERIFY(!flow.request()->deskKnown && !flow.request()->digits.empty());
        QCOMPARE(victim.run(flow, flow.approve()).show, Show::pin);
        QCOMPARE(victim.run(flow, flow.pin(pinOf(RigPhone::kPin))).show, Show::done);
        QCOMPARE(rig.look(started.token).state, sessions::State::claimed);
        QVERIFY(rig.look(started.token).digitsWanted);
    }

    void frame_oldForeignTamperedOrOfNoDesk_isRefused_andTheSessionWaitsOn()
    {
        Ready rig;
        const auto started = rig.start(kLogin);
        const auto refused = [&rig](const intent::Frame &frame) {
            phone::Approval flow(rig.phone.environment);
            return rig.phone.approve(flow, frame);
        };
        auto frame = rig.frameOf(started);
        frame.code[0] ^= 1;
        frame.signature = rig.deskKey.sign(frame.signedBytes());
        checkStops(refused(frame), 204);
        frame = rig.frameOf(started);
        frame.signature[0] ^= 1;
        checkStops(refused(frame), 204);
        frame = rig.frameOf(started);
        frame.second += 2; // that its code is not of
        checkStops(refused(frame), 204);
        frame = rig.frameOf(started);
        frame.token[0] ^= 1;
        checkStops(refused(frame), 206);
        frame = rig.frameOf(started);
        rig.clock.advance(8'000);
        const phone::Step old = refused(frame);
        checkStops(old, 201);
        QCOMPARE(old.problem->retryAfter, std::uint32_t{8}); // seconds that it was old
        QCOMPARE(rig.look(started.token).state, sessions::State::waiting);
        phone::Approval flow(rig.phone.environment);
        QCOMPARE(rig.phone.approve(flow, rig.frameOf(started)).show, Show::done);
    }

    void session_expired_beforeTheScanAndBeforeTheApproval()
    {
        Ready rig;
        const auto started = rig.start(kLogin);
        rig.clock.advance(61'000);
        phone::Approval late(rig.phone.environment);
        checkStops(rig.phone.approve(late, rig.frameOf(started)), 202);

        const auto next = rig.start(kLogin);
        phone::Approval slow(rig.phone.environment);
        QCOMPARE(rig.phone.untilPin(slow, rig.frameOf(next)).show, Show::pin);
        rig.clock.advance(121'000);
        checkStops(rig.phone.run(slow, slow.pin(pinOf(RigPhone::kPin))), 202);
        QCOMPARE(rig.look(next.token).ending, sessions::Ending::userTimeOver);
        QCOMPARE(rig.cosigner->device(rig.phone.acct())->lock.total, 0U); // nothing was counted
        QCOMPARE(rig.logIn().show, Show::done);
    }

    void sign_sentTwice_isAnsweredAlike_andOtherBytesAreNot()
    {
        Ready rig;
        sessions::Token token{};
        QCOMPARE(rig.logIn(&token).show, Show::done);
        const auto given = rig.countOf(rig.phone.acct(), audit::Event::signatureGiven);
        const auto sign = std::ranges::find_if(rig.phone.sent.rbegin(), rig.phone.sent.rend(), [](const Bytes &message) {
            return message[1] == static_cast<std::uint8_t>(wire::Type::sign);
        });
        QVERIFY(sign != rig.phone.sent.rend());
        rig.phone.connection->send(*sign);
        const auto again = wire::decode<wire::Resp>(*rig.phone.connection->take());
        QVERIFY(again && again->verdict.status == wire::Status::ok);
        QCOMPARE(again->signatures.size(), std::size_t{1});
        QVERIFY(again->signatures[0] == rig.look(token).signatures[0].signature);
        Bytes other = *sign;
        other.back() ^= 1;
        rig.phone.connection->send(other);
        const auto none = wire::decode<wire::Resp>(*rig.phone.connection->take());
        QVERIFY(none && none->verdict.status == wire::Status::expired);
        QVERIFY(none->signatures.empty());
        QCOMPARE(rig.countOf(rig.phone.acct(), audit::Event::signatureGiven), given);
        QCOMPARE(rig.cosigner->device(rig.phone.acct())->lock.total, 0U);
        QCOMPARE(rig.logIn().show, Show::done);
    }

    void phone_cloned_freezesBoth_andTheKeysAreKept()
    {
        Ready rig;
        RigPhone copy(rig);
        copy.store.files = rig.phone.store.files;
        QCOMPARE(rig.logIn().show, Show::done);
        const auto started = rig.start(kLogin);
        phone::Approval flow(copy.environment);
        checkStops(copy.approve(flow, rig.frameOf(started)), 303);
        QCOMPARE(rig.look(started.token).ending, sessions::Ending::deviceBlocked); // who asked need not wait
        checkStops(rig.logIn(), 303);
        const auto device = *rig.cosigner->device(rig.phone.acct());
        QVERIFY(device.sign.state == cosigner::KeyState::active);
        QVERIFY(device.encrypt.state == cosigner::KeyState::active);
        QCOMPARE(rig.countOf(rig.phone.acct(), audit::Event::cloneFound), std::size_t{1});
    }

    void pin_wrong_isAudited_withNoWordOnThePerson()
    {
        Ready rig;
        const auto started = rig.start(kLogin);
        phone::Approval flow(rig.phone.environment);
        QCOMPARE(codeOf(rig.phone.approve(flow, rig.frameOf(started), "739155")), 300);
        QCOMPARE(rig.countOf(rig.phone.acct(), audit::Event::wrongPin), std::size_t{1});
        QCOMPARE(rig.phone.run(flow, flow.pin(pinOf(RigPhone::kPin))).show, Show::done);
        QVERIFY(audit::verify(rig.ledger)->intact());
    }

    void seat_renewed_bringsBackAll()
    {
        Ready rig;
        bring(rig, seat);
        QCOMPARE(codeOf(rig.logIn()), 409);
        QVERIFY(rig.enterprise.renewSeat(rig.phone.acct(), rig.clock.wall + kYearMs));
        QCOMPARE(rig.logIn().show, Show::done);
    }
};

QTEST_GUILESS_MAIN(TestGateway)
#include "test_gateway.moc"
