// Several shields on one phone: which one is used, which one answers for a scanned code, and where a new one goes.
#include "app/phone/engine.h"
#include "tests/shield/intent/manifests.h"
#include "tests/shield/phone/phone_half.h"

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

struct Pocket final : phone_app::Shields {
    PhoneHalf first, second, third;
    std::size_t held = 3, lastUsed = 0;
    bool full = false;
    int told[3] = {};

    PhoneHalf &half(std::size_t index) { return index == 0 ? first : index == 1 ? second : third; }
    std::size_t count() const override { return held; }
    vault::Vault &at(std::size_t index) override { return half(index).vault; }
    Result<void> add() override
    {
        if (full) return Error(Errc::refused, "full");
        ++held;
        return {};
    }
    std::size_t last() const override { return lastUsed; }
    void remember(std::size_t index) override { lastUsed = index; }
    int reminded(std::size_t index) const override { return told[index]; }
    void setReminded(std::size_t index, int days) override { told[index] = days; }
};

struct Bench {
    Pocket pocket;
    std::vector<std::size_t> asked; // whose server, one after the other
    std::size_t away = 3; // whose server is not there
    std::unique_ptr<Engine> engine;
    std::unique_ptr<QSignalSpy> moved, stood;

    // Two of the three are active.
    bool begin()
    {
        if (!pocket.first.activate() || !pocket.second.activate()) return false;
        engine = std::make_unique<Engine>(
            pocket.first.environment,
            [this](const vault::ServerLink &) {
                asked.push_back(pocket.lastUsed);
                return std::make_unique<DirectChannel>(pocket.half(pocket.lastUsed), pocket.lastUsed == away);
            },
            &pocket);
        moved = std::make_unique<QSignalSpy>(engine.get(), &Engine::moved);
        stood = std::make_unique<QSignalSpy>(engine.get(), &Engine::stood);
        return true;
    }
    // That server says so to whoever claims.
    void denies(std::size_t index, std::uint16_t code)
    {
        pocket.half(index).server.onAnswer = [code](Bytes &answer) {
            if (wire::decode<wire::Greeting>(answer)) return;
            wire::Failure failure;
            failure.errc = Errc::refused;
            failure.code = code;
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
        QCOMPARE(bench.pocket.told[2], 0);
    }
    void report_afterARenewal_theOldOneOpensOnly()
    {
        Bench bench;
        bench.pocket.second.clock.advance(86'400'000);
        QVERIFY(bench.begin());
        bench.pocket.first.clock.advance(340 * std::int64_t{86'400'000});
        bench.engine->choose(1);
        QVERIFY(bench.standing().shields.at(0).former);
        QVERIFY(!bench.standing().shields.at(1).former);
        QCOMPARE(bench.standing().shields.at(0).reminder, 0); // there is nothing to renew
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
        QTest::newRow("a desk of the other person") << 205;
        QTest::newRow("a code of the other server") << 206;
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
        bench.denies(0, 205);
        bench.denies(1, 206);
        bench.scan(1);
        QVERIFY(bench.reaches(phone::Show::stopped));
        QCOMPARE(bench.last().problem, 205);
        QCOMPARE(bench.asked, (std::vector<std::size_t>{0, 1})); // the empty one is not asked
        QCOMPARE(bench.pocket.lastUsed, std::size_t(0));
    }
    void claim_whenTheOtherOneCannot_saysWhy()
    {
        Bench bench;
        QVERIFY(bench.begin());
        bench.engine->report();
        bench.denies(0, 205);
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
        bench.denies(0, 205);
        bench.away = 1;
        bench.scan(1);
        QVERIFY(QTest::qWaitFor([&] { return bench.asked.size() == 2; }));
        if (gaveUp) bench.engine->abandon();
        else {
            QVERIFY(QTest::qWaitFor([&] { return bench.last().show == phone::Show::stopped; }, 60'000));
            QCOMPARE(bench.last().problem, 205); // not that a server of no concern was away
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
