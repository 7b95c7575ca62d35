// Several shields on one phone: which one is used, which one answers for a scanned code, and where a new one goes.
#include "app/phone/engine.h"
#include "app/phone/models/shields_model.h"
#include "platform/keyring/scripted_biometrics.h"
#include "tests/app/phone/pocket.h"
#include "tests/shield/intent/manifests.h"

#include <QSignalSpy>
#include <QTest>

using namespace hufu;
using namespace hufu::tests;
using phone_app::Engine;
using phone_app::Moment;
using phone_app::Standing;

namespace {

class DirectChannel final : public phone_app::Channel {
public:
    explicit DirectChannel(PhoneHalf &half, bool away = false) : m_half(half), m_away(away) {}
    void open() override
    {
        if (m_away) return later([this] { Q_EMIT closed(); });
        auto greeting = m_half.server.connect();
        Q_EMIT opened();
        later([this, greeting = *greeting] { Q_EMIT received(greeting); });
    }
    void send(const Bytes &message) override
    {
        m_half.sent.push_back(wire::Envelope::split(message)->type);
        const auto answers = m_half.server.receive(message);
        later([this, answer = answers->front()] { Q_EMIT received(answer); });
    }
    void close() override { m_open = false; }

private:
    void later(std::function<void()> what)
    {
        QMetaObject::invokeMethod(this, [this, what] { if (m_open) what(); }, Qt::QueuedConnection);
    }
    PhoneHalf &m_half;
    bool m_away;
    bool m_open = true;
};

struct Bench {
    Pocket pocket;
    std::vector<std::size_t> asked; // whose server, one after the other
    std::vector<std::size_t> order; // who is asked one after the other, where all are at one server
    std::size_t away = 3; // whose server is not there
    keyring::ScriptedBiometrics fingers;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<QSignalSpy> moved, stood;

    // Two of the three are active.
    bool begin()
    {
        if (!pocket.first.activate() || !pocket.second.activate()) return false;
        start();
        return true;
    }
    void start()
    {
        engine = std::make_unique<Engine>(
            pocket.first.environment,
            [this](const vault::ServerLink &server) {
                const std::size_t place = order.empty() ? pocket.placeOf(server) : order.at(asked.size());
                asked.push_back(place);
                return std::make_unique<DirectChannel>(pocket.half(place), place == away);
            },
            &pocket, &fingers);
        moved = std::make_unique<QSignalSpy>(engine.get(), &Engine::moved);
        stood = std::make_unique<QSignalSpy>(engine.get(), &Engine::stood);
    }
    // That server says so to whoever claims.
    void denies(std::size_t index, std::uint16_t code)
    {
        pocket.half(index).server.onAnswer = [code](Bytes &answer) {
            if (wire::decode<wire::Greeting>(answer)) return;
            wire::Failure failure;
            failure.errc = Errc::refused;
            failure.code = code;
            if (code == 606) failure.whose = "李芳";
            answer = wire::encode(failure);
        };
    }
    void scan(std::size_t of)
    {
        auto &server = pocket.half(of).server;
        QElapsedTimer since;
        since.start();
        engine->claim(QString::fromStdString(server.frame(server.open(manifestOf(intent::Act::login))).text()), since);
    }
    Moment last() const { return moved->last().first().value<Moment>(); }
    Standing standing() const { return stood->last().first().value<Standing>(); }
    // A login of the first one, until its PIN is asked for.
    bool asksForThePin()
    {
        moved->clear();
        scan(0);
        if (!reaches(phone::Show::approve)) return false;
        engine->approve({});
        return reaches(phone::Show::pin);
    }
    void type(std::string_view digits) { engine->givePin(std::make_shared<vault::Pin>(pinOf(digits))); }
    bool isKept() { return *pocket.first.vault.hasPin(); }
    bool isLet() { return pocket.first.vault.fingers()->has_value(); }
    bool reaches(phone::Show show) { return QTest::qWaitFor([this, show] { return !moved->isEmpty() && last().show == show; }); }
};

} // namespace

