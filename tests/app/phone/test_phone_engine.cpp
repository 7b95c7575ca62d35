// The engine with a channel that a test plays: broken, unreachable and foreign servers, inputs at the wrong
// moment.
#include "app/phone/engine.h"
#include "shield/crypto/ed25519.h"
#include "shield/crypto/sm3.h"
#include "shield/vault/vault.h"
#include "shield/wire/account.h"
#include "shield/wire/activation.h"
#include "shield/wire/desks.h"
#include "shield/wire/session.h"
#include "tests/support/fakes.h"

#include <QSignalSpy>
#include <QTest>

using namespace hufu;
using phone_app::Engine;
using phone_app::FlowKind;
using phone_app::Moment;
using phone_app::Standing;

namespace {

// A secure element that seals by leaving things as they are.
class OpenElement final : public ports::SecureElement {
public:
    Result<Bytes> seal(ByteView plain, ByteView) override { return bytesOf(plain); }
    Result<SecretBytes> open(ByteView sealed, ByteView) override
    {
        Bytes copy = bytesOf(sealed);
        return SecretBytes::adopt(copy);
    }
    Result<Secret<32>> deviceMac(ByteView) override { return Secret<32>(); }
};

class PlayedChannel final : public phone_app::Channel {
public:
    explicit PlayedChannel(int &alive) : m_alive(alive) { ++m_alive; }
    ~PlayedChannel() override { --m_alive; }
    void open() override
    {
        ++opens;
        if (onOpen) onOpen(*this);
    }
    void send(const Bytes &message) override { sent.push_back(message); }
    void close() override { ++closes; }
    std::function<void(PlayedChannel &)> onOpen;
    std::vector<Bytes> sent;
    int opens = 0, closes = 0;

private:
    int &m_alive;
};

struct Bench {
    tests::MemoryDeviceStore store;
    OpenElement element;
    ports::SystemRandom random;
    tests::ManualClock clock;
    vault::Vault vault{store, element};
    std::function<void(PlayedChannel &)> onOpen;
    PlayedChannel *channel = nullptr;
    int alive = 0;
    Engine engine{phone::Environment{vault, random, clock, {64, 1}}, [this](const vault::ServerLink &) {
                      auto made = std::make_unique<PlayedChannel>(alive);
                      made->onOpen = onOpen;
                      channel = made.get();
                      return made;
                  }};
    QSignalSpy moved{&engine, &Engine::moved}, stood{&engine, &Engine::stood},
        declined{&engine, &Engine::declined};

    static phone::ActivationLink link()
    {
        return *phone::ActivationLink::parse(
            "hufu://activate?host=127.0.0.1&port=8443&pin=" + std::string(64, 'a') +
            "&pin2=" + std::string(64, 'b') + "&code=" + std::string(32, 'c'));
    }
    void holdADevice()
    {
        vault::Device device;
        device.acct.fill(1);
        device.kDev.fill()[0] = 2;
        device.server = {"h.example", 8443, {3}, {4}};
        device.person = "张三";
        device.company = "某公司";
        device.creditCode = "91X";
        device.hints = {"19900102", "13800138000"};
        device.subject = {5, 6};
        if (!vault.writeDevice(device)) qFatal("no device");
    }
    Moment last() const { return moved.last().first().value<Moment>(); }
    void greet() { Q_EMIT channel->received(wire::encode(wire::Greeting{})); }
    void terms()
    {
        wire::EnrolTerms terms;
        terms.company = "Company";
        terms.personMasked = "L*";
        terms.factors = wire::factor::kSms | wire::factor::kLiveness;
        terms.agreements = {{"service", 1}};
        terms.resendAfter = 60;
        Q_EMIT channel->received(wire::encode(terms));
    }
};

} // namespace

class TestPhoneEngine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void report_emptyPhone_standsEmpty()
    {
        Bench bench;
        bench.engine.report();
        QCOMPARE(bench.stood.last().first().value<Standing>().stage, phone::Stage::empty);
        QCOMPARE(bench.stood.last().first().value<Standing>().problem, 0);
    }
    void activate_asksForThePhoneNumber_withoutConnecting()
    {
        Bench bench;
        bench.engine.activate(Bench::link());
        QCOMPARE(bench.last().flow, FlowKind::activation);
        QCOMPARE(bench.last().show, phone::Show::phoneNumber);
        QVERIFY(bench.channel == nullptr);
    }
    void phoneNumber_given_goesOutAfterTheGreeting()
    {
        Bench bench;
        bench.onOpen = [](PlayedChannel &channel) { Q_EMIT channel.opened(); };
        bench.engine.activate(Bench::link());
        bench.engine.givePhoneNumber("13800000001");
        QTRY_VERIFY(bench.channel && bench.channel->opens == 1);
        QVERIFY(bench.channel->sent.empty());
        bench.greet();
        QCOMPARE(bench.channel->sent.size(), std::size_t(1));
        const auto start = wire::decode<wire::EnrolStart>(bench.channel->sent.front());
        QVERIFY(start.has_value());
        QCOMPARE(start->phoneNumber, std::string("13800000001"));
        bench.terms();
        QCOMPARE(bench.last().show, phone::Show::terms);
        QCOMPARE(bench.last().company, QStringLiteral("Company"));
        QVERIFY(bench.last().faceWanted);
        QCOMPARE(bench.last().agreements.size(), 1);
    }
    void server_neverReached_saysHf500AndThePageStays()
    {
        Bench bench;
        bench.onOpen = [](PlayedChannel &channel) { Q_EMIT channel.closed(); };
        bench.engine.activate(Bench::link());
        bench.engine.givePhoneNumber("13800000001");
        QTRY_COMPARE(bench.last().problem, 500);
        QCOMPARE(bench.last().show, phone::Show::phoneNumber);
    }
    void connection_lost_saysHf502AndThePageStays()
    {
        Bench bench;
        bench.onOpen = [](PlayedChannel &channel) { Q_EMIT channel.opened(); };
        bench.engine.activate(Bench::link());
        bench.engine.givePhoneNumber("13800000001");
        QTRY_VERIFY(bench.channel);
        bench.greet();
        Q_EMIT bench.channel->closed();
        QTRY_COMPARE(bench.last().problem, 502);
        QCOMPARE(bench.last().show, phone::Show::phoneNumber);
    }
    // A message was sent, and nothing comes, no end of the connection either: it is told at once, and taken back should there be a sign.
    void silence_isToldWhileAnAnswerIsWaitedFor_andGoesWithASign()
    {
        Bench bench;
        bench.onOpen = [](PlayedChannel &channel) { Q_EMIT channel.opened(); };
        bench.engine.activate(Bench::link());
        bench.engine.givePhoneNumber("13800000001");
        QTRY_VERIFY(bench.channel);
        bench.greet();
        QCOMPARE(bench.channel->sent.size(), std::size_t(1));
        QVERIFY(!bench.last().reconnecting);
        Q_EMIT bench.channel->silent(true);
        QCOMPARE(bench.last().show, phone::Show::working);
        QVERIFY(bench.last().reconnecting);
        Q_EMIT bench.channel->silent(false);
        QVERIFY(!bench.last().reconnecting);
        Q_EMIT bench.channel->silent(true);
        QVERIFY(bench.last().reconnecting);
        Q_EMIT bench.channel->silent(false);
        bench.terms();
        QCOMPARE(bench.last().show, phone::Show::terms);
    }
    void server_withAnotherKey_endsWithHf501()
    {
        Bench bench;
        bench.onOpen = [](PlayedChannel &channel) { Q_EMIT channel.mismatched(); };
        bench.engine.activate(Bench::link());
        bench.engine.givePhoneNumber("13800000001");
        QTRY_COMPARE(bench.last().show, phone::Show::stopped);
        QCOMPARE(bench.last().problem, 501);
        QTRY_COMPARE(bench.alive, 0); // the channel that called is gone, later
        QVERIFY(bench.store.files.empty());
    }
    void server_sendsGarbage_stopsAndKeepsNothing()
    {
        Bench bench;
        bench.onOpen = [](PlayedChannel &channel) { Q_EMIT channel.opened(); };
        bench.engine.activate(Bench::link());
        bench.engine.givePhoneNumber("13800000001");
        QTRY_VERIFY(bench.channel);
        bench.greet();
        Q_EMIT bench.channel->received(Bytes{9, 9, 9});
        QCOMPARE(bench.last().show, phone::Show::stopped);
        QVERIFY(bench.last().problem != 0);
        QVERIFY(bench.store.files.empty());
    }
    void desks_asked_areToldAndARemovalNamesItsDesk()
    {
        Bench bench;
        bench.holdADevice();
        bench.onOpen = [](PlayedChannel &channel) { Q_EMIT channel.opened(); };
        QSignalSpy told(&bench.engine, &Engine::desksTold);
        bench.engine.fetchDesks({});
        QTRY_VERIFY(bench.channel && bench.channel->opens == 1);
        bench.greet();
        QVERIFY(wire::decode<wire::DesksQuery>(bench.channel->sent.at(0)));
        Q_EMIT bench.channel->received(wire::encode(wire::DeskList{{{{0x11}, "投标室", "pc", 5, true}}}));
        QCOMPARE(told.size(), 1);
        const auto desks = told.at(0).at(0).value<QList<phone_app::DeskView>>();
        QVERIFY(desks.size() == 1 && desks[0].id == QStringLiteral("11") + QString(30, QLatin1Char('0')) && desks[0].name == QStringLiteral("投标室") && desks[0].waits);
        QCOMPARE(told.at(0).at(1).toInt(), 0);
        QVERIFY(bench.moved.isEmpty()); // no page of an act

        bench.channel = nullptr;
        bench.engine.fetchDesks(desks[0].id);
        QTRY_VERIFY(bench.channel);
        QTRY_COMPARE(bench.channel->opens, 1);
        bench.greet();
        const auto removal = wire::decode<wire::DeskRemoval>(bench.channel->sent.at(0));
        QVERIFY(removal && removal->desk == ByteArray<16>{0x11});
        Q_EMIT bench.channel->received(wire::encode(wire::DeskList{}));
        QVERIFY(told.size() == 2 && told.at(1).at(0).value<QList<phone_app::DeskView>>().isEmpty());
    }
    void desks_notReachedOrMidAnAct_sayWhy_andTheActGoesOn()
    {
        Bench bench;
        QSignalSpy told(&bench.engine, &Engine::desksTold);
        bench.engine.fetchDesks({}); // no device
        bench.engine.fetchDesks(QStringLiteral("zz"));
        QCOMPARE(told.size(), 2);
        QVERIFY(told.at(0).at(1).toInt() != 0);
        QCOMPARE(told.at(1).at(1).toInt(), 103);
        bench.holdADevice();
        bench.onOpen = [](PlayedChannel &channel) { Q_EMIT channel.closed(); };
        bench.engine.fetchDesks({});
        QTRY_COMPARE(told.size(), 3);
        QCOMPARE(told.at(2).at(1).toInt(), 500);
        bench.onOpen = [](PlayedChannel &channel) { Q_EMIT channel.mismatched(); };
        bench.engine.fetchDesks({});
        QTRY_COMPARE(told.size(), 4);
        QCOMPARE(told.at(3).at(1).toInt(), 501);
        bench.engine.activate(Bench::link());
        const auto show = bench.last().show;
        bench.engine.fetchDesks({});
        QCOMPARE(told.size(), 5);
        QVERIFY(told.at(4).at(1).toInt() != 0);
        QCOMPARE(bench.last().show, show);
        QCOMPARE(bench.last().flow, FlowKind::activation);
    }
    // Once an hour, and when it is asked for; only what is under the device's MAC counts.
    void account_asked_isToldOnceItIsVouchedFor()
    {
        Bench bench;
        bench.holdADevice();
        QVERIFY(bench.vault.writeCertificates({{1}, {2}, {3}, {4}, true}) && bench.vault.writePosition(1, {2}) && bench.vault.writeShares({}));
        bench.onOpen = [](PlayedChannel &channel) { Q_EMIT channel.opened(); };
        QSignalSpy told(&bench.engine, &Engine::accountTold);
        wire::AccountState state{wire::DeviceState::active, 7, 3, 60, 601, bench.clock.wall + 86'400'000, 2, 1, {}};
        const auto answered = [&](bool isGenuine) {
            bench.channel = nullptr;
            bench.engine.askAccount();
            if (!QTest::qWaitFor([&] { return bench.channel && bench.channel->opens == 1; })) return false;
            bench.greet();
            if (bench.channel->sent.size() != 1 || !wire::decode<wire::AccountQuery>(bench.channel->sent.at(0))) return false;
            state.mac = crypto::hmacSm3(bench.vault.device()->value().kDev.expose(), wire::macInputOf(state, wire::Greeting{}.cn));
            if (!isGenuine) state.mac[0] ^= 1;
            Q_EMIT bench.channel->received(wire::encode(state));
            return true;
        };
        QVERIFY(answered(false));
        QVERIFY(told.isEmpty());
        QVERIFY(answered(true));
        QCOMPARE(told.size(), 1);
        const auto account = told.first().first().value<phone_app::AccountView>();
        QVERIFY(account.isKnown && account.state == wire::DeviceState::active && account.tries == 7 && account.failures == 3 && account.lockedSeconds == 60);
        QVERIFY(account.bar == 601 && account.seatDaysLeft == 1 && account.desks == 2 && account.waiting == 1);
        // Behind it the server is told the key of the phone's evidence, until it has said that it keeps it.
        QTRY_COMPARE(bench.channel->opens, 1);
        bench.greet();
        QCOMPARE(bench.channel->sent.size(), std::size_t(1));
        const auto key = wire::decode<wire::EvidenceKey>(bench.channel->sent.at(0));
        QVERIFY(key && key->key == bench.vault.evidenceKey()->publicKey());
        QVERIFY(crypto::ed25519Verify(key->key, wire::EvidenceKey::signedBytesOf(key->acct), key->signature));
        Q_EMIT bench.channel->received(wire::encode(wire::EvidenceKeyKept()));
        QVERIFY(answered(true));
        QCOMPARE(told.size(), 2);
        QVERIFY(bench.moved.isEmpty());
        bench.channel = nullptr;
        bench.engine.askAccountWhereDue();
        bench.clock.monotonic += Engine::kAccountEveryMs - 1;
        bench.engine.askAccountWhereDue();
        QTest::qWait(20);
        QVERIFY(!bench.channel);
        ++bench.clock.monotonic;
        bench.engine.askAccountWhereDue();
        QTRY_VERIFY(bench.channel);
        QTRY_COMPARE(bench.channel->opens, 1);
        bench.greet();
        Q_EMIT bench.channel->received(wire::encode(wire::Failure{Errc::badInput, 100, 0})); // a server of before
        QCOMPARE(told.size(), 2);
    }
    // Of an activation: once the account is there whose key signs it, with what was seen before; without one there is none to save.
    void evidence_ofAnActivation_waitsForItsAccount()
    {
        for (const bool isThere : {false, true}) {
            Bench bench;
            bench.onOpen = [](PlayedChannel &channel) { Q_EMIT channel.opened(); };
            QSignalSpy bundled(&bench.engine, &Engine::evidenceBundled);
            bench.engine.activate(Bench::link());
            bench.engine.givePhoneNumber("13800000001");
            QTRY_VERIFY(bench.channel && bench.channel->opens == 1);
            bench.greet();
            bench.terms();
            bench.engine.giveProof("1", 1, {1}); // no code: not given
            bench.clock.wall += 1000;
            bench.engine.giveProof("123456", 1, {1});
            QVERIFY(bench.last().caseId.isEmpty());
            if (isThere) bench.holdADevice();
            Q_EMIT bench.channel->mismatched();
            QCOMPARE(bench.last().show, phone::Show::stopped);
            QCOMPARE(bench.last().caseId.isEmpty(), !isThere);
            bench.engine.bundleEvidence();
            QCOMPARE(bundled.last().at(0).toString(), bench.last().caseId);
            if (!isThere) continue;
            const auto bundle = audit::Bundle::parse(bundled.last().at(1).toByteArray().toStdString());
            QVERIFY(bundle && audit::judge(*bundle, audit::makerOf(bench.vault.evidenceKey()->publicKey())).holds());
            std::vector<std::pair<audit::Step, int>> steps;
            for (const auto &entry : bundle->entries)
                steps.emplace_back(static_cast<audit::Step>(entry->entry.event), entry->entry.code);
            QVERIFY((steps == std::vector<std::pair<audit::Step, int>>{{audit::Step::begunOnPhone, audit::kActivation}, {audit::Step::factorGiven, wire::factor::kSms},
                                                                       {audit::Step::factorGiven, wire::factor::kLiveness}, {audit::Step::failed, bench.last().problem}}));
            QCOMPARE(bundle->entries[1]->entry.timeMs - bundle->entries[0]->entry.timeMs, std::int64_t{1000});
        }
    }
    void evidence_ofARecovery_isKept()
    {
        Bench bench;
        bench.holdADevice();
        QSignalSpy bundled(&bench.engine, &Engine::evidenceBundled);
        bench.engine.recover(false); // of a shield that is none yet
        QCOMPARE(bench.last().show, phone::Show::stopped);
        bench.engine.bundleEvidence();
        const auto bundle = audit::Bundle::parse(bundled.last().at(1).toByteArray().toStdString());
        QVERIFY(bundle && QString::fromStdString(toHex(bundle->caseId)) == bench.last().caseId);
        QCOMPARE(bundle->entries.size(), std::size_t{2});
        QCOMPARE(bundle->entries[0]->entry.code, audit::kRecovery);
        QCOMPARE(static_cast<audit::Step>(bundle->entries[1]->entry.event), audit::Step::failed);
        QCOMPARE(int(bundle->entries[1]->entry.code), bench.last().problem);
    }
    void inputs_withoutAFlow_changeNothing()
    {
        Bench bench;
        bench.engine.givePhoneNumber("1");
        bench.engine.giveProof("123456", 0, {});
        bench.engine.giveSms("123456");
        bench.engine.approve({});
        bench.engine.refuse(wire::RefuseReason::person);
        bench.engine.givePin(std::make_shared<vault::Pin>());
        bench.engine.resendSms();
        QCOMPARE(bench.moved.size(), 0);
        QCOMPARE(bench.declined.size(), 0);
    }
    void input_atTheWrongMoment_isDeclinedAndThePageStays()
    {
        Bench bench;
        bench.engine.activate(Bench::link());
        const auto moves = bench.moved.size();
        bench.engine.givePhoneNumber(QString());
        QCOMPARE(bench.declined.size(), 1);
        bench.engine.resendSms();
        QCOMPARE(bench.declined.size(), 2);
        QCOMPARE(bench.moved.size(), moves);
    }
    void claim_onAPhoneThatIsNotActive_stops()
    {
        Bench bench;
        QElapsedTimer since;
        since.start();
        bench.engine.claim("HUFU:1:", since);
        QCOMPARE(bench.last().show, phone::Show::stopped);
        QCOMPARE(bench.last().problem, 213); // begins as ours do
        bench.engine.claim("https://example.org/", since);
        QCOMPARE(bench.last().problem, 212);
        bench.engine.claim("WIFI:S:office;;", since);
        QCOMPARE(bench.last().problem, 200);
        QVERIFY(bench.channel == nullptr);
    }
    void begin_onAPhoneThatIsNotActive_stops()
    {
        Bench bench;
        bench.engine.begin(intent::Act::rehearseSign);
        QCOMPARE(bench.last().show, phone::Show::stopped);
        QCOMPARE(bench.last().problem, 104);
    }
    void abandon_closesTheConnection()
    {
        Bench bench;
        bench.onOpen = [](PlayedChannel &channel) { Q_EMIT channel.opened(); };
        bench.engine.activate(Bench::link());
        bench.engine.givePhoneNumber("13800000001");
        QTRY_VERIFY(bench.channel);
        bench.engine.abandon();
        QTRY_COMPARE(bench.alive, 0);
        QCOMPARE(bench.stood.last().first().value<Standing>().stage, phone::Stage::empty);
    }
};

QTEST_GUILESS_MAIN(TestPhoneEngine)
#include "test_phone_engine.moc"