class TestShields : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void report_listsThoseThatAreThere()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->report();
        QCOMPARE(bench.standing().shields.size(), 2);
        QVERIFY(bench.standing().shields.at(0).current && !bench.standing().shields.at(1).current);
        QVERIFY(bench.standing().shields.at(1).active);
        QVERIFY(!bench.standing().isFull);
        QCOMPARE(bench.standing().card.tone, 0);
    }
    void choose_another_isShownAndRemembered()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->choose(1);
        QCOMPARE(bench.standing().card.tone, 1);
        QCOMPARE(bench.standing().account, QString::fromStdString(toHex(bench.pocket.second.vault.device().value()->acct)));
        QCOMPARE(bench.pocket.lastUsed, std::size_t(1));
        const auto reports = bench.stood->size();
        for (const int none : {-1, 3, 100})
            bench.engine->choose(none);
        QCOMPARE(bench.stood->size(), reports);
        QCOMPARE(bench.pocket.lastUsed, std::size_t(1));
    }
    void reminded_isEachShieldsOwn()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->noteReminded(30);
        QCOMPARE(bench.standing().remindedDays, 30);
        bench.engine->choose(1);
        QCOMPARE(bench.standing().remindedDays, 0);
    }
    void report_theOthersEnd_isToldUntilRead()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->report();
        QCOMPARE(bench.standing().shields.at(1).reminder, 0);
        bench.pocket.first.clock.advance(340 * std::int64_t{86'400'000});
        bench.engine->report();
        QCOMPARE(bench.standing().shields.at(1).reminder, 30);
        QCOMPARE(bench.standing().shields.at(0).reminder, 0); // the one in use is told of by itself
        bench.engine->noteReminded(30, 1);
        QCOMPARE(bench.standing().shields.at(1).reminder, 0);
        QCOMPARE(bench.standing().remindedDays, 0);
        bench.engine->noteReminded(30, 3); // no such
        QCOMPARE(bench.pocket.kept[2].remindedDays, 0);
    }
    // Who was told of one certificate knows nothing of the next one of the same shield.
    void reminded_ofAFormerCertificate_isNotOfTheNext()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.pocket.first.clock.advance(364 * std::int64_t{86'400'000});
        bench.engine->noteReminded(1);
        QCOMPARE(bench.standing().remindedDays, 1);
        bench.pocket.kept[0].remindedOf = "0badc0de";
        bench.engine->report();
        QCOMPARE(bench.standing().remindedDays, 0);
        bench.pocket.kept[1] = {{}, -1, 1, "0badc0de"};
        bench.engine->report();
        QVERIFY(bench.standing().shields.at(1).reminder > 0);
    }
    void describe_givesAnOwnNameAndColour_andAnEmptyOneTheCompanys()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->describe(1, QStringLiteral("  分公司  投标 "), 4);
        QCOMPARE(bench.standing().shields.at(1).name, QStringLiteral("分公司 投标"));
        QCOMPARE(bench.standing().shields.at(1).tone, 4);
        QVERIFY(bench.standing().shields.at(0).name.isEmpty());
        QCOMPARE(bench.standing().card.label, bench.standing().card.company);
        bench.engine->choose(1);
        QCOMPARE(bench.standing().card.label, QStringLiteral("分公司 投标"));
        QCOMPARE(bench.standing().card.tone, 4);
        bench.engine->describe(1, QString(100, QLatin1Char('x')), 0);
        QCOMPARE(bench.standing().shields.at(1).name.size(), phone_app::ShieldsModel::kNameMost);
        bench.engine->describe(1, QString(), 0);
        QCOMPARE(bench.standing().card.label, bench.standing().card.company);
        const auto reports = bench.stood->size();
        bench.engine->describe(7, QStringLiteral("x"), 0);
        QCOMPARE(bench.stood->size(), reports);
    }
    // Off by default, and where it is on the server checks the same PIN.
    void fingers_standForTyping_onceAPinWasTyped()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->report();
        QVERIFY(bench.standing().canReadFingers && !bench.standing().shields.at(0).fingers);
        QVERIFY(bench.asksForThePin());
        QVERIFY(!bench.last().fingers);
        bench.type(kPin);
        QVERIFY(bench.reaches(phone::Show::done));
        QVERIFY(!bench.isKept()); // nobody asked for it

        bench.engine->letFingers(0, true);
        QVERIFY(bench.standing().shields.at(0).fingers && !bench.standing().shields.at(1).fingers);
        QVERIFY(bench.asksForThePin());
        QVERIFY(!bench.last().fingers);
        bench.type(kPin);
        QVERIFY(bench.reaches(phone::Show::done));
        QVERIFY(bench.isKept());

        QVERIFY(bench.asksForThePin());
        QVERIFY(bench.last().fingers);
        bench.pocket.first.sent.clear();
        bench.engine->giveKeptPin();
        QVERIFY(bench.reaches(phone::Show::done));
        QVERIFY(std::ranges::count(bench.pocket.first.sent, wire::Type::sign) == 1); // the whole conversation, as with a typed one

        bench.engine->letFingers(0, false);
        QVERIFY(!bench.isKept() && !bench.standing().shields.at(0).fingers);
    }
    void fingers_thatAreNot_leaveTheTyping_data()
    {
        using Outcome = keyring::ScriptedBiometrics::Outcome;
        QTest::addColumn<int>("outcome");
        QTest::addColumn<bool>("gone");
        QTest::newRow("refused") << int(Outcome::refused) << false;
        QTest::newRow("a finger was added") << int(Outcome::otherSet) << true;
        QTest::newRow("no reader any more") << int(Outcome::absent) << false;
    }
    void fingers_thatAreNot_leaveTheTyping()
    {
        QFETCH(int, outcome);
        QFETCH(bool, gone);
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->letFingers(0, true);
        QVERIFY(bench.asksForThePin());
        bench.type(kPin);
        QVERIFY(bench.reaches(phone::Show::done));
        QVERIFY(bench.asksForThePin());
        QSignalSpy said(bench.engine.get(), &Engine::notRecognised);
        bench.fingers.play(static_cast<keyring::ScriptedBiometrics::Outcome>(outcome));
        bench.pocket.first.sent.clear();
        bench.engine->giveKeptPin();
        QCOMPARE(said.size(), 1);
        QCOMPARE(said.first().first().toBool(), gone);
        QVERIFY(bench.pocket.first.sent.empty()); // nothing was signed
        QCOMPARE(bench.isKept(), !gone);
        QCOMPARE(!bench.isLet(), gone);
        bench.type(kPin);
        QVERIFY(bench.reaches(phone::Show::done));
        QCOMPARE(bench.isKept(), !gone); // switched off: it is not kept again by itself
    }
    void fingers_refusedAtTheSwitch_changeNothing()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.fingers.play(keyring::ScriptedBiometrics::Outcome::refused);
        QSignalSpy said(bench.engine.get(), &Engine::notRecognised);
        bench.engine->letFingers(0, true);
        QCOMPARE(said.size(), 1);
        QVERIFY(!bench.isLet());
    }
    void keptPin_thatIsWrong_isGone()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->letFingers(0, true);
        QVERIFY(bench.asksForThePin());
        bench.type(kOtherPin);
        QVERIFY(QTest::qWaitFor([&] { return bench.last().problem == 300; }));
        QVERIFY(!bench.isKept());
        QVERIFY(!bench.last().fingers);
        bench.type(kPin);
        QVERIFY(bench.reaches(phone::Show::done));
        QVERIFY(bench.isKept());
    }
    // Killed before the server's answer, or told that it is wrong: what a finger would send next is no PIN that was mistyped.
    void typedPin_isKeptOnlyOnceTheServerFoundItRight()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->letFingers(0, true);
        QVERIFY(bench.asksForThePin());
        bool isKeptBefore = true;
        bench.pocket.first.server.onAnswer = [&](Bytes &answer) {
            if (wire::decode<wire::Resp>(answer)) isKeptBefore = bench.isKept();
        };
        bench.type(kPin);
        QVERIFY(bench.reaches(phone::Show::done));
        QVERIFY(!isKeptBefore && bench.isKept());
        bench.engine->letFingers(0, true); // anew: nothing is kept
        QVERIFY(bench.asksForThePin());
        bench.type(kPin);
        bench.engine = nullptr;
        QVERIFY(!bench.isKept());
    }
    // Of a version that kept the switch elsewhere, say: no PIN lies there for nobody.
    void keptPin_withoutTheSwitch_isGone()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->letFingers(0, true);
        QVERIFY(bench.asksForThePin());
        bench.type(kPin);
        QVERIFY(bench.reaches(phone::Show::done));
        QVERIFY(bench.isKept());
        QCOMPARE(bench.pocket.first.store.files.erase("fingers"), std::size_t{1});
        bench.engine->describe(0, QStringLiteral("work"), 0);
        QVERIFY(!bench.isKept());
    }
    // The switch is sealed with the keys: who can write files for a moment turns nothing on.
    void fingers_switchedOnByAFile_areNot()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.pocket.first.store.files["fingers"] = Bytes(40, 1); // that its secure element did not seal
        QVERIFY(!bench.pocket.first.vault.fingers());
        QVERIFY(bench.asksForThePin());
        bench.type(kPin);
        QVERIFY(bench.reaches(phone::Show::done));
        QVERIFY(!bench.isKept());
        bench.engine->report();
        QVERIFY(!bench.standing().shields.at(0).fingers);
    }
    void keptPin_endsWithAPinChange()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->letFingers(0, true);
        QVERIFY(bench.asksForThePin());
        bench.type(kPin);
        QVERIFY(bench.reaches(phone::Show::done));
        QVERIFY(bench.isKept());
        bench.moved->clear();
        const int sent = bench.pocket.first.server.smsSent;
        bench.engine->changePin();
        const auto &server = bench.pocket.first.server;
        QVERIFY(QTest::qWaitFor([&] { return server.smsSent > sent; }));
        QVERIFY(QTest::qWaitFor([&] { return bench.last().show == phone::Show::sms; }));
        QTest::qWait(20); // the answer to the question for a code
        bench.engine->giveSms(QString::fromStdString(server.smsCode));
        const bool asks = bench.reaches(phone::Show::pin);
        QVERIFY2(asks, qPrintable(QStringLiteral("page %1, problem %2").arg(int(bench.last().show)).arg(bench.last().problem)));
        QVERIFY(!bench.last().fingers); // the one that is changed is typed
        bench.type(kPin);
        QVERIFY(bench.reaches(phone::Show::newPin));
        bench.type(kOtherPin);
        QVERIFY(bench.reaches(phone::Show::repeatPin));
        bench.type(kOtherPin);
        QVERIFY(bench.reaches(phone::Show::done));
        QVERIFY(!bench.isKept());
    }
    // What the phone saw of a change of the PIN, signed by the shield's key; what did not fit was not given.
    void evidence_ofAPinChange_hasWhatWasGivenAndNoMore()
    {
        Bench bench;
        QVERIFY(bench.begin());
        QSignalSpy bundled(bench.engine.get(), &Engine::evidenceBundled);
        const auto &server = bench.pocket.first.server;
        const int sent = server.smsSent;
        bench.engine->changePin();
        QVERIFY(QTest::qWaitFor([&] { return server.smsSent > sent; }));
        QVERIFY(bench.reaches(phone::Show::sms));
        QTest::qWait(20); // the answer to the question for a code
        bench.engine->giveSms(QStringLiteral("1"));
        bench.engine->giveSms(QString::fromStdString(server.smsCode));
        QVERIFY(bench.reaches(phone::Show::pin));
        bench.type("12");
        bench.type(kPin);
        QVERIFY(bench.reaches(phone::Show::newPin));
        bench.type(kOtherPin);
        QVERIFY(bench.reaches(phone::Show::repeatPin));
        bench.type(kOtherPin);
        QVERIFY(bench.reaches(phone::Show::done));
        const QString caseId = bench.last().caseId;
        bench.engine->bundleEvidence();
        QCOMPARE(bundled.last().at(0).toString(), caseId);
        const auto bundle = audit::Bundle::parse(bundled.last().at(1).toByteArray().toStdString());
        QVERIFY(bundle && audit::judge(*bundle, audit::makerOf(bench.pocket.first.vault.evidenceKey()->publicKey())).holds());
        std::vector<std::pair<audit::Step, int>> steps;
        for (const auto &entry : bundle->entries)
            steps.emplace_back(static_cast<audit::Step>(entry->entry.event), entry->entry.code);
        QVERIFY((steps == std::vector<std::pair<audit::Step, int>>{{audit::Step::begunOnPhone, int(intent::Act::pinChange)}, {audit::Step::factorGiven, wire::factor::kSms},
                                                                   {audit::Step::factorGiven, wire::factor::kPin}, {audit::Step::finished, 0}}));
        // Another act is another case.
        QVERIFY(bench.asksForThePin());
        QVERIFY(!bench.last().caseId.isEmpty() && bench.last().caseId != caseId);
    }
    void remove_wipesThatOne_andLeavesTheOthers()
    {
        Bench bench;
        QVERIFY(bench.begin());
        QVERIFY(bench.pocket.giveList(0, 0) && bench.pocket.giveList(1, 0));
        const auto files = bench.pocket.second.store.files;
        QSignalSpy removed(bench.engine.get(), &Engine::removed);
        bench.engine->remove(0, {});
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed.first().first().toBool(), true);
        QVERIFY(bench.pocket.first.store.files.empty());
        QVERIFY(bench.pocket.second.store.files == files);
        QCOMPARE(bench.standing().shields.size(), 1);
        QCOMPARE(bench.pocket.lastUsed, std::size_t(1)); // the one that is left
        bench.engine->remove(1, {});
        QCOMPARE(bench.standing().stage, phone::Stage::empty);
        QCOMPARE(removed.size(), 2);
        bench.engine->remove(3, {}); // no such
        QCOMPARE(removed.size(), 2);
    }
    void remove_whatAloneOpensABid_asksForItsNumber_data()
    {
        QTest::addColumn<bool>("alone");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("goes");
        QTest::newRow("nothing typed") << true << QString() << false;
        QTest::newRow("another number") << true << QStringLiteral("ZB-2026-002") << false;
        QTest::newRow("its number") << true << QStringLiteral(" ZB-2026-001 ") << true;
        QTest::newRow("a colleague opens it, too") << false << QString() << true;
    }
    void remove_whatAloneOpensABid_asksForItsNumber()
    {
        QFETCH(bool, alone);
        QFETCH(QString, typed);
        QFETCH(bool, goes);
        Bench bench;
        QVERIFY(bench.begin());
        QVERIFY(bench.pocket.giveBid(0, 24 * 3600'000, alone));
        const auto files = bench.pocket.first.store.files;
        QSignalSpy removed(bench.engine.get(), &Engine::removed);
        bench.engine->remove(0, typed);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed.first().at(0).toBool(), goes);
        QCOMPARE(removed.first().at(1).toInt(), 0);
        QCOMPARE(bench.pocket.first.store.files.empty(), goes);
        if (!goes) QVERIFY(bench.pocket.first.store.files == files);
    }
    // A relying party's word that a bid was withdrawn lifts no guard before its hour; its sealer's does.
    void remove_whatAPartySaysIsWithdrawn_isGuardedStill_data()
    {
        QTest::addColumn<bool>("byParty");
        QTest::newRow("a relying party alone") << true;
        QTest::newRow("its sealer") << false;
    }
    void remove_whatAPartySaysIsWithdrawn_isGuardedStill()
    {
        QFETCH(bool, byParty);
        Bench bench;
        QVERIFY(bench.begin());
        auto list = bench.pocket.bidOf(0, 24 * 3600'000, true);
        list.items[0].state = static_cast<std::uint8_t>(opening::BidState::withdrawn);
        list.items[0].endedMs = list.items[0].sealedMs;
        list.items[0].isGivenBack = byParty;
        QVERIFY(bench.pocket.giveList(0, 0, list));
        QSignalSpy removed(bench.engine.get(), &Engine::removed);
        bench.engine->remove(0, {});
        QCOMPARE(removed.takeLast().at(0).toBool(), !byParty);
        if (!byParty) return;
        bench.engine->remove(0, QStringLiteral("ZB-2026-001"));
        QVERIFY(removed.takeLast().at(0).toBool());
    }
    // As a removal: who revokes a certificate mostly gives the phone away.
    void revoke_whatAloneOpensABid_asksForItsNumber()
    {
        Bench bench;
        QVERIFY(bench.begin());
        QVERIFY(bench.pocket.giveBid(0, 24 * 3600'000, true));
        const auto files = bench.pocket.first.store.files;
        QSignalSpy held(bench.engine.get(), &Engine::revocationHeld);
        for (const char *typed : {"", "ZB-2026-002"})
            bench.engine->revoke(QString::fromLatin1(typed));
        QCOMPARE(held.size(), 2);
        QVERIFY(bench.moved->isEmpty() && bench.asked.empty() && bench.pocket.first.store.files == files);
        bench.engine->revoke(QStringLiteral("ZB-2026-001"));
        QVERIFY(bench.reaches(phone::Show::approve));
        QCOMPARE(bench.last().request.act, QStringLiteral("revoke"));
        QCOMPARE(held.size(), 2);
    }
    // Offline, or of a phone whose clock is wrong: what is sealed since the list was fetched nobody knows.
    void remove_onAListThatIsTooOld_asksForAWord_data()
    {
        QTest::addColumn<int>("hours"); // since it was fetched; negative: in the time to come
        QTest::addColumn<bool>("fetched");
        QTest::addColumn<bool>("word");
        QTest::newRow("of now") << 0 << true << false;
        QTest::newRow("of today") << 24 << true << false;
        QTest::newRow("of yesterday") << 25 << true << true;
        QTest::newRow("of tomorrow") << -1 << true << true;
        QTest::newRow("never") << 0 << false << true;
    }
    void remove_onAListThatIsTooOld_asksForAWord()
    {
        QFETCH(int, hours);
        QFETCH(bool, fetched);
        QFETCH(bool, word);
        Bench bench;
        QVERIFY(bench.begin());
        if (fetched) QVERIFY(bench.pocket.giveList(0, hours * 3600'000LL));
        bench.engine->report();
        const QString serial = bench.standing().shields.at(0).serial;
        const auto files = bench.pocket.first.store.files;
        QSignalSpy removed(bench.engine.get(), &Engine::removed);
        for (const QString &typed : {QString(), QStringLiteral("0"), serial})
            if (word) {
                bench.engine->remove(0, typed);
                QVERIFY(!removed.takeLast().at(0).toBool());
                QVERIFY(bench.pocket.first.store.files == files);
            }
        bench.engine->remove(0, word ? QLatin1Char(' ') + serial.right(4).toLower() : QString());
        QVERIFY(removed.takeLast().at(0).toBool());
        QVERIFY(bench.pocket.first.store.files.empty());
    }
    // A person's own other shield is nobody else: it opens the bid as long as it is on this phone, and is no reason to go on once it is not.
    void remove_whatAnotherOwnShieldOpens_isFree_whileThatOneIsHere()
    {
        Bench bench;
        QVERIFY(bench.begin());
        for (const std::size_t shield : {std::size_t(0), std::size_t(1)}) {
            auto list = bench.pocket.bidOf(shield, 24 * 3600'000, true);
            const auto other = x509::Certificate::parse(bench.pocket.at(1 - shield).certificates()->encrypt);
            list.items[0].recipients.push_back({bench.pocket.at(shield).device().value()->person, other->subjectKeyId()});
            QVERIFY(bench.pocket.giveList(shield, 0, list));
        }
        QSignalSpy removed(bench.engine.get(), &Engine::removed);
        bench.engine->remove(0, {});
        QVERIFY(removed.takeLast().at(0).toBool());
        bench.engine->remove(1, {});
        QVERIFY(!removed.takeLast().at(0).toBool());
        bench.engine->remove(1, QStringLiteral("ZB-2026-001"));
        QVERIFY(removed.takeLast().at(0).toBool());
    }
    // A clock that was set ahead takes no bid off the list of risks.
    void remove_withAClockSetAhead_isGuardedAsBefore()
    {
        Bench bench;
        QVERIFY(bench.begin());
        QVERIFY(bench.pocket.giveBid(0, 24 * 3600'000, true));
        bench.pocket.first.clock.wall += 30LL * 24 * 3600'000;
        QSignalSpy removed(bench.engine.get(), &Engine::removed);
        bench.engine->remove(0, {});
        QVERIFY(!removed.takeLast().at(0).toBool());
    }
    void remove_thatCannot_saysWhy_data()
    {
        QTest::addColumn<bool>("damaged");
        QTest::addColumn<int>("code");
        QTest::newRow("files that cannot be read") << true << 312;
        QTest::newRow("files that cannot be removed") << false << 506;
    }
    void remove_thatCannot_saysWhy()
    {
        QFETCH(bool, damaged);
        QFETCH(int, code);
        Bench bench;
        QVERIFY(bench.begin());
        bench.pocket.keepsFiles = true;
        QVERIFY(bench.pocket.giveList(0, 0));
        if (damaged)
            for (auto &[name, file] : bench.pocket.first.store.files)
                file.assign(file.size(), 0);
        const auto files = bench.pocket.first.store.files;
        QSignalSpy removed(bench.engine.get(), &Engine::removed);
        bench.engine->remove(0, {});
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed.first().at(0).toBool(), false);
        QCOMPARE(removed.first().at(1).toInt(), code);
        QVERIFY(bench.pocket.first.store.files == files);
    }
    void report_hasTheBidsOfEveryShield()
    {
        Bench bench;
        QVERIFY(bench.begin());
        QVERIFY(bench.pocket.giveBid(1, 3600'000, true));
        bench.engine->report();
        const auto &bids = bench.standing().bids;
        QCOMPARE(bids.size(), 2);
        QVERIFY(bids.at(0).isCurrent && bids.at(0).known.bids.empty());
        QCOMPARE(bids.at(1).shield, 1);
        QVERIFY(!bids.at(1).isCurrent);
        QCOMPARE(bids.at(1).label, bench.standing().shields.at(1).company);
        QCOMPARE(bids.at(1).known.bids.size(), std::size_t(1));
        QCOMPARE(bench.standing().shields.at(1).bids, 1);
    }
    // The list of each, one after the other, whatever becomes of the one before.
    void fetchBids_goesRoundTheShields_data()
    {
        QTest::addColumn<int>("away");
        QTest::newRow("all there") << 3;
        QTest::newRow("the first one's server away") << 0;
    }
    void fetchBids_goesRoundTheShields()
    {
        QFETCH(int, away);
        Bench bench;
        QVERIFY(bench.begin());
        bench.away = static_cast<std::size_t>(away);
        bench.engine->report();
        bench.engine->fetchBids();
        QVERIFY(QTest::qWaitFor([&] { return bench.asked.size() == 2; }, 20'000));
        QCOMPARE(bench.asked, (std::vector<std::size_t>{0, 1}));
        const auto isFetched = [&bench](int place) { return bench.standing().bids.at(place).known.fetchedMs > 0; };
        QVERIFY(QTest::qWaitFor([&] { return isFetched(1); }, 20'000));
        QCOMPARE(isFetched(0), away != 0);
        QVERIFY(bench.moved->isEmpty()); // the person sees nothing of it
        QCOMPARE(bench.pocket.lastUsed, std::size_t(0));
    }
    void fetchBids_whileThePersonActs_waits()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->report();
        bench.engine->fetchBids();
        bench.engine->changePin();
        QVERIFY(bench.reaches(phone::Show::pin) || bench.reaches(phone::Show::sms));
        QCOMPARE(bench.asked.back(), std::size_t(0));
        QCOMPARE(bench.standing().bids.at(1).known.fetchedMs, std::int64_t(0));
    }
    void report_afterARenewal_theOldOneOpensOnly()
    {
        Bench bench;
        bench.pocket.second.port = bench.pocket.first.port;
        bench.pocket.second.clock.advance(86'400'000);
        QVERIFY(bench.begin());
        bench.pocket.first.clock.advance(340 * std::int64_t{86'400'000});
        bench.engine->choose(1);
        QVERIFY(bench.standing().shields.at(0).former);
        QVERIFY(!bench.standing().shields.at(1).former);
        QCOMPARE(bench.standing().shields.at(0).reminder, 0); // there is nothing to renew
        QVERIFY(!bench.standing().card.former);
        bench.engine->choose(0);
        QVERIFY(bench.standing().card.former); // what is shown of it says so
    }
    // The desk knows the old keys alone, and they sign no more: the new ones stay in use, with their own reason.
    void claim_thatTheFormerOneAnswers_leavesTheNewOneInUse_data()
    {
        QTest::addColumn<int>("current");
        QTest::addColumn<int>("problem");
        QTest::newRow("the new one is in use") << 1 << 215;
        QTest::newRow("the former one is in use") << 0 << 409;
    }
    void claim_thatTheFormerOneAnswers_leavesTheNewOneInUse()
    {
        QFETCH(int, current);
        QFETCH(int, problem);
        Bench bench;
        bench.pocket.second.port = bench.pocket.first.port;
        bench.pocket.second.clock.advance(86'400'000);
        QVERIFY(bench.begin());
        bench.engine->choose(current);
        QVERIFY(bench.standing().shields.at(0).former);
        bench.order = {static_cast<std::size_t>(current), static_cast<std::size_t>(1 - current)};
        bench.denies(0, 409);
        bench.denies(1, 215);
        bench.scan(1);
        QVERIFY(bench.reaches(phone::Show::stopped));
        QCOMPARE(bench.asked.size(), std::size_t(2));
        QCOMPARE(bench.last().problem, problem);
        QCOMPARE(bench.pocket.lastUsed, std::size_t(current));
        QCOMPARE(bench.standing().card.former, current == 0);
    }
    // A phone that is killed while another shield is tried starts with the one that was in use.
    void claim_whileAnotherIsTried_isNotRemembered()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->report();
        bench.denies(0, 215);
        bench.scan(1);
        QVERIFY(QTest::qWaitFor([&] { return bench.asked.size() == 2; }));
        QCOMPARE(bench.pocket.lastUsed, std::size_t(0));
        QVERIFY(bench.reaches(phone::Show::approve));
        QCOMPARE(bench.pocket.lastUsed, std::size_t(1)); // now it has answered
    }
    void report_ofAnEmptyOne_goesBackToOneThatIsThere()
    {
        Bench bench;
        bench.pocket.lastUsed = 2;
        QVERIFY(bench.begin());
        bench.engine->report();
        QCOMPARE(bench.pocket.lastUsed, std::size_t(0));
        QCOMPARE(bench.standing().stage, phone::Stage::active);
    }
    void claim_ofTheOtherOnesDesk_goesOnWithThatOne_data()
    {
        QTest::addColumn<int>("code");
        QTest::newRow("a desk of the other person") << 215;
        QTest::newRow("a code of the other server") << 206;
        QTest::newRow("for the person's other key") << 606;
    }
    void claim_ofTheOtherOnesDesk_goesOnWithThatOne()
    {
        QFETCH(int, code);
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->report();
        bench.denies(0, static_cast<std::uint16_t>(code));
        bench.scan(1);
        QVERIFY(bench.reaches(phone::Show::approve));
        QCOMPARE(bench.asked, (std::vector<std::size_t>{0, 1}));
        QVERIFY(bench.last().request.otherShield);
        QCOMPARE(bench.last().request.tone, 1);
        for (const auto &said : *bench.moved)
            QVERIFY(said.first().value<Moment>().show != phone::Show::stopped);
        bench.engine->approve({});
        QVERIFY(bench.reaches(phone::Show::pin));
        bench.engine->givePin(std::make_shared<vault::Pin>(pinOf(kPin)));
        QVERIFY(bench.reaches(phone::Show::done));
        QCOMPARE(bench.standing().history.first().act, QStringLiteral("login"));
        QCOMPARE(bench.pocket.first.vault.history()->front().act, std::string("activation"));
    }
    void claim_ofNobodysDesk_saysWhatTheFirstOneSaid()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->report();
        bench.denies(0, 215);
        bench.denies(1, 206);
        bench.scan(1);
        QVERIFY(bench.reaches(phone::Show::stopped));
        QCOMPARE(bench.last().problem, 215);
        QCOMPARE(bench.asked, (std::vector<std::size_t>{0, 1})); // the empty one is not asked
        QCOMPARE(bench.pocket.lastUsed, std::size_t(0));
    }
    void claim_ofASessionForSomebodyElse_saysWhoseItIs()
    {
        for (const auto &[first, second] : {std::pair(606, 215), std::pair(215, 606), std::pair(606, 606)}) {
            Bench bench;
            QVERIFY(bench.begin());
            bench.engine->report();
            bench.denies(0, static_cast<std::uint16_t>(first));
            bench.denies(1, static_cast<std::uint16_t>(second));
            bench.scan(1);
            QVERIFY(bench.reaches(phone::Show::stopped));
            QCOMPARE(bench.last().problem, 606);
            QCOMPARE(bench.last().whose, QStringLiteral("李芳"));
            QCOMPARE(bench.pocket.lastUsed, std::size_t(0));
        }
    }
    void claim_whenTheOtherOneCannot_saysWhy()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->report();
        bench.denies(0, 215);
        bench.denies(1, 601);
        bench.scan(1);
        QVERIFY(bench.reaches(phone::Show::stopped));
        QCOMPARE(bench.last().problem, 601);
        QCOMPARE(bench.pocket.lastUsed, std::size_t(1)); // it is this one's certificate that is revoked
    }
    // What is tried beside the one in use leaves no trace, however the try ends.
    void claim_whileAnotherIsTried_leavesTheFirstInUse_data()
    {
        QTest::addColumn<bool>("gaveUp");
        QTest::newRow("the other server is away") << false;
        QTest::newRow("the person turns back") << true;
    }
    void claim_whileAnotherIsTried_leavesTheFirstInUse()
    {
        QFETCH(bool, gaveUp);
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->report();
        bench.denies(0, 215);
        bench.away = 1;
        bench.scan(1);
        QVERIFY(QTest::qWaitFor([&] { return bench.asked.size() == 2; }));
        if (gaveUp) bench.engine->abandon();
        else {
            QVERIFY(QTest::qWaitFor([&] { return bench.last().show == phone::Show::stopped; }, 60'000));
            QCOMPARE(bench.last().problem, 215); // not that a server of no concern was away
        }
        QCOMPARE(bench.pocket.lastUsed, std::size_t(0));
        QCOMPARE(bench.standing().card.tone, 0);
    }
    void claim_refusedForTheFirstOnesSake_asksNoOther()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->report();
        bench.denies(0, 601);
        bench.scan(0);
        QVERIFY(bench.reaches(phone::Show::stopped));
        QCOMPARE(bench.last().problem, 601);
        QCOMPARE(bench.asked, std::vector<std::size_t>{0});
    }
    void activate_besideAnActiveOne_usesTheEmptyOne_andLeavesItWhenGivenUp()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->report();
        const auto files = bench.pocket.first.store.files;
        bench.engine->activate(*phone::ActivationLink::parse("hufu://activate?host=127.0.0.1&port=8443&pin=" + std::string(64, 'a') +
                                                             "&pin2=" + std::string(64, 'b') + "&code=" + std::string(32, 'c')));
        QCOMPARE(bench.last().show, phone::Show::phoneNumber);
        QCOMPARE(bench.pocket.lastUsed, std::size_t(2));
        QCOMPARE(bench.pocket.held, std::size_t(3));
        bench.engine->abandon();
        QCOMPARE(bench.pocket.lastUsed, std::size_t(0));
        QCOMPARE(bench.standing().stage, phone::Stage::active);
        QVERIFY(bench.pocket.first.store.files == files);
    }
    // Keys that are made, and wait for the PIN: another company's link takes another place, unless the person starts over.
    void activate_besideAStartedOne_leavesItsFiles_data()
    {
        QTest::addColumn<bool>("startOver");
        QTest::newRow("another link") << false;
        QTest::newRow("start over") << true;
    }
    void activate_besideAStartedOne_leavesItsFiles()
    {
        QFETCH(bool, startOver);
        Bench bench;
        QVERIFY(bench.begin());
        auto certificates = *bench.pocket.first.vault.certificates();
        certificates.active = false;
        QVERIFY(bench.pocket.first.vault.writeCertificates(certificates));
        QCOMPARE(*phone::stageOf(bench.pocket.first.vault), phone::Stage::started);
        bench.engine->report();
        QCOMPARE(bench.standing().stage, phone::Stage::started);
        QVERIFY(!bench.standing().link.host.empty()); // who gets no further asks this server's people
        const auto files = bench.pocket.first.store.files;
        bench.engine->activate(*phone::ActivationLink::parse("hufu://activate?host=127.0.0.1&port=8443&pin=" + std::string(64, 'a') +
                                                             "&pin2=" + std::string(64, 'b') + "&code=" + std::string(32, 'c')), {}, startOver);
        QCOMPARE(bench.last().show, phone::Show::phoneNumber);
        QCOMPARE(bench.pocket.lastUsed, std::size_t(startOver ? 0 : 2));
        QVERIFY(bench.pocket.first.store.files == files); // nothing goes before there are other keys
    }
    void activation_killedBeforeItsKeys_isFoundAgain()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->report();
        const QString link = QStringLiteral("hufu://activate?host=127.0.0.1&port=8443&pin=%1&pin2=%2&code=%3")
                                 .arg(QString(64, QLatin1Char('a')), QString(64, QLatin1Char('b')), QString(32, QLatin1Char('c')));
        bench.engine->activate(*phone::ActivationLink::parse(link.toStdString()), link);
        bench.engine->givePhoneNumber(QStringLiteral("13800000001"));
        Engine next(bench.pocket.first.environment, [](const vault::ServerLink &) { return nullptr; }, &bench.pocket);
        QSignalSpy stood(&next, &Engine::stood);
        next.report();
        const auto standing = stood.last().first().value<Standing>();
        QCOMPARE(standing.stage, phone::Stage::empty);
        QCOMPARE(standing.draftLink, link);
        QCOMPARE(standing.draftNumber, QStringLiteral("13800000001"));
        next.abandon(); // the person turns back to the shields that are there
        QCOMPARE(stood.last().first().value<Standing>().stage, phone::Stage::active);
        QVERIFY(*bench.pocket.third.vault.draft() == vault::Draft());
    }
    // The program ends at each page in turn, and the next one comes back to it; what was proved or agreed is not asked for again.
    void activation_killedAtAPage_comesBackToIt()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->report();
        const QString link = QStringLiteral("hufu://activate?host=127.0.0.1&port=445&pin=%1&pin2=%2&code=%3")
                                 .arg(QString(64, QLatin1Char('a')), QString(64, QLatin1Char('b')), QString(32, QLatin1Char('c')));
        const auto &server = bench.pocket.third.server;
        const auto start = [&] { bench.engine->activate(*phone::ActivationLink::parse(link.toStdString()), link); };
        const auto kill = [&] {
            bench.start();
            bench.engine->report();
            start();
        };
        start();
        bench.engine->givePhoneNumber(QStringLiteral("13800138000"));
        QVERIFY(bench.reaches(phone::Show::terms));
        QVERIFY(!bench.last().agreed);
        kill();
        QVERIFY(bench.reaches(phone::Show::terms));
        QVERIFY(!bench.last().agreed);
        bench.engine->noteAgreed();
        kill();
        QVERIFY(bench.reaches(phone::Show::terms));
        QVERIFY(bench.last().agreed);
        bench.engine->giveProof(QString::fromStdString(server.smsCode), 0, {});
        QVERIFY(bench.reaches(phone::Show::choosePin));
        const int sent = server.smsSent;
        kill();
        QCOMPARE(bench.last().show, phone::Show::choosePin);
        bench.engine->givePin(std::make_shared<vault::Pin>(pinOf(kPin)));
        QVERIFY(bench.reaches(phone::Show::repeatPin));
        kill();
        QCOMPARE(bench.last().show, phone::Show::choosePin);
        bench.engine->givePin(std::make_shared<vault::Pin>(pinOf(kPin)));
        bench.engine->givePin(std::make_shared<vault::Pin>(pinOf(kPin)));
        QVERIFY(bench.reaches(phone::Show::done));
        QCOMPARE(server.smsSent, sent);
        QVERIFY(*bench.pocket.third.vault.draft() == vault::Draft()); // no ticket is left
    }
    // A ticket that the server takes no more is not tried for ever: the next start asks for the number.
    void activation_withATicketThatIsRefused_provesAnew()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->report();
        const QString link = QStringLiteral("hufu://activate?host=127.0.0.1&port=445&pin=%1&pin2=%2&code=%3")
                                 .arg(QString(64, QLatin1Char('a')), QString(64, QLatin1Char('b')), QString(32, QLatin1Char('c')));
        const auto start = [&] { bench.engine->activate(*phone::ActivationLink::parse(link.toStdString()), link); };
        start();
        bench.engine->givePhoneNumber(QStringLiteral("13800138000"));
        QVERIFY(bench.reaches(phone::Show::terms));
        bench.engine->giveProof(QString::fromStdString(bench.pocket.third.server.smsCode), 0, {});
        QVERIFY(bench.reaches(phone::Show::choosePin));
        bench.denies(2, 407);
        bench.engine->givePin(std::make_shared<vault::Pin>(pinOf(kPin)));
        bench.engine->givePin(std::make_shared<vault::Pin>(pinOf(kPin)));
        QVERIFY(bench.reaches(phone::Show::stopped));
        QVERIFY(bench.pocket.third.vault.draft()->accepted.empty());
        bench.pocket.third.server.onAnswer = nullptr;
        start();
        QVERIFY(bench.reaches(phone::Show::terms));
    }
    // Its shares may be mended, and open what was sealed for it.
    void activate_besideADamagedOne_leavesItsFiles()
    {
        Bench bench;
        QVERIFY(bench.begin());
        for (auto &[name, file] : bench.pocket.first.store.files)
            file.assign(file.size(), 0);
        const auto files = bench.pocket.first.store.files;
        bench.engine->report();
        bench.engine->activate(*phone::ActivationLink::parse("hufu://activate?host=127.0.0.1&port=8443&pin=" + std::string(64, 'a') +
                                                             "&pin2=" + std::string(64, 'b') + "&code=" + std::string(32, 'c')));
        QCOMPARE(bench.pocket.lastUsed, std::size_t(2));
        QVERIFY(bench.pocket.first.store.files == files);
    }
    void activate_whereNoMoreFits_isRefused()
    {
        Bench bench;
        bench.pocket.held = 2;
        bench.pocket.full = true;
        QVERIFY(bench.begin());
        bench.engine->report();
        bench.engine->activate(*phone::ActivationLink::parse("hufu://activate?host=127.0.0.1&port=8443&pin=" + std::string(64, 'a') +
                                                             "&pin2=" + std::string(64, 'b') + "&code=" + std::string(32, 'c')));
        QCOMPARE(bench.last().show, phone::Show::stopped);
        QCOMPARE(bench.pocket.lastUsed, std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(TestShields)
#include "test_shields.moc"
